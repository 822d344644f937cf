"""What the edit list shows: rows beside their usual use, evidence, and honest progress."""

from datetime import date
from decimal import Decimal

from tests.readings.test_imports import a_file, receive
from tests.readings.test_reviews import JULY, WHY, a_point, import_read

from curbstop.kernel.ids import uuid7
from curbstop.readings.reviews import actions, queries
from curbstop.readings.reviews.schemas import Act, ReviewRow
from curbstop.readings.reviews.usual import with_usual

_FIELDS = ", ".join(f"{sql} AS {name}" for name, sql in queries.REVIEWS.columns.items())


async def test_evidence_shows_thirteen_periods_and_the_usual_use(uow):
    _, meter, _ = await a_point(uow, *range(0, 161, 10), start=date(2025, 2, 1))
    (review,) = await import_read(uow, meter, 200)
    shown = await queries.review_evidence(uow.sql, review["id"])
    assert len(shown.periods) == 13
    assert (shown.periods[-1].used, shown.periods[-1].days) == (40, 30)
    assert shown.recent_daily is not None
    assert shown.rollover_used is None


async def test_progress_counts_clear_reads_and_tabs(uow):
    for value in (130, 131, 160):
        _, meter, _ = await a_point(uow, *range(0, 121, 10))
        await receive(uow, a_file(f"{meter.serial},2026-07-01,{value}"))
    seen = await queries.review_progress(uow.sql, JULY, JULY, None)
    assert (seen.clear, seen.reads) == (2, 3)
    assert [(t.rule, t.undecided, t.decided) for t in seen.tabs] == [("high", 1, 0)]


async def test_progress_never_says_all_clear_while_an_exception_is_open(uow):
    """Warnings, missing reads, unknown lines and other days all count."""
    _, meter, _ = await a_point(uow, *range(0, 121, 10))
    await receive(uow, a_file(f"{meter.serial},2026-07-01,123"))  # low: a warning
    _, missed, _ = await a_point(uow, *range(0, 121, 10))
    await receive(uow, a_file(f"{missed.serial},2026-07-01,,DOG", header="meter,date,reading,skip"))
    await receive(uow, a_file("LOST,2026-07-01,130"))
    await receive(uow, a_file("LOST,2026-03-01,130"))
    seen = await queries.review_progress(uow.sql, JULY, JULY, None)
    assert (seen.clear, seen.reads, seen.undecided_elsewhere) == (0, 3, 1)
    assert sum(tab.undecided for tab in seen.tabs) == 4
    ids = await uow.sql.fetch("SELECT id FROM read_reviews WHERE rule IN ('low', 'missing')")
    await actions.act_on(uow, [row["id"] for row in ids], Act.DISMISS, WHY)
    seen = await queries.review_progress(uow.sql, JULY, JULY, None)
    assert (seen.clear, seen.reads, seen.undecided_elsewhere) == (2, 3, 1)


async def test_rows_show_thirteen_periods_and_the_same_season(uow):
    _, meter, _ = await a_point(uow, *range(0, 161, 10), start=date(2025, 2, 1))
    await import_read(uow, meter, 200)
    await receive(uow, a_file("LOST,2026-07-01,130"))
    rows = await uow.sql.fetch(f"SELECT {_FIELDS} FROM {queries.REVIEWS.source} ORDER BY v.rule")
    high, unknown = await with_usual(uow.sql, [ReviewRow(**row) for row in rows])
    assert (high.used, high.days) == (40, 30)
    # June 2025's 10 counts over 30 days; the read of July 1 itself is 40 over 30.
    assert high.same_season_daily == Decimal("0.333")
    assert (len(high.daily_periods), high.daily_periods[-1]) == (13, Decimal("1.333"))
    assert high.daily_periods[:2] == [Decimal("0.333"), Decimal("0.323")]
    assert (unknown.used, unknown.same_season_daily, unknown.daily_periods) == (None, None, [])


async def test_evidence_compares_with_the_neighbors_on_the_walk(uow):
    walk = uuid7()
    await uow.sql.execute(
        "INSERT INTO walks (id, code, name, cycle, layout, reader, version)"
        " VALUES ($1, '7', 'Aspen', '', 'generic-csv', '', 1)",
        walk,
    )
    meters = []
    for place, monthly in enumerate((10, 15, 45), start=1):
        point, meter, _ = await a_point(uow, *(monthly * month for month in range(14)))
        meters.append(meter)
        await uow.sql.execute("INSERT INTO walk_stops VALUES ($1, $2, $3)", point.id, walk, place)
    (review,) = await import_read(uow, meters[0], 200)
    shown = await queries.review_evidence(uow.sql, review["id"])
    assert shown.neighbors_median_daily == Decimal("1.000")  # 0.5 and 1.5 a day in July


async def a_walk(uow, code, *points):
    walk = uuid7()
    await uow.sql.execute(
        "INSERT INTO walks (id, code, name, cycle, layout, reader, version)"
        " VALUES ($1, $2, 'Aspen', '', 'generic-csv', '', 1)",
        *(walk, code),
    )
    for place, point in enumerate(points, start=1):
        await uow.sql.execute("INSERT INTO walk_stops VALUES ($1, $2, $3)", point.id, walk, place)


async def test_progress_of_a_walk_counts_its_own_reads_alone(uow):
    here, elsewhere = [await a_point(uow, *range(0, 121, 10)) for _ in range(2)]
    await a_walk(uow, "7", here[0])
    for _, meter, _ in (here, elsewhere):
        await receive(uow, a_file(f"{meter.serial},2026-07-01,160"))
    seen = await queries.review_progress(uow.sql, JULY, JULY, None, "7")
    assert (seen.clear, seen.reads) == (0, 1)
    assert [(tab.rule, tab.undecided) for tab in seen.tabs] == [("high", 1)]
    nowhere = await queries.review_progress(uow.sql, JULY, JULY, None, "8")
    assert (nowhere.reads, nowhere.tabs) == (0, [])


async def test_neighbors_of_another_class_say_nothing(uow):
    points = []
    for monthly in (10, 15, 450):
        point, meter, _ = await a_point(uow, *(monthly * month for month in range(14)))
        points.append((point, meter))
    await a_walk(uow, "7", *(point for point, _ in points))
    await uow.sql.execute(
        "UPDATE accounts SET class = 'agricultural' WHERE id IN"
        " (SELECT account_id FROM agreements WHERE service_point_id = $1)",
        points[2][0].id,
    )
    (review,) = await import_read(uow, points[0][1], 200)
    shown = await queries.review_evidence(uow.sql, review["id"])
    assert shown.neighbors_median_daily == Decimal("0.500")
    assert (shown.note, shown.photo_id) == (None, None)
