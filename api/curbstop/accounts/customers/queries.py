"""Reading customers."""

from uuid import UUID

from curbstop.accounts.customers.schemas import CustomerOut, CustomerPage, HeldAccount
from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec


class CustomerNotFound(NotFound):
    title = "No such customer"


CUSTOMERS = ListSpec(
    row=CustomerOut,
    source="customers",
    columns={name: name for name in CustomerOut.model_fields},
    sort="name",
    tiebreak="id",
    filters={"kind": "kind = {}"},
    # Without a letter it may be a telephone number, looked for by its digits however typed.
    search=(
        "name ILIKE {} OR ({} !~ '[[:alpha:]]' AND phone LIKE"
        " '%' || nullif(regexp_replace({}, '[^0-9]', '', 'g'), '') || '%')"
    ),
)


async def find_customer(sql: Sql, customer_id: UUID) -> CustomerPage:
    """A customer and the accounts they hold or held. Raises CustomerNotFound."""
    row = await sql.fetchrow("SELECT * FROM customers WHERE id = $1", customer_id)
    if row is None:
        raise CustomerNotFound(str(customer_id))
    accounts = await sql.fetch(
        "SELECT a.id, s.number, s.status, s.service_address FROM accounts a"
        " JOIN account_summaries s ON s.account_id = a.id WHERE a.customer_id = $1"
        " ORDER BY s.status DESC, s.number",
        customer_id,
    )
    return CustomerPage(
        customer=CustomerOut.model_validate(dict(row)),
        accounts=[HeldAccount.model_validate(dict(account)) for account in accounts],
    )
