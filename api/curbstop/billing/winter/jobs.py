"""The long work of winter averages."""

from curbstop.billing.winter.actions import COMPUTE, compute
from curbstop.platform.queue import JobFunction

JOBS: dict[str, JobFunction] = {COMPUTE: compute}
