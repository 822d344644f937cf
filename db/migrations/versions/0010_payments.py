"""Baseline of payments."""

revision = "0010_payments"
down_revision = "0009_ledger"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
