"""The one list of what every room plugs in: routers, event handlers, jobs."""

from collections import defaultdict

from fastapi import APIRouter

from curbstop.accounts import endpoints as accounts
from curbstop.accounts import handlers as account_handlers
from curbstop.accounts.agreements import endpoints as agreements
from curbstop.accounts.customers import endpoints as customers
from curbstop.accounts.files import endpoints as account_files
from curbstop.accounts.flags import endpoints as flags
from curbstop.accounts.notes import endpoints as notes
from curbstop.audit import handlers as audit_handlers
from curbstop.billing.bills.verify import bills_are_postings
from curbstop.billing.cycles import endpoints as cycles
from curbstop.billing.explain import endpoints as bills
from curbstop.billing.explain import jobs as bill_jobs
from curbstop.billing.payoff import endpoints as payoffs
from curbstop.billing.register_effects import endpoints as register_effects
from curbstop.billing.runs import endpoints as bill_runs
from curbstop.billing.runs import jobs as bill_run_jobs
from curbstop.billing.statements import endpoints as statements
from curbstop.billing.statements import jobs as statement_jobs
from curbstop.billing.winter import endpoints as winter_averages
from curbstop.billing.winter import jobs as winter_jobs
from curbstop.documents.files import endpoints as files
from curbstop.documents.guide import endpoints as guide
from curbstop.identity import endpoints as identity
from curbstop.identity.long_work import endpoints as long_work
from curbstop.identity.views import endpoints as saved_views
from curbstop.ledger import jobs as ledger_jobs
from curbstop.ledger.accounts import endpoints as gl_accounts
from curbstop.ledger.adjustments import endpoints as adjustments
from curbstop.ledger.journal import endpoints as journal
from curbstop.ledger.penalties import endpoints as penalties
from curbstop.ledger.periods import endpoints as periods
from curbstop.ledger.seals.jobs import verify_jobs
from curbstop.ledger.seals.verify import Check
from curbstop.meters.corrections import endpoints as register_corrections
from curbstop.meters.devices import endpoints as devices
from curbstop.meters.installations import endpoints as installations
from curbstop.meters.service_points import endpoints as service_points
from curbstop.parcels import endpoints as parcels
from curbstop.payments import endpoints as payments
from curbstop.payments import queries as payments_queries
from curbstop.platform.events import Event, Handler, Handlers
from curbstop.platform.queue import JobFunction, Jobs, Timetable
from curbstop.policies import endpoints as policies
from curbstop.rates.declarations import endpoints as declarations
from curbstop.rates.tariffs import endpoints as tariffs
from curbstop.readings import endpoints as readings
from curbstop.readings import handlers as reading_handlers
from curbstop.readings.audits import endpoints as read_audits
from curbstop.readings.codes import endpoints as read_codes
from curbstop.readings.histories import endpoints as read_histories
from curbstop.readings.imports import endpoints as read_imports
from curbstop.readings.imports import jobs as read_import_jobs
from curbstop.readings.layouts import endpoints as read_layouts
from curbstop.readings.photos import endpoints as read_photos
from curbstop.readings.reviews import endpoints as read_reviews
from curbstop.readings.statistics import endpoints as read_statistics
from curbstop.readings.thresholds import endpoints as read_rules
from curbstop.readings.walks import endpoints as walks
from curbstop.reports.approvals import endpoints as approvals
from curbstop.reports.balances import endpoints as balances
from curbstop.reports.changes import endpoints as changes
from curbstop.reports.health import endpoints as health
from curbstop.reports.home import endpoints as home
from curbstop.reports.subjects import endpoints as audit_subjects
from curbstop.reports.timeline import endpoints as timeline
from curbstop.search import endpoints as search

ROUTERS: list[APIRouter] = [
    identity.router,
    identity.jobs_router,
    long_work.router,
    identity.audit_router,
    saved_views.router,
    files.router,
    guide.router,
    policies.router,
    parcels.router,
    service_points.router,
    devices.router,
    installations.router,
    customers.router,
    accounts.router,
    agreements.router,
    notes.router,
    flags.router,
    account_files.router,
    cycles.router,
    bill_runs.router,
    bills.router,
    winter_averages.router,
    gl_accounts.router,
    bills.rerates_router,
    statements.router,
    payoffs.router,
    tariffs.router,
    declarations.router,
    payments.router,
    journal.router,
    adjustments.router,
    periods.router,
    penalties.router,
    readings.router,
    read_imports.router,
    read_layouts.router,
    read_codes.router,
    read_rules.router,
    read_reviews.router,
    walks.router,
    read_photos.router,
    balances.router,
    timeline.router,
    read_audits.router,
    read_histories.router,
    read_statistics.router,
    register_corrections.router,
    register_effects.router,
    search.router,
    changes.router,
    home.router,
    health.router,
    approvals.router,
    audit_subjects.router,
]

# What rooms above the ledger add to `curbstop verify`: facts = postings.
LEDGER_CHECKS: dict[str, Check] = {
    "payments = postings": payments_queries.payments_posted,
    "bills = postings": bills_are_postings,
}

# What runs by the clock: kind of job → cron, UTC.
TIMETABLE: Timetable = {
    "ledger.seal": "0 * * * *",  # so that what was posted can be changed unseen for an hour at most
    "ledger.verify": "30 10 * * *",  # before the office opens
}

_HANDLERS: list[dict[type[Event], list[Handler]]] = [
    audit_handlers.HANDLERS,
    account_handlers.HANDLERS,
    reading_handlers.HANDLERS,
]

_JOBS: list[dict[str, JobFunction]] = [
    ledger_jobs.JOBS,
    verify_jobs(LEDGER_CHECKS),
    bill_run_jobs.JOBS,
    winter_jobs.JOBS,
    bill_jobs.JOBS,
    statement_jobs.JOBS,
    read_import_jobs.JOBS,
]


def handlers() -> Handlers:
    """Every room's handlers, by event."""
    merged: defaultdict[type[Event], list[Handler]] = defaultdict(list)
    for room in _HANDLERS:
        for event, functions in room.items():
            merged[event].extend(functions)
    return dict(merged)


def jobs() -> Jobs:
    """Every room's jobs, by kind. Raises ValueError when two rooms use one name."""
    merged: dict[str, JobFunction] = {}
    for room in _JOBS:
        for kind, function in room.items():
            if kind in merged:
                raise ValueError(f"two jobs are called {kind}")
            merged[kind] = function
    return merged
