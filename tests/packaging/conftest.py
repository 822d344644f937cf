"""The wheel as a district gets it, built once, and an environment with nothing but it."""

import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout. The staff app must have been built (`make build`)."""
    assert (TOP / "frontend/dist/index.html").exists(), "the staff app is not built: make build"
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def empty_place() -> Iterator[Path]:
    """A folder that every user may enter, with an empty home in it."""
    folder = Path(tempfile.mkdtemp(prefix="curbstop-wheel-"))
    folder.chmod(0o755)
    (folder / "home").mkdir(mode=0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def installed(wheel: Path, empty_place: Path) -> Path:
    """A Python with the wheel's files and this environment's dependencies; no checkout in sight."""
    environment = empty_place / "venv"
    venv.create(environment, with_pip=False)
    (packages,) = environment.glob("lib/python3.*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # As a plain path: the editable install's own .pth file in there is not followed.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment / "bin" / "python"
