"""The pass over many fresh reads lets through whatever a rule would find, by either window."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories.accounts import an_agreement
from tests.readings.plant import a_metered_point, a_read

from curbstop.readings.reviews.history import facts_of
from curbstop.readings.reviews.judging import CREATE_FRESH
from curbstop.readings.reviews.suspects import Span, suspects
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


@pytest.mark.parametrize(("seed", "pace"), [(1, 30), (2, 30), (3, 61), (4, 7), (5, 91)])
async def test_no_find_of_the_rules_slips_through(uow, seed, pace):
    chance = random.Random(seed)
    fresh = []
    for _ in range(40):
        point, _, register = await a_metered_point(uow)
        await an_agreement(uow, point=point)
        fresh.append((register.id, await a_past(uow, register, chance, pace), point.id))
    await uow.sql.execute(CREATE_FRESH)
    await uow.sql.copy("fresh", ("register_id", "read_on", "service_point_id"), fresh)
    standing = await uow.sql.fetch(
        "SELECT register_id, read_on FROM (SELECT DISTINCT ON (register_id, read_on) * FROM reads"
        " ORDER BY register_id, read_on, revision DESC) s WHERE value IS NOT NULL"
    )
    asked = [key for key in ((r, on) for r, on, _ in fresh) if key in {tuple(s) for s in standing}]
    passed = [key async for batch in suspects(uow.sql, SPAN, [PARAMETERS], 7) for key in batch]
    found = {
        (one.register_id, one.facts.read_on)
        for one in await facts_of(uow.sql, asked, SPAN.today)
        if judge(one.facts, PARAMETERS)
    }
    assert len(found) > 5
    assert found <= set(passed)
    assert len(passed) < len(asked), "the pass lets ordinary reads go"
    assert passed == sorted(set(passed))
