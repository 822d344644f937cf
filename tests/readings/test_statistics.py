"""Figures of reading: each is counted from rows that the test put there, by month and walk."""

from datetime import date

from tests.readings.plant import a_metered_point, a_read, an_exception

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7

JUNE, JULY = date(2026, 6, 10), date(2026, 7, 10)


async def a_walk(uow, code, reader, *points):
    walk = uuid7()
    await uow.sql.execute(
        "INSERT INTO walks (id, code, name, cycle, layout, reader, version)"
        " VALUES ($1, $2, $3, '', 'generic-csv', $4, 1)",
        *(walk, code, f"Walk {code}", reader),
    )
    for place, point in enumerate(points, start=1):
        await uow.sql.execute("INSERT INTO walk_stops VALUES ($1, $2, $3)", point.id, walk, place)


async def a_skip(uow, point, on, code):
    await uow.sql.execute(
        "INSERT INTO read_codes (id, service_point_id, noted_on, skip_code, trouble_codes, note,"
        " recorded_by, recorded_at) VALUES ($1, $2, $3, $4, '[]', '', $1, $5)",
        *(uuid7(), point.id, on, code, uow.now),
    )


async def figures(client, **params):
    answer = await client.get("/read-statistics", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_every_figure_by_month_walk_and_reader(as_actor, uow):
    (a, _, one), (b, _, two), (c, _, three) = [await a_metered_point(uow) for _ in range(3)]
    await a_walk(uow, "7", "Ana", a, b)
    await a_walk(uow, "8", "Ben", c)
    await a_read(uow, one, JUNE, 10)
    await a_read(uow, one, JULY, 20)
    await a_read(uow, one, JULY, 25, revision=1)
    await a_read(uow, two, JULY, 30, method="estimated")
    await a_read(uow, three, JULY, 40, kind="in")
    for code in ("DOG", "DOG", "LOCK"):
        await a_skip(uow, b, JULY, code)
    await an_exception(uow, one, JULY, service_point_id=a.id)
    await an_exception(uow, two, JULY, rule="missing", service_point_id=b.id)
    await uow.session.commit()
    client = as_actor(Role.TECHNICIAN)
    july, june = await figures(client, walk="7")
    counted = ("reads", "estimates", "skips", "exceptions", "missing", "changed")
    assert [july[name] for name in counted] == [1, 1, 3, 1, 1, 1]
    assert (july["month"], july["reader"], july["skip_codes"]) == (
        "2026-07-01",
        "Ana",
        "DOG 2, LOCK 1",
    )
    assert [june[name] for name in counted] == [1, 0, 0, 0, 0, 0]
    assert await figures(client, walk="8") == []  # an exchange is nobody's round
    assert [row["walk"] for row in await figures(client, skipped="true")] == ["7"]
    assert await figures(client, until_on="2026-05-31") == []


async def test_a_withdrawn_read_counts_nowhere_and_the_figures_can_be_taken_along(as_actor, uow):
    point, _, register = await a_metered_point(uow)
    await a_walk(uow, "7", "Ana", point)
    await a_read(uow, register, JULY, 10)
    await a_read(uow, register, JULY, None, revision=1)
    await uow.session.commit()
    client = as_actor(Role.TECHNICIAN)
    (row,) = await figures(client)
    assert (row["reads"], row["estimates"], row["changed"]) == (0, 0, 0)
    export = await client.get("/read-statistics", headers={"Accept": "text/csv"})
    assert export.text.splitlines()[0].removeprefix("\ufeff").startswith("month,walk,")
