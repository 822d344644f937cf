"""How acts on tariffs are refused."""

from curbstop.kernel.errors import Conflict, NotFound


class VersionNotFound(NotFound):
    title = "No such tariff version"


class TariffDiffers(Conflict):
    title = "The tariff of that code is another one"


class VersionNotDraft(Conflict):
    title = "Only a draft can be edited or proposed"


class VersionNotProposed(Conflict):
    title = "Only a proposed version can be approved or returned"


class ApproverIsAuthor(Conflict):
    title = "Whoever wrote a tariff version may not approve it"


class EffectiveDateTaken(Conflict):
    title = "Another approved version takes effect on that day"


class ExamplesDiffer(Conflict):
    title = "The version's worked examples do not come out"
