"""Codes at sign-in: an app's codes once each, recovery codes once each, and the brake on guessing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from bot.services import sign_in_codes as codes
from bot.services.accounts import add_user
from bot.services.brake import TRIES, TRIES_WITHIN, TooManyTries
from bot.services.passwords import WrongPassword
from bot.services.sign_in import CodeWanted, HalfOver, give_code, sign_in, signed_in
from bot.services.sign_in_codes import WrongCode
from bot.store.database import Database
from bot.store.tables import AuditRow, SessionRow, UserRow
from tests.bot.services.quick_passwords import hash_quickly
from tests.stand_ins import SettableClock

PASSWORD = "en lagom lång mening"
ANNA = "anna@kalmar.example"
HOME = "192.0.2.1"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def anna(database: Database, clock: SettableClock) -> int:
    return add_user(database, clock, ANNA, "handledare", PASSWORD)


class App:
    """Somebody's phone."""

    def __init__(self, database: Database, clock: SettableClock, user_id: int) -> None:
        self.secret, self.clock = codes.new_secret(), clock
        self.recovery = codes.turn_on(database, clock, user_id, self.secret, self.code())

    def code(self, ahead: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(self.clock() + ahead * timedelta(seconds=30))


@pytest.fixture
def app(database: Database, clock: SettableClock, anna: int) -> App:
    made = App(database, clock, anna)
    clock.pass_(minutes=5)
    return made


def _half(database: Database, clock: SettableClock) -> CodeWanted:
    with pytest.raises(CodeWanted) as wanted:
        sign_in(database, clock, ANNA, PASSWORD, HOME)
    return wanted.value


def _enter(database: Database, clock: SettableClock, code: str = "", recovery: str = "", network: str = HOME) -> str:
    half = _half(database, clock)
    try:
        return (
            "in"
            if signed_in(database, clock, give_code(database, clock, half.user_id, half.stamp, code, recovery, network))
            else "out"
        )
    except (WrongCode, TooManyTries) as error:
        return type(error).__name__


def _acts(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditRow.act).order_by(AuditRow.id)))


def test_the_codes_are_those_of_rfc_6238() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # appendix B: "12345678901234567890"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        user = UserRow(totp_secret=secret, totp_used=None)
        assert codes.take(user, code, datetime.fromtimestamp(seconds, UTC))
        assert user.totp_used == seconds // 30


def test_a_password_alone_opens_no_session(database: Database, clock: SettableClock, app: App) -> None:
    _half(database, clock)
    with database.reading() as session:
        assert session.scalars(select(SessionRow)).all() == []
    assert "sign_in" not in _acts(database)


def test_the_code_of_the_app_opens_a_session(database: Database, clock: SettableClock, app: App) -> None:
    assert _enter(database, clock, app.code()) == "in"
    assert _acts(database) == ["account_add", "code_on", "sign_in"]


@pytest.mark.parametrize(("ahead", "came"), [(-2, "WrongCode"), (-1, "in"), (0, "in"), (1, "in"), (2, "WrongCode")])
def test_a_code_may_be_one_step_early_or_late(
    database: Database, clock: SettableClock, app: App, ahead: int, came: str
) -> None:
    assert _enter(database, clock, app.code(ahead)) == came


def test_no_code_is_taken_twice_and_none_before_one_that_was(
    database: Database, clock: SettableClock, app: App
) -> None:
    assert _enter(database, clock, app.code(1)) == "in"
    assert [_enter(database, clock, app.code(ahead)) for ahead in (1, 0, -1)] == ["WrongCode"] * 3
    clock.pass_(seconds=60)
    assert _enter(database, clock, app.code()) == "in"


def test_the_code_that_turned_it_on_does_not_sign_in(database: Database, clock: SettableClock, anna: int) -> None:
    made = App(database, clock, anna)
    assert _enter(database, clock, made.code()) == "WrongCode"


@pytest.mark.parametrize("code", ["", "000000x", "12345", "１２３４５６", "å" * 6, "x" * 5000])
def test_what_is_no_code_is_a_wrong_one(database: Database, clock: SettableClock, app: App, code: str) -> None:
    assert _enter(database, clock, code) == "WrongCode"


def test_spaces_in_a_code_do_no_harm(database: Database, clock: SettableClock, app: App) -> None:
    assert _enter(database, clock, f" {app.code()[:3]} {app.code()[3:]} ") == "in"


