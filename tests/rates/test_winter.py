"""Winter averages by both rules, and the distribution of bill changes."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from curbstop.kernel.dates import Period, add_months
from curbstop.rates.engine import RatingError
from curbstop.rates.engine.definition.amounts import RoundingRule
from curbstop.rates.engine.definition.policy import WinterLowest, WinterMonths
from curbstop.rates.engine.distribution import Change, distribution
from curbstop.rates.engine.winter import PastUse, winter_average

DEC_TO_FEB = WinterMonths(method="months", months=frozenset({12, 1, 2}))


def monthly(first: date, *uses: str) -> list[PastUse]:
    starts = [add_months(first, i) for i in range(len(uses) + 1)]
    periods = [Period(a, b) for a, b in pairwise(starts)]
    return [PastUse(period, Decimal(use)) for period, use in zip(periods, uses, strict=True)]


def test_the_named_months_are_averaged():
    history = monthly(date(2025, 12, 1), "6", "7", "8")
    assert winter_average(DEC_TO_FEB, history, date(2026, 3, 1)) == 7
    assert winter_average(DEC_TO_FEB, history, date(2026, 11, 15)) == 7


def test_a_winter_in_progress_is_not_averaged_in_part():
    last_year = monthly(date(2024, 12, 1), "3", "3", "3")
    this_year = monthly(date(2025, 12, 1), "9")
    assert winter_average(DEC_TO_FEB, last_year + this_year, date(2026, 1, 10)) == 3


def test_reads_in_the_middle_of_months_count_by_days():
    start, end = date(2025, 11, 16), date(2026, 3, 16)
    history = [PastUse(Period(start, end), Decimal(120))]  # 120 days of 1
    rule = DEC_TO_FEB.model_copy(update={"round": RoundingRule(places=2)})
    assert winter_average(rule, history, date(2026, 4, 1)) == 30  # 90 days of 1 in 3 months


def test_missing_months_are_refused_by_date():
    history = monthly(date(2025, 12, 1), "6", "7")
    with pytest.raises(RatingError, match="from 2026-02-01 to 2026-03-01 is not known"):
        winter_average(DEC_TO_FEB, history, date(2026, 3, 1))


def test_the_lowest_sixty_days_are_found_between_reads():
    rule = WinterLowest(method="lowest_daily", days=60)
    reads = [date(2025, 1, 1) + timedelta(days=day) for day in (0, 50, 100, 150, 365)]
    uses = ["50", "25", "40", "430"]  # daily 1.0, 0.5, 0.8, 2.0
    pairs = pairwise(reads)
    history = [PastUse(Period(a, b), Decimal(use)) for (a, b), use in zip(pairs, uses, strict=True)]
    # 50 days of 0.5 and the 10 after them of 0.8.
    expected = (Decimal(25) + 8) / 60
    assert winter_average(rule, history, date(2026, 7, 1)) == expected


def test_the_distribution_counts_winners_losers_and_every_bill_once():
    changes = [Change(10_000, 10_000 + cents) for cents in (-500, -100, 0, 0, 250, 990, 99_000)]
    found = distribution(changes)
    assert (found.winners, found.losers, found.unchanged, found.bills) == (2, 3, 2, 7)
    assert (found.lowest_cents, found.highest_cents) == (-500, 99_000)
    assert found.percentiles[50] == 0
    assert found.after_cents - found.before_cents == 99_640
    assert sum(bucket.bills for bucket in found.buckets) == 7
    assert all(a.to_cents == b.from_cents for a, b in pairwise(found.buckets))
    assert any(bucket.from_cents == 0 for bucket in found.buckets)


def test_no_changes_make_a_distribution_of_zeros():
    empty = distribution([])
    assert (empty.bills, empty.percentiles[95], empty.buckets) == (0, 0, ())
