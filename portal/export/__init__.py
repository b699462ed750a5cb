"""Workbooks and documents that an office files as they are."""
