"""Baseline of readings."""

from pathlib import Path
from uuid import UUID, uuid5

import sqlalchemy as sa
import yaml
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011_readings"
down_revision = "0010_payments"
branch_labels = None
depends_on = None

CODES = Path(__file__).parents[2] / "reference" / "read_codes.yaml"
# The ids of what comes with Curbstop are made from it, so that every district has the same.
CODES_SPACE = UUID("0192f0c5-5a3e-7c1d-9d6e-3f1b8a2c4e70")
MOMENT = sa.DateTime(timezone=True)
METHODS = ("radio", "touch", "keyed", "network", "customer", "estimated")
KINDS = ("cycle", "in", "out", "move", "check")
ESTIMATES = ("prorated", "same_month_last_year", "prior_period", "class_average")
RULES = (
    *("missing", "unknown_meter", "duplicate", "future", "negative", "rollover", "high", "low"),
    *("zero", "inactive", "stuck", "mismatch", "estimated", "implausible_day"),
)
STATES = (
    *("open", "proposed", "held", "reread", "accepted", "rollover", "estimated", "matched"),
    "dismissed",
)
CLASSES = (
    *("residential", "multi_family", "commercial", "industrial", "institutional"),
    *("irrigation", "agricultural", "fire", "other"),
)
UNDECIDED = "state IN ('open', 'proposed', 'held', 'reread')"

# Partitions by month, made by whoever first writes into a month: import, hand entry, meter event.
# The lock makes two writers of a new month take turns instead of failing.
ENSURE_PARTITIONS = """
CREATE FUNCTION public.ensure_read_partitions(first_on date, last_on date) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  month date := date_trunc('month', first_on);
  made integer := 0;
  part text;
BEGIN
  IF last_on > first_on + 36600 THEN
    RAISE EXCEPTION 'reads from % to % span more than a hundred years', first_on, last_on
      USING ERRCODE = '22008';
  END IF;
  WHILE month <= last_on LOOP
    part := format('reads_p%s', to_char(month, 'YYYY_MM'));
    IF to_regclass('public.' || part) IS NULL THEN
      PERFORM pg_advisory_xact_lock(hashtext('public.reads'));
      IF to_regclass('public.' || part) IS NULL THEN
        EXECUTE format(
          'CREATE TABLE public.%I PARTITION OF public.reads FOR VALUES FROM (%L) TO (%L)',
          part, month, (month + interval '1 month')::date);
        PERFORM public.append_only(format('public.%I', part)::regclass);
        made := made + 1;
      END IF;
    END IF;
    month := (month + interval '1 month')::date;
  END LOOP;
  RETURN made;
END $$
"""

# The guarantee of a foreign key at one look per statement: registers cannot be deleted, so it is
# enough that every new read names one.
REGISTERS_EXIST = """
CREATE FUNCTION public.reads_name_registers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stranger uuid;
BEGIN
  SELECT added.register_id INTO stranger
  FROM added LEFT JOIN public.registers r ON r.id = added.register_id
  WHERE r.id IS NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'no register %', stranger USING ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$
"""


def one_of(column: str, values: tuple[str, ...], name: str) -> sa.CheckConstraint:
    """The CHECK behind a `text_enum`."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name)


def text(name: str, nullable: bool = False) -> sa.Column[str]:
    """A text column."""
    return sa.Column(name, sa.String, nullable=nullable)


def whole(name: str) -> sa.Column[int]:
    """A count that is always there."""
    return sa.Column(name, sa.Integer, nullable=False)


# A layout's text is what files were read by: it stays, and a retired one does not come back.
LAYOUTS_AS_ADDED = """
CREATE FUNCTION public.layouts_as_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.retired_at IS NOT NULL
     OR (OLD.id, OLD.name, OLD.title, OLD.body, OLD.created_by, OLD.created_by_name, OLD.created_at)
     IS DISTINCT FROM
     (NEW.id, NEW.name, NEW.title, NEW.body, NEW.created_by, NEW.created_by_name, NEW.created_at)
  THEN
    RAISE EXCEPTION 'a layout is never changed: add another' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    """Reads, walks, imports, reviews."""
    create_reads()
    create_walks()
    create_imports()
    create_reviews()
    create_audits()


