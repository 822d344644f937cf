"""Baseline of billing: cycles and their calendar, runs, bills, statements."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

revision = "0012_billing"
down_revision = "0011_readings"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STAY = sa.text("daterange(from_on, to_on, '[)')")
PERIOD = sa.text("daterange(period_from, period_to, '[)')")
# Guards hold for replicas and owners too.
GUARD_ALWAYS = """
DO $$ DECLARE guard record; BEGIN
  FOR guard IN SELECT tgrelid::regclass AS guarded, tgname FROM pg_trigger WHERE NOT tgisinternal
    AND tgrelid IN ('bills'::regclass, 'bill_segments'::regclass, 'bill_lines'::regclass,
      'statements'::regclass, 'bill_runs'::regclass, 'run_chunks'::regclass)
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', guard.guarded, guard.tgname);
  END LOOP;
END $$
"""


def one_of(column: str, name: str, *values: str) -> sa.CheckConstraint:
    """The check of an enumeration kept as text."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name)


def needed(name: str, kind: object, **more: object) -> sa.Column:
    """A column without NULL."""
    return sa.Column(name, kind, nullable=False, **more)


def zero(name: str, kind: object) -> sa.Column:
    """A count or sum that starts at 0."""
    return sa.Column(name, kind, nullable=False, server_default="0")


def upgrade() -> None:
    """Tables, then the guards in `0012_billing.sql`."""
    create_cycles()
    create_runs()
    create_exceptions()
    create_bills()
    create_lines()
    create_statements()
    create_winter()
    for statement in Path(__file__).with_suffix(".sql").read_text("utf-8").split("--;;"):
        op.execute(statement)
    op.execute("SELECT public.undeletable('bill_runs')")
    op.execute("SELECT public.undeletable('statements')")
    op.execute("SELECT public.append_only('statement_prints')")
    for table in ("bills", "bill_segments", "bill_lines"):
        op.execute(
            f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()"
        )
    op.execute(GUARD_ALWAYS)


def create_cycles() -> None:
    """Cycles, who is in them, and their calendars."""
    op.create_table(
        "cycles",
        sa.Column("id", sa.Uuid, primary_key=True),
        needed("code", sa.String, unique=True),
        needed("name", sa.String),
        needed("frequency", sa.String(40)),
        one_of("frequency", "frequency", "monthly", "bimonthly", "quarterly"),
    )
    op.create_table(
        "cycle_accounts",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id"), nullable=False, index=True),
        sa.Column("cycle_id", sa.Uuid, sa.ForeignKey("cycles.id"), nullable=False),
        needed("from_on", sa.Date),
        sa.Column("to_on", sa.Date),
        sa.CheckConstraint("to_on > from_on", name="forward"),
        ExcludeConstraint(
            ("account_id", "="), (STAY, "&&"), name="cycle_accounts_once", using="gist"
        ),
    )
    op.create_index("ix_cycle_accounts_cycle_id", "cycle_accounts", ["cycle_id", "account_id"])
    op.create_table(
        "cycle_periods",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("cycle_id", sa.Uuid, sa.ForeignKey("cycles.id"), nullable=False),
        *(needed(name, sa.Date) for name in ("period_from", "period_to")),
        sa.Column("follows_on", sa.Date),
        *(needed(name, sa.Date) for name in ("read_from", "read_to", "bill_on", "due_on")),
        sa.UniqueConstraint("cycle_id", "period_to", name="uq_cycle_periods_end"),
        sa.ForeignKeyConstraint(
            ["cycle_id", "follows_on"],
            ["cycle_periods.cycle_id", "cycle_periods.period_to"],
            name="fk_cycle_periods_contiguous",
        ),
        ExcludeConstraint(
            ("cycle_id", "="), (PERIOD, "&&"), name="cycle_periods_once", using="gist"
        ),
        sa.CheckConstraint("period_to > period_from", name="forward"),
        sa.CheckConstraint("follows_on = period_from", name="contiguous"),
        sa.CheckConstraint("read_from <= read_to", name="read_window"),
        sa.CheckConstraint("bill_on >= period_from AND due_on > bill_on", name="dates_in_order"),
    )
    first = sa.text("follows_on IS NULL")
    op.create_index(
        "uq_cycle_periods_first",
        "cycle_periods",
        ["cycle_id"],
        unique=True,
        postgresql_where=first,
    )


