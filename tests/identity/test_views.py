"""Saved views: one's own, the office's, nobody else's."""

import pytest

from curbstop.identity.actions import add_user
from curbstop.identity.permissions import Role
from curbstop.identity.schemas import UserRequest
from curbstop.kernel.ids import uuid7

PASSWORD = "correct horse battery"


@pytest.fixture
async def people(db, actor):
    async with db.write(actor) as uow:
        for name in ("maria", "sam"):
            await add_user(
                uow,
                UserRequest(
                    id=uuid7(),
                    email=f"{name}@example.org",
                    name=name.title(),
                    roles=[Role.TECHNICIAN],
                    password=PASSWORD,
                ),
            )


async def enter(client, name):
    client.cookies.clear()
    answer = await client.post(
        "/session", json={"email": f"{name}@example.org", "password": PASSWORD}
    )
    client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]


def view(**changes):
    return {
        "id": str(uuid7()),
        "list": "accounts",
        "name": "Shops that owe",
        "search": "class=commercial&sort=-balance_cents",
        "shared": False,
    } | changes


async def names(client):
    return [v["name"] for v in (await client.get("/saved-views?list=accounts")).json()]


async def test_a_shared_view_is_everyones_and_its_owners_to_remove(anonymous, people):
    await enter(anonymous, "maria")
    own, shared = view(), view(name="Past due", shared=True)
    for each in (own, shared, own):
        assert (await anonymous.post("/saved-views", json=each)).status_code == 201
    assert await names(anonymous) == ["Past due", "Shops that owe"]
    await enter(anonymous, "sam")
    assert await names(anonymous) == ["Past due"]
    for each in (own, shared):
        refused = await anonymous.delete(f"/saved-views/{each['id']}")
        assert refused.json()["type"] == "/problems/saved-view-not-found"
    await enter(anonymous, "maria")
    assert (await anonymous.delete(f"/saved-views/{shared['id']}")).status_code == 204
    assert await names(anonymous) == ["Shops that owe"]


async def test_a_name_is_used_once_by_a_person_and_list(anonymous, people):
    await enter(anonymous, "maria")
    await anonymous.post("/saved-views", json=view())
    again = await anonymous.post("/saved-views", json=view(name="shops THAT owe"))
    assert again.json()["type"] == "/problems/view-name-taken"
    elsewhere = await anonymous.post("/saved-views", json=view(list="bills"))
    assert elsewhere.status_code == 201
    await enter(anonymous, "sam")
    assert (await anonymous.post("/saved-views", json=view())).status_code == 201


async def test_the_same_id_with_another_search_is_a_conflict(anonymous, people):
    await enter(anonymous, "maria")
    first = view()
    await anonymous.post("/saved-views", json=first)
    other = await anonymous.post("/saved-views", json=first | {"search": "q=main"})
    assert other.json()["type"] == "/problems/idempotency-conflict"


async def test_a_system_keeps_no_views(as_actor):
    system = as_actor(Role.TECHNICIAN)
    assert system.actor.session_id is None
    refused = await system.post("/saved-views", json=view())
    assert refused.json()["type"] == "/problems/views-are-of-people"