def test_guessing_codes_is_braked_even_for_the_right_one(database: Database, clock: SettableClock, app: App) -> None:
    tries = [_enter(database, clock, "000000", network=f"192.0.2.{i}") for i in range(TRIES + 1)]
    assert tries == ["WrongCode"] * TRIES + ["TooManyTries"]
    assert _enter(database, clock, app.code()) == "TooManyTries"
    clock.pass_(seconds=TRIES_WITHIN.total_seconds())
    assert _enter(database, clock, app.code()) == "in"
    assert _acts(database).count("code_failed") == TRIES


def test_each_recovery_code_works_once_however_it_is_written(
    database: Database, clock: SettableClock, app: App
) -> None:
    assert len(app.recovery) == len(set(app.recovery)) == codes.RECOVERY_CODES
    one, two = app.recovery[0], app.recovery[1].upper().replace("-", " ")
    assert [_enter(database, clock, recovery=code) for code in (one, one, two)] == ["in", "WrongCode", "in"]
    with database.reading() as session:
        user = session.scalars(select(UserRow)).one()
        assert len(user.recovery_hashes) == codes.RECOVERY_CODES - 2
        assert not any(code in user.recovery_hashes for code in app.recovery)
    assert _acts(database).count("code_spent") == 2


def test_new_recovery_codes_put_the_old_ones_out_of_use(
    database: Database, clock: SettableClock, anna: int, app: App
) -> None:
    with pytest.raises(WrongPassword):
        codes.renew_recovery_codes(database, clock, anna, "fel")
    new = codes.renew_recovery_codes(database, clock, anna, PASSWORD)
    assert [_enter(database, clock, recovery=code) for code in (app.recovery[0], new[0])] == ["WrongCode", "in"]


def test_a_wrong_code_turns_nothing_on(database: Database, clock: SettableClock, anna: int) -> None:
    for secret, code in ((codes.new_secret(), "000000"), ("short", "000000"), ("", "")):
        with pytest.raises(WrongCode):
            codes.turn_on(database, clock, anna, secret, code)
    assert signed_in(database, clock, sign_in(database, clock, ANNA, PASSWORD, HOME))


def test_what_is_on_is_not_replaced_by_another_window(
    database: Database, clock: SettableClock, anna: int, app: App
) -> None:
    with pytest.raises(WrongCode):
        App(database, clock, anna)
    assert _enter(database, clock, app.code()) == "in"


def test_turning_it_off_takes_the_password(database: Database, clock: SettableClock, anna: int, app: App) -> None:
    with pytest.raises(WrongPassword):
        codes.turn_off(database, clock, anna, "fel")
    _half(database, clock)
    codes.turn_off(database, clock, anna, PASSWORD)
    assert signed_in(database, clock, sign_in(database, clock, ANNA, PASSWORD, HOME))
    with database.reading() as session:
        user = session.get_one(UserRow, anna)
        assert (user.totp_secret, user.totp_used, user.recovery_hashes) == (None, None, [])


def test_the_password_is_braked_there_too(database: Database, clock: SettableClock, anna: int, app: App) -> None:
    for _ in range(TRIES):
        with pytest.raises(WrongPassword):
            codes.turn_off(database, clock, anna, "fel")
    with pytest.raises(TooManyTries):
        codes.turn_off(database, clock, anna, PASSWORD)
    with pytest.raises(TooManyTries):
        sign_in(database, clock, ANNA, PASSWORD, HOME)


def test_the_half_way_ends_when_the_account_changes(
    database: Database, clock: SettableClock, anna: int, app: App
) -> None:
    half = _half(database, clock)
    for change in ({"disabled_at": clock()}, {"disabled_at": None, "password_hash": "another"}):
        with database.writing() as session:
            user = session.get_one(UserRow, anna)
            for name, value in change.items():
                setattr(user, name, value)
        with pytest.raises(HalfOver):
            give_code(database, clock, half.user_id, half.stamp, app.code(), "", HOME)
    with pytest.raises(HalfOver):
        give_code(database, clock, 4711, half.stamp, app.code(), "", HOME)


def test_an_app_reads_who_and_where_from_the_address() -> None:
    read = pyotp.parse_uri(codes.address("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "anna+x@kalmar.example"))
    assert (read.issuer, read.name, read.secret) == (
        "Lotsen",
        "anna+x@kalmar.example",
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    )
    assert codes.in_groups("GEZDGNBV") == "GEZD GNBV"
    assert timedelta(seconds=pyotp.TOTP(read.secret).interval) == timedelta(seconds=30)
