"""What the audit trail does on others' news."""

from curbstop.audit import actions
from curbstop.platform.events import Event, Handler, ListExported
from curbstop.platform.uow import Uow


async def on_list_exported(uow: Uow, event: ListExported) -> None:
    """Log who took which list out of the system, and why (Gov. Code 7927.410)."""
    after = {"path": event.path, "query": event.query, "rows": event.rows}
    actions.record(uow, "list.exported", reason=event.reason, after=after)


HANDLERS: dict[type[Event], list[Handler]] = {ListExported: [on_list_exported]}
