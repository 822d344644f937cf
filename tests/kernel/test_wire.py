"""What a client may send as a day, a moment, a yes or no, a whole number: exactly that."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

import httpx
import pytest
from fastapi import FastAPI, Query
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from curbstop.kernel.dates import Day, Moment
from curbstop.kernel.wire import Flag, QueryFlag, Whole


def taken(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def refusal(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as refused:
        taken(kind, value)
    return str(refused.value.errors()[0]["msg"])


@given(st.dates(date(1800, 1, 1), date(2200, 12, 31)))
def test_a_day_is_taken_as_text_or_as_a_date(day):
    assert taken(Day, day.isoformat()) == day
    assert taken(Day, day) == day


@pytest.mark.parametrize(
    "sent",
    [
        *(0, 0.5, -1, 20260601, True, None, [], {}, b"2026-06-01"),
        *("0", "0.5", "", "2026-6-1", "20260601", "2026-W23-1", "2026-06-01T00:00:00"),
        *(" 2026-06-01", "2026-06-01\n", "２０２６-06-01", "06/01/2026"),
        datetime(2026, 6, 1, tzinfo=UTC),
    ],
)
def test_nothing_else_is_a_day(sent):
    assert refusal(Day, sent) == "Value error, must be a day written YYYY-MM-DD"


@pytest.mark.parametrize("sent", ["2026-02-29", "2026-13-01", "0000-01-01"])
def test_a_day_is_in_the_calendar(sent):
    assert refusal(Day, sent) == "Value error, is not a day of the calendar"


@pytest.mark.parametrize("sent", ["1799-12-31", "2201-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_is_far_from_the_ends_of_the_calendar(sent):
    assert "should be" in refusal(Day, sent)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("2026-06-01T08:30:00Z", datetime(2026, 6, 1, 8, 30, tzinfo=UTC)),
        ("2026-06-01t08:30z", datetime(2026, 6, 1, 8, 30, tzinfo=UTC)),
        ("2026-06-01T01:30:00-07:00", datetime(2026, 6, 1, 8, 30, tzinfo=UTC)),
        ("2026-06-01T08:30:00.25+00:00", datetime(2026, 6, 1, 8, 30, 0, 250_000, UTC)),
    ],
)
def test_a_moment_is_taken_with_its_offset(sent, meant):
    moment = taken(Moment, sent)
    assert moment == meant
    assert moment.utcoffset() is not None
    assert taken(Moment, meant) == meant


@pytest.mark.parametrize(
    "sent",
    [
        *(0, 0.5, "0.5", "1780300000", "", None, "2026-06-01", "2026-06-01T08:30:00"),
        *("2026-06-01 08:30:00Z", "2026-06-01T25:00:00Z", "2026-06-01T08:30:00+99:00"),
        *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"),
        datetime(2026, 6, 1),  # noqa: DTZ001 - what is refused
    ],
)
def test_nothing_else_is_a_moment(sent):
    assert refusal(Moment, sent).startswith(("Value error, must be", "Value error, is not"))


def test_a_moment_fits_every_zone():
    for sent in ("1800-01-01T00:00:00+23:59", "2200-12-31T23:59:59-23:59"):
        assert taken(Moment, sent).astimezone(UTC) + timedelta(days=1)


@pytest.mark.parametrize("sent", [0, 1, 0.0, "true", "yes", "on", "1", "", None])
def test_only_true_and_false_are_flags(sent):
    assert refusal(Flag, sent)
    assert taken(Flag, True) is True
    assert taken(Flag, False) is False


@pytest.mark.parametrize("sent", ["yes", "on", "1", "0", "True", "t", "", 1, None])
def test_a_query_spells_its_flags_out(sent):
    assert refusal(QueryFlag, sent) == "Value error, must be true or false"
    assert taken(QueryFlag, "true") is True
    assert taken(QueryFlag, "false") is False


@pytest.mark.parametrize("sent", [True, False, "3", 3.0, 3.5, None])
def test_only_whole_numbers_are_whole(sent):
    assert refusal(Whole, sent)
    assert taken(Whole, 3) == 3


async def test_in_a_query_the_contract_and_the_refusal_agree():
    app = FastAPI()

    @app.get("/")
    def ask(
        on: Annotated[Day | None, Query(description="d")] = None,
        at: Annotated[Moment | None, Query()] = None,
        flag: QueryFlag | None = None,
    ) -> list[str]:
        return [str(on), str(at), str(flag)]

    wire = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=wire, base_url="http://test") as client:
        taken = await client.get("/?on=2026-06-01&at=2026-06-01T00:00:00Z&flag=false")
        assert taken.json() == ["2026-06-01", "2026-06-01 00:00:00+00:00", "False"]
        for wrong in ("on=0", "on=0.5", "on=1799-01-01", "at=0.5", "flag=yes", "flag=1"):
            assert (await client.get(f"/?{wrong}")).status_code == 422, wrong
    asked = app.openapi()["paths"]["/"]["get"]["parameters"]
    kinds = [parameter["schema"]["anyOf"][0] for parameter in asked]
    assert kinds == [
        {"type": "string", "format": "date"},
        {"type": "string", "format": "date-time"},
        {"type": "boolean"},
    ]
