"""The list of accounts by balance. The ages are the ledger's own: `item_balances` on a day."""

from datetime import date

from curbstop.accounts.flags.queries import in_force
from curbstop.platform.lists import ListSpec
from curbstop.reports.balances.schemas import AccountBalanceParams, AccountBalanceRow, Owing

_OWN = ("number", "customer_name", "service_address", "status")
_AGES = {
    "current_cents": "{day} - due_on <= 30",
    "over_30_cents": "{day} - due_on > 30 AND {day} - due_on <= 60",
    "over_60_cents": "{day} - due_on > 60 AND {day} - due_on <= 90",
    "over_90_cents": "{day} - due_on > 90",
}
# What is left of every debt. Accounts that owe nothing are passed over at once: of years of items,
# most are theirs or are paid, and `item_balances` would settle each of them first.
_DEBTS = """
SELECT i.account_id, i.due_on, i.cents - COALESCE(p.cents, 0) AS open_cents
FROM account_balances d JOIN open_items i ON i.account_id = d.account_id
LEFT JOIN (
  SELECT a.account_id, a.item_id, sum(a.cents) AS cents
  FROM account_balances e JOIN applications a ON a.account_id = e.account_id
  WHERE e.balance_cents + e.unapplied_cents > 0 GROUP BY a.account_id, a.item_id
) p ON p.account_id = i.account_id AND p.item_id = i.id
WHERE d.balance_cents + d.unapplied_cents > 0 AND i.cents > COALESCE(p.cents, 0)
"""
_BALANCE = "COALESCE(b.balance_cents, 0)"
_OWING = {
    Owing.SOMETHING: f"{_BALANCE} > 0",
    Owing.CREDIT: f"{_BALANCE} < 0",
    Owing.NOTHING: f"{_BALANCE} = 0",
}
_OWING_OVER = {Owing.OVER_30: 30, Owing.OVER_60: 60, Owing.OVER_90: 90}


def balances_on(
    today: date, params: AccountBalanceParams, *, whole: bool = False
) -> ListSpec[AccountBalanceRow]:
    """How the list is read on a day, for what is asked of it.

    A page asks for the ages of its own accounts only. `whole` (an export), or a sort by age, groups
    the ages of all accounts at once instead.
    """
    day = f"DATE '{today.isoformat()}'"
    narrowed = params.owing or params.flag or params.flagged is not None
    by_age = (params.sort or "").replace("-", "").split(",")
    owing = "" if params.owing is None else f" AND {_owing(params.owing, day)}"
    return ListSpec(
        row=AccountBalanceRow,
        source=(
            "account_summaries s LEFT JOIN account_balances b ON b.account_id = s.account_id"
            f" LEFT JOIN {_ages(day, whole=whole or not _AGES.keys().isdisjoint(by_age))}"
            f" JOIN LATERAL ({_flags(today)}) w ON true{owing}"
        ),
        columns={
            "id": "s.account_id",
            **{name: f"s.{name}" for name in _OWN},
            "account_class": "s.class",
            "flags": "COALESCE(w.names, '')",
            "balance_cents": _BALANCE,
            **{name: f"COALESCE(i.{name}, 0)" for name in _AGES},
            "unapplied_cents": "COALESCE(b.unapplied_cents, 0)",
        },
        sort="number",
        tiebreak="s.account_id",
        filters={
            "account_class": "class = {}",
            "status": "status = {}",
            "flag": "{} = ANY(w.codes)",
            "flagged": "(w.codes IS NOT NULL) = {}",
        },
        search="s.search LIKE lower({})",
        totals=None if narrowed else "account_counts",
    )


def _ages(day: str, *, whole: bool) -> str:
    sums = ", ".join(
        f"COALESCE(sum(open_cents) FILTER (WHERE {age.format(day=day)}), 0)::bigint AS {name}"
        for name, age in _AGES.items()
    )
    if whole:
        grouped = f"SELECT account_id, {sums} FROM ({_DEBTS}) debts GROUP BY account_id"  # noqa: S608
        return f"({grouped}) i ON i.account_id = s.account_id"
    own = (
        f"SELECT {sums} FROM item_balances"  # noqa: S608
        " WHERE account_id = s.account_id AND open_cents > 0"
    )
    return f"LATERAL ({own}) i ON true"


def _flags(today: date) -> str:
    return (
        "SELECT string_agg(k.name, ', ' ORDER BY k.name) AS names, array_agg(k.code) AS codes"  # noqa: S608
        " FROM account_flags f JOIN flag_kinds k ON k.code = f.kind"
        f" WHERE f.account_id = s.account_id AND {in_force(today)}"
    )


def _owing(owing: Owing, day: str) -> str:
    if owing in _OWING:
        return _OWING[owing]
    return (
        f"s.account_id IN (SELECT account_id FROM ({_DEBTS}) debts"  # noqa: S608
        f" WHERE {day} - due_on > {_OWING_OVER[owing]})"
    )
