"""Foreign keys point down the floors, and the models say what the migrations made."""

import tomllib
from pathlib import Path

from sqlmodel import SQLModel

import curbstop.main  # noqa: F401 - imports every room, and so every table
from curbstop.platform.migrate import check_drift

ROOT = Path(__file__).parents[2]


def floors() -> dict[str, int]:
    """Room → height, from the import contract itself."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = contracts["contracts"][0]["layers"]
    heights = {}
    for height, layer in enumerate(reversed(layers)):
        for room in layer.split("|"):
            heights[room.strip(" ()")] = height
    return heights


def rooms_of_tables() -> dict[str, str]:
    mappers = SQLModel._sa_registry.mappers
    return {m.local_table.name: m.class_.__module__.split(".")[1] for m in mappers}


def test_foreign_keys_point_down():
    heights, rooms = floors(), rooms_of_tables()
    upward = []
    for table in SQLModel.metadata.tables.values():
        for key in table.foreign_keys:
            here, there = rooms[table.name], rooms[key.column.table.name]
            if here != there and heights[there] >= heights[here]:
                upward.append(f"{table.name}.{key.parent.name} → {key.column.table.name}")
    assert upward == []


def test_migrations_make_what_the_models_say(shared_url):
    check_drift(shared_url)


def test_every_room_says_what_it_owns():
    package = ROOT / "api" / "curbstop"
    composition = {"cli", "main", "worker", "wiring", "demo", "bench"}
    rooms = {name for name in floors() if (package / name).is_dir()} - composition
    assert rooms >= {"kernel", "platform", "audit", "identity"}
    for room in rooms:
        text = (package / room / "README.md").read_text()
        for heading in ("Owns", "Does not own", "Invariant"):
            assert heading in text, f"{room}/README.md says nothing of {heading!r}"


def test_the_architecture_names_every_table():
    text = (ROOT / "docs" / "architecture.md").read_text()
    assert [table for table in rooms_of_tables() if f"`{table}`" not in text] == []
