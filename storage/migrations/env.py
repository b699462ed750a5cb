"""What Alembic runs: over the connection that storage.migrating opened."""

from typing import Any, Literal

from alembic import context

from storage.schema import metadata

PLAIN_TYPES = {
    "Instant": "sa.DateTime(timezone=True)",
    "PlainText": "sa.Text()",
    "PlainJson": "sa.JSON()",
}


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Writes our own column types as what they are in the database: a migration must never change later."""
    return PLAIN_TYPES.get(type(item).__name__, False) if kind == "type" else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
