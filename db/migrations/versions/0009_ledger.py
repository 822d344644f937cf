"""Baseline of ledger."""

revision = "0009_ledger"
down_revision = "0008_rates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
