"""Decisions on the edit list: what each does to the reads, and that some take two people."""

from datetime import date
from decimal import Decimal

import asyncpg
import pytest
from tests.conftest import make_actor
from tests.factories.accounts import an_agreement
from tests.factories.meters import a_meter, a_service_point, an_installation
from tests.readings.plant import HCF, a_metered_point, a_read, register_of
from tests.readings.test_imports import a_file, exceptions, history, receive

from curbstop.documents.files.actions import store_file
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.meters.events import MeterInstalled, MeterRemoved
from curbstop.readings.actions import NewRead, ReadDoesNotFit, record_read, withdraw_read
from curbstop.readings.consumption.quantities import Block
from curbstop.readings.consumption.queries import consumption_of
from curbstop.readings.estimation.actions import estimate_read
from curbstop.readings.handlers import store_in_reads, store_out_reads
from curbstop.readings.reviews import actions
from curbstop.readings.reviews.parameters import set_parameter
from curbstop.readings.reviews.schemas import Act, MatchRequest, ParameterRequest
from curbstop.readings.walks.actions import add_walk, enter_reads
from curbstop.readings.walks.schemas import EntriesRequest, Entry, WalkBody

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
WHY = "looked at the photo"


async def a_point(uow, *values, start=date(2025, 6, 1)):
    """A point with a customer and monthly reads."""
    point, meter, register = await a_metered_point(uow)
    await an_agreement(uow, point=point)
    await history(uow, register, *values, start=start)
    return point, meter, register


async def import_read(uow, meter, value, on="2026-07-01"):
    await receive(uow, a_file(f"{meter.serial},{on},{value}"))
    return await uow.sql.fetch("SELECT * FROM read_reviews ORDER BY created_at, id")


async def consumed(uow, point):
    return (await consumption_of(uow.sql, [point.id], date(2026, 7, 31)))[point.id]


async def states(uow):
    rows = await uow.sql.fetch("SELECT rule, state FROM read_reviews ORDER BY created_at, id")
    return [(row["rule"], row["state"]) for row in rows]


async def test_an_accepted_high_read_may_be_billed(uow):
    point, meter, _ = await a_point(uow, *range(0, 121, 10))
    (review,) = await import_read(uow, meter, 160)
    assert (await consumed(uow, point)).block is Block.OPEN_REVIEW
    done = await actions.act_on(uow, [review["id"]], Act.ACCEPT, WHY)
    assert (done.done, done.proposed, done.refused) == ([review["id"]], [], [])
    used = await consumed(uow, point)
    assert (used.quantity.value, used.blocked_by) == (40, None)


async def test_above_the_threshold_another_person_must_approve(uow):
    point, meter, _ = await a_point(uow, *range(0, 121, 10))
    (review,) = await import_read(uow, meter, 190)
    done = await actions.act_on(uow, [review["id"]], Act.ACCEPT, WHY)
    assert (done.done, done.proposed) == ([], [review["id"]])
    assert (await consumed(uow, point)).block is Block.OPEN_REVIEW
    alone = await actions.approve(uow, [review["id"]])
    assert [r.problem for r in alone.refused] == ["second-person-is-first"]
    uow.actor = make_actor(Role.SUPERVISOR)
    assert (await actions.approve(uow, [review["id"]])).done == [review["id"]]
    assert (await consumed(uow, point)).blocked_by is None


@pytest.mark.parametrize(
    "change",
    [
        "state = 'accepted', decided_by = gen_random_uuid()",
        "state = 'accepted', decided_by = id, approved_by = id",
    ],
)
async def test_the_database_itself_wants_the_second_person(uow, change):
    _, meter, _ = await a_point(uow, *range(0, 121, 10))
    await import_read(uow, meter, 190)
    with pytest.raises(asyncpg.CheckViolationError, match="second_person"):
        await uow.sql.execute(f"UPDATE read_reviews SET {change}")


async def test_a_rollover_counts_once_it_is_accepted(uow):
    point, meter, register = await a_point(uow, 9927, 9947, 9967, 9987, start=date(2026, 3, 1))
    (review,) = await import_read(uow, meter, 14)
    refused = await actions.act_on(uow, [review["id"]], Act.ACCEPT, WHY)
    assert [r.problem for r in refused.refused] == ["review-act-does-not-fit"]
    assert (await consumed(uow, point)).block is Block.OPEN_REVIEW
    await actions.act_on(uow, [review["id"]], Act.ROLLOVER, WHY)
    used = await consumed(uow, point)
    assert (used.quantity.value, used.parts[0].rollovers, used.blocked_by) == (27, 1, None)
    revisions = await uow.sql.fetchval(
        "SELECT count(*) FROM reads WHERE register_id = $1 AND read_on = $2", register.id, JULY
    )
    assert revisions == 2


