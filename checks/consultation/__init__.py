"""Checks on public consultations (意见征集)."""
