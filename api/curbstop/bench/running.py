"""Run suites one after another and keep what each said, also when one fails."""

import platform
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from curbstop import __version__
from curbstop.bench.bench import Bench
from curbstop.bench.figures import Figure, Ratio, Yardstick
from curbstop.bench.machine import Machine, describe
from curbstop.bench.registry import SUITES
from curbstop.bench.yardsticks import tpcb
from curbstop.platform.embedded import temporary_cluster
from curbstop.platform.settings import Settings


@dataclass
class Report:
    """Everything one run measured."""

    version: str
    started_at: str
    machine: Machine
    accounts: int
    yardsticks: list[Yardstick] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every wanted suite came to its end."""
        return not self.failures

    def as_json(self) -> dict[str, Any]:
        """Plain values; each figure and ratio says whether it met its target."""
        plain = asdict(self)
        for figure, written in zip(self.figures, plain["figures"], strict=True):
            written["met"] = figure.met
            for ratio, ratio_written in zip(figure.ratios, written["ratios"], strict=True):
                ratio_written["met"] = ratio.met
        return plain


async def run(
    names: Sequence[str], accounts: int, seconds: int, say: Callable[[str], None]
) -> Report:
    """Measure the named suites (all when none is named) on a durable PostgreSQL of their own.

    `accounts` sizes the districts, `seconds` bounds each timed load. A suite that raises is
    reported with its traceback and does not stop the others.
    """
    with temporary_cluster(durable=True) as cluster:
        machine = describe(cluster.home.folder, cluster.binaries.version)
        started = datetime.now(UTC).isoformat(timespec="seconds")
        report = Report(__version__, started, machine, accounts)
        bench = Bench(cluster, Settings(statement_seconds=600), accounts, seconds, say)
        say(f"measuring TPC-B for {seconds} s on {platform.node()}")
        await bench.admin("CREATE DATABASE tpcb OWNER curbstop")
        stick = await tpcb.measure(cluster.url("tpcb"), cluster.binaries, seconds)
        await bench.admin("DROP DATABASE tpcb WITH (FORCE)")
        bench.yardsticks[stick.name] = stick
        for name in names or SUITES:
            say(f"measuring {name}")
            try:
                report.figures += await SUITES[name](bench)
            except Exception:
                report.failures[name] = traceback.format_exc()
        report.yardsticks = list(bench.yardsticks.values())
        return report


def as_text(report: Report) -> str:
    """The figures for a reader: value, ratios, targets, and the machine they hold for."""
    machine = report.machine
    lines = [
        f"Curbstop {report.version}, {report.started_at}, {report.accounts:,} accounts",
        f"{machine.processor}, {machine.cores} cores, {machine.memory_mib:,} MiB, "
        f"{machine.filesystem}, load {machine.load_before} before",
        f"{machine.system}, Python {machine.python}, PostgreSQL {machine.postgresql}",
        "",
    ]
    lines += [
        f"  yardstick  {s.name:26} {s.value:12,.1f} {s.unit:9} {s.how}" for s in report.yardsticks
    ]
    for figure in report.figures:
        lines += _figure_lines(figure)
    lines += [f"\n  FAILED     {name}\n{said}" for name, said in report.failures.items()]
    return "\n".join(lines)


def _figure_lines(figure: Figure) -> list[str]:
    target = f"{figure.target} {_mark(figure.met_alone)}" if figure.target else ""
    first = f"  measured   {figure.name:26} {figure.value:12,.1f} {figure.unit:9} {target}".rstrip()
    details = ", ".join(f"{name} {value}" for name, value in figure.details.items())
    return [first, *(_ratio_line(r) for r in figure.ratios), f"{'':13}{figure.what}; {details}"]


def _ratio_line(ratio: Ratio) -> str:
    wanted = f"{ratio.target} {_mark(ratio.met)}" if ratio.target else ""
    return f"{'':13}{ratio.value:8.2f} × {ratio.to} {wanted}".rstrip()


def _mark(met: bool | None) -> str:
    return {True: "met", False: "MISSED", None: ""}[met]
