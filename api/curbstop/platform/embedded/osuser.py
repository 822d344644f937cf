"""Which operating-system user runs PostgreSQL.

PostgreSQL refuses to run as root, so root hands it to an existing unprivileged user. No user is
created and no existing directory changes its permissions: what that user cannot reach is put
somewhere it can (see `paths.py` and `binaries.py`).
"""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from curbstop.platform.embedded.errors import EmbeddedError

CANDIDATES = ("curbstop", "postgres", "nobody")


class RunAs(TypedDict, total=False):
    """Arguments of `subprocess` that drop root; empty for an ordinary user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class OsUser:
    """The user PostgreSQL runs as, and whether this process must switch to it."""

    name: str
    uid: int
    gid: int
    switch: bool

    @property
    def run_as(self) -> RunAs:
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def service_user() -> OsUser:
    """This process's user, or for root `CURBSTOP_PG_OS_USER` or the first candidate that exists.

    Raises: EmbeddedError (no such user, or the process's own user id has no name).
    """
    if os.geteuid() != 0:
        return _named(own_name(), switch=False)
    if wanted := os.environ.get("CURBSTOP_PG_OS_USER"):
        return _named(wanted, switch=True)
    for name in CANDIDATES:
        try:
            return _named(name, switch=True)
        except EmbeddedError:
            continue
    raise EmbeddedError(
        "PostgreSQL does not run as root and none of the users "
        f"{', '.join(CANDIDATES)} exists. Create one (`useradd --system curbstop`) or name an "
        "unprivileged user in CURBSTOP_PG_OS_USER."
    )


def owner_of(path: Path, default: OsUser) -> OsUser:
    """The user who owns an existing cluster: the user chosen at its first start stays.

    Raises: EmbeddedError (the cluster belongs to somebody else than this process's user).
    """
    uid = path.stat().st_uid
    if uid == default.uid:
        return default
    if os.geteuid() != 0 or uid == 0:
        raise EmbeddedError(
            f"The database in {path} belongs to user id {uid}; this process runs as "
            f"{own_name()}. Start it as the owner, or choose another CURBSTOP_DATA_DIR."
        )
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedError(f"The owner of {path}, user id {uid}, no longer exists.") from None
    return OsUser(entry.pw_name, uid, entry.pw_gid, switch=True)


def own_name() -> str:
    """Name of this process's effective user.

    Raises: EmbeddedError (a bare user id, as some containers give).
    """
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise EmbeddedError(
            f"User id {os.geteuid()} has no entry in the user database, which PostgreSQL needs. "
            "Run as a named user, or use a server of your own with CURBSTOP_DATABASE_URL."
        ) from None


def can_enter(path: Path, user: OsUser) -> bool:
    """Whether the user may pass through every existing directory of `path`, itself included."""
    return all(
        _may_search(folder, user)
        for folder in [path.absolute(), *path.absolute().parents]
        if folder.exists()
    )


def _may_search(folder: Path, user: OsUser) -> bool:
    entry = folder.stat()
    if entry.st_uid == user.uid:
        return bool(entry.st_mode & stat.S_IXUSR)
    if entry.st_gid == user.gid:
        return bool(entry.st_mode & stat.S_IXGRP)
    return bool(entry.st_mode & stat.S_IXOTH)


def _named(name: str, *, switch: bool) -> OsUser:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise EmbeddedError(f"There is no operating-system user {name!r}.") from None
    if switch and entry.pw_uid == 0:
        raise EmbeddedError(f"PostgreSQL does not run as root, and {name!r} is root.")
    return OsUser(entry.pw_name, entry.pw_uid, entry.pw_gid, switch)
