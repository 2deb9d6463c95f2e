"""Console accounts: passwords, the brake on guessing, sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import argon2
import pytest
from sqlalchemy import select

from bot.services import passwords
from bot.services import sign_in as signing
from bot.services.accounts import AccountFault, add_user
from bot.services.brake import TooManyTries
from bot.services.passwords import WrongPassword
from bot.services.sign_in import sign_in, sign_out, signed_in
from bot.store import clock as business_clock
from bot.store.database import Database, DatabaseAway
from bot.store.tables import AuditRow, SessionRow, UserRow
from tests.bot.services.quick_passwords import hash_quickly
from tests.stand_ins import SettableClock

PASSWORD = "en lagom lång mening"
ANNA = "anna@kalmar.example"
NOBODY = passwords._NOBODY


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def anna(database: Database, clock: SettableClock) -> int:
    return add_user(database, clock, ANNA, "handledare", PASSWORD)


def _try(
    database: Database, clock: SettableClock, password: str = "fel", email: str = ANNA, network: str = "192.0.2.1"
) -> str:
    try:
        return "in" if sign_in(database, clock, email, password, network) else "no token"
    except (WrongPassword, TooManyTries) as error:
        return type(error).__name__


def test_the_right_password_opens_a_session_that_lasts_a_working_day(
    database: Database, clock: SettableClock, anna: int
) -> None:
    token = sign_in(database, clock, f" {ANNA.upper()} ", PASSWORD, "192.0.2.1")
    user = signed_in(database, clock, token)
    assert user
    assert (user.id, user.name, user.role) == (anna, "Anna", "handledare")
    clock.at += signing.SESSION_LASTS
    assert signed_in(database, clock, token) is None


def test_signing_out_ends_that_session_only(database: Database, clock: SettableClock, anna: int) -> None:
    one, two = (sign_in(database, clock, ANNA, PASSWORD, "192.0.2.1") for _ in range(2))
    sign_out(database, clock, one)
    assert (signed_in(database, clock, one), bool(signed_in(database, clock, two))) == (None, True)
    assert signed_in(database, clock, "") is None
    assert signed_in(database, clock, "made up") is None


def test_neither_password_nor_token_is_stored(database: Database, clock: SettableClock, anna: int) -> None:
    token = sign_in(database, clock, ANNA, PASSWORD, "192.0.2.1")
    with database.reading() as session:
        assert session.get_one(UserRow, anna).password_hash.startswith("$argon2id$")
        assert token not in session.scalars(select(SessionRow.token_hash)).all()
        assert [row.act for row in session.scalars(select(AuditRow))] == ["account_add", "sign_in"]


def test_five_wrong_tries_stop_even_the_right_password_for_a_quarter_of_an_hour(
    database: Database, clock: SettableClock, anna: int
) -> None:
    assert [_try(database, clock) for _ in range(6)] == ["WrongPassword"] * 5 + ["TooManyTries"]
    assert _try(database, clock, PASSWORD, network="198.51.100.7") == "TooManyTries"
    clock.at += timedelta(minutes=15)
    assert _try(database, clock, PASSWORD) == "in"


def test_a_refused_try_does_not_make_the_wait_longer(database: Database, clock: SettableClock, anna: int) -> None:
    for _ in range(5):
        _try(database, clock)
    clock.pass_(minutes=14)
    assert _try(database, clock) == "TooManyTries"
    clock.pass_(minutes=1)
    assert _try(database, clock, PASSWORD) == "in"


def test_a_success_forgets_the_accounts_failures(database: Database, clock: SettableClock, anna: int) -> None:
    for _ in range(3):
        assert [_try(database, clock) for _ in range(4)] == ["WrongPassword"] * 4
        assert _try(database, clock, PASSWORD, network="198.51.100.7") == "in"


def test_one_network_cannot_try_many_accounts(database: Database, clock: SettableClock, anna: int) -> None:
    tries = [_try(database, clock, email=f"nobody{i}@kalmar.example") for i in range(21)]
    assert tries == ["WrongPassword"] * 20 + ["TooManyTries"]
    assert _try(database, clock, PASSWORD) == "TooManyTries"
    assert _try(database, clock, PASSWORD, network="198.51.100.7") == "in"


def test_the_brake_counts_an_account_in_any_case(database: Database, clock: SettableClock, anna: int) -> None:
    for email in (ANNA, ANNA.upper(), f" {ANNA}", ANNA.title(), ANNA):
        assert _try(database, clock, email=email) == "WrongPassword"
    assert _try(database, clock, PASSWORD) == "TooManyTries"


def test_an_account_that_does_not_exist_takes_as_long_as_one_that_does() -> None:
    with pytest.raises(argon2.exceptions.VerifyMismatchError):
        argon2.PasswordHasher().verify(NOBODY, PASSWORD)
    assert argon2.extract_parameters(NOBODY) == argon2.extract_parameters(argon2.PasswordHasher().hash("x"))


def test_a_disabled_account_is_answered_like_a_wrong_password_and_its_sessions_end(
    database: Database, clock: SettableClock, anna: int
) -> None:
    token = sign_in(database, clock, ANNA, PASSWORD, "192.0.2.1")
    with database.writing() as session:
        session.get_one(UserRow, anna).disabled_at = clock()
    assert _try(database, clock, PASSWORD) == "WrongPassword"
    assert signed_in(database, clock, token) is None


@pytest.mark.parametrize(
    ("email", "role", "password", "why"),
    [
        (ANNA.upper(), "reader", PASSWORD, "already an account"),
        ("bo@kalmar.example", "boss", PASSWORD, "no role; choose one of handledare"),
        ("bo", "reader", PASSWORD, "no e-mail address"),
        ("@", "reader", PASSWORD, "no e-mail address"),
        ("bo@kalmar.example", "reader", "kort", "at least 12 characters"),
    ],
)
def test_an_account_that_cannot_be_made_says_why(
    database: Database, clock: SettableClock, anna: int, email: str, role: str, password: str, why: str
) -> None:
    with pytest.raises(AccountFault, match=why):
        add_user(database, clock, email, role, password)
    with database.reading() as session:
        assert session.scalars(select(UserRow.id)).all() == [anna]


def test_that_somebody_is_there_is_written_once_a_minute(database: Database, clock: SettableClock, anna: int) -> None:
    token = sign_in(database, clock, ANNA, PASSWORD, "192.0.2.1", "Firefox, Linux")

    def seen() -> tuple[datetime | None, datetime | None, str]:
        with database.reading() as session:
            row = session.scalars(select(SessionRow)).one()
            return session.get_one(UserRow, anna).seen_at, row.seen_at, row.agent

    began = clock()
    assert seen() == (None, began, "Firefox, Linux")
    assert signed_in(database, clock, token)
    assert seen()[:2] == (began, began)
    clock.pass_(seconds=59)
    signed_in(database, clock, token)
    assert seen()[:2] == (began, began)
    clock.pass_(seconds=1)
    signed_in(database, clock, token)
    assert seen()[:2] == (clock(), clock())


def test_that_somebody_is_there_follows_business_time_in_both_directions(
    database: Database, clock: SettableClock, anna: int
) -> None:
    token = sign_in(database, clock, ANNA, PASSWORD, "192.0.2.1")
    for ahead in (timedelta(days=3), -timedelta(days=3)):
        with database.writing() as session:
            business_clock.move(session, ahead)
        signed_in(database, clock, token)
        with database.reading() as session:
            assert session.get_one(UserRow, anna).seen_at == business_clock.business_time(session, clock())


def test_a_page_is_shown_while_the_database_takes_no_writes(
    database: Database, clock: SettableClock, anna: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = sign_in(database, clock, ANNA, PASSWORD, "192.0.2.1")

    @contextmanager
    def locked() -> Iterator[None]:
        raise DatabaseAway("locked")
        yield

    monkeypatch.setattr(database, "writing", locked)
    clock.pass_(minutes=2)
    assert signed_in(database, clock, token)


def test_failed_tries_on_a_known_account_are_in_the_audit_log(
    database: Database, clock: SettableClock, anna: int
) -> None:
    _try(database, clock)
    _try(database, clock, email="nobody@kalmar.example")
    sign_out(database, clock, sign_in(database, clock, ANNA, PASSWORD, "192.0.2.1"))
    with database.reading() as session:
        rows = [(row.act, row.user_id, row.about_id) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]
    assert rows == [
        ("account_add", None, anna),
        ("sign_in_failed", None, anna),
        ("sign_in", anna, None),
        ("sign_out", anna, None),
    ]
