"""Jobs are queued with the act that needs them and run at least once."""

import asyncio
import inspect

from curbstop import wiring
from curbstop.kernel.errors import Conflict
from curbstop.kernel.ids import uuid7
from curbstop.platform.queue import run_job, worker


async def test_a_job_is_queued_only_when_its_transaction_commits(db, actor):
    async with db.write(actor) as uow:
        job_id = await uow.defer("test.count", subject_id=uuid7(), up_to=3)
    try:
        async with db.write(actor) as uow:
            await uow.defer("test.count")
            raise Conflict("the act was refused")
    except Conflict:
        pass
    async with db.read(actor) as reader:
        rows = await reader.sql.fetch("SELECT id, args FROM jobs")
        queued = await reader.sql.fetch("SELECT args FROM procrastinate_jobs")
    assert [(row["id"], row["args"]) for row in rows] == [(job_id, {"up_to": 3})]
    assert [row["args"] for row in queued] == [{"job_id": str(job_id)}]


async def test_a_job_reports_progress_and_result(db, actor):
    async def count(context, up_to):
        for done in range(1, up_to + 1):
            await context.progress(done, up_to, f"{done} of {up_to}")
        return {"counted": up_to, "for": context.actor.name}

    async with db.write(actor) as uow:
        job_id = await uow.defer("test.count", up_to=3)
    await run_job(db, {"test.count": count}, job_id)
    async with db.read(actor) as reader:
        job = await reader.sql.fetchrow("SELECT * FROM jobs WHERE id = $1", job_id)
    assert (job["state"], job["done"], job["total"]) == ("done", 3, 3)
    assert (job["message"], job["result"]["counted"]) == ("3 of 3", 3)


async def test_a_failed_job_says_why_but_hides_defects(db, actor):
    async def refuse(context):
        raise Conflict("cycle 3 has no reads")

    async def break_down(context):
        raise ZeroDivisionError("a secret of the code")

    for job, expected in ((refuse, "cycle 3 has no reads"), (break_down, "logged with its id")):
        async with db.write(actor) as uow:
            job_id = await uow.defer("test.fail")
        await run_job(db, {"test.fail": job}, job_id)
        async with db.read(actor) as reader:
            row = await reader.sql.fetchrow("SELECT state, error FROM jobs WHERE id = $1", job_id)
        assert row["state"] == "failed"
        assert expected in row["error"]
        assert "secret" not in row["error"]


async def test_what_runs_by_the_clock_is_known_and_takes_no_arguments():
    known = wiring.jobs()
    for kind in wiring.TIMETABLE:
        assert list(inspect.signature(known[kind]).parameters) == ["context"], kind


async def test_a_worker_runs_what_the_clock_and_others_queue(fresh_database, actor):
    ran = asyncio.Event()

    async def tick(context):
        ran.set()
        return {"ticked": True}

    timetable = {"test.tick": "* * * * * *"}
    async with worker(fresh_database, {"test.tick": tick}, timetable):
        await asyncio.wait_for(ran.wait(), 30)
