"""Reading tariffs: lists, one version, and the compiled catalog that bills are priced with."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID

import asyncpg

from curbstop.kernel.dates import Period
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.rates.declarations.queries import declarations_within
from curbstop.rates.engine import Catalog, CompiledTariff, CompiledVersion, compile_version
from curbstop.rates.engine.definition import TariffBody, Version
from curbstop.rates.tariffs.body import stored_version
from curbstop.rates.tariffs.schemas import TariffOut, VersionRow

_CURRENT = """tariffs t LEFT JOIN LATERAL (
  SELECT v.id, v.effective_on, v.resolution FROM tariff_versions v
  WHERE v.tariff_id = t.id AND v.state = 'approved' AND v.effective_on <= DATE '{today}'
  ORDER BY v.effective_on DESC LIMIT 1
) c ON true"""

_WITH_SUCCESSOR = """tariff_versions v JOIN tariffs t ON t.id = v.tariff_id
LEFT JOIN LATERAL (
  SELECT min(n.effective_on) AS until FROM tariff_versions n
  WHERE n.tariff_id = v.tariff_id AND n.state = 'approved' AND n.effective_on > v.effective_on
) s ON v.state = 'approved'"""


def tariff_list(today: date) -> ListSpec[TariffOut]:
    """Tariffs with the version in force today."""
    shared = ("id", "code", "name_en", "name_es", "service", "unit")
    return ListSpec(
        row=TariffOut,
        source=_CURRENT.format(today=today.isoformat()),
        columns={
            **{name: f"t.{name}" for name in shared},
            "versions": "(SELECT count(*) FROM tariff_versions v WHERE v.tariff_id = t.id)",
            "current_version_id": "c.id",
            "current_from_on": "c.effective_on",
            "current_resolution": "c.resolution",
        },
        sort="code",
        tiebreak="t.id",
        filters={"service": "t.service = {}"},
        search="t.code ILIKE {} OR t.name_en ILIKE {} OR t.name_es ILIKE {}",
    )


def version_list(today: date) -> ListSpec[VersionRow]:
    """Versions of all tariffs, drafts included."""
    return ListSpec(
        row=VersionRow,
        source=_WITH_SUCCESSOR,
        columns=_row_columns(today),
        sort="code,-effective_on",
        tiebreak="v.id",
        filters={"tariff_id": "v.tariff_id = {}", "state": "v.state = {}"},
        search="t.code ILIKE {} OR v.resolution ILIKE {}",
    )


def _row_columns(today: date) -> dict[str, str]:
    return {
        **{name: f"v.{name}" for name in VersionRow.model_fields},
        "code": "t.code",
        "name_en": "t.name_en",
        "until": "s.until",
        "superseded": f"coalesce(s.until <= DATE '{today.isoformat()}', false)",
    }


_EXTRA = ("source", "drafted_by", "proposed_at", "approved_by", "body", "version")


async def find_version(sql: Sql, version_id: UUID, today: date) -> asyncpg.Record | None:
    """Everything about one version, with what its tariff shares, or None."""
    named = [f"{column} AS {name}" for name, column in _row_columns(today).items()]
    extra = [f"v.{name}" for name in _EXTRA]
    select = ", ".join([*named, *extra, "t.body AS tariff_body", "t.unit"])
    return await sql.fetchrow(
        f"SELECT {select} FROM {_WITH_SUCCESSOR} WHERE v.id = $1",  # noqa: S608
        version_id,
    )


_APPROVED = """
SELECT t.id AS tariff_id, t.body AS tariff_body, v.id, v.sha256, v.body
FROM tariffs t JOIN tariff_versions v ON v.tariff_id = t.id
WHERE t.code = ANY($1) AND v.state = 'approved' AND v.effective_on < $2
ORDER BY t.code, v.effective_on
"""


async def catalog(sql: Sql, rate_codes: Iterable[str], period: Period) -> Catalog:
    """The approved versions in force on some day of the period, compiled, with declarations.

    Two queries whatever the number of codes. A code that no tariff has is simply absent: the
    engine then refuses that agreement by name and nobody else.
    """
    rows = await sql.fetch(_APPROVED, sorted(set(rate_codes)), period.end)
    by_tariff: dict[UUID, list[asyncpg.Record]] = {}
    for row in rows:
        by_tariff.setdefault(row["tariff_id"], []).append(row)
    tariffs = [_compiled(versions, period) for versions in by_tariff.values()]
    return Catalog(tariffs, await declarations_within(sql, period))


def _compiled(rows: Sequence[asyncpg.Record], period: Period) -> CompiledTariff:
    tariff = TariffBody.model_validate(rows[0]["tariff_body"])
    versions = [(row["id"], stored_version(row["id"], row["sha256"], row["body"])) for row in rows]
    ends = [*(later.effective_on for _, (_, later) in pairwise(versions)), None]
    compiled = [
        compile_version(tariff, version, str(version_id), until)
        for (version_id, version), until in zip(versions, ends, strict=True)
        if until is None or until > period.start
    ]
    return CompiledTariff(tariff.code, tuple(compiled))


async def approved_before(sql: Sql, tariff_id: UUID, day: date) -> list[Version]:
    """The approved versions that took effect before a day, in order."""
    rows = await sql.fetch(
        "SELECT id, sha256, body FROM tariff_versions WHERE tariff_id = $1"
        " AND state = 'approved' AND effective_on < $2 ORDER BY effective_on",
        *(tariff_id, day),
    )
    return [stored_version(row["id"], row["sha256"], row["body"]) for row in rows]


async def approved_versions(sql: Sql, version_ids: Iterable[UUID]) -> dict[str, CompiledVersion]:
    """Compiled versions by id, to explain lines of the past; unknown ids are absent."""
    rows = await sql.fetch(
        "SELECT v.id, v.sha256, v.body, t.body AS tariff_body FROM tariff_versions v"
        " JOIN tariffs t ON t.id = v.tariff_id WHERE v.id = ANY($1)",
        list(version_ids),
    )
    return {
        str(row["id"]): compile_version(
            TariffBody.model_validate(row["tariff_body"]),
            stored_version(row["id"], row["sha256"], row["body"]),
            str(row["id"]),
        )
        for row in rows
    }


def alone(tariff: TariffBody, version: Version, version_id: UUID, period: Period) -> CompiledTariff:
    """A tariff of this one version, in force through the period whatever its effective date."""
    start = min(version.effective_on, period.start)
    always = version.model_copy(update={"effective_on": start})
    return CompiledTariff(tariff.code, (compile_version(tariff, always, str(version_id)),))
