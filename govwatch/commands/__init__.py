"""Subcommands: each file registers its own with the application."""
