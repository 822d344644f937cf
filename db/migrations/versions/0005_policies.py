"""Baseline of policies."""

revision = "0005_policies"
down_revision = "0004_documents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
