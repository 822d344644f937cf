"""What can go wrong with the embedded PostgreSQL, each with the step that mends it."""

from pathlib import Path


class EmbeddedError(RuntimeError):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""


class ClusterInUse(EmbeddedError):
    """Another process owns the cluster. `holder` is its process id, when known."""

    def __init__(self, home: Path, holder: int | None) -> None:
        self.holder = holder
        who = f"process {holder}" if holder else "another process"
        super().__init__(
            f"The database in {home} is already in use by {who}. Stop that one first "
            f"(for example `kill {holder or 'PID'}`), or choose another folder with "
            "CURBSTOP_DATA_DIR."
        )
