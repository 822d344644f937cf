"""The application: every room's routes under `/api/v1`, health, metrics, the staff app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import FileResponse
from fastapi.routing import APIRoute
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException

from curbstop import __version__, wiring
from curbstop.identity.auth import public
from curbstop.kernel.errors import Unavailable
from curbstop.platform.bodies import BodyLimit
from curbstop.platform.contract import ContractApp
from curbstop.platform.database import Database
from curbstop.platform.http import install_problem_handlers, problems
from curbstop.platform.lanes import install_lanes
from curbstop.platform.settings import Settings
from curbstop.platform.uow import SYSTEM
from curbstop.platform.web import RequestFrame

DESCRIPTION = """
Billing for water and sewer districts: the contract that staff screens and other district systems
share. Errors are problem details (RFC 9457) with a stable `type`. Ids are client-made UUIDv7 and
make a repeated POST safe. Money is integer cents, quantities are decimal strings with a unit,
periods are half-open.
"""
_IMMUTABLE = "public, max-age=31536000, immutable"
health = APIRouter(tags=["health"])


def operation_id(route: APIRoute) -> str:
    """The function's name: short in generated clients. A test keeps the names unique."""
    return route.name


def create_app(settings: Settings, database: Database) -> FastAPI:
    """The application on a database that the caller owns; the app opens and closes its pools."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await database.start()
        yield
        await database.stop()

    app = ContractApp(
        title="Curbstop",
        version=__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        generate_unique_id_function=operation_id,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.database = database
    app.state.timetable = wiring.TIMETABLE
    for router in wiring.ROUTERS:
        app.include_router(router, prefix="/api/v1")
    app.include_router(health)
    install_problem_handlers(app)
    app.add_middleware(BodyLimit, settings=settings)
    app.add_middleware(RequestFrame)
    _serve_spa(app, spa_dir())
    install_lanes(app)
    return app


@health.get("/healthz", dependencies=[public()])
async def healthz() -> dict[str, str]:
    """The process is alive."""
    return {"status": "ok", "version": __version__}


@health.get("/readyz", dependencies=[public()], responses=problems(Unavailable))
async def readyz(request: Request) -> dict[str, str]:
    """The database answers."""
    async with request.app.state.database.read(SYSTEM) as reader:
        await reader.sql.fetchval("SELECT 1")
    return {"status": "ready"}


@health.get("/metrics", dependencies=[public()], include_in_schema=False)
async def metrics() -> Response:
    """Prometheus metrics of this process."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def spa_dir() -> Path:
    """Where the built staff app lies: inside the installed wheel, or in a checkout."""
    bundled = Path(str(resources.files("curbstop"))) / "_bundled" / "spa"
    checkout = Path(__file__).resolve().parents[2] / "frontend" / "dist"
    return bundled if bundled.is_dir() else checkout


def _serve_spa(app: FastAPI, folder: Path) -> None:
    @app.get("/{path:path}", include_in_schema=False, dependencies=[public()])
    def staff_app(path: str) -> FileResponse:
        """A file of the staff app, or its page for every address that the app routes itself."""
        if path.startswith("api/") or not folder.is_dir():
            raise HTTPException(404, "nothing is at this address")
        wanted = _file_in(folder, path)
        if wanted is not None:
            cache = _IMMUTABLE if path.startswith("assets/") else "no-cache"
            return FileResponse(wanted, headers={"Cache-Control": cache})
        if "." in path.rsplit("/", 1)[-1]:
            raise HTTPException(404, "nothing is at this address")
        return FileResponse(folder / "index.html", headers={"Cache-Control": "no-cache"})


def _file_in(folder: Path, path: str) -> Path | None:
    """The file at a path inside the folder; None when there is none, or it lies outside."""
    try:
        wanted = (folder / path).resolve()
        return wanted if wanted.is_relative_to(folder.resolve()) and wanted.is_file() else None
    except (OSError, ValueError):  # longer than a name may be, or with a NUL
        return None
