"""Start a cluster, attach to one that runs, or whichever of the two is possible."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from curbstop.platform.embedded import configuration as conf
from curbstop.platform.embedded.binaries import locate, reachable
from curbstop.platform.embedded.cluster import Cluster, OwnedCluster, answers, database_url
from curbstop.platform.embedded.errors import ClusterInUse
from curbstop.platform.embedded.lock import ClusterLock
from curbstop.platform.embedded.osuser import OsUser, owner_of, service_user
from curbstop.platform.embedded.paths import (
    Home,
    default_data_dir,
    existing_home,
    make_home,
    socket_folder,
)
from curbstop.platform.embedded.processes import PidFile, wait_until
from curbstop.platform.embedded.server import check_version, initialise

START_SECONDS = 120.0  # recovery after a crash replays up to max_wal_size


def start(
    data_dir: Path | None = None,
    *,
    settings: Mapping[str, str] | None = None,
    timeout: float = START_SECONDS,
) -> OwnedCluster:
    """Start the cluster of a data folder, making it on the first start.

    A server that outlived a killed process is taken over. The server stops with `stop`, and at
    the latest when this process exits.

    Raises: ClusterInUse (another process owns it), EmbeddedError.
    """
    user = service_user()
    home = make_home((data_dir or default_data_dir()).absolute(), user)
    return start_in(home, user, dict(conf.DURABLE) | dict(settings or {}), timeout=timeout)


def start_in(
    home: Home,
    user: OsUser,
    settings: Mapping[str, str],
    *,
    durable: bool = True,
    create_databases: bool = False,
    timeout: float = START_SECONDS,
) -> OwnedCluster:
    """Start the cluster in a home that exists.

    Raises: ClusterInUse, EmbeddedError.
    """
    user = owner_of(home.folder, user)
    binaries = reachable(locate(), user)
    lock = ClusterLock(home.lock)
    try:
        if not home.pgdata.exists():
            initialise(home, binaries, user, durable=durable)
        check_version(home, binaries)
        conf.write_access_rules(home.pgdata, user)
        socket = socket_folder(home, user)
        everything = conf.server_settings(socket, settings, conf.memory_mib())
        cluster = OwnedCluster(home, socket, binaries, user, everything, lock, timeout)
    except BaseException:
        lock.release()
        raise
    try:
        cluster.run(create_databases=create_databases)
    except BaseException:
        cluster.stop()
        raise
    return cluster


def attach(data_dir: Path | None = None, *, timeout: float = 30.0) -> Cluster | None:
    """The cluster of a data folder that another process runs, or None when nobody does.

    Waits for one that is just starting.
    """
    home = existing_home((data_dir or default_data_dir()).absolute())
    if home is None:
        return None
    found: list[Cluster] = []

    def ready() -> bool:
        running = PidFile.read(home.pgdata)
        if running is None or not running.socket_folder:
            return False
        socket = Path(running.socket_folder)
        if not answers(database_url(socket, conf.DATABASE, conf.APP_ROLE)):
            return False
        found.append(Cluster(home, socket, locate()))
        return True

    wait_until(lambda: ready() or not _is_owned(home), timeout)
    return found[0] if found else None


@contextmanager
def attached_or_started(data_dir: Path | None = None) -> Iterator[Cluster]:
    """A running cluster for one command: the server's own when it runs, else started for it.

    Raises: EmbeddedError.
    """
    cluster: Cluster
    try:
        cluster = start(data_dir)
    except ClusterInUse:
        running = attach(data_dir)
        if running is None:
            raise
        cluster = running
    try:
        yield cluster
    finally:
        cluster.stop()


def _is_owned(home: Home) -> bool:
    try:
        ClusterLock(home.lock).release()
    except ClusterInUse:
        return True
    return False
