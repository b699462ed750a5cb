"""Checks on an organisation's particulars."""
