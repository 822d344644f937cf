"""The pages of the guide as they lie beside the program: read, rendered once, searched."""

import re
from functools import lru_cache
from importlib import resources
from pathlib import Path

from curbstop.documents.guide.markdown import House, Picture, Rendered, Section, render
from curbstop.documents.guide.schemas import GuideHit, GuidePageOut, GuidePageRow

# The order in which a newcomer reads; a page that is not named here comes last, by its name.
READING_ORDER = (
    *("getting-started", "accounts", "meters-and-parcels", "reading", "billing"),
    *("payments-and-adjustments", "tariffs", "read-layouts", "administration", "deployment", "api"),
)
PICTURES = "/api/v1/guide/images"
_HITS_MAX = 20
_EXCERPT_CHARS = 160
_PNG_SIZE = slice(16, 24)  # width and height, four bytes each, in the header of every PNG


def docs_dir() -> Path:
    """Where `guide/` and `images/` lie: inside the installed wheel, or in a checkout."""
    bundled = Path(str(resources.files("curbstop"))) / "_bundled"
    checkout = Path(__file__).resolve().parents[4] / "docs"
    return bundled if (bundled / "guide").is_dir() else checkout


def page_names() -> list[str]:
    """Every page in reading order."""
    found = {path.stem for path in (docs_dir() / "guide").glob("*.md")}
    known = [name for name in READING_ORDER if name in found]
    return [*known, *sorted(found.difference(known))]


def contents() -> list[GuidePageRow]:
    """Every page with its title, first sentence and headings, in reading order."""
    return [_row(name, _page(name)) for name in page_names()]


def find_page(name: str) -> GuidePageOut | None:
    """One page with its HTML; None when the guide has no such page."""
    if name not in page_names():
        return None
    page = _page(name)
    return GuidePageOut(**_row(name, page).model_dump(), html=page.html)


def picture_file(name: str) -> Path | None:
    """The file of a picture of the guide; None for anything else."""
    return next((path for path in _pictures() if path.name == name), None)


def search(asked: str) -> list[GuideHit]:
    """Sections whose heading and text hold every word, headings that hold them first."""
    words = asked.lower().split()
    hits = [
        (_rank(section, title, words), _hit(name, title, section, words))
        for name in page_names()
        for title, sections in [(_page(name).title, _page(name).sections)]
        for section in sections
        if words and all(word in _all_text(section, title).lower() for word in words)
    ]
    return [hit for _, hit in sorted(hits, key=lambda found: found[0])][:_HITS_MAX]


def _row(name: str, page: Rendered) -> GuidePageRow:
    return GuidePageRow(name=name, title=page.title, summary=page.summary, headings=page.headings)


def _page(name: str) -> Rendered:
    path = docs_dir() / "guide" / f"{name}.md"
    return _rendered(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _rendered(path: Path, _changed: int) -> Rendered:
    """Rendered once for each state of the file, so that a writer sees the change at once."""
    house = House(lambda target: _address(target, path.stem), _picture)
    return render(path.read_text(encoding="utf-8"), house)


def _address(target: str, here: str) -> str | None:
    """`billing.md#proof` → `/guide/billing#proof`; None for a file outside the guide."""
    file, _, anchor = target.partition("#")
    name = file.removesuffix(".md") if file else here
    if name not in page_names() or (file and not file.endswith(".md")):
        return None
    return f"/guide/{name}#{anchor}" if anchor else f"/guide/{name}"


def _pictures() -> list[Path]:
    return sorted((docs_dir() / "images").glob("*.png"))


def _picture(source: str) -> Picture | None:
    folder, _, name = source.rpartition("/")
    file = picture_file(name) if folder == "../images" else None
    if file is None:
        return None
    with file.open("rb") as opened:
        size = opened.read(_PNG_SIZE.stop)[_PNG_SIZE]
    width, height = int.from_bytes(size[:4], "big"), int.from_bytes(size[4:], "big")
    return Picture(f"{PICTURES}/{name}", width, height)


def _all_text(section: Section, title: str) -> str:
    return " ".join([section.heading.text if section.heading else title, *section.text])


def _rank(section: Section, title: str, words: list[str]) -> bool:
    """False, hence first, when the heading alone holds every word."""
    heading = (section.heading.text if section.heading else title).lower()
    return not all(word in heading for word in words)


def _hit(name: str, title: str, section: Section, words: list[str]) -> GuideHit:
    return GuideHit(
        page=name,
        title=title,
        heading_id=section.heading.id if section.heading else "",
        heading=section.heading.text if section.heading else title,
        excerpt=_excerpt(re.sub(r"\s+", " ", " ".join(section.text)), words),
    )


def _excerpt(text: str, words: list[str]) -> str:
    """A line of text around the first of the words that it holds, cut between words."""
    places = [place for word in words if (place := text.lower().find(word)) >= 0]
    wanted = max(0, min(places, default=0) - _EXCERPT_CHARS // 3)
    start = text.rfind(" ", 0, wanted) + 1 if wanted else 0
    cut = text[start : start + _EXCERPT_CHARS]
    if start + _EXCERPT_CHARS < len(text):
        cut = cut.rpartition(" ")[0] + " …"
    return f"… {cut}" if start else cut
