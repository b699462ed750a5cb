"""People of the portal, what units write, what staff decide and set."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import guard, unguard

revision = "0010"
down_revision = "0003"
branch_labels = None
depends_on = None

GUARDED = (
    "audit",
    "submissions",
    "attachments",
    "decisions",
    "deadlines",
    "registry_versions",
    "setting_versions",
)
TABLES = ("people", "sessions", "tokens", "audit", "saved_views", "submissions", "attachments", "decisions")
LATER = ("deadlines", "registry_versions", "setting_versions")


def _text(name: str, length: int, **more: bool) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=more.get("nullable", False))


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer(), autoincrement=True, nullable=False)


def _refers(table: str, column: str, other: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=op.f(f"fk_{table}_{column}_{other}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def upgrade() -> None:
    """Applies the change."""
    _create_people()
    _create_access()
    _create_audit()
    _create_submissions()
    _create_decisions()
    _create_versions()
    for table in GUARDED:
        guard(table)


def _create_people() -> None:
    op.create_table(
        "people",
        _text("id", 32),
        _text("login", 64),
        _text("name", 120),
        _text("role", 16),
        _text("unit", 64),
        _text("password", 255),
        sa.Column("one_time", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        _moment("locked_until", nullable=True),
        _moment("created"),
        _moment("last_login", nullable=True),
        _key("people", "id"),
        sa.UniqueConstraint("login", name=op.f("uq_people_login")),
    )


def _create_access() -> None:
    op.create_table(
        "sessions",
        _text("digest", 64),
        _text("person", 32),
        _moment("created"),
        _moment("seen"),
        _moment("expires"),
        _refers("sessions", "person", "people", "id"),
        _key("sessions", "digest"),
    )
    op.create_index(op.f("ix_sessions_person"), "sessions", ["person"])
    op.create_table(
        "tokens",
        _text("id", 32),
        _text("digest", 64),
        _text("person", 32),
        _text("name", 120),
        sa.Column("scopes", sa.JSON(), nullable=False),
        _moment("created"),
        _moment("expires"),
        _moment("used", nullable=True),
        _moment("revoked", nullable=True),
        _refers("tokens", "person", "people", "id"),
        _key("tokens", "id"),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    op.create_index(op.f("ix_tokens_person"), "tokens", ["person"])
    op.create_table(
        "saved_views",
        _text("id", 32),
        _text("person", 32),
        _text("name", 80),
        sa.Column("query", sa.Text(), nullable=False),
        _moment("at"),
        _refers("saved_views", "person", "people", "id"),
        _key("saved_views", "id"),
        sa.UniqueConstraint("person", "name", name=op.f("uq_saved_views_person_name")),
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        _number(),
        _moment("at"),
        _text("who", 64),
        _text("act", 40),
        _text("object", 200),
        sa.Column("detail", sa.JSON(), nullable=False),
        _text("address", 64),
        _key("audit", "number"),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])


def _create_submissions() -> None:
    op.create_table(
        "submissions",
        _text("id", 32),
        _text("case_id", 16),
        _text("kind", 16),
        _text("unit", 64),
        _text("who", 64),
        sa.Column("words", sa.Text(), nullable=False),
        _moment("at"),
        _refers("submissions", "case_id", "cases", "id"),
        _key("submissions", "id"),
    )
    op.create_index(op.f("ix_submissions_case_id"), "submissions", ["case_id"])
    op.create_index(op.f("ix_submissions_kind_at"), "submissions", ["kind", "at"])
    op.create_table(
        "attachments",
        _text("id", 32),
        _text("submission", 32),
        _text("name", 200),
        _text("sha256", 64),
        sa.Column("size", sa.Integer(), nullable=False),
        _refers("attachments", "submission", "submissions", "id"),
        _key("attachments", "id"),
    )
    op.create_index(op.f("ix_attachments_submission"), "attachments", ["submission"])


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        _text("submission", 32),
        sa.Column("upheld", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _text("who", 64),
        _moment("at"),
        _refers("decisions", "submission", "submissions", "id"),
        _key("decisions", "submission"),
    )
    op.create_table(
        "deadlines",
        _number(),
        _text("case_id", 16),
        _text("due", 10),
        _text("who", 64),
        _moment("at"),
        _refers("deadlines", "case_id", "cases", "id"),
        _key("deadlines", "number"),
    )
    op.create_index(op.f("ix_deadlines_case_id"), "deadlines", ["case_id"])


def _create_versions() -> None:
    op.create_table(
        "registry_versions",
        _number(),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        _text("who", 64),
        _moment("at"),
        _key("registry_versions", "number"),
    )
    op.create_table(
        "setting_versions",
        _number(),
        _text("name", 64),
        sa.Column("value", sa.JSON(), nullable=True),
        _text("who", 64),
        _moment("at"),
        _key("setting_versions", "number"),
    )


def downgrade() -> None:
    """Takes it back."""
    for table in GUARDED:
        unguard(table)
    for table in reversed(TABLES + LATER):
        op.drop_table(table)
