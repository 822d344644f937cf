"""The long work of winter averages."""

from curbstop.billing.winter.compute import COMPUTE, compute
from curbstop.platform.queue import JobFunction

JOBS: dict[str, JobFunction] = {COMPUTE: compute}
