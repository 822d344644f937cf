"""The form of a trial: a layout's text and the sample file to try it on."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from curbstop.kernel.errors import BadInput, FieldError

LAYOUT_CHARS_MAX = 80_000
SETTINGS_MAX = 10
SETTING = "^[a-z_]+="
TRIAL_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "layout": {"type": "string", "maxLength": LAYOUT_CHARS_MAX},
                        "file": {"type": "string", "format": "binary"},
                        "setting": {
                            "type": "array",
                            "items": {"type": "string"},
                            "maxItems": SETTINGS_MAX,
                        },
                    },
                    "required": ["layout"],
                }
            }
        },
    }
}


@dataclass(frozen=True, slots=True)
class TrialForm:
    """The text of a layout, settings `name=value`, and the sample's bytes, None without one."""

    layout: str
    settings: list[str]
    data: bytes | None


async def _trial_form(request: Request) -> TrialForm:
    """The form's parts. Raises BadInput for anything else than such a form."""
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        raise BadInput("send a multipart form", FieldError("/layout", "is required"))
    try:
        async with request.form(max_files=1, max_fields=12) as form:
            return await _read(form)
    except HTTPException as broken:  # Starlette's own words for a broken form
        raise BadInput(f"the form cannot be read: {broken.detail}") from None
    except ValueError as broken:  # a part without a name, an impossible boundary
        raise BadInput("the form cannot be read") from broken


async def _read(form: FormData) -> TrialForm:
    layout, part = form.get("layout"), form.get("file")
    if not isinstance(layout, str):
        raise BadInput("the form has no layout", FieldError("/layout", "is required"))
    if len(layout) > LAYOUT_CHARS_MAX:
        reason = f"at most {LAYOUT_CHARS_MAX:,} characters"
        raise BadInput("the layout is too long", FieldError("/layout", reason))
    settings = [text for text in form.getlist("setting") if isinstance(text, str)]
    if len(settings) > SETTINGS_MAX:
        raise BadInput("too many settings", FieldError("/setting", f"at most {SETTINGS_MAX}"))
    if not all(re.match(SETTING, text) for text in settings):
        raise BadInput("a setting is not understood", FieldError("/setting", "write name=value"))
    data = await part.read() if isinstance(part, UploadFile) else None
    return TrialForm(layout, settings, data)


TrialSent = Annotated[TrialForm, Depends(_trial_form)]
