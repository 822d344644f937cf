"""Every component's charge code leads to one GL account, and unknown ones are refused at draft."""

from pathlib import Path

import asyncpg
import pytest

from curbstop.kernel.ids import uuid7
from curbstop.ledger.chart import load_chart
from curbstop.ledger.entries import ItemKind
from curbstop.platform.migrate import reference_dir
from curbstop.policies.registry import policy
from curbstop.rates.engine import load_tariff
from tests.rates.tariffs_of import TIERS, version
from tests.rates.test_versions import imported, tariff_file

TYPO = TIERS.replace("group: water_use", "group: watr_use")


async def test_a_file_with_an_unknown_code_is_refused_with_its_line(as_actor):
    content = tariff_file(version(TYPO))
    answer = await as_actor().post("/tariffs", json={"id": str(uuid7()), "content": content})
    assert answer.status_code == 422, answer.text
    [error] = answer.json()["errors"]
    line = next(n for n, text in enumerate(content.splitlines(), 1) if "watr_use" in text)
    assert error["pointer"] == f"line {line}, versions.0.components.1.group"
    assert "no charge group has the code 'watr_use'" in error["detail"]


@pytest.mark.parametrize(("field", "code"), [("group", "watr_use"), ("gl", "9999")])
async def test_an_edit_with_an_unknown_code_is_refused_with_its_pointer(as_actor, field, code):
    client = as_actor()
    [row] = await imported(client, tariff_file())
    row["body"]["components"][1][field] = code
    answer = await client.put(
        f"/tariff-versions/{row['id']}", json={"body": row["body"]}, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 422, answer.text
    assert [e["pointer"] for e in answer.json()["errors"]] == [f"/body/components/1/{field}"]


async def test_the_database_refuses_what_code_forgot(as_actor, uow):
    [row] = await imported(as_actor(), tariff_file())
    with pytest.raises(asyncpg.ForeignKeyViolationError, match=r"components\.1\.group names watr"):
        await uow.sql.execute(
            "UPDATE tariff_versions SET body ="
            " jsonb_set(body, '{components,1,group}', '\"watr_use\"') WHERE id = $1",
            row["id"],
        )


async def test_a_charge_group_on_posted_items_keeps_its_code(uow):
    with pytest.raises(asyncpg.CheckViolationError, match="keeps its code"):
        await uow.sql.execute("UPDATE charge_groups SET code = 'w' WHERE code = 'water_use'")


def schedules() -> list[Path]:
    return sorted([*reference_dir().glob("tariffs/*.yaml"), *reference_dir().glob("demo/*/*.yaml")])


async def test_shipped_schedules_and_the_allocation_order_speak_of_known_groups(uow):
    chart = await load_chart(uow.sql)
    files = schedules()
    assert len(files) > 10
    used = {
        component.group
        for file in files
        for one in load_tariff(file.read_text()).versions
        for component in one.components
    }
    assert used <= set(chart.groups)
    funds = {group.fund for group in chart.groups.values()}
    order = set(policy("payments.allocation_order").default)
    assert order <= set(chart.groups) | funds | {kind.value for kind in ItemKind}
    # Every charge of a shipped schedule is settled before what the order does not list.
    unlisted = {c for c in used if not {c, chart.groups[c].fund} & order}
    assert unlisted <= {"sweeping", "other", "water_capital"}
