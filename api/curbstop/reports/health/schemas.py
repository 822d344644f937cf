"""Wire shapes of the health page."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.platform.models import JobState


class DatabaseHealth(BaseModel):
    """The database server and this office's database."""

    server: str = Field(description="PostgreSQL's version.", examples=["18.1"])
    size_bytes: int
    revision: str = Field(description="The last migration that was applied.")
    revision_wanted: str = Field(description="The last migration that this version brings.")
    connections: int = Field(description="Open now, of every program.")
    connections_max: int


class WorkerHealth(BaseModel):
    """A process that takes jobs."""

    id: int
    seen_at: datetime = Field(description="Its last sign of life.")
    is_alive: bool


class QueueHealth(BaseModel):
    """What waits for a worker."""

    queued: int
    running: int
    oldest_at: datetime | None = Field(description="When the longest waiting job was asked for.")


class DiskHealth(BaseModel):
    """The disk that holds the data folder of the embedded database."""

    free_bytes: int
    total_bytes: int


class BackupHealth(BaseModel):
    """The last `curbstop backup` that ended well."""

    at: datetime
    file: str
    size_bytes: int


class ProofHealth(BaseModel):
    """The last verification of the ledger."""

    job_id: UUID
    state: JobState
    asked_at: datetime
    ended_at: datetime | None
    finding: str | None = Field(description="The first bad rows; null when everything holds.")
    head: str | None = Field(description="NUMBER:SHA256 of the last seal; keep it elsewhere.")
    checks: list[str] = Field(description="What was proved.")


class TimedHealth(BaseModel):
    """A kind of work that runs by the clock, over the last 24 hours."""

    kind: str
    done: int
    failed: int
    last_job_id: UUID | None
    last_state: JobState | None
    last_at: datetime | None


class HealthReport(BaseModel):
    """How the house is now."""

    version: str = Field(description="Of the program that answers.")
    at: datetime
    database: DatabaseHealth
    workers: list[WorkerHealth]
    queue: QueueHealth
    disk: DiskHealth | None = Field(description="Null when the database is on a server elsewhere.")
    backup: BackupHealth | None = Field(description="Null when none was made by `curbstop backup`.")
    proof: ProofHealth | None
    timetable: list[TimedHealth]
