"""The embedded PostgreSQL, started for real, killed for real, in processes of its own."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from curbstop.platform.embedded import (
    ClusterInUse,
    EmbeddedError,
    attach,
    attached_or_started,
    start,
    temporary_cluster,
)
from curbstop.platform.embedded.binaries import locate
from curbstop.platform.embedded.osuser import OsUser, can_enter
from curbstop.platform.embedded.paths import POINTER, existing_home
from curbstop.platform.embedded.processes import is_postgres, wait_until

API = Path(__file__).parents[2] / "api"
HOLD = """
    import sys, time
    from pathlib import Path
    from curbstop.platform.embedded import start
    cluster = start(Path(sys.argv[1]))
    print(cluster.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder that the user PostgreSQL runs as can reach; pytest's own is closed to it."""
    base = Path(tempfile.mkdtemp(prefix="curbstop-test-"))
    base.chmod(0o755)
    yield base / "data"
    shutil.rmtree(base, ignore_errors=True)


def python(code: str, *args: object) -> "subprocess.Popen[str]":
    """A bare interpreter that runs `code`."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code), *map(str, args)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(API)},
    )


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def kill(process: "subprocess.Popen[str]", how: signal.Signals = signal.SIGKILL) -> None:
    process.send_signal(how)
    process.communicate(timeout=60)


def one(dsn: str, query: str) -> object:
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def remember(dsn: str, word: str) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE kept AS SELECT %s::text AS word", [word])


def test_data_survives_a_restart_and_only_the_socket_is_open(data_dir: Path) -> None:
    cluster = start(data_dir)
    remember(cluster.dsn, "first")
    assert one(cluster.dsn, "SHOW listen_addresses") == ""
    assert one(cluster.dsn, "SHOW data_checksums") == "on"
    assert one(cluster.dsn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(cluster.home.folder.stat().st_mode) == 0o700
    pid = cluster.pid
    cluster.stop()
    cluster.stop()
    assert not is_postgres(pid)
    again = start(data_dir)
    assert one(again.dsn, "SELECT word FROM kept") == "first"
    again.stop()


def test_a_second_start_is_refused_and_names_the_holder(data_dir: Path) -> None:
    holder = python(HOLD, data_dir)
    server = int(first_line(holder))
    with pytest.raises(ClusterInUse, match=f"process {holder.pid}"):
        start(data_dir)
    running = attach(data_dir)
    assert running is not None
    assert one(running.dsn, "SELECT current_user") == "curbstop"
    with attached_or_started(data_dir) as cluster:
        assert one(cluster.dsn, "SELECT 1") == 1
    assert is_postgres(server), "a command that attached must leave the server running"
    kill(holder)
    start(data_dir).stop()


def test_a_server_that_outlives_its_killed_parent_is_taken_over(data_dir: Path) -> None:
    holder = python(HOLD, data_dir)
    server = int(first_line(holder))
    kill(holder)
    assert is_postgres(server)
    cluster = start(data_dir)
    assert cluster.pid == server
    assert one(cluster.dsn, "SELECT 1") == 1
    cluster.stop()
    assert wait_until(lambda: not is_postgres(server), 10)


def test_a_killed_server_recovers_at_the_next_start(data_dir: Path) -> None:
    holder = python(HOLD, data_dir)
    server = int(first_line(holder))
    running = attach(data_dir)
    assert running is not None
    remember(running.dsn, "committed")
    kill(holder)
    os.kill(server, signal.SIGKILL)
    cluster = start(data_dir)
    assert cluster.pid != server
    assert one(cluster.dsn, "SELECT word FROM kept") == "committed"
    cluster.stop()


def test_a_server_killed_under_us_is_restarted(data_dir: Path) -> None:
    cluster = start(data_dir)
    remember(cluster.dsn, "committed")
    cluster.watch()
    killed = cluster.pid
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: cluster.pid != killed, 30)
    assert one(cluster.dsn, "SELECT word FROM kept") == "committed"
    cluster.stop()


def test_a_recycled_process_id_does_not_block_the_start(data_dir: Path) -> None:
    cluster = start(data_dir)
    kept = (cluster.home.pgdata / "postmaster.pid").read_text()
    cluster.stop()
    stranger = subprocess.Popen(["/bin/sleep", "600"], **cluster.user.run_as)
    try:
        stale = cluster.home.pgdata / "postmaster.pid"
        stale.write_text(f"{stranger.pid}\n{kept.partition(chr(10))[2]}")
        os.chown(stale, cluster.user.uid, cluster.user.gid)
        again = start(data_dir)
        assert one(again.dsn, "SELECT 1") == 1
        again.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_zombie_is_not_a_running_server(tmp_path: Path) -> None:
    program = tmp_path / "postgres"
    program.symlink_to("/bin/sleep")
    child = subprocess.Popen([program, "600"])
    assert wait_until(lambda: is_postgres(child.pid), 5)
    child.kill()
    time.sleep(0.1)  # dead, but not waited for: a zombie
    assert not is_postgres(child.pid)
    child.wait()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_with_its_process(data_dir: Path, how: signal.Signals) -> None:
    code = HOLD.replace("import sys, time", "import signal, sys, time").replace(
        "time.sleep(600)",
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n"
        "    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))\n"
        "    print('ready', flush=True)\n    time.sleep(600)",
    )
    holder = python(code, data_dir)
    server = int(first_line(holder))
    assert first_line(holder) == "ready"
    kill(holder, how)
    assert not is_postgres(server)
    assert "database system is shut down" in (data_dir / "postgres/server.log").read_text()


def test_closed_folders_keep_their_permissions(data_dir: Path) -> None:
    data_dir.mkdir(mode=0o700)
    inner = data_dir / "inner"
    before = {f: f.stat() for f in [data_dir, *data_dir.parents]}
    cluster = start(inner)
    try:
        assert one(cluster.dsn, "SELECT 1") == 1
        for folder, was in before.items():
            now = folder.stat()
            assert (now.st_mode, now.st_uid, now.st_gid) == (was.st_mode, was.st_uid, was.st_gid)
        closed_to_the_server = os.geteuid() == 0
        assert (cluster.home.folder.parent != inner) == closed_to_the_server
        assert (inner / POINTER).exists() == closed_to_the_server
    finally:
        cluster.stop()
    again = start(inner)
    assert again.home == cluster.home
    again.stop()
    shutil.rmtree(cluster.home.folder)


def test_a_long_path_gets_a_short_socket(data_dir: Path) -> None:
    cluster = start(data_dir / ("x" * 120))
    assert len(os.fsencode(cluster.socket)) < 90
    assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700
    assert one(cluster.dsn, "SELECT 1") == 1
    cluster.stop()
    shutil.rmtree(cluster.socket)


def test_an_interrupted_first_start_leaves_nothing_half(data_dir: Path) -> None:
    start(data_dir).stop()
    home = existing_home(data_dir)
    assert home is not None
    home.pgdata.rename(home.folder / "data.new")
    (home.folder / "data.new" / "PG_VERSION").unlink()
    cluster = start(data_dir)
    assert one(cluster.dsn, "SELECT 1") == 1
    cluster.stop()


def test_data_of_another_version_is_refused_with_the_way_out(data_dir: Path) -> None:
    start(data_dir).stop()
    home = existing_home(data_dir)
    assert home is not None
    (home.pgdata / "PG_VERSION").write_text("13\n")
    with pytest.raises(EmbeddedError, match=r"PostgreSQL 13.*PG_BIN.*curbstop backup"):
        start(data_dir)
    (home.pgdata / "PG_VERSION").write_text(f"{locate().major}\n")
    start(data_dir).stop()


def test_a_broken_configuration_shows_the_servers_own_words(data_dir: Path) -> None:
    with pytest.raises(EmbeddedError, match="unrecognized configuration parameter"):
        start(data_dir, settings={"no_such_setting": "1"})
    start(data_dir).stop()


def test_missing_programs_and_users_are_named(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PG_BIN", "/nowhere/bin")
    with pytest.raises(EmbeddedError, match="PG_BIN is /nowhere/bin"):
        locate()
    monkeypatch.delenv("PG_BIN")
    assert locate().major >= 15


def test_can_enter_needs_every_folder_on_the_way(data_dir: Path) -> None:
    stranger = OsUser("stranger", 54321, 54321, switch=True)
    inner = data_dir / "inner"
    inner.mkdir(parents=True)
    inner.chmod(0o755)
    data_dir.chmod(0o755)
    assert can_enter(inner, stranger)
    data_dir.chmod(0o750)
    assert not can_enter(inner, stranger)
    assert can_enter(inner / "not" / "there", OsUser("me", os.geteuid(), os.getegid(), False))


def test_a_temporary_cluster_is_gone_afterwards_even_after_kill() -> None:
    with temporary_cluster() as cluster:
        assert one(cluster.dsn, "SHOW fsync") == "off"
        one(cluster.dsn, "SELECT 1")
        with psycopg.connect(cluster.dsn, autocommit=True) as connection:
            connection.execute("CREATE DATABASE another")
    assert not cluster.home.folder.exists()
    code = """
        import time
        from curbstop.platform.embedded import temporary_cluster
        with temporary_cluster() as cluster:
            print(cluster.pid, cluster.home.folder, flush=True)
            time.sleep(600)
    """
    holder = python(code)
    pid, folder = first_line(holder).split()
    kill(holder)
    assert wait_until(lambda: not Path(folder).exists(), 15)
    assert not is_postgres(int(pid))
