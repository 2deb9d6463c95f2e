"""Settings: environment over file over defaults, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from bot import settings as module
from bot.domain.finding import ContentError
from bot.settings import Settings, load_settings, secret_key

TWILIO = {
    "LOTSEN_TWILIO_ACCOUNT_SID": "AC1",
    "LOTSEN_TWILIO_AUTH_TOKEN": "hemlig",
    "LOTSEN_TWILIO_NUMBER": "+46701740690",
}
TELEGRAM = {"LOTSEN_TELEGRAM_TOKEN": "4711:hemlig"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty configuration, and an environment without settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("LOTSEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LOTSEN_CONFIG", str(tmp_path))
    return tmp_path


def loaded(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def faults_of(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    with pytest.raises(ContentError) as caught:
        loaded(monkeypatch, **environment)
    return str(caught.value)


def write(folder: Path, text: str) -> None:
    (folder / "lotsen.toml").write_text(text, encoding="utf-8")


def test_the_defaults_are_what_the_documents_promise() -> None:
    made = load_settings()
    promised: dict[str, Any] = {
        "database_url": "sqlite:///var/lotsen.db", "public_url": "http://127.0.0.1:8000", "sms_rate": 1, "gather_seconds": 2, "nlu": "embedded",
        "telegram_mode": "polling", "development": False, "twilio_on": False, "telegram_on": False, "phone_on": True, "live": False,
    }  # fmt: skip
    assert {name: getattr(made, name) for name in promised} == promised
    assert made.findings() == []


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, 'sms_rate = 3\ngather_seconds = 5\npublic_url = "https://fil.example.se/"\n')
    made = loaded(monkeypatch, LOTSEN_SMS_RATE="7")
    assert (made.sms_rate, made.gather_seconds, made.public_url) == (7, 5, "https://fil.example.se")


def test_an_empty_variable_is_as_good_as_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "sms_rate = 3\n")
    made = loaded(monkeypatch, LOTSEN_SMS_RATE="", LOTSEN_PHONE="", LOTSEN_TELEGRAM_TOKEN="")
    assert (made.sms_rate, made.phone_on, made.telegram_on) == (3, True, False)


@pytest.mark.parametrize(
    "key", ["secret_key", "twilio_auth_token", "telegram_token", "telegram_webhook_secret", "smtp_password"]
)
def test_a_secret_in_the_file_is_refused_and_not_shown(folder: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    write(folder, f'{key} = "abc123"\n')
    message = faults_of(monkeypatch)
    assert (
        message
        == f"{folder / 'lotsen.toml'}:1: {key} is a secret and must not stand in a file (set LOTSEN_{key.upper()} in the environment) [secret-in-file]"
    )


def test_every_secret_in_the_file_is_told_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, 'secret_key = "a"\ntelegram_token = "b"\n')
    assert faults_of(monkeypatch).count("[secret-in-file]") == 2


def test_an_unknown_key_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "gather_second = 2\n[twilio]\nnumber = 1\n")
    message = faults_of(monkeypatch)
    assert "there is no setting 'gather_second'" in message and "there is no setting 'twilio'" in message


def test_what_is_no_toml_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "sms_rate = \n")
    assert "[not-toml]" in faults_of(monkeypatch)
    (folder / "lotsen.toml").write_bytes(b"\xff\xfe")
    assert "[not-toml]" in faults_of(monkeypatch)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOTSEN_SMS_RATE", "-1"), ("LOTSEN_SMS_RATE", "fast"), ("LOTSEN_GATHER_SECONDS", "31"), ("LOTSEN_GATHER_SECONDS", "-1"), ("LOTSEN_NLU", "other"),
        ("LOTSEN_TELEGRAM_MODE", "push"), ("LOTSEN_PHONE", "1"), ("LOTSEN_DEVELOPMENT", "maybe"), ("LOTSEN_PUBLIC_URL", "lotsen.example.se"),
        ("LOTSEN_PUBLIC_URL", "ftp://lotsen.example.se"), ("LOTSEN_PUBLIC_URL", "http://"), ("LOTSEN_PUBLIC_URL", "http://lotsen.example.se:99999"),
        ("LOTSEN_TWILIO_API_BASE", "api.twilio.com"), ("LOTSEN_TELEGRAM_API_BASE", "x"), ("LOTSEN_LOG_LEVEL", "loud"),
        ("LOTSEN_DATABASE_URL", "mysql://root@localhost/lotsen"), ("LOTSEN_DATABASE_URL", "lotsen.db"), ("LOTSEN_TWILIO_NUMBER", "070-174 06 90"),
        ("LOTSEN_TWILIO_NUMBER", "Lotsen"), ("LOTSEN_TELEGRAM_WEBHOOK_SECRET", "hemligt lösenord"), ("LOTSEN_TELEGRAM_WEBHOOK_SECRET", "x" * 257),
        ("LOTSEN_SMTP_URL", "mail.example.se:587"), ("LOTSEN_SMTP_URL", "https://mail.example.se"), ("LOTSEN_SMTP_URL", "smtp://"),
        ("LOTSEN_SMTP_URL", "smtp://mail.example.se:99999"), ("LOTSEN_SMTP_URL", "smtp://mail.example.se/x"), ("LOTSEN_SMTP_URL", "smtps://u:hemligt@mail.example.se"),
        ("LOTSEN_SMTP_FROM", "lotsen"), ("LOTSEN_SMTP_FROM", "Lotsen <lotsen@example.se>"), ("LOTSEN_SMTP_FROM", "lotsen@åäö.example"),
    ],
)  # fmt: skip
def test_a_bad_value_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    message = faults_of(monkeypatch, **{name: value})
    assert f"({name}):" in message and message.endswith("[bad-setting]") and message.count("\n") == 0


def test_a_bad_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "lösenord" not in faults_of(monkeypatch, LOTSEN_TELEGRAM_WEBHOOK_SECRET="hemligt lösenord")
    assert "hemligt" not in faults_of(monkeypatch, LOTSEN_SMTP_URL="smtps://u:hemligt@mail.example.se")


def test_every_bad_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults_of(monkeypatch, LOTSEN_SMS_RATE="x", LOTSEN_PHONE="x", LOTSEN_NLU="x").count("[bad-setting]") == 3


def test_secrets_are_not_in_what_is_printed_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    made = loaded(
        monkeypatch,
        **TWILIO,
        **TELEGRAM,
        LOTSEN_SECRET_KEY="hemlig-nyckel",
        LOTSEN_TELEGRAM_WEBHOOK_SECRET="hemlig_2",
        LOTSEN_SMTP_PASSWORD="hemlig 3",
    )
    assert "hemlig" not in repr(made) + str(made)


@pytest.mark.parametrize(
    ("environment", "faults"),
    [
        (TWILIO, []),
        ({**TWILIO, "LOTSEN_TWILIO_AUTH_TOKEN": ""}, ["half-twilio"]),
        ({**TWILIO, "LOTSEN_TWILIO_ACCOUNT_SID": ""}, ["half-twilio"]),
        ({**TWILIO, "LOTSEN_TWILIO_NUMBER": ""}, ["no-number"]),
        ({**TWILIO, "LOTSEN_TWILIO_NUMBER": "", "LOTSEN_TWILIO_MESSAGING_SERVICE_SID": "MG1"}, []),
        ({"LOTSEN_TWILIO_NUMBER": "+46701740690"}, []),
        (TELEGRAM, []),
        ({**TELEGRAM, "LOTSEN_TELEGRAM_MODE": "webhook"}, ["no-webhook-secret"]),
        ({**TELEGRAM, "LOTSEN_TELEGRAM_MODE": "webhook", "LOTSEN_TELEGRAM_WEBHOOK_SECRET": "abc_-1"}, []),
        ({"LOTSEN_SMTP_URL": "smtp://127.0.0.1:25", "LOTSEN_SMTP_FROM": "lotsen@example.se"}, []),
        (
            {
                "LOTSEN_SMTP_URL": "smtps://u@mail.example.se",
                "LOTSEN_SMTP_FROM": "lotsen@example.se",
                "LOTSEN_SMTP_PASSWORD": "x",
            },
            [],
        ),
        ({"LOTSEN_SMTP_URL": "smtp://mail.example.se"}, ["half-smtp"]),
        ({"LOTSEN_SMTP_FROM": "lotsen@example.se"}, ["half-smtp"]),
        ({"LOTSEN_SMTP_PASSWORD": "x"}, ["half-smtp"]),
        ({"LOTSEN_SMTP_URL": "smtps://u@mail.example.se", "LOTSEN_SMTP_FROM": "lotsen@example.se"}, ["half-smtp"]),
        (
            {
                "LOTSEN_SMTP_URL": "smtps://mail.example.se",
                "LOTSEN_SMTP_FROM": "lotsen@example.se",
                "LOTSEN_SMTP_PASSWORD": "x",
            },
            ["half-smtp"],
        ),
        ({"LOTSEN_NLU": "rasa"}, ["no-rasa-url"]),
        ({"LOTSEN_NLU": "rasa", "LOTSEN_RASA_URL": "http://127.0.0.1:5005?token=x"}, []),
        ({"LOTSEN_NLU": "rasa", "LOTSEN_RASA_URL": "http://localhost:5005"}, []),
        ({"LOTSEN_NLU": "rasa", "LOTSEN_RASA_URL": "https://rasa.example.se", "LOTSEN_RASA_TOKEN": "x"}, []),
        ({"LOTSEN_NLU": "rasa", "LOTSEN_RASA_URL": "https://rasa.example.se"}, ["no-rasa-token"]),
        (
            {"LOTSEN_NLU": "rasa", "LOTSEN_RASA_URL": "http://rasa.example.se", "LOTSEN_RASA_TOKEN": "x"},
            ["rasa-in-the-clear"],
        ),
        (
            {"LOTSEN_NLU": "rasa", "LOTSEN_RASA_URL": "http://127.0.0.1@rasa.example.se?token=x"},
            ["bad-rasa-url", "rasa-in-the-clear"],
        ),
        ({"LOTSEN_NLU": "rasa", "LOTSEN_RASA_URL": "http://127.0.0.1:5005?model=x"}, ["bad-rasa-url"]),
        ({"LOTSEN_RASA_URL": "http://rasa.example.se"}, []),
    ],
)
def test_settings_that_do_not_go_together(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], faults: list[str]
) -> None:
    assert [finding.id for finding in loaded(monkeypatch, **environment).findings()] == faults


@pytest.mark.parametrize(
    ("url", "token", "address", "secret"),
    [
        ("http://127.0.0.1:5005", None, "http://127.0.0.1:5005", None),
        ("http://127.0.0.1:5005/", "a+b", "http://127.0.0.1:5005", "a+b"),
        ("http://127.0.0.1:5005/?token=a%2Bb", None, "http://127.0.0.1:5005/", "a+b"),
        ("http://127.0.0.1:5005?token=one", "two", "http://127.0.0.1:5005", "two"),
    ],
)
def test_rasas_address_and_its_token_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, url: str, token: str | None, address: str, secret: str | None
) -> None:
    made = loaded(monkeypatch, LOTSEN_RASA_URL=url, **({"LOTSEN_RASA_TOKEN": token} if token else {}))
    assert (made.rasa_address, made.rasa_secret) == (address, secret)
    assert "token" not in repr(made) and (not secret or secret not in repr(made))


@pytest.mark.parametrize("line", ['rasa_token = "hemlig"', 'rasa_url = "http://127.0.0.1:5005?token=hemlig"'])
def test_rasas_token_must_not_stand_in_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    write(folder, line)
    message = faults_of(monkeypatch)
    assert "secret-in-file" in message and "LOTSEN_RASA_TOKEN" in message and "hemlig" not in message


@pytest.mark.parametrize(
    ("environment", "on"),
    [
        ({}, True), (TWILIO, False), (TELEGRAM, False), ({"LOTSEN_PHONE": "off"}, False), ({**TWILIO, **TELEGRAM, "LOTSEN_PHONE": "on"}, True),
        ({"LOTSEN_TWILIO_ACCOUNT_SID": "AC1"}, True),
    ],
)  # fmt: skip
def test_the_phone_is_on_while_no_real_channel_is(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], on: bool
) -> None:
    assert loaded(monkeypatch, **environment).phone_on is on


@pytest.mark.parametrize(
    ("environment", "live"),
    [
        (TWILIO, True),
        ({**TWILIO, "LOTSEN_TWILIO_API_BASE": "http://127.0.0.1:4010"}, False),
        ({**TWILIO, "LOTSEN_TWILIO_API_BASE": "http://[::1]:4010"}, False),
        ({**TWILIO, "LOTSEN_TWILIO_API_BASE": "http://localhost:4010"}, False),
        ({**TWILIO, "LOTSEN_TWILIO_API_BASE": "http://127.0.0.1.example.se"}, True),
        ({**TWILIO, "LOTSEN_TWILIO_API_BASE": "http://127.0.0.1@example.se"}, True),
        (TELEGRAM, True),
        ({**TELEGRAM, "LOTSEN_TELEGRAM_API_BASE": "http://127.0.0.1:4020"}, False),
        ({**TELEGRAM, "LOTSEN_TELEGRAM_API_BASE": "http://127.0.0.1:4020", **TWILIO}, True),
        ({"LOTSEN_TWILIO_API_BASE": "https://api.twilio.com"}, False),
    ],
)
def test_live_is_whether_real_people_would_be_reached(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], live: bool
) -> None:
    assert loaded(monkeypatch, **environment).live is live


def test_a_relative_folder_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOTSEN_CONFIG", "config")
    assert load_settings().config_folder == module.ROOT / "config"


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROOT", tmp_path)
    first = secret_key(load_settings())
    assert len(first) >= 32 and secret_key(load_settings()) == first
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0
    assert secret_key(loaded(monkeypatch, LOTSEN_SECRET_KEY="given")) == b"given"


@pytest.mark.parametrize(
    ("environment", "required"),
    [
        ({}, False),
        (TWILIO, True),
        ({**TWILIO, "LOTSEN_TWILIO_API_BASE": "http://127.0.0.1:9"}, False),
        ({**TWILIO, "LOTSEN_DEVELOPMENT": "1"}, False),
        ({**TWILIO, "LOTSEN_REQUIRE_TOTP": "0"}, False),
        ({"LOTSEN_REQUIRE_TOTP": "1"}, True),
        ({"LOTSEN_REQUIRE_TOTP": "1", "LOTSEN_DEVELOPMENT": "1"}, True),
    ],
)
def test_a_code_at_sign_in_is_required_where_messages_reach_people(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], required: bool
) -> None:
    assert loaded(monkeypatch, **environment).totp_required is required
