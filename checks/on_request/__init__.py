"""Checks on the on-request column (依申请公开)."""
