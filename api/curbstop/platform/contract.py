"""The OpenAPI document as it is promised: every operation with the problems it can answer."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from curbstop.kernel.errors import (
    BadInput,
    Forbidden,
    Problem,
    TooLarge,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)
from curbstop.platform.http import PROBLEM_JSON, ProblemOut, problems

REF = "#/components/schemas/{model}"
ANYWHERE: tuple[type[Problem], ...] = (BadInput, Unavailable)
GUARDED: tuple[type[Problem], ...] = (Unauthenticated, Forbidden)
WITH_BODY: tuple[type[Problem], ...] = (TooLarge,)
PUBLIC_PATHS = ("/api/v1/session", "/api/v1/tokens", "/healthz", "/readyz")


class ContractApp(FastAPI):
    """An application whose OpenAPI document promises every problem that a route can answer."""

    def openapi(self) -> dict[str, Any]:
        """The document, built once."""
        if self.openapi_schema is None:
            document = get_openapi(
                title=self.title,
                version=self.version,
                description=self.description,
                routes=self.routes,
            )
            for path, operations in document["paths"].items():
                for method, operation in operations.items():
                    _promise(path, method, operation)
            _shapes(document["components"]["schemas"])
            self.openapi_schema = document
        return self.openapi_schema


def _promise(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add the problems that any route of its kind can answer to those that it names."""
    kinds = [*ANYWHERE]
    if path not in PUBLIC_PATHS or method != "post":
        kinds += GUARDED
    if path in PUBLIC_PATHS:
        kinds += [TooManyRequests]
    if "requestBody" in operation:
        kinds += WITH_BODY
    responses = operation["responses"]
    for status, promised in problems(*kinds).items():
        named = responses.get(str(status))
        if named is None or PROBLEM_JSON not in named.get("content", {}):
            responses[str(status)] = promised
    operation["responses"] = dict(sorted(responses.items()))


def _shapes(schemas: dict[str, Any]) -> None:
    shape = ProblemOut.model_json_schema(ref_template=REF)
    schemas.update(shape.pop("$defs", {}))
    schemas["ProblemOut"] = shape
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
