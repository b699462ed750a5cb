"""Settings from the environment (and a .env file beside the data), read once."""

import ipaddress
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All that can be set from outside; every name is prefixed with GOVWATCH_."""

    model_config = SettingsConfigDict(env_prefix="GOVWATCH_", env_file=".env", extra="ignore")

    data: Path = Path("data")
    database_url: str | None = None
    allow_networks: str = ""
    browser: str | None = None
    contact: str = ""
    max_pages: int = Field(default=3000, ge=1, description="pages a site and scan")
    full_walk_days: int = Field(
        default=7, ge=1, description="days after which a site is walked in full again"
    )
    schemes: Path | None = Field(default=None, description="folder of the office's own schemes")
    lease_seconds: float = Field(
        default=30.0, ge=1, description="silence after which a worker counts as dead"
    )
    retry_seconds: float = Field(default=20.0, gt=0, description="first pause after a failed errand")
    tsa_url: str = Field(default="", description="time stamp authority (RFC 3161)")
    tsa_roots: Path | None = Field(default=None, description="PEM file with the authority's certificates")
    s3_bucket: str = ""
    s3_endpoint: str = ""
    s3_region: str = ""
    s3_prefix: str = ""
    s3_access_key: SecretStr = SecretStr("")
    s3_secret_key: SecretStr = SecretStr("")
    metrics_token: SecretStr = Field(default=SecretStr(""), description="bearer token for /metrics")
    public_url: str = Field(default="", description="the portal's address as browsers see it")
    oidc_issuer: str = Field(default="", description="identity service; empty: passwords alone")
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_claim: str = Field(default="preferred_username", description="claim taken as the sign-in name")
    oidc_title: str = Field(default="统一身份认证", description="what the button says")
    log_format: Literal["auto", "json", "plain"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    objection_days: int = Field(default=5, ge=0, description="working days for objections")

    @field_validator("allow_networks")
    @classmethod
    def _networks_are_cidr(cls, value: str) -> str:
        for part in filter(None, (piece.strip() for piece in value.split(","))):
            try:
                ipaddress.ip_network(part, strict=False)
            except ValueError as error:
                raise ValueError(f"“{part}”不是网段，请写成 10.1.0.0/16 的形式") from error
        return value

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks that may be visited though they are private, as CIDR."""
        return tuple(filter(None, (piece.strip() for piece in self.allow_networks.split(","))))


@cache
def settings() -> Settings:
    """The settings of this process. Raises pydantic.ValidationError for values that make no sense."""
    return Settings()
