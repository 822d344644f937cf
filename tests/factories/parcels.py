"""Land for tests, straight into the tables."""

import itertools
from datetime import date
from decimal import Decimal

from curbstop.kernel.ids import uuid7
from curbstop.parcels.kinds import ConnectionStatus, Service
from curbstop.parcels.models import Connection, Parcel, ParcelOwner
from curbstop.platform.uow import Uow

_numbers = itertools.count(1)


async def a_parcel(uow: Uow, **changes) -> Parcel:
    """A parcel of Placer County with its own APN and street number."""
    number = next(_numbers)
    key = f"{number:09d}000"
    facts = {
        "id": uuid7(),
        "county": "placer",
        "apn": f"{key[:3]}-{key[3:6]}-{key[6:9]}-000",
        "apn_key": key,
        "situs_line": f"{number} Aspen Way",
        "situs_city": "Clear Creek",
        "situs_zip": "95602",
        "land_use": "single family",
        "acres": Decimal("0.25"),
        "created_at": uow.now,
    }
    parcel = Parcel(**(facts | changes))
    uow.session.add(parcel)
    await uow.session.flush()
    return parcel


async def an_owner(uow: Uow, parcel: Parcel, **changes) -> ParcelOwner:
    """Someone on title since 2020."""
    facts = {
        "id": uuid7(),
        "parcel_id": parcel.id,
        "name": "Rosa Alvarez",
        "mail_line": "PO Box 12",
        "mail_city": "Clear Creek",
        "mail_state": "CA",
        "mail_zip": "95602",
        "mail_country": "US",
        "from_on": date(2020, 1, 1),
        "deed_reference": "2020-0001234",
    }
    owner = ParcelOwner(**(facts | changes))
    uow.session.add(owner)
    await uow.session.flush()
    return owner


async def a_connection(uow: Uow, parcel: Parcel, **changes) -> Connection:
    """An authorized 3/4-inch water connection of one EDU."""
    facts = {
        "id": uuid7(),
        "parcel_id": parcel.id,
        "service": Service.WATER,
        "size": "3/4",
        "edu": Decimal(1),
        "status": ConnectionStatus.AUTHORIZED,
        "document": "Resolution 2019-04",
        "authorized_on": date(2019, 4, 1),
    }
    connection = Connection(**(facts | changes))
    uow.session.add(connection)
    await uow.session.flush()
    return connection
