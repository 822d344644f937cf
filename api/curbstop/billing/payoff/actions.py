"""Writing a payoff letter and keeping it with the account."""

import asyncio
from datetime import date
from uuid import UUID

from curbstop.accounts.files.actions import Paper, file_paper
from curbstop.accounts.files.models import AccountFileKind
from curbstop.accounts.files.queries import find_account_file
from curbstop.accounts.files.schemas import AccountFileOut
from curbstop.billing.payoff.letter import payoff_letter
from curbstop.billing.payoff.queries import payoff
from curbstop.billing.payoff.schemas import PayoffLetterRequest
from curbstop.documents.letters import render_letter
from curbstop.documents.rendering.words import words
from curbstop.kernel.errors import IdempotencyConflict
from curbstop.kernel.money import format_cents
from curbstop.platform.uow import Uow
from curbstop.policies import queries as policies

_ADDRESSED = """
SELECT a.mail_name, a.mail_line, a.mail_line2, a.mail_country, a.language, s.service_address,
  concat_ws(' ', NULLIF(concat_ws(', ', NULLIF(a.mail_city, ''), NULLIF(a.mail_state, '')), ''),
    NULLIF(a.mail_zip, '')) AS mail_town
FROM accounts a JOIN account_summaries s ON s.account_id = a.id WHERE a.id = $1
"""


async def write_payoff_letter(
    uow: Uow, account_id: UUID, request: PayoffLetterRequest
) -> AccountFileOut:
    """Write the letter as of today and keep its PDF with the account; repeating it writes none.

    Raises AccountNotFound, BadInput (a day out of range), IdempotencyConflict (another account's).
    """
    if earlier := await find_account_file(uow.sql, request.id):
        if earlier.account_id != account_id:
            raise IdempotencyConflict(str(request.id))
        return earlier
    figures = await payoff(uow.sql, account_id, uow.today, request.good_through_on)
    row = await uow.sql.fetchrow(_ADDRESSED, account_id)
    if row is None:
        raise AssertionError("an account that has a payoff has a mailing address")
    country = "" if row["mail_country"] == "US" else row["mail_country"]
    own = (row["mail_name"], row["mail_line"], row["mail_line2"], row["mail_town"], country)
    letter = payoff_letter(
        figures,
        request.recipient or [line for line in own if line],
        row["service_address"],
        await policies.values(uow.sql, uow.today),
        uow.actor.name,
        request.language or row["language"],
    )
    language = request.language or row["language"]
    content = await asyncio.to_thread(render_letter, letter, language)
    return await file_paper(
        uow, account_id, _paper(request, figures.total_cents, content, uow.today)
    )


def _paper(request: PayoffLetterRequest, cents: int, content: bytes, today: date) -> Paper:
    return Paper(
        request.id,
        content,
        f"payoff-{today}.pdf",
        f"Payoff letter: {format_cents(cents)} through {words('en').date(request.good_through_on)}",
        AccountFileKind.LETTER,
    )
