"""HTTP for the guide: for everyone who is signed in, whatever their role."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse

from curbstop.documents.guide import pages
from curbstop.documents.guide.schemas import GuideContents, GuideHits, GuidePageOut
from curbstop.identity.auth import requires_sign_in
from curbstop.kernel.errors import NotFound
from curbstop.platform.http import problems

router = APIRouter(prefix="/guide", tags=["guide"], dependencies=[requires_sign_in()])


class GuidePageNotFound(NotFound):
    title = "The guide has no such page"


class GuidePictureNotFound(NotFound):
    title = "The guide has no such picture"


@router.get("", response_model=GuideContents)
def list_guide_pages() -> GuideContents:
    """The guide's table of contents, in the order in which to read it."""
    return GuideContents(items=pages.contents())


@router.get("/search", response_model=GuideHits)
def search_guide(q: Annotated[str, Query(max_length=200)]) -> GuideHits:
    """Sections that hold every word of `q`, those with the words in their heading first."""
    return GuideHits(items=pages.search(q))


@router.get(
    "/images/{name}",
    response_class=FileResponse,
    responses={
        200: {"content": {"image/png": {}}, "description": "The picture."},
        **problems(GuidePictureNotFound),
    },
)
def get_guide_picture(name: str) -> FileResponse:
    """A picture that a page of the guide shows."""
    file = pages.picture_file(name)
    if file is None:
        raise GuidePictureNotFound(name)
    return FileResponse(
        file, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"}
    )


@router.get("/{page}", response_model=GuidePageOut, responses=problems(GuidePageNotFound))
def get_guide_page(page: str) -> GuidePageOut:
    """One page of the guide as an HTML fragment."""
    found = pages.find_page(page)
    if found is None:
        raise GuidePageNotFound(page)
    return found
