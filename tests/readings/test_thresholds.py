"""The thresholds of the rules: their catalog, their values in force, what a change would do."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories.accounts import an_agreement
from tests.readings.plant import a_metered_point
from tests.readings.test_imports import history

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.readings.actions import NewRead, record_read
from curbstop.readings.validation.facts import PARAMETER_NAMES, ParameterRow, Parameters, Season
from curbstop.readings.validation.thresholds import THRESHOLDS, in_force


def a_value(name, value, **changes):
    said = {"account_class": None, "season": None, "from_on": "2026-01-01", "reason": "as agreed"}
    return {"id": str(uuid7()), "name": name, "value": value} | said | changes


def test_the_catalog_holds_every_threshold_with_its_unit_and_default():
    assert tuple(one.name for one in THRESHOLDS) == PARAMETER_NAMES
    assert [one.default for one in THRESHOLDS] == [f.default for f in fields(Parameters)]
    for one in THRESHOLDS:
        assert all((one.unit, one.rules, one.says.endswith("."))), one.name
        assert not one.whole or one.default == int(one.default), one.name


def test_the_narrower_value_is_in_force_and_marked():
    high = next(one for one in THRESHOLDS if one.name == "high_factor")
    rows = [
        ParameterRow(None, "summer", "high_factor", Decimal(3)),
        ParameterRow("irrigation", None, "high_factor", Decimal(4)),
        ParameterRow(None, None, "low_factor", Decimal(9)),
    ]
    found = {
        (one.account_class, one.season): (one.value, one.is_set)
        for one in in_force(high, rows, ["residential", "irrigation", None])
    }
    assert found == {
        ("residential", Season.SUMMER): (3, True),
        ("residential", Season.WINTER): (2, False),
        ("irrigation", Season.SUMMER): (4, True),
        ("irrigation", Season.WINTER): (4, True),
        (None, Season.SUMMER): (3, True),
        (None, Season.WINTER): (2, False),
    }


async def test_a_value_set_shows_with_its_history(as_actor):
    chief = as_actor(Role.SUPERVISOR)
    body = a_value("high_factor", "3", account_class="commercial")
    assert (await chief.post("/read-rule-parameters", json=body)).status_code == 201
    page = (await chief.get("/read-rules/high_factor")).json()
    assert (page["threshold"]["unit"], page["threshold"]["default"]) == ("times", "2.0")
    (one,) = page["history"]
    assert (one["value"], one["reason"], one["from_on"]) == ("3", "as agreed", "2026-01-01")
    set_for = {v["account_class"] for v in page["threshold"]["values"] if v["is_set"]}
    assert set_for == {"commercial"}
    listed = (await chief.get("/read-rules")).json()
    assert [one["name"] for one in listed] == list(PARAMETER_NAMES)
    missing = await chief.get("/read-rules/highest")
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/threshold-not-found")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (a_value("zero_periods", "2.5"), "/value"),
        (a_value("oldest_months", "48", account_class="residential"), "/account_class"),
        (a_value("oldest_months", "48", season="summer"), "/season"),
        (a_value("highest", "2"), "/name"),
    ],
)
async def test_a_value_that_means_nothing_is_refused(as_actor, body, pointer):
    answer = await as_actor(Role.SUPERVISOR).post("/read-rule-parameters", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.fixture
async def read_twice_the_usual(uow):
    """A residential point that takes 10 a month, and 29 in the last month."""
    point, _, register = await a_metered_point(uow)
    await an_agreement(uow, point=point)
    await history(uow, register, *range(0, 121, 10))
    last_on = await uow.sql.fetchval("SELECT max(read_on) FROM reads")
    read = NewRead(register.id, last_on + timedelta(days=30), Decimal(149))
    await record_read(uow, read)
    await uow.session.commit()
    return read


async def preview(client, name, value, account_class=None, season=None):
    body = {"value": value, "account_class": account_class, "season": season}
    return await client.post(f"/read-rules/{name}/preview", json=body)


async def test_the_effect_is_told_on_the_last_regular_reads(as_actor, uow, read_twice_the_usual):
    clerk = as_actor(Role.TECHNICIAN)
    told = (await preview(clerk, "high_factor", "3")).json()
    assert (told["reads"], told["registers"], told["second_person"]) == (1, 1, False)
    assert told["first_on"] == told["last_on"] == read_twice_the_usual.read_on.isoformat()
    assert (told["before"], told["after"], told["newly"], told["no_longer"]) == (1, 0, 0, 1)
    same = (await preview(clerk, "high_factor", "2.5")).json()
    assert (same["before"], same["after"]) == (1, 1)
    assert await uow.sql.fetchval("SELECT count(*) FROM read_rule_parameters") == 0
    second = (await preview(clerk, "override_hcf", "20")).json()
    assert (second["second_person"], second["before"], second["after"]) == (True, 0, 1)


async def test_the_effect_is_of_its_class_and_season(as_actor, read_twice_the_usual):
    clerk = as_actor(Role.TECHNICIAN)
    assert (await preview(clerk, "high_factor", "3", "residential")).json()["reads"] == 1
    none = (await preview(clerk, "high_factor", "3", "commercial")).json()
    assert (none["reads"], none["registers"], none["before"], none["first_on"]) == (0, 0, 0, None)
    winter = (await preview(clerk, "high_factor", "3", season="winter")).json()
    assert date.fromisoformat(winter["last_on"]).month in {11, 12, 1, 2, 3, 4}
    assert (winter["before"], winter["after"]) == (0, 0)


async def test_the_effect_that_reads_cannot_tell_is_refused(as_actor):
    answer = await preview(as_actor(), "oldest_months", "48")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/effect-unknown")
