"""Agreements: the same-day rule, shares, news, attributes from a day on, guards of the point."""

from datetime import date

import pytest
from tests.factories.accounts import (
    a_rating_attribute,
    an_account,
    an_agreement,
)
from tests.factories.meters import a_service_point

from curbstop.accounts.agreements.actions import end_agreement, start_agreement
from curbstop.accounts.agreements.schemas import AgreementEnd, AgreementRequest
from curbstop.accounts.events import AgreementEnded, AgreementStarted
from curbstop.accounts.kinds import AccountStatus
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.meters.kinds import ServicePointStatus
from curbstop.parcels.kinds import Service

MAY = date(2026, 5, 17)


@pytest.fixture
def office(as_actor):
    return as_actor(Role.TECHNICIAN)


@pytest.fixture
async def point(uow):
    return await a_service_point(uow)


@pytest.fixture
async def account(uow):
    return await an_account(uow)


def starting(point, **changes):
    return {
        "id": str(uuid7()),
        "service_point_id": str(point.id),
        "service": "water",
        "rate_code": "W-RES",
        "from_on": "2026-05-17",
    } | changes


async def start(office, account, body):
    return await office.post(f"/accounts/{account.id}/agreements", json=body)


async def test_starting_and_ending_tell_the_rooms_above_once(uow, account, point):
    request = AgreementRequest(
        id=uuid7(),
        service_point_id=point.id,
        service=Service.WATER,
        rate_code="W-RES",
        from_on=MAY,
        attributes={"dwelling_units": "2"},
    )
    agreement = await start_agreement(uow, account.id, request)
    assert await start_agreement(uow, account.id, request) is agreement
    end = AgreementEnd(on=date(2026, 6, 1))
    await end_agreement(uow, agreement.id, end)
    await end_agreement(uow, agreement.id, end)
    who = (agreement.id, account.id, point.id, Service.WATER)
    assert uow.events == [AgreementStarted(*who, MAY), AgreementEnded(*who, end.on)]


async def test_the_day_of_the_change_belongs_to_the_incoming_party(office, uow, point, account):
    former = await an_agreement(uow, point=point)
    await uow.session.commit()
    early = await start(office, account, starting(point))
    assert (early.status_code, early.json()["type"]) == (409, "/problems/share-taken")
    ended = await office.post(f"/agreements/{former.id}/end", json={"on": "2026-05-17"})
    assert ended.json()["to_on"] == "2026-05-17"
    assert (await start(office, account, starting(point))).status_code == 201


async def test_an_agreement_may_end_on_the_day_it_began_and_take_no_day(office, uow, point):
    account, next_account = await an_account(uow), await an_account(uow)
    await uow.session.commit()
    body = starting(point)
    await start(office, account, body)
    ended = await office.post(f"/agreements/{body['id']}/end", json={"on": "2026-05-17"})
    assert (ended.json()["from_on"], ended.json()["to_on"]) == ("2026-05-17", "2026-05-17")
    assert (await start(office, next_account, starting(point))).status_code == 201


