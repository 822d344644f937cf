"""Setting, removing, exchanging: the reads of the day, the news, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.meters import (
    a_compound_meter,
    a_meter,
    a_service_point,
    an_installation,
)

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.kernel.units import Unit
from curbstop.meters.events import MeterInstalled, MeterRemoved
from curbstop.meters.installations.actions import exchange_meter
from curbstop.meters.installations.schemas import ExchangeRequest
from curbstop.meters.kinds import MeterStatus, RegisterNumber, ServicePointStatus
from curbstop.meters.queries import registers_of


@pytest.fixture
def office(as_actor):
    return as_actor(Role.OPERATIONS)


@pytest.fixture
async def point(uow):
    return await a_service_point(uow)


def setting(meter, point, **changes):
    return {
        "id": str(uuid7()),
        "meter_id": str(meter.id),
        "service_point_id": str(point.id),
        "on": "2026-07-01",
        "reads": {"0": "17"},
    } | changes


async def test_a_meter_is_set_once_however_often_it_is_sent(office, uow, point):
    meter = await a_meter(uow)
    await uow.session.commit()
    request = setting(meter, point)
    answers = [await office.post("/installations", json=request) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
    assert answers[0].json() == answers[1].json()
    page = (await office.get(f"/service-points/{point.id}")).json()
    assert [stay["serial"] for stay in page["installations"]] == [meter.serial]
    assert page["installations"][0]["registers"][0]["billing_step"] == "100.000000"


async def test_an_exchange_is_one_act_with_the_reads_of_both_meters(uow, point):
    old, new = await a_meter(uow), await a_compound_meter(uow)
    before = await an_installation(uow, point, old)
    request = ExchangeRequest(
        id=uuid7(),
        meter_id=new.id,
        on=date(2026, 7, 1),
        out_reads={RegisterNumber.ONLY: Decimal(987_654)},
        in_reads={RegisterNumber.LOW: Decimal(3), RegisterNumber.HIGH: Decimal(0)},
    )
    removed, installed = await exchange_meter(uow, point.id, request)
    assert (removed.id, removed.to_on, installed.from_on) == (before.id, request.on, request.on)
    registers = await registers_of(uow.sql, [old.id, new.id])
    (only,), (high, low) = registers[old.id], registers[new.id]
    assert uow.events == [
        MeterRemoved(
            *(before.id, point.id, old.id, request.on),
            *({only.register_id: Decimal(987_654)}, {only.register_id: Unit.CF}),
        ),
        MeterInstalled(
            *(installed.id, point.id, new.id, request.on),
            {low.register_id: Decimal(3), high.register_id: Decimal(0)},
            {low.register_id: Unit.CF, high.register_id: Unit.CF},
        ),
    ]
    uow.events.clear()
    assert await exchange_meter(uow, point.id, request) == (removed, installed)
    assert uow.events == []


async def test_a_refused_exchange_leaves_the_old_meter_where_it_was(office, uow, point):
    new = await a_meter(uow, status=MeterStatus.RETIRED, retired_on=date(2025, 1, 1))
    standing = await an_installation(uow, point)
    await uow.session.commit()
    body = {
        "id": str(uuid7()),
        "meter_id": str(new.id),
        "on": "2026-07-01",
        "out_reads": {"0": "5"},
        "in_reads": {"0": "0"},
    }
    answer = await office.post(f"/service-points/{point.id}/exchange", json=body)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/meter-retired")
    page = (await office.get(f"/service-points/{point.id}")).json()
    assert [(stay["installation_id"], stay["to_on"]) for stay in page["installations"]] == [
        (str(standing.id), None)
    ]


async def test_nothing_can_be_exchanged_where_nothing_stands(office, uow, point):
    meter = await a_meter(uow)
    await uow.session.commit()
    body = {
        "id": str(uuid7()),
        "meter_id": str(meter.id),
        "on": "2026-07-01",
        "out_reads": {"0": "5"},
        "in_reads": {"0": "0"},
    }
    answer = await office.post(f"/service-points/{point.id}/exchange", json=body)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/nothing-to-exchange")


@pytest.mark.parametrize(
    ("reads", "pointer", "words"),
    [
        ({"0": "1000000"}, "/reads/0", "6 dials"),
        ({"0": "17.5"}, "/reads/0", "more decimals"),
        ({"L": "17"}, "/reads/L", "no such register"),
        ({"0": "-1"}, "/reads/0", "greater than or equal to 0"),
        ({"0": "1e400"}, "/reads/0", "less than"),
        ({}, "/reads", "at least 1"),
    ],
)
async def test_a_read_that_the_register_cannot_show_is_refused(
    office, uow, point, reads, pointer, words
):
    meter = await a_meter(uow)
    await uow.session.commit()
    answer = await office.post("/installations", json=setting(meter, point, reads=reads))
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert error["pointer"] == pointer
    assert words in error["detail"]


async def test_both_sides_of_a_compound_meter_are_read(office, uow, point):
    meter = await a_compound_meter(uow)
    await uow.session.commit()
    answer = await office.post("/installations", json=setting(meter, point, reads={"L": "1"}))
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "/reads/H", "detail": "this register was not read"}
    ]


async def test_a_meter_elsewhere_and_a_point_taken_are_said_in_words(office, uow, point):
    here, there = await a_meter(uow), await an_installation(uow)
    await an_installation(uow, point, here)
    await uow.session.commit()
    free = await a_service_point(uow)
    spare = await a_meter(uow)
    taken = await office.post("/installations", json=setting(spare, point))
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/point-has-meter")
    assert here.serial in taken.json()["detail"]
    elsewhere = await office.post("/installations", json=setting(here, free))
    assert (elsewhere.status_code, elsewhere.json()["type"]) == (409, "/problems/meter-elsewhere")
    beside = await office.post("/installations", json=setting(spare, point, role="bypass"))
    assert beside.status_code == 201
    assert there.to_on is None


@pytest.mark.parametrize(("on", "status"), [("2026-07-15", 201), ("2026-07-16", 409)])
async def test_a_meter_is_set_today_at_the_latest(office, uow, point, on, status):
    meter = await a_meter(uow)
    await uow.session.commit()
    answer = await office.post("/installations", json=setting(meter, point, on=on))
    assert answer.status_code == status, answer.text


async def test_a_meter_comes_out_on_one_day_and_not_before_it_went_in(office, uow, point):
    installation = await an_installation(uow, point, from_on=date(2026, 5, 1))
    await uow.session.commit()
    url = f"/installations/{installation.id}/remove"

    async def out(on):
        return await office.post(url, json={"on": on, "reads": {"0": "99"}})

    assert (await out("2026-04-30")).json()["type"] == "/problems/installation-ended"
    assert [(await out("2026-06-01")).status_code for _ in range(2)] == [200, 200]
    assert (await out("2026-06-02")).json()["type"] == "/problems/installation-ended"
    assert (
        await office.post(
            f"/installations/{uuid7()}/remove", json={"on": "2026-06-02", "reads": {"0": "1"}}
        )
    ).status_code == 404


async def test_an_abandoned_point_takes_no_meter(office, uow):
    point = await a_service_point(uow, status=ServicePointStatus.ABANDONED)
    meter = await a_meter(uow)
    await uow.session.commit()
    answer = await office.post("/installations", json=setting(meter, point))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/service-point-gone")


async def test_a_deduction_is_made_once_never_in_a_circle_and_ends(office, uow):
    a, b = [await a_service_point(uow) for _ in range(2)]
    await uow.session.commit()

    async def deduct(parent, child, id_=None, from_on="2026-01-01"):
        return await office.post(
            "/deductions",
            json={
                "id": str(id_ or uuid7()),
                "parent_service_point_id": str(parent.id),
                "child_service_point_id": str(child.id),
                "from_on": from_on,
            },
        )

    made = uuid7()
    assert [(await deduct(a, b, made)).status_code for _ in range(2)] == [201, 201]
    assert (await deduct(a, b)).json()["type"] == "/problems/deduction-stands"
    assert (await deduct(b, a)).json()["type"] == "/problems/deduction-circle"
    assert (await deduct(a, a)).status_code == 422
    page = (await office.get(f"/service-points/{b.id}")).json()
    assert page["deductions"][0]["parent_code"] == a.code
    url = f"/deductions/{made}/end"
    assert (await office.post(url, json={"to_on": "2025-12-31"})).status_code == 409
    ended = [await office.post(url, json={"to_on": "2026-06-01"}) for _ in range(2)]
    assert [answer.json()["to_on"] for answer in ended] == ["2026-06-01"] * 2
    assert (await deduct(b, a, from_on="2026-06-01")).status_code == 201


async def test_the_cashier_sets_no_meters(as_actor, uow, point):
    meter = await a_meter(uow)
    await uow.session.commit()
    cashier = as_actor(Role.CASHIER)
    assert (await cashier.post("/installations", json=setting(meter, point))).status_code == 403


async def test_the_same_id_on_another_day_is_a_conflict(office, uow, point):
    meter = await a_meter(uow)
    await uow.session.commit()
    request = setting(meter, point)
    first, again = [await office.post("/installations", json=request) for _ in range(2)]
    assert (first.status_code, again.json()) == (201, first.json())
    moved = await office.post("/installations", json=request | {"on": "2026-07-02"})
    assert moved.json()["type"] == "/problems/idempotency-conflict"
