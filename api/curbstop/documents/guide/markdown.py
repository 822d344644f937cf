"""Markdown of the guide → a safe HTML fragment, its headings, and its sections as plain text.

Raw HTML in the source stays text (`html: False`), and so no page can carry a script. Every
inline style is turned into a class, because the Content-Security-Policy forbids them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from curbstop.documents.guide.schemas import GuideHeading

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_OUTSIDE = re.compile(r"https?://", re.IGNORECASE)
_SENTENCE = re.compile(r"(.+?[.!?])(?:\s|$)", re.DOTALL)
_DEEPEST_ANCHOR = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture is fetched and its size in pixels, so that the page never jumps."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class House:
    """What a page may point to: addresses in the app, or None for what lies outside the guide."""

    address_of: Callable[[str], str | None]
    picture_of: Callable[[str], Picture | None]


@dataclass(slots=True)
class Section:
    """A heading (None above the first one) and the plain text below it."""

    heading: GuideHeading | None
    text: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page: its title, the HTML below it, and what contents and search need."""

    title: str
    summary: str
    html: str
    sections: tuple[Section, ...]

    @property
    def headings(self) -> list[GuideHeading]:
        """The headings below the title, in order."""
        return [section.heading for section in self.sections if section.heading]


def render(source: str, house: House) -> Rendered:
    """Render one page. Raises ValueError when it does not begin with a title (`# …`)."""
    tokens = _PARSER.parse(source)
    if len(tokens) < 3 or tokens[0].type != "heading_open" or tokens[0].tag != "h1":
        raise ValueError("a page of the guide begins with its title")
    title, body = plain(tokens[1]), tokens[3:]
    sections = _sections(body)
    for token in body:
        _dress(token)
        if token.children:
            token.children = list(_within(token.children, house))
    html = _PARSER.renderer.render(body, _PARSER.options, {})
    return Rendered(title, _first_sentence(body), html, tuple(sections))


def plain(token: Token) -> str:
    """The words of an inline token, without its marks."""
    parts = {"softbreak": " ", "hardbreak": " "}
    return "".join(parts.get(child.type, child.content) for child in token.children or [])


def slug(text: str, taken: set[str]) -> str:
    """A heading's anchor as GitHub makes it: lower case, hyphens, a number when it is taken."""
    base = re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")
    name, number = base, 0
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def _sections(body: Sequence[Token]) -> list[Section]:
    """Cut the page at its headings; each heading token is given its anchor."""
    sections, taken = [Section(None)], set[str]()
    heading: Token | None = None
    for token in body:
        if token.type == "heading_open":
            heading = token
        elif token.type == "inline" and heading is not None:
            text, level = plain(token), int(heading.tag[1])
            if level <= _DEEPEST_ANCHOR:
                anchor = slug(text, taken)
                heading.attrSet("id", anchor)
                sections.append(Section(GuideHeading(id=anchor, text=text, level=level)))
            heading = None
        elif token.type == "inline":
            sections[-1].text.append(plain(token))
        elif token.type in ("fence", "code_block"):
            sections[-1].text.append(token.content)
    return sections


def _first_sentence(body: Sequence[Token]) -> str:
    for before, token in pairwise(body):
        if before.type == "paragraph_open":
            text = plain(token)
            found = _SENTENCE.match(text)
            return found.group(1) if found else text
    return ""


def _dress(token: Token) -> None:
    """Classes that the staff app's style sheet knows, in place of inline styles."""
    style = str(token.attrs.pop("style", ""))
    if "right" in style:
        token.attrSet("class", "num")
    if token.type == "table_open":
        token.attrSet("class", "table")


def _within(children: Sequence[Token], house: House) -> Iterator[Token]:
    """The inline tokens with links and pictures led into the app; strangers become plain text."""
    open_links: list[bool] = []
    for child in children:
        if child.type == "link_open":
            kept = _lead(child, house)
            open_links.append(kept)
        elif child.type == "link_close":
            kept = open_links.pop()
        elif child.type == "image":
            kept = True
            child = _picture(child, house)  # noqa: PLW2901 - a picture that is not ours is its text
        else:
            kept = True
        if kept:
            yield child


def _lead(link: Token, house: House) -> bool:
    """Point a link into the app; False when it leads to a file outside the guide."""
    target = str(link.attrGet("href") or "")
    if _OUTSIDE.match(target):
        link.attrSet("rel", "noreferrer")
        link.attrSet("target", "_blank")
        return True
    address = house.address_of(target)
    if address is None:
        return False
    link.attrSet("href", address)
    return True


def _picture(image: Token, house: House) -> Token:
    found = house.picture_of(str(image.attrGet("src") or ""))
    if found is None:
        return Token("text", "", 0, content=image.content)
    image.attrSet("src", found.address)
    image.attrSet("width", str(found.width))
    image.attrSet("height", str(found.height))
    image.attrSet("loading", "lazy")
    return image


def _render_fence(tokens: Sequence[Token], index: int) -> str:
    """Code that is wider than the page scrolls by the keyboard, too."""
    inner = _ESCAPES.sub(lambda found: _ENTITIES[found.group()], tokens[index].content)
    return f'<pre tabindex="0"><code>{inner}</code></pre>\n'


_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_ESCAPES = re.compile('[&<>"]')
_PARSER.add_render_rule("fence", lambda _self, tokens, index, *_rest: _render_fence(tokens, index))
_PARSER.add_render_rule(
    "code_block", lambda _self, tokens, index, *_rest: _render_fence(tokens, index)
)
