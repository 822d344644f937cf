"""People of the demo office, each with a role, who sign in with the same password."""

from dataclasses import dataclass
from uuid import UUID

from curbstop.demo.chance import Chance
from curbstop.identity.actions import add_user
from curbstop.identity.permissions import Role, permissions_of
from curbstop.identity.schemas import UserRequest
from curbstop.platform.uow import Actor, Uow

PASSWORD = "tule-bend-demo"  # noqa: S105 - printed at the sign-in of the demo, on purpose


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone of the demo office."""

    id: UUID
    name: str
    email: str
    roles: tuple[Role, ...]

    @property
    def actor(self) -> Actor:
        """As the one who acts."""
        return Actor(self.id, self.name, frozenset(map(str, permissions_of(list(self.roles)))))


_OFFICE = (
    ("Maria Delgado", "maria", (Role.TECHNICIAN,)),
    ("Sam Ortega", "sam", (Role.SUPERVISOR,)),
    ("Carol Yee", "carol", (Role.CASHIER,)),
    ("Ann Whitfield", "ann", (Role.ACCOUNTANT,)),
    ("Ray Torres", "ray", (Role.OPERATIONS,)),
    ("Ed Novak", "ed", (Role.ENGINEERING,)),
    ("Ida Brandt", "ida", (Role.AUDITOR,)),
    ("Ada Byron", "admin", (Role.ADMINISTRATOR,)),
)


def draw_staff(seed: int) -> dict[Role, Colleague]:
    """The office, by role."""
    chance = Chance(seed, "staff")
    return {
        roles[0]: Colleague(chance.id(), name, f"{login}@tulebend.example", roles)
        for name, login, roles in _OFFICE
    }


async def add_staff(uow: Uow, staff: dict[Role, Colleague]) -> None:
    """Let the office in."""
    for colleague in staff.values():
        await add_user(
            uow,
            UserRequest(
                id=colleague.id,
                email=colleague.email,
                name=colleague.name,
                roles=list(colleague.roles),
                password=PASSWORD,
            ),
        )
