"""HTTP for customers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.accounts.customers import actions, queries
from curbstop.accounts.customers.queries import CustomerNotFound
from curbstop.accounts.customers.schemas import (
    CustomerChange,
    CustomerListParams,
    CustomerOut,
    CustomerPage,
    CustomerRequest,
)
from curbstop.accounts.models import Customer
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import (
    BadInput,
    IdempotencyConflict,
    StaleVersion,
    VersionRequired,
)
from curbstop.platform.http import IfMatch, etag_of, problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/customers", tags=["accounts"])
_READ = [requires(Perm.ACCOUNT_READ)]
_WRITE = [requires(Perm.ACCOUNT_WRITE)]


@router.get("", response_model=Page[CustomerOut], dependencies=_READ)
async def list_customers(
    params: Annotated[CustomerListParams, Query()], reader: ReadUow, request: Request
) -> Page[CustomerOut] | Response:
    """Customers; `q` finds any scrap of name or telephone number."""
    return await list_rows(reader, queries.CUSTOMERS, params, request)


@router.post(
    "",
    status_code=201,
    response_model=CustomerOut,
    dependencies=_WRITE,
    responses=problems(IdempotencyConflict, BadInput),
)
async def add_customer(body: CustomerRequest, uow: WriteUow, response: Response) -> Customer:
    """Put a customer on record."""
    customer = await actions.add_customer(uow, body)
    response.headers["ETag"] = etag_of(customer.version)
    return customer


@router.get(
    "/{customer_id}",
    response_model=CustomerPage,
    dependencies=_READ,
    responses=problems(CustomerNotFound),
)
async def get_customer(customer_id: UUID, reader: ReadUow, response: Response) -> CustomerPage:
    """A customer and the accounts they hold or held."""
    page = await queries.find_customer(reader.sql, customer_id)
    response.headers["ETag"] = etag_of(page.customer.version)
    return page


@router.patch(
    "/{customer_id}",
    response_model=CustomerOut,
    dependencies=_WRITE,
    responses=problems(
        CustomerNotFound, actions.EmailNeeded, StaleVersion, VersionRequired, BadInput
    ),
)
async def change_customer(
    customer_id: UUID, body: CustomerChange, seen: IfMatch, uow: WriteUow, response: Response
) -> Customer:
    """Correct what is known of a customer."""
    customer = await actions.change_customer(uow, customer_id, body, seen)
    response.headers["ETag"] = etag_of(customer.version)
    return customer
