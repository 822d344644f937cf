"""Fail when frontend/src/api/schema.d.ts is not what openapi/openapi.json gives."""

import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent


def main() -> None:
    """Generate into a scratch file and compare."""
    committed = TOP / "frontend" / "src" / "api" / "schema.d.ts"
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "schema.d.ts"
        generator = TOP / "frontend/node_modules/openapi-typescript/bin/cli.js"
        contract = TOP / "openapi" / "openapi.json"
        subprocess.run(
            [
                TOP / ".venv/bin/node",
                generator,
                contract,
                "--default-non-nullable=false",
                "-o",
                fresh,
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        if not committed.exists() or committed.read_text() != fresh.read_text():
            sys.exit(f"{committed.relative_to(TOP)} is out of date")


if __name__ == "__main__":
    main()
