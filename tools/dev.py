"""The API and the staff app's dev server side by side; Ctrl-C ends both."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
API_PORT = os.environ.get("PORT", "8000")


def main() -> None:
    """Run both until one ends."""
    # SIGTERM as an exception, so that the children are ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    bin_folder = TOP / ".venv" / "bin"
    children = [
        subprocess.Popen([bin_folder / "curbstop", "serve", "--demo", "--port", API_PORT]),
        subprocess.Popen(
            [bin_folder / "npm", "run", "--silent", "dev"],
            cwd=TOP / "frontend",
            env=os.environ | {"CURBSTOP_API": f"http://127.0.0.1:{API_PORT}"},
        ),
    ]
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
    except KeyboardInterrupt:
        print()
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()


if __name__ == "__main__":
    main()
