"""Load over HTTP: clients that each keep one connection and ask again as soon as they are answered.

Written on bare streams: an ordinary client library would use more of the two cores than the server
that it measures.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from curbstop.bench.figures import percentile


@dataclass(frozen=True)
class Ask:
    """One request. `body` is JSON when there is one."""

    path: str
    method: str = "GET"
    body: bytes = b""


@dataclass
class Load:
    """What a timed load measured: each answer's milliseconds, and how often each status came."""

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.milliseconds) / self.seconds

    def took(self, share: float) -> float:
        """The milliseconds that `share` (0 to 1) of the answers did not exceed."""
        return percentile(self.milliseconds, share)

    def refuse_other_than(self, *wanted: int) -> None:
        """Raises RuntimeError when any answer had another status: its time would mean nothing."""
        others = {status: n for status, n in self.statuses.items() if status not in wanted}
        if others:
            raise RuntimeError(f"unexpected answers: {others}")


async def load(
    address: str, token: str, ask: Callable[[int], Ask], clients: int, seconds: float
) -> Load:
    """Ask for that long; `ask(n)` makes the n-th request of all clients together.

    Raises OSError when the server cannot be reached, RuntimeError when it closes a connection.
    """
    measured, counter = Load(), iter(range(1 << 62))
    host, port = urlsplit(address).hostname or "", urlsplit(address).port or 80
    started = time.perf_counter()

    async def client() -> None:
        reader, writer = await asyncio.open_connection(host, port)
        try:
            while time.perf_counter() < started + seconds:
                request = _encoded(ask(next(counter)), host, token)
                asked = time.perf_counter()
                writer.write(request)
                status = await _answer(reader)
                measured.milliseconds.append((time.perf_counter() - asked) * 1000)
                measured.statuses[status] += 1
        finally:
            writer.close()
            await writer.wait_closed()

    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(client())
    measured.seconds = time.perf_counter() - started
    return measured


def _encoded(request: Ask, host: str, token: str) -> bytes:
    head = f"{request.method} {request.path} HTTP/1.1\r\nHost: {host}\r\n"
    head += f"Authorization: Bearer {token}\r\n"
    if request.body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(request.body)}\r\n"
    return head.encode() + b"\r\n" + request.body


async def _answer(reader: asyncio.StreamReader) -> int:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        raise RuntimeError("the server closed a connection") from None
    status_line, *lines = head.split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    if "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
    elif headers.get("transfer-encoding") == "chunked":
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(status_line.split(" ", 2)[1])
