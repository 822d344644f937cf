"""How pricing refuses: one plain sentence that names the fact of the account or the tariff."""

from curbstop.kernel.errors import Conflict


class RatingError(Conflict):
    """This bill cannot be priced; `component` is the tariff component that could not, if any."""

    title = "This cannot be priced"

    def __init__(self, reason: str, component: str | None = None) -> None:
        place = f" in component '{component}'" if component else ""
        super().__init__(reason + place)
        self.reason = reason
        self.component = component
