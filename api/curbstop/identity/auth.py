"""Who is calling, and may they? Every route names its permission through `requires`."""

from typing import Any

from fastapi import Depends, Request

from curbstop.identity.permissions import Perm, permissions_of
from curbstop.identity.secrets import same_token, token_hash
from curbstop.kernel.errors import Forbidden, Unauthenticated
from curbstop.platform.uow import SYSTEM, Actor, Reader

SESSION_COOKIE = "curbstop_session"
CSRF_HEADER = "X-CSRF-Token"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class CsrfTokenMissing(Forbidden):
    title = f"Send the session's token in {CSRF_HEADER}"


class Requires:
    """A route's permission: signs the caller in for the request, or refuses."""

    def __init__(self, perm: Perm | None) -> None:
        self.perm = perm

    async def __call__(self, request: Request) -> None:
        """Raises Unauthenticated, CsrfTokenMissing or Forbidden."""
        actor = await authenticate(request)
        request.state.actor = actor
        if self.perm is not None and self.perm not in actor.permissions:
            raise Forbidden(f"this needs {self.perm.value}")


class Public(Requires):
    """A route that answers anyone; whoever is signed in stays anonymous to it."""

    async def __call__(self, request: Request) -> None:
        request.state.actor = SYSTEM


def requires(perm: Perm) -> Any:
    """The permission of a route, for its `dependencies=[…]`."""
    return Depends(Requires(perm))


def requires_sign_in() -> Any:
    """For what anyone signed in may do, whatever their role."""
    return Depends(Requires(None))


def public() -> Any:
    """For the few routes that must answer before anyone has signed in."""
    return Depends(Public(None))


async def authenticate(request: Request) -> Actor:
    """The caller by bearer token or session cookie. Raises Unauthenticated, CsrfTokenMissing."""
    authorization = request.headers.get("authorization", "")
    async with request.app.state.database.read(SYSTEM) as reader:
        if authorization.lower().startswith("bearer "):
            return await _client(reader, authorization[7:].strip())
        return await _user(reader, request)


async def _client(reader: Reader, token: str) -> Actor:
    row = await reader.sql.fetchrow(
        "SELECT c.id, c.name, c.scopes FROM api_tokens t JOIN api_clients c ON c.id = t.client_id"
        " WHERE t.token_hash = $1 AND t.expires_at > $2 AND c.disabled_at IS NULL",
        *(token_hash(token), reader.now),
    )
    if row is None:
        raise Unauthenticated("the bearer token is unknown or has expired")
    return Actor(row["id"], row["name"], frozenset(row["scopes"]))


async def _user(reader: Reader, request: Request) -> Actor:
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        raise Unauthenticated
    row = await reader.sql.fetchrow(
        "SELECT s.id AS session_id, s.csrf_token, u.id, u.name, u.roles"
        " FROM sessions s JOIN users u ON u.id = s.user_id"
        " WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2"
        " AND u.disabled_at IS NULL",
        *(token_hash(token), reader.now),
    )
    if row is None:
        raise Unauthenticated("the session has ended")
    if request.method not in _SAFE_METHODS:
        sent = request.headers.get(CSRF_HEADER, "")
        if not same_token(sent, row["csrf_token"]):
            raise CsrfTokenMissing
    permissions = frozenset(str(perm) for perm in permissions_of(row["roles"]))
    return Actor(row["id"], row["name"], permissions, row["session_id"])
