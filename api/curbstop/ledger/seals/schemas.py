"""What sealing and verifying report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain. Kept off the machine, it shows a tail that was cut away."""

    number: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.number}:{self.sha256}"

    @staticmethod
    def parse(text: str) -> "Head":
        """`"12:9f86…"` as `str(head)` wrote it. Raises ValueError."""
        number, _, digest = text.strip().partition(":")
        if len(bytes.fromhex(digest)) != 32:
            raise ValueError("a head reads NUMBER:SHA256")
        return Head(int(number), digest.lower())


@dataclass(frozen=True, slots=True)
class Finding:
    """The first bad row that a check found, and what differs."""

    row: str
    detail: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a check ended; `finding` is None when everything holds."""

    name: str
    finding: Finding | None
