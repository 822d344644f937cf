"""The words of customers and accounts."""

from enum import StrEnum


class CustomerKind(StrEnum):
    """Who a customer is in law."""

    PERSON = "person"
    ORGANIZATION = "organization"


class AccountClass(StrEnum):
    """What a premises is used for; tariffs and reading rules go by it."""

    RESIDENTIAL = "residential"
    MULTI_FAMILY = "multi_family"
    COMMERCIAL = "commercial"
    INDUSTRIAL = "industrial"
    INSTITUTIONAL = "institutional"
    IRRIGATION = "irrigation"
    AGRICULTURAL = "agricultural"
    FIRE = "fire"
    OTHER = "other"


class AccountStatus(StrEnum):
    """A closed account takes no agreement any more; what it owes stays."""

    OPEN = "open"
    CLOSED = "closed"


class Delivery(StrEnum):
    """How statements reach the customer."""

    PAPER = "paper"
    EMAIL = "email"
    BOTH = "both"


class Language(StrEnum):
    """What statements and letters are written in (ISO 639-1)."""

    ENGLISH = "en"
    SPANISH = "es"
