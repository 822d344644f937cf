"""Baseline of identity: users, sessions, API clients, sign-in attempts, saved views."""

import sqlalchemy as sa
from alembic import op

revision = "0003_identity"
down_revision = "0002_audit"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROLES = (
    *("technician", "cashier", "supervisor", "accountant"),
    *("operations", "engineering", "auditor", "administrator"),
)


def upgrade() -> None:
    """Who may log in, and how they are recognised."""
    listed = ", ".join(f"'{role}'" for role in ROLES)
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("email", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("password_hash", sa.String, nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
        sa.CheckConstraint(f"roles <@ ARRAY[{listed}]::text[]", name="roles_known"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("user_id", sa.Uuid, sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("csrf_token", sa.String, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
    )
    op.create_table(
        "api_clients",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("scopes", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("secret_hash", sa.String, nullable=False),
        sa.Column("created_by", sa.Uuid, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
    )
    op.create_table(
        "api_tokens",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column(
            "client_id", sa.Uuid, sa.ForeignKey("api_clients.id"), nullable=False, index=True
        ),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("seq", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("succeeded", sa.Boolean, nullable=False),
    )
    op.create_index("ix_sign_in_attempts_address_at", "sign_in_attempts", ["address", "at"])
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("owner_id", sa.Uuid, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("list", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("search", sa.String, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(search) <= 2000", name="search_length"),
    )
    op.create_index(
        "uq_saved_views_name",
        "saved_views",
        ["owner_id", "list", sa.text("lower(name)")],
        unique=True,
    )
    op.execute("SELECT public.append_only('sign_in_attempts')")
    op.execute("SELECT public.undeletable('users')")


def downgrade() -> None:
    """Drop identity."""
    tables = ("saved_views", "sign_in_attempts", "api_tokens", "api_clients", "sessions", "users")
    for table in tables:
        op.drop_table(table)
