"""How this installation runs: environment first, then config/lotsen.toml, then defaults. Municipalities and places are in bot/configuration.py."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.domain.finding import ContentError, Finding

ROOT = Path(__file__).resolve().parent.parent
"""The project: where data/, config/, migrations/ and var/ lie."""

_TOML_NAME = "lotsen.toml"
_ONLY_IN_ENVIRONMENT = (
    "secret_key",
    "twilio_auth_token",
    "telegram_token",
    "telegram_webhook_secret",
    "rasa_token",
    "smtp_password",
)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
TWILIO_API = "https://api.twilio.com"
TELEGRAM_API = "https://api.telegram.org"


class Settings(BaseSettings):
    """Every setting, by its name in lotsen.toml; in the environment it is written LOTSEN_ and capitals."""

    model_config = SettingsConfigDict(env_prefix="LOTSEN_", extra="forbid", env_ignore_empty=True)

    config: Path = Path("config")
    database_url: str = "sqlite:///var/lotsen.db"
    public_url: str = "http://127.0.0.1:8000"
    secret_key: str | None = Field(None, repr=False)
    twilio_account_sid: str | None = None
    twilio_auth_token: str | None = Field(None, repr=False)
    twilio_number: str | None = None
    twilio_messaging_service_sid: str | None = None
    twilio_api_base: str = TWILIO_API
    telegram_token: str | None = Field(None, repr=False)
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_secret: str | None = Field(None, repr=False)
    telegram_api_base: str = TELEGRAM_API
    smtp_url: str | None = None
    smtp_password: str | None = Field(None, repr=False)
    smtp_from: str | None = None
    sms_rate: float = Field(1.0, ge=0)
    nlu: Literal["embedded", "rasa"] = "embedded"
    rasa_url: str | None = Field(None, repr=False)
    rasa_token: str | None = Field(None, repr=False)
    nlu_tier: Literal["full", "lean"] | None = None
    gather_seconds: float = Field(2.0, ge=0, le=30)
    phone: Literal["on", "off"] | None = None
    require_totp: bool | None = None
    development: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over what load_settings has read from the file."""
        return env_settings, init_settings

    @field_validator("public_url", "twilio_api_base", "telegram_api_base", "rasa_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address such as https://lotsen.example.se")
        _ = parts.port  # raises ValueError for one that is no number below 65536
        return value.rstrip("/")

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if (
            parts.scheme not in ("smtp", "smtps")
            or not parts.hostname
            or parts.path.strip("/")
            or parts.query
            or parts.fragment
        ):
            raise ValueError(
                "must be an address such as smtp://lotsen@mail.example.se:587 or smtps://lotsen@mail.example.se:465"
            )
        _ = parts.port
        if parts.password is not None:
            raise ValueError("must not hold the password: set LOTSEN_SMTP_PASSWORD")
        return value.rstrip("/")

    @field_validator("smtp_from")
    @classmethod
    def _mail_from(cls, value: str | None) -> str | None:
        if value is not None and not (
            re.fullmatch(r"[^@\s<>,;\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", value) and value.isascii()
        ):
            raise ValueError("must be an e-mail address alone, such as lotsen@kommunen.example")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not re.match(r"(sqlite|postgres(ql)?(\+psycopg)?)://", value):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("twilio_number")
    @classmethod
    def _number(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"\+[1-9]\d{6,14}", value):
            raise ValueError(
                "must be a number such as +46701740690"
            )  # Twilio's forms name it so; it is compared with them
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _secret(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
            raise ValueError("must be 1 to 256 of A-Z a-z 0-9 _ -")  # Bot API, setWebhook
        return value

    @property
    def twilio_on(self) -> bool:
        """SMS goes by Twilio."""
        return bool(self.twilio_account_sid and self.twilio_auth_token)

    @property
    def telegram_on(self) -> bool:
        """Telegram's Bot API is used."""
        return bool(self.telegram_token)

    @property
    def smtp_on(self) -> bool:
        """E-mail can be sent."""
        return bool(self.smtp_url and self.smtp_from)

    @property
    def phone_on(self) -> bool:
        """The phone simulator is served."""
        if self.phone is not None:
            return self.phone == "on"
        return not self.twilio_on and not self.telegram_on

    @property
    def live(self) -> bool:
        """Whether messages would reach real people: a provider is on whose address is not on this machine."""
        return (self.twilio_on and not _on_loopback(self.twilio_api_base)) or (
            self.telegram_on and not _on_loopback(self.telegram_api_base)
        )

    @property
    def totp_required(self) -> bool:
        """Whether accounts of the console must have a code at sign-in; unless it is set, where messages reach real people."""
        return self.require_totp if self.require_totp is not None else self.live and not self.development

    @property
    def config_folder(self) -> Path:
        """The folder with configuration; a relative one is the project's."""
        return self.config if self.config.is_absolute() else _under(self.config)

    @property
    def rasa_address(self) -> str:
        """Where the Rasa server is, without its token; "" when none is named."""
        return (self.rasa_url or "").partition("?")[0]

    @property
    def rasa_secret(self) -> str | None:
        """The Rasa server's token, from LOTSEN_RASA_TOKEN or else from `?token=` in LOTSEN_RASA_URL."""
        return self.rasa_token or next(iter(parse_qs(urlsplit(self.rasa_url or "").query).get("token", [])), None)

    @property
    def model_folder(self) -> Path:
        """Where the trained interpreter is kept."""
        return ROOT / "var" / "model"

    def findings(self) -> list[Finding]:
        """Settings that do not go together."""
        found = []

        def fault(fault_id: str, message: str, hint: str) -> None:
            found.append(Finding(_TOML_NAME, 1, fault_id, message, hint))

        if bool(self.twilio_account_sid) != bool(self.twilio_auth_token):
            fault(
                "half-twilio",
                "Twilio needs both its account SID and its auth token",
                "set LOTSEN_TWILIO_ACCOUNT_SID and LOTSEN_TWILIO_AUTH_TOKEN, or neither",
            )
        if self.twilio_on and not (self.twilio_number or self.twilio_messaging_service_sid):
            fault(
                "no-number",
                "Twilio has nothing to send from",
                "set LOTSEN_TWILIO_NUMBER or LOTSEN_TWILIO_MESSAGING_SERVICE_SID",
            )
        if self.telegram_on and self.telegram_mode == "webhook" and not self.telegram_webhook_secret:
            fault(
                "no-webhook-secret",
                "Telegram's webhook has no secret",
                "set LOTSEN_TELEGRAM_WEBHOOK_SECRET (1 to 256 of A-Z a-z 0-9 _ -)",
            )
        if self.phone_on and not _on_loopback(self.public_url):
            fault(
                "phone-public",
                "the phone simulator is on, but LOTSEN_PUBLIC_URL is not this machine",
                "set LOTSEN_PHONE=off; a proxy in front could let anybody in",
            )
        return found + self.smtp_findings() + self.rasa_findings()

    def smtp_findings(self) -> list[Finding]:
        """What is missing for sending e-mail, when any of it is set."""
        found = []
        if bool(self.smtp_url) != bool(self.smtp_from):
            found.append(
                Finding(
                    _TOML_NAME,
                    1,
                    "half-smtp",
                    "e-mail needs both a mail server and an address to send from",
                    "set LOTSEN_SMTP_URL and LOTSEN_SMTP_FROM, or neither",
                )
            )
        user = urlsplit(self.smtp_url or "").username
        if self.smtp_url and bool(user) != bool(self.smtp_password):
            found.append(
                Finding(
                    _TOML_NAME,
                    1,
                    "half-smtp",
                    "the mail server needs both a user and a password, or neither",
                    "write smtp://user@host:587 in LOTSEN_SMTP_URL, and set LOTSEN_SMTP_PASSWORD",
                )
            )
        elif self.smtp_password and not self.smtp_url:
            found.append(
                Finding(
                    _TOML_NAME,
                    1,
                    "half-smtp",
                    "there is a password but no mail server",
                    "set LOTSEN_SMTP_URL, or remove LOTSEN_SMTP_PASSWORD",
                )
            )
        return found

    def rasa_findings(self) -> list[Finding]:
        """What is missing or unsafe about the Rasa server, when one is asked for."""
        if self.nlu != "rasa":
            return []
        if not self.rasa_url:
            return [
                Finding(
                    _TOML_NAME,
                    1,
                    "no-rasa-url",
                    "LOTSEN_NLU is rasa but LOTSEN_RASA_URL is not set",
                    "set it to http://127.0.0.1:5005; `make rasa` starts such a server",
                )
            ]
        found = []
        parts = urlsplit(self.rasa_url)
        if parts.username or parts.fragment or set(parse_qs(parts.query, keep_blank_values=True)) - {"token"}:
            found.append(
                Finding(
                    _TOML_NAME,
                    1,
                    "bad-rasa-url",
                    "LOTSEN_RASA_URL holds more than an address",
                    "write http://127.0.0.1:5005, and the token in LOTSEN_RASA_TOKEN",
                )
            )
        if parts.scheme != "https" and not _on_loopback(self.rasa_url):
            found.append(
                Finding(
                    _TOML_NAME,
                    1,
                    "rasa-in-the-clear",
                    "LOTSEN_RASA_URL is another machine without https: residents' words would be readable on the way",
                    "use https, or a server on this machine",
                )
            )
        if not self.rasa_secret and not _on_loopback(self.rasa_url):
            found.append(
                Finding(
                    _TOML_NAME,
                    1,
                    "no-rasa-token",
                    "the Rasa server on another machine has no token: it would answer anybody",
                    "start it with --auth-token, and set LOTSEN_RASA_TOKEN",
                )
            )
        return found


def load_settings() -> Settings:
    """Reads lotsen.toml and the environment. Raises ContentError that names every faulty key."""
    folder = Path(os.environ.get("LOTSEN_CONFIG", "config"))
    path = (folder if folder.is_absolute() else _under(folder)) / _TOML_NAME
    data: dict[str, Any] = {}
    if path.exists():
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ContentError(
                [Finding(str(path), 1, "not-toml", f"is no TOML: {error}", "look at the named line")]
            ) from error
    wrong = [key for key in data if key in _ONLY_IN_ENVIRONMENT]
    if wrong:
        raise ContentError(
            [
                Finding(
                    str(path),
                    1,
                    "secret-in-file",
                    f"{key} is a secret and must not stand in a file",
                    f"set LOTSEN_{key.upper()} in the environment",
                )
                for key in wrong
            ]
        )
    if "?" in str(data.get("rasa_url", "")):
        raise ContentError(
            [
                Finding(
                    str(path),
                    1,
                    "secret-in-file",
                    "rasa_url holds a token, a secret that must not stand in a file",
                    "set LOTSEN_RASA_TOKEN in the environment",
                )
            ]
        )
    try:
        return Settings(**data)
    except ValidationError as error:
        raise ContentError([_finding(str(path), fault) for fault in error.errors()]) from None


def secret_key(settings: Settings) -> bytes:
    """Signs sessions: LOTSEN_SECRET_KEY, or one made once and kept in var/."""
    if settings.secret_key:
        return settings.secret_key.encode()
    path = ROOT / "var" / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="ascii") as file:
                path.chmod(0o600)
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # another process made it first
    return path.read_bytes()


def _finding(file: str, fault: Any) -> Finding:
    name = ".".join(map(str, fault["loc"]))
    if fault["type"] == "extra_forbidden":
        return Finding(file, 1, "unknown-setting", f"there is no setting {name!r}", "docs/operating.md lists them")
    return Finding(
        file,
        1,
        "bad-setting",
        f"{name} (LOTSEN_{name.upper()}): {fault['msg']}",
        "docs/operating.md tells what it may be",
    )


def _under(path: Path) -> Path:
    """A relative path: below the working folder when it is there, else below the project."""
    return path if path.exists() else ROOT / path


def _on_loopback(url: str) -> bool:
    return urlsplit(url).hostname in _LOOPBACK
