"""Baseline of rates."""

revision = "0008_rates"
down_revision = "0007_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
