"""HTTP for sign-in, users and API clients."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.audit import trail
from curbstop.identity import actions, queries
from curbstop.identity.auth import (
    SESSION_COOKIE,
    CsrfTokenMissing,
    public,
    requires,
    requires_sign_in,
)
from curbstop.identity.permissions import Perm
from curbstop.identity.schemas import (
    ClientCreated,
    ClientOut,
    ClientRequest,
    ClientSecret,
    RoleList,
    SessionOut,
    SignInRequest,
    TokenOut,
    TokenRequest,
    UserChange,
    UserListParams,
    UserOut,
    UserRequest,
)
from curbstop.identity.sign_in import TooManySignIns, WrongCredentials, issue_token, sign_in
from curbstop.kernel.errors import (
    IdempotencyConflict,
    StaleVersion,
    Unauthenticated,
    VersionRequired,
)
from curbstop.platform import progress
from curbstop.platform.http import IfMatch, etag_of, problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import SYSTEM, ReadUow, WriteUow

router = APIRouter(tags=["identity"])
# Routers of the floors below, which cannot know permissions, get theirs here.
jobs_router = APIRouter(dependencies=[requires(Perm.JOB_READ)])
jobs_router.include_router(progress.router)
audit_router = APIRouter(dependencies=[requires(Perm.AUDIT_READ)])
audit_router.include_router(trail.router)


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


@router.post(
    "/session",
    response_model=SessionOut,
    dependencies=[public()],
    responses=problems(WrongCredentials, TooManySignIns),
)
async def open_session(body: SignInRequest, request: Request, response: Response) -> SessionOut:
    """Sign in; the session travels in a cookie that scripts cannot read."""
    database = request.app.state.database
    signed_in = await sign_in(database, _address(request), body.email, body.password)
    response.set_cookie(
        SESSION_COOKIE,
        signed_in.token,
        max_age=database.settings.session_hours * 3600,
        httponly=True,
        samesite="strict",
        secure=database.settings.secure_cookies,
    )
    async with database.read(SYSTEM) as reader:
        return await queries.find_session(
            reader.sql, signed_in.session_id, database.settings.timezone
        )


@router.get(
    "/session",
    response_model=SessionOut,
    dependencies=[requires_sign_in()],
    responses=problems(Unauthenticated),
)
async def get_session(reader: ReadUow, request: Request) -> SessionOut:
    """Who is signed in and what they may do."""
    if reader.actor.session_id is None:
        raise Unauthenticated("a bearer token has no session")
    timezone = request.app.state.database.settings.timezone
    return await queries.find_session(reader.sql, reader.actor.session_id, timezone)


@router.delete(
    "/session",
    status_code=204,
    dependencies=[requires_sign_in()],
    responses=problems(Unauthenticated, CsrfTokenMissing),
)
async def close_session(uow: WriteUow, response: Response) -> None:
    """Sign out."""
    if uow.actor.session_id is not None:
        await actions.end_session(uow, uow.actor.session_id)
    response.delete_cookie(SESSION_COOKIE)


@router.post(
    "/tokens",
    response_model=TokenOut,
    dependencies=[public()],
    responses=problems(WrongCredentials, TooManySignIns),
)
async def create_token(body: TokenRequest, request: Request) -> TokenOut:
    """A bearer token for another system, by its client credentials."""
    return await issue_token(
        request.app.state.database, _address(request), body.client_id, body.client_secret
    )


@router.get("/users", response_model=Page[UserOut], dependencies=[requires(Perm.USER_MANAGE)])
async def list_users(
    params: Annotated[UserListParams, Query()], reader: ReadUow, request: Request
) -> Page[UserOut] | Response:
    """Everyone who may log in, or once could."""
    return await list_rows(reader, queries.USERS, params, request)


@router.post(
    "/users",
    status_code=201,
    response_model=UserOut,
    dependencies=[requires(Perm.USER_MANAGE)],
    responses=problems(actions.EmailTaken, IdempotencyConflict),
)
async def add_user(body: UserRequest, uow: WriteUow) -> UserOut:
    """Let someone in, with their roles."""
    return await actions.add_user(uow, body)


@router.patch(
    "/users/{user_id}",
    response_model=UserOut,
    dependencies=[requires(Perm.USER_MANAGE)],
    responses=problems(
        actions.UserNotFound, actions.LastAdministrator, StaleVersion, VersionRequired
    ),
)
async def change_user(
    user_id: UUID, body: UserChange, seen: IfMatch, uow: WriteUow, response: Response
) -> UserOut:
    """Change someone's name, roles or password, or shut them out."""
    user = await actions.change_user(uow, user_id, body, seen)
    response.headers["ETag"] = etag_of(user.version)
    return user


@router.get(
    "/api-clients", response_model=Page[ClientOut], dependencies=[requires(Perm.USER_MANAGE)]
)
async def list_api_clients(
    params: Annotated[UserListParams, Query()], reader: ReadUow, request: Request
) -> Page[ClientOut] | Response:
    """Other systems that may call this API."""
    return await list_rows(reader, queries.CLIENTS, params, request)


@router.post(
    "/api-clients",
    status_code=201,
    response_model=ClientCreated,
    dependencies=[requires(Perm.USER_MANAGE)],
    responses=problems(actions.ClientNameTaken, IdempotencyConflict),
)
async def add_api_client(body: ClientRequest, uow: WriteUow) -> ClientCreated:
    """Register another system with its scopes; the secret is shown this once."""
    return await actions.add_client(uow, body)


@router.delete(
    "/api-clients/{client_id}",
    status_code=204,
    dependencies=[requires(Perm.USER_MANAGE)],
    responses=problems(actions.ClientNotFound),
)
async def disable_api_client(client_id: UUID, uow: WriteUow) -> None:
    """Shut another system out at once."""
    await actions.disable_client(uow, client_id)


@router.post(
    "/api-clients/{client_id}/secret",
    response_model=ClientSecret,
    dependencies=[requires(Perm.USER_MANAGE)],
    responses=problems(actions.ClientNotFound, actions.ClientDisabled),
)
async def rotate_api_client_secret(client_id: UUID, uow: WriteUow) -> ClientSecret:
    """Give another system a new secret, shown this once; the old one opens nothing any more."""
    return await actions.rotate_secret(uow, client_id)


@router.get("/roles", response_model=RoleList, dependencies=[requires(Perm.USER_MANAGE)])
async def list_roles() -> RoleList:
    """Every role and what it may do; roles are given on the users' page."""
    return queries.role_list()
