"""On a bare machine the set-up says what is missing and the command that mends it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


def bootstrap(code: str) -> "subprocess.CompletedProcess[str]":
    """Run code beside the bootstrap module in a plain interpreter."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, 'tools'); import bootstrap\n{code}",
        ],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (
            "bootstrap.works = lambda command: False\nbootstrap.find_pip()",
            "apt-get install python3-venv",
        ),
        (
            "bootstrap.OLDEST = (4, 0); bootstrap.NEWER = ()\nbootstrap.use_new_enough_python()",
            "apt-get install python3.11",
        ),
        (
            "bootstrap.run(['false'], 'is a package index reachable?')",
            "is a package index reachable?",
        ),
    ],
)
def test_what_is_missing_is_told_with_its_remedy(code: str, wanted: str) -> None:
    done = bootstrap(code)
    assert done.returncode == 1
    assert "error: " in done.stderr
    assert wanted in done.stderr.partition("mend: ")[2]
    assert "Traceback" not in done.stderr


def test_make_alone_lists_the_targets() -> None:
    done = subprocess.run(["make"], cwd=TOP, capture_output=True, text=True, check=True)
    for target in ("setup", "run", "dev", "test", "check", "fmt", "openapi", "bench", "build"):
        assert f"make {target} " in done.stdout


def test_a_browser_that_is_none_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "chromium"
    done = subprocess.run(
        [sys.executable, "tools/browser.py", "--found-only"],
        cwd=TOP,
        env=os.environ | {"CHROMIUM": str(missing)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"CHROMIUM is {missing}" in done.stderr


def test_continuous_integration_runs_the_same_checks() -> None:
    assert "exec make test" in (TOP / ".ci/run").read_text()
    assert os.access(TOP / ".ci/run", os.X_OK)
    assert "run: make test" in (TOP / ".github/workflows/ci.yml").read_text()
