"""Jobs are queued with the act that needs them and run at least once."""

import asyncio
import inspect
from uuid import UUID

from curbstop import wiring
from curbstop.identity.permissions import Role
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


async def state_of(db, actor, job_id) -> str:
    async with db.read(actor) as reader:
        return await reader.sql.fetchval("SELECT state FROM jobs WHERE id = $1", job_id)


async def test_a_waiting_job_that_is_cancelled_never_starts(db, as_actor):
    boss = as_actor(Role.SUPERVISOR)
    async with db.write(boss.actor) as uow:
        job_id = await uow.defer("test.count")
    answer = await boss.post(f"/jobs/{job_id}/cancel", json={"reason": "asked for twice"})
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")

    async def count(context):
        raise AssertionError("it must not start")

    await run_job(db, {"test.count": count}, job_id)
    assert await state_of(db, boss.actor, job_id) == "cancelled"
    again = await boss.post(f"/jobs/{job_id}/cancel", json={"reason": "once more"})
    assert again.json()["type"] == "/problems/job-has-ended"


async def test_a_running_job_that_is_cancelled_stops_at_its_next_step(db, as_actor):
    boss, steps = as_actor(Role.SUPERVISOR), []
    async with db.write(boss.actor) as uow:
        job_id = await uow.defer("test.count")

    async def count(context):
        for step in range(1, 4):
            steps.append(step)
            if step == 2:
                answer = await boss.post(f"/jobs/{job_id}/cancel", json={"reason": "wrong month"})
                assert answer.json()["state"] == "running"
            await context.progress(step, 3)

    await run_job(db, {"test.count": count}, job_id)
    assert steps == [1, 2]
    job = (await boss.get(f"/jobs/{job_id}")).json()
    assert (job["state"], job["done"], job["total"], job["error"]) == ("cancelled", 2, 3, None)
    trail = (await boss.get("/audit-events", params={"action": "job.cancelled"})).json()["items"]
    assert [(act["subject_id"], act["reason"]) for act in trail] == [(str(job_id), "wrong month")]


async def test_a_job_that_is_through_is_not_cancelled_any_more(db, as_actor):
    boss = as_actor(Role.SUPERVISOR)
    async with db.write(boss.actor) as uow:
        job_id = await uow.defer("test.count")

    async def count(context):
        await boss.post(f"/jobs/{job_id}/cancel", json={"reason": "too late"})
        await context.progress(3, 3)
        return {"counted": 3}

    await run_job(db, {"test.count": count}, job_id)
    assert await state_of(db, boss.actor, job_id) == "done"


async def test_a_failed_job_is_tried_again_in_the_name_of_who_asked(db, as_actor):
    maria, boss = as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR)
    async with db.write(maria.actor) as uow:
        first = await uow.defer("test.count", subject_id=uuid7(), lock="one", up_to=3)
    askers = []

    async def count(context, up_to):
        askers.append((context.actor.id, up_to))
        if len(askers) == 1:
            raise Conflict("the reads are not in yet")

    await run_job(db, {"test.count": count}, first)
    assert (await maria.post(f"/jobs/{first}/try-again")).status_code == 403
    answers = [await boss.post(f"/jobs/{first}/try-again") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    second = answers[0].json()["job_id"]
    assert answers[1].json()["job_id"] == second, "a double click is one job"
    await run_job(db, {"test.count": count}, UUID(second))
    assert askers == [(maria.actor.id, 3)] * 2
    job = (await boss.get(f"/jobs/{second}")).json()
    assert (job["state"], job["again_of"]) == ("done", str(first))
    assert (await boss.get(f"/jobs/{first}")).json()["again_as"] == second
    async with db.read(boss.actor) as reader:
        locks = await reader.sql.fetch("SELECT lock FROM procrastinate_jobs ORDER BY id")
    assert [row["lock"] for row in locks] == ["one", "one"]
    done = await boss.post(f"/jobs/{second}/try-again")
    assert done.json()["type"] == "/problems/job-not-over"


async def test_work_that_was_asked_for_again_since_is_not_tried_again(db, as_actor):
    boss, run_id = as_actor(Role.SUPERVISOR), uuid7()

    async def refuse(context, month):
        raise Conflict("closed")

    async with db.write(boss.actor) as uow:
        failed = await uow.defer("test.close", subject_id=run_id, month="June")
    await run_job(db, {"test.close": refuse}, failed)
    async with db.write(boss.actor) as uow:
        await uow.defer("test.close", subject_id=run_id, month="July")
    assert (await boss.get(f"/jobs/{failed}")).json()["args"] == {"month": "June"}
    async with db.write(boss.actor) as uow:
        await uow.defer("test.close", subject_id=run_id, month="June")
    answer = await boss.post(f"/jobs/{failed}/try-again")
    assert answer.json()["type"] == "/problems/job-superseded"
