"""Reading sample audits."""

from uuid import UUID

from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.readings.audits.schemas import ReadAuditItem, ReadAuditRow


class AuditNotFound(NotFound):
    title = "No such audit"


def _found(condition: str) -> str:
    return (
        "(SELECT count(*) FROM read_audit_findings f"  # noqa: S608
        f" WHERE f.audit_id = a.id AND {condition})"
    )


AUDITS: ListSpec[ReadAuditRow] = ListSpec(
    row=ReadAuditRow,
    source="read_audits a LEFT JOIN walks w ON w.id = a.walk_id"
    " LEFT JOIN users u ON u.id = a.drawn_by",
    columns={
        **{name: f"a.{name}" for name in ReadAuditRow.model_fields},
        "walk": "w.code",
        "checked": _found("true"),
        "differing": _found("f.finding = 'differs'"),
        "drawn_by_name": "u.name",
    },
    sort="-drawn_at",
    tiebreak="a.id",
    search="a.name ILIKE {} OR w.code ILIKE {} OR u.name ILIKE {}",
)


def items_of(audit_id: UUID) -> ListSpec[ReadAuditItem]:
    """The reads of a sample with what was found."""
    return ListSpec(
        row=ReadAuditItem,
        source=(
            f"(SELECT * FROM read_audit_items WHERE audit_id = '{audit_id}'::uuid) t"  # noqa: S608
            " JOIN registers r ON r.id = t.register_id JOIN meters m ON m.id = r.meter_id"
            " LEFT JOIN service_points p ON p.id = t.service_point_id"
            " LEFT JOIN parcels l ON l.id = p.parcel_id"
            " LEFT JOIN walk_stops s ON s.service_point_id = t.service_point_id"
            " LEFT JOIN walks w ON w.id = s.walk_id"
            " LEFT JOIN read_audit_findings f ON f.audit_id = t.audit_id AND f.place = t.place"
            " LEFT JOIN users u ON u.id = f.checked_by"
        ),
        columns={
            **{name: f"t.{name}" for name in ("place", "register_id", "read_on", "value")},
            **{name: f"f.{name}" for name in ("finding", "found_value", "note", "checked_at")},
            "meter_serial": "m.serial",
            "service_point_id": "t.service_point_id",
            "service_point_code": "p.code",
            "service_address": "l.situs_line",
            "location": "p.location",
            "walk": "w.code",
            "sequence": "s.sequence",
            "unit": "r.unit",
            "checked_by_name": "u.name",
        },
        sort="place",
        tiebreak="t.place",
        filters={"finding": "f.finding = {}", "checked": "(f.place IS NOT NULL) = {}"},
        search="m.serial ILIKE {} OR p.code ILIKE {} OR l.situs_line ILIKE {} OR f.note ILIKE {}",
    )


async def get_audit(sql: Sql, audit_id: UUID) -> ReadAuditRow:
    """An audit by its id. Raises AuditNotFound."""
    columns = ", ".join(f"{expression} AS {name}" for name, expression in AUDITS.columns.items())
    row = await sql.fetchrow(
        f"SELECT {columns} FROM {AUDITS.source} WHERE a.id = $1",  # noqa: S608
        audit_id,
    )
    if row is None:
        raise AuditNotFound(str(audit_id))
    return ReadAuditRow.model_validate(dict(row))