async def test_a_misread_is_taken_for_a_large_rollover_by_two_people_only(uow):
    _, meter, _ = await a_point(uow, *range(200, 321, 10))
    (review,) = await import_read(uow, meter, 150)  # as a rollover it would bill nearly the dial
    assert await uow.sql.fetchval("SELECT rule FROM read_reviews") == "negative"
    done = await actions.act_on(uow, [review["id"]], Act.ROLLOVER, WHY)
    assert (done.done, done.proposed) == ([], [review["id"]])


async def test_an_estimate_takes_the_place_of_a_skipped_read_and_keeps_its_method(uow):
    point, meter, _ = await a_point(uow, *range(0, 121, 10))
    await receive(uow, a_file(f"{meter.serial},2026-07-01,,DOG", header="meter,date,reading,skip"))
    ((rule, _),) = await exceptions(uow)
    assert rule == "missing"
    review = await uow.sql.fetchval("SELECT id FROM read_reviews")
    await actions.act_on(uow, [review], Act.ESTIMATE, WHY)
    used = await consumed(uow, point)
    assert (used.quantity.value, used.method, used.blocked_by) == (10, "estimated", None)
    made = await uow.sql.fetchrow("SELECT method, explanation FROM estimates")
    assert made["method"] == "same_month_last_year"
    assert "x 30 days = 10" in made["explanation"]


async def test_the_next_actual_read_below_the_estimate_asks_for_cancel_and_rebill(uow):
    point, meter, register = await a_point(uow, 100, 130, start=date(2026, 4, 1))
    await a_read(uow, register, JUNE, 160, method="estimated")
    (review,) = await import_read(uow, meter, 155)
    assert review["reason"] == "160 to 155: the estimate before was too high; cancel and rebill"
    used = (await consumption_of(uow.sql, [point.id], JULY, {point.id: JUNE}))[point.id]
    assert used.block in (Block.OPEN_REVIEW, Block.ESTIMATE_TOO_HIGH)


async def test_nothing_to_estimate_from_leaves_the_exception_as_it_was(uow):
    _, meter, _ = await a_metered_point(uow)
    await receive(uow, a_file(f"{meter.serial},2026-07-01,,DOG", header="meter,date,reading,skip"))
    review = await uow.sql.fetchval("SELECT id FROM read_reviews")
    done = await actions.act_on(uow, [review], Act.ESTIMATE, WHY)
    assert [r.problem for r in done.refused] == ["nothing-to-estimate-from"]
    assert await states(uow) == [("missing", "open")]


@pytest.mark.parametrize(("act", "state"), [(Act.HOLD, "held"), (Act.REREAD, "reread")])
async def test_hold_and_reread_keep_the_read_from_being_billed(uow, act, state):
    point, meter, _ = await a_point(uow, *range(0, 121, 10))
    (review,) = await import_read(uow, meter, 160)
    await actions.act_on(uow, [review["id"]], act, WHY)
    assert await states(uow) == [("high", state)]
    assert (await consumed(uow, point)).block is Block.OPEN_REVIEW


async def test_a_corrected_read_answers_the_exception_and_is_judged_itself(uow):
    point, meter, register = await a_point(uow, *range(0, 121, 10))
    await import_read(uow, meter, 160)
    assert await record_read(uow, NewRead(register.id, JULY, Decimal(131)), reason="re-read")
    assert await states(uow) == [("high", "dismissed")]
    assert (await consumed(uow, point)).quantity.value == 11
    assert not await record_read(uow, NewRead(register.id, JULY, Decimal(131)))
    assert await record_read(uow, NewRead(register.id, JULY, Decimal(20)))
    assert await states(uow) == [("high", "dismissed"), ("negative", "open")]


async def test_a_withdrawn_read_leaves_the_day_without_one(uow):
    point, _, register = await a_point(uow, *range(0, 121, 10))
    await withdraw_read(uow, register.id, JUNE, "wrong house")
    used = await consumed(uow, point)
    assert (used.period.start, used.period.end) == (date(2026, 4, 1), date(2026, 5, 1))


async def test_a_value_that_the_dials_cannot_show_is_refused(uow):
    _, _, register = await a_metered_point(uow)
    with pytest.raises(ReadDoesNotFit, match="4 whole digits"):
        await record_read(uow, NewRead(register.id, JULY, Decimal(10_000)))


async def test_a_duplicate_s_value_takes_the_day_when_accepted(uow):
    point, meter, _ = await a_point(uow, *range(0, 121, 10))
    await import_read(uow, meter, 129)
    _ = await import_read(uow, meter, 131)
    review = await uow.sql.fetchval("SELECT id FROM read_reviews WHERE rule = 'duplicate'")
    await actions.act_on(uow, [review], Act.ACCEPT, WHY)
    used = await consumed(uow, point)
    assert (used.quantity.value, used.blocked_by) == (11, None)


async def test_an_unknown_line_is_matched_to_a_register_and_judged(uow):
    point, _, register = await a_point(uow, *range(0, 121, 10))
    await receive(uow, a_file("LOST,2026-07-01,130"))
    review = await uow.sql.fetchval("SELECT id FROM read_reviews")
    await actions.match_line(uow, review, MatchRequest(register_id=register.id, reason=WHY))
    assert await states(uow) == [("unknown_meter", "matched")]
    assert (await consumed(uow, point)).quantity.value == 10
    with pytest.raises(actions.ReviewDecided):
        await actions.match_line(uow, review, MatchRequest(register_id=register.id, reason=WHY))


