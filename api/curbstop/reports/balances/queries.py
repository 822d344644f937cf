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
_OWING = {
    Owing.ANY: "i.balance_cents > 0",
    Owing.OVER_30: "i.over_30_cents + i.over_60_cents + i.over_90_cents > 0",
    Owing.OVER_60: "i.over_60_cents + i.over_90_cents > 0",
    Owing.OVER_90: "i.over_90_cents > 0",
    Owing.CREDIT: "i.balance_cents < 0",
    Owing.NOTHING: "i.balance_cents = 0",
}


def balances_on(today: date, params: AccountBalanceParams) -> ListSpec[AccountBalanceRow]:
    """How the list is read on a day, for what is asked of it."""
    day = f"DATE '{today.isoformat()}'"
    sums = ", ".join(
        f"COALESCE(sum(open_cents) FILTER (WHERE open_cents > 0 AND {age.format(day=day)}), 0)"
        f"::bigint AS {name}"
        for name, age in _AGES.items()
    )
    ages = (
        f"SELECT {sums}, COALESCE(sum(open_cents), 0)::bigint AS balance_cents,"  # noqa: S608
        " COALESCE(-sum(open_cents) FILTER (WHERE open_cents < 0), 0)::bigint AS unapplied_cents"
        " FROM item_balances WHERE account_id = s.account_id"
    )
    flags = (
        "SELECT string_agg(k.name, ', ' ORDER BY k.name) AS names, array_agg(k.code) AS codes"  # noqa: S608
        " FROM account_flags f JOIN flag_kinds k ON k.code = f.kind"
        f" WHERE f.account_id = s.account_id AND {in_force(today)}"
    )
    owing = "" if params.owing is None else f" AND {_OWING[params.owing]}"
    narrowed = params.owing or params.flag or params.flagged is not None
    return ListSpec(
        row=AccountBalanceRow,
        source=(
            f"account_summaries s JOIN LATERAL ({ages}) i ON true{owing}"
            f" LEFT JOIN LATERAL ({flags}) w ON true"
        ),
        columns={
            "id": "s.account_id",
            **{name: f"s.{name}" for name in _OWN},
            "account_class": "s.class",
            "flags": "COALESCE(w.names, '')",
            "balance_cents": "i.balance_cents",
            "unapplied_cents": "i.unapplied_cents",
            **{name: f"i.{name}" for name in _AGES},
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
