"""Checks on service guides (办事指南)."""
