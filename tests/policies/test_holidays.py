"""Holidays against the lists that the courts published."""

from datetime import date, timedelta

import pytest

from curbstop.policies.holidays import judicial_holidays, office_holidays

PUBLISHED = {
    2025: "01-01 01-20 02-12 02-17 03-31 05-26 06-19 07-04 09-01 09-26 11-11 11-27 11-28 12-25",
    2026: "01-01 01-19 02-12 02-16 03-31 05-25 06-19 07-03 09-07 09-25 11-11 11-26 11-27 12-25",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_published_lists(year):
    expected = [date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()]
    assert [holiday.on for holiday in judicial_holidays(year)] == expected


def test_a_new_year_on_saturday_is_observed_in_the_old_year():
    observed = [h for h in judicial_holidays(2027) if h.name == "New Year's Day"]
    assert [h.on for h in observed] == [date(2027, 1, 1), date(2027, 12, 31)]
    assert "New Year's Day" not in {h.name for h in judicial_holidays(2028)}


def test_rules_that_came_and_went():
    assert "Juneteenth" not in {h.name for h in judicial_holidays(2021)}
    assert "Columbus Day" in {h.name for h in judicial_holidays(2021)}
    assert "Columbus Day" not in {h.name for h in judicial_holidays(2022)}


def test_no_holiday_is_observed_on_a_weekend():
    for year in range(2020, 2060):
        assert all(holiday.on.weekday() < 5 for holiday in judicial_holidays(year))
        assert 13 <= len(judicial_holidays(year)) <= 16


def test_office_holidays_are_half_open_and_take_closures():
    eve = date(2026, 12, 24)
    closed = office_holidays(date(2026, 11, 26), date(2026, 12, 25), (eve, date(2027, 1, 4)))
    assert closed == {date(2026, 11, 26), date(2026, 11, 27), eve}
    only_own = office_holidays(date(2026, 11, 1), eve + timedelta(1), (eve,), judicial=False)
    assert only_own == {eve}
