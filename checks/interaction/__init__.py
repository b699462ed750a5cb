"""Checks on ways to ask and on answers."""
