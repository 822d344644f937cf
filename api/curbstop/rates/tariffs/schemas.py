"""Wire shapes of tariffs, their versions, and the test bench."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Request
from curbstop.kernel.units import Unit
from curbstop.platform.lists import ListParams
from curbstop.rates.tariffs.models import VersionState

FactName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
FactText = Annotated[str, Field(min_length=1, max_length=100)]
Use = Annotated[Decimal, Field(ge=0, le=10**9, max_digits=16, decimal_places=6)]


class TariffImport(Request):
    """A tariff file, to become drafts."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    content: str = Field(
        min_length=1,
        max_length=2_000_000,
        description="The file's YAML text, as in the guide to tariffs.",
    )


class TariffListParams(ListParams):
    """Filters of tariffs."""

    service: str | None = Field(None, max_length=30)


class TariffOut(BaseModel):
    """A tariff and the version in force today."""

    id: UUID
    code: str = Field(description="What agreements name as their rate code.", examples=["W-RES"])
    name_en: str
    name_es: str
    service: str
    unit: Unit
    versions: int = Field(description="How many versions there are, drafts included.")
    current_version_id: UUID | None = Field(description="Approved and in force today.")
    current_from_on: date | None
    current_resolution: str | None


class VersionListParams(ListParams):
    """Filters of versions."""

    tariff_id: UUID | None = None
    state: VersionState | None = None


class VersionRow(BaseModel):
    """A version in a list. `until` is the effective date of its approved successor."""

    id: UUID
    tariff_id: UUID
    code: str
    name_en: str
    effective_on: date
    until: date | None
    resolution: str
    state: VersionState
    superseded: bool = Field(description="Approved, and a later approved version is in force.")
    drafted_by_name: str
    drafted_at: datetime
    approved_by_name: str | None
    approved_at: datetime | None
    sha256: str


class SectionOut(BaseModel):
    """One component of the schedule as a small table, as the resolution would print it."""

    key: str
    title_en: str
    title_es: str
    model: str = Field(examples=["tiered"])
    group: str = Field(description="Charge group.")
    condition: str = Field(description="When it applies; empty for always.")
    columns: list[str]
    rows: list[list[str]]
    notes: list[str]


class VersionOut(VersionRow):
    """A version whole: its body, and a reading of it for people."""

    source: str
    unit: Unit
    drafted_by: UUID
    proposed_at: datetime | None
    approved_by: UUID | None
    body: dict[str, Any] = Field(description="The version in the language of tariff files.")
    sections: list[SectionOut]
    policy: list[str] = Field(description="The policy switches in words.")
    yaml: str = Field(description="The body as the text of a tariff file.")
    version: int = Field(description="Goes into the ETag.")


class VersionEdit(Request):
    """A draft's new body."""

    body: dict[str, Any] = Field(
        description="As a version in a tariff file; write numbers as text so that they stay exact."
    )


class SuccessorRequest(Request):
    """A new draft that begins as a copy of another version."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    effective_on: Day
    resolution: str = Field(min_length=1, max_length=200, examples=["Resolution 2027-04"])


class ReturnRequest(Request):
    """Why a proposed version goes back."""

    reason: str = Field(min_length=5, max_length=500)


class DatedFact(Request):
    """What a fact was from a day on."""

    from_on: Day
    to_on: Day | None = None
    value: FactText


class UsageRequest(Request):
    """Typed usage to be priced."""

    from_on: Day = Field(description="The first billed day.")
    to_on: Day = Field(description="The day after the last billed day.")
    cycle_from_on: Day | None = Field(None, description="The whole cycle period, if longer.")
    cycle_to_on: Day | None = None
    quantity: Use = Decimal(0)
    unit: Unit | None = Field(None, description="The tariff's unit when left out.")
    facts: dict[FactName, FactText] = Field({}, examples=[{"meter_size": "3/4"}])
    dated_facts: dict[FactName, list[DatedFact]] = Field(
        {}, description="Facts that change within the period."
    )
    declarations: list[FactText] | None = Field(
        None, max_length=20, description="In force throughout; those declared when left out."
    )
    winter_average: Use | None = None
    evapotranspiration: Use | None = Field(None, description="Inches in the period.")


class PricedLineOut(BaseModel):
    """A line and how it came about."""

    component: str
    label_en: str
    label_es: str
    explanation_en: str
    explanation_es: str
    group: str
    from_on: date
    to_on: date
    tier: int
    quantity: Decimal | None
    unit: str | None
    price: Decimal | None
    amount_cents: int


class PricedOut(BaseModel):
    """What typed usage comes to under a version."""

    version_id: UUID
    lines: list[PricedLineOut]
    total_cents: int


class ComparisonRequest(UsageRequest):
    """Usages to be priced under this version and another."""

    other_id: UUID = Field(description="The version to compare with.")
    quantities: list[Use] = Field(min_length=1, max_length=200)


class ComparedOut(BaseModel):
    """One usage under both versions."""

    quantity: Decimal
    this_cents: int
    other_cents: int
    change_cents: int = Field(description="This version less the other.")


class ComparisonOut(BaseModel):
    """The same usages under two versions."""

    version_id: UUID
    other_id: UUID
    items: list[ComparedOut]


class DraftCheck(Request):
    """A draft as it is typed: as a body, or as the text of a file. Nothing of it is kept."""

    body: dict[str, Any] | None = None
    yaml: str | None = Field(
        None, max_length=2_000_000, description="One version, as below `versions` in a file."
    )
    usage: UsageRequest | None = Field(None, description="Typed usage to price with it.")


class MistakeOut(BaseModel):
    """Something wrong with a draft, and where."""

    pointer: str = Field(examples=["/components/1/tiers/0/price"])
    line: int | None = Field(description="Of the text, when text was sent.")
    reason: str


class ExampleOut(BaseModel):
    """What a worked example comes to; no differences means that it agrees."""

    name: str
    total_cents: int
    differences: list[str]
    lines: list[PricedLineOut]


class DraftChecked(BaseModel):
    """A draft's mistakes or, when there are none, its reading, file text, examples and price."""

    mistakes: list[MistakeOut]
    body: dict[str, Any] | None = Field(description="The canonical form.")
    yaml: str
    sections: list[SectionOut]
    policy: list[str]
    examples: list[ExampleOut]
    priced: PricedOut | None
    refused: str | None = Field(description="Why the typed usage has no price.")

    @classmethod
    def of_mistakes(cls, mistakes: list[MistakeOut]) -> "DraftChecked":
        """A draft that cannot be read."""
        return cls(
            mistakes=mistakes,
            body=None,
            yaml="",
            sections=[],
            policy=[],
            examples=[],
            priced=None,
            refused=None,
        )


class ChangeKind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class ChangeOut(BaseModel):
    """One number or rule of a schedule, in two versions."""

    component: str
    title_en: str
    place: str = Field(examples=["Meter size 3/4"])
    unit: str = Field(description="`$`, `%`, the tariff's unit, or empty for a rule in words.")
    kind: ChangeKind
    before: str | None
    after: str | None
    difference: Decimal | None = Field(description="After less before, when both are numbers.")
    percent: Decimal | None = Field(description="Of before, to one decimal.")


class ChangesOut(BaseModel):
    """Two versions side by side: `other` is before, this version after."""

    before: VersionRow
    after: VersionRow
    items: list[ChangeOut]
