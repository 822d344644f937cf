"""HTTP for the home page."""

from fastapi import APIRouter

from curbstop.identity.auth import requires, requires_sign_in
from curbstop.identity.permissions import Perm
from curbstop.platform.uow import ReadUow
from curbstop.reports.home import queries
from curbstop.reports.home.schemas import HomeOut, ReceivableOut

router = APIRouter(prefix="/home", tags=["reports"])


@router.get("", response_model=HomeOut, dependencies=[requires_sign_in()])
async def get_home(reader: ReadUow) -> HomeOut:
    """Where each cycle stands, what waits and since when, what came in overnight."""
    return await queries.home(reader)


@router.get("/receivable", response_model=ReceivableOut, dependencies=[requires(Perm.LEDGER_READ)])
async def get_receivable(reader: ReadUow) -> ReceivableOut:
    """What customers owe by the accounts, by open items and by the books, counted now."""
    return await queries.receivable(reader)
