"""All tables together: importing every module that adds some. Migrations are compared with it."""

from storage import leases, night_tables, portal_tables, record_tables, source_tables
from storage.tables import metadata

APPEND_ONLY = record_tables.APPEND_ONLY + portal_tables.APPEND_ONLY + night_tables.APPEND_ONLY

__all__ = ["APPEND_ONLY", "leases", "metadata", "source_tables"]
