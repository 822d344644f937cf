"""Settings of a deployment, from `CURBSTOP_*`. Business values live in policies."""

from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One process's settings; every field can be set as `CURBSTOP_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="CURBSTOP_", extra="ignore")

    database_url: str | None = Field(
        default=None,
        description="postgresql://… of an existing server (15 or newer); empty: embedded.",
    )
    data_dir: Path | None = Field(
        default=None, description="Where the embedded PostgreSQL keeps its data."
    )
    timezone: str = Field(default="America/Los_Angeles", description="The district's time zone.")
    pool_size: int = Field(default=10, ge=2, le=200, description="Connections for writes.")
    read_pool_size: int = Field(default=10, ge=2, le=200, description="Connections for reads.")
    pool_wait_seconds: float = Field(default=5, gt=0, description="Then 503 with Retry-After.")
    statement_seconds: int = Field(default=30, ge=1, description="Longest statement of a request.")
    upload_bytes_max: int = Field(default=256 * 1024 * 1024, description="Largest upload.")
    body_bytes_max: int = Field(default=1024 * 1024, description="Largest JSON body.")
    session_hours: int = Field(default=10, ge=1, le=72, description="A session's longest life.")
    secure_cookies: bool = Field(default=False, description="Set behind HTTPS.")
    log_format: str = Field(default="console", pattern="^(console|json)$")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        ZoneInfo(name)
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The district's time zone, in which due dates and periods are meant."""
        return ZoneInfo(self.timezone)


def load_settings() -> Settings:
    """The settings in the environment now."""
    return Settings()
