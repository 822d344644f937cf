"""Reading thresholds, their values in force, and their history."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from curbstop.accounts.kinds import AccountClass
from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.readings.reviews.judging import parameter_rows
from curbstop.readings.thresholds.schemas import (
    ThresholdChange,
    ThresholdOut,
    ThresholdPage,
    ThresholdValue,
)
from curbstop.readings.validation.facts import ParameterRow
from curbstop.readings.validation.thresholds import THRESHOLDS, Threshold, in_force

_CLASSES: tuple[str | None, ...] = (*(one.value for one in AccountClass), None)

_HISTORY = """
SELECT p.*, u.name AS decided_by_name
FROM read_rule_parameters p LEFT JOIN users u ON u.id = p.decided_by
WHERE p.name = $1 ORDER BY p.from_on DESC, p.decided_at DESC, p.id DESC
"""


class ThresholdNotFound(NotFound):
    title = "No such threshold"


def get_threshold(name: str) -> Threshold:
    """A threshold by its name. Raises ThresholdNotFound."""
    found = next((one for one in THRESHOLDS if one.name == name), None)
    if found is None:
        raise ThresholdNotFound(name)
    return found


async def list_thresholds(sql: Sql, on: date) -> list[ThresholdOut]:
    """Every threshold with its values in force on a day."""
    rows = await parameter_rows(sql, on)
    return [_out(threshold, rows) for threshold in THRESHOLDS]


async def threshold_page(sql: Sql, name: str, on: date) -> ThresholdPage:
    """A threshold with everything that was ever set. Raises ThresholdNotFound."""
    threshold = get_threshold(name)
    history = [ThresholdChange(**dict(row)) for row in await sql.fetch(_HISTORY, name)]
    return ThresholdPage(threshold=_out(threshold, await parameter_rows(sql, on)), history=history)


def _out(threshold: Threshold, rows: Sequence[ParameterRow]) -> ThresholdOut:
    return ThresholdOut(
        name=threshold.name,
        title=threshold.title,
        says=threshold.says,
        rules=list(threshold.rules),
        unit=threshold.unit,
        default=threshold.default,
        whole=threshold.whole,
        by_class=threshold.by_class,
        has_preview=threshold.by_class,
        values=[ThresholdValue(**asdict(one)) for one in in_force(threshold, rows, _CLASSES)],
    )
