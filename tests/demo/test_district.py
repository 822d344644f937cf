"""The demo district: the same for the same seed, and believable."""

from collections import Counter
from datetime import date

import pytest

from curbstop.demo.load import draw_district
from curbstop.demo.usage import readings
from curbstop.kernel.ids import is_account_number
from curbstop.platform.migrate import reference_dir
from curbstop.rates.engine.catalog import Catalog
from curbstop.rates.engine.compile import compile_tariff
from curbstop.rates.engine.examples import run_examples
from curbstop.rates.engine.source import load_tariff

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def district():
    return draw_district(7, 600, TODAY)


def test_the_same_seed_draws_the_same_district(district):
    assert draw_district(7, 600, TODAY) == district
    assert draw_district(8, 600, TODAY) != district


def test_ids_numbers_and_serials_are_unique(district):
    accounts = district.occupancies
    assert all(is_account_number(account.number) for account in accounts)
    for values in (
        [account.number for account in accounts],
        [account.account_id for account in accounts],
        [device.serial for point in district.points for device in point.devices],
        [device.meter_id for point in district.points for device in point.devices],
    ):
        assert max(Counter(values).values()) == 1


def test_an_exchanged_meter_and_its_successor_differ_whatever_chance_draws(district):
    exchanged = [point.devices for point in district.points if len(point.devices) > 1]
    assert exchanged
    for before, after in exchanged:
        assert before.serial[2:] != after.serial[2:]
        assert before.endpoint[3:] != after.endpoint[3:]


def test_registers_only_count_up_but_for_their_last_read(district):
    days = district.cycles[0].read_days(TODAY)
    rolled = 0
    for point in district.points:
        by_register: dict = {}
        for reading in readings(7, point, district.first_day, days, rolls=True):
            by_register.setdefault(reading.register_id, []).append(reading.value)
        for values in by_register.values():
            assert values[:-1] == sorted(values[:-1])
            rolled += values[-1] < max(values)
    assert rolled == 2


def test_summers_are_wet_from_the_tap(district):
    days = district.cycles[0].read_days(TODAY)
    use: Counter = Counter()
    for point in district.points:
        if point.site.customer_class != "residential" or len(point.devices) > 1:
            continue
        values = [
            r.value
            for r in readings(7, point, district.first_day, days, rolls=True)
            if r.why == "cycle"
        ]
        for day, before, after in zip(days, values, values[1:-1], strict=False):
            use[day.month] += after - before
    assert use[7] > 2 * use[1]


@pytest.mark.parametrize("path", sorted((reference_dir() / "demo" / "tariffs").glob("*.yaml")))
def test_the_schedules_hold_their_own_examples(path):
    tariff = compile_tariff(load_tariff(path.read_text()))
    results = run_examples(Catalog([tariff]), tariff.versions)
    assert results
    assert [result.differences for result in results if result.differences] == []
