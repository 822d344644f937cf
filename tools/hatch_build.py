"""Build hook: a wheel carries the built staff app, the migrations, the reference data, the guide.

An editable install carries none of them: it reads them from the checkout.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED = {
    "db/migrations": "curbstop/_bundled/db/migrations",
    "db/reference": "curbstop/_bundled/db/reference",
    "frontend/dist": "curbstop/_bundled/spa",
    "docs/guide": "curbstop/_bundled/guide",
    "docs/images": "curbstop/_bundled/images",
}


class BundleHook(BuildHookInterface):
    """Adds the bundled folders to a standard wheel, or says which step is missing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises FileNotFoundError when the staff app has not been built."""
        if self.target_name != "wheel" or version == "editable":
            return
        top = Path(self.root)
        if not (top / "frontend" / "dist" / "index.html").exists():
            raise FileNotFoundError("frontend/dist is not built; run `make build`")
        build_data["force_include"].update(
            {str(top / source): target for source, target in BUNDLED.items()}
        )
