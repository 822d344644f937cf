"""Drafting, proposing and approving versions of tariffs."""

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import IdempotencyConflict
from curbstop.platform.http import require_version
from curbstop.platform.uow import Uow
from curbstop.rates.engine import TariffFileError
from curbstop.rates.engine.definition import Tariff, TariffBody, Version
from curbstop.rates.engine.source import read_tariff
from curbstop.rates.tariffs.body import (
    bad_file,
    body_of,
    hash_of,
    stored_version,
    version_from_client,
)
from curbstop.rates.tariffs.checking import example_results
from curbstop.rates.tariffs.codes import unknown_codes
from curbstop.rates.tariffs.models import TariffRow, TariffVersion, VersionState
from curbstop.rates.tariffs.problems import (
    ApproverIsAuthor,
    EffectiveDateTaken,
    ExamplesDiffer,
    TariffDiffers,
    VersionNotDraft,
    VersionNotFound,
    VersionNotProposed,
)
from curbstop.rates.tariffs.schemas import SuccessorRequest


async def import_tariff(uow: Uow, import_id: UUID, content: str) -> list[TariffVersion]:
    """Read a tariff file; each of its versions that is not yet known becomes a draft.

    The ids of the drafts follow from `import_id` and their effective dates, so that a repeat finds
    them. Raises BadInput (line and reason of each mistake), TariffDiffers (the code exists with
    another unit or service), IdempotencyConflict (same id, other content).
    """
    try:
        tariff, lines = read_tariff(content)
    except TariffFileError as problem:
        raise bad_file(problem) from None
    row = await _tariff_row(uow, import_id, tariff)
    query = select(TariffVersion).where(TariffVersion.tariff_id == row.id)
    known = {(v.effective_on, v.sha256): v for v in (await uow.session.exec(query)).all()}
    imported: list[TariffVersion] = []
    for number, version in enumerate(tariff.versions):
        body = body_of(version)
        if unknown := await unknown_codes(uow.sql, body, lines, ("versions", number)):
            raise bad_file(unknown)
        earlier = known.get((version.effective_on, hash_of(body)))
        version_id = uuid5(import_id, version.effective_on.isoformat())
        imported.append(earlier or await _draft(uow, version_id, row, version, body))
    return imported


async def _tariff_row(uow: Uow, import_id: UUID, tariff: Tariff) -> TariffRow:
    await uow.sql.execute("SELECT pg_advisory_xact_lock(hashtext($1))", f"tariff {tariff.code}")
    body = body_of(TariffBody(**{name: getattr(tariff, name) for name in TariffBody.model_fields}))
    query = select(TariffRow).where(TariffRow.code == tariff.code)
    row = (await uow.session.exec(query)).one_or_none()
    if row is not None:
        for name in ("unit", "price_unit", "service"):
            if row.body.get(name) != body.get(name):
                raise TariffDiffers(f"{tariff.code} has {name} {row.body.get(name)}")
        return row
    row = TariffRow(
        id=uuid5(import_id, tariff.code),
        code=tariff.code,
        name_en=tariff.name.en,
        name_es=tariff.name.es,
        service=tariff.service,
        unit=tariff.unit.value,
        body=body,
        created_at=uow.now,
    )
    uow.session.add(row)
    audit.record(uow, "tariff.created", row.id, after={"code": row.code, "service": row.service})
    await uow.session.flush()
    return row


async def _draft(
    uow: Uow, version_id: UUID, tariff: TariffRow, version: Version, body: dict[str, Any]
) -> TariffVersion:
    if await uow.session.get(TariffVersion, version_id) is not None:
        raise IdempotencyConflict(str(version_id))
    row = TariffVersion(
        id=version_id,
        tariff_id=tariff.id,
        effective_on=version.effective_on,
        resolution=version.resolution,
        source=version.source,
        body=body,
        sha256=hash_of(body),
        state=VersionState.DRAFT,
        drafted_by=uow.actor.id,
        drafted_by_name=uow.actor.name,
        drafted_at=uow.now,
        authors=[uow.actor.id],
    )
    uow.session.add(row)
    audit.record(uow, "tariff_version.drafted", row.id, after=_told(tariff.code, row))
    await uow.session.flush()
    return row


def _told(code: str, row: TariffVersion) -> dict[str, Any]:
    told = {"code": code, "resolution": row.resolution, "sha256": row.sha256}
    return told | {"effective_on": row.effective_on.isoformat()}


async def draft_successor(uow: Uow, version_id: UUID, request: SuccessorRequest) -> TariffVersion:
    """A draft with another version's schedule and a date of its own, to be edited from there.

    Raises VersionNotFound, IdempotencyConflict.
    """
    earlier = await uow.session.get(TariffVersion, version_id)
    if earlier is None:
        raise VersionNotFound(str(version_id))
    body = earlier.body | {
        "effective_on": request.effective_on.isoformat(),
        "resolution": request.resolution,
    }
    version = version_from_client(body)
    made = await uow.session.get(TariffVersion, request.id)
    if made is not None:
        asked = (earlier.tariff_id, request.effective_on, request.resolution)
        if (made.tariff_id, made.effective_on, made.resolution) != asked:
            raise IdempotencyConflict(str(request.id))
        return made
    tariff = await uow.session.get_one(TariffRow, earlier.tariff_id)
    return await _draft(uow, request.id, tariff, version, body_of(version))


