"""How acts on winter averages are refused."""

from curbstop.kernel.errors import Conflict, NotFound


class NoWinterRule(Conflict):
    title = "The tariff has no winter-average rule on that day"


class AgreementNotFound(NotFound):
    title = "No such agreement"


class ProposalNotFound(NotFound):
    title = "No such proposal of winter averages"


class ProposalNotOpen(Conflict):
    title = "The proposal is not open for this"


class ApproverIsAuthor(Conflict):
    title = "Whoever worked on these averages may not approve them"
