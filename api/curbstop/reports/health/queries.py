"""Reads behind the health page: a handful of rows each, nothing that grows with the district."""

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from curbstop import __version__
from curbstop.ledger.seals.actions import PROOF
from curbstop.platform.db import Sql
from curbstop.platform.migrate import newest_revision
from curbstop.platform.queue import STALLED_AFTER_SECONDS
from curbstop.platform.settings import Settings
from curbstop.platform.uow import SYSTEM, Reader
from curbstop.reports.health.schemas import (
    BackupHealth,
    DatabaseHealth,
    DiskHealth,
    HealthReport,
    ProofHealth,
    QueueHealth,
    TimedHealth,
    WorkerHealth,
)

BACKED_UP = "database.backed_up"

_DATABASE = """
SELECT current_setting('server_version') AS server,
       pg_database_size(current_database()) AS size_bytes,
       (SELECT version_num FROM alembic_version) AS revision,
       (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int
         AS connections,
       current_setting('max_connections')::int AS connections_max
"""
_QUEUE = """
SELECT count(*) FILTER (WHERE state = 'queued')::int AS queued,
       count(*) FILTER (WHERE state = 'running')::int AS running,
       min(created_at) FILTER (WHERE state = 'queued') AS oldest_at
FROM jobs WHERE state IN ('queued', 'running')
"""
_BACKUP = """
SELECT at, after FROM audit_events WHERE subject_id = $1 AND action = $2 ORDER BY at DESC LIMIT 1
"""
_PROOF = """
SELECT id, state, created_at, finished_at, error, result FROM jobs
WHERE kind = $1 ORDER BY created_at DESC LIMIT 1
"""
_TIMED = """
SELECT k.kind, count(j.id) FILTER (WHERE j.state = 'done')::int AS done,
       count(j.id) FILTER (WHERE j.state = 'failed')::int AS failed,
       (array_agg(j.id ORDER BY j.created_at DESC) FILTER (WHERE j.id IS NOT NULL))[1]
         AS last_job_id,
       (array_agg(j.state ORDER BY j.created_at DESC) FILTER (WHERE j.id IS NOT NULL))[1]
         AS last_state,
       max(j.created_at) AS last_at
FROM unnest($1::text[]) AS k (kind)
LEFT JOIN jobs j ON j.kind = k.kind AND j.created_by = $2 AND j.created_at >= $3
GROUP BY k.kind ORDER BY k.kind
"""


async def health(reader: Reader, settings: Settings, timed: Iterable[str]) -> HealthReport:
    """How the house is now; `timed` are the kinds of work that run by the clock."""
    sql = reader.sql
    database = await sql.fetchrow(_DATABASE)
    queue = await sql.fetchrow(_QUEUE)
    assert database is not None
    assert queue is not None
    since = reader.now - timedelta(days=1)
    runs = await sql.fetch(_TIMED, list(timed), SYSTEM.id, since)
    return HealthReport(
        version=__version__,
        at=reader.now,
        database=DatabaseHealth(**database, revision_wanted=newest_revision()),
        workers=await _workers(sql, reader.now),
        queue=QueueHealth(**queue),
        disk=_disk(settings.data_dir) if not settings.database_url else None,
        backup=await _backup(sql),
        proof=await _proof(sql),
        timetable=[TimedHealth(**run) for run in runs],
    )


async def _workers(sql: Sql, now: datetime) -> list[WorkerHealth]:
    rows = await sql.fetch("SELECT id, last_heartbeat FROM procrastinate_workers ORDER BY id")
    alive_since = now - timedelta(seconds=STALLED_AFTER_SECONDS)
    return [
        WorkerHealth(
            id=row["id"],
            seen_at=row["last_heartbeat"],
            is_alive=row["last_heartbeat"] >= alive_since,
        )
        for row in rows
    ]


def _disk(folder: Path | None) -> DiskHealth | None:
    if folder is None or not folder.exists():
        return None
    usage = shutil.disk_usage(folder)
    return DiskHealth(free_bytes=usage.free, total_bytes=usage.total)


async def _backup(sql: Sql) -> BackupHealth | None:
    row = await sql.fetchrow(_BACKUP, SYSTEM.id, BACKED_UP)
    return BackupHealth(at=row["at"], **row["after"]) if row else None


async def _proof(sql: Sql) -> ProofHealth | None:
    row = await sql.fetchrow(_PROOF, PROOF)
    if row is None:
        return None
    result = row["result"] or {}
    return ProofHealth(
        job_id=row["id"],
        state=row["state"],
        asked_at=row["created_at"],
        ended_at=row["finished_at"],
        finding=row["error"],
        head=result.get("head"),
        checks=result.get("checks", []),
    )
