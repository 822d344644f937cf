"""Schemathesis against a served office: `python tools/fuzz.py --minutes 10`, or `--seconds 60`.

Serves this checkout on a database of its own, lets an API client with every scope in, and sends
generated requests to every operation of the contract: no answer may be a 5xx or unlike the
contract. Prints the seed that repeats a run (`--seed`).
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
BIN = TOP / ".venv" / "bin"
EMAIL, PASSWORD = "fuzz@example.org", "a password for one run"
# A well-formed request may still be refused by a rule of the trade (409, 422): acceptance is not
# checked. Server-sent events never end, so they are not for a client that reads to the end.
EXCLUDED_CHECKS = "positive_data_acceptance,unsupported_method,ignored_auth"
ENDLESS = r".*/events$"
# It would end the very client that asks.
SUICIDAL = "disable_api_client"


def main() -> None:
    """Serve, fuzz, stop; the exit code is Schemathesis's."""
    options = parse()
    folder = Path(tempfile.mkdtemp(prefix="curbstop-fuzz-"))
    folder.chmod(0o755)
    environment = os.environ | {"CURBSTOP_DATA_DIR": str(folder / "data")}
    server = None
    try:
        command = [BIN / "curbstop", "init", "--email", EMAIL, "--name", "Fuzz"]
        secret = environment | {"CURBSTOP_ADMIN_PASSWORD": PASSWORD}
        subprocess.run(command, env=secret, check=True, stdin=subprocess.DEVNULL)
        server, address = serve(environment, folder / "serve.log")
        code = fuzz(address, options.seconds or options.minutes * 60, options.seed)
        if code:
            print(f"repeat with: python tools/fuzz.py --seed {options.seed}", flush=True)
            show_defects(folder / "serve.log")
        sys.exit(code)
    finally:
        if server is not None:
            server.send_signal(signal.SIGTERM)
            server.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    return parser.parse_args()


def serve(environment: dict[str, str], log: Path) -> "tuple[subprocess.Popen[str], str]":
    """The server and its address."""
    with log.open("w") as lines:
        server = subprocess.Popen(
            [BIN / "curbstop", "serve", "--port", "0"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=lines,
            text=True,
        )
    for line in server.stdout or ():
        if "Curbstop is at" in line:
            return server, line.split()[-1]
    sys.exit(f"error: the server did not start\n{log.read_text()[-3000:]}")


def fuzz(address: str, seconds: int, seed: int) -> int:
    """Generated requests for that long."""
    command = [
        *(BIN / "st", "run", f"{address}/api/v1/openapi.json"),
        *("--header", f"Authorization: Bearer {client_token(address)}"),
        *("--checks", "all", "--exclude-checks", EXCLUDED_CHECKS),
        *("--exclude-path-regex", ENDLESS, "--exclude-path", "/healthz"),
        *("--exclude-operation-id", SUICIDAL),
        *("--max-time", str(seconds), "--seed", str(seed), "--generation-database", "none"),
        *("--phases", "examples,coverage,fuzzing,stateful", "--request-timeout", "30"),
        *("--continue-on-failure", "--warnings", "off", "--no-color"),
    ]
    return subprocess.run(command, cwd=TOP, check=False, stdin=subprocess.DEVNULL).returncode


def client_token(address: str) -> str:
    """A bearer token with every scope, obtained as an administrator and an API client would."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def post(path: str, body: dict[str, object], csrf: str = "") -> dict[str, object]:
        headers = {"Content-Type": "application/json", "X-CSRF-Token": csrf}
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{address}/api/v1{path}", json.dumps(body).encode(), headers
        )
        with browser.open(request, timeout=30) as answer:
            return dict(json.loads(answer.read()))

    session = post("/session", {"email": EMAIL, "password": PASSWORD})
    with browser.open(f"{address}/api/v1/openapi.json", timeout=30) as answer:
        schemas = json.loads(answer.read())["components"]["schemas"]
    client_id = "01900000-0000-7000-8000-00000000f022"
    made = post(
        "/api-clients",
        {"id": client_id, "name": "Fuzz", "scopes": schemas["Perm"]["enum"]},
        str(session["csrf_token"]),
    )
    credentials = {"client_id": client_id, "client_secret": made["secret"]}
    return str(post("/tokens", credentials)["access_token"])


def show_defects(log: Path) -> None:
    """What the server wrote about its own failures."""
    lines = log.read_text().splitlines()
    wrong = [n for n, line in enumerate(lines) if "[error" in line or "Traceback" in line]
    for n in wrong[:5]:
        print("\n".join(lines[n : n + 40]), flush=True)


if __name__ == "__main__":
    main()
