"""How reads of bills are refused."""

from curbstop.kernel.errors import Conflict, NotFound


class BillNotFound(NotFound):
    title = "No such bill"


class NothingToCompareWith(NotFound):
    title = "The account has no such earlier bill"


class BillNotPosted(Conflict):
    title = "A statement is made of a posted bill only"


class BillPosted(Conflict):
    title = "The bill is posted: its statement stands"
