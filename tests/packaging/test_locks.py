"""Everything installed is locked by hash, and no lock names where it came from."""

import json
import re
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(\S+)", re.IGNORECASE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(lock: str) -> dict[str, str]:
    """Each requirement of a lock file with the lines that belong to it."""
    found, name = {}, ""
    for line in (TOP / lock).read_text().splitlines():
        if match := PINNED.match(line):
            name = normal(match.group(1))
            found[name] = ""
        found[name] += line
    return found


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-bootstrap.lock"])
def test_python_packages_are_pinned_by_hash_and_name_no_index(lock: str) -> None:
    locked = entries(lock)
    assert locked
    assert all("--hash=sha256:" in text for text in locked.values())
    assert "://" not in (TOP / lock).read_text()


def test_every_dependency_is_in_the_lock() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {normal(re.split(r"[\[<>=~! ;]", text, maxsplit=1)[0]) for text in wanted}
    assert names - entries("requirements.lock").keys() == set()


@pytest.mark.parametrize("folder", ["frontend", "tools/browser"])
def test_node_packages_are_pinned_by_hash_and_name_no_registry(folder: str) -> None:
    lock = json.loads((TOP / folder / "package-lock.json").read_text())
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    assert packages
    assert not [path for path, entry in packages.items() if "resolved" in entry]
    # A package inside another's tarball comes with that one's hash.
    unhashed = {p for p, e in packages.items() if "integrity" not in e and not e.get("inBundle")}
    assert unhashed == set()
    asked = json.loads((TOP / folder / "package.json").read_text())
    direct = {**asked.get("dependencies", {}), **asked.get("devDependencies", {})}
    assert not [name for name, version in direct.items() if version[0] in "^~><*"]
    assert "ignore-scripts=true" in (TOP / folder / ".npmrc").read_text()
