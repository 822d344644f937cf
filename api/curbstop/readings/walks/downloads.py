"""The download file of a walk: what the vendor's software is loaded with before reading."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from curbstop.kernel.errors import Conflict, FieldError
from curbstop.platform.db import Sql
from curbstop.readings.layouts.canonical import ErrorLog
from curbstop.readings.layouts.definition import Delimited
from curbstop.readings.layouts.queries import get_layout
from curbstop.readings.layouts.writing import Row, write_download
from curbstop.readings.walks.queries import Stop, get_walk, stops_of
from curbstop.readings.walks.schemas import WalkOut


class DownloadImpossible(Conflict):
    title = "The walk does not fit this layout"


async def download_file(
    sql: Sql, walk_id: UUID, layout_name: str | None, on: date
) -> tuple[str, bytes]:
    """The file's name and bytes; the walk's own layout unless another is named.

    Raises: WalkNotFound, ReadLayoutNotFound, DownloadImpossible (what does not fit, by stop).
    """
    walk = await get_walk(sql, walk_id)
    layout = await get_layout(sql, layout_name or walk.layout)
    rows = [_row(walk, stop, on) for stop in await stops_of(sql, walk_id, on)]
    log = ErrorLog()
    data = write_download(layout, layout.chosen({}), rows, log)
    if log.errors:
        fields = (FieldError(f"stop {e.line}, {e.column}", e.reason) for e in log.errors)
        raise DownloadImpossible(f"walk {walk.code}, layout {layout.layout}", *fields)
    suffix = "csv" if isinstance(layout.output_shape, Delimited) else "dat"
    return f"walk-{walk.code}-{on.isoformat()}.{suffix}", data


def _row(walk: WalkOut, stop: Stop, on: date) -> Row:
    row = stop.row
    return {
        "company": "0001",
        "office": walk.cycle[:4],
        "cycle": walk.cycle,
        "walk": walk.code,
        "file_on": on.isoformat(),
        "read_on": on.isoformat(),
        "sequence": str(row["sequence"]),
        "account": row["account_number"],
        "name": row["mail_name"],
        "phone": row["phone"],
        "service_point": row["service_point_code"],
        "premise": row["service_point_code"],
        "address": row["service_address"],
        "city": row["situs_city"],
        "state": "CA",
        "zip": row["situs_zip"],
        "location": row["location"],
        "access_notes": row["access_notes"],
        "meter_no": row["meter_serial"],
        "meter_size": row["meter_size"],
        "manufacturer": row["make"],
        "installed_on": row["installed_on"].isoformat(),
        "endpoint_id": row["endpoint"] or None,
        "register_no": row["register_no"],
        "dials": str(row["dials"]),
        "decimals": str(row["decimals"]),
        "unit": row["unit"],
        "multiplier": _plain(row["multiplier"]),
        "previous_on": stop.previous.read_on.isoformat() if stop.previous else None,
        "previous_reading": _plain(stop.previous.value) if stop.previous else None,
        "low_limit": _plain(stop.low),
        "high_limit": _plain(stop.high),
        "longitude": _plain(row["longitude"]),
        "latitude": _plain(row["latitude"]),
    }


def _plain(number: Decimal | None) -> str | None:
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
