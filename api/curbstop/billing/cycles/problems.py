"""How acts on cycles are refused."""

from curbstop.kernel.errors import Conflict, NotFound


class PeriodNotFound(NotFound):
    title = "The cycle has no such period"


class PeriodStays(Conflict):
    title = "The days of this period are not moved"


class CycleNotFound(NotFound):
    title = "No such cycle"


class CycleCodeTaken(Conflict):
    title = "Another cycle has this code"


class CalendarHasGap(Conflict):
    title = "The calendar's periods would not follow one another"


class MoveNotForward(Conflict):
    title = "The account's stay in its cycle would not run forward"


class AccountsUnknown(NotFound):
    title = "Some of these accounts do not exist"
