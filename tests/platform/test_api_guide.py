"""Every `curl` of docs/guide/api.md works as it is written."""

import json
import re
import shlex
from pathlib import Path

import pytest
from tests.factories.accounts import a_customer, an_account, an_agreement
from tests.factories.meters import a_meter, a_service_point, an_installation

from curbstop.identity.permissions import Perm, Role
from curbstop.kernel.ids import uuid7

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "api.md"
SCOPES = [
    *(Perm.ACCOUNT_READ, Perm.LEDGER_READ, Perm.PAYMENT_TAKE, Perm.METER_READ),
    *(Perm.READING_IMPORT, Perm.READING_READ),
]


def examples() -> list[tuple[str, str | None]]:
    """The commands of the guide, each with what it keeps (`field as NAME`) or None."""
    found = []
    for block in re.findall(r"```sh\n(.*?)```", GUIDE.read_text(), re.DOTALL):
        keep = re.search(r"^# keep (.+)$", block, re.MULTILINE)
        command = re.sub(r"^#.*\n", "", block, flags=re.MULTILINE).replace("\\\n", " ")
        found.append((command.strip(), keep and keep.group(1)))
    return found


class Shell:
    """Just enough of sh and curl: variables, -X, -H, -d and --data-binary @file."""

    def __init__(self, client, files: dict[str, bytes], **variables: str) -> None:
        self.client, self.files, self.variables = client, files, variables

    async def run(self, command: str):
        self.variables["NEW_ID"] = str(uuid7())
        words = shlex.split(re.sub(r"\$(\w+)", lambda m: self.variables[m.group(1)], command))
        assert words[:2] == ["curl", "-s"], command
        method, url, headers, body = "GET", "", {}, None
        rest = iter(words[2:])
        for word in rest:
            if word == "-X":
                method = next(rest)
            elif word == "-H":
                name, _, value = next(rest).partition(": ")
                headers[name] = value
            elif word == "-d":
                body = next(rest).encode()
            elif word == "--data-binary":
                body = self.files[next(rest).removeprefix("@")]
            else:
                url = word
        return await self.client.request(method, url, headers=headers, content=body)


def field(document, path: str):
    for part in path.split("."):
        document = document[int(part)] if part.isdigit() else document[part]
    return document


@pytest.fixture
async def district(uow):
    """An account of Ana Flores whose meter is read by the guide's file."""
    point = await a_service_point(uow)
    account = await an_account(uow, await a_customer(uow, name="Ana Flores"))
    await an_agreement(uow, account, point)
    meter = await a_meter(uow, serial="TB55501234")
    await an_installation(uow, point, meter)
    await uow.session.commit()


async def test_the_guide_works_as_written(app, as_actor, anonymous, db, district):
    administrator = as_actor(Role.ADMINISTRATOR)
    person = {
        "id": str(administrator.actor.id),
        "email": "ada@example.org",
        "name": "Ada",
        "roles": ["administrator"],
        "password": "correct horse battery",
    }
    await administrator.post("/users", json=person)
    system = {"id": str(uuid7()), "name": "Portal", "scopes": [scope.value for scope in SCOPES]}
    secret = (await administrator.post("/api-clients", json=system)).json()["secret"]
    shell = Shell(
        anonymous,
        {"reads.csv": b"meter,date,reading\r\nTB55501234,2026-07-10,1204\r\n"},
        BASE="http://test",
        CLIENT_ID=system["id"],
        CLIENT_SECRET=secret,
        TODAY="2026-07-15",
    )
    assert len(examples()) >= 9
    for command, keep in examples():
        answer = await shell.run(command)
        assert answer.status_code < 300, f"{command}\n{answer.status_code} {answer.text}"
        if keep:
            path, _, name = keep.partition(" as ")
            shell.variables[name] = field(json.loads(answer.content), path)
