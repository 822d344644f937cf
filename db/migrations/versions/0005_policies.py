"""Baseline of policies: decided values and the second person's answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005_policies"
down_revision = "0004_documents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Decisions, append-only."""
    op.create_table(
        "policy_values",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("value", JSONB, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("citation", sa.String, nullable=False),
        sa.Column("decided_by", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("warning", sa.String),
        sa.Column("needs_second", sa.Boolean, nullable=False),
        sa.Column("entered_by", sa.Uuid, nullable=False),
        sa.Column("entered_by_name", sa.String, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(warning IS NULL) OR (length(reason) >= 10)", name="warned_has_reason"),
        sa.CheckConstraint(
            "needs_second OR (split_part(key, '.', 1) IN ('district', 'office', 'statement')"
            " AND key <> 'district.regime')",
            name="money_needs_second",
        ),
        sa.UniqueConstraint("id", "entered_by", name="uq_policy_values_entered_by"),
    )
    op.create_index("ix_policy_values_key", "policy_values", ["key", "from_on"])
    op.create_table(
        "policy_answers",
        sa.Column("value_id", sa.Uuid, primary_key=True),
        sa.Column("entered_by", sa.Uuid, nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("answered_by", sa.Uuid, nullable=False),
        sa.Column("answered_by_name", sa.String, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["value_id", "entered_by"], ["policy_values.id", "policy_values.entered_by"]
        ),
        sa.CheckConstraint("answer = 'returned' OR answered_by <> entered_by", name="four_eyes"),
        sa.CheckConstraint(
            "answer = 'approved' OR length(reason) >= 5", name="returned_has_reason"
        ),
        sa.CheckConstraint("answer IN ('approved','returned')", name="answer"),
    )
    op.execute("SELECT public.append_only('policy_values')")
    op.execute("SELECT public.append_only('policy_answers')")


def downgrade() -> None:
    """Drop the decisions."""
    op.drop_table("policy_answers")
    op.drop_table("policy_values")
