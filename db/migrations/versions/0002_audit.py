"""Baseline of audit: the append-only trail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002_audit"
down_revision = "0001_platform"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The trail and its guard."""
    op.create_table(
        "audit_events",
        sa.Column("seq", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid, nullable=False),
        sa.Column("actor_name", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("subject_id", sa.Uuid),
        sa.Column("reason", sa.String),
        sa.Column("before", JSONB),
        sa.Column("after", JSONB),
    )
    op.create_index("ix_audit_events_subject_id", "audit_events", ["subject_id", "at"])
    op.create_index("ix_audit_events_at", "audit_events", ["at"])
    op.create_index("ix_audit_events_action", "audit_events", ["action", "seq"])
    op.create_index("ix_audit_events_actor_id", "audit_events", ["actor_id", "seq"])
    op.execute("SELECT public.append_only('audit_events')")


def downgrade() -> None:
    """Drop the trail."""
    op.drop_table("audit_events")
