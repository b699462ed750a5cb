"""govwatch: watches government sites and new-media accounts for an open-government office."""

__version__ = "0.1.0"
