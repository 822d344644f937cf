"""The demo office's own words and rules, entered as any district enters its policies."""

from dataclasses import replace
from datetime import date

from curbstop.demo import names
from curbstop.demo.chance import Chance
from curbstop.platform.uow import Actor, Uow
from curbstop.policies.actions import approve_value, set_policy
from curbstop.policies.schemas import PolicyRequest, ValueState

_SAVE = "Fix a running toilet and save up to 200 gallons a day. Free dye tablets at our office."
_AHORRE = "Repare un inodoro que gotea y ahorre hasta 200 galones por día. Tabletas gratis aquí."

POLICIES = {
    "district.regime": "csd",
    "district.name": names.DISTRICT,
    "district.address": ["14 Levee Road", f"{names.CITY}, CA {names.ZIP}"],
    "district.phone": "(559) 555-0100",
    "district.website": "tulebend.example",
    "district.office_hours": "Mon–Fri 8:00–4:30",
    "statement.remit_name": names.DISTRICT,
    "statement.remit_address": ["PO Box 1100", f"{names.CITY}, CA {names.ZIP}-1100"],
    "statement.pay_url": "https://pay.tulebend.example/",
    "statement.messages_en": [_SAVE],
    "statement.messages_es": [_AHORRE],
    "billing.due_days": 21,
}


async def set_policies(uow: Uow, seed: int, from_on: date, approver: Actor) -> None:
    """Enter the demo's policies from its first day; another person approves those on money."""
    chance = Chance(seed, "policies")
    for key, value in POLICIES.items():
        request = PolicyRequest(
            id=chance.id(),
            value=value,
            from_on=from_on,
            decided_by="Board of Directors, Resolution 2020-01",
        )
        entered = await set_policy(uow, key, request)
        if entered.state is ValueState.WAITING:
            await approve_value(replace(uow, actor=approver), key, entered.id)
