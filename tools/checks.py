"""Run the project's checks, show what each says, and end with one table.

    python tools/checks.py quick | all | journeys | NAME…

Nothing is skipped: a check that cannot run has failed. The quick ones run two at a time.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
FRONTEND = TOP / "frontend"


@dataclass(frozen=True)
class Check:
    """A command in a folder, and what mends a failure."""

    name: str
    command: tuple[str, ...]
    mend: str
    folder: Path = TOP


@dataclass(frozen=True)
class Outcome:
    """How a check ended, in seconds; its output was shown."""

    check: Check
    passed: bool
    seconds: float


def npm(name: str, script: str, mend: str) -> Check:
    """A script of the staff app."""
    return Check(name, ("npm", "run", "--silent", script), mend, FRONTEND)


CONTRACT = "openapi/openapi.json"
QUICK = (
    Check("types (mypy)", ("mypy",), "mend the types named above"),
    Check("format", ("ruff", "format", "--check", "."), "make fmt"),
    Check("lint", ("ruff", "check", "."), "make fmt, then mend what is left"),
    Check("import contract", ("lint-imports", "--no-cache"), "docs/architecture.md has the floors"),
    Check("migration drift", ("curbstop", "migrate", "--check"), "edit the room's migration"),
    Check("contract drift", ("curbstop", "openapi", "--check", CONTRACT), "make openapi"),
    npm("staff app types", "typecheck", "mend the types named above"),
    npm("staff app lint", "lint", "make fmt, then mend what is left"),
    Check("contract types drift", ("python", "tools/types_drift.py"), "make openapi"),
)
LONG = (
    Check("Python tests", ("pytest", "-n", "2"), "pytest PATH -x shows the first failure alone"),
    Check(
        "contract under fire",
        ("python", "tools/fuzz.py", "--seconds", "60", "--seed", "20261123"),
        "the requests above repeat each failure",
    ),
    npm("staff app tests", "test", "cd frontend && npx vitest FILE"),
)
JOURNEYS = (npm("browser journeys", "e2e", "frontend/e2e says what the browser saw"),)


def main() -> None:
    """Run the wanted checks; exit code 1 when one failed."""
    os.environ["PATH"] = f"{TOP / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    wanted = sys.argv[1:] or ["quick"]
    started = time.monotonic()
    if wanted == ["quick"]:
        outcomes = side_by_side(QUICK)
    elif wanted == ["all"]:
        outcomes = side_by_side(QUICK) + one_by_one((*LONG, *JOURNEYS))
    elif wanted == ["journeys"]:
        outcomes = one_by_one(JOURNEYS)
    else:
        outcomes = one_by_one([c for c in (*QUICK, *LONG, *JOURNEYS) if c.name in wanted])
    summarize(outcomes, time.monotonic() - started)
    sys.exit(0 if outcomes and all(o.passed for o in outcomes) else 1)


def side_by_side(checks: tuple[Check, ...]) -> list[Outcome]:
    """Two at a time; each one's output is shown whole when it ends."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(captured, checks))


def captured(check: Check) -> Outcome:
    """Run one check quietly; show its output when it failed."""
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=check.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    outcome = Outcome(check, done.returncode == 0, time.monotonic() - started)
    said = "" if outcome.passed else f"\n{done.stdout.rstrip()}\n"
    print(f"{mark(outcome)} {check.name} ({outcome.seconds:.1f} s){said}", flush=True)
    return outcome


def one_by_one(checks: "tuple[Check, ...] | list[Check]") -> list[Outcome]:
    """In order, with their output as it comes."""
    outcomes = []
    for check in checks:
        print(f"\n== {check.name}", flush=True)
        started = time.monotonic()
        code = subprocess.call(check.command, cwd=check.folder, stdin=subprocess.DEVNULL)
        outcomes.append(Outcome(check, code == 0, time.monotonic() - started))
    return outcomes


def summarize(outcomes: list[Outcome], seconds: float) -> None:
    """The closing table."""
    print(f"\n{'':2}{'check':24}{'seconds':>9}")
    for outcome in outcomes:
        mend = "" if outcome.passed else f"   mend: {outcome.check.mend}"
        print(f"{mark(outcome)} {outcome.check.name:24}{outcome.seconds:9.1f}{mend}")
    failed = sum(not o.passed for o in outcomes)
    print(f"\n{len(outcomes) - failed} passed, {failed} failed, 0 skipped in {seconds:.0f} s")


def mark(outcome: Outcome) -> str:
    """A tick or a cross, in colour where somebody looks."""
    sign, colour = ("✓", 32) if outcome.passed else ("✗", 31)
    plain = os.environ.get("NO_COLOR") or not sys.stdout.isatty()
    return sign if plain else f"\033[{colour}m{sign}\033[0m"


if __name__ == "__main__":
    main()
