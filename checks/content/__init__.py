"""Checks on what is published: personal data, classification marks, wording, planted links."""
