"""Wire shapes of the guide."""

from pydantic import BaseModel, Field


class GuideHeading(BaseModel):
    """A heading inside a page and the anchor that leads to it."""

    id: str = Field(description="The anchor: `/guide/PAGE#id` in the app.", examples=["backup"])
    text: str
    level: int = Field(description="2 or 3.")


class GuidePageRow(BaseModel):
    """A page as the table of contents shows it."""

    name: str = Field(examples=["billing"])
    title: str
    summary: str = Field(description="Its first sentence.")
    headings: list[GuideHeading]


class GuideContents(BaseModel):
    """Every page, in the order in which to read them."""

    items: list[GuidePageRow]


class GuidePageOut(GuidePageRow):
    """A page with its text."""

    html: str = Field(
        description="The text below the title: a fragment made from Markdown in which raw HTML"
        " is only text. Links within the guide are addresses of the staff app."
    )


class GuideHit(BaseModel):
    """A section that holds every word asked for."""

    page: str
    title: str = Field(description="The page's title.")
    heading_id: str = Field(description="The section's anchor; empty above the first heading.")
    heading: str = Field(description="The section's heading, or the page's title.")
    excerpt: str = Field(description="The text around the first of the words.")


class GuideHits(BaseModel):
    """Sections found, headings before text."""

    items: list[GuideHit]
