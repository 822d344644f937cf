"""How acts on bill runs are refused."""

from curbstop.kernel.errors import Conflict, NotFound


class RunNotFound(NotFound):
    title = "No such bill run"


class CyclePeriodNotFound(NotFound):
    title = "The cycle has no such period"


class PeriodHasRun(Conflict):
    title = "Another run bills this period"


class RunNeedsAccounts(Conflict):
    title = "An off-cycle run names its accounts, a regular one takes those of its cycle"


class WrongState(Conflict):
    title = "The run is not in a state for this"


class RunBusy(Conflict):
    title = "The run is being worked on"


class LaterBillsStand(Conflict):
    title = "Later bills of the same services stand on the run"


class RunIncomplete(Conflict):
    title = "Not every expected account is billed or excused"


class PreparerMayNotApprove(Conflict):
    title = "Whoever prepared the run may not approve it"


class ExceptionNotFound(NotFound):
    title = "The run has no such exception"


class AlreadyExcused(Conflict):
    title = "The exception is excused already"


class ExceptionsChanged(Conflict):
    title = "Other exceptions match by now than were shown"


class NothingExpected(Conflict):
    title = "No account has anything to bill in this run"
