"""One owner per cluster: an advisory lock that the kernel drops when its holder dies."""

import fcntl
import os
from pathlib import Path

from curbstop.platform.embedded.errors import ClusterInUse
from curbstop.platform.embedded.processes import wait_until

PROBE_SECONDS = 0.2  # somebody who only looks whether the lock is free holds it for an instant


class ClusterLock:
    """An exclusive `flock` on a cluster's lock file; the file names the holder."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not wait_until(self._try, PROBE_SECONDS):
            holder = os.read(self._descriptor, 32)
            os.close(self._descriptor)
            raise ClusterInUse(path.parent, int(holder) if holder.isdigit() else None)
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, str(os.getpid()).encode())

    def _try(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would race with a waiting opener."""
        if self._descriptor >= 0:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1
