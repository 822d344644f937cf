"""Every route × every role × nobody: the answer is what the permission screen says."""

import re

import pytest
from fastapi.routing import iter_route_contexts

from curbstop.identity.auth import Public, Requires
from curbstop.identity.permissions import ROLE_PERMISSIONS, Role
from curbstop.kernel.ids import uuid7


def guarded(app) -> list[tuple[str, str, Requires]]:
    """(method, path with ids filled in, guard) of every route that asks who is calling."""
    found = []
    for context in iter_route_contexts(app.routes):
        route = context._effective_route
        dependant = getattr(route, "dependant", None)
        guards = [d.call for d in dependant.dependencies] if dependant else []
        for guard in guards:
            if isinstance(guard, Requires) and not isinstance(guard, Public):
                path = re.sub(r"\{[^}]+\}", str(uuid7()), route.path)
                found += [(m, f"http://test{path}", guard) for m in route.methods - {"HEAD"}]
    return found


async def test_nobody_gets_anything(app, anonymous):
    answers = {
        (method, path): (await anonymous.request(method, path)).status_code
        for method, path, _ in guarded(app)
    }
    assert len(answers) > 10
    assert {case: status for case, status in answers.items() if status != 401} == {}


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_gets_what_its_permissions_say(app, as_actor, role):
    client = as_actor(role)
    wrong = []
    for method, path, guard in guarded(app):
        status = (await client.request(method, path)).status_code
        allowed = guard.perm is None or guard.perm in ROLE_PERMISSIONS[role]
        if (status == 403) == allowed or status in (401, 500):
            if status == 401 and guard.perm is None:
                continue  # the session itself: a test actor has no cookie
            wrong.append((method, path, status))
    assert wrong == []
