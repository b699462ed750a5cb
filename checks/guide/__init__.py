"""Checks on the disclosure guide (政府信息公开指南)."""
