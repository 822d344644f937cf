"""The policies themselves, by page. A new one is one entry here; nothing else knows the list."""

from decimal import Decimal

from curbstop.policies.kinds import Kind
from curbstop.policies.policy import Policy

_ZERO, _ONE, _YEAR = Decimal(0), Decimal(1), Decimal(366)
_PENALTY_KINDS = "Charges of the district's late-penalty regime"


DISTRICT = (
    Policy(
        "district.regime",
        "Law that the district's charges stand under",
        Kind.CHOICE,
        "county_water",
        citation="The district's enabling act",
    ),
    Policy("district.name", "Name", Kind.TEXT, "Water District"),
    Policy("district.address", "Office address, by line", Kind.TEXTS, []),
    Policy("district.phone", "Telephone", Kind.TEXT, ""),
    Policy("district.website", "Web site", Kind.TEXT, ""),
    Policy("district.office_hours", "Office hours, as printed", Kind.TEXT, ""),
    Policy("district.colour", "Colour of bills and letters", Kind.COLOUR, "#0a5c82"),
    Policy(
        "office.judicial_holidays",
        "Closed on California's judicial holidays",
        Kind.FLAG,
        default=True,
        citation="Gov. Code 60374; Code Civ. Proc. 135",
    ),
    Policy(
        "office.closures",
        "Other days on which the office is closed",
        Kind.DATES,
        [],
        citation="Gov. Code 60374; Pub. Util. Code 16483",
    ),
)

STATEMENT = (
    Policy(
        "billing.due_days",
        "Days from bill date to due date",
        Kind.INTEGER,
        30,
        unit="days",
        citation="District rules",
        least=_ONE,
        most=_YEAR,
    ),
    Policy(
        "billing.gallons_per_hcf",
        "Gallons in a hundred cubic feet",
        Kind.DECIMAL,
        "748",
        unit="gal",
        citation="1 cubic foot = 7.48052 gallons; California schedules use 748",
        floor=Decimal(748),
        ceiling=Decimal("748.052"),
        least=_ONE,
    ),
    Policy("statement.remit_name", "Payee on the coupon; empty: the name", Kind.TEXT, ""),
    Policy("statement.remit_address", "Payments go to, by line", Kind.TEXTS, []),
    Policy("statement.pay_url", "Page to pay online; {bill} is replaced", Kind.TEXT, ""),
    Policy("statement.imb_prefix", "Mail: barcode id, service type, mailer id", Kind.TEXT, ""),
    Policy("statement.messages_en", "Messages on every bill, English", Kind.TEXTS, []),
    Policy("statement.messages_es", "Messages on every bill, Spanish", Kind.TEXTS, []),
    Policy("statement.late_text_en", "Late-charge text added on bills, English", Kind.TEXT, ""),
    Policy("statement.late_text_es", "Late-charge text added on bills, Spanish", Kind.TEXT, ""),
)

MONEY = (
    Policy(
        "late.basic_percent",
        "Basic penalty",
        Kind.PERCENT,
        "10",
        unit="%",
        citation=_PENALTY_KINDS,
        by_regime=True,
    ),
    Policy(
        "late.recurring_percent",
        "Recurring penalty a month, simple",
        Kind.PERCENT,
        "0.5",
        unit="%",
        citation=_PENALTY_KINDS,
        by_regime=True,
    ),
    Policy(
        "late.recurring_base",
        "What the recurring penalty is computed on",
        Kind.CHOICE,
        "charge",
        citation=_PENALTY_KINDS,
        choices=("charge", "charge_and_basic"),
        by_regime=True,
    ),
    Policy(
        "late.grace_days",
        "Days after the due date before a penalty",
        Kind.INTEGER,
        0,
        unit="days",
        citation=_PENALTY_KINDS,
        least=_ZERO,
        most=_YEAR,
        by_regime=True,
    ),
    Policy("late.min_cents", "Smallest basic penalty; 0: none", Kind.CENTS, 0, unit="cents"),
    Policy("late.max_cents", "Largest basic penalty; 0: none", Kind.CENTS, 0, unit="cents"),
    Policy(
        "late.least_balance_cents",
        "Balances up to this draw no penalty",
        Kind.CENTS,
        0,
        unit="cents",
    ),
    Policy(
        "payments.allocation_order",
        "Kinds of charge in the order that a payment settles them",
        Kind.CODES,
        ["penalty", "fee", "water", "sewer"],
        citation="District rules",
    ),
    Policy(
        "payments.oldest_first",
        "Settle the oldest due date before the next kind",
        Kind.FLAG,
        default=True,
        citation="District rules",
    ),
    Policy(
        "adjustments.limit_cents",
        "Adjustments above this need a second person, unless their type has its own limit",
        Kind.CENTS,
        5000,
        unit="cents",
        citation="District internal controls",
    ),
    Policy(
        "adjustments.limits_by_type",
        "Limits by type of adjustment, in cents; 0: always a second person",
        Kind.CENTS_BY_CODE,
        {"write_off": 0, "refund": 0, "leak": 25000},
        unit="cents",
        citation="District internal controls",
    ),
    Policy(
        "leak.percent",
        "Part of the excess use credited",
        Kind.PERCENT,
        "50",
        unit="%",
        most=Decimal(100),
    ),
    Policy("leak.cap_cents", "Largest leak credit; 0: none", Kind.CENTS, 100000, unit="cents"),
    Policy(
        "leak.months_between",
        "Months between two leak credits",
        Kind.INTEGER,
        24,
        least=_ZERO,
        most=Decimal(600),
    ),
    Policy(
        "leak.periods",
        "Bills that one leak may cover",
        Kind.INTEGER,
        2,
        least=_ONE,
        most=Decimal(12),
    ),
    Policy(
        "leak.baseline",
        "What ordinary use is measured by",
        Kind.CHOICE,
        "same_season",
        choices=("same_season", "average_12_months", "previous_period"),
    ),
)
