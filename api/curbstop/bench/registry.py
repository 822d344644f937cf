"""The list of suites: one line for each kind of work that is measured."""

from collections.abc import Awaitable, Callable

from curbstop.bench.bench import Bench
from curbstop.bench.figures import Figure
from curbstop.bench.suites import (
    bill_runs,
    documents,
    lists,
    payments,
    read_import,
    screens,
    search,
)

Suite = Callable[[Bench], Awaitable[list[Figure]]]

SUITES: dict[str, Suite] = {
    "bill_runs": bill_runs.measure,
    "payments": payments.measure,
    "lists": lists.measure,
    "search": search.measure,
    "documents": documents.measure,
    "read_import": read_import.measure,
    "screens": screens.measure,
}