async def test_a_match_says_when_the_register_was_read_that_day(uow):
    _, meter, register = await a_point(uow, *range(0, 121, 10))
    await receive(uow, a_file(f"{meter.serial},2026-07-01,131"))
    await receive(uow, a_file("LOST,2026-07-01,134"))
    review = await uow.sql.fetchval("SELECT id FROM read_reviews WHERE rule = 'unknown_meter'")
    request = MatchRequest(register_id=register.id, reason=WHY)
    with pytest.raises(actions.RegisterReadThatDay, match="131 on 2026-07-01, not 134"):
        await actions.match_line(uow, review, request)
    await actions.match_line(uow, review, request.model_copy(update={"replaces": True}))
    values = await uow.sql.fetch(
        "SELECT value FROM reads WHERE read_on = $1 ORDER BY revision", JULY
    )
    assert [row["value"] for row in values] == [131, 134]


async def test_like_rows_are_decided_together_and_misfits_named(uow):
    ids = []
    for _ in range(3):
        _, meter, _ = await a_point(uow, *range(0, 121, 10))
        await receive(uow, a_file(f"{meter.serial},2026-07-01,123"))
    ids = [r["id"] for r in await uow.sql.fetch("SELECT id FROM read_reviews ORDER BY id")]
    await actions.act_on(uow, ids[:1], Act.DISMISS, WHY)
    done = await actions.act_on(uow, ids, Act.DISMISS, WHY)
    assert (len(done.done), [r.problem for r in done.refused]) == (2, ["review-decided"])
    with pytest.raises(actions.ReviewNotFound):
        await actions.act_on(uow, [uuid7()], Act.HOLD, WHY)


async def test_a_district_s_own_threshold_holds_for_its_class(uow):
    request = ParameterRequest(
        id=uuid7(),
        name="high_factor",
        account_class="residential",
        season=None,
        value=Decimal(9),
        from_on=date(2026, 1, 1),
        reason="drought year",
    )
    assert (await set_parameter(uow, request)) == (await set_parameter(uow, request))
    _, meter, _ = await a_point(uow, *range(0, 121, 10))
    assert await import_read(uow, meter, 160) == []


async def test_an_exchange_stores_in_and_out_reads_in_the_same_transaction(uow):
    point = await a_service_point(uow)
    old, new = await a_meter(uow, registers=(HCF,)), await a_meter(uow, registers=(HCF,))
    day = date(2026, 6, 12)
    out = await an_installation(uow, point, old, to_on=day)
    into = await an_installation(uow, point, new, from_on=day)
    old_register, new_register = await register_of(uow, old), await register_of(uow, new)
    await a_read(uow, old_register, JUNE, 1240)
    removed = {old_register.id: Decimal(1262)}
    await store_out_reads(uow, MeterRemoved(out.id, point.id, old.id, day, removed, {}))
    added = {new_register.id: Decimal(0)}
    await store_in_reads(uow, MeterInstalled(into.id, point.id, new.id, day, added, {}))
    await a_read(uow, new_register, JULY, 9)
    used = (await consumption_of(uow.sql, [point.id], JULY, {point.id: JUNE}))[point.id]
    assert (used.quantity.value, used.blocked_by) == (31, None)


async def test_a_new_meter_is_estimated_from_its_class(uow):
    for daily in (30, 60):
        await a_point(uow, *(daily * month for month in range(5)), start=date(2026, 2, 1))
    point, _, register = await a_metered_point(uow)
    await an_agreement(uow, point=point)
    await a_read(uow, register, JUNE, 500)
    made = await estimate_read(uow, register.id, JULY, "new meter, locked gate")
    assert made.method == "class_average"
    # 1 and 2 a day over 31, 30 and 31 days: 30/31 + 30/30 + 30/31 over 3, twice that, halved.
    assert made.used == Decimal(44)
    used = (await consumption_of(uow.sql, [point.id], JULY, {point.id: JUNE}))[point.id]
    assert (used.quantity.value, used.method) == (44, "estimated")


async def test_a_photo_is_kept_beside_the_code(uow, actor):
    _, _, register = await a_metered_point(uow)
    walk = uuid7()
    body = WalkBody(id=walk, code="9", name="Birch")
    await add_walk(uow, body)
    photo = await store_file(uow, b"\xff\xd8jpeg", "dial.jpg", "image/jpeg")
    entry = Entry(register_id=register.id, value=Decimal(5), note="glass fogged", photo_id=photo.id)
    await enter_reads(uow, walk, EntriesRequest(read_on=JULY, entries=[entry]))
    kept = await uow.sql.fetchrow("SELECT photo_id, note FROM read_codes")
    assert (kept["photo_id"], kept["note"]) == (photo.id, "glass fogged")
    assert (await uow.sql.fetchval("SELECT value FROM reads")) == 5
