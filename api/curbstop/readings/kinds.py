"""The words of reading that every slice of this room shares."""

from enum import StrEnum


class ReadMethod(StrEnum):
    """How a read was obtained. An estimate is a read too, and says so."""

    RADIO = "radio"
    TOUCH = "touch"
    KEYED = "keyed"
    NETWORK = "network"
    CUSTOMER = "customer"
    ESTIMATED = "estimated"


class ReadKind(StrEnum):
    """Why a register was read: in and out bound an installation, move bounds a stay."""

    CYCLE = "cycle"
    IN = "in"
    OUT = "out"
    MOVE = "move"
    CHECK = "check"
