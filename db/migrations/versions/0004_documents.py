"""Baseline of documents."""

revision = "0004_documents"
down_revision = "0003_identity"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
