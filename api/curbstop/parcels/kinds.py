"""The words of land, and the services that every room above speaks of."""

from enum import StrEnum


class Service(StrEnum):
    """What a district delivers or carries away."""

    WATER = "water"
    SEWER = "sewer"
    IRRIGATION = "irrigation"
    FIRE = "fire"
    RECYCLED = "recycled"
    OTHER = "other"


class ConnectionStatus(StrEnum):
    """How far a connection has come; an abandoned one keeps its place in the record."""

    AUTHORIZED = "authorized"
    INSTALLED = "installed"
    ABANDONED = "abandoned"
