"""Bring a database to this version's schema, and check that models and migrations agree."""

from functools import cache
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory


def _bundle() -> Path:
    """Where `db/` lies: inside the installed wheel, or at the top of a checkout."""
    bundled = Path(str(resources.files("curbstop"))) / "_bundled" / "db"
    checkout = Path(__file__).resolve().parents[3] / "db"
    return bundled if bundled.is_dir() else checkout


def reference_dir() -> Path:
    """The folder of reference data (tariffs, read layouts, counties, regimes)."""
    return _bundle() / "reference"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config()
    config.set_main_option("script_location", str(_bundle() / "migrations"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


@cache
def newest_revision() -> str:
    """The last migration that this version brings."""
    return ScriptDirectory.from_config(alembic_config("postgresql://")).get_current_head() or ""


def migrate(url: str) -> None:
    """Apply every migration that is missing. Safe to repeat; two callers take turns."""
    command.upgrade(alembic_config(url), "head")


def check_drift(url: str) -> None:
    """Raises alembic.util.CommandError when the models say something else than the migrations."""
    command.check(alembic_config(url))
