"""The pass over many fresh reads lets through whatever a rule would find, by either window."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories.accounts import an_agreement
from tests.readings.plant import a_metered_point, a_read

from curbstop.readings.reviews import ordinary
from curbstop.readings.reviews.history import facts_of
from curbstop.readings.reviews.judging import CREATE_FRESH
from curbstop.readings.reviews.ordinary import not_ordinary
from curbstop.readings.reviews.spans import Span
from curbstop.readings.reviews.suspects import suspects
from curbstop.readings.validation.facts import Parameters
from curbstop.readings.validation.rules import judge

FRESH_ON = date(2026, 7, 1)
SPAN = Span(FRESH_ON, FRESH_ON + timedelta(days=12), date(2026, 7, 20))
# Without the margins every threshold counts for itself, so the smallest surplus is a find.
PARAMETERS = Parameters(high_margin_hcf=Decimal(0), low_history_hcf=Decimal(0))


async def a_past(uow, register, chance: random.Random, pace: int) -> date:
    """Sixteen months of reads with everything that befalls a register; the fresh read's day."""
    on, value = FRESH_ON + timedelta(days=chance.randrange(12)), 4_000
    facts = {"method": "radio"}
    fresh_on = on
    for _ in range(480 // pace):
        await a_read(uow, register, on, value, **facts)
        if chance.random() < 0.05:
            await a_read(uow, register, on, chance.choice((None, value + 3)), revision=1)
        on -= timedelta(days=pace + chance.choice((-2, 0, 0, 0, 3, 45)))
        value = max(0, value - chance.choice((0, 2, 9, 10, 10, 11, 25, -4)))
        method = "estimated" if chance.random() < 0.08 and on < FRESH_ON else "radio"
        facts = {"method": method, "rollovers": int(chance.random() < 0.03)}
    return fresh_on


async def a_calm_past(uow, register, chance: random.Random, pace: int) -> date:
    """Twenty months of even use with now and then a trouble; the fresh read's day."""
    on, value = FRESH_ON + timedelta(days=chance.randrange(12)), 4_000
    fresh_on, method = on, "radio"
    for _ in range(600 // pace):
        await a_read(uow, register, on, value, method=method)
        if chance.random() < 0.02 and on != fresh_on:
            changes = {"rollovers": chance.choice((0, 0, 1)), "revision": 1}
            await a_read(uow, register, on, chance.choice((None, value + 3)), **changes)
        on -= timedelta(
            days=pace + chance.choice((-2, 0, 0, 1, *([45] * (chance.random() < 0.05))))
        )
        value -= chance.choice((9, 10, 10, 10, 11, 11, *([40, 1, -2] * (chance.random() < 0.2))))
        method = "estimated" if chance.random() < 0.01 else "radio"
    return fresh_on


async def fresh_reads(uow, some, pasts, chance: random.Random, pace: int):
    """The table of fresh reads of so many registers; the keys of those whose day has a read."""
    fresh = []
    for _ in range(some):
        point, _, register = await a_metered_point(uow)
        if chance.random() > 0.03:
            await an_agreement(uow, point=point)
        fresh.append((register.id, await pasts(uow, register, chance, pace), point.id, False))
    await uow.sql.execute(CREATE_FRESH)
    await uow.sql.copy("fresh", ("register_id", "read_on", "service_point_id", "odd"), fresh)
    await uow.sql.execute(
        "UPDATE fresh f SET value = (SELECT value FROM reads r WHERE r.register_id = f.register_id"
        " AND r.read_on = f.read_on ORDER BY revision DESC LIMIT 1)"
    )
    rows = await uow.sql.fetch("SELECT register_id, read_on FROM fresh WHERE value IS NOT NULL")
    return [tuple(row) for row in rows]


async def finds(uow, asked):
    """What the rules themselves say of every one of these reads."""
    judged = await facts_of(uow.sql, asked, SPAN.today)
    return {(o.register_id, o.facts.read_on) for o in judged if judge(o.facts, PARAMETERS)}


@pytest.mark.parametrize(("seed", "pace"), [(1, 30), (2, 30), (3, 61), (4, 7), (5, 91)])
async def test_no_find_of_the_rules_slips_through(uow, seed, pace):
    asked = await fresh_reads(uow, 40, a_past, random.Random(seed), pace)
    passed = [key async for batch in suspects(uow.sql, SPAN, [PARAMETERS], 7) for key in batch]
    found = await finds(uow, asked)
    assert len(found) > 5
    assert found <= set(passed)
    assert len(passed) < len(asked), "the pass lets ordinary reads go"
    assert passed == sorted(set(passed))


@pytest.mark.parametrize("pasts", [a_past, a_calm_past])
@pytest.mark.parametrize(("seed", "pace"), [(1, 30), (2, 31), (3, 61), (4, 91), (5, 28)])
async def test_no_find_slips_through_the_quick_look_at_a_large_file(uow, seed, pace, pasts):
    asked = await fresh_reads(uow, 60, pasts, random.Random(seed), pace)
    passed = await not_ordinary(uow.sql, SPAN, (Decimal(2), Decimal("0.4")), min(pace + 3, 100))
    found = await finds(uow, asked)
    assert found
    assert found <= set(passed)
    assert passed == sorted(set(passed))
    if pasts is a_calm_past:
        assert len(passed) < len(asked), "the quick look lets ordinary reads go"


async def test_a_quick_look_that_was_cut_off_concludes_nothing(uow, monkeypatch):
    asked = await fresh_reads(uow, 40, a_past, random.Random(1), 30)
    monkeypatch.setattr(ordinary, "LOOKED_AT_MOST", 3)
    monkeypatch.setattr("curbstop.readings.reviews.suspects.MANY", 0)
    passed = [key async for batch in suspects(uow.sql, SPAN, [PARAMETERS], 7) for key in batch]
    assert len(passed) > 3
    assert await finds(uow, asked) <= set(passed)


async def test_a_large_file_takes_the_quick_look(uow, monkeypatch):
    asked = await fresh_reads(uow, 40, a_calm_past, random.Random(6), 30)
    monkeypatch.setattr("curbstop.readings.reviews.suspects.MANY", 0)
    passed = [key async for batch in suspects(uow.sql, SPAN, [PARAMETERS], 7) for key in batch]
    assert await finds(uow, asked) <= set(passed)
    quick = await not_ordinary(uow.sql, SPAN, (Decimal(2), Decimal("0.4")), 34)
    assert set(passed) <= set(quick)
    assert passed == sorted(set(passed))
