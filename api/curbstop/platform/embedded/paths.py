"""Where a cluster lives: its home, its data, its log, its socket."""

import hashlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from curbstop.platform.embedded.binaries import SYSTEM_HOME
from curbstop.platform.embedded.errors import EmbeddedError
from curbstop.platform.embedded.osuser import OsUser, can_enter

PORT = 5432  # names the socket file only; nothing listens on TCP
SOCKET_NAME = f".s.PGSQL.{PORT}"
SOCKET_PATH_LIMIT = 103  # bytes: macOS's sun_path less its final NUL; Linux allows 107
POINTER = "postgres.location"


@dataclass(frozen=True)
class Home:
    """The folder of one cluster, 0700 and owned by the user PostgreSQL runs as."""

    folder: Path

    @property
    def pgdata(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"


def default_data_dir() -> Path:
    """CURBSTOP_DATA_DIR, else the user's data folder (XDG_DATA_HOME or ~/.local/share)."""
    if named := os.environ.get("CURBSTOP_DATA_DIR"):
        return Path(named).expanduser().absolute()
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser().absolute() / "curbstop"


def existing_home(data_dir: Path) -> Home | None:
    """The home of the cluster that belongs to `data_dir`, when there is one."""
    pointer = data_dir / POINTER
    folder = Path(pointer.read_text().strip()) if pointer.exists() else data_dir / "postgres"
    return Home(folder) if folder.exists() else None


def make_home(data_dir: Path, user: OsUser) -> Home:
    """The home of `data_dir`'s cluster, made when missing.

    When root starts PostgreSQL for a data folder that its user cannot reach (below /root, or a
    0700 folder of root's), the cluster goes to /var/lib/curbstop and a pointer file in the data
    folder says where: deleting the data folder still means starting afresh.
    """
    if found := existing_home(data_dir):
        return found
    make_folder(data_dir, mode=0o711 if user.switch else 0o700)
    folder = data_dir / "postgres"
    if user.switch and not can_enter(data_dir, user):
        folder = SYSTEM_HOME / f"postgres-{secrets.token_hex(4)}"
        make_folder(SYSTEM_HOME, mode=0o755)
        if not can_enter(SYSTEM_HOME, user):
            raise EmbeddedError(
                f"User {user.name} can reach neither {data_dir} nor {SYSTEM_HOME}. Name a folder "
                "it can reach in CURBSTOP_DATA_DIR."
            )
    make_private(folder, user)
    if folder.parent != data_dir:
        (data_dir / POINTER).write_text(f"{folder}\n")
    return Home(folder)


def socket_folder(home: Home, user: OsUser) -> Path:
    """A 0700 folder short enough for a socket path, normally inside the home.

    Raises: EmbeddedError (the fallback folder exists and is not the user's own).
    """
    inside = home.folder / "socket"
    if len(os.fsencode(inside / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        make_private(inside, user)
        return inside
    mark = hashlib.sha256(os.fsencode(home.folder)).hexdigest()[:12]
    for base in _runtime_bases(user):
        folder = base / f"curbstop-{mark}"
        if len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
            make_private(folder, user)
            return folder
    raise EmbeddedError(f"No folder short enough for a socket; shorten {home.folder}.")


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder and its missing parents with `mode`; existing ones stay as they are."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for each in reversed(missing):
        try:
            each.mkdir()
        except OSError as problem:
            raise EmbeddedError(
                f"Cannot create {each}: {problem.strerror}. Choose a folder you may write to "
                "with CURBSTOP_DATA_DIR."
            ) from problem
        each.chmod(mode)  # not mkdir's mode: the umask must not decide


def make_private(folder: Path, user: OsUser) -> None:
    """Make `folder` 0700 for `user`, or make sure that it already is.

    Raises: EmbeddedError (somebody else's folder or link stands there).
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        entry = folder.lstat()
        if not stat.S_ISDIR(entry.st_mode) or entry.st_uid not in (user.uid, os.geteuid()):
            raise EmbeddedError(
                f"{folder} is not a folder of user {user.name}. Remove it, or choose another "
                "CURBSTOP_DATA_DIR."
            ) from None
    except OSError as problem:
        raise EmbeddedError(f"Cannot create {folder}: {problem.strerror}.") from problem
    folder.chmod(0o700)
    if user.switch:
        os.chown(folder, user.uid, user.gid)


def _runtime_bases(user: OsUser) -> list[Path]:
    named = [] if user.switch else [Path(os.environ.get("XDG_RUNTIME_DIR", ""))]
    bases = [*named, Path("/run"), Path("/tmp")]  # noqa: S108 - made 0700 and checked
    return [b for b in bases if b.is_absolute() and b.is_dir() and os.access(b, os.W_OK)]
