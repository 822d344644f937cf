"""Every permission and every role of the house, on one screen."""

from enum import StrEnum


class Perm(StrEnum):
    """What a route may ask for. The value is also the scope of an API client."""

    USER_MANAGE = "users:manage"
    AUDIT_READ = "audit:read"
    JOB_READ = "jobs:read"
    JOB_WRITE = "jobs:write"
    FILE_READ = "files:read"
    POLICY_READ = "policies:read"
    POLICY_WRITE = "policies:write"
    POLICY_APPROVE = "policies:approve"
    PARCEL_READ = "parcels:read"
    PARCEL_WRITE = "parcels:write"
    METER_READ = "meters:read"
    METER_WRITE = "meters:write"
    ACCOUNT_READ = "accounts:read"
    ACCOUNT_WRITE = "accounts:write"
    NOTE_WRITE = "notes:write"
    READING_READ = "readings:read"
    READING_IMPORT = "readings:import"
    READING_REVIEW = "readings:review"
    READING_APPROVE = "readings:approve"
    TARIFF_READ = "tariffs:read"
    TARIFF_WRITE = "tariffs:write"
    TARIFF_APPROVE = "tariffs:approve"
    LEDGER_READ = "ledger:read"
    LEDGER_CLOSE = "ledger:close"
    PAYMENT_READ = "payments:read"
    PAYMENT_TAKE = "payments:take"
    ADJUSTMENT_REQUEST = "adjustments:request"
    ADJUSTMENT_APPROVE = "adjustments:approve"
    BILL_READ = "bills:read"
    RUN_PREPARE = "runs:prepare"
    RUN_APPROVE = "runs:approve"
    RUN_POST = "runs:post"


class Role(StrEnum):
    """Who works in a district's office."""

    TECHNICIAN = "technician"
    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    ACCOUNTANT = "accountant"
    OPERATIONS = "operations"
    ENGINEERING = "engineering"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


_READS = frozenset(perm for perm in Perm if perm.value.endswith(":read")) - {Perm.AUDIT_READ}
_BILLING = {
    *(Perm.PARCEL_WRITE, Perm.METER_WRITE, Perm.ACCOUNT_WRITE, Perm.READING_IMPORT),
    Perm.NOTE_WRITE,
    *(Perm.READING_REVIEW, Perm.TARIFF_WRITE, Perm.PAYMENT_TAKE, Perm.ADJUSTMENT_REQUEST),
    Perm.RUN_PREPARE,
}
_SECOND_PERSON = {
    *(Perm.READING_APPROVE, Perm.TARIFF_APPROVE, Perm.ADJUSTMENT_APPROVE),
    *(Perm.RUN_APPROVE, Perm.RUN_POST, Perm.POLICY_WRITE, Perm.POLICY_APPROVE),
    *(Perm.AUDIT_READ, Perm.JOB_WRITE),
}

ROLE_PERMISSIONS: dict[Role, frozenset[Perm]] = {
    Role.TECHNICIAN: _READS | _BILLING | {Perm.RUN_POST},
    Role.CASHIER: _READS | {Perm.PAYMENT_TAKE, Perm.ADJUSTMENT_REQUEST, Perm.NOTE_WRITE},
    Role.SUPERVISOR: _READS | _BILLING | _SECOND_PERSON,
    Role.ACCOUNTANT: _READS
    | {Perm.LEDGER_CLOSE, Perm.ADJUSTMENT_REQUEST, Perm.ADJUSTMENT_APPROVE, Perm.AUDIT_READ}
    | {Perm.NOTE_WRITE, Perm.POLICY_APPROVE},
    Role.OPERATIONS: frozenset(
        {
            *(Perm.PARCEL_READ, Perm.METER_READ, Perm.METER_WRITE, Perm.ACCOUNT_READ),
            *(Perm.READING_READ, Perm.READING_IMPORT, Perm.READING_REVIEW, Perm.JOB_READ),
            Perm.NOTE_WRITE,
        }
    ),
    Role.ENGINEERING: frozenset(
        {
            *(Perm.PARCEL_READ, Perm.PARCEL_WRITE, Perm.METER_READ, Perm.METER_WRITE),
            *(Perm.ACCOUNT_READ, Perm.READING_READ, Perm.TARIFF_READ, Perm.JOB_READ),
        }
    ),
    Role.AUDITOR: _READS | {Perm.AUDIT_READ},
    Role.ADMINISTRATOR: frozenset(Perm),
}


def permissions_of(roles: "list[Role] | list[str]") -> frozenset[Perm]:
    """What a person with these roles may do."""
    return frozenset().union(*(ROLE_PERMISSIONS[Role(role)] for role in roles))
