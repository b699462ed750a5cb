"""All tables together: importing every module that adds some. Migrations are compared with it."""

from storage.tables import metadata

__all__ = ["metadata"]
