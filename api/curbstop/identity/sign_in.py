"""Signing in: throttled, even-timed, and recorded whether it succeeds or not."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.identity.models import ApiToken, Session, SignInAttempt
from curbstop.identity.schemas import TokenOut
from curbstop.identity.secrets import new_token, token_hash, verify_password
from curbstop.kernel.errors import TooManyRequests, Unauthenticated
from curbstop.kernel.ids import uuid7
from curbstop.platform.database import Database
from curbstop.platform.uow import SYSTEM, Actor, Uow

FAILURES_MAX = 10
WINDOW = timedelta(minutes=15)
TOKEN_SECONDS = 3600


class WrongCredentials(Unauthenticated):
    title = "E-mail or password is wrong"


class TooManySignIns(TooManyRequests):
    title = "Too many failed sign-ins from here; wait fifteen minutes"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: its secret for the cookie and whose it is."""

    token: str
    session_id: UUID


async def _guard(database: Database, address: str, name: str) -> None:
    """The throttle counts failures by address, so nobody can lock another's device out."""
    async with database.read(SYSTEM) as reader:
        failures = await reader.sql.fetchval(
            "SELECT count(*) FROM sign_in_attempts"
            " WHERE address = $1 AND email = $2 AND NOT succeeded AND at > $3",
            *(address, name, reader.now - WINDOW),
        )
        total = await reader.sql.fetchval(
            "SELECT count(*) FROM sign_in_attempts"
            " WHERE address = $1 AND NOT succeeded AND at > $2",
            *(address, reader.now - WINDOW),
        )
    if failures >= FAILURES_MAX or total >= 5 * FAILURES_MAX:
        raise TooManySignIns


async def _note(database: Database, address: str, name: str, succeeded: bool) -> None:
    async with database.write(SYSTEM) as uow:
        uow.session.add(SignInAttempt(at=uow.now, address=address, email=name, succeeded=succeeded))


async def sign_in(database: Database, address: str, email: str, password: str) -> SignedIn:
    """Open a session. Raises WrongCredentials, TooManySignIns.

    The attempt is recorded in a transaction of its own, because a refusal rolls back everything
    else.
    """
    name = email.strip().lower()
    await _guard(database, address, name)
    async with database.read(SYSTEM) as reader:
        user = await reader.sql.fetchrow(
            "SELECT id, name, password_hash FROM users WHERE email = $1 AND disabled_at IS NULL",
            name,
        )
    fits = await verify_password(user["password_hash"] if user else None, password)
    await _note(database, address, name, fits)
    if user is None or not fits:
        raise WrongCredentials
    async with database.write(Actor(user["id"], user["name"])) as uow:
        return await _open_session(uow, database.settings.session_hours)


async def _open_session(uow: Uow, hours: int) -> SignedIn:
    token = new_token()
    session = Session(
        id=uuid7(),
        user_id=uow.actor.id,
        token_hash=token_hash(token),
        csrf_token=new_token(),
        created_at=uow.now,
        expires_at=uow.now + timedelta(hours=hours),
    )
    uow.session.add(session)
    audit.record(uow, "session.opened", session.id)
    return SignedIn(token, session.id)


async def issue_token(
    database: Database, address: str, client_id: UUID, client_secret: str
) -> TokenOut:
    """A bearer token by client credentials (RFC 6749 §4.4).

    Raises WrongCredentials, TooManySignIns.
    """
    await _guard(database, address, str(client_id))
    async with database.read(SYSTEM) as reader:
        client = await reader.sql.fetchrow(
            "SELECT id, name, scopes, secret_hash FROM api_clients"
            " WHERE id = $1 AND disabled_at IS NULL",
            client_id,
        )
    fits = await verify_password(client["secret_hash"] if client else None, client_secret)
    await _note(database, address, str(client_id), fits)
    if client is None or not fits:
        raise WrongCredentials("client_id or client_secret is wrong")
    token = new_token()
    async with database.write(Actor(client["id"], client["name"])) as uow:
        uow.session.add(
            ApiToken(
                token_hash=token_hash(token),
                client_id=client["id"],
                created_at=uow.now,
                expires_at=uow.now + timedelta(seconds=TOKEN_SECONDS),
            )
        )
        audit.record(uow, "api_token.issued", client["id"])
    return TokenOut(
        access_token=token,
        token_type="bearer",  # noqa: S106 - the scheme's name, not a secret
        expires_in=TOKEN_SECONDS,
        scope=" ".join(client["scopes"]),
    )
