"""HTTP manners: problem details (RFC 9457), versions by ETag, and what a client may send."""

from collections.abc import Callable
from typing import Annotated, Any

import asyncpg
import structlog
from fastapi import Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from curbstop.kernel.errors import (
    BadInput,
    Conflict,
    FieldError,
    MethodNotAllowed,
    NotFound,
    Problem,
    StaleVersion,
    TooLarge,
    Unavailable,
    VersionRequired,
)

log = structlog.get_logger("curbstop.http")
PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_SECONDS = "2"
RESTARTING = "the database is restarting; try again"


class ProblemField(BaseModel):
    """One field that is wrong."""

    pointer: str = Field(description="JSON pointer into the input, or a place in the file.")
    detail: str


class ProblemOut(BaseModel):
    """A problem as RFC 9457 has it, with the fields that caused it."""

    type: str = Field(examples=["/problems/account-not-found"])
    title: str
    status: int
    detail: str
    instance: str = Field(description="The request's path.")
    request_id: str
    errors: list[ProblemField]


def problems(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: its problems, by status."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for kind in sorted(kinds, key=lambda k: (k.status, k.__name__)):
        earlier = by_status.get(kind.status, {}).get("description")
        line = f"`/problems/{kind.slug()}` {kind.title}"
        by_status[kind.status] = {
            "description": f"{earlier}; {line}" if earlier else line,
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
        }
    return by_status


def problem_response(request: Request, problem: Problem) -> JSONResponse:
    """The answer that a problem becomes."""
    body = ProblemOut(
        type=f"/problems/{problem.slug()}",
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
        instance=request.url.path,
        request_id=getattr(request.state, "request_id", ""),
        errors=[ProblemField(pointer=e.pointer, detail=e.detail) for e in problem.errors],
    )
    headers = {"Retry-After": RETRY_AFTER_SECONDS} if problem.status in (429, 503) else None
    return JSONResponse(
        body.model_dump(), status_code=problem.status, headers=headers, media_type=PROBLEM_JSON
    )


def _from_validation(error: RequestValidationError) -> Problem:
    fields = []
    for item in error.errors():
        place = item["loc"][1:] if item["loc"][:1] == ("body",) else item["loc"]
        pointer = "/" + "/".join(str(part) for part in place)
        fields.append(FieldError(pointer, str(item["msg"]).removeprefix("Value error, ")))
    return BadInput("; ".join(f"{f.pointer}: {f.detail}" for f in fields[:3]), *fields)


# What PostgreSQL says of a request's values, by SQLSTATE; everything else is our defect (500).
_SQLSTATES: dict[str, Callable[[str], Problem]] = {
    "22021": lambda _: BadInput("the text holds a character that cannot be stored (NUL)"),
    "22P05": lambda _: BadInput("the text holds a character that cannot be stored"),
    "22P02": BadInput,
    "22003": lambda _: BadInput("a number is out of range"),
    "22008": lambda _: BadInput("a date is out of range"),
    "23505": lambda detail: Conflict(f"it exists already: {detail}"),
    "23P01": lambda detail: Conflict(f"it overlaps one that stands: {detail}"),
    "23503": lambda detail: Conflict(f"it refers to something that is not there: {detail}"),
    "23514": lambda detail: Conflict(f"a rule of the books refuses it: {detail}"),
    "40001": lambda _: Unavailable("someone else changed the same rows; try again"),
    "40P01": lambda _: Unavailable("someone else changed the same rows; try again"),
    "53300": lambda _: Unavailable("the database has no connection free; try again"),
    "57014": lambda _: Unavailable("the request took too long and was stopped"),
    "57P01": lambda _: Unavailable(RESTARTING),
    "57P02": lambda _: Unavailable(RESTARTING),
    "57P03": lambda _: Unavailable(RESTARTING),
}


def from_database(error: BaseException) -> Problem | None:
    """What a database error means for the caller, or None when it is our own defect."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    while cause is not None:
        if isinstance(cause, (asyncpg.InterfaceError, ConnectionError)):
            return Unavailable("the database does not answer; try again")
        state = getattr(cause, "sqlstate", None)
        if state in _SQLSTATES:
            return _SQLSTATES[state](getattr(cause, "detail", None) or str(cause))
        cause = cause.__cause__
    return None


def install_problem_handlers(app: FastAPI) -> None:
    """Answer every refusal and failure as a problem; a defect is logged and says only its id."""

    async def on_problem(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Problem)
        return problem_response(request, error)

    async def on_validation(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return problem_response(request, _from_validation(error))

    async def on_http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        kinds: dict[int, type[Problem]] = {404: NotFound, 405: MethodNotAllowed, 413: TooLarge}
        answer = problem_response(request, kinds.get(error.status_code, BadInput)(error.detail))
        answer.headers.update(error.headers or {})
        if error.status_code == MethodNotAllowed.status:
            answer.headers["Allow"] = ", ".join(sorted(_methods_at(request)))
        return answer

    async def on_database(request: Request, error: Exception) -> JSONResponse:
        known = from_database(error)
        if known is None:
            log.exception("database error", path=request.url.path, exc_info=error)
        return problem_response(request, known or Problem("the failure was logged with this id"))

    async def on_defect(request: Request, error: Exception) -> JSONResponse:
        log.exception("unhandled error", path=request.url.path, exc_info=error)
        return problem_response(request, Problem("the failure was logged with this id"))

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(HTTPException, on_http)
    for kind in (DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError, ConnectionError):
        app.add_exception_handler(kind, on_database)
    app.add_exception_handler(Exception, on_defect)


def _methods_at(request: Request) -> set[str]:
    """Every method of the resource at the request's path (RFC 9110 §10.2.1).

    Of the paths that match, the one with the fewest parameters is meant: not the staff app's, and
    not a path in which this one's last word would be an id.
    """
    by_path: dict[str, set[str]] = {}
    for context in iter_route_contexts(request.app.routes):
        path = context.path
        if path and context.methods and compile_path(path)[0].match(request.url.path):
            by_path.setdefault(path, set()).update(context.methods)
    return by_path[min(by_path, key=_vagueness)] if by_path else set()


def _vagueness(path: str) -> tuple[bool, int]:
    return ":path}" in path, path.count("{")


def etag_of(version: object) -> str:
    """The ETag of a mutable resource's version."""
    return f'"{version}"'


async def _if_match(
    if_match: Annotated[str | None, Header(description="The ETag you saw.")] = None,
) -> str:
    if if_match is None:
        raise VersionRequired
    return if_match


def require_version(seen: str, version: object) -> None:
    """Raises StaleVersion when `If-Match` does not name the present version."""
    if seen not in ("*", etag_of(version)):
        raise StaleVersion(f"you saw {seen}, it is now {etag_of(version)}")


IfMatch = Annotated[str, Depends(_if_match)]
