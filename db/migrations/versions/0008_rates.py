"""Baseline of rates: tariffs and their versions, declarations, weather, winter averages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

revision = "0008_rates"
down_revision = "0007_accounts_contact"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DAYS = sa.text("daterange(from_on, to_on, '[)')")

# Bill lines name the version that priced them, so an approved one is as final as a posted bill.
APPROVED_IS_FINAL = """
CREATE FUNCTION public.approved_tariff_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'approved' THEN
    RAISE EXCEPTION 'tariff version % is approved and never changes', OLD.id
      USING ERRCODE = '23514';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$
"""


def text(name: str) -> sa.Column[str]:
    """A text column that is empty rather than NULL."""
    return sa.Column(name, sa.String, nullable=False)


def upgrade() -> None:
    """Schedules, then what they depend on."""
    create_tariffs()
    create_versions()
    create_declarations()
    create_measures()


def create_tariffs() -> None:
    """What agreements name as their rate code."""
    op.create_table(
        "tariffs",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.String, nullable=False, unique=True),
        *(text(name) for name in ("name_en", "name_es", "service", "unit")),
        sa.Column("body", JSONB, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )


def create_versions() -> None:
    """Schedules with their state, and the guards of approval."""
    op.create_table(
        "tariff_versions",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("tariff_id", sa.Uuid, sa.ForeignKey("tariffs.id"), nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        text("resolution"),
        text("source"),
        sa.Column("body", JSONB, nullable=False),
        text("sha256"),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("drafted_by", sa.Uuid, nullable=False),
        text("drafted_by_name"),
        sa.Column("drafted_at", MOMENT, nullable=False),
        sa.Column("authors", sa.ARRAY(sa.Uuid), nullable=False),
        sa.Column("proposed_at", MOMENT),
        sa.Column("approved_by", sa.Uuid),
        sa.Column("approved_by_name", sa.String),
        sa.Column("approved_at", MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("state IN ('draft', 'proposed', 'approved')", name="versionstate"),
        sa.CheckConstraint(
            "approved_by <> drafted_by AND approved_by <> ALL (authors)", name="four_eyes"
        ),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_by IS NOT NULL AND approved_at IS NOT NULL)",
            name="approved_by_whom",
        ),
        sa.CheckConstraint("(state <> 'draft') = (proposed_at IS NOT NULL)", name="proposed_when"),
    )
    op.create_index(
        "ix_tariff_versions_tariff_id", "tariff_versions", ["tariff_id", "effective_on"]
    )
    op.create_index(
        "uq_tariff_versions_effective_on",
        "tariff_versions",
        ["tariff_id", "effective_on"],
        unique=True,
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.execute(APPROVED_IS_FINAL)
    op.execute(
        "CREATE TRIGGER approved_is_final BEFORE UPDATE OR DELETE ON tariff_versions"
        " FOR EACH ROW EXECUTE FUNCTION public.approved_tariff_is_final()"
    )
    op.execute("ALTER TABLE tariff_versions ENABLE ALWAYS TRIGGER approved_is_final")
    # Bill lines point at versions without a foreign key.
    op.execute("SELECT public.undeletable('tariff_versions')")


def create_declarations() -> None:
    """What switches surcharges on and off."""
    op.create_table(
        "declarations",
        sa.Column("id", sa.Uuid, primary_key=True),
        text("code"),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        text("document"),
        sa.Column("declared_by", sa.Uuid, nullable=False),
        text("declared_by_name"),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("to_on >= from_on", name="period_forward"),
        ExcludeConstraint(("code", "="), (DAYS, "&&"), name="declarations_once", using="gist"),
    )


def create_measures() -> None:
    """Weather by zone and month, winter use by agreement."""
    op.create_table(
        "evapotranspiration",
        sa.Column("zone", sa.String, primary_key=True),
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("inches", sa.Numeric(6, 3), nullable=False),
        sa.CheckConstraint("EXTRACT(day FROM month) = 1", name="first_of_month"),
        sa.CheckConstraint("inches >= 0", name="inches_positive"),
    )
    op.create_table(
        "winter_averages",
        sa.Column("agreement_id", sa.Uuid, sa.ForeignKey("agreements.id"), primary_key=True),
        sa.Column("from_on", sa.Date, primary_key=True),
        sa.Column("quantity", sa.Numeric(14, 6), nullable=False),
        text("source"),
        sa.Column("set_by", sa.Uuid, nullable=False),
        sa.Column("approved_by", sa.Uuid, nullable=False),
        sa.CheckConstraint("quantity >= 0", name="quantity_positive"),
        sa.CheckConstraint("approved_by <> set_by", name="four_eyes"),
    )


def downgrade() -> None:
    """Drop what rates own."""
    for table in ("winter_averages", "evapotranspiration", "declarations"):
        op.drop_table(table)
    op.drop_table("tariff_versions")
    op.execute("DROP FUNCTION public.approved_tariff_is_final")
    op.drop_table("tariffs")
