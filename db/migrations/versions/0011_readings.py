"""Baseline of readings."""

revision = "0011_readings"
down_revision = "0010_payments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
