"""Baseline of payments."""

import sqlalchemy as sa
from alembic import op

revision = "0010_payments"
down_revision = "0009_ledger"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def one_of(name: str, *values: str) -> sa.Enum:
    """A VARCHAR with a CHECK of its values."""
    return sa.Enum(*values, native_enum=False, create_constraint=True, length=40, name=name)


def upgrade() -> None:
    """Payments and their reversals, both append-only."""
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.Column("tender", one_of("tender", "cash", "check", "card"), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column(
            "entry_id", sa.Uuid, sa.ForeignKey("journal_entries.id"), nullable=False, unique=True
        ),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.Column("received_by", sa.Uuid, nullable=False),
        sa.Column("received_by_name", sa.String, nullable=False),
        sa.CheckConstraint("cents > 0", name="cents_positive"),
        sa.CheckConstraint("tender = 'cash' OR reference <> ''", name="reference_given"),
    )
    op.create_index("ix_payments_account_id", "payments", ["account_id", "posted_at"])
    op.create_index("ix_payments_posted_at", "payments", ["posted_at"])
    op.create_index(
        "ix_payments_reference",
        "payments",
        ["reference"],
        postgresql_ops={"reference": "text_pattern_ops"},
    )
    reasons = ("nsf", "stopped", "closed_account", "keyed_wrong", "other")
    op.create_table(
        "payment_reversals",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("payment_id", sa.Uuid, sa.ForeignKey("payments.id"), nullable=False, unique=True),
        sa.Column("reason", one_of("returnreason", *reasons), nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column(
            "entry_id", sa.Uuid, sa.ForeignKey("journal_entries.id"), nullable=False, unique=True
        ),
        sa.Column("reversed_at", MOMENT, nullable=False),
        sa.Column("reversed_by", sa.Uuid, nullable=False),
        sa.Column("reversed_by_name", sa.String, nullable=False),
    )
    op.execute("SELECT public.append_only('payments')")
    op.execute("SELECT public.append_only('payment_reversals')")


def downgrade() -> None:
    """Nothing is taken back: restore a backup instead."""
    raise RuntimeError("payments cannot be removed; restore a backup instead")
