"""Other systems: a secret shown once, rotated, revoked; when they last signed in; who may what."""

from curbstop.identity.permissions import ROLE_PERMISSIONS, Perm, Role
from curbstop.kernel.ids import uuid7


async def administrator(as_actor):
    """Someone whose row exists, because clients say who made them."""
    admin = as_actor(Role.ADMINISTRATOR)
    person = {"id": str(admin.actor.id), "email": "a@example.org", "name": "Ada"}
    more = {"roles": ["administrator"], "password": "a quite long password"}
    assert (await admin.post("/users", json=person | more)).status_code == 201
    return admin


async def a_client(admin, name="Work orders"):
    body = {"id": str(uuid7()), "name": name, "scopes": ["meters:read"]}
    return (await admin.post("/api-clients", json=body)).json()


async def token(anonymous, client, secret):
    body = {"client_id": client["id"], "client_secret": secret}
    return await anonymous.post("/tokens", json=body)


async def test_a_new_secret_ends_the_old_one_and_its_tokens(as_actor, anonymous):
    admin = await administrator(as_actor)
    client = await a_client(admin)
    old = (await token(anonymous, client, client["secret"])).json()["access_token"]
    bearer = {"Authorization": f"Bearer {old}"}
    assert (await anonymous.get("/meters", headers=bearer)).status_code == 200
    fresh = (await admin.post(f"/api-clients/{client['id']}/secret")).json()["secret"]
    assert (await anonymous.get("/meters", headers=bearer)).status_code == 401
    assert (await token(anonymous, client, client["secret"])).status_code == 401
    assert (await token(anonymous, client, fresh)).status_code == 200


async def test_a_revoked_client_gets_no_new_secret(as_actor, anonymous):
    admin = await administrator(as_actor)
    client = await a_client(admin)
    assert (await admin.delete(f"/api-clients/{client['id']}")).status_code == 204
    refused = await admin.post(f"/api-clients/{client['id']}/secret")
    assert refused.json()["type"] == "/problems/client-disabled"
    assert (await token(anonymous, client, client["secret"])).status_code == 401


async def test_the_list_tells_the_last_use_and_no_secret(as_actor, anonymous, db):
    admin = await administrator(as_actor)
    client = await a_client(admin)
    (before,) = (await admin.get("/api-clients")).json()["items"]
    assert (before["last_token_at"], "secret" in before) == (None, False)
    await token(anonymous, client, client["secret"])
    (after,) = (await admin.get("/api-clients")).json()["items"]
    assert after["last_token_at"] == db.now.isoformat().replace("+00:00", "Z")


async def test_a_name_is_given_once(as_actor):
    admin = await administrator(as_actor)
    await a_client(admin)
    assert (await a_client(admin))["type"] == "/problems/client-name-taken"


async def test_the_matrix_is_the_one_that_guards(as_actor):
    listed = (await as_actor(Role.ADMINISTRATOR).get("/roles")).json()
    assert listed["permissions"] == [perm.value for perm in Perm]
    told = {row["role"]: set(row["permissions"]) for row in listed["roles"]}
    assert told == {role.value: set(may) for role, may in ROLE_PERMISSIONS.items()}
    assert (await as_actor(Role.SUPERVISOR).get("/roles")).status_code == 403
