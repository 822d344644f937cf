"""The name of anything that acts are recorded on. Ids are unique across tables."""

from uuid import UUID

from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.reports.subjects.schemas import AuditSubject

# kind, table, its name, its page; every id is looked up by a primary key.
_THINGS: tuple[tuple[str, str, str, str], ...] = (
    ("account", "accounts", "'Account ' || number", "'/accounts/' || id"),
    ("customer", "customers", "name", "NULL"),
    ("parcel", "parcels", "'Parcel ' || apn", "'/parcels/' || id"),
    ("meter", "meters", "'Meter ' || serial", "'/meters/' || id"),
    ("service point", "service_points", "'Service point ' || code", "'/service-points/' || id"),
    ("tariff", "tariffs", "name_en", "'/tariffs/' || id"),
    (
        "tariff version",
        "tariff_versions",
        "'Tariff effective ' || effective_on",
        "'/tariffs/' || tariff_id || '?version=' || id",
    ),
    ("bill run", "bill_runs", "name", "'/bill-runs/' || id"),
    ("cycle", "cycles", "name", "'/cycles/' || id"),
    ("payment", "payments", "'Payment of ' || received_on", "'/payments/' || id"),
    ("adjustment", "adjustments", "'Adjustment for ' || type_code", "'/adjustments/' || id"),
    ("walk", "walks", "'Walk ' || code", "'/walks/' || id"),
    ("read file", "read_imports", "file_name", "'/imports/' || id"),
    ("register", "registers", "'Register ' || number", "'/registers/' || id"),
    ("read layout", "read_layouts", "title", "'/read-layouts/' || name"),
    ("threshold", "read_rule_parameters", "name", "'/read-rules/' || name"),
    ("read code", "read_code_kinds", "code || ': ' || meaning", "NULL"),
    ("sample audit", "read_audits", "name", "'/read-audits/' || id"),
    ("person", "users", "name", "NULL"),
    ("API client", "api_clients", "name", "NULL"),
)

_FIND = " UNION ALL ".join(
    f"SELECT id, '{kind}' AS kind, {name} AS name, {path} AS path FROM {table} WHERE id = $1"  # noqa: S608
    for kind, table, name, path in _THINGS
)


class AuditSubjectUnknown(NotFound):
    title = "No thing of this id has a name"


async def find_subject(sql: Sql, subject_id: UUID) -> AuditSubject:
    """What an act was done to, by its id. Raises AuditSubjectUnknown."""
    row = await sql.fetchrow(f"{_FIND} LIMIT 1", subject_id)
    if row is None:
        raise AuditSubjectUnknown(str(subject_id))
    return AuditSubject.model_validate(dict(row))
