"""What every answer carries, and what no request may do."""

import pytest

from curbstop.platform.contract import PUBLIC_PATHS as PUBLIC
from curbstop.platform.settings import Settings


async def test_answers_carry_security_headers_and_an_id(anonymous):
    answer = await anonymous.get("http://test/healthz")
    assert answer.json()["status"] == "ok"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(answer.headers["x-request-id"]) == 32


async def test_api_answers_are_not_cached(anonymous):
    assert (await anonymous.get("/session")).headers["cache-control"] == "no-store"


async def test_readiness_asks_the_database(anonymous):
    assert (await anonymous.get("http://test/readyz")).json() == {"status": "ready"}


async def test_metrics_count_requests_by_route(anonymous):
    await anonymous.get("http://test/healthz")
    text = (await anonymous.get("http://test/metrics")).text
    assert 'curbstop_requests_total{method="GET",route="/healthz",status="200"}' in text


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing",
        "/..%2f..%2fpyproject.toml",
        "/assets/%2e%2e/%2e%2e/pyproject.toml",
        "/a%00b.js",
        f"/{'a' * 300}.js",
    ],
)
async def test_unknown_addresses_are_problems(anonymous, path):
    answer = await anonymous.get(f"http://test{path}")
    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/not-found"


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=utf-8", "application/x+json"]
)
async def test_a_body_above_the_limit_is_refused_by_its_header(anonymous, kind):
    limit = Settings().body_bytes_max
    answer = await anonymous.post(
        "/session", content=b" " * (limit + 1), headers={"Content-Type": kind}
    )
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


async def test_a_body_that_hides_its_length_is_counted(anonymous):
    async def stream():
        for _ in range(3):
            yield b" " * (Settings().body_bytes_max // 2)

    answer = await anonymous.post(
        "/session", content=stream(), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"email": 1}', b"\xff\xfe", b"null"])
async def test_malformed_json_is_a_problem_with_a_pointer(anonymous, body):
    answer = await anonymous.post(
        "/session", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]


async def test_a_defect_hides_its_text(app, anonymous):
    @app.get("/break")
    async def break_down():
        raise ZeroDivisionError("a secret of the code")

    app.router.routes.insert(0, app.router.routes.pop())
    answer = await anonymous.get("http://test/break")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert len(answer.json()["request_id"]) == 32


async def test_a_405_lists_every_method_of_the_address(as_actor):
    answer = await as_actor().put("/users")
    assert (answer.status_code, answer.json()["type"]) == (405, "/problems/method-not-allowed")
    assert answer.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/accounts/01900000-0000-7000-8000-000000000001", "GET, PATCH"),
        ("/adjustments/preview", "POST"),  # neither the staff app's page nor an adjustment's
        ("http://test/accounts/anything", "GET"),  # the staff app's page
    ],
)
async def test_a_405_lists_only_methods_of_the_resource_that_is_meant(as_actor, path, allowed):
    answer = await as_actor().options(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_every_operation_promises_its_problems(app):
    for path, operations in app.openapi()["paths"].items():
        for method, operation in operations.items():
            promised = operation["responses"]["422"]["content"]
            assert list(promised) == ["application/problem+json"], (method, path)
            assert (
                path.startswith("/api/v1") is False
                or path in PUBLIC
                or "401" in operation["responses"]
            ), (method, path)


async def test_who_shows_nothing_to_be_known_by_sends_no_upload(anonymous):
    """A body is read before its sender is known; 256 MB of it would be a stranger's to ask for."""
    flood = b"x" * 1_100_000
    plain = {"Content-Type": "text/plain"}
    refused = await anonymous.post("/session", content=flood, headers=plain)
    assert (refused.status_code, refused.json()["type"]) == (413, "/problems/too-large")
    known = plain | {"Authorization": "Bearer unknown"}
    read = await anonymous.post("/read-imports", content=flood, headers=known)
    assert read.status_code == 401
