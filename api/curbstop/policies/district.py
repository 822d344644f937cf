"""The district as its papers show it, from the policies of a day."""

from dataclasses import dataclass
from decimal import Decimal

from curbstop.documents.statements import District
from curbstop.policies.values import Policies


@dataclass(frozen=True, slots=True)
class LateTerms:
    """The late penalty: percentages (10 is 10 %), cents; a `max_cents` of None is no maximum."""

    basic_percent: Decimal
    recurring_percent: Decimal
    recurring_on_basic: bool
    grace_days: int
    min_cents: int
    max_cents: int | None
    least_balance_cents: int
    citation: str


def letterhead(policies: Policies) -> District:
    """Sender of statements and letters."""
    return District(
        name=policies.text("district.name"),
        address=policies.texts("district.address"),
        phone=policies.text("district.phone"),
        website=policies.text("district.website"),
        office_hours=policies.text("district.office_hours"),
        colour=policies.text("district.colour"),
    )


def remit_to(policies: Policies) -> tuple[str, tuple[str, ...]]:
    """Payee and address of the coupon; the office's own where none is set."""
    name = policies.text("statement.remit_name") or policies.text("district.name")
    address = policies.texts("statement.remit_address") or policies.texts("district.address")
    return name, address


def statement_texts(policies: Policies, language: str) -> tuple[tuple[str, ...], str]:
    """Messages and late-charge text of a language, English where it has none of its own."""
    spoken = language if language in ("en", "es") else "en"
    messages = policies.texts(f"statement.messages_{spoken}")
    late = policies.text(f"statement.late_text_{spoken}")
    return messages or policies.texts("statement.messages_en"), late


def late_terms(policies: Policies) -> LateTerms:
    """The late penalty of the day, with the section that it stands on."""
    return LateTerms(
        basic_percent=policies.decimal("late.basic_percent"),
        recurring_percent=policies.decimal("late.recurring_percent"),
        recurring_on_basic=policies.text("late.recurring_base") == "charge_and_basic",
        grace_days=policies.integer("late.grace_days"),
        min_cents=policies.integer("late.min_cents"),
        max_cents=policies.integer("late.max_cents") or None,
        least_balance_cents=policies.integer("late.least_balance_cents"),
        citation=policies.applied("late.basic_percent").citation,
    )
