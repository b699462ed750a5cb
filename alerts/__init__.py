"""Telling units and staff: what is worth telling, and the ways it goes out."""
