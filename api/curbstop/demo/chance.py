"""Seeded chance: every choice and every id of the demo comes from here."""

import random
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

Choice = TypeVar("Choice")

# Ids carry this moment (2024-01-01T00:00:00Z in ms), so that they sort before any made later.
_EPOCH_MS = 1_704_067_200_000


class Chance:
    """A random source of its own for each part, so that one part's change leaves others alone."""

    def __init__(self, seed: int, part: str) -> None:
        self._random = random.Random(f"{seed}/{part}")  # noqa: S311 - a demo, not a secret
        self._made = 0

    def id(self) -> UUID:
        """The next UUIDv7 of this part."""
        self._made += 1
        value = (_EPOCH_MS + self._made // 4096) << 80
        value |= 0x7 << 76 | (self._made % 4096) << 64 | 0b10 << 62 | self._random.getrandbits(62)
        return UUID(int=value)

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, the limit."""
        return self._random.randrange(limit)

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(low, high)

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """One of them."""
        return choices[self._random.randrange(len(choices))]

    def weighted(self, choices: Sequence[tuple[Choice, int]]) -> Choice:
        """One of them, by weight."""
        at = self._random.randrange(sum(weight for _, weight in choices))
        for choice, weight in choices:
            at -= weight
            if at < 0:
                return choice
        raise AssertionError("weights are positive")

    def happens(self, per_thousand: int) -> bool:
        """Whether something that befalls so many of a thousand befalls this one."""
        return self._random.randrange(1000) < per_thousand

    def spread(self, low_percent: int, high_percent: int) -> int:
        """A percentage around a hundred, more often near the middle."""
        steps = self._random.randint(0, 100) + self._random.randint(0, 100)
        return low_percent + (high_percent - low_percent) * steps // 200
