"""A client's days, flags, numbers and text are taken as the contract writes them, never nearly."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, get_args, get_origin

from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, TypeAdapter, ValidationError

# What pydantic's own types take beside what the contract says.
NEARLY: dict[type, tuple[object, ...]] = {
    date: (0, "0.5", "2026-06-01T00:00:00"),
    datetime: (0, "0.5", "2026-06-01T00:00:00"),
    bool: (0, "yes", "1"),
    int: (True, "3"),
}


def kinds(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[tuple[type, Any]]:
    """The plain types within an annotation, each as it is validated."""
    if get_origin(annotation) is Annotated:
        inner, *own = get_args(annotation)
        yield from kinds(inner, (*own, *metadata))
    elif get_args(annotation):
        for part in get_args(annotation):
            yield from kinds(part)
    elif isinstance(annotation, type):
        yield annotation, Annotated[annotation, *metadata] if metadata else annotation


def lax(annotation: Any, metadata: list[Any], *, in_text: bool) -> bool:
    """Whether a field takes something that is nearly what the contract says."""
    for plain, whole in kinds(annotation, tuple(metadata)):
        # In a path or a query every number is text.
        if in_text and plain is int:
            continue
        for value in NEARLY.get(plain, ()):
            try:
                TypeAdapter(whole).validate_python(value)
            except ValidationError:
                continue
            return True
    return False


def models(annotation: Any, seen: set[type[BaseModel]]) -> None:
    for plain, _ in kinds(annotation):
        if issubclass(plain, BaseModel) and plain not in seen:
            seen.add(plain)
            for field in plain.model_fields.values():
                models(field.annotation, seen)


def routes(app) -> list[Any]:
    contexts = [context._effective_route for context in iter_route_contexts(app.routes)]
    return [route for route in contexts if getattr(route, "dependant", None) is not None]


def bodies(app) -> set[type[BaseModel]]:
    """Every model that is part of what some route takes."""
    found = set[type[BaseModel]]()
    for route in routes(app):
        for field in route.dependant.body_params:
            models(field.field_info.annotation, found)
    assert len(found) > 40
    return found


def takes(model: type[BaseModel], name: str, value: object) -> bool:
    """Whether a field has no objection of its own to a value."""
    try:
        model.model_validate({name: value})
    except ValidationError as refused:
        return not any(error["loc"][:1] == (name,) for error in refused.errors())
    return True


def test_no_request_takes_nearly_a_day_a_flag_or_a_number(app):
    wrong = set()
    for route in routes(app):
        for field in get_flat_params(route.dependant):
            if lax(field.field_info.annotation, field.field_info.metadata, in_text=True):
                wrong.add(f"{route.path} {field.name}")
    for model in bodies(app):
        for name, field in model.model_fields.items():
            if lax(field.annotation, field.metadata, in_text=False):
                wrong.add(f"{model.__name__}.{name}")
    assert wrong == set()


def test_no_request_takes_a_control_character_as_text(app):
    """It shows nothing, breaks a file's line, and hides what stands behind it."""
    wrong = {
        f"{model.__name__}.{name}"
        for model in bodies(app)
        for name, field in model.model_fields.items()
        if any(plain is str for plain, _ in kinds(field.annotation))
        and takes(model, name, "Main\x07 Street")
    }
    assert wrong == set()
