"""Baseline of billing."""

revision = "0012_billing"
down_revision = "0011_readings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
