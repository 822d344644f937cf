"""Server settings of the embedded cluster, and who may connect."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from curbstop.platform.embedded.osuser import OsUser, own_name
from curbstop.platform.embedded.paths import PORT

APP_ROLE = "curbstop"
ADMIN_ROLE = "postgres"
DATABASE = "curbstop"
MEBIBYTE = 1 << 20

DURABLE: Mapping[str, str] = {
    "max_wal_size": "4GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "log_min_duration_statement": "2000",
    "log_checkpoints": "on",
}
EPHEMERAL: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "autovacuum_naptime": "10min",
    "log_checkpoints": "off",
}


def memory_mib() -> int:
    """Physical memory in MiB, less where a container limits it."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        path = Path(limit)
        if path.exists() and (text := path.read_text().strip()).isdigit():
            total = min(total, int(text))
    return total // MEBIBYTE


def server_settings(socket: Path, extra: Mapping[str, str], memory: int) -> dict[str, str]:
    """All settings of a server with `memory` MiB at hand; `extra` wins over the defaults."""
    shared = max(64, min(2048, memory // 8))
    return {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": str(socket),
        "unix_socket_permissions": "0700",
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{max(128, memory // 2)}MB",
        "maintenance_work_mem": f"{max(64, min(512, memory // 16))}MB",
        "work_mem": "16MB",
        "random_page_cost": "1.1",
        "max_connections": "100",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %u@%d ",
        "idle_in_transaction_session_timeout": "10min",
    } | dict(extra)


def as_arguments(settings: Mapping[str, str]) -> list[str]:
    """The settings as arguments of the `postgres` program."""
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def write_access_rules(pgdata: Path, user: OsUser) -> None:
    """Let in only the two OS users concerned: the kernel vouches for them, no password exists.

    `peer` asks the kernel who is at the other end of the socket; the map says which database
    roles that user may take.
    """
    hba = (
        "# Written at every start of Curbstop's embedded PostgreSQL.\n"
        "local all         all         peer map=curbstop\n"
        f"local replication {ADMIN_ROLE}    peer map=curbstop\n"
    )
    names = dict.fromkeys((user.name, own_name()))
    _write(pgdata / "pg_hba.conf", hba, user)
    _write(pgdata / "pg_ident.conf", _map_lines(names), user)


def _map_lines(names: Iterable[str]) -> str:
    lines = [f'curbstop "{n}" {role}\n' for n in names for role in (APP_ROLE, ADMIN_ROLE)]
    return "".join(lines)


def _write(path: Path, text: str, user: OsUser) -> None:
    staged = path.with_name(path.name + ".new")
    staged.write_text(text)
    staged.chmod(0o600)
    if user.switch:
        os.chown(staged, user.uid, user.gid)
    staged.replace(path)
