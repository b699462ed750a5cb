"""Checks on new-media accounts."""
