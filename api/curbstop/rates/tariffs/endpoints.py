"""HTTP for tariffs, their versions and the test bench."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict, StaleVersion, VersionRequired
from curbstop.platform.http import IfMatch, etag_of, problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.rates.engine import RatingError
from curbstop.rates.tariffs import actions, views
from curbstop.rates.tariffs.problems import (
    ApproverIsAuthor,
    EffectiveDateTaken,
    ExamplesDiffer,
    TariffDiffers,
    VersionNotDraft,
    VersionNotFound,
    VersionNotProposed,
)
from curbstop.rates.tariffs.queries import tariff_list, version_list
from curbstop.rates.tariffs.schemas import (
    ChangesOut,
    ComparisonOut,
    ComparisonRequest,
    DraftCheck,
    DraftChecked,
    PricedOut,
    ReturnRequest,
    SuccessorRequest,
    TariffImport,
    TariffListParams,
    TariffOut,
    UsageRequest,
    VersionEdit,
    VersionListParams,
    VersionOut,
    VersionRow,
)

router = APIRouter(tags=["rates"])
_STALE = (StaleVersion, VersionRequired)


@router.get(
    "/tariffs",
    response_model=Page[TariffOut],
    dependencies=[requires(Perm.TARIFF_READ)],
    responses=problems(BadInput),
)
async def list_tariffs(
    params: Annotated[TariffListParams, Query()], reader: ReadUow, request: Request
) -> Page[TariffOut] | Response:
    """Tariffs with the version in force today."""
    return await list_rows(reader, tariff_list(reader.today), params, request)


@router.post(
    "/tariffs",
    status_code=201,
    response_model=list[VersionOut],
    dependencies=[requires(Perm.TARIFF_WRITE)],
    responses=problems(TariffDiffers, IdempotencyConflict, BadInput),
)
async def import_tariff(request: TariffImport, uow: WriteUow) -> list[VersionOut]:
    """Import a tariff file; each version in it that is not known yet becomes a draft."""
    rows = await actions.import_tariff(uow, request.id, request.content)
    return [await views.version_out(uow.sql, row.id, uow.today) for row in rows]


@router.get(
    "/tariff-versions",
    response_model=Page[VersionRow],
    dependencies=[requires(Perm.TARIFF_READ)],
    responses=problems(BadInput),
)
async def list_tariff_versions(
    params: Annotated[VersionListParams, Query()], reader: ReadUow, request: Request
) -> Page[VersionRow] | Response:
    """Versions of all tariffs, drafts included."""
    return await list_rows(reader, version_list(reader.today), params, request)


@router.get(
    "/tariff-versions/{version_id}",
    response_model=VersionOut,
    dependencies=[requires(Perm.TARIFF_READ)],
    responses=problems(VersionNotFound),
)
async def get_tariff_version(version_id: UUID, reader: ReadUow, response: Response) -> VersionOut:
    """A version as data and as a reading like the resolution it came from."""
    version = await views.version_out(reader.sql, version_id, reader.today)
    response.headers["ETag"] = etag_of(version.version)
    return version


@router.put(
    "/tariff-versions/{version_id}",
    response_model=VersionOut,
    dependencies=[requires(Perm.TARIFF_WRITE)],
    responses=problems(VersionNotFound, VersionNotDraft, BadInput, *_STALE),
)
async def edit_tariff_version(
    version_id: UUID, request: VersionEdit, uow: WriteUow, seen: IfMatch, response: Response
) -> VersionOut:
    """Replace a draft's body."""
    await actions.edit_draft(uow, version_id, request.body, seen)
    return await _answer(uow, version_id, response)


@router.post(
    "/tariff-versions/{version_id}/successors",
    status_code=201,
    response_model=VersionOut,
    dependencies=[requires(Perm.TARIFF_WRITE)],
    responses=problems(VersionNotFound, IdempotencyConflict, BadInput),
)
async def draft_successor(
    version_id: UUID, request: SuccessorRequest, uow: WriteUow, response: Response
) -> VersionOut:
    """Start the next draft from a version that stands."""
    draft = await actions.draft_successor(uow, version_id, request)
    return await _answer(uow, draft.id, response)


