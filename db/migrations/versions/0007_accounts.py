"""Baseline of accounts."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ExcludeConstraint

revision = "0007_accounts"
down_revision = "0006_parcels_meters"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DAYS = sa.text("daterange(from_on, to_on, '[)')")
SERVICES = ("water", "sewer", "irrigation", "fire", "recycled", "other")
CLASSES = (
    *("residential", "multi_family", "commercial", "industrial", "institutional"),
    *("irrigation", "agricultural", "fire", "other"),
)

# table → which accounts a change of its rows touches
SUMMARY_SOURCES = {
    "accounts": "SELECT id FROM changed",
    "agreements": "SELECT account_id FROM changed",
    "customers": "SELECT a.id FROM public.accounts a JOIN changed c ON c.id = a.customer_id",
    "service_points": (
        "SELECT g.account_id FROM public.agreements g JOIN changed c ON c.id = g.service_point_id"
    ),
    "parcels": (
        "SELECT g.account_id FROM public.agreements g"
        " JOIN public.service_points o ON o.id = g.service_point_id"
        " JOIN changed c ON c.id = o.parcel_id"
    ),
}


def one_of(column: str, name: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    """The CHECK behind a `text_enum`."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name)


def text(name: str) -> sa.Column[str]:
    """A text column that is empty rather than NULL."""
    return sa.Column(name, sa.String, nullable=False)


def trigram(table: str, column: str) -> None:
    """An index that finds any scrap of three letters or more."""
    op.create_index(
        f"ix_{table}_{column}_trgm",
        table,
        [column],
        postgresql_using="gin",
        postgresql_ops={column: "gin_trgm_ops"},
    )


def upgrade() -> None:
    """Customers, accounts, agreements, the list made of them; rules in `0007_accounts.sql`."""
    create_customers()
    create_accounts()
    create_agreements()
    create_rating_attributes()
    create_summaries()
    for statement in Path(__file__).with_suffix(".sql").read_text("utf-8").split("--;;"):
        op.execute(statement)
    keep_summaries()
    for table in ("customers", "accounts", "agreements"):
        op.execute(f"SELECT public.undeletable('{table}')")


def create_customers() -> None:
    """Who answers for an account."""
    op.create_table(
        "customers",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        *(text(name) for name in ("name", "phone", "phone_raw", "email")),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        one_of("kind", "customerkind", ("person", "organization")),
        one_of("language", "language", ("en", "es")),
    )
    trigram("customers", "name")
    trigram("customers", "phone")


