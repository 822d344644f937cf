"""One act on all exceptions that match a filter, with its effect said first."""

from datetime import date

from tests.readings.plant import a_metered_point, an_exception

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7

WHY = "looked at the photo"


async def test_all_that_match_are_decided_at_once_but_those_left_out(as_actor, uow):
    register, other = [(await a_metered_point(uow))[2] for _ in range(2)]
    for place, (rule, severity) in enumerate([("low", "warn")] * 3 + [("high", "block")] * 2):
        where = register if place % 2 else other
        await an_exception(uow, where, date(2026, 6, 1 + place), rule=rule, severity=severity)
    await uow.session.commit()
    clerk = as_actor(Role.TECHNICIAN)
    low = (await clerk.get("/read-reviews", params={"rule": "low"})).json()["items"]
    choice = {"matching": {"undecided": True}, "excluded_ids": [low[0]["id"]]}
    effect = await clerk.post("/read-reviews/acts/preview", json=choice | {"act": "dismiss"})
    assert effect.json() == {
        "exceptions": 4,
        "decided": 2,
        "proposed": 0,
        "left": [
            {
                "reason": "a blocking exception of a read is accepted, corrected or estimated",
                "exceptions": 2,
            }
        ],
    }
    done = await clerk.post("/read-reviews/acts", json=choice | {"act": "dismiss", "reason": WHY})
    assert (len(done.json()["done"]), len(done.json()["refused"])) == (2, 2)
    left = (await clerk.get("/read-reviews", params={"undecided": "true"})).json()["items"]
    assert sorted(row["rule"] for row in left) == ["high", "high", "low"]


async def test_an_act_is_for_ids_or_for_what_matches_never_both(as_actor):
    clerk = as_actor(Role.TECHNICIAN)
    act = {"act": "hold", "reason": WHY}
    for choice in ({}, {"ids": [str(uuid7())], "matching": {}}, {"matching": {"colour": "red"}}):
        assert (await clerk.post("/read-reviews/acts", json=choice | act)).status_code == 422
