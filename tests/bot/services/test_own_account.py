"""One's own name, password and sessions."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services import own_account
from bot.services.accounts import add_user
from bot.services.invitations import NameWanted
from bot.services.passwords import PasswordFault, WrongPassword
from bot.services.sign_in import sign_in, signed_in
from bot.store.database import Database
from bot.store.tables import AuditRow, UserRow
from tests.bot.services.quick_passwords import hash_quickly
from tests.stand_ins import SettableClock

PASSWORD, OTHER = "en lagom lång mening", "en helt annan mening"
ANNA = "anna@kalmar.example"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def anna(database: Database, clock: SettableClock) -> int:
    return add_user(database, clock, ANNA, "handledare", PASSWORD)


def enter(
    database: Database, clock: SettableClock, agent: str = "", email: str = ANNA, password: str = PASSWORD
) -> str:
    return sign_in(database, clock, email, password, "192.0.2.1", agent)


def acts(database: Database) -> list[str]:
    with database.reading() as session:
        return [
            act
            for act in session.scalars(select(AuditRow.act).order_by(AuditRow.id))
            if act not in ("account_add", "sign_in")
        ]


def test_a_name_for_colleagues_and_one_for_residents(database: Database, clock: SettableClock, anna: int) -> None:
    own_account.rename(database, clock, anna, " Anna  Ek ", "Anna på biblioteket")
    with database.reading() as session:
        user = session.get_one(UserRow, anna)
        assert (user.name, user.shown_as) == ("Anna Ek", "Anna på biblioteket")
    with pytest.raises(NameWanted):
        own_account.rename(database, clock, anna, " ", "")
    assert acts(database) == ["account_rename"]


def test_a_new_password_ends_the_other_sessions(database: Database, clock: SettableClock, anna: int) -> None:
    here, there = enter(database, clock), enter(database, clock)
    with pytest.raises(WrongPassword):
        own_account.change_password(database, clock, anna, here, "fel", OTHER)
    for bad in ("kort", "lösenord1234", ANNA):
        with pytest.raises(PasswordFault):
            own_account.change_password(database, clock, anna, here, PASSWORD, bad)
    assert signed_in(database, clock, there)
    own_account.change_password(database, clock, anna, here, PASSWORD, OTHER)
    assert (bool(signed_in(database, clock, here)), signed_in(database, clock, there)) == (True, None)
    with pytest.raises(WrongPassword):
        enter(database, clock)
    assert enter(database, clock, password=OTHER)


def test_where_one_is_signed_in(database: Database, clock: SettableClock, anna: int) -> None:
    phone = enter(database, clock, "Safari, iPhone")
    clock.pass_(hours=1)
    here = enter(database, clock, "Firefox, Windows")
    lines = own_account.sessions(database, clock, anna, here)
    assert [(line.agent, line.here) for line in lines] == [("Firefox, Windows", True), ("Safari, iPhone", False)]
    assert [line.here for line in own_account.sessions(database, clock, anna, phone)] == [True, False]
    clock.pass_(hours=11)
    assert [line.agent for line in own_account.sessions(database, clock, anna, here)] == ["Firefox, Windows"]


def test_one_session_is_ended_and_nobody_elses(database: Database, clock: SettableClock, anna: int) -> None:
    bo = add_user(database, clock, "bo@kalmar.example", "handledare", PASSWORD)
    here, there, other = (
        enter(database, clock),
        enter(database, clock),
        enter(database, clock, email="bo@kalmar.example"),
    )
    theirs = own_account.sessions(database, clock, bo, other)[0].key
    for key in (theirs, "", "made up"):
        own_account.end_session(database, clock, anna, key)
    assert all(signed_in(database, clock, token) for token in (here, there, other))
    key = next(line.key for line in own_account.sessions(database, clock, anna, here) if not line.here)
    for _ in range(2):
        own_account.end_session(database, clock, anna, key)
    assert [bool(signed_in(database, clock, token)) for token in (here, there, other)] == [True, False, True]
    assert acts(database) == ["session_end"]


def test_all_others_are_ended(database: Database, clock: SettableClock, anna: int) -> None:
    tokens = [enter(database, clock) for _ in range(3)]
    for _ in range(2):
        own_account.end_others(database, clock, anna, tokens[1])
    assert [bool(signed_in(database, clock, token)) for token in tokens] == [False, True, False]
    assert acts(database) == ["sessions_end"]
