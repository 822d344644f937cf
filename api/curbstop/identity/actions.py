"""Managing users and API clients, and signing out."""

from typing import Any
from uuid import UUID

from sqlmodel import select

from curbstop.audit import actions as audit
from curbstop.identity.models import ApiClient, User
from curbstop.identity.permissions import Role
from curbstop.identity.schemas import (
    ClientCreated,
    ClientRequest,
    ClientSecret,
    UserChange,
    UserOut,
    UserRequest,
)
from curbstop.identity.secrets import hash_password, new_token, verify_password
from curbstop.kernel.errors import Conflict, IdempotencyConflict, NotFound
from curbstop.platform.http import require_version
from curbstop.platform.uow import Uow


class UserNotFound(NotFound):
    title = "No such user"


class EmailTaken(Conflict):
    title = "Another user has this e-mail address"


class LastAdministrator(Conflict):
    title = "The district would have no administrator left"


class ClientNotFound(NotFound):
    title = "No such API client"


class ClientDisabled(Conflict):
    title = "The API client is shut out"


class ClientNameTaken(Conflict):
    title = "Another API client has this name"


def user_out(user: User) -> UserOut:
    """A user without their secrets."""
    return UserOut.model_validate(user, from_attributes=True)


async def add_user(uow: Uow, request: UserRequest) -> UserOut:
    """Let someone in. Raises EmailTaken, IdempotencyConflict (same id, other content)."""
    if earlier := await uow.session.get(User, request.id):
        same = (earlier.email, earlier.name, sorted(earlier.roles)) == (
            *(request.email, request.name),
            sorted(request.roles),
        )
        if not same or not await verify_password(earlier.password_hash, request.password):
            raise IdempotencyConflict(str(request.id))
        return user_out(earlier)
    taken = select(User).where(User.email == request.email)
    if (await uow.session.exec(taken)).first():
        raise EmailTaken(request.email)
    user = User(
        id=request.id,
        email=request.email,
        name=request.name,
        roles=[role.value for role in request.roles],
        password_hash=await hash_password(request.password),
        created_at=uow.now,
    )
    uow.session.add(user)
    after = {"email": user.email, "name": user.name, "roles": user.roles}
    audit.record(uow, "user.added", user.id, after=after)
    await uow.session.flush()
    return user_out(user)


async def change_user(uow: Uow, user_id: UUID, change: UserChange, seen: str) -> UserOut:
    """Change name, roles or password, disable or enable; a disabled user's sessions end at once.

    Raises UserNotFound, StaleVersion, LastAdministrator.
    """
    # One change at a time: two administrators who shut each other out must not both succeed.
    await uow.sql.execute("SELECT pg_advisory_xact_lock(hashtext('change a user'))")
    user = await uow.session.get(User, user_id, with_for_update=True)
    if user is None:
        raise UserNotFound(str(user_id))
    require_version(seen, user.version)
    before = user_out(user).model_dump(mode="json")
    await _apply(uow, user, change)
    user.version += 1
    await uow.session.flush()
    await _keep_an_administrator(uow)
    after: dict[str, Any] = user_out(user).model_dump(mode="json")
    changed = {name for name in after if after[name] != before[name]} - {"version"}
    audit.record(
        uow,
        "user.changed",
        user.id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed} | {"password": bool(change.password)},
    )
    return user_out(user)


async def _apply(uow: Uow, user: User, change: UserChange) -> None:
    if change.name is not None:
        user.name = change.name
    if change.roles is not None:
        user.roles = [role.value for role in change.roles]
    if change.password is not None:
        user.password_hash = await hash_password(change.password)
    if change.disabled is not None:
        user.disabled_at = uow.now if change.disabled else None
    if change.disabled or change.password is not None:
        await uow.sql.execute(
            "UPDATE sessions SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL",
            *(user.id, uow.now),
        )


async def _keep_an_administrator(uow: Uow) -> None:
    left = await uow.sql.fetchval(
        "SELECT count(*) FROM users WHERE disabled_at IS NULL AND $1 = ANY(roles)",
        Role.ADMINISTRATOR.value,
    )
    if left == 0:
        raise LastAdministrator


async def end_session(uow: Uow, session_id: UUID) -> None:
    """Sign out: the session's token opens nothing any more."""
    await uow.sql.execute(
        "UPDATE sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
        *(session_id, uow.now),
    )
    audit.record(uow, "session.ended", session_id)


async def add_client(uow: Uow, request: ClientRequest) -> ClientCreated:
    """Register another system; its secret is in this answer and nowhere else.

    Raises IdempotencyConflict when the id was used (a secret is shown once), ClientNameTaken.
    """
    if await uow.session.get(ApiClient, request.id):
        raise IdempotencyConflict("the client exists; its secret was shown when it was made")
    taken = select(ApiClient).where(ApiClient.name == request.name)
    if (await uow.session.exec(taken)).first():
        raise ClientNameTaken(request.name)
    secret = new_token()
    client = ApiClient(
        id=request.id,
        name=request.name,
        scopes=[scope.value for scope in request.scopes],
        secret_hash=await hash_password(secret),
        created_by=uow.actor.id,
        created_at=uow.now,
    )
    uow.session.add(client)
    after = {"name": client.name, "scopes": client.scopes}
    audit.record(uow, "api_client.added", client.id, after=after)
    await uow.session.flush()
    return ClientCreated(
        id=client.id,
        name=client.name,
        scopes=request.scopes,
        created_at=client.created_at,
        disabled_at=None,
        last_token_at=None,
        secret=secret,
    )


async def rotate_secret(uow: Uow, client_id: UUID) -> ClientSecret:
    """Give a client another secret; the old one and every token it fetched stop working at once.

    Raises ClientNotFound, ClientDisabled.
    """
    client = await uow.session.get(ApiClient, client_id, with_for_update=True)
    if client is None:
        raise ClientNotFound(str(client_id))
    if client.disabled_at is not None:
        raise ClientDisabled(client.name)
    secret = new_token()
    client.secret_hash = await hash_password(secret)
    await uow.sql.execute(
        "UPDATE api_tokens SET expires_at = $2 WHERE client_id = $1 AND expires_at > $2",
        *(client_id, uow.now),
    )
    audit.record(uow, "api_client.secret_rotated", client.id)
    await uow.session.flush()
    return ClientSecret(id=client.id, secret=secret)


async def disable_client(uow: Uow, client_id: UUID) -> None:
    """Shut another system out; its tokens stop working at once. Raises ClientNotFound."""
    client = await uow.session.get(ApiClient, client_id, with_for_update=True)
    if client is None:
        raise ClientNotFound(str(client_id))
    client.disabled_at = client.disabled_at or uow.now
    audit.record(uow, "api_client.disabled", client.id)
