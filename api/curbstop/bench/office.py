"""A served office to measure: `curbstop serve` as it runs in a district, with an API client."""

import asyncio
import json
import os
import secrets
import sys
import tempfile
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from httpx import AsyncClient

from curbstop.bench.bench import Bench
from curbstop.identity.actions import add_client, add_user
from curbstop.identity.permissions import Perm, Role
from curbstop.identity.schemas import ClientRequest, UserRequest
from curbstop.kernel.ids import uuid7
from curbstop.platform.uow import SYSTEM, Actor

START_SECONDS = 60
ENDED = ("done", "failed")
POLL_SECONDS = 0.2


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
    with tempfile.TemporaryFile() as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "curbstop.cli", "serve", "--port", "0"),
            env=os.environ | {"CURBSTOP_DATABASE_URL": url},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        try:
            async with asyncio.timeout(START_SECONDS):
                address = await _address(process, log)
            yield Office(address, await client_token(bench, url, address), process.pid)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.communicate()


async def administrator(bench: Bench, url: str) -> UserRequest:
    """Somebody with every permission, and the password they sign in with."""
    person = UserRequest(
        id=uuid7(),
        email=f"{uuid7().hex}@bench.example",
        name="Bench",
        roles=[Role.ADMINISTRATOR],
        password=secrets.token_urlsafe(16),
    )
    async with bench.opened(url) as database, database.write(SYSTEM) as uow:
        await add_user(uow, person)
    return person


async def client_token(bench: Bench, url: str, address: str) -> str:
    """A token as another system of the district gets it, with every scope."""
    person = await administrator(bench, url)
    request = ClientRequest(id=uuid7(), name=f"Bench {person.id}", scopes=list(Perm))
    async with bench.opened(url) as database, database.write(_actor(person)) as uow:
        client = await add_client(uow, request)
    body = {"client_id": str(client.id), "client_secret": client.secret}
    return await asyncio.to_thread(_take_token, address, json.dumps(body).encode())


def _actor(person: UserRequest) -> Actor:
    return Actor(person.id, person.name)


class Caller:
    """Another system's few calls to the office; each must succeed."""

    def __init__(self, office: Office, token: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token or office.token}"}
        self._client = AsyncClient(base_url=f"{office.address}/api/v1", headers=headers)

    async def get(self, path: str) -> Any:
        """The answer's JSON. Raises RuntimeError unless it is a success."""
        return await self._call("GET", path, None)

    async def post(self, path: str, body: object = None) -> Any:
        """The answer's JSON. Raises RuntimeError unless it is a success."""
        return await self._call("POST", path, body)

    async def job(self, accepted: Any) -> float:
        """Wait for a job; the seconds from request to end. Raises RuntimeError if it failed."""
        job = await self.get(f"/jobs/{accepted['job_id']}")
        while job["state"] not in ENDED:
            await asyncio.sleep(POLL_SECONDS)
            job = await self.get(f"/jobs/{accepted['job_id']}")
        if job["state"] != "done":
            raise RuntimeError(f"job {job['kind']}: {job['error']}")
        started, ended = (datetime.fromisoformat(job[k]) for k in ("created_at", "finished_at"))
        return (ended - started).total_seconds()

    async def _call(self, method: str, path: str, body: object) -> Any:
        answer = await self._client.request(method, path, json=body, timeout=120)
        if not answer.is_success:
            said = answer.text[:500]
            raise RuntimeError(f"{method} {path} answered {answer.status_code}: {said}")
        return answer.json() if answer.content else None

    async def close(self) -> None:
        """Let the connection go."""
        await self._client.aclose()


def _take_token(address: str, body: bytes) -> str:
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{address}/api/v1/tokens", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return str(json.loads(answer.read())["access_token"])


async def _address(process: asyncio.subprocess.Process, log: IO[bytes]) -> str:
    if process.stdout is None:
        raise RuntimeError("the server's output was not piped")
    async for line in process.stdout:
        if b"Curbstop is at" in line:
            return line.split()[-1].decode()
    log.seek(0)
    raise RuntimeError(f"the server did not start: {log.read()[-2000:].decode()}")
