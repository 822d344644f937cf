"""Facts of the machine that a reader of the figures needs."""

import os
import platform
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Machine:
    """What the figures were measured on."""

    system: str
    processor: str
    cores: int
    memory_mib: int
    filesystem: str
    python: str
    postgresql: str
    load_before: float


def describe(data: Path, postgresql: str) -> Machine:
    """The machine, and the file system that `data` lies on."""
    return Machine(
        system=platform.platform(),
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1,
        memory_mib=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
        filesystem=_filesystem(data),
        python=platform.python_version(),
        postgresql=postgresql,
        load_before=round(os.getloadavg()[0], 2),
    )


def peak_memory_mib() -> float:
    """The largest resident size of this process so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / 1024


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _filesystem(path: Path) -> str:
    shown = subprocess.run(
        ["/bin/df", "-PT", str(path)], capture_output=True, text=True, check=False
    ).stdout.splitlines()
    return shown[1].split()[1] if len(shown) > 1 else "unknown"
