"""Baseline of the platform: jobs, the queue behind them, and the guards that other rooms use."""

from importlib import resources

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001_platform"
down_revision = None
branch_labels = None
depends_on = None

# One function guards every append-only table; ALWAYS triggers hold for replicas and owners too.
REFUSE_CHANGE = """
CREATE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: posted facts are corrected by adding', TG_OP, TG_TABLE_NAME
    USING ERRCODE = '23514';
END $$
"""

# append_only('audit_events'): no row of the table is ever changed or removed.
APPEND_ONLY = """
CREATE FUNCTION public.append_only(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %s'
    ' FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()', guarded);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER refuse_change', guarded);
END $$
"""

# undeletable('meters'): rows may change but stay, because bulk tables point at them unguarded.
UNDELETABLE = """
CREATE FUNCTION public.undeletable(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER refuse_delete BEFORE DELETE OR TRUNCATE ON %s'
    ' FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()', guarded);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER refuse_delete', guarded);
END $$
"""


def upgrade() -> None:
    """Queue schema, extensions, guards, jobs."""
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for function in (REFUSE_CHANGE, APPEND_ONLY, UNDELETABLE):
        op.execute(function)
    _install_queue()
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject_id", sa.Uuid),
        sa.Column("args", JSONB, nullable=False),
        sa.Column("lock", sa.String),
        sa.Column("state", sa.String(40), nullable=False, server_default="queued"),
        sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
        sa.Column("done", sa.Integer, nullable=False, server_default="0"),
        sa.Column("total", sa.Integer, nullable=False, server_default="0"),
        sa.Column("message", sa.String, nullable=False, server_default=""),
        sa.Column("result", JSONB),
        sa.Column("error", sa.String),
        sa.Column("created_by", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("cancel_asked_at", sa.DateTime(timezone=True)),
        sa.Column("again_of", sa.Uuid, sa.ForeignKey("jobs.id"), unique=True),
        sa.CheckConstraint(
            "state IN ('queued','running','done','failed','cancelled')", name="jobstate"
        ),
    )
    op.create_index("ix_jobs_subject_id", "jobs", ["subject_id"])
    op.create_index("ix_jobs_created_at", "jobs", ["created_at"])


def _install_queue() -> None:
    schema = (resources.files("procrastinate") / "sql" / "schema.sql").read_text()
    # Many statements at once: only asyncpg's simple protocol takes them, not a prepared statement.
    connection = op.get_bind().connection.dbapi_connection
    op.execute("SELECT 1")  # makes SQLAlchemy begin, so that the schema rolls back with the rest
    connection.run_async(lambda driver: driver.execute(schema))


def downgrade() -> None:
    """A baseline is not taken back: drop the database instead."""
    raise RuntimeError("the first migration cannot be undone; restore a backup instead")
