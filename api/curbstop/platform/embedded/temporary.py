"""A throw-away cluster for tests and benchmarks: fast, unsafe, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from curbstop.platform.embedded import configuration as conf
from curbstop.platform.embedded.cluster import OwnedCluster
from curbstop.platform.embedded.osuser import OsUser, can_enter, service_user
from curbstop.platform.embedded.paths import Home, make_private
from curbstop.platform.embedded.starting import start_in

# Ends the server and removes the folder when our end of its standard input closes, that is when
# we die in whatever way. Waits at most five seconds for the server.
WATCHDOG = """
read _
kill -QUIT "$1" 2>/dev/null
i=0; while kill -0 "$1" 2>/dev/null && [ $i -lt 50 ]; do sleep 0.1; i=$((i+1)); done
rm -rf "$2"
"""


@contextmanager
def temporary_cluster(
    settings: Mapping[str, str] | None = None, *, durable: bool = False
) -> Iterator[OwnedCluster]:
    """A new cluster in a temporary folder; stopped and removed at the end, even after kill -9.

    Without `durable` nothing is flushed to disk: right for tests, wrong for measuring writes.
    The application's role may create databases in it.
    """
    user = service_user()
    folder = _temporary_folder(user)
    extra = dict(conf.DURABLE if durable else conf.EPHEMERAL) | dict(settings or {})
    try:
        cluster = start_in(Home(folder), user, extra, durable=durable, create_databases=True)
        watchdog = _spawn_watchdog(cluster.pid, folder)
        try:
            yield cluster
        finally:
            cluster.stop(timeout=10.0)
            watchdog.kill()
            watchdog.communicate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _temporary_folder(user: OsUser) -> Path:
    bases = [tempfile.gettempdir(), "/tmp", "/var/tmp"]  # noqa: S108 - mkdtemp makes it private
    base = next((b for b in bases if can_enter(Path(b), user)), bases[0])
    folder = Path(tempfile.mkdtemp(prefix="curbstop-pg-", dir=base))
    make_private(folder, user)
    return folder


def _spawn_watchdog(server: int, folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        ["/bin/sh", "-c", WATCHDOG, "curbstop-watchdog", str(server), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": os.environ.get("PATH", "/usr/bin:/bin")},
        start_new_session=True,
    )
