"""Targets, ratios and percentiles of the measures."""

import pytest

from curbstop.bench.figures import Figure, Ratio, at_least, at_most, percentile


def test_a_figure_meets_its_targets_only_when_all_are_met() -> None:
    assert Figure("f", 1.0, "s", "…").met is None
    assert Figure("f", 1.0, "s", "…", at_most(1.0)).met is True
    assert Figure("f", 1.0, "s", "…", at_least(1.1)).met is False
    missed = Ratio("floor", 2.1, at_most(2))
    assert missed.met is False
    assert Figure("f", 1.0, "s", "…", at_most(1.0), [missed]).met is False
    assert Figure("f", 1.0, "s", "…", None, [Ratio("floor", 2.0, at_most(2))]).met is True
    assert Figure("f", 1.0, "s", "…", None, [Ratio("floor", 2.0)]).met is None


def test_percentile_is_by_nearest_rank() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert percentile(values, 0.95) == 95.0
    assert percentile(values, 0.99) == 99.0
    assert percentile(values, 1.0) == 100.0
    assert percentile([7.0], 0.5) == 7.0
    assert percentile([1.0, 2.0], 0.5) == 1.0
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
