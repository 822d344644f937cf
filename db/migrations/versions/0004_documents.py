"""Baseline of documents: files as they were received."""

import sqlalchemy as sa
from alembic import op

revision = "0004_documents"
down_revision = "0003_identity"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Stored files; the hash and size are checked by the database itself."""
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("created_by", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size_bytes = octet_length(content)", name="size_is_length"),
        sa.CheckConstraint("sha256 = sha256(content)", name="hash_is_of_content"),
    )
    op.execute("ALTER TABLE stored_files ALTER COLUMN content SET STORAGE EXTERNAL")
    op.execute("SELECT public.append_only('stored_files')")


def downgrade() -> None:
    """Drop the files."""
    op.drop_table("stored_files")
