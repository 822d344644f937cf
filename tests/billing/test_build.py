"""A chunk of accounts becomes bills: whole cents, plain reasons, the same bytes every time."""

from datetime import date
from decimal import Decimal

import pytest

from curbstop.billing.bills.rating import Share, facts_of, input_from, rate_shared, share_from
from curbstop.billing.runs.build import build_chunk
from curbstop.billing.runs.ids import bill_id, bill_number
from curbstop.billing.runs.models import ExceptionCode, RunKind, Severity
from curbstop.billing.runs.periods import Rates
from curbstop.kernel.dates import Period
from curbstop.rates.engine.inputs import Dated, RatingInput
from curbstop.readings.consumption.quantities import Block
from tests.billing.samples import (
    JUNE,
    SPACE,
    account,
    consumption,
    sample_id,
    sample_rates,
    sample_terms,
)

RATES = sample_rates()


def build(*accounts, terms=None):
    return build_chunk(terms or sample_terms(), RATES, accounts, 0, 0)


COLUMNS = (
    *("id", "number", "run", "chunk", "ordinal", "account", "class", "kind", "from_", "to"),
    *("bill_on", "due_on", "cents", "lines", "estimated"),
)


def bill_of(result, place=0):
    return dict(zip(COLUMNS, result.bills[place], strict=True))


def lines_of(result):
    """Rows of line number, rated line and its cents, bill by bill."""
    return [
        (charged.bill_id, number, *line)
        for charged in result.charges
        for number, line in enumerate(charged.priced.lines, charged.first_line)
    ]


def test_weather_is_counted_by_days_and_missing_where_a_month_is_not_known():
    inches = {"CIMIS-44": {date(2026, 6, 1): Decimal(6), date(2026, 7, 1): Decimal("6.2")}}
    rates = Rates(RATES.catalog, inches)
    assert rates.evapotranspiration("CIMIS-44", Period(date(2026, 6, 16), date(2026, 7, 11))) == 5
    assert rates.evapotranspiration("CIMIS-44", Period(date(2026, 7, 1), date(2026, 8, 2))) is None
    assert rates.evapotranspiration("CIMIS-45", JUNE) is None


def test_a_house_pays_its_service_its_tiers_and_its_sewer():
    result = build(account(1, "12"))
    bill = bill_of(result)
    assert bill["cents"] == 28_00 + 10 * 3_00 + 2 * 5_00 + 40_00
    assert bill["lines"] == len(lines_of(result)) == 4
    assert [line[1] for line in lines_of(result)] == [1, 2, 3, 4]
    assert sum(line[-1] for line in lines_of(result)) == bill["cents"] == result.cents
    assert (bill["from_"], bill["to"]) == (JUNE.start, JUNE.end)
    assert bill["number"] == bill_number(7, 0)


def test_the_same_inputs_give_the_same_rows():
    accounts = [account(n, str(n)) for n in range(1, 9)]
    again = [account(n, str(n)) for n in range(1, 9)]
    assert build(*accounts) == build(*again)


def test_one_failed_account_stops_nobody_and_says_why():
    unread = account(2, None)
    broken = account(3)
    broken.agreements[1].attributes = []  # no meter size: the schedule has no price for it
    result = build(account(1), unread, broken, account(4))
    assert [bill_of(result, n)["account"] for n in (0, 1)] == [
        sample_id("account", 1),
        sample_id("account", 4),
    ]
    reasons = {t.account_id: (t.code, t.reason) for t in result.troubles}
    assert reasons[sample_id("account", 2)] == (ExceptionCode.NO_READ, "Water: no reads were found")
    code, reason = reasons[sample_id("account", 3)]
    assert code is ExceptionCode.CANNOT_PRICE
    assert "meter size" in reason
    assert all(t.severity is Severity.BLOCK for t in result.troubles)


def test_a_defect_in_one_account_is_an_exception_of_that_account():
    broken = account(2)
    broken.agreements[0].service = "steam"  # a service that no code path knows
    result = build(account(1), broken)
    assert len(result.bills) == 1
    assert [t.code for t in result.troubles] == [ExceptionCode.DEFECT]


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (Block.MISSING_END, ExceptionCode.NO_READ),
        (Block.OPEN_REVIEW, ExceptionCode.OPEN_REVIEW),
        (Block.BACKWARD, ExceptionCode.CONSUMPTION),
    ],
)
def test_a_blocked_consumption_gives_its_own_reason(block, code):
    blocked = account(1)
    water = blocked.agreements[1]
    water.consumption = consumption(water.service_point_id, JUNE, "1", "the dial is stuck", block)
    assert [(t.code, t.reason) for t in build(blocked).troubles] == [
        (code, "Water: the dial is stuck")
    ]