def create_reads() -> None:
    """Reads by month, estimates, codes."""
    op.create_table(
        "reads",
        sa.Column("register_id", sa.Uuid, nullable=False),
        sa.Column("read_on", sa.Date, nullable=False),
        sa.Column("revision", sa.SmallInteger, nullable=False),
        sa.Column("value", sa.Numeric),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("rollovers", sa.SmallInteger, nullable=False),
        sa.Column("import_id", sa.Uuid),
        sa.Column("line", sa.Integer),
        sa.Column("recorded_by", sa.Uuid),
        sa.Column("recorded_at", MOMENT),
        sa.PrimaryKeyConstraint("register_id", "read_on", "revision"),
        sa.CheckConstraint("value >= 0", name="value_not_negative"),
        sa.CheckConstraint("rollovers BETWEEN 0 AND 9", name="rollovers_range"),
        one_of("method", METHODS, "readmethod"),
        one_of("kind", KINDS, "readkind"),
        postgresql_partition_by="RANGE (read_on)",
    )
    op.execute(ENSURE_PARTITIONS)
    op.execute(REGISTERS_EXIST)
    op.execute("SELECT public.append_only('reads')")
    op.execute(
        "CREATE TRIGGER registers_exist AFTER INSERT ON reads REFERENCING NEW TABLE AS added"
        " FOR EACH STATEMENT EXECUTE FUNCTION public.reads_name_registers()"
    )
    op.create_table(
        "estimates",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("register_id", sa.Uuid, sa.ForeignKey("registers.id"), nullable=False),
        sa.Column("read_on", sa.Date, nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("used", sa.Numeric, nullable=False),
        sa.Column("value", sa.Numeric, nullable=False),
        text("explanation"),
        sa.Column("inputs", JSONB, nullable=False),
        sa.Column("made_by", sa.Uuid, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        one_of("method", ESTIMATES, "estimatemethod"),
    )
    op.create_index("ix_estimates_register_id", "estimates", ["register_id", "read_on"])
    op.execute("SELECT public.append_only('estimates')")
    create_codes()
    create_code_kinds()


def create_codes() -> None:
    """Skip and trouble codes, notes, photos."""
    point = sa.ForeignKey("service_points.id")
    op.create_table(
        "read_codes",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("service_point_id", sa.Uuid, point, nullable=False),
        sa.Column("register_id", sa.Uuid, sa.ForeignKey("registers.id")),
        sa.Column("noted_on", sa.Date, nullable=False),
        text("skip_code"),
        sa.Column("trouble_codes", JSONB, nullable=False),
        text("note"),
        sa.Column("photo_id", sa.Uuid, sa.ForeignKey("stored_files.id")),
        sa.Column("import_id", sa.Uuid),
        sa.Column("recorded_by", sa.Uuid, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
    )
    columns = ["service_point_id", "noted_on"]
    op.create_index("ix_read_codes_service_point_id", "read_codes", columns)


def create_code_kinds() -> None:
    """What the codes mean; a district starts with those that most have."""
    kinds = op.create_table(
        "read_code_kinds",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        *(text(name) for name in ("code", "meaning")),
        *(sa.Column(name, sa.Uuid) for name in ("added_by", "retired_by")),
        *(sa.Column(name, sa.String) for name in ("added_by_name", "retired_by_name")),
        *(sa.Column(name, MOMENT) for name in ("added_at", "retired_at")),
        sa.Column("retirement_reason", sa.String),
        one_of("kind", ("skip", "trouble", "note"), "codekind"),
        sa.CheckConstraint("code ~ '^[A-Z0-9/_-]{1,10}$'", name="code_shape"),
        sa.CheckConstraint("meaning <> ''", name="meaning_given"),
        sa.CheckConstraint(
            "num_nulls(added_by, added_by_name, added_at) IN (0, 3)", name="added_by_someone"
        ),
        sa.CheckConstraint(
            "num_nulls(retired_by, retired_by_name, retired_at, retirement_reason) IN (0, 4)",
            name="retired_with_reason",
        ),
    )
    op.create_index(
        "uq_read_code_kinds_in_force",
        "read_code_kinds",
        ["kind", "code"],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.execute("SELECT public.undeletable('read_code_kinds')")
    rows = yaml.safe_load(CODES.read_text("utf-8"))
    op.bulk_insert(
        kinds, [row | {"id": uuid5(CODES_SPACE, f"{row['kind']} {row['code']}")} for row in rows]
    )


def create_walks() -> None:
    """Walks and their stops."""
    op.create_table(
        "walks",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.String, nullable=False, unique=True),
        *(text(name) for name in ("name", "cycle", "layout", "reader")),
        whole("version"),
    )
    point = sa.ForeignKey("service_points.id")
    op.create_table(
        "walk_stops",
        sa.Column("service_point_id", sa.Uuid, point, primary_key=True),
        sa.Column("walk_id", sa.Uuid, sa.ForeignKey("walks.id"), nullable=False, index=True),
        whole("sequence"),
    )


def create_imports() -> None:
    """Layouts of the district, imports, raw lines."""
    op.create_table(
        "read_layouts",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(text(name) for name in ("name", "title", "body")),
        sa.Column("created_by", sa.Uuid, nullable=False),
        text("created_by_name"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("retired_by", sa.Uuid),
        sa.Column("retired_by_name", sa.String),
        sa.Column("retired_at", MOMENT),
        sa.Column("retirement_reason", sa.String),
        sa.CheckConstraint(
            "num_nulls(retired_by, retired_by_name, retired_at, retirement_reason) IN (0, 4)",
            name="retired_with_reason",
        ),
    )
    op.create_index(
        "uq_read_layouts_in_force",
        "read_layouts",
        ["name"],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.execute(LAYOUTS_AS_ADDED)
    op.execute(
        "CREATE TRIGGER as_added BEFORE UPDATE ON read_layouts"
        " FOR EACH ROW EXECUTE FUNCTION public.layouts_as_added()"
    )
    op.execute("ALTER TABLE read_layouts ENABLE ALWAYS TRIGGER as_added")
    op.execute("SELECT public.undeletable('read_layouts')")
    op.create_table(
        "read_imports",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("file_id", sa.Uuid, sa.ForeignKey("stored_files.id"), nullable=False),
        text("sha256"),
        text("file_name"),
        whole("size_bytes"),
        text("layout"),
        sa.Column("settings", JSONB, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("errors", JSONB, nullable=False),
        *(whole(name) for name in ("lines", "reads_added", "repeats", "unread")),
        *(whole(name) for name in ("unmatched", "exceptions")),
        sa.Column("first_import_id", sa.Uuid, sa.ForeignKey("read_imports.id")),
        sa.Column("first_read_on", sa.Date),
        sa.Column("last_read_on", sa.Date),
        sa.Column("job_id", sa.Uuid),
        sa.Column("created_by", sa.Uuid, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False, index=True),
        sa.Column("finished_at", MOMENT),
        one_of("state", ("queued", "imported", "refused"), "importstate"),
        sa.CheckConstraint(
            "(state = 'refused') = (errors <> '[]'::jsonb)", name="refused_says_why"
        ),
    )
    op.create_index(
        "uq_read_imports_sha256",
        "read_imports",
        ["sha256"],
        unique=True,
        postgresql_where=sa.text("state <> 'refused'"),
    )
    op.create_table(
        "import_lines",
        sa.Column("import_id", sa.Uuid, sa.ForeignKey("read_imports.id"), primary_key=True),
        sa.Column("first_line", sa.Integer, primary_key=True, autoincrement=False),
        whole("lines"),
        text("raw"),
    )
    op.execute("ALTER TABLE import_lines ALTER COLUMN raw SET STORAGE EXTERNAL")
    op.execute("SELECT public.append_only('import_lines')")
    op.execute("SELECT public.undeletable('read_imports')")


def create_reviews() -> None:
    """The edit list and the thresholds of its rules."""
    op.create_table(
        "read_reviews",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("severity", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        text("reason"),
        sa.Column("register_id", sa.Uuid),
        sa.Column("service_point_id", sa.Uuid),
        sa.Column("read_on", sa.Date, nullable=False),
        sa.Column("value", sa.Numeric),
        sa.Column("import_id", sa.Uuid),
        sa.Column("line", sa.Integer),
        text("raw"),
        sa.Column("needs_second", sa.Boolean, nullable=False),
        sa.Column("decision", sa.String(40)),
        text("decision_reason"),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("decided_at", MOMENT),
        sa.Column("approved_by", sa.Uuid),
        sa.Column("approved_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        whole("version"),
        one_of("rule", RULES, "rulename"),
        one_of("severity", ("block", "warn"), "severity"),
        one_of("state", STATES, "reviewstate"),
        one_of("decision", STATES, "decisionstate"),
        sa.CheckConstraint("approved_by <> decided_by", name="second_person"),
        sa.CheckConstraint(
            "NOT needs_second OR state NOT IN ('accepted', 'rollover') OR approved_by IS NOT NULL",
            name="second_person_above_threshold",
        ),
        sa.CheckConstraint("(state = 'open') = (decided_by IS NULL)", name="decided_by_someone"),
    )
    op.create_index(
        "ix_read_reviews_undecided",
        "read_reviews",
        ["rule", "read_on"],
        postgresql_where=sa.text(UNDECIDED),
    )
    both = ["register_id", "read_on"]
    op.create_index("ix_read_reviews_register_id_read_on", "read_reviews", both)
    for column in ("import_id", "service_point_id"):
        op.create_index(f"ix_read_reviews_{column}", "read_reviews", [column])
    op.create_table(
        "read_rule_parameters",
        sa.Column("id", sa.Uuid, primary_key=True),
        text("name"),
        sa.Column("account_class", sa.String(40)),
        sa.Column("season", sa.String(40)),
        sa.Column("value", sa.Numeric, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        text("reason"),
        sa.Column("decided_by", sa.Uuid, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.CheckConstraint("value >= 0", name="value_not_negative"),
        one_of("account_class", CLASSES, "accountclass"),
        one_of("season", ("summer", "winter"), "season"),
    )
    op.execute("SELECT public.append_only('read_rule_parameters')")


def create_audits() -> None:
    """Samples of accepted reads and what was found; none of it is ever changed."""
    op.create_table(
        "read_audits",
        sa.Column("id", sa.Uuid, primary_key=True),
        text("name"),
        sa.Column("first_on", sa.Date, nullable=False),
        sa.Column("last_on", sa.Date, nullable=False),
        sa.Column("walk_id", sa.Uuid, sa.ForeignKey("walks.id")),
        *(whole(name) for name in ("asked_size", "sample_size", "population")),
        text("seed"),
        sa.Column("drawn_by", sa.Uuid, nullable=False),
        sa.Column("drawn_at", MOMENT, nullable=False),
        sa.CheckConstraint("last_on >= first_on", name="days_in_order"),
        sa.CheckConstraint("sample_size > 0 AND sample_size <= population", name="drawn_from"),
    )
    point = sa.ForeignKey("service_points.id")
    op.create_table(
        "read_audit_items",
        sa.Column("audit_id", sa.Uuid, sa.ForeignKey("read_audits.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("register_id", sa.Uuid, sa.ForeignKey("registers.id"), nullable=False),
        sa.Column("service_point_id", sa.Uuid, point),
        sa.Column("read_on", sa.Date, nullable=False),
        sa.Column("value", sa.Numeric, nullable=False),
        sa.Column("recorded_by", sa.Uuid),
    )
    op.create_table(
        "read_audit_findings",
        sa.Column("audit_id", sa.Uuid, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("finding", sa.String(40), nullable=False),
        sa.Column("found_value", sa.Numeric),
        text("note"),
        sa.Column("recorded_by", sa.Uuid),
        sa.Column("checked_by", sa.Uuid, nullable=False),
        sa.Column("checked_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_id", "place"], ["read_audit_items.audit_id", "read_audit_items.place"]
        ),
        one_of("finding", ("agrees", "differs", "not_found"), "readfinding"),
        sa.CheckConstraint(
            "(finding = 'differs') = (found_value IS NOT NULL)", name="differs_says_what"
        ),
        sa.CheckConstraint("checked_by <> recorded_by", name="checked_by_another"),
    )
    for table in ("read_audits", "read_audit_items", "read_audit_findings"):
        op.execute(f"SELECT public.append_only('{table}')")


def downgrade() -> None:
    """A baseline is not taken back: drop the database instead."""
    raise RuntimeError("a baseline cannot be undone; restore a backup instead")
