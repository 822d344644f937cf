"""Baseline of parcels and meters."""

import sqlalchemy as sa
import yaml
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from curbstop.platform.migrate import reference_dir

revision = "0006_parcels_meters"
down_revision = "0005_policies"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DAYS = sa.text("daterange(from_on, to_on, '[)')")
SERVICES = ("water", "sewer", "irrigation", "fire", "recycled", "other")
UNITS = ("CF", "HCF", "GAL", "KGAL", "M3", "LITER", "AF")
METER_KINDS = (
    *("displacement", "compound", "turbine", "ultrasonic", "electromagnetic"),
    *("single_jet", "multi_jet", "propeller", "fire", "other"),
)

# A child's water must never come off itself by a detour. Deductions change rarely, so one lock
# for the table keeps two transactions from closing a circle together.
DEDUCTIONS_WITHOUT_CYCLE = """
CREATE FUNCTION public.deductions_without_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('public.deductions'));
  IF EXISTS (
    WITH RECURSIVE path (origin, child, days) AS (
      SELECT parent_service_point_id, child_service_point_id, daterange(from_on, to_on, '[)')
      FROM changed
      UNION
      SELECT p.origin, d.child_service_point_id, p.days * daterange(d.from_on, d.to_on, '[)')
      FROM path p JOIN public.deductions d ON d.parent_service_point_id = p.child
      WHERE p.child <> p.origin AND p.days && daterange(d.from_on, d.to_on, '[)')
    )
    SELECT FROM path WHERE child = origin AND NOT isempty(days)
  ) THEN
    RAISE EXCEPTION 'deductions would go round in a circle' USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$
"""


# What a register counts and bills by is never changed but by a correction that is kept.
REGISTERS_AS_CORRECTED = """
CREATE FUNCTION public.registers_as_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.dials, NEW.decimals, NEW.multiplier, NEW.unit, NEW.billing_step)
     IS DISTINCT FROM (
       SELECT (c.dials, c.decimals, c.multiplier, c.unit, c.billing_step)
       FROM public.register_corrections c WHERE c.register_id = NEW.id
       ORDER BY c.made_at DESC, c.id DESC LIMIT 1) THEN
    RAISE EXCEPTION 'register % is changed by a correction only', NEW.id USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$
"""


