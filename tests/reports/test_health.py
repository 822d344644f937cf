"""The health page: what it says is what is there."""

from datetime import timedelta
from uuid import UUID

from tests.conftest import NOW
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill

from curbstop import __version__, wiring
from curbstop.audit import actions as audit
from curbstop.identity.permissions import Role
from curbstop.kernel.errors import Conflict
from curbstop.ledger.seals.actions import seal
from curbstop.ledger.seals.jobs import verify_jobs
from curbstop.ledger.seals.schemas import Finding
from curbstop.platform.migrate import newest_revision
from curbstop.platform.queue import run_job
from curbstop.platform.uow import SYSTEM
from curbstop.reports.health.queries import BACKED_UP


async def test_it_tells_of_database_workers_and_queue(db, uow, as_actor):
    beats = [NOW - timedelta(seconds=5), NOW - timedelta(minutes=3)]
    for beat in beats:
        await uow.sql.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES ($1)", beat
        )
    await uow.defer("test.wait")
    await uow.session.commit()
    report = (await as_actor(Role.CASHIER).get("/health-report")).json()
    assert report["version"] == __version__
    database = report["database"]
    assert database["revision"] == database["revision_wanted"] == newest_revision()
    assert database["size_bytes"] > 1_000_000
    assert 0 < database["connections"] <= database["connections_max"]
    assert [worker["is_alive"] for worker in report["workers"]] == [True, False]
    assert (report["queue"]["queued"], report["queue"]["running"]) == (1, 0)
    assert report["queue"]["oldest_at"] == "2026-07-15T17:00:00Z"
    assert (report["backup"], report["proof"]) == (None, None)


async def test_it_tells_of_the_night_and_of_the_last_backup(db, as_actor):
    async def fall(context):
        raise Conflict("the books are locked")

    async with db.write(SYSTEM) as uow:
        job_id = await uow.defer("ledger.seal")
        after = {"file": "july.dump", "size_bytes": 4096}
        audit.record(uow, BACKED_UP, SYSTEM.id, after=after)
    await run_job(db, {"ledger.seal": fall}, job_id)
    report = (await as_actor(Role.AUDITOR).get("/health-report")).json()
    assert (report["backup"]["file"], report["backup"]["size_bytes"]) == ("july.dump", 4096)
    night = {run["kind"]: run for run in report["timetable"]}
    assert set(night) == set(wiring.TIMETABLE)
    assert (night["ledger.seal"]["done"], night["ledger.seal"]["failed"]) == (0, 1)
    assert night["ledger.seal"]["last_state"] == "failed"
    assert night["ledger.verify"]["last_at"] is None


async def test_a_proof_is_asked_for_once(db, as_actor):
    boss = as_actor(Role.SUPERVISOR)
    answers = [await boss.post("/health-report/verify") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    report = (await boss.get("/health-report")).json()
    assert (report["proof"]["job_id"], report["proof"]["state"]) == (
        answers[0].json()["job_id"],
        "queued",
    )
    assert (await as_actor(Role.CASHIER).post("/health-report/verify")).status_code == 403


async def test_the_proof_runs_as_a_job_and_fails_where_a_row_differs(fresh_database, actor):
    async with fresh_database.write(actor) as uow:
        await a_bill(uow, (await an_account(uow)).id, water=30_00, sewer=20_00)
        head = await seal(uow)
        good, bad = [await uow.defer("ledger.verify") for _ in range(2)]

    async def forged(sql):
        return Finding("bill 7", "posted 1 cent more")

    async def after(job_id: UUID, checks) -> tuple[str, dict, str]:
        await run_job(fresh_database, verify_jobs(checks), job_id)
        async with fresh_database.read(actor) as reader:
            row = await reader.sql.fetchrow("SELECT * FROM jobs WHERE id = $1", job_id)
        return row["state"], row["result"], row["error"]

    state, result, _ = await after(good, {})
    assert (state, result["head"]) == ("done", str(head))
    assert "control account" in result["checks"]
    state, _, error = await after(bad, {"bills = postings": forged})
    assert (state, error) == (
        "failed",
        "bills = postings: first bad row: bill 7: posted 1 cent more",
    )
