"""Problems: one class per way an act can be refused, rendered as RFC 9457 at the edge."""

import re
from dataclasses import dataclass
from typing import ClassVar

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class FieldError:
    """Where the input is wrong (JSON pointer, or `line 3, column 7` of a file) and why."""

    pointer: str
    detail: str


class Problem(Exception):
    """Base of everything that is answered as a problem. `status` and `title` sit on the class."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str = "", *errors: FieldError) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = errors

    @classmethod
    def slug(cls) -> str:
        """Stable name of the problem type: `ApproverIsRequester` → `approver-is-requester`."""
        return _WORD_START.sub("-", cls.__name__).lower()


class BadInput(Problem):
    status = 422
    title = "The input is not acceptable"


class NotFound(Problem):
    status = 404
    title = "No such thing"


class MethodNotAllowed(Problem):
    status = 405
    title = "This address does not take that method"


class Conflict(Problem):
    status = 409
    title = "The act does not fit the present state"


class IdempotencyConflict(Conflict):
    title = "This id was used before with other content"


class Unauthenticated(Problem):
    status = 401
    title = "Sign in first"


class Forbidden(Problem):
    status = 403
    title = "Your role does not permit this"


class StaleVersion(Problem):
    status = 412
    title = "Someone changed this since you opened it"


class VersionRequired(Problem):
    status = 428
    title = "Send If-Match with the version that you saw"


class TooLarge(Problem):
    status = 413
    title = "The upload is larger than allowed"


class TooManyRequests(Problem):
    status = 429
    title = "Too many attempts; wait a little"


class Unavailable(Problem):
    status = 503
    title = "Busy; try again in a moment"
