"""The words of meters."""

from enum import StrEnum


class MeterKind(StrEnum):
    """How a meter measures."""

    DISPLACEMENT = "displacement"
    COMPOUND = "compound"
    TURBINE = "turbine"
    ULTRASONIC = "ultrasonic"
    ELECTROMAGNETIC = "electromagnetic"
    SINGLE_JET = "single_jet"
    MULTI_JET = "multi_jet"
    PROPELLER = "propeller"
    FIRE = "fire"
    OTHER = "other"


class MeterStatus(StrEnum):
    """Whether a meter may be installed again. Where it is now, its installations say."""

    ACTIVE = "active"
    RETIRED = "retired"


class ServicePointStatus(StrEnum):
    """An abandoned service point takes no meter and no agreement any more."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    ABANDONED = "abandoned"


class InstallationRole(StrEnum):
    """What a meter does at its service point; one meter at a time in each role."""

    MAIN = "main"
    BYPASS = "bypass"
    DEDUCT = "deduct"


class RegisterNumber(StrEnum):
    """`0` is the only register of an ordinary meter; a compound meter has a low and a high side."""

    ONLY = "0"
    LOW = "L"
    HIGH = "H"