def one_of(column: str, name: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    """The CHECK behind a `text_enum`."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name)


def text(name: str) -> sa.Column[str]:
    """A text column that is empty rather than NULL."""
    return sa.Column(name, sa.String, nullable=False)


def upgrade() -> None:
    """Land, then plant."""
    create_parcels()
    create_owners_and_connections()
    create_service_points()
    create_meters()
    create_corrections()
    create_installations()
    create_deductions()
    for table in ("parcels", "service_points", "meters", "registers", "installations"):
        op.execute(f"SELECT public.undeletable('{table}')")


def trigram(table: str, column: str) -> None:
    """An index that finds any scrap of three letters or more."""
    op.create_index(
        f"ix_{table}_{column}_trgm",
        table,
        [column],
        postgresql_using="gin",
        postgresql_ops={column: "gin_trgm_ops"},
    )


def create_parcels() -> None:
    """Counties with their masks, and parcels."""
    counties = op.create_table(
        "counties",
        sa.Column("code", sa.String, primary_key=True),
        text("name"),
        text("state"),
        sa.Column("apn_mask", sa.String),
        sa.Column("version", sa.Integer, nullable=False),
    )
    listed = yaml.safe_load((reference_dir() / "counties.yaml").read_text("utf-8"))["counties"]
    rows = [
        {**{name: county.get(name) for name in ("code", "name", "apn_mask")}, "state": "CA"}
        for county in listed
    ]
    op.bulk_insert(counties, [{**row, "version": 1} for row in rows])
    op.create_table(
        "parcels",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("county", sa.String, sa.ForeignKey("counties.code"), nullable=False),
        text("apn"),
        text("apn_key"),
        text("situs_line"),
        text("situs_city"),
        text("situs_zip"),
        text("land_use"),
        sa.Column("acres", sa.Numeric(12, 4)),
        sa.Column("geometry", JSONB),
        sa.Column("longitude", sa.Numeric(10, 7)),
        sa.Column("latitude", sa.Numeric(10, 7)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("county", "apn_key"),
        sa.CheckConstraint("apn_key ~ '^[0-9A-Z]+$'", name="apn_key_plain"),
        sa.CheckConstraint("acres >= 0", name="acres_not_negative"),
    )
    trigram("parcels", "apn_key")
    trigram("parcels", "situs_line")


def create_owners_and_connections() -> None:
    """Who is on title, and which taps a parcel is entitled to."""
    op.create_table(
        "parcel_owners",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("parcel_id", sa.Uuid, sa.ForeignKey("parcels.id"), nullable=False, index=True),
        *(text(name) for name in ("name", "mail_line", "mail_city", "mail_state")),
        *(text(name) for name in ("mail_zip", "mail_country")),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        text("deed_reference"),
        sa.CheckConstraint("to_on >= from_on", name="period_forward"),
    )
    trigram("parcel_owners", "name")
    op.create_table(
        "connections",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("parcel_id", sa.Uuid, sa.ForeignKey("parcels.id"), nullable=False, index=True),
        sa.Column("service", sa.String(40), nullable=False),
        text("size"),
        sa.Column("edu", sa.Numeric(10, 3), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        text("document"),
        sa.Column("authorized_on", sa.Date, nullable=False),
        sa.Column("installed_on", sa.Date),
        sa.Column("abandoned_on", sa.Date),
        one_of("service", "service", SERVICES),
        one_of("status", "connectionstatus", ("authorized", "installed", "abandoned")),
        sa.CheckConstraint("edu > 0", name="edu_positive"),
        sa.CheckConstraint(
            "status <> 'installed' OR installed_on IS NOT NULL", name="installed_has_its_day"
        ),
        sa.CheckConstraint(
            "(status = 'abandoned') = (abandoned_on IS NOT NULL)", name="abandoned_has_its_day"
        ),
        sa.CheckConstraint("installed_on >= authorized_on", name="installed_after_authorized"),
        sa.CheckConstraint("abandoned_on >= authorized_on", name="abandoned_after_authorized"),
        sa.CheckConstraint("abandoned_on >= installed_on", name="abandoned_after_installed"),
    )


def create_service_points() -> None:
    """Where meters sit."""
    op.create_table(
        "service_points",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.String, nullable=False, unique=True),
        sa.Column("parcel_id", sa.Uuid, sa.ForeignKey("parcels.id"), index=True),
        sa.Column("service", sa.String(40), nullable=False),
        text("location"),
        text("zone"),
        text("access_notes"),
        sa.Column("longitude", sa.Numeric(10, 7)),
        sa.Column("latitude", sa.Numeric(10, 7)),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        one_of("service", "service", SERVICES),
        one_of("status", "servicepointstatus", ("active", "inactive", "abandoned")),
    )
    trigram("service_points", "code")
    trigram("service_points", "location")


def create_meters() -> None:
    """Devices and their registers."""
    op.create_table(
        "meters",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(text(name) for name in ("serial", "make", "model", "size")),
        sa.Column("kind", sa.String(40), nullable=False),
        text("endpoint_serial"),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("retired_on", sa.Date),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        one_of("kind", "meterkind", METER_KINDS),
        one_of("status", "meterstatus", ("active", "retired")),
        sa.UniqueConstraint("make", "serial"),
        sa.CheckConstraint("(status = 'retired') = (retired_on IS NOT NULL)", name="retired_day"),
    )
    trigram("meters", "serial")
    trigram("meters", "endpoint_serial")
    op.create_table(
        "registers",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("meter_id", sa.Uuid, sa.ForeignKey("meters.id"), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("dials", sa.Integer, nullable=False),
        sa.Column("decimals", sa.Integer, nullable=False),
        sa.Column("multiplier", sa.Numeric(14, 6), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("billing_step", sa.Numeric(14, 6), nullable=False),
        sa.UniqueConstraint("meter_id", "number"),
        one_of("number", "registernumber", ("0", "L", "H")),
        one_of("unit", "unit", UNITS),
        sa.CheckConstraint("dials BETWEEN 1 AND 12", name="dials_range"),
        sa.CheckConstraint("decimals BETWEEN 0 AND dials", name="decimals_range"),
        sa.CheckConstraint("multiplier > 0", name="multiplier_positive"),
        sa.CheckConstraint("billing_step >= 0", name="billing_step_not_negative"),
    )


def create_corrections() -> None:
    """What the record said wrongly of a register."""
    counted = ("dials", "decimals")
    op.create_table(
        "register_corrections",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("register_id", sa.Uuid, sa.ForeignKey("registers.id"), nullable=False),
        sa.Column("wrong_since_on", sa.Date, nullable=False),
        *(
            column
            for was in ("", "was_")
            for column in (
                *(sa.Column(f"{was}{name}", sa.Integer, nullable=False) for name in counted),
                sa.Column(f"{was}multiplier", sa.Numeric(14, 6), nullable=False),
                sa.Column(f"{was}unit", sa.String(40), nullable=False),
                sa.Column(f"{was}billing_step", sa.Numeric(14, 6), nullable=False),
            )
        ),
        text("reason"),
        sa.Column("made_by", sa.Uuid, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        one_of("unit", "unit", UNITS),
        one_of("was_unit", "wasunit", UNITS),
        sa.CheckConstraint(
            "(dials, decimals, multiplier, unit, billing_step)"
            " <> (was_dials, was_decimals, was_multiplier, was_unit, was_billing_step)",
            name="corrects_something",
        ),
    )
    columns = ["register_id", "made_at"]
    op.create_index("ix_register_corrections_register_id", "register_corrections", columns)
    op.execute("SELECT public.append_only('register_corrections')")
    op.execute(REGISTERS_AS_CORRECTED)
    op.execute(
        "CREATE TRIGGER as_corrected BEFORE UPDATE ON registers FOR EACH ROW"
        " WHEN ((OLD.dials, OLD.decimals, OLD.multiplier, OLD.unit, OLD.billing_step) IS DISTINCT"
        " FROM (NEW.dials, NEW.decimals, NEW.multiplier, NEW.unit, NEW.billing_step))"
        " EXECUTE FUNCTION public.registers_as_corrected()"
    )


def create_installations() -> None:
    """Which meter was where, when: one place at a time, one meter at a time."""
    op.create_table(
        "installations",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("meter_id", sa.Uuid, sa.ForeignKey("meters.id"), nullable=False, index=True),
        sa.Column(
            "service_point_id",
            sa.Uuid,
            sa.ForeignKey("service_points.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        one_of("role", "installationrole", ("main", "bypass", "deduct")),
        sa.CheckConstraint("to_on >= from_on", name="period_forward"),
        ExcludeConstraint(
            ("meter_id", "="), (DAYS, "&&"), name="installations_meter_once", using="gist"
        ),
        ExcludeConstraint(
            ("service_point_id", "="),
            ("role", "="),
            (DAYS, "&&"),
            name="installations_point_once",
            using="gist",
        ),
    )
    now = sa.text("to_on IS NULL")
    for name, columns in (("meter", ["meter_id"]), ("point", ["service_point_id", "role"])):
        op.create_index(
            f"uq_installations_{name}_now",
            "installations",
            columns,
            unique=True,
            postgresql_where=now,
        )


def create_deductions() -> None:
    """Deduct meters: whose water comes off whose."""
    parent = sa.ForeignKey("service_points.id")
    child = sa.ForeignKey("service_points.id")
    op.create_table(
        "deductions",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("parent_service_point_id", sa.Uuid, parent, nullable=False, index=True),
        sa.Column("child_service_point_id", sa.Uuid, child, nullable=False, index=True),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        sa.CheckConstraint("to_on >= from_on", name="period_forward"),
        sa.CheckConstraint("parent_service_point_id <> child_service_point_id", name="not_itself"),
        ExcludeConstraint(
            ("child_service_point_id", "="),
            (DAYS, "&&"),
            name="deductions_child_once",
            using="gist",
        ),
    )
    op.execute(DEDUCTIONS_WITHOUT_CYCLE)
    for event in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER without_cycle_{event.lower()} AFTER {event} ON deductions"
            " REFERENCING NEW TABLE AS changed FOR EACH STATEMENT"
            " EXECUTE FUNCTION public.deductions_without_cycle()"
        )


def downgrade() -> None:
    """Drop plant and land."""
    op.drop_table("register_corrections")
    for table in ("deductions", "installations", "registers", "meters", "service_points"):
        op.drop_table(table)
    for table in ("connections", "parcel_owners", "parcels", "counties"):
        op.drop_table(table)
    op.execute("DROP FUNCTION public.deductions_without_cycle()")
    op.execute("DROP FUNCTION public.registers_as_corrected()")
