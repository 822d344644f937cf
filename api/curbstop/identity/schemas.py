"""Wire shapes of identity."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from curbstop.identity.permissions import Perm, Role
from curbstop.kernel.fields import Request, email_address
from curbstop.kernel.wire import Flag
from curbstop.platform.lists import ListParams


def _email(value: str) -> str:
    return email_address(value.strip().lower())


Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
Password = Annotated[str, Field(min_length=12, max_length=200)]


class SignInRequest(Request):
    email: str = Field(max_length=254, examples=["maria@example.org"])
    password: str = Field(max_length=200)


class SignedInUser(BaseModel):
    id: UUID
    name: str
    email: str
    roles: list[Role]
    permissions: list[Perm]


class SessionOut(BaseModel):
    """Who is signed in, and the token that their unsafe requests must carry."""

    user: SignedInUser
    csrf_token: str = Field(description="Send as X-CSRF-Token with POST, PUT, PATCH and DELETE.")
    timezone: str = Field(description="The district's time zone.", examples=["America/Los_Angeles"])
    expires_at: datetime


class UserRequest(Request):
    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    email: Email
    name: str = Field(min_length=1, max_length=120)
    roles: list[Role] = Field(min_length=1)
    password: Password


class UserChange(Request):
    """Fields left out stay as they are."""

    name: str | None = Field(None, min_length=1, max_length=120)
    roles: list[Role] | None = Field(None, min_length=1)
    password: Password | None = None
    disabled: Flag | None = None


class UserOut(BaseModel):
    id: UUID
    email: str
    name: str
    roles: list[Role]
    disabled_at: datetime | None
    created_at: datetime
    version: int


class UserListParams(ListParams):
    """The staff list has no filters beyond the search."""


class ClientRequest(Request):
    id: UUID = Field(description="Client-made UUIDv7; also the client_id of its token requests.")
    name: str = Field(min_length=1, max_length=120, examples=["Work-order system"])
    scopes: list[Perm] = Field(min_length=1)


class ClientOut(BaseModel):
    id: UUID
    name: str
    scopes: list[Perm]
    created_at: datetime
    disabled_at: datetime | None
    last_token_at: datetime | None = Field(description="When it last signed in for a token.")


class ClientCreated(ClientOut):
    secret: str = Field(description="Shown this once. Keep it like a password.")


class ClientSecret(BaseModel):
    """A client's new secret, in this answer and nowhere else."""

    id: UUID
    secret: str = Field(description="Shown this once. Keep it like a password.")


class TokenRequest(Request):
    """Client credentials, as RFC 6749 §4.4 has them, in JSON."""

    client_id: UUID
    client_secret: str = Field(max_length=200)


class TokenOut(BaseModel):
    access_token: str
    token_type: str = Field(examples=["bearer"])
    expires_in: int = Field(description="Seconds.")
    scope: str


class RoleOut(BaseModel):
    """A role and all that it may do."""

    role: Role
    permissions: list[Perm]


class RoleList(BaseModel):
    """The matrix of roles and permissions, as the code holds it: nobody edits it here."""

    permissions: list[Perm] = Field(description="Every permission of the house, in its order.")
    roles: list[RoleOut]