def create_runs() -> None:
    """Runs and their chunks."""
    op.create_table(
        "bill_runs",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Integer, sa.Identity(always=True), nullable=False, unique=True),
        needed("kind", sa.String(40)),
        needed("name", sa.String),
        sa.Column("cycle_period_id", sa.Uuid, sa.ForeignKey("cycle_periods.id")),
        needed("account_ids", sa.ARRAY(sa.Uuid)),
        needed("reason", sa.String, server_default=""),
        *(needed(name, sa.Date) for name in ("period_from", "period_to", "through_on")),
        *(needed(name, sa.Date) for name in ("bill_on", "due_on")),
        needed("state", sa.String(40), server_default="draft"),
        needed("prepared_by", sa.Uuid),
        needed("prepared_at", MOMENT),
        sa.Column("calculated_at", MOMENT),
        *(
            column
            for act in ("reviewed", "approved", "posted")
            for column in (sa.Column(f"{act}_by", sa.Uuid), sa.Column(f"{act}_at", MOMENT))
        ),
        sa.Column("posted_on", sa.Date),
        sa.Column("reversed_by", sa.Uuid),
        sa.Column("reversed_at", MOMENT),
        sa.Column("reversal_reason", sa.String),
        *(zero(name, sa.Integer) for name in ("expected", "billed")),
        zero("current_cents", sa.BigInteger),
        one_of("kind", "runkind", "regular", "off_cycle"),
        one_of(
            *("state", "runstate", "draft", "calculated", "reviewed", "approved"),
            *("posted", "reversed", "discarded"),
        ),
        sa.CheckConstraint("approved_by <> prepared_by", name="four_eyes"),
        sa.CheckConstraint("period_to > period_from", name="forward"),
        sa.CheckConstraint("due_on > bill_on", name="due_after_bill"),
        sa.CheckConstraint(
            "(kind = 'regular') = (cycle_period_id IS NOT NULL)", name="kind_has_cycle"
        ),
        sa.CheckConstraint("kind = 'regular' OR length(reason) >= 5", name="off_cycle_has_reason"),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (state NOT IN ('approved', 'posted', 'reversed'))",
            name="approved_is_signed",
        ),
        sa.CheckConstraint(
            "(reversed_by IS NULL) = (state <> 'reversed')", name="reversed_is_signed"
        ),
    )
    op.create_index(
        "uq_bill_runs_cycle_period",
        "bill_runs",
        ["cycle_period_id"],
        unique=True,
        postgresql_where=sa.text("state NOT IN ('reversed', 'discarded')"),
    )
    op.create_index("ix_bill_runs_prepared_at", "bill_runs", ["prepared_at"])
    op.create_table(
        "run_chunks",
        sa.Column("run_id", sa.Uuid, sa.ForeignKey("bill_runs.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        needed("first_place", sa.Integer),
        needed("account_ids", sa.ARRAY(sa.Uuid)),
        needed("state", sa.String(40), server_default="pending"),
        zero("billed", sa.Integer),
        zero("current_cents", sa.BigInteger),
        one_of("state", "chunkstate", "pending", "calculated", "posted", "reversed"),
        sa.CheckConstraint("cardinality(account_ids) > 0", name="not_empty"),
    )
    op.create_index("ix_run_chunks_state", "run_chunks", ["run_id", "state", "number"])


def create_exceptions() -> None:
    """What a run could not bill, or somebody should look at."""
    op.create_table(
        "run_exceptions",
        sa.Column("id", sa.Uuid, primary_key=True),
        needed("run_id", sa.Uuid),
        needed("chunk", sa.Integer),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("agreement_id", sa.Uuid, sa.ForeignKey("agreements.id")),
        needed("code", sa.String(40)),
        needed("reason", sa.String),
        needed("severity", sa.String(40)),
        sa.Column("excused_by", sa.Uuid),
        sa.Column("excuse", sa.String),
        sa.Column("excused_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["run_id", "chunk"],
            ["run_chunks.run_id", "run_chunks.number"],
            name="fk_run_exceptions_chunk",
            ondelete="CASCADE",
        ),
        one_of(
            *("code", "exceptioncode", "nothing_to_bill", "no_read", "open_review"),
            *("consumption", "no_tariff", "cannot_price", "other_run", "defect"),
            *("estimated", "credit"),
        ),
        one_of("severity", "severity", "block", "warn"),
        sa.CheckConstraint(
            "(excused_by IS NULL) = (excuse IS NULL)"
            " AND (excused_by IS NULL) = (excused_at IS NULL)",
            name="excuse_is_signed",
        ),
    )
    op.create_index("ix_run_exceptions_run_chunk", "run_exceptions", ["run_id", "chunk"])
    op.create_index("ix_run_exceptions_account", "run_exceptions", ["run_id", "account_id"])


def create_bills() -> None:
    """Bills and their segments: bulk tables, so no row foreign keys."""
    op.create_table(
        "bills",
        sa.Column("id", sa.Uuid, primary_key=True),
        needed("number", sa.String),
        needed("run_id", sa.Uuid),
        *(needed(name, sa.Integer) for name in ("chunk", "ordinal")),
        needed("account_id", sa.Uuid),
        needed("account_class", sa.String),
        needed("kind", sa.String(40)),
        *(needed(name, sa.Date) for name in ("period_from", "period_to", "bill_on", "due_on")),
        needed("current_cents", sa.BigInteger),
        needed("line_count", sa.SmallInteger),
        needed("estimated", sa.Boolean),
        sa.Column("reversed_at", MOMENT),
        one_of("kind", "billkind", "regular", "first", "final", "off_cycle"),
        sa.CheckConstraint("period_to > period_from", name="forward"),
        sa.CheckConstraint("line_count >= 0", name="lines_counted"),
    )
    op.create_index(
        "uq_bills_run_chunk_ordinal", "bills", ["run_id", "chunk", "ordinal"], unique=True
    )
    op.create_index("uq_bills_number", "bills", ["number"], unique=True)
    op.create_index("ix_bills_account", "bills", ["account_id", "period_to"])
    op.create_table(
        "bill_segments",
        *(sa.Column(name, sa.Uuid, primary_key=True) for name in ("bill_id", "agreement_id")),
        needed("service", sa.String),
        sa.Column("service_point_id", sa.Uuid),
        needed("rate_code", sa.String),
        *(needed(name, sa.Date) for name in ("period_from", "period_to")),
        *(sa.Column(name, sa.Date) for name in ("cycle_from", "cycle_to")),
        sa.Column("quantity", sa.Numeric),
        sa.Column("unit", sa.String),
        needed("estimated", sa.Boolean),
        *(needed(name, JSONB) for name in ("reads", "facts")),
        needed("live", sa.Boolean, server_default=sa.true()),
        sa.CheckConstraint("period_to > period_from", name="forward"),
        sa.CheckConstraint("quantity >= 0", name="quantity_not_negative"),
    )
    op.create_index(
        "uq_bill_segments_live",
        "bill_segments",
        ["agreement_id", "period_from"],
        unique=True,
        postgresql_where=sa.text("live"),
    )


def create_lines() -> None:
    """Lines as the engine rated them."""
    op.create_table(
        "bill_lines",
        sa.Column("bill_id", sa.Uuid, primary_key=True),
        sa.Column("line", sa.SmallInteger, primary_key=True, autoincrement=False),
        *(needed(name, sa.Uuid) for name in ("agreement_id", "version_id")),
        *(needed(name, sa.String) for name in ("component", "model", "charge_group")),
        sa.Column("gl", sa.String),
        *(needed(name, sa.Date) for name in ("from_on", "to_on")),
        needed("tier", sa.SmallInteger),
        sa.Column("quantity", sa.Numeric),
        sa.Column("unit", sa.String),
        sa.Column("price", sa.Numeric),
        *(needed(name, sa.Integer) for name in ("numerator", "denominator")),
        *(sa.Column(name, sa.Numeric) for name in ("tier_from", "tier_to")),
        needed("facts", sa.String),
        needed("amount_cents", sa.BigInteger),
    )


def create_statements() -> None:
    """What posted bills ask for, and what was printed."""
    parts = ("previous", "payments", "adjustments", "current", "total_due")
    op.create_table(
        "statements",
        sa.Column("bill_id", sa.Uuid, primary_key=True),
        needed("account_id", sa.Uuid),
        *(needed(f"{part}_cents", sa.BigInteger) for part in parts),
        needed("through_seq", sa.BigInteger),
        needed("posted_at", MOMENT),
        sa.Column("snapshot", sa.LargeBinary),
        sa.CheckConstraint(
            "previous_cents + payments_cents + adjustments_cents + current_cents = total_due_cents",
            name="foots",
        ),
    )
    op.create_index("ix_statements_account", "statements", ["account_id", "posted_at"])
    op.create_table(
        "statement_prints",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("run_id", sa.Uuid, sa.ForeignKey("bill_runs.id")),
        *(sa.Column(name, sa.Uuid) for name in ("bill_id", "file_id")),
        *(needed(name, sa.Integer) for name in ("statements", "pages")),
        needed("total_due_cents", sa.BigInteger),
        needed("language", sa.String),
        needed("printed_by", sa.Uuid),
        needed("printed_at", MOMENT),
        needed("totals", JSONB),
        sa.CheckConstraint("(run_id IS NULL) <> (bill_id IS NULL)", name="run_or_bill"),
    )
    for name in ("run_id", "bill_id"):
        op.create_index(f"ix_statement_prints_{name}", "statement_prints", [name])


def create_winter() -> None:
    """Winter averages as they are proposed, computed and decided."""
    op.create_table(
        "winter_proposals",
        sa.Column("id", sa.Uuid, primary_key=True),
        needed("rate_code", sa.String),
        sa.Column("as_of_on", sa.Date),
        needed("from_on", sa.Date),
        needed("reason", sa.String),
        needed("state", sa.String(40)),
        needed("authors", sa.ARRAY(sa.Uuid)),
        needed("prepared_by", sa.Uuid),
        needed("prepared_by_name", sa.String),
        needed("prepared_at", MOMENT),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("decided_by_name", sa.String),
        sa.Column("decided_at", MOMENT),
        sa.Column("decision", sa.String),
        needed("version", sa.Integer),
        one_of("state", "proposalstate", "computing", "proposed", "approved", "rejected"),
        sa.CheckConstraint("state <> 'approved' OR decided_by <> ALL (authors)", name="four_eyes"),
        sa.CheckConstraint(
            "(state IN ('approved', 'rejected')) = (decided_by IS NOT NULL)", name="decided_by_whom"
        ),
        sa.CheckConstraint("prepared_by = ANY (authors)", name="preparer_is_author"),
    )
    op.create_table(
        "winter_lines",
        sa.Column("proposal_id", sa.Uuid, sa.ForeignKey("winter_proposals.id"), primary_key=True),
        sa.Column("agreement_id", sa.Uuid, sa.ForeignKey("agreements.id"), primary_key=True),
        sa.Column("quantity", sa.Numeric(14, 6)),
        sa.Column("previous", sa.Numeric(14, 6)),
        needed("flag", sa.String(40)),
        needed("note", sa.String),
        one_of(
            *("flag", "winterflag", "fine", "no_history", "zero", "rose", "fell", "high"), "by_hand"
        ),
        sa.CheckConstraint("quantity >= 0", name="quantity_positive"),
        sa.CheckConstraint("quantity IS NOT NULL OR note <> ''", name="kept_for_a_reason"),
    )
    op.create_index("ix_winter_lines_agreement_id", "winter_lines", ["agreement_id"])


def downgrade() -> None:
    """Drop billing."""
    for table in (
        *("winter_lines", "winter_proposals"),
        *("statement_prints", "statements", "bill_lines", "bill_segments", "bills"),
        *("run_exceptions", "run_chunks", "bill_runs"),
        *("cycle_periods", "cycle_accounts", "cycles"),
    ):
        op.drop_table(table)
    for name in (
        *("guard_bill_run", "guard_run_chunk", "guard_bill_change", "check_new_bills"),
        *("check_new_bill_segments", "check_new_bill_lines", "check_new_statements"),
        *("refuse_posted_bill_delete", "refuse_posted_part_delete"),
        *("decided_winter_is_final", "decided_winter_lines_are_final"),
    ):
        op.execute(f"DROP FUNCTION public.{name}()")
