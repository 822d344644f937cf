"""Flags over HTTP: shown until they expire or are removed, one of a kind at a time."""

from datetime import date, timedelta

import asyncpg
import pytest
from tests.conftest import NOW
from tests.factories.accounts import an_account

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7


@pytest.fixture
def office(as_actor):
    return as_actor(Role.TECHNICIAN, name="Maria Delgado")


@pytest.fixture
async def url(uow):
    account = await an_account(uow)
    await uow.session.commit()
    return f"/accounts/{account.id}/flags"


def a_flag(kind="dog", **changes):
    flag = {"id": str(uuid7()), "kind": kind, "reason": "Barks at the reader."}
    return flag | ({"until_removed": True} if "to_on" not in changes else {}) | changes


async def test_a_flag_is_shown_until_the_day_it_ends_on(office, url, db):
    raised = await office.post(url, json=a_flag("language", to_on="2026-07-17"))
    assert raised.status_code == 201, raised.text
    assert (raised.json()["name"], raised.json()["from_on"]) == ("Language", "2026-07-15")
    shown = {}
    for days in range(3):
        db.now = NOW + timedelta(days=days)
        (flag,) = (await office.get(url)).json()
        shown[(date(2026, 7, 15) + timedelta(days=days)).isoformat()] = flag["in_force"]
    assert shown == {"2026-07-15": True, "2026-07-16": True, "2026-07-17": False}


@pytest.mark.parametrize(
    "end",
    [
        {"to_on": None, "until_removed": False},
        {"to_on": "2026-08-01", "until_removed": True},
        {"to_on": "2026-07-15", "until_removed": False},
    ],
)
async def test_an_end_must_be_a_later_day_or_said_to_be_open(office, url, end):
    assert (await office.post(url, json=a_flag(**end))).status_code == 422


async def test_the_database_asks_for_an_end_or_the_word_too(office, url, uow):
    await office.post(url, json=a_flag())
    with pytest.raises(asyncpg.CheckViolationError, match="expires_or_said_so"):
        await uow.sql.execute("UPDATE account_flags SET until_removed = false")


async def test_one_of_a_kind_stands_at_a_time(office, url):
    flag = a_flag()
    first, again = [await office.post(url, json=flag) for _ in range(2)]
    assert first.json() == again.json()
    second = await office.post(url, json=a_flag())
    assert (second.status_code, second.json()["type"]) == (409, "/problems/flag-stands")
    assert "Barks" in second.json()["detail"]
    assert (await office.post(url, json=a_flag("medical"))).status_code == 201


async def test_the_database_refuses_a_second_of_a_kind(office, url, uow):
    await office.post(url, json=a_flag())
    with pytest.raises(asyncpg.ExclusionViolationError):
        await uow.sql.execute(
            "INSERT INTO account_flags SELECT $1, account_id, kind, reason, from_on, to_on,"
            " until_removed, raised_by, raised_by_name, raised_at FROM account_flags",
            uuid7(),
        )


async def test_a_removed_flag_stays_with_who_and_why_and_may_be_raised_again(office, url):
    flag = (await office.post(url, json=a_flag())).json()
    remove = f"/account-flags/{flag['id']}/remove"
    for _ in range(2):
        removed = await office.post(remove, json={"reason": "The dog has moved away."})
        assert (removed.status_code, removed.json()["in_force"]) == (200, False)
    other = await office.post(remove, json={"reason": "Another reason."})
    assert other.json()["type"] == "/problems/flag-already-removed"
    assert (await office.post(url, json=a_flag())).status_code == 201
    newest, oldest = (await office.get(url)).json()
    assert (newest["in_force"], oldest["removal_reason"]) == (True, "The dog has moved away.")


async def test_the_loudest_flag_stands_first(office, url):
    for kind in ("language", "dog", "medical"):
        await office.post(url, json=a_flag(kind))
    kinds = [flag["kind"] for flag in (await office.get(url)).json()]
    assert kinds == ["medical", "dog", "language"]


async def test_kinds_are_data_that_a_supervisor_keeps(office, as_actor, url):
    body = {"name": "Landlord account", "weight": "tell", "guidance": "Ask for the owner."}
    assert (await office.put("/flag-kinds/landlord", json=body)).status_code == 403
    supervisor = as_actor(Role.SUPERVISOR)
    assert (await supervisor.put("/flag-kinds/landlord", json=body)).status_code == 200
    raised = await office.post(url, json=a_flag("landlord"))
    assert raised.json()["guidance"] == "Ask for the owner."
    await supervisor.put("/flag-kinds/landlord", json=body | {"is_offered": False})
    again = await office.post(url, json=a_flag("landlord"))
    assert again.json()["type"] == "/problems/flag-kind-retired"
    unknown = await office.post(url, json=a_flag("unheard_of"))
    assert unknown.json()["type"] == "/problems/flag-kind-not-found"
    assert "landlord" in {kind["code"] for kind in (await office.get("/flag-kinds")).json()}


async def test_raising_and_removing_are_audited(office, url, db, actor):
    flag = (await office.post(url, json=a_flag())).json()
    reason = "The dog has moved away."
    await office.post(f"/account-flags/{flag['id']}/remove", json={"reason": reason})
    async with db.read(actor) as reader:
        acts = await reader.sql.fetch(
            "SELECT action, reason FROM audit_events"
            " WHERE action LIKE 'accounts.flag_%' ORDER BY seq"
        )
    assert [tuple(act) for act in acts] == [
        ("accounts.flag_raised", None),
        ("accounts.flag_removed", reason),
    ]
