"""Versions of tariffs on the real database: drafted, proposed, approved by a second person."""

import asyncio
import json
from datetime import date
from decimal import Decimal
from itertools import pairwise

import asyncpg
import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.dates import Period
from curbstop.kernel.ids import uuid7
from curbstop.rates.engine import RatingInput, rate, total_cents
from curbstop.rates.tariffs import actions
from curbstop.rates.tariffs.problems import VersionNotProposed
from curbstop.rates.tariffs.queries import approved_versions, catalog
from tests.conftest import make_actor
from tests.rates.tariffs_of import JULY, version

EXAMPLE = """  examples:
    - {name: Ten units, quantity: 10, attributes: {size: 3/4}, total: TOTAL}
"""


def tariff_file(*versions: str, total: str = "60.00", code: str = "W-TEST") -> str:
    texts = (versions or (version(),)) if versions else (version(),)
    body = "".join(text + EXAMPLE.replace("TOTAL", total) for text in texts)
    indented = "".join(f"  {line}\n" for line in body.splitlines())
    return f"code: {code}\nname: {{en: Water, es: Agua}}\nversions:\n{indented}"


BOMB = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefgh")
)


async def imported(client, content: str, import_id=None) -> list[dict]:
    body = {"id": str(import_id or uuid7()), "content": content}
    answer = await client.post("/tariffs", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def act(client, row: dict, name: str, **kwargs):
    headers = {"If-Match": f'"{row["version"]}"'}
    return await client.post(f"/tariff-versions/{row['id']}/{name}", headers=headers, **kwargs)


async def approved(as_actor, content: str) -> list[dict]:
    writer, second = as_actor(Role.SUPERVISOR), as_actor(Role.SUPERVISOR)
    rows = []
    for row in await imported(writer, content):
        proposed = (await act(writer, row, "propose")).json()
        answer = await act(second, proposed, "approve")
        assert answer.status_code == 200, answer.text
        rows.append(answer.json())
    return rows


async def test_a_second_person_approves_and_bills_are_priced(as_actor, uow):
    [row] = await approved(as_actor, tariff_file())
    assert (row["state"], row["superseded"]) == ("approved", False)
    tariffs = await catalog(uow.sql, ["W-TEST", "NONE"], JULY)
    lines = rate(tariffs, RatingInput("W-TEST", JULY, Decimal(12), attributes={"size": "1"}))
    assert total_cents(lines) == 5000 + 3000 + 1000
    assert {line.version_id for line in lines} == {row["id"]}
    assert set(await approved_versions(uow.sql, [row["id"], uuid7()])) == {row["id"]}


async def test_no_author_may_approve(as_actor):
    writer, editor = as_actor(Role.SUPERVISOR), as_actor(Role.SUPERVISOR)
    [row] = await imported(writer, tariff_file())
    body = row["body"] | {"resolution": "Resolution 2026-9"}
    edited = await editor.put(
        f"/tariff-versions/{row['id']}", json={"body": body}, headers={"If-Match": '"1"'}
    )
    assert edited.json()["resolution"] == "Resolution 2026-9"
    proposed = (await act(editor, edited.json(), "propose")).json()
    for author in (writer, editor):
        refused = await act(author, proposed, "approve")
        assert refused.json()["type"] == "/problems/approver-is-author"


async def test_a_technician_may_draft_but_not_approve(as_actor):
    technician = as_actor(Role.TECHNICIAN)
    [row] = await imported(technician, tariff_file())
    assert (await act(technician, row, "approve")).status_code == 403


async def test_the_database_holds_the_two_persons_and_the_final_body(as_actor, uow):
    [row] = await approved(as_actor, tariff_file())
    for change in ("body = '{}'", "resolution = 'x'", "effective_on = '2030-01-01'"):
        with pytest.raises(asyncpg.CheckViolationError, match="never changes"):
            async with uow.sql.connection.transaction():
                await uow.sql.execute(
                    f"UPDATE tariff_versions SET {change} WHERE id = $1", row["id"]
                )
    [draft] = await imported(as_actor(), tariff_file(version(effective_on="2027-01-01")))
    with pytest.raises(asyncpg.CheckViolationError, match="four_eyes"):
        async with uow.sql.connection.transaction():
            await uow.sql.execute(
                "UPDATE tariff_versions SET state = 'approved', proposed_at = now(),"
                " approved_at = now(), approved_by = drafted_by WHERE id = $1",
                draft["id"],
            )


async def test_examples_must_come_out_before_a_version_is_proposed(as_actor):
    writer = as_actor()
    [row] = await imported(writer, tariff_file(total="61.00"))
    refused = await act(writer, row, "propose")
    assert refused.json()["type"] == "/problems/examples-differ"
    assert "total is 60.00, expected 61.00" in refused.json()["detail"]


async def test_one_approved_version_for_each_effective_date(as_actor):
    await approved(as_actor, tariff_file())
    writer, second = as_actor(Role.SUPERVISOR), as_actor(Role.SUPERVISOR)
    other = version().replace("price: 5", "price: 6")
    [row] = await imported(writer, tariff_file(other))
    proposed = (await act(writer, row, "propose")).json()
    refused = await act(second, proposed, "approve")
    assert refused.json()["type"] == "/problems/effective-date-taken"


async def test_a_version_returns_to_its_authors_with_a_reason(as_actor):
    writer, second = as_actor(Role.SUPERVISOR), as_actor(Role.SUPERVISOR)
    [row] = await imported(writer, tariff_file())
    proposed = (await act(writer, row, "propose")).json()
    returned = await act(second, proposed, "return", json={"reason": "Tier 2 is misread"})
    assert (returned.status_code, returned.json()["state"]) == (200, "draft")


async def test_a_version_holds_until_the_next_and_is_then_superseded(as_actor, uow):
    later = version(effective_on="2026-07-11").replace("price: 3}", "price: 4}")
    first = tariff_file().removesuffix("\n")
    rows = await approved(as_actor, first)
    rows += await approved(as_actor, tariff_file(later, total="70.00"))
    listed = (await as_actor().get("/tariff-versions?sort=effective_on")).json()["items"]
    assert [(v["until"], v["superseded"]) for v in listed] == [("2026-07-11", True), (None, False)]
    current = (await as_actor().get("/tariffs")).json()["items"][0]
    assert (current["current_version_id"], current["versions"]) == (rows[1]["id"], 2)
    tariffs = await catalog(uow.sql, ["W-TEST"], JULY)
    assert [v.id for v in tariffs.tariffs["W-TEST"].versions] == [r["id"] for r in rows]
    august = Period(date(2026, 8, 1), date(2026, 9, 1))
    only = await catalog(uow.sql, ["W-TEST"], august)
    assert [v.id for v in only.tariffs["W-TEST"].versions] == [rows[1]["id"]]


async def test_drafts_price_no_bill(as_actor, uow):
    await imported(as_actor(), tariff_file())
    assert (await catalog(uow.sql, ["W-TEST"], JULY)).tariffs == {}


async def test_importing_again_adds_nothing(as_actor):
    client, import_id = as_actor(), uuid7()
    first = await imported(client, tariff_file(), import_id)
    assert await imported(client, tariff_file(), import_id) == first
    assert [row["id"] for row in await imported(client, tariff_file())] == [first[0]["id"]]
    body = {"id": str(import_id), "content": tariff_file(total="99.00")}
    refused = await client.post("/tariffs", json=body)
    assert refused.json()["type"] == "/problems/idempotency-conflict"
    other_unit = {"id": str(uuid7()), "content": "unit: CF\n" + tariff_file(total="1")}
    refused = await client.post("/tariffs", json=other_unit)
    assert refused.json()["type"] == "/problems/tariff-differs"


@pytest.mark.parametrize(
    ("content", "pointer", "reason"),
    [
        (tariff_file().replace("width: 10", "widht: 10"), "line 17", "Extra inputs"),
        (tariff_file().replace("price: 5", "price: five"), "line 17", "'five' is not a number"),
        ("code: [", "line 1", "stream end"),
        ("", "/content", "at least 1 character"),
        ("just words", "line 1", "valid dictionary"),
        (BOMB, "line 1", "too large or nested too deeply"),
        (tariff_file() + "code: AGAIN\n", "line 20", "appears twice"),
    ],
)
async def test_a_malformed_file_is_refused_with_line_and_reason(as_actor, content, pointer, reason):
    answer = await as_actor().post("/tariffs", json={"id": str(uuid7()), "content": content})
    assert answer.status_code == 422, answer.text
    found = [(error["pointer"], error["detail"]) for error in answer.json()["errors"]]
    assert any(p.startswith(pointer) and reason in d for p, d in found), found


async def test_an_edit_names_each_mistake_and_needs_the_version_seen(as_actor):
    client = as_actor()
    [row] = await imported(client, tariff_file())
    path = f"/tariff-versions/{row['id']}"
    components = [row["body"]["components"][0] | {"price": 30.5}, row["body"]["components"][1]]
    body = {"body": row["body"] | {"components": components}}
    refused = await client.put(path, json=body, headers={"If-Match": '"1"'})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/body/components/0/price"
    assert (await client.put(path, json=body)).status_code == 428
    stale = await client.put(path, json={"body": row["body"]}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412


async def test_a_deeply_nested_body_is_refused(as_actor):
    client = as_actor()
    [row] = await imported(client, tariff_file())
    price: object = "1"
    for _ in range(150):
        price = {"product": [price]}
    components = [row["body"]["components"][0] | {"price": price}]
    answer = await client.put(
        f"/tariff-versions/{row['id']}",
        json={"body": row["body"] | {"components": components}},
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 422, answer.text[:300]


@pytest.mark.parametrize("resolution", ["Resolution \u0000", "Resolution \ud800"])
async def test_text_that_cannot_be_stored_is_refused(as_actor, resolution):
    client = as_actor()
    [row] = await imported(client, tariff_file())
    answer = await client.put(
        f"/tariff-versions/{row['id']}",
        content=json.dumps({"body": row["body"] | {"resolution": resolution}}),
        headers={"If-Match": '"1"', "Content-Type": "application/json"},
    )
    assert answer.status_code == 422, answer.text[:300]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30"])
async def test_days_at_the_ends_of_the_calendar_are_refused(as_actor, day):
    client = as_actor()
    [row] = await imported(client, tariff_file())
    body = {"body": row["body"] | {"effective_on": day}}
    path = f"/tariff-versions/{row['id']}"
    answer = await client.put(path, json=body, headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/body/effective_on"
    usage = {"from_on": "2026-07-01", "to_on": day, "facts": {"size": "1"}}
    assert (await client.post(f"{path}/price", json=usage)).status_code == 422


async def test_two_approvals_at_once_adopt_one(fresh_database):
    """On real commits: the second waits for the row and then finds it approved."""
    writer, people = make_actor(Role.SUPERVISOR), [make_actor(Role.SUPERVISOR) for _ in range(4)]
    async with fresh_database.write(writer) as uow:
        [row] = await actions.import_tariff(uow, uuid7(), tariff_file())
        version_id = row.id
        await actions.propose(uow, version_id, "*")

    async def approve(person) -> str:
        try:
            async with fresh_database.write(person) as uow:
                await actions.approve(uow, version_id, "*")
        except VersionNotProposed:
            return "refused"
        return "approved"

    outcomes = await asyncio.gather(*(approve(person) for person in people))
    assert sorted(outcomes) == ["approved", "refused", "refused", "refused"]