def create_accounts() -> None:
    """Accounts; the serial part of their numbers comes from a sequence."""
    op.execute("CREATE SEQUENCE account_serials START 1000 MAXVALUE 99999999")
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.String, nullable=False, unique=True),
        sa.Column(
            "customer_id", sa.Uuid, sa.ForeignKey("customers.id"), nullable=False, index=True
        ),
        sa.Column("class", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("closed_on", sa.Date),
        *(text(name) for name in ("mail_name", "mail_line", "mail_line2", "mail_city")),
        *(text(name) for name in ("mail_state", "mail_zip", "mail_country")),
        sa.Column("delivery", sa.String(40), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        text("notes"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        one_of("class", "accountclass", CLASSES),
        one_of("status", "accountstatus", ("open", "closed")),
        one_of("delivery", "delivery", ("paper", "email", "both")),
        one_of("language", "language", ("en", "es")),
        sa.CheckConstraint(r"number ~ '^\d{4}-\d{4}-\d{2}$'", name="number_shape"),
        sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_day"),
        sa.CheckConstraint("closed_on >= opened_on", name="closed_after_opened"),
    )


def create_agreements() -> None:
    """Which account takes which service where."""
    op.create_table(
        "agreements",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id"), nullable=False, index=True),
        sa.Column("service_point_id", sa.Uuid, sa.ForeignKey("service_points.id"), nullable=False),
        sa.Column("service", sa.String(40), nullable=False),
        text("rate_code"),
        sa.Column("share_percent", sa.Numeric(5, 2), nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        sa.Column("created_at", MOMENT, nullable=False),
        one_of("service", "service", SERVICES),
        sa.CheckConstraint("to_on >= from_on", name="period_forward"),
        sa.CheckConstraint("share_percent > 0 AND share_percent <= 100", name="share_range"),
        ExcludeConstraint(
            ("account_id", "="),
            ("service_point_id", "="),
            ("service", "="),
            (DAYS, "&&"),
            name="agreements_account_once",
            using="gist",
        ),
    )
    op.create_index(
        "ix_agreements_service_point_id_service", "agreements", ["service_point_id", "service"]
    )


def create_rating_attributes() -> None:
    """Dated facts that rates ask for."""
    op.create_table(
        "rating_attributes",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column(
            "agreement_id", sa.Uuid, sa.ForeignKey("agreements.id"), nullable=False, index=True
        ),
        text("name"),
        text("value"),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        sa.CheckConstraint("to_on > from_on", name="period_forward"),
        ExcludeConstraint(
            ("agreement_id", "="),
            ("name", "="),
            (DAYS, "&&"),
            name="rating_attributes_once",
            using="gist",
        ),
    )


def create_summaries() -> None:
    """The list that staff search, and the triggers that keep it."""
    op.create_table(
        "account_summaries",
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("number", sa.String, nullable=False),
        text("customer_name"),
        text("service_address"),
        sa.Column("class", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        text("search"),
        sa.UniqueConstraint("number", postgresql_include=["account_id"]),
        one_of("class", "accountclass", CLASSES),
        one_of("status", "accountstatus", ("open", "closed")),
    )
    create_counts()
    trigram("account_summaries", "search")
    for column in ("customer_name", "service_address"):
        op.create_index(
            f"ix_account_summaries_{column}", "account_summaries", [column, "account_id"]
        )
    for column in ("class", "status"):
        op.create_index(
            f"ix_account_summaries_{column}_number",
            "account_summaries",
            [column, "number"],
            postgresql_include=["account_id"],
        )


def keep_summaries() -> None:
    """A trigger on each table that the list is made of."""
    for table, touched in SUMMARY_SOURCES.items():
        function = f"public.summarize_accounts_of_{table}"
        op.execute(
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" PERFORM public.refresh_account_summaries(ARRAY({touched})); RETURN NULL; END $$"
        )
        # A new customer, point or parcel has no account yet, so only their changes matter.
        events = ("INSERT", "UPDATE") if table in ("accounts", "agreements") else ("UPDATE",)
        for event in events:
            op.execute(
                f"CREATE TRIGGER summarize_{event.lower()} AFTER {event} ON {table}"
                " REFERENCING NEW TABLE AS changed FOR EACH STATEMENT"
                f" EXECUTE FUNCTION {function}()"
            )


def create_counts() -> None:
    """The list's totals, kept as the list changes."""
    op.create_table(
        "account_counts",
        sa.Column("class", sa.String(40), primary_key=True),
        sa.Column("status", sa.String(40), primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
        one_of("class", "accountclass", CLASSES),
        one_of("status", "accountstatus", ("open", "closed")),
    )
    op.execute("SELECT public.undeletable('account_summaries')")


def downgrade() -> None:
    """Drop the people, and the triggers that they left on land and plant."""
    for table in ("service_points", "parcels"):
        op.execute(f"DROP TRIGGER summarize_update ON {table}")
    for table in ("account_summaries", "account_counts", "rating_attributes", "agreements"):
        op.drop_table(table)
    for table in ("accounts", "customers"):
        op.drop_table(table)
    for table in SUMMARY_SOURCES:
        op.execute(f"DROP FUNCTION public.summarize_accounts_of_{table}()")
    op.execute("DROP FUNCTION public.refresh_account_summaries(uuid[])")
    op.execute("DROP FUNCTION public.agreement_shares_within_100()")
    op.execute("DROP FUNCTION public.count_accounts()")
    op.execute("DROP SEQUENCE account_serials")
