"""Finding an act: who and what the trail holds, and what an act was done to."""

from tests.factories.accounts import an_account
from tests.readings.plant import a_metered_point

from curbstop.audit.actions import record
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7


async def test_the_choices_are_everybody_who_acted_and_every_kind_once(as_actor, uow):
    for action in ("walk.added", "bill.printed", "walk.added"):
        record(uow, action)
    await uow.session.flush()
    found = (await as_actor(Role.AUDITOR).get("/audit-events/choices")).json()
    assert found["actions"] == ["bill.printed", "walk.added"]
    assert found["people"] == [{"id": str(uow.actor.id), "name": uow.actor.name}]


async def test_an_empty_trail_has_no_choices(as_actor):
    found = (await as_actor(Role.AUDITOR).get("/audit-events/choices")).json()
    assert found == {"people": [], "actions": []}


async def test_a_subject_has_its_name_and_page(as_actor, uow):
    account = await an_account(uow)
    point, meter, _ = await a_metered_point(uow)
    auditor = as_actor(Role.AUDITOR)
    for thing, kind, path in (
        (account, "account", f"/accounts/{account.id}"),
        (meter, "meter", f"/meters/{meter.id}"),
        (point, "service point", f"/service-points/{point.id}"),
    ):
        found = (await auditor.get(f"/audit-subjects/{thing.id}")).json()
        assert (found["kind"], found["path"]) == (kind, path)
        assert found["name"]
    gone = await auditor.get(f"/audit-subjects/{uuid7()}")
    assert gone.json()["type"] == "/problems/audit-subject-unknown"


async def test_only_those_who_may_read_the_trail_ask_for_names(as_actor):
    clerk = as_actor(Role.TECHNICIAN)
    assert (await clerk.get(f"/audit-subjects/{uuid7()}")).status_code == 403
    assert (await clerk.get("/audit-events/choices")).status_code == 403
