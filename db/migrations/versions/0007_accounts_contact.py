"""Baseline of contact: notes, flags and files of accounts."""

from pathlib import Path

import sqlalchemy as sa
import yaml
from alembic import op
from sqlalchemy.dialects.postgresql import ExcludeConstraint

revision = "0007_accounts_contact"
down_revision = "0007_accounts"
branch_labels = None
depends_on = None

REFERENCE = Path(__file__).parents[2] / "reference" / "flag_kinds.yaml"
MOMENT = sa.DateTime(timezone=True)


def one_of(name: str, *values: str) -> sa.Enum:
    """The type behind a `text_enum`."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def text(name: str) -> sa.Column[str]:
    """A text column that is never NULL."""
    return sa.Column(name, sa.String, nullable=False)


def account(*, index: bool = False) -> sa.Column[str]:
    """The account that a row belongs to."""
    return sa.Column(
        "account_id", sa.Uuid, sa.ForeignKey("accounts.id"), nullable=False, index=index
    )


def upgrade() -> None:
    """Notes and files are only ever added to; a flag may be removed, never deleted."""
    create_notes()
    create_flags()
    create_files()
    for table in ("contact_notes", "account_files"):
        op.execute(f"SELECT public.append_only('{table}')")
    for table in ("flag_kinds", "account_flags"):
        op.execute(f"SELECT public.undeletable('{table}')")


def create_notes() -> None:
    """What was said with customers."""
    op.create_table(
        "contact_notes",
        sa.Column("id", sa.Uuid, primary_key=True),
        account(),
        sa.Column(
            "kind",
            one_of("notekind", "call", "counter", "letter", "email", "field"),
            nullable=False,
        ),
        text("text"),
        sa.Column("corrects_id", sa.Uuid),
        sa.Column("written_by", sa.Uuid, nullable=False),
        text("written_by_name"),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.UniqueConstraint("id", "account_id"),
        sa.UniqueConstraint("corrects_id"),
        sa.ForeignKeyConstraint(
            ["corrects_id", "account_id"], ["contact_notes.id", "contact_notes.account_id"]
        ),
        sa.CheckConstraint("text <> ''", name="text_given"),
        sa.CheckConstraint("corrects_id <> id", name="corrects_another"),
    )
    op.create_index("ix_contact_notes_account_id", "contact_notes", ["account_id", "written_at"])
    op.create_index("ix_contact_notes_written_at", "contact_notes", ["written_at"])
    op.create_index(
        "ix_contact_notes_text_trgm",
        "contact_notes",
        ["text"],
        postgresql_using="gin",
        postgresql_ops={"text": "gin_trgm_ops"},
    )


def create_flags() -> None:
    """Kinds of flag, and the flags on accounts."""
    kinds = op.create_table(
        "flag_kinds",
        sa.Column("code", sa.String, primary_key=True),
        text("name"),
        sa.Column("weight", one_of("weight", "stop", "care", "tell"), nullable=False),
        text("guidance"),
        sa.Column("is_offered", sa.Boolean, nullable=False),
        sa.CheckConstraint("code ~ '^[a-z][a-z0-9_]{1,39}$'", name="code_shape"),
    )
    rows = yaml.safe_load(REFERENCE.read_text("utf-8"))
    op.bulk_insert(kinds, [row | {"is_offered": True} for row in rows])
    op.create_table(
        "account_flags",
        sa.Column("id", sa.Uuid, primary_key=True),
        account(index=True),
        sa.Column("kind", sa.String, sa.ForeignKey("flag_kinds.code"), nullable=False),
        text("reason"),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        sa.Column("until_removed", sa.Boolean, nullable=False),
        sa.Column("raised_by", sa.Uuid, nullable=False),
        text("raised_by_name"),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("removed_by", sa.Uuid),
        sa.Column("removed_by_name", sa.String),
        sa.Column("removed_at", MOMENT),
        sa.Column("removal_reason", sa.String),
        sa.CheckConstraint("(to_on IS NULL) = until_removed", name="expires_or_said_so"),
        sa.CheckConstraint("to_on > from_on", name="period_forward"),
        sa.CheckConstraint("reason <> ''", name="reason_given"),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_by IS NULL)"
            " AND (removed_at IS NULL) = (removed_by_name IS NULL)"
            " AND (removed_at IS NULL) = (removal_reason IS NULL)",
            name="removed_with_reason",
        ),
        ExcludeConstraint(
            ("account_id", "="),
            ("kind", "="),
            (sa.text("daterange(from_on, to_on, '[)')"), "&&"),
            name="account_flags_once",
            using="gist",
            where=sa.text("removed_at IS NULL"),
        ),
    )


def create_files() -> None:
    """Which stored file belongs to which account."""
    op.create_table(
        "account_files",
        sa.Column("id", sa.Uuid, sa.ForeignKey("stored_files.id"), primary_key=True),
        account(),
        sa.Column("kind", one_of("accountfilekind", "received", "letter"), nullable=False),
        text("title"),
        sa.Column("filed_by", sa.Uuid, nullable=False),
        text("filed_by_name"),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.CheckConstraint("title <> ''", name="title_given"),
    )
    op.create_index("ix_account_files_account_id", "account_files", ["account_id", "filed_at"])


def downgrade() -> None:
    """Drop notes, flags and files of accounts; the stored files stay."""
    for table in ("account_files", "account_flags", "flag_kinds", "contact_notes"):
        op.drop_table(table)
