"""The demo's tariffs, adopted as a district adopts its own: drafted, proposed, approved."""

from uuid import UUID

from curbstop.demo.chance import Chance
from curbstop.demo.history import Past
from curbstop.identity.permissions import Role
from curbstop.platform.http import etag_of
from curbstop.platform.migrate import reference_dir
from curbstop.rates.tariffs import actions as tariffs


async def adopt_schedules(past: Past, seed: int) -> int:
    """Import every demo tariff file and have the supervisor approve its versions; returns how many.

    One transaction each, since approval is another person's act.
    """
    chance, adopted = Chance(seed, "tariffs"), 0
    drafter, approver = past.staff[Role.TECHNICIAN].actor, past.staff[Role.SUPERVISOR].actor
    for path in sorted((reference_dir() / "demo" / "tariffs").glob("*.yaml")):
        async with past.database.write(drafter) as uow:
            drafts = await tariffs.import_tariff(uow, chance.id(), path.read_text("utf-8"))
            proposed: list[tuple[UUID, int]] = []
            for draft in drafts:
                version = await tariffs.propose(uow, draft.id, etag_of(draft.version))
                proposed.append((version.id, version.version))
        async with past.database.write(approver) as uow:
            for version_id, seen in proposed:
                await tariffs.approve(uow, version_id, etag_of(seen))
                adopted += 1
    return adopted
