"""Make, start and stop one PostgreSQL server process."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from curbstop.platform.embedded.binaries import Binaries
from curbstop.platform.embedded.configuration import ADMIN_ROLE, as_arguments
from curbstop.platform.embedded.errors import EmbeddedError
from curbstop.platform.embedded.osuser import OsUser
from curbstop.platform.embedded.paths import Home
from curbstop.platform.embedded.processes import (
    PidFile,
    disown_stale_pid_file,
    is_postgres,
    wait_until,
)

BUILTIN_LOCALE_SINCE = 17
LOG_LIMIT_BYTES = 10 << 20
LEFTOVERS = "pre-existing shared memory block"


def initialise(home: Home, binaries: Binaries, user: OsUser, *, durable: bool = True) -> None:
    """Make the data folder, with checksums and the same collation on every system.

    Made under another name and renamed when complete, so that a power cut leaves nothing half.

    Raises: EmbeddedError (with what `initdb` said).
    """
    staged = home.folder / "data.new"
    shutil.rmtree(staged, ignore_errors=True)
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if binaries.major >= BUILTIN_LOCALE_SINCE
        else ["--locale=C"]
    )
    command = [
        str(binaries.program("initdb")),
        *("-D", str(staged), "-U", ADMIN_ROLE, "-A", "peer", "-E", "UTF8", "--data-checksums"),
        *locale,
        *([] if durable else ["--no-sync"]),
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=_environment(),
        **user.run_as,
    )
    if done.returncode:
        raise EmbeddedError(f"Could not make a database in {home.folder}: {done.stderr.strip()}")
    staged.rename(home.pgdata)


def check_version(home: Home, binaries: Binaries) -> None:
    """Refuse data of another major version before the server does, with the way out.

    Raises: EmbeddedError.
    """
    made_by = (home.pgdata / "PG_VERSION").read_text().strip()
    if made_by != str(binaries.major):
        raise EmbeddedError(
            f"The data in {home.pgdata} is PostgreSQL {made_by}'s, the programs found are "
            f"{binaries.version}. Set PG_BIN to the programs of {made_by}, run `curbstop backup`, "
            "then restore into a new CURBSTOP_DATA_DIR without PG_BIN."
        )


class ServerProcess:
    """A running server: our child, or one that outlived the process that started it."""

    def __init__(self, pid: int, child: "subprocess.Popen[bytes] | None") -> None:
        self.pid = pid
        self._child = child

    @property
    def alive(self) -> bool:
        if self._child is not None:
            return self._child.poll() is None
        return is_postgres(self.pid)

    def stop(self, timeout: float) -> None:
        """Fast shutdown; immediate (recovery at the next start) when that takes too long.

        Raises: EmbeddedError (the process would not go).
        """
        for how, patience in ((signal.SIGINT, timeout), (signal.SIGQUIT, 10.0)):
            if not self.alive:
                return
            os.kill(self.pid, how)
            if wait_until(lambda: not self.alive, patience):
                return
        raise EmbeddedError(f"PostgreSQL (process {self.pid}) does not stop; `kill -9 {self.pid}`.")


def adopt(home: Home) -> ServerProcess | None:
    """The server that already runs on this data, left by a process that was killed."""
    found = PidFile.read(home.pgdata)
    return ServerProcess(found.pid, None) if found and is_postgres(found.pid) else None


def launch(
    home: Home, binaries: Binaries, user: OsUser, settings: Mapping[str, str], timeout: float
) -> ServerProcess:
    """Start a server and wait until it has opened its socket.

    Raises: EmbeddedError (with the end of the log).
    """
    deadline = time.monotonic() + timeout
    while True:
        disown_stale_pid_file(home.pgdata)
        Path(settings["unix_socket_directories"], ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        log_start = _rotate(home.log)
        child = _spawn(home, binaries, user, settings)
        if _opens(home, child, deadline - time.monotonic()):
            return ServerProcess(child.pid, child)
        said = _tail(home.log, log_start)
        if LEFTOVERS in said and time.monotonic() < deadline:
            time.sleep(0.2)  # backends of a killed server are still leaving
            continue
        if child.poll() is None:
            ServerProcess(child.pid, child).stop(5.0)
        raise EmbeddedError(f"PostgreSQL did not start; {home.log} ends with:\n{said}")


def _opens(home: Home, child: "subprocess.Popen[bytes]", seconds: float) -> bool:
    """Wait until the server accepts connections (true) or has ended or used up its time."""
    wait_until(lambda: child.poll() is not None or _is_ready(home, child.pid), seconds)
    return child.poll() is None and _is_ready(home, child.pid)


def _is_ready(home: Home, pid: int) -> bool:
    # The last line turns to `ready` only when connections are accepted.
    try:
        lines = (home.pgdata / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _spawn(
    home: Home, binaries: Binaries, user: OsUser, settings: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    command = [str(binaries.program("postgres")), "-D", str(home.pgdata), *as_arguments(settings)]
    with _open_log(home.log) as log:
        # A session of its own: Ctrl-C at the terminal stops us first, and we stop the server.
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=_environment(),
            start_new_session=True,
            **user.run_as,
        )


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"}


def _open_log(path: Path) -> IO[bytes]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    return os.fdopen(descriptor, "ab")


def _rotate(log: Path) -> int:
    size = log.stat().st_size if log.exists() else 0
    if size <= LOG_LIMIT_BYTES:
        return size
    log.replace(log.with_suffix(".log.1"))
    return 0


def _tail(log: Path, start: int) -> str:
    with log.open("rb") as lines:
        lines.seek(start)
        return lines.read()[-2000:].decode(errors="replace").strip()
