"""Baseline of parcels and meters."""

revision = "0006_parcels_meters"
down_revision = "0005_policies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
