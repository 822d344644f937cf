"""Limits on what a client may send, kept while it is being sent."""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from curbstop.kernel.errors import Problem, TooLarge
from curbstop.platform.http import PROBLEM_JSON
from curbstop.platform.settings import Settings

_CREDENTIALS = frozenset({b"authorization", b"cookie"})


class BodyLimit:
    """Refuses a body above the limit as soon as it is known: by its header, or while counting."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with a counting `receive`."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        is_json = _is_json(headers.get(b"content-type", b""))
        # A body is read before its sender is known: who shows nothing to be known by sends little.
        is_upload = not is_json and not headers.keys().isdisjoint(_CREDENTIALS)
        limit = self.settings.upload_bytes_max if is_upload else self.settings.body_bytes_max
        declared = headers.get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > limit:
            await _refuse(TooLarge(f"at most {limit:,} bytes"), scope, receive, send)
            return
        taken, refused = 0, False

        async def counting() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise TooLarge(f"at most {limit:,} bytes")
            return message

        async def send_or_refuse(message: Message) -> None:
            # Whatever the framework makes of the broken read, the client hears the true reason.
            nonlocal refused
            if taken <= limit:
                await send(message)
            elif not refused:
                refused = True
                await _refuse(TooLarge(f"at most {limit:,} bytes"), scope, receive, send)

        await self.app(scope, counting, send_or_refuse)


def _is_json(content_type: bytes) -> bool:
    """Whether the framework would parse the body as JSON: in any case, and `application/…+json`."""
    kind = content_type.split(b";", 1)[0].strip().lower()
    return kind == b"application/json" or kind.endswith(b"+json")


async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    body = {
        "type": f"/problems/{problem.slug()}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": scope["path"],
        "request_id": scope.get("state", {}).get("request_id", ""),
        "errors": [],
    }
    answer = JSONResponse(body, status_code=problem.status, media_type=PROBLEM_JSON)
    await answer(scope, receive, send)
