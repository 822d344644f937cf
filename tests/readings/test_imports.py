"""Read files into the database: whole or not at all, never twice, exceptions to the edit list."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.accounts import an_agreement
from tests.factories.meters import a_compound_meter, a_meter, a_service_point, an_installation
from tests.readings.layout_samples import neptune
from tests.readings.plant import HCF, a_metered_point, a_read, register_of

from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.kernel.ids import uuid7
from curbstop.readings.imports import queries
from curbstop.readings.imports.actions import (
    INLINE_BYTES,
    ReadFileReplayed,
    Received,
    receive,
)
from curbstop.readings.imports.jobs import import_file
from curbstop.readings.imports.models import ImportState

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def a_file(*lines, name="july.csv", header="meter,date,reading", **changes):
    data = "\n".join([header, *lines]).encode() + b"\n"
    facts = {"id": uuid7(), "file_name": name, "layout": "generic-csv", "settings": {}}
    return Received(**(facts | {"data": data} | changes))


async def standing(uow):
    return await uow.sql.fetch("SELECT * FROM reads ORDER BY read_on, register_id, revision")


async def exceptions(uow):
    rows = await uow.sql.fetch("SELECT * FROM read_reviews ORDER BY line, rule")
    return [(row["rule"], row["reason"]) for row in rows]


@pytest.fixture
async def served(uow):
    """A point with an agreement and a read in June."""
    point, meter, register = await a_metered_point(uow)
    await an_agreement(uow, point=point)
    await a_read(uow, register, JUNE, 100)
    return point, meter, register


async def test_a_file_adds_its_reads_and_keeps_every_line_raw(uow, served):
    _, meter, register = served
    done = await receive(uow, a_file(f"{meter.serial},2026-07-01,0112"))
    assert (done.state, done.reads_added, done.exceptions) == (ImportState.IMPORTED, 1, 0)
    (read,) = [r for r in await standing(uow) if r["read_on"] == JULY]
    assert (read["register_id"], read["value"], read["import_id"]) == (register.id, 112, done.id)
    lines = await queries.raw_lines(uow.sql, done.id, 1, 99)
    assert [(r.line, r.raw) for r in lines] == [
        (1, "meter,date,reading"),
        (2, f"{meter.serial},2026-07-01,0112"),
    ]


async def test_the_same_bytes_again_add_nothing_and_name_the_first_import(uow, served):
    file = a_file(f"{served[1].serial},2026-07-01,112")
    first = await receive(uow, file)
    with pytest.raises(ReadFileReplayed, match=str(first.id)):
        await receive(uow, a_file(f"{served[1].serial},2026-07-01,112", name="other name.csv"))
    assert (await receive(uow, file)) == first  # the same id is a retry
    with pytest.raises(IdempotencyConflict):
        await receive(uow, a_file("X,2026-07-01,1", id=file.id))


async def test_a_replay_names_the_districts_day_of_the_first_import(uow, served):
    uow.now = datetime(2026, 7, 16, 3, 0, tzinfo=UTC)  # eight in the evening of the 15th
    await receive(uow, a_file(f"{served[1].serial},2026-07-01,112"))
    with pytest.raises(ReadFileReplayed, match="imported on 2026-07-15"):
        await receive(uow, a_file(f"{served[1].serial},2026-07-01,112"))


async def test_the_same_rows_in_other_bytes_add_nothing_and_name_the_first_import(uow, served):
    first = await receive(uow, a_file(f"{served[1].serial},2026-07-01,112"))
    before = len(await standing(uow))
    again = await receive(uow, a_file(f"{served[1].serial},07/01/2026,112", name="renamed.csv"))
    assert (again.reads_added, again.repeats, again.first_import_id) == (0, 1, first.id)
    assert len(await standing(uow)) == before
    assert await exceptions(uow) == []


async def test_another_value_for_a_day_that_has_a_read_becomes_an_exception(uow, served):
    await receive(uow, a_file(f"{served[1].serial},2026-07-01,112"))
    done = await receive(uow, a_file(f"{served[1].serial},2026-07-01,121"))
    assert (done.reads_added, done.exceptions) == (0, 1)
    ((rule, reason),) = await exceptions(uow)
    assert (rule, reason) == ("duplicate", "Another read of 2026-07-01 says otherwise: 121")


async def test_a_register_twice_in_one_file_counts_once(uow, served):
    line = f"{served[1].serial},2026-07-01,112"
    done = await receive(uow, a_file(line, line, f"{served[1].serial},2026-07-01,113"))
    assert (done.reads_added, done.repeats, done.exceptions) == (1, 1, 1)


async def test_a_malformed_file_is_kept_and_refused_whole(uow, served):
    before = len(await standing(uow))
    bad = a_file(f"{served[1].serial},2026-07-01,112", f"{served[1].serial},2026-07-02,NaN")
    done = await receive(uow, bad)
    assert (done.state, done.reads_added) == (ImportState.REFUSED, 0)
    assert [(e.line, e.column) for e in done.errors] == [(3, "reading")]
    assert len(await standing(uow)) == before
    assert await uow.sql.fetchval("SELECT count(*) FROM import_lines") == 0
    kept = await uow.sql.fetchval("SELECT content FROM stored_files WHERE id = $1", done.file_id)
    assert kept == bad.data


async def test_a_refused_file_may_come_again_with_the_right_settings(uow, served):
    data = b"Meter_ID;Billing_Read;Read_Time\n1;2;2026-07-01\n"
    assert (await receive(uow, a_file(data=data, layout="badger-beacon"))).state == "refused"
    assert (await receive(uow, a_file(data=data, layout="badger-beacon"))).state == "refused"


async def test_unknown_swapped_and_uninstalled_meters_wait_in_the_queue(uow, served):
    point, meter, _ = served
    spare = await a_meter(uow, registers=(HCF,))
    header = "meter,date,reading,service_point"
    done = await receive(
        uow,
        a_file(
            "NOBODY,2026-07-01,5,",
            f"STRANGER,2026-07-01,5,{point.code}",
            f"{spare.serial},2026-07-01,5,",
            header=header,
        ),
    )
    assert (done.reads_added, done.unmatched, done.exceptions) == (0, 3, 3)
    assert await exceptions(uow) == [
        ("unknown_meter", "No meter NOBODY is on record"),
        (
            "unknown_meter",
            f"No meter STRANGER; at {point.code} stands {meter.serial}: swapped?",
        ),
        ("unknown_meter", f"Meter {spare.serial} was not installed anywhere on 2026-07-01"),
    ]
    raw = await uow.sql.fetchval("SELECT raw FROM read_reviews WHERE line = 2")
    assert raw == "NOBODY,2026-07-01,5,"


async def test_two_makers_meters_of_one_serial_are_not_guessed_between(uow):
    for make in ("Badger", "Neptune"):
        await an_installation(
            uow, meter=await a_meter(uow, make=make, serial="7", registers=(HCF,))
        )
    done = await receive(uow, a_file("7,2026-07-01,5"))
    assert (done.reads_added, done.unmatched) == (0, 1)
    assert await exceptions(uow) == [("unknown_meter", "More than one meter is called 7")]


async def test_endpoints_and_service_points_name_a_register_too(uow):
    meter = await a_meter(uow, endpoint_serial="155", registers=(HCF,))
    await an_installation(uow, meter=meter)
    point, _, _ = await a_metered_point(uow)
    header = "endpoint,service_point,date,reading"
    done = await receive(
        uow, a_file("155,,2026-07-01,5", f",{point.code},2026-07-01,7", header=header)
    )
    assert (done.reads_added, done.unmatched) == (2, 0)


async def test_a_compound_meter_takes_both_its_registers(uow):
    meter = await a_compound_meter(uow)
    await an_installation(uow, await a_service_point(uow), meter)
    header = "meter,register,date,reading"
    rows = [f"{meter.serial},{n},2026-07-01,{v}" for n, v in (("H", 5), ("L", 9), ("0", 1))]
    done = await receive(uow, a_file(*rows, header=header))
    assert (done.reads_added, done.unmatched) == (2, 1)
    low = await register_of(uow, meter, "L")
    assert [r["value"] for r in await standing(uow) if r["register_id"] == low.id] == [9]


async def test_a_skipped_meter_is_missing_and_its_codes_are_kept(uow, served):
    header = "meter,date,reading,skip,trouble,note"
    line = f"{served[1].serial},2026-07-01,,DOG,LID,big dog"
    done = await receive(uow, a_file(line, header=header))
    assert (done.reads_added, done.unread, done.exceptions) == (0, 1, 1)
    assert await exceptions(uow) == [("missing", "Not read: DOG, LID")]
    code = await uow.sql.fetchrow("SELECT * FROM read_codes")
    assert (code["skip_code"], code["trouble_codes"], code["note"]) == ("DOG", ["LID"], "big dog")


async def test_backslashes_of_a_note_arrive_as_they_were_written(uow, served):
    header = "meter,date,reading,note"
    line = f"{served[1].serial},2026-07-01,112,"
    await receive(
        uow, a_file(line + r"C:\new\N \t", f"{served[1].serial},2026-07-02,113,", header=header)
    )
    notes = await uow.sql.fetch("SELECT note FROM read_codes")
    assert [row["note"] for row in notes] == [r"C:\new\N \t"]


async def test_nothing_of_the_tables_of_an_import_stays_behind(uow, served):
    done = await receive(uow, a_file(f"{served[1].serial},2026-07-01,112"))
    refused = await receive(uow, a_file("X,2026-07-01,NaN"))
    assert (done.state, refused.state) == (ImportState.IMPORTED, ImportState.REFUSED)
    left = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'import%'"
    assert await uow.sql.fetchval(left) == 0
    assert await uow.sql.fetchval("SELECT current_schema()") == "public"


async def history(uow, register, *values, start=date(2025, 6, 1)):
    for month, value in enumerate(values):
        year, index = divmod(start.month - 1 + month, 12)
        await a_read(uow, register, date(start.year + year, index + 1, 1), value)


@pytest.mark.parametrize(
    ("line", "rule", "said"),
    [
        ("2026-07-01,190", "high", "70 HCF in 30 days, same season last year 10"),
        ("2026-07-01,123", "low", "3 HCF in 30 days, same season last year 10"),
        ("2026-07-01,50", "negative", "120 to 50: misread or swapped meter"),
        ("2026-07-20,130", "future", "Read date 2026-07-20 lies after today, 2026-07-15"),
        ("2026-07-01,20000", "high", None),
    ],
)
async def test_the_rules_judge_what_comes_in(uow, line, rule, said):
    point, meter, register = await a_metered_point(uow)
    await an_agreement(uow, point=point)
    await history(uow, register, *range(0, 121, 10))
    await receive(uow, a_file(f"{meter.serial},{line}"))
    found = dict(await exceptions(uow))
    assert rule in found
    assert said is None or found[rule] == said


async def test_a_rollover_is_proposed_and_a_large_one_needs_two_people(uow):
    point, meter, register = await a_metered_point(uow)
    await an_agreement(uow, point=point)
    await history(uow, register, 9927, 9947, 9967, 9987, start=date(2026, 3, 1))
    await receive(uow, a_file(f"{meter.serial},2026-07-01,0014"))
    assert await exceptions(uow) == [
        ("rollover", "9,987 to 14: a rollover of 27, or a swapped meter")
    ]
    assert await uow.sql.fetchval("SELECT needs_second FROM read_reviews") is False


async def test_what_the_file_says_of_the_meter_is_compared_with_the_record(uow, served):
    header = "meter,date,reading,unit"
    await receive(uow, a_file(f"{served[1].serial},2026-07-01,112,GAL", header=header))
    assert await exceptions(uow) == [("mismatch", "The file says GAL, the record HCF")]


async def test_use_where_nobody_is_a_customer(uow):
    _, meter, register = await a_metered_point(uow)
    await a_read(uow, register, JUNE, 100)
    await receive(uow, a_file(f"{meter.serial},2026-07-01,105"))
    assert await exceptions(uow) == [("inactive", "5 counts used with no active account")]


async def test_a_usual_file_raises_nothing(uow):
    point, meter, register = await a_metered_point(uow)
    await an_agreement(uow, point=point)
    await history(uow, register, *range(0, 121, 10))
    done = await receive(uow, a_file(f"{meter.serial},2026-07-01,131"))
    assert (done.reads_added, done.exceptions) == (1, 0)


async def test_a_large_file_is_imported_by_a_job_and_a_second_run_changes_nothing(uow, db, actor):
    _, meter, _ = await a_metered_point(uow)
    filler = [f"NOBODY{i:06d},2026-07-01,1" for i in range(INLINE_BYTES // 24)]
    done = await receive(uow, a_file(f"{meter.serial},2026-07-01,5", *filler))
    assert (done.state, done.reads_added) == (ImportState.QUEUED, 0)
    await uow.session.commit()

    class Context:
        actor_ = actor

        def write(self):
            return db.write(actor)

        async def progress(self, done, total, message=""):
            self.message = message

    for _ in range(2):
        result = await import_file(Context(), str(done.id))
        assert (result["state"], result["reads_added"]) == ("imported", 1)
    after = await queries.get_import(uow.sql, done.id)
    assert (after.lines, after.unmatched) == (len(filler) + 2, len(filler))


async def test_an_unknown_setting_is_refused(uow):
    with pytest.raises(BadInput, match="no setting 'speed'"):
        await receive(uow, a_file("M,2026-07-01,1", settings={"speed": "fast"}))


async def test_a_file_of_a_vendor_by_its_own_layout(uow):
    point = await a_service_point(uow)
    meter = await a_meter(uow, serial="70000001", registers=({"dials": 6},))
    await an_installation(uow, point, meter)
    done = await receive(uow, a_file(data=neptune(), layout="neptune-v4"))
    assert (done.state, done.reads_added, done.lines) == (ImportState.IMPORTED, 1, 8)
