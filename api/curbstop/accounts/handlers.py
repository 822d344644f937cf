"""What accounts do on others' news."""

from curbstop.kernel.errors import Conflict
from curbstop.meters.events import ServicePointAbandoned
from curbstop.platform.events import Event, Handler
from curbstop.platform.uow import Uow


class ServicePointInUse(Conflict):
    title = "An account takes a service there"


async def refuse_abandoning(uow: Uow, event: ServicePointAbandoned) -> None:
    """A point in use is not abandoned. Raises ServicePointInUse, which undoes the act."""
    number = await uow.sql.fetchval(
        "SELECT a.number FROM agreements g JOIN accounts a ON a.id = g.account_id"
        " WHERE g.service_point_id = $1 AND (g.to_on IS NULL OR g.to_on > $2) LIMIT 1",
        *(event.service_point_id, event.on),
    )
    if number is not None:
        raise ServicePointInUse(f"account {number}")


HANDLERS: dict[type[Event], list[Handler]] = {ServicePointAbandoned: [refuse_abandoning]}