async def test_a_shared_meter_is_shared_up_to_100_percent(office, uow, point):
    accounts = [await an_account(uow) for _ in range(3)]
    await uow.session.commit()
    shares = ["62.50", "37.50", "0.01"]
    answers = [
        await start(office, account, starting(point, share_percent=share))
        for account, share in zip(accounts, shares, strict=True)
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert answers[2].json()["type"] == "/problems/share-taken"
    assert f"{accounts[0].number} has 62.50 %" in answers[2].json()["detail"]


async def test_a_share_that_would_collide_later_is_refused_with_the_day(office, uow, point):
    await an_agreement(uow, point=point, from_on=date(2026, 9, 1))
    account = await an_account(uow)
    await uow.session.commit()
    answer = await start(office, account, starting(point))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/share-taken")
    assert "on 2026-09-01" in answer.json()["detail"]


async def test_an_agreement_needs_an_open_account_and_a_point_in_use(office, uow, point):
    closed = await an_account(uow, status=AccountStatus.CLOSED, closed_on=date(2025, 1, 1))
    young = await an_account(uow, opened_on=date(2026, 6, 1))
    gone = await a_service_point(uow, status=ServicePointStatus.ABANDONED)
    open_ = await an_account(uow)
    await uow.session.commit()

    async def problem(account, point):
        return (await start(office, account, starting(point))).json()["type"]

    assert await problem(closed, point) == "/problems/account-closed"
    assert await problem(young, point) == "/problems/agreement-before-account"
    assert await problem(open_, gone) == "/problems/service-point-gone"
    assert (await start(office, open_, starting(point, service_point_id=str(uuid7())))).json()[
        "type"
    ] == "/problems/service-point-not-found"


async def test_an_account_takes_a_service_at_a_point_once(office, uow, account, point):
    await uow.session.commit()
    await start(office, account, starting(point, share_percent="10"))
    again = await start(office, account, starting(point, share_percent="10"))
    assert (again.status_code, again.json()["type"]) == (409, "/problems/agreement-stands")


async def test_the_same_id_with_other_content_is_a_conflict(office, uow, account, point):
    await uow.session.commit()
    body = starting(point, attributes={"dwelling_units": "1"})
    assert (await start(office, account, body)).status_code == 201
    for other in ({"rate_code": "W-COM"}, {"attributes": {"dwelling_units": "2"}}):
        answer = await start(office, account, body | other)
        assert answer.json()["type"] == "/problems/idempotency-conflict"


@pytest.mark.parametrize("on", ["2023-12-31", "2026-06-02"])
async def test_an_end_before_the_beginning_or_a_second_end_is_refused(office, uow, on):
    agreement = await an_agreement(uow)
    await uow.session.commit()
    url = f"/agreements/{agreement.id}/end"
    if on > "2026":
        await office.post(url, json={"on": "2026-06-01"})
    answer = await office.post(url, json={"on": on})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/agreement-end-refused")


async def test_an_attribute_changes_from_a_day_on_and_until_the_next_one_on_record(office, uow):
    agreement = await an_agreement(uow)
    await a_rating_attribute(uow, agreement, "dwelling_units", "1", to_on=date(2026, 9, 1))
    await a_rating_attribute(uow, agreement, "dwelling_units", "4", from_on=date(2026, 9, 1))
    await uow.session.commit()
    url = f"/agreements/{agreement.id}/attributes"

    async def put(value, from_on):
        body = {"name": "dwelling_units", "value": value, "from_on": from_on, "reason": "permit 7"}
        answer = await office.post(url, json=body)
        assert answer.status_code == 200, answer.text
        return [(a["value"], a["from_on"], a["to_on"]) for a in answer.json()]

    first, last = ("1", "2024-01-01", "2026-05-17"), ("4", "2026-09-01", None)
    expected = [first, ("2", "2026-05-17", "2026-09-01"), last]
    assert await put("2", "2026-05-17") == expected
    assert await put("2", "2026-05-17") == expected
    assert await put("3", "2026-05-17") == [first, ("3", "2026-05-17", "2026-09-01"), last]
    assert await put(None, "2026-05-17") == [first, last]
    assert await put(None, "2026-12-01") == [first, (*last[:2], "2026-12-01")]


async def test_an_attribute_changes_within_its_agreement_and_leaves_its_trail(
    office, uow, db, actor
):
    agreement = await an_agreement(uow, to_on=date(2026, 6, 1))
    await a_rating_attribute(uow, agreement, "lot_group", "A")
    await uow.session.commit()
    url = f"/agreements/{agreement.id}/attributes"
    body = {"name": "lot_group", "value": "B", "from_on": "2026-05-01", "reason": "measured anew"}
    for outside in ("2023-12-31", "2026-06-01"):
        answer = await office.post(url, json=body | {"from_on": outside})
        assert answer.json()["type"] == "/problems/attribute-outside-agreement"
    assert (await office.post(url, json=body)).status_code == 200
    async with db.read(actor) as reader:
        event = await reader.sql.fetchrow(
            "SELECT * FROM audit_events WHERE action = 'agreements.attribute_set'"
        )
    assert (event["before"], event["after"]["lot_group"]) == ({"lot_group": "A"}, "B")
    assert event["reason"] == "measured anew"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"share_percent": "0"}, "/share_percent"),
        ({"share_percent": "100.01"}, "/share_percent"),
        ({"share_percent": "33.333"}, "/share_percent"),
        ({"rate_code": "a\x00"}, "/rate_code"),
        ({"service": "gas"}, "/service"),
        ({"from_on": "soon"}, "/from_on"),
    ],
)
async def test_what_cannot_be_an_agreement_is_refused(
    office, uow, account, point, changes, pointer
):
    await uow.session.commit()
    answer = await start(office, account, starting(point, **changes))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_point_in_use_is_not_abandoned(office, uow, point):
    agreement = await an_agreement(uow, point=point)
    await uow.session.commit()
    url = f"/service-points/{point.id}"
    gone, match = {"status": "abandoned"}, {"If-Match": '"1"'}
    refused = await office.patch(url, json=gone, headers=match)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/service-point-in-use")
    assert (await office.get(url)).json()["service_point"]["status"] == "active"
    await office.post(f"/agreements/{agreement.id}/end", json={"on": "2026-07-15"})
    done = await office.patch(url, json=gone, headers=match)
    assert done.json()["status"] == "abandoned"


async def test_the_cashier_starts_nothing(as_actor, uow, account, point):
    await uow.session.commit()
    assert (await start(as_actor(Role.CASHIER), account, starting(point))).status_code == 403
