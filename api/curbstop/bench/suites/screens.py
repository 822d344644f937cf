"""The staff app in a real Chromium on the large district: first screen, scrolling, search.

Needs a source checkout with its Node packages (`make setup`) and Chromium: an installed wheel has
neither, and says so.
"""

import asyncio
import json
import os
import shutil
from pathlib import Path

from curbstop.bench.bench import Bench
from curbstop.bench.figures import Figure, at_most
from curbstop.bench.office import administrator, served

TOP = Path(__file__).resolve().parents[4]
SCRIPT = TOP / "frontend" / "e2e" / "measure.ts"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FRAME_MS = 1000 / 60


async def measure(bench: Bench) -> list[Figure]:
    """What a person waits for. Raises RuntimeError without a checkout, packages or a browser."""
    node, chromium = _tools()
    url = await bench.copy(await bench.district(), "screens")
    async with served(bench, url) as office:
        person = await administrator(bench, url)
        surroundings = os.environ | {
            "CHROMIUM": chromium,
            "CURBSTOP_URL": office.address,
            "CURBSTOP_EMAIL": person.email,
            "CURBSTOP_PASSWORD": person.password,
        }
        process = await asyncio.create_subprocess_exec(
            *(node, str(SCRIPT)),
            cwd=SCRIPT.parents[1],
            env=surroundings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complained = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"the browser's measuring failed: {complained.decode()[-2000:]}")
    return _figures(json.loads(said.splitlines()[-1]))


def _tools() -> tuple[str, str]:
    node = shutil.which("node")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if node is None or not SCRIPT.exists() or not (SCRIPT.parents[1] / "node_modules").exists():
        raise RuntimeError("needs a source checkout with its Node packages: `make setup`")
    if chromium is None:
        raise RuntimeError("needs Chromium: `make test` installs one; or set CHROMIUM")
    return node, chromium


def _figures(measured: dict[str, float]) -> list[Figure]:
    rounded = {name: round(value, 1) for name, value in measured.items()}
    return [
        Figure(
            *("first_screen", rounded["first_screen_ms"], "ms"),
            "a cold browser, from the address to the first row of the accounts list; median of 5",
        ),
        Figure(
            *("first_screen_script", rounded["first_screen_kb"], "kB"),
            "JavaScript of that screen, gzip-9",
            at_most(250),
        ),
        Figure(
            *("scrolling", rounded["frame_ms_p50"], "ms"),
            "between frames while the accounts run by, a screen of rows a frame; median",
            at_most(round(FRAME_MS, 1) + 0.1),
            details={"p95_ms": rounded["frame_ms_p95"]},
        ),
        Figure(
            *("search_box", rounded["search_ms"], "ms"),
            "from the last key of a scrap to the first finding on the screen; median",
            at_most(250),
            details={"worst_ms": rounded["search_ms_max"]},
        ),
    ]
