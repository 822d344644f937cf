"""`curbstop serve` and `curbstop worker`."""

import socket
from typing import Annotated

import typer
import uvicorn
import uvloop

from curbstop import wiring
from curbstop.cli import demo as demonstration
from curbstop.cli.connection import command_database, opened, served_database
from curbstop.cli.refusals import refuse
from curbstop.main import create_app
from curbstop.platform.database import Database
from curbstop.platform.logs import configure_logs
from curbstop.platform.migrate import migrate
from curbstop.platform.settings import Settings, load_settings
from curbstop.platform.uow import SYSTEM
from curbstop.worker import work, work_beside

Host = Annotated[str, typer.Option(envvar="CURBSTOP_HOST", help="Address to listen on.")]
Port = Annotated[
    int, typer.Option(envvar=["CURBSTOP_PORT", "PORT"], min=0, max=65535, help="0: any free one.")
]
WithDemo = Annotated[
    bool, typer.Option("--demo", help="Fill the database with a demo district when it is empty.")
]
JobsBeside = Annotated[
    int, typer.Option(min=0, help="Jobs at a time in this process; 0: only `curbstop worker`.")
]
NOBODY_YET = """\
  Nobody can sign in yet. In another terminal, `curbstop init` makes the first
  administrator."""


def serve(
    host: Host = "127.0.0.1", port: Port = 8000, demo: WithDemo = False, jobs: JobsBeside = 2
) -> None:
    """Serve the staff app and the API, with the database and the jobs they need."""
    settings = load_settings()
    configure_logs(settings.log_format)
    with _listen(host, port) as listening, served_database(settings) as url:
        migrate(url)
        uvloop.run(_serve(url, settings, listening, jobs, demo=demo))


def worker(jobs: Annotated[int, typer.Option(min=1, help="Jobs at a time.")] = 2) -> None:
    """Run background jobs only, beside a server on this or another machine."""
    settings = load_settings()
    configure_logs(settings.log_format)
    with command_database(settings) as url:
        uvloop.run(work(url, settings, jobs))


def _listen(host: str, port: int) -> socket.socket:
    """The listening socket, opened before anything slow: a taken port is told at once."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as problem:
        listening.close()
        other = port + 1 if port < 65535 else 8000
        raise refuse(
            f"cannot listen on {host} port {port}: {problem.strerror}. "
            f"Choose another one, for example PORT={other}."
        ) from None
    return listening


async def _serve(
    url: str, settings: Settings, listening: socket.socket, jobs: int, *, demo: bool
) -> None:
    async with opened(url, settings) as database:
        if demo:
            await demonstration.load_when_empty(database, settings)
        greeting = await _greeting(database, settings)
    app = create_app(settings, Database(url, settings, wiring.handlers()))
    if jobs:
        work_beside(app, jobs)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=10
    )
    welcome = f"\n  Curbstop is at  {_address(listening)}\n{greeting}\n"
    await _Server(config, welcome).serve(sockets=[listening])


class _Server(uvicorn.Server):
    """Says where it is once it answers there, not before."""

    def __init__(self, config: uvicorn.Config, welcome: str) -> None:
        super().__init__(config)
        self._welcome = welcome

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the application, then greet."""
        await super().startup(sockets)
        if self.started:
            typer.echo(self._welcome)


async def _greeting(database: Database, settings: Settings) -> str:
    """What a newcomer needs to know next to the address."""
    if sign_in := await demonstration.sign_in_help(database, settings):
        return f"{sign_in}\n  Ctrl-C stops it."
    async with database.read(SYSTEM) as reader:
        people = await reader.sql.fetchval("SELECT count(*) FROM users WHERE disabled_at IS NULL")
    return "  Ctrl-C stops it." if people else NOBODY_YET


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
