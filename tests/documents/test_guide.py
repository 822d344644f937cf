"""The guide in the app: pages are safe, links and the help of every screen lead somewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from curbstop.documents.guide import pages
from curbstop.documents.guide.markdown import House, render
from curbstop.identity.permissions import Role

SCREENS = Path(__file__).parents[2] / "frontend" / "src" / "shell" / "guide.ts"
NOWHERE = House(lambda target: None, lambda source: None)
TAGS = {
    *("h2", "h3", "h4", "p", "em", "strong", "code", "pre", "a", "img", "ul", "ol", "li", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "blockquote", "hr"),
}


class Elements(HTMLParser):
    """Every element of a fragment with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def anchors(name: str) -> set[str]:
    page = pages.find_page(name)
    assert page is not None, f"the guide has no page {name}"
    return {heading.id for heading in page.headings}


@pytest.mark.parametrize("name", pages.page_names())
def test_a_page_holds_no_script_no_style_and_no_foreign_element(name):
    page = pages.find_page(name)
    assert page is not None
    elements = Elements(page.html).found
    assert {tag for tag, _ in elements} <= TAGS
    given = {attribute for _, attributes in elements for attribute in attributes}
    assert given <= {
        *("id", "class", "href", "rel", "target", "src", "alt", "width", "height", "loading"),
        *("tabindex", "title", "start"),
    }


@pytest.mark.parametrize("name", pages.page_names())
def test_every_link_of_a_page_leads_to_a_page_and_heading(name):
    page = pages.find_page(name)
    assert page is not None
    for tag, attributes in Elements(page.html).found:
        if tag == "a" and not (attributes["href"] or "").startswith("http"):
            target, _, anchor = (attributes["href"] or "").removeprefix("/guide/").partition("#")
            assert not anchor or anchor in anchors(target), attributes["href"]
            assert target in pages.page_names(), attributes["href"]


def test_raw_html_and_script_addresses_stay_text():
    page = render(
        "# Title\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> [go](javascript:x)\n"
        '\n[out](../../CONTRIBUTING.md)\n\n| a |\n|--:|\n| <b onclick="x">1</b> |\n',
        NOWHERE,
    )
    elements = Elements(page.html).found
    assert {tag for tag, _ in elements} == {"p", "table", "thead", "tbody", "tr", "th", "td"}
    assert {name for _, attributes in elements for name in attributes} == {"class"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.html
    assert "[go](javascript:x)" in page.html
    assert "<p>out</p>" in page.html


def test_two_headings_of_one_name_get_two_anchors():
    page = render("# Title\n\nOne. Two.\n\n## Who, and why?\n\n## Who and why\n", NOWHERE)
    assert [heading.id for heading in page.headings] == ["who-and-why", "who-and-why-1"]
    assert (page.title, page.summary) == ("Title", "One.")


def test_every_screen_has_help_that_exists():
    screens = re.findall(r'^  "(/[^"]*)": "([^"]+)"', SCREENS.read_text(), re.MULTILINE)
    assert len(screens) > 20
    for screen, target in screens:
        name, _, anchor = target.partition("#")
        assert anchor in {*anchors(name), ""}, f"{screen} names {target}"


async def test_anyone_signed_in_reads_the_guide(as_actor, anonymous):
    reader = as_actor(Role.OPERATIONS)
    contents = (await reader.get("/guide")).json()["items"]
    assert contents[0]["name"] == "getting-started"
    assert all(page["title"] and page["summary"] for page in contents)
    page = (await reader.get("/guide/billing")).json()
    assert page["title"] == "Billing: from the calendar to the statement"
    assert '<h2 id="off-cycle">Off-cycle</h2>' in page["html"]
    assert (await reader.get("/guide/nothing")).status_code == 404
    assert (await reader.get("/guide/..%2Farchitecture")).status_code == 404
    assert (await anonymous.get("http://test/api/v1/guide")).status_code == 401


async def test_a_picture_is_a_png_of_the_size_that_the_page_says(as_actor):
    reader = as_actor(Role.CASHIER)
    html = (await reader.get("/guide/billing")).json()["html"]
    images = [attributes for tag, attributes in Elements(html).found if tag == "img"]
    assert images
    answer = await reader.get(f"http://test{images[0]['src']}")
    assert answer.headers["content-type"] == "image/png"
    size = answer.content[16:24]
    assert int.from_bytes(size[:4], "big") == int(images[0]["width"])
    assert int.from_bytes(size[4:], "big") == int(images[0]["height"])
    assert (await reader.get("/guide/images/..%2Fguide%2Fapi.md")).status_code == 404
    assert (await reader.get("/guide/images/nothing.png")).status_code == 404


async def test_search_finds_headings_before_text_and_needs_every_word(as_actor):
    reader = as_actor(Role.CASHIER)

    async def hits(q: str):
        return (await reader.get("/guide/search", params={"q": q})).json()["items"]

    first = (await hits("LEAK"))[0]
    assert (first["page"], first["heading_id"]) == ("payments-and-adjustments", "a-leak")
    found = await hits("caddy proxy")
    assert [(hit["page"], hit["heading"]) for hit in found] == [("deployment", "HTTPS")]
    assert "reverse proxy" in found[0]["excerpt"]
    assert await hits("caddy leak") == []
    assert await hits("  ") == []
