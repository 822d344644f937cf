"""Baseline of accounts."""

revision = "0007_accounts"
down_revision = "0006_parcels_meters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
