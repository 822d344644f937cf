"""HTTP for the thresholds of the rules: parse, authorize, delegate."""

from fastapi import APIRouter

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.readings.thresholds import effect, queries
from curbstop.readings.thresholds.schemas import (
    ThresholdEffect,
    ThresholdOut,
    ThresholdPage,
    ThresholdTrial,
)

router = APIRouter(prefix="/read-rules", tags=["readings"])


@router.get("", response_model=list[ThresholdOut], dependencies=[requires(Perm.READING_READ)])
async def list_read_rules(reader: ReadUow) -> list[ThresholdOut]:
    """Every threshold of the rules: name, unit, default, and its values in force today."""
    return await queries.list_thresholds(reader.sql, reader.today)


@router.get(
    "/{name}",
    response_model=ThresholdPage,
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(queries.ThresholdNotFound),
)
async def get_read_rule(name: str, reader: ReadUow) -> ThresholdPage:
    """A threshold with every value that was ever set: who, when, from which day and why."""
    return await queries.threshold_page(reader.sql, name, reader.today)


@router.post(
    "/{name}/preview",
    response_model=ThresholdEffect,
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(BadInput, queries.ThresholdNotFound, effect.EffectUnknown),
)
async def preview_read_rule(name: str, body: ThresholdTrial, uow: WriteUow) -> ThresholdEffect:
    """How many exceptions the last regular reads would be with another value; nothing is set."""
    return await effect.effect_of(uow, name, body)
