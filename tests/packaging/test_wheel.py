"""The wheel carries all that a district needs, and serves from an empty folder."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from curbstop import __version__

TOP = Path(__file__).parents[2]
PASSWORD = "a long enough password"


def files_below(folder: str) -> set[str]:
    """Relative paths of a folder of the checkout, less what Python leaves there."""
    found = {p.relative_to(TOP / folder) for p in (TOP / folder).rglob("*") if p.is_file()}
    return {str(p) for p in found if "__pycache__" not in p.parts}


def test_the_wheel_carries_app_migrations_reference_data_and_guide(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        scripts = archive.read(f"curbstop-{__version__}.dist-info/entry_points.txt").decode()
    for source, target in {
        "db/migrations": "db/migrations",
        "db/reference": "db/reference",
        "frontend/dist": "spa",
        "docs/guide": "guide",
        "docs/images": "images",
    }.items():
        wanted = {f"curbstop/_bundled/{target}/{name}" for name in files_below(source)}
        assert wanted, f"{source} is empty"
        assert wanted <= names
    assert "curbstop = curbstop.cli:app" in scripts
    strangers = {n for n in names if not n.startswith(("curbstop/", f"curbstop-{__version__}."))}
    assert not strangers
    assert not {n for n in names if "__pycache__" in n or n.endswith(".pyc")}


def test_the_wheel_carries_every_module_and_its_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"curbstop/{name}" for name in files_below("api/curbstop")} <= names


@pytest.fixture(scope="module")
def environment(empty_place: Path) -> dict[str, str]:
    """What a fresh user has: a path and an empty home."""
    home = empty_place / "home"
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}


@pytest.fixture(scope="module")
def serving(
    installed: Path, empty_place: Path, environment: dict[str, str]
) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """`curbstop serve` of the wheel: its address and its process."""
    with (empty_place / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [installed, "-m", "curbstop.cli", "serve", "--port", "0"],
            cwd=empty_place / "home",
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdout is not None
    address = ""
    for line in process.stdout:
        if "Curbstop is at" in line:
            address = line.split()[-1]
            break
    try:
        assert address, (empty_place / "serve.log").read_text()
        yield address, process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def get(address: str) -> tuple[str, str]:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.headers["Content-Type"], answer.read().decode()


@pytest.mark.slow
def test_the_wheel_alone_serves_from_an_empty_folder(
    serving: tuple[str, "subprocess.Popen[str]"],
    installed: Path,
    empty_place: Path,
    environment: dict[str, str],
) -> None:
    address, process = serving
    assert json.loads(get(f"{address}/healthz")[1])["version"] == __version__
    assert json.loads(get(f"{address}/readyz")[1]) == {"status": "ready"}
    kind, page = get(f"{address}/")
    assert kind.startswith("text/html")
    assert page == (TOP / "frontend/dist/index.html").read_text()
    assert json.loads(get(f"{address}/api/v1/openapi.json")[1])["info"]["title"] == "Curbstop"

    def curbstop(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [installed, "-m", "curbstop.cli", *arguments],
            cwd=empty_place / "home",
            env=environment | {"CURBSTOP_ADMIN_PASSWORD": PASSWORD},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    made = curbstop("init", "--email", "ann@example.org", "--name", "Ann")
    assert made.returncode == 0, made.stderr
    again = curbstop("init", "--email", "bob@example.org", "--name", "Bob")
    assert (again.returncode, "there are users already" in again.stderr) == (1, True)
    assert signs_in(address, "ann@example.org", PASSWORD)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    log = next((empty_place / "home").rglob("server.log")).read_text()
    assert "database system is shut down" in log, "SIGTERM must stop PostgreSQL cleanly"

    saved = curbstop("backup", "saved.dump")
    assert saved.returncode == 0, saved.stderr
    refused = curbstop("restore", "saved.dump")
    assert "not empty" in refused.stderr
    restored = curbstop("restore", "saved.dump", "--replace")
    assert restored.returncode == 0, restored.stderr
    third = curbstop("init", "--email", "cy@example.org", "--name", "Cy")
    assert "there are users already" in third.stderr, "the restored office has its people"


def signs_in(address: str, email: str, password: str) -> bool:
    body = json.dumps({"email": email, "password": password}).encode()
    request = urllib.request.Request(
        f"{address}/api/v1/session",
        data=body,
        method="POST",
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bool(json.loads(answer.read())["user"]["email"] == email)


def test_help_and_version_answer_without_loading_the_rooms() -> None:
    code = (
        "import sys; from curbstop.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(m for m in sys.modules if m in ('fastapi', 'sqlmodel', 'uvicorn', 'typst')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(TOP / "api")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "serve" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
