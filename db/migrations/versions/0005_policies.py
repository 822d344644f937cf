"""Baseline of policies: decided values."""

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
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("value", JSONB, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("citation", sa.String, nullable=False),
        sa.Column("decided_by", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("warning", sa.String),
        sa.Column("approved_by", sa.Uuid, nullable=False),
        sa.Column("approved_by_name", sa.String, nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(warning IS NULL) OR (length(reason) >= 10)", name="warned_has_reason"),
    )
    op.create_index(
        "ix_policy_values_key", "policy_values", ["key", "scope", "from_on", "approved_at", "id"]
    )
    op.execute("SELECT public.append_only('policy_values')")


def downgrade() -> None:
    """Drop the decisions."""
    op.drop_table("policy_values")
