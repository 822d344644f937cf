"""Baseline of ledger: chart, journal, open items, seals, adjustments, penalties; their guards."""

from pathlib import Path

import sqlalchemy as sa
import yaml
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009_ledger"
down_revision = "0008_rates"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
GUARDS = Path(__file__).with_suffix(".sql")
REFERENCE = Path(__file__).parents[2] / "reference" / "gl_accounts.yaml"


def one_of(name: str, *values: str) -> sa.Enum:
    """A VARCHAR with a CHECK of its values."""
    return sa.Enum(*values, native_enum=False, create_constraint=True, length=40, name=name)


def upgrade() -> None:
    """Tables, then their guards, then the chart that a district starts with."""
    _chart()
    _journal()
    _receivable()
    _seals()
    _adjustments()
    _penalties()
    _install_guards()
    _load_reference()


def _chart() -> None:
    op.create_table(
        "gl_accounts",
        sa.Column("code", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column(
            "kind", one_of("glkind", "asset", "liability", "income", "expense"), nullable=False
        ),
        sa.Column("fund", sa.String),
        sa.Column("role", sa.String, unique=True),
        sa.Column("control", sa.Boolean, nullable=False),
    )
    op.create_table(
        "charge_groups",
        sa.Column("code", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("fund", sa.String, nullable=False),
        sa.Column("income_gl", sa.String, sa.ForeignKey("gl_accounts.code"), nullable=False),
    )
    op.create_table(
        "periods",
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("state", one_of("periodstate", "open", "closed"), nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.Uuid),
        sa.CheckConstraint("EXTRACT(day FROM month) = 1", name="first_of_month"),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_when"),
    )


def _journal() -> None:
    op.create_table(
        "journal_entries",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("seq", sa.BigInteger, sa.Identity(always=True), nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("posted_on", sa.Date, nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.Column("source_type", sa.Text, nullable=False),
        sa.Column("source_id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("memo", sa.Text, nullable=False),
        sa.Column("reverses_id", sa.Uuid),
        sa.Column(
            "txid",
            sa.BigInteger,
            nullable=False,
            server_default=sa.text("(pg_current_xact_id()::text::bigint)"),
        ),
        sa.UniqueConstraint("source_id", "source_type"),
    )
    op.create_index("ix_journal_entries_account_id", "journal_entries", ["account_id", "seq"])
    op.create_index(
        "ix_journal_entries_posted_on", "journal_entries", ["posted_on"], postgresql_using="brin"
    )
    op.create_index(
        "uq_journal_entries_reverses_id",
        "journal_entries",
        ["reverses_id"],
        unique=True,
        postgresql_where=sa.text("reverses_id IS NOT NULL"),
    )
    op.create_table(
        "journal_lines",
        sa.Column("entry_id", sa.Uuid, primary_key=True),
        sa.Column("line", sa.SmallInteger, primary_key=True),
        sa.Column("debit", sa.Text, nullable=False),
        sa.Column("credit", sa.Text, nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("item_id", sa.Uuid),
        sa.CheckConstraint("cents > 0", name="cents_positive"),
        sa.CheckConstraint("debit <> credit", name="two_sides"),
    )


def _receivable() -> None:
    op.create_table(
        "open_items",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("entry_id", sa.Uuid, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("charge_group", sa.Text),
        sa.Column("fund", sa.Text),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("posted_on", sa.Date, nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.CheckConstraint("cents <> 0", name="cents_not_zero"),
    )
    op.create_table(
        "applications",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("credit_id", sa.Uuid, nullable=False),
        sa.Column("item_id", sa.Uuid, nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.Column("applied_on", sa.Date, nullable=False),
        sa.Column("entry_id", sa.Uuid, nullable=False, index=True),
        sa.Column("reverses_id", sa.Uuid),
        sa.CheckConstraint("cents <> 0", name="cents_not_zero"),
        sa.CheckConstraint("(cents < 0) = (reverses_id IS NOT NULL)", name="negative_reverses"),
    )
    op.create_index(
        "uq_applications_reverses_id",
        "applications",
        ["reverses_id"],
        unique=True,
        postgresql_where=sa.text("reverses_id IS NOT NULL"),
    )
    op.create_table(
        "account_balances",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("balance_cents", sa.BigInteger, nullable=False),
        sa.Column("unapplied_cents", sa.BigInteger, nullable=False),
        sa.CheckConstraint("unapplied_cents >= 0", name="unapplied_not_negative"),
    )


def _seals() -> None:
    op.create_table(
        "seals",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("from_seq", sa.BigInteger, nullable=False),
        sa.Column("to_seq", sa.BigInteger, nullable=False),
        sa.Column("entry_count", sa.Integer, nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.Column("leaves", sa.LargeBinary, nullable=False),
        sa.Column("previous", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("sealed_at", MOMENT, nullable=False),
        sa.Column("sealed_by", sa.Uuid, nullable=False),
    )


def _adjustments() -> None:
    op.create_table(
        "adjustment_types",
        sa.Column("code", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("gl", sa.String, sa.ForeignKey("gl_accounts.code"), nullable=False),
        sa.Column("direction", one_of("direction", "credit", "debit", "both"), nullable=False),
        sa.Column("charge_group", sa.String, sa.ForeignKey("charge_groups.code")),
        sa.Column("due_days", sa.Integer, nullable=False),
    )
    op.create_table(
        "adjustments",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id"), nullable=False, index=True),
        sa.Column(
            "type_code", sa.String(40), sa.ForeignKey("adjustment_types.code"), nullable=False
        ),
        sa.Column("amount_cents", sa.BigInteger, nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("basis", sa.String(4000), nullable=False),
        sa.Column("limit_cents", sa.BigInteger, nullable=False),
        sa.Column(
            "state",
            one_of("adjustmentstate", "requested", "posted", "rejected"),
            nullable=False,
        ),
        sa.Column("requested_by", sa.Uuid, nullable=False),
        sa.Column("requested_by_name", sa.String, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("decided_by_name", sa.String),
        sa.Column("decided_at", MOMENT),
        sa.Column("decision_note", sa.String),
        sa.Column("entry_id", sa.Uuid, sa.ForeignKey("journal_entries.id"), unique=True),
        sa.CheckConstraint(
            "state <> 'posted' OR decided_by <> requested_by OR abs(amount_cents) <= limit_cents",
            name="two_people",
        ),
        sa.CheckConstraint("(state = 'posted') = (entry_id IS NOT NULL)", name="posted_has_entry"),
        sa.CheckConstraint(
            "(state = 'requested') = (decided_by IS NULL)"
            " AND (decided_by IS NULL) = (decided_at IS NULL)",
            name="decided_when",
        ),
    )


def _penalties() -> None:
    op.create_table(
        "penalty_runs",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("as_of_on", sa.Date, nullable=False),
        sa.Column("policy", JSONB, nullable=False),
        sa.Column("state", one_of("penaltyrunstate", "queued", "posted"), nullable=False),
        sa.Column("charge_count", sa.Integer, nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.Column("created_by", sa.Uuid, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("posted_at", MOMENT),
        sa.Column("job_id", sa.Uuid),
    )
    op.create_table(
        "penalty_charges",
        sa.Column("item_id", sa.Uuid, primary_key=True),
        sa.Column("run_id", sa.Uuid, sa.ForeignKey("penalty_runs.id"), nullable=False, index=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id"), nullable=False, index=True),
        sa.Column("bill_entry_id", sa.Uuid, sa.ForeignKey("journal_entries.id"), nullable=False),
        sa.Column("kind", one_of("penaltykind", "basic", "recurring"), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("base_cents", sa.BigInteger, nullable=False),
        sa.Column("percent", sa.Numeric, nullable=False),
        sa.Column("cents", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("bill_entry_id", "kind", "month"),
        sa.CheckConstraint("(kind = 'basic') = (month = 0)", name="basic_is_month_zero"),
        sa.CheckConstraint("cents > 0", name="cents_positive"),
    )


def _install_guards() -> None:
    script = GUARDS.read_text()
    # Many statements at once: only the driver's simple protocol takes them.
    connection = op.get_bind().connection.dbapi_connection
    connection.run_async(lambda driver: driver.execute(script))


def _load_reference() -> None:
    data = yaml.safe_load(REFERENCE.read_text())
    for table, defaults, names in (
        ("gl_accounts", {"fund": None, "role": None, "control": False}, {}),
        ("charge_groups", {}, {}),
        ("adjustment_types", {"group": None, "due_days": 30}, {"group": "charge_group"}),
    ):
        rows = [
            {names.get(key, key): value for key, value in (defaults | row).items()}
            for row in data[table]
        ]
        columns = [sa.column(name) for name in rows[0]]
        op.bulk_insert(sa.table(table, *columns), rows)


def downgrade() -> None:
    """Nothing is taken back: restore a backup instead."""
    raise RuntimeError("the ledger cannot be removed; restore a backup instead")
