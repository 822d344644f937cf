"""A served office to measure: `curbstop serve` as it runs in a district, with an API client."""

import asyncio
import json
import os
import secrets
import sys
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from curbstop.bench.bench import Bench
from curbstop.identity.actions import add_client, add_user
from curbstop.identity.permissions import Perm, Role
from curbstop.identity.schemas import ClientRequest, UserRequest
from curbstop.kernel.ids import uuid7
from curbstop.platform.uow import SYSTEM, Actor

START_SECONDS = 60


@dataclass(frozen=True)
class Office:
    """Where it answers, a bearer token with every scope, and its process id."""

    address: str
    token: str
    pid: int


@asynccontextmanager
async def served(bench: Bench, url: str) -> AsyncIterator[Office]:
    """Serve a database in a process of its own.

    Raises RuntimeError when the server does not start.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "curbstop.cli", "serve", "--port", "0"),
        env=os.environ | {"CURBSTOP_DATABASE_URL": url},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(START_SECONDS):
            address = await _address(process)
        yield Office(address, await client_token(bench, url, address), process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def client_token(bench: Bench, url: str, address: str) -> str:
    """A token as another system of the district gets it, with every scope."""
    person = UserRequest(
        id=uuid7(),
        email=f"{uuid7().hex}@bench.example",
        name="Bench",
        roles=[Role.ADMINISTRATOR],
        password=secrets.token_urlsafe(16),
    )
    request = ClientRequest(id=uuid7(), name="Bench", scopes=list(Perm))
    async with bench.opened(url) as database:
        async with database.write(SYSTEM) as uow:
            await add_user(uow, person)
        async with database.write(Actor(person.id, person.name)) as uow:
            client = await add_client(uow, request)
    body = {"client_id": str(client.id), "client_secret": client.secret}
    return await asyncio.to_thread(_take_token, address, json.dumps(body).encode())


def _take_token(address: str, body: bytes) -> str:
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{address}/api/v1/tokens", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return str(json.loads(answer.read())["access_token"])


async def _address(process: asyncio.subprocess.Process) -> str:
    if process.stdout is None:
        raise RuntimeError("the server's output was not piped")
    async for line in process.stdout:
        if b"Curbstop is at" in line:
            return line.split()[-1].decode()
    raise RuntimeError("the server did not start")
