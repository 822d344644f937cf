"""Users, their sessions, and the other systems that may call."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Identity, Index, Text
from sqlmodel import Field, SQLModel

from curbstop.identity.permissions import Role
from curbstop.platform.db import Timestamp

_ROLES = ", ".join(f"'{role.value}'" for role in Role)


class User(SQLModel, table=True):
    """Someone who logs in. Never deleted: their name stands in the books."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint(f"roles <@ ARRAY[{_ROLES}]::text[]", name="roles_known"),
    )

    id: UUID = Field(primary_key=True)
    email: str = Field(unique=True)
    name: str
    roles: list[str] = Field(sa_type=ARRAY(Text))
    password_hash: str
    disabled_at: datetime | None = Field(default=None, sa_type=Timestamp)
    created_at: datetime = Field(sa_type=Timestamp)
    version: int = Field(default=1)


class Session(SQLModel, table=True):
    """A signed-in browser. Only hashes of its token and CSRF token are kept."""

    __tablename__ = "sessions"

    id: UUID = Field(primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", index=True)
    token_hash: bytes = Field(unique=True)
    csrf_token: str
    created_at: datetime = Field(sa_type=Timestamp)
    expires_at: datetime = Field(sa_type=Timestamp)
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)


class ApiClient(SQLModel, table=True):
    """Another system. Its secret is shown once and kept as an argon2id hash."""

    __tablename__ = "api_clients"
    id: UUID = Field(primary_key=True)
    name: str = Field(unique=True)
    scopes: list[str] = Field(sa_type=ARRAY(Text))
    secret_hash: str
    created_by: UUID = Field(foreign_key="users.id")
    created_at: datetime = Field(sa_type=Timestamp)
    disabled_at: datetime | None = Field(default=None, sa_type=Timestamp)


class ApiToken(SQLModel, table=True):
    """A bearer token of a client, good for an hour."""

    __tablename__ = "api_tokens"

    token_hash: bytes = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="api_clients.id", index=True)
    created_at: datetime = Field(sa_type=Timestamp)
    expires_at: datetime = Field(sa_type=Timestamp)


class SignInAttempt(SQLModel, table=True):
    """A try at signing in, for the throttle and the auditor."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_address_at", "address", "at"),)

    seq: int | None = Field(
        default=None, sa_type=BigInteger, primary_key=True, sa_column_args=(Identity(always=True),)
    )
    at: datetime = Field(sa_type=Timestamp)
    address: str
    email: str
    succeeded: bool
