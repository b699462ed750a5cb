"""Telling people: what is worth telling (digest.py, pure) and how it gets there (one file a channel)."""
