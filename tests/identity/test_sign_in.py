"""Signing in as a person would: cookie, CSRF token, throttle, sign-out, disabled users."""

import asyncio

import pytest

from curbstop.identity.actions import LastAdministrator, add_user, change_user
from curbstop.identity.permissions import Role
from curbstop.identity.schemas import UserChange, UserRequest
from curbstop.kernel.ids import uuid7

PASSWORD = "correct horse battery"


@pytest.fixture
async def maria(db, actor):
    request = UserRequest(
        id=uuid7(),
        email="Maria@Example.org",
        name="Maria Lopez",
        roles=[Role.TECHNICIAN],
        password=PASSWORD,
    )
    async with db.write(actor) as uow:
        return await add_user(uow, request)


async def sign_in(client, password=PASSWORD, email="maria@example.org"):
    return await client.post("/session", json={"email": email, "password": password})


async def test_a_session_opens_with_a_cookie_scripts_cannot_read(anonymous, maria):
    answer = await sign_in(anonymous)
    assert answer.status_code == 200, answer.text
    assert answer.json()["user"]["name"] == "Maria Lopez"
    assert "payments:take" in answer.json()["user"]["permissions"]
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert (await anonymous.get("/session")).json()["user"]["email"] == "maria@example.org"


async def test_an_unsafe_request_needs_the_csrf_token(anonymous, maria):
    token = (await sign_in(anonymous)).json()["csrf_token"]
    refused = await anonymous.delete("/session")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/csrf-token-missing")
    assert (await anonymous.get("/session")).status_code == 200
    ended = await anonymous.delete("/session", headers={"X-CSRF-Token": token})
    assert ended.status_code == 204


async def test_a_signed_out_cookie_opens_nothing(anonymous, maria):
    token = (await sign_in(anonymous)).json()["csrf_token"]
    cookie = anonymous.cookies["curbstop_session"]
    await anonymous.delete("/session", headers={"X-CSRF-Token": token})
    anonymous.cookies.set("curbstop_session", cookie)
    assert (await anonymous.get("/session")).status_code == 401


async def test_unknown_user_and_wrong_password_look_alike(anonymous, maria):
    wrong = await sign_in(anonymous, "wrong password here")
    unknown = await sign_in(anonymous, email="nobody@example.org")
    assert wrong.status_code == unknown.status_code == 401
    drop = {"request_id"}
    assert {k: v for k, v in wrong.json().items() if k not in drop} == {
        k: v for k, v in unknown.json().items() if k not in drop
    }


async def test_ten_failures_close_the_door_even_for_the_right_password(anonymous, maria):
    for _ in range(10):
        assert (await sign_in(anonymous, "wrong password here")).status_code == 401
    closed = await sign_in(anonymous)
    assert closed.status_code == 429
    assert closed.headers["retry-after"]


async def test_a_disabled_user_is_out_on_the_next_request(anonymous, as_actor, maria):
    await sign_in(anonymous)
    administrator = as_actor(Role.ADMINISTRATOR)
    other = UserRequest(
        id=uuid7(),
        email="admin@example.org",
        name="Admin",
        roles=[Role.ADMINISTRATOR],
        password=PASSWORD,
    )
    await administrator.post("/users", json=other.model_dump(mode="json"))
    changed = await administrator.patch(
        f"/users/{maria.id}", json={"disabled": True}, headers={"If-Match": '"1"'}
    )
    assert changed.status_code == 200, changed.text
    assert (await anonymous.get("/session")).status_code == 401


async def test_a_stale_or_missing_version_is_refused(as_actor, maria):
    administrator = as_actor(Role.ADMINISTRATOR)
    path = f"/users/{maria.id}"
    assert (await administrator.patch(path, json={"name": "M"})).status_code == 428
    stale = await administrator.patch(path, json={"name": "M"}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412


async def test_the_last_administrator_stays(as_actor, maria):
    administrator = as_actor(Role.ADMINISTRATOR)
    refused = await administrator.patch(
        f"/users/{maria.id}", json={"roles": ["cashier"]}, headers={"If-Match": '"1"'}
    )
    assert refused.json()["type"] == "/problems/last-administrator"


async def test_two_administrators_cannot_shut_each_other_out_at_once(fresh_database, actor):
    ids = [uuid7(), uuid7()]
    roles = [Role.ADMINISTRATOR]
    async with fresh_database.write(actor) as uow:
        for place, user_id in enumerate(ids):
            email = f"admin{place}@example.org"
            request = UserRequest(
                id=user_id, email=email, name="Admin", roles=roles, password=PASSWORD
            )
            await add_user(uow, request)

    async def shut_out(user_id):
        async with fresh_database.write(actor) as uow:
            await change_user(uow, user_id, UserChange(disabled=True), '"1"')

    async with fresh_database.write(actor) as uow:
        await change_user(uow, ids[0], UserChange(disabled=True), '"1"')
        other = asyncio.create_task(shut_out(ids[1]))
        await asyncio.wait({other}, timeout=0.3)  # it must wait for this one to be in the books
    with pytest.raises(LastAdministrator):
        await other


async def test_another_system_signs_in_by_client_credentials(as_actor, anonymous, db):
    administrator = as_actor(Role.ADMINISTRATOR)
    person = UserRequest(
        id=administrator.actor.id,
        email="a@example.org",
        name="Ada",
        roles=[Role.ADMINISTRATOR],
        password=PASSWORD,
    )
    await administrator.post("/users", json=person.model_dump(mode="json"))
    body = {"id": str(uuid7()), "name": "Work orders", "scopes": ["users:manage"]}
    made = await administrator.post("/api-clients", json=body)
    assert made.status_code == 201, made.text
    credentials = {"client_id": body["id"], "client_secret": made.json()["secret"]}
    token = (await anonymous.post("/tokens", json=credentials)).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await anonymous.get("/users", headers=bearer)).json()["total"] == 1
    assert (await anonymous.get("/audit-events", headers=bearer)).status_code == 403
    await administrator.delete(f"/api-clients/{body['id']}")
    assert (await anonymous.get("/users", headers=bearer)).status_code == 401