async def edit_draft(uow: Uow, version_id: UUID, body: dict[str, Any], seen: str) -> TariffVersion:
    """Replace a draft's body; the editor becomes one of its authors.

    Raises VersionNotFound, StaleVersion, VersionNotDraft, BadInput (a pointer for each mistake).
    """
    row = await _locked(uow, version_id)
    require_version(seen, row.version)
    if row.state is not VersionState.DRAFT:
        raise VersionNotDraft(f"it is {row.state.value}")
    version = version_from_client(body)
    changed = body_of(version)
    if unknown := await unknown_codes(uow.sql, changed):
        raise bad_file(unknown, "/body")
    before = {"sha256": row.sha256, "body": row.body}
    row.body = changed
    row.sha256 = hash_of(row.body)
    row.effective_on, row.resolution = version.effective_on, version.resolution
    row.source, row.version = version.source, row.version + 1
    row.authors = sorted({*row.authors, uow.actor.id}, key=str)
    after = {"sha256": row.sha256, "body": row.body}
    audit.record(uow, "tariff_version.edited", row.id, before=before, after=after)
    await uow.session.flush()
    return row


async def propose(uow: Uow, version_id: UUID, seen: str) -> TariffVersion:
    """Put a draft before its approver. Raises VersionNotFound, StaleVersion, VersionNotDraft,
    ExamplesDiffer.
    """
    row = await _locked(uow, version_id)
    require_version(seen, row.version)
    if row.state is not VersionState.DRAFT:
        raise VersionNotDraft(f"it is {row.state.value}")
    await _require_examples(uow, row)
    row.state, row.proposed_at, row.version = VersionState.PROPOSED, uow.now, row.version + 1
    audit.record(uow, "tariff_version.proposed", row.id, after={"sha256": row.sha256})
    await uow.session.flush()
    return row


async def return_to_draft(uow: Uow, version_id: UUID, reason: str, seen: str) -> TariffVersion:
    """Send a proposed version back for changes. Raises VersionNotFound, StaleVersion,
    VersionNotProposed.
    """
    row = await _locked(uow, version_id)
    require_version(seen, row.version)
    if row.state is not VersionState.PROPOSED:
        raise VersionNotProposed(f"it is {row.state.value}")
    row.state, row.proposed_at, row.version = VersionState.DRAFT, None, row.version + 1
    audit.record(uow, "tariff_version.returned", row.id, reason=reason)
    await uow.session.flush()
    return row


async def approve(uow: Uow, version_id: UUID, seen: str) -> TariffVersion:
    """Adopt a proposed version; from its effective date on it prices bills and never changes.

    Raises VersionNotFound, StaleVersion, VersionNotProposed, ApproverIsAuthor, ExamplesDiffer,
    EffectiveDateTaken. Source: two-person rule on tariffs, also a CHECK and a trigger.
    """
    row = await _locked(uow, version_id)
    require_version(seen, row.version)
    if row.state is not VersionState.PROPOSED:
        raise VersionNotProposed(f"it is {row.state.value}")
    if uow.actor.id in {row.drafted_by, *row.authors}:
        raise ApproverIsAuthor(str(version_id))
    await _require_examples(uow, row)
    row.state, row.version = VersionState.APPROVED, row.version + 1
    row.approved_by, row.approved_by_name = uow.actor.id, uow.actor.name
    row.approved_at = uow.now
    audit.record(uow, "tariff_version.approved", row.id, after={"sha256": row.sha256})
    effective_on = row.effective_on.isoformat()  # a failed flush expires the row
    try:
        async with uow.session.begin_nested():
            await uow.session.flush()
    except IntegrityError:
        raise EffectiveDateTaken(effective_on) from None
    return row


async def _locked(uow: Uow, version_id: UUID) -> TariffVersion:
    query = select(TariffVersion).where(TariffVersion.id == version_id).with_for_update()
    row = (await uow.session.exec(query)).one_or_none()
    if row is None:
        raise VersionNotFound(str(version_id))
    return row


async def _require_examples(uow: Uow, row: TariffVersion) -> None:
    """Examples run against this version with the approved ones before it, for rate changes."""
    tariff = await uow.session.get_one(TariffRow, row.tariff_id)
    version = stored_version(row.id, row.sha256, row.body)
    shared = TariffBody.model_validate(tariff.body)
    results = await example_results(uow.sql, row.tariff_id, shared, version)
    wrong = [f"{r.example.name}: {'; '.join(r.differences)}" for r in results if r.differences]
    if wrong:
        raise ExamplesDiffer(" | ".join(wrong[:10]))
