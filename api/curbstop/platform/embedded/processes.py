"""Is that process still there? Zombies and recycled ids are not.

In a container whose first process reaps slowly, a dead postmaster stays a zombie, and both
`pg_ctl status` and the server's own start-up check take it for alive.
"""

import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PidFile:
    """What `postmaster.pid` says: process id, and the socket's folder ("" before it is open)."""

    pid: int
    socket_folder: str

    @classmethod
    def read(cls, pgdata: Path) -> "PidFile | None":
        """The file's content, or None when there is none or it is still being written."""
        try:
            lines = (pgdata / "postmaster.pid").read_text().splitlines()
            return cls(int(lines[0]), lines[4].strip() if len(lines) > 4 else "")
        except (FileNotFoundError, IndexError, ValueError):
            return None


def is_postgres(pid: int) -> bool:
    """Whether the process lives (is no zombie) and is a PostgreSQL server."""
    try:
        shown = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return not Path("/proc/self/stat").exists() and _ps_says_postgres(pid)
    except ProcessLookupError:
        return False
    name, _, rest = shown.partition("(")[2].rpartition(")")
    return name == "postgres" and rest.split()[0] not in ("Z", "X")


def _ps_says_postgres(pid: int) -> bool:
    shown = subprocess.run(
        ["/bin/ps", "-o", "stat=,comm=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        timeout=10,
    ).stdout.split(maxsplit=1)
    return len(shown) == 2 and not shown[0].startswith("Z") and "postgres" in shown[1]


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Poll every 20 ms; whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def disown_stale_pid_file(pgdata: Path) -> None:
    """Make a dead server's `postmaster.pid` name a process that certainly is gone.

    A zombie's or a recycled id in it would keep PostgreSQL from starting. The file itself stays:
    its shared-memory key is how a new server notices left-over backends of the old one.
    """
    path = pgdata / "postmaster.pid"
    if not path.exists():
        return
    gone = subprocess.Popen(["/bin/sh", "-c", ":"])
    gone.wait()
    _, _, rest = path.read_text().partition("\n")
    owner = path.stat()
    staged = path.with_suffix(".stale")
    staged.write_text(f"{gone.pid}\n{rest}")
    staged.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(staged, owner.st_uid, owner.st_gid)
    staged.replace(path)
