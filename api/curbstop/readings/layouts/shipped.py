"""The layouts that come with Curbstop, as files beside the other reference data."""

from functools import lru_cache

from curbstop.platform.migrate import reference_dir
from curbstop.readings.layouts.definition import Layout
from curbstop.readings.layouts.loading import load_layout


@lru_cache(maxsize=1)
def shipped_layouts() -> dict[str, Layout]:
    """Every shipped layout by its name. Raises LayoutError when a file of ours is broken."""
    return {name: load_layout(body) for name, body in shipped_bodies().items()}


@lru_cache(maxsize=1)
def shipped_bodies() -> dict[str, str]:
    """The YAML text of every shipped layout by its name, which is also the file's."""
    folder = reference_dir() / "read_layouts"
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}
