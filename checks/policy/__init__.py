"""Checks on policy documents and their interpretations."""
