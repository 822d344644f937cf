"""Which exceptions an act is for, and what it would do to them before it is done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from curbstop.kernel.errors import BadInput, Problem
from curbstop.platform.db import Sql
from curbstop.platform.lists import matching_ids
from curbstop.platform.uow import Reader
from curbstop.readings.reviews.actions import TWO_PEOPLE, require_fit
from curbstop.readings.reviews.models import ReviewState
from curbstop.readings.reviews.queries import REVIEWS
from curbstop.readings.reviews.schemas import (
    ActsEffect,
    LeftAlone,
    ReviewActsAsked,
    ReviewChoice,
    ReviewListParams,
)
from curbstop.readings.validation.rules import RuleName, Severity

AT_ONCE_MAX = 5_000

_JUDGED = """
SELECT rule, severity, state, register_id, needs_second FROM read_reviews WHERE id = ANY($1)
"""


@dataclass(frozen=True, slots=True)
class _Exception:
    """As much of an exception as decides whether an act fits it."""

    rule: RuleName
    severity: Severity
    state: ReviewState
    register_id: UUID | None
    needs_second: bool


class TooManyChosen(BadInput):
    title = "Too many exceptions for one act"


async def chosen_ids(sql: Sql, choice: ReviewChoice) -> list[UUID]:
    """The exceptions of a choice, in the order of the edit list. Raises TooManyChosen."""
    if choice.matching is None:
        return choice.ids
    params = ReviewListParams(**choice.matching.model_dump(mode="json"))
    found = await matching_ids(sql, REVIEWS, params, AT_ONCE_MAX + 1)
    if len(found) > AT_ONCE_MAX:
        raise TooManyChosen(f"more than {AT_ONCE_MAX:,} match: narrow the filter")
    excluded = set(choice.excluded_ids)
    return [review_id for review_id in found if review_id not in excluded]


async def effect_of(reader: Reader, asked: ReviewActsAsked) -> ActsEffect:
    """What an act would do to each exception, counted. Raises TooManyChosen."""
    rows = await reader.sql.fetch(_JUDGED, await chosen_ids(reader.sql, asked))
    return _counted(asked, [_exception(row) for row in rows])


def _exception(row: asyncpg.Record) -> _Exception:
    return _Exception(
        RuleName(row["rule"]),
        Severity(row["severity"]),
        ReviewState(row["state"]),
        row["register_id"],
        row["needs_second"],
    )


def _counted(asked: ReviewActsAsked, reviews: Sequence[_Exception]) -> ActsEffect:
    proposed, left = 0, Counter[str]()
    for review in reviews:
        try:
            require_fit(review, asked.act)
        except Problem as problem:
            left[problem.detail or problem.title] += 1
        else:
            proposed += review.needs_second and asked.act in TWO_PEOPLE
    return ActsEffect(
        exceptions=len(reviews),
        decided=len(reviews) - proposed - left.total(),
        proposed=proposed,
        left=[LeftAlone(reason=why, exceptions=n) for why, n in left.most_common()],
    )
