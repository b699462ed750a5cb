"""Checks on leaders' particulars."""