@router.post(
    "/tariff-versions/{version_id}/check",
    response_model=DraftChecked,
    dependencies=[requires(Perm.TARIFF_READ)],
    responses=problems(VersionNotFound),
)
async def check_tariff_draft(
    version_id: UUID, request: DraftCheck, reader: ReadUow
) -> DraftChecked:
    """What a typed draft says: its mistakes by line and pointer, its examples, its price."""
    return await views.check(reader.sql, version_id, request, reader.today)


@router.get(
    "/tariff-versions/{version_id}/changes",
    response_model=ChangesOut,
    dependencies=[requires(Perm.TARIFF_READ)],
    responses=problems(VersionNotFound),
)
async def list_tariff_changes(version_id: UUID, other_id: UUID, reader: ReadUow) -> ChangesOut:
    """Two versions side by side: the other one is before, this one after."""
    return await views.changes(reader.sql, version_id, other_id, reader.today)


@router.post(
    "/tariff-versions/{version_id}/propose",
    response_model=VersionOut,
    dependencies=[requires(Perm.TARIFF_WRITE)],
    responses=problems(VersionNotFound, VersionNotDraft, ExamplesDiffer, *_STALE),
)
async def propose_tariff_version(
    version_id: UUID, uow: WriteUow, seen: IfMatch, response: Response
) -> VersionOut:
    """Put a draft before its approver; its worked examples must come out."""
    await actions.propose(uow, version_id, seen)
    return await _answer(uow, version_id, response)


@router.post(
    "/tariff-versions/{version_id}/return",
    response_model=VersionOut,
    dependencies=[requires(Perm.TARIFF_APPROVE)],
    responses=problems(VersionNotFound, VersionNotProposed, *_STALE),
)
async def return_tariff_version(
    version_id: UUID, request: ReturnRequest, uow: WriteUow, seen: IfMatch, response: Response
) -> VersionOut:
    """Send a proposed version back to its authors."""
    await actions.return_to_draft(uow, version_id, request.reason, seen)
    return await _answer(uow, version_id, response)


@router.post(
    "/tariff-versions/{version_id}/approve",
    response_model=VersionOut,
    dependencies=[requires(Perm.TARIFF_APPROVE)],
    responses=problems(
        VersionNotFound,
        VersionNotProposed,
        ApproverIsAuthor,
        EffectiveDateTaken,
        ExamplesDiffer,
        *_STALE,
    ),
)
async def approve_tariff_version(
    version_id: UUID, uow: WriteUow, seen: IfMatch, response: Response
) -> VersionOut:
    """Adopt a version as a second person; it never changes again."""
    await actions.approve(uow, version_id, seen)
    return await _answer(uow, version_id, response)


@router.post(
    "/tariff-versions/{version_id}/price",
    response_model=PricedOut,
    dependencies=[requires(Perm.TARIFF_READ)],
    responses=problems(VersionNotFound, RatingError, BadInput),
)
async def price_usage(version_id: UUID, request: UsageRequest, reader: ReadUow) -> PricedOut:
    """Price typed usage under a version, in force or not."""
    return await views.price(reader.sql, version_id, request, reader.today)


@router.post(
    "/tariff-versions/{version_id}/compare",
    response_model=ComparisonOut,
    dependencies=[requires(Perm.TARIFF_READ)],
    responses=problems(VersionNotFound, RatingError, BadInput),
)
async def compare_tariff_versions(
    version_id: UUID, request: ComparisonRequest, reader: ReadUow
) -> ComparisonOut:
    """Price the same usages under two versions, of one tariff or of two."""
    return await views.compare(reader.sql, version_id, request, reader.today)


async def _answer(uow: WriteUow, version_id: UUID, response: Response) -> VersionOut:
    version = await views.version_out(uow.sql, version_id, uow.today)
    response.headers["ETag"] = etag_of(version.version)
    return version