def test_another_runs_draft_is_named():
    taken = account(1)
    taken.agreements[0].other_run = 5
    assert "Run 5 bills this service already" in build(taken).troubles[0].reason


def test_an_unknown_rate_code_is_named():
    wrong = account(1)
    wrong.agreements[0].rate_code = "NONE"
    assert [t.code for t in build(wrong).troubles] == [ExceptionCode.NO_TARIFF]


def test_a_read_before_the_window_does_not_close_the_period():
    early = account(1)
    water = early.agreements[1]
    short = Period(JUNE.start, date(2026, 6, 12))
    water.consumption = consumption(water.service_point_id, short, "4")
    trouble = build(early).troubles[0]
    assert trouble.code is ExceptionCode.NO_READ
    assert "2026-06-12" in trouble.reason


def test_a_first_and_a_final_bill_pay_by_days():
    moved_in = account(1, "2", from_on=date(2026, 6, 16), billed_to=None)
    moved_out = account(2, "4", to_on=date(2026, 6, 16))
    result = build(moved_in, moved_out)
    first, final = bill_of(result, 0), bill_of(result, 1)
    assert (first["kind"], final["kind"]) == ("first", "final")
    assert first["cents"] == 14_00 + 2 * 3_00 + 20_00  # 15 of 30 days
    assert final["cents"] == 14_00 + 4 * 3_00 + 20_00


def test_wandering_reading_days_leave_a_whole_cycle_whole():
    late = account(1, "5")
    water = late.agreements[1]
    period = Period(JUNE.start, date(2026, 7, 3))
    water.consumption = consumption(water.service_point_id, period, "5")
    assert bill_of(build(late))["cents"] == 28_00 + 15_00 + 40_00


def test_a_skipped_cycle_is_caught_up():
    skipped = account(1, "9", billed_to=date(2026, 5, 1))
    # 61 days in the place of 30: service and sewer by days, one period of use
    assert bill_of(build(skipped))["cents"] == 56_93 + 27_00 + 81_33


def test_zero_days_are_no_charge_and_nothing_left_is_said():
    done = account(1, billed_to=JUNE.end)
    for agreement in done.agreements:
        agreement.to_on = JUNE.end
    trouble = build(done).troubles[0]
    assert trouble.code is ExceptionCode.NOTHING_TO_BILL


def test_off_cycle_bills_are_partial():
    terms = sample_terms(RunKind.OFF_CYCLE, read_from=None, through_on=JUNE.end)
    assert bill_of(build(account(1), terms=terms))["kind"] == "off_cycle"


def test_a_shared_meter_splits_each_line_to_the_cent():
    house = account(1, "0").agreements[1]
    bill = RatingInput("W", JUNE, Decimal(24), attributes={"meter_size": "5/8"})
    weights = (3300, 3300, 3400)
    parts = [rate_shared(RATES.catalog, bill, Share(weights, place)) for place in range(3)]
    whole = rate_shared(RATES.catalog, bill, None)
    assert [sum(line.amount_cents for line in part) for part in parts] == [42_24, 42_24, 43_52]
    for place, line in enumerate(whole):
        assert sum(part[place].amount_cents for part in parts) == line.amount_cents
    assert house.share is None


def test_what_a_segment_keeps_rates_to_the_same_lines():
    bill = RatingInput(
        "W",
        JUNE,
        Decimal("7.5"),
        cycle=Period(date(2026, 5, 15), date(2026, 7, 15)),
        attributes={"class": "residential"},
        dated={
            "meter_size": [
                Dated(date(2020, 1, 1), date(2026, 6, 11), "5/8"),
                Dated(date(2026, 6, 11), None, "1"),
            ]
        },
        winter_average=Decimal("4.2"),
        evapotranspiration=Decimal("6.1"),
        events={"opened": date(2024, 1, 1)},
    )
    share = Share((5000, 5000), 1)
    facts = facts_of(bill, share)
    kept = input_from("W", bill.period, bill.cycle, bill.quantity, None, facts)
    assert kept == bill
    assert share_from(facts) == share
    assert rate_shared(RATES.catalog, kept, share_from(facts)) == rate_shared(
        RATES.catalog, bill, share
    )


def test_ids_follow_the_place_and_the_run():
    ids = [bill_id(SPACE, place, sample_id("a", place)) for place in range(10_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert {made.version for made in ids} == {8}
    assert bill_id(SPACE, 3, sample_id("x")) == bill_id(SPACE, 3, sample_id("x"))
    with pytest.raises(ValueError, match="place"):
        bill_id(SPACE, 1 << 24, SPACE)
