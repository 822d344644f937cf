"""Walks and their stops."""

from uuid import UUID

from sqlmodel import Field, SQLModel


class WalkRequest(SQLModel):
    """A walk as the office sets it up. Each field is described once, here."""

    id: UUID = Field(primary_key=True, description="Client-made UUIDv7; repeating it is safe.")
    code: str = Field(unique=True, min_length=1, max_length=20, description="Its short name.")
    name: str = Field(min_length=1, max_length=100)
    cycle: str = Field(max_length=20, description="The billing cycle that it is read for.")
    layout: str = Field(max_length=40, description="The layout of its download file.")
    reader: str = Field(max_length=100, description="Who reads it.")


class Walk(WalkRequest, table=True):
    """An ordered meter-reading route, read by one person or drive-by."""

    __tablename__ = "walks"

    version: int = Field(default=1)


class WalkStop(SQLModel, table=True):
    """A service point's place in its walk; a point belongs to one walk at most."""

    __tablename__ = "walk_stops"

    service_point_id: UUID = Field(primary_key=True, foreign_key="service_points.id")
    walk_id: UUID = Field(foreign_key="walks.id", index=True)
    sequence: int
