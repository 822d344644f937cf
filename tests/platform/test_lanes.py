"""The lanes answer with the very route that the whole router would have chosen."""

import re

from fastapi.routing import iter_route_contexts
from starlette.routing import Match

from curbstop.platform.lanes import API, Lanes


def chosen(routes, method: str, path: str):
    """The first route of the order that takes a request whole."""
    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
    for route in routes:
        match, _ = route.matches(scope)
        if match is Match.FULL:
            return route
    return None


def test_every_route_is_found_in_its_lane(app):
    lanes = Lanes(app)
    asked = 0
    for context in iter_route_contexts(app.routes):
        path = re.sub("{[^}]+}", "0198c0de-0000-7000-8000-000000000001", context.path or "")
        if not path.startswith(API):
            continue
        lane = lanes._lanes[path.removeprefix(API).split("/")[0]]
        for method in context.methods or ():
            whole = chosen(app.routes, method, path)
            assert whole is not None, path
            assert chosen(lane.routes, method, path) is whole, path
            asked += 1
    assert asked > 100


async def test_what_has_no_lane_is_still_answered(anonymous):
    assert (await anonymous.get("/no-such-thing")).json()["type"] == "/problems/not-found"
    assert (await anonymous.get("/accounts/no/such/thing")).status_code == 404
    assert (await anonymous.get("http://test/healthz")).status_code == 200
    refused = await anonymous.delete("/accounts")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, POST")
