"""Every route names its permission, describes itself, and is in the committed contract."""

import json
from pathlib import Path

from fastapi.routing import iter_route_contexts

from curbstop.cli.contract import contract_text
from curbstop.identity.auth import Public, Requires

ROOT = Path(__file__).parents[2]
# Routes that answer before anyone has signed in; a new one needs a reason here.
PUBLIC = {
    "POST /api/v1/session",  # signing in
    "POST /api/v1/tokens",  # other systems signing in
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /{path:path}",  # the staff app's own files
}


def routes(app) -> list:
    """Every route as it is served, prefixes and inherited dependencies included."""
    contexts = [context._effective_route for context in iter_route_contexts(app.routes)]
    return [route for route in contexts if getattr(route, "dependant", None) is not None]


def names(route) -> list[str]:
    return [f"{method} {route.path}" for method in sorted(route.methods)]


def guards(route) -> list[Requires]:
    return [d.call for d in route.dependant.dependencies if isinstance(d.call, Requires)]


def test_every_route_names_its_permission(app):
    assert len(routes(app)) > 15
    unguarded = [name for route in routes(app) if not guards(route) for name in names(route)]
    assert unguarded == []


def test_public_routes_are_listed(app):
    open_routes = {
        name
        for route in routes(app)
        for guard in guards(route)
        if isinstance(guard, Public)
        for name in names(route)
    }
    assert open_routes == PUBLIC


def test_operation_ids_are_unique_and_described(app):
    documented = [route for route in routes(app) if route.include_in_schema]
    ids = [route.operation_id or route.unique_id for route in documented]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    assert [route.path for route in documented if not route.description] == []


def test_the_committed_contract_is_current():
    committed = (ROOT / "openapi" / "openapi.json").read_text()
    assert committed == contract_text(), "run `make openapi` and commit the result"


def test_no_amount_of_money_is_a_float():
    """A JSON number read as a float has already lost cents."""
    schemas = json.loads(contract_text())["components"]["schemas"]
    floats = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, shape in schema.get("properties", {}).items()
        if field.endswith("_cents") and shape.get("type") == "number"
    ]
    assert floats == []
