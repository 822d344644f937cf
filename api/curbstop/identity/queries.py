"""Reading users, clients and the present session."""

from uuid import UUID

from curbstop.identity.permissions import Perm, Role, permissions_of
from curbstop.identity.schemas import (
    ClientOut,
    RoleList,
    RoleOut,
    SessionOut,
    SignedInUser,
    UserOut,
)
from curbstop.kernel.errors import Unauthenticated
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec

_LAST_SEEN = "(SELECT max(t.created_at) FROM api_tokens t WHERE t.client_id = api_clients.id)"
USERS = ListSpec(
    row=UserOut,
    source="users",
    columns={name: name for name in UserOut.model_fields},
    sort="name",
    tiebreak="id",
    search="name ILIKE {} OR email ILIKE {}",
)
CLIENTS = ListSpec(
    row=ClientOut,
    source="api_clients",
    columns={name: name for name in ClientOut.model_fields} | {"last_token_at": _LAST_SEEN},
    sort="name",
    tiebreak="id",
    search="name ILIKE {}",
)


async def find_session(sql: Sql, session_id: UUID, timezone: str) -> SessionOut:
    """Who this session belongs to and what they may do. Raises Unauthenticated."""
    row = await sql.fetchrow(
        "SELECT s.csrf_token, s.expires_at, u.id, u.name, u.email, u.roles"
        " FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1",
        session_id,
    )
    if row is None:
        raise Unauthenticated
    user = SignedInUser(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        roles=[Role(role) for role in row["roles"]],
        permissions=sorted(permissions_of(row["roles"])),
    )
    return SessionOut(
        user=user,
        csrf_token=row["csrf_token"],
        timezone=timezone,
        expires_at=row["expires_at"],
    )


def role_list() -> RoleList:
    """Who may do what, by role."""
    roles = [
        RoleOut(role=role, permissions=[perm for perm in Perm if perm in permissions_of([role])])
        for role in Role
    ]
    return RoleList(permissions=list(Perm), roles=roles)
