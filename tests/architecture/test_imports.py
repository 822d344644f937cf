"""The import contract of pyproject.toml: floors, slices, edges, purity."""

from pathlib import Path

from importlinter import cli

ROOT = Path(__file__).parents[2]


def test_rooms_depend_downward_only(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT / "api"))
    result = cli.lint_imports(no_cache=True)
    assert result == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out
