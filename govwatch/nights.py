"""What this machine gives the nights, from the environment: mail server, robots, operators, backups."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from alerts.letter import MailServer, Outlets


class NightSettings(BaseSettings):
    """Every name is prefixed with GOVWATCH_. Secrets stand here and nowhere else."""

    model_config = SettingsConfigDict(env_prefix="GOVWATCH_", env_file=".env", extra="ignore")

    smtp_host: str = ""
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    mail_from: str = ""
    wecom_base: str = "https://qyapi.weixin.qq.com"
    dingtalk_base: str = "https://oapi.dingtalk.com"
    feishu_base: str = "https://open.feishu.cn"
    operators: SecretStr = Field(default=SecretStr(""), description="mail addresses or channels, by comma")
    backup_to: Path | None = None
    tsa: str = ""
    tsa_roots: Path | None = None

    @property
    def outlets(self) -> Outlets:
        """The servers that messages go out by."""
        mail = MailServer(
            host=self.smtp_host,
            port=self.smtp_port,
            user=self.smtp_user,
            password=self.smtp_password.get_secret_value(),
            security=self.smtp_security,
            sender=self.mail_from,
        )
        return Outlets(wecom=self.wecom_base, dingtalk=self.dingtalk_base, feishu=self.feishu_base, mail=mail)

    @property
    def operator_list(self) -> tuple[str, ...]:
        """Who is told of the program's own matters."""
        named = self.operators.get_secret_value().split(",")
        return tuple(filter(None, (one.strip() for one in named)))


@cache
def night_settings() -> NightSettings:
    """The settings of this process. Raises pydantic.ValidationError for values that make no sense."""
    return NightSettings()
