"""People for tests, straight into the tables."""

import itertools
from datetime import date
from decimal import Decimal

from tests.factories.meters import a_service_point

from curbstop.accounts.kinds import (
    AccountClass,
    AccountStatus,
    CustomerKind,
    Delivery,
    Language,
)
from curbstop.accounts.models import Account, Agreement, Customer, RatingAttribute
from curbstop.kernel.ids import account_number, uuid7
from curbstop.meters.models import ServicePoint
from curbstop.platform.uow import Uow

_numbers = itertools.count(90_000_000)
SINCE = date(2024, 1, 1)


async def a_customer(uow: Uow, **changes) -> Customer:
    """A person with a telephone."""
    facts = {
        "id": uuid7(),
        "kind": CustomerKind.PERSON,
        "name": "Maria Lopez",
        "phone": "+15305550142",
        "phone_raw": "(530) 555-0142",
        "email": "maria@example.org",
        "language": Language.ENGLISH,
        "created_at": uow.now,
    }
    customer = Customer(**(facts | changes))
    uow.session.add(customer)
    await uow.session.flush()
    return customer


async def an_account(uow: Uow, customer: Customer | None = None, **changes) -> Account:
    """An open residential account."""
    customer = customer or await a_customer(uow)
    facts = {
        "id": uuid7(),
        "number": account_number(next(_numbers)),
        "customer_id": customer.id,
        "account_class": AccountClass.RESIDENTIAL,
        "status": AccountStatus.OPEN,
        "opened_on": SINCE,
        "mail_name": customer.name,
        "mail_line": "1 Aspen Way",
        "mail_line2": "",
        "mail_city": "Clear Creek",
        "mail_state": "CA",
        "mail_zip": "95602",
        "mail_country": "US",
        "delivery": Delivery.PAPER,
        "language": Language.ENGLISH,
        "notes": "",
        "created_at": uow.now,
    }
    account = Account(**(facts | changes))
    uow.session.add(account)
    await uow.session.flush()
    return account


async def an_agreement(
    uow: Uow, account: Account | None = None, point: ServicePoint | None = None, **changes
) -> Agreement:
    """The account takes the point's service, all of it, since the start of 2024."""
    account = account or await an_account(uow)
    point = point or await a_service_point(uow)
    facts = {
        "id": uuid7(),
        "account_id": account.id,
        "service_point_id": point.id,
        "service": point.service,
        "rate_code": "W-RES",
        "share_percent": Decimal(100),
        "from_on": SINCE,
        "created_at": uow.now,
    }
    agreement = Agreement(**(facts | changes))
    uow.session.add(agreement)
    await uow.session.flush()
    return agreement


async def a_rating_attribute(
    uow: Uow, agreement: Agreement, name: str, value: str, **changes
) -> RatingAttribute:
    """A fact that the rate asks for, since the agreement began."""
    facts = {
        "id": uuid7(),
        "agreement_id": agreement.id,
        "name": name,
        "value": value,
        "from_on": agreement.from_on,
    }
    attribute = RatingAttribute(**(facts | changes))
    uow.session.add(attribute)
    await uow.session.flush()
    return attribute
