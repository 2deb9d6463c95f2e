"""Links to a new account or a new password: shown once, used once, for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services.accounts import AccountDesk, AccountNotFound, AccountRefusal, add_user
from bot.services.brake import TRIES, TooManyTries
from bot.services.invitations import (
    INVITATION_LASTS,
    PASSWORD_LINK_LASTS,
    InvitationDesk,
    LinkOver,
    NameWanted,
    accept,
    follow,
)
from bot.services.passwords import PasswordFault, WrongPassword
from bot.services.sign_in import CodeWanted, sign_in, signed_in
from bot.store import clock as business_clock
from bot.store.database import Database
from bot.store.tables import AuditRow, InvitationRow, UserRow
from tests.bot.services.quick_passwords import hash_quickly
from tests.stand_ins import WORLD, SettableClock

PASSWORD, OTHER = "en lagom lång mening", "en helt annan mening"
BO = "bo@kalmar.example"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def desk(database: Database, clock: SettableClock) -> InvitationDesk:
    return InvitationDesk(database, clock, AccountDesk(database, clock, lambda: WORLD.organisation))


def user(database: Database, user_id: int) -> UserRow:
    with database.reading() as session:
        return session.get_one(UserRow, user_id)


@pytest.fixture
def sam(database: Database, clock: SettableClock) -> UserRow:
    return user(database, add_user(database, clock, "sam@kalmar.example", "samordnare", PASSWORD, "Sam", "kalmar"))


@pytest.fixture
def anna(database: Database, clock: SettableClock) -> UserRow:
    return user(database, add_user(database, clock, "anna@kalmar.example", "handledare", PASSWORD, "Anna", "kalmar"))


def test_an_invitation_becomes_an_account_that_is_signed_in(
    database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow
) -> None:
    made = desk.invite(sam, " Bo@Kalmar.example ", "handledare", "kalmar", None)
    link = follow(database, clock, made.token)
    assert (link.email, link.role, link.municipality, link.name) == (BO, "handledare", "kalmar", None)
    assert [(line.email, line.made_by, line.over) for line in desk.waiting(sam)] == [(BO, "Sam", False)]
    bo = signed_in(database, clock, accept(database, clock, made.token, " Bo \n Ek\u0000 ", "", PASSWORD))
    assert bo
    assert (bo.email, bo.name, bo.shown_as, bo.role, bo.municipality, bo.unit) == (
        BO,
        "Bo Ek",
        "",
        "handledare",
        "kalmar",
        None,
    )
    assert desk.waiting(sam) == []
    assert signed_in(database, clock, sign_in(database, clock, BO, PASSWORD, "192.0.2.1"))
    with database.reading() as session:
        rows = session.scalars(
            select(AuditRow).where(AuditRow.act.in_(("invite", "account_join"))).order_by(AuditRow.id)
        ).all()
        assert [(row.act, row.user_id, row.detail) for row in rows] == [
            ("invite", sam.id, "invitation:1 handledare"),
            ("account_join", bo.id, "invitation:1"),
        ]
        assert made.token not in {row.token_hash for row in session.scalars(select(InvitationRow))}


def test_a_link_works_once(database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow) -> None:
    made = desk.invite(sam, BO, "reader", "kalmar", None)
    accept(database, clock, made.token, "Bo", "", PASSWORD)
    for again in (
        lambda: follow(database, clock, made.token),
        lambda: accept(database, clock, made.token, "Bo", "", OTHER),
    ):
        with pytest.raises(LinkOver):
            again()
    with pytest.raises(WrongPassword):
        sign_in(database, clock, BO, OTHER, "192.0.2.1")


@pytest.mark.parametrize("token", ["", "made up", "x" * 3000])
def test_a_link_that_never_was(database: Database, clock: SettableClock, token: str) -> None:
    with pytest.raises(LinkOver):
        accept(database, clock, token, "Bo", "", PASSWORD)


def test_a_link_is_over_after_a_week_of_business_time(
    database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow
) -> None:
    made = desk.invite(sam, BO, "reader", "kalmar", None)
    assert made.until == clock() + INVITATION_LASTS
    with database.writing() as session:
        business_clock.move(session, INVITATION_LASTS - timedelta(seconds=1))
    assert follow(database, clock, made.token)
    with database.writing() as session:
        business_clock.move(session, timedelta(seconds=1))
    with pytest.raises(LinkOver):
        accept(database, clock, made.token, "Bo", "", PASSWORD)
    assert [line.over for line in desk.waiting(sam)] == [True]
    with database.writing() as session:
        business_clock.move(session, timedelta(days=30))
    assert desk.waiting(sam) == []


def test_what_is_wrong_leaves_the_link_as_it_was(
    database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow
) -> None:
    made = desk.invite(sam, BO, "reader", "kalmar", None)
    for password in ("kort", "lösenord1234", BO):
        with pytest.raises(PasswordFault):
            accept(database, clock, made.token, "Bo", "", password)
    with pytest.raises(NameWanted):
        accept(database, clock, made.token, " \t ", "", PASSWORD)
    assert accept(database, clock, made.token, "x" * 500, "y" * 500, PASSWORD)
    with database.reading() as session:
        bo = session.scalars(select(UserRow).where(UserRow.email == BO)).one()
        assert (len(bo.name), len(bo.shown_as)) == (120, 60)


def test_a_link_taken_back_works_no_more(
    database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow
) -> None:
    made = desk.invite(sam, BO, "reader", "kalmar", None)
    number = desk.waiting(sam)[0].id
    for _ in range(2):
        desk.withdraw(sam, number)
    with pytest.raises(LinkOver):
        follow(database, clock, made.token)
    assert desk.waiting(sam) == []
    with pytest.raises(AccountNotFound):
        desk.withdraw(sam, 4711)


def test_inviting_again_puts_the_first_link_out_of_use(
    database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow
) -> None:
    first, second = (desk.invite(sam, BO, role, "kalmar", None) for role in ("reader", "handledare"))
    with pytest.raises(LinkOver):
        follow(database, clock, first.token)
    assert follow(database, clock, second.token).role == "handledare"
    assert len(desk.waiting(sam)) == 1


@pytest.mark.parametrize(
    ("email", "role", "municipality", "why"),
    [
        ("anna@kalmar.example", "reader", "kalmar", "exists"),
        ("ANNA@kalmar.example", "reader", "kalmar", "exists"),
        ("bo", "reader", "kalmar", "email"),
        ("bo ek@kalmar.example", "reader", "kalmar", "email"),
        (BO, "samordnare", "kalmar", "where"),
        (BO, "admin", "kalmar", "where"),
        (BO, "reader", "vara", "where"),
        (BO, "reader", None, "where"),
    ],
)
def test_who_may_not_be_invited(
    desk: InvitationDesk, sam: UserRow, anna: UserRow, email: str, role: str, municipality: str | None, why: str
) -> None:
    with pytest.raises(AccountRefusal, match=why):
        desk.invite(sam, email, role, municipality, None)
    assert desk.waiting(sam) == []


def test_links_of_others_are_not_seen(
    database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow
) -> None:
    ada = user(database, add_user(database, clock, "ada@lotsen.example", "admin", PASSWORD))
    desk.invite(ada, BO, "admin", "kalmar", None)
    desk.invite(ada, "vera@vara.example", "reader", None, None)
    assert desk.waiting(sam) == []
    assert len(desk.waiting(ada)) == 2
    for line in desk.waiting(ada):
        with pytest.raises(AccountNotFound):
            desk.withdraw(sam, line.id)


def test_a_new_password_by_link_signs_everybody_else_out(
    database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow, anna: UserRow
) -> None:
    stolen = sign_in(database, clock, anna.email, PASSWORD, "192.0.2.1")
    made = desk.password_link(sam, anna.id)
    assert made.until == clock() + PASSWORD_LINK_LASTS
    assert follow(database, clock, made.token).name == "Anna"
    assert signed_in(database, clock, stolen), "nothing has changed yet"
    token = accept(database, clock, made.token, "Somebody else", "", OTHER)
    assert signed_in(database, clock, stolen) is None
    now = signed_in(database, clock, token)
    assert now
    assert (now.id, now.name) == (anna.id, "Anna")
    with pytest.raises(WrongPassword):
        sign_in(database, clock, anna.email, PASSWORD, "192.0.2.1")
    assert desk.waiting(sam) == []


def test_a_new_password_lets_somebody_in_who_had_guessed_too_often(
    database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow, anna: UserRow
) -> None:
    for _ in range(TRIES):
        with pytest.raises(WrongPassword):
            sign_in(database, clock, anna.email, "fel", "192.0.2.1")
    with pytest.raises(TooManyTries):
        sign_in(database, clock, anna.email, PASSWORD, "192.0.2.1")
    accept(database, clock, desk.password_link(sam, anna.id).token, "", "", OTHER)
    assert sign_in(database, clock, anna.email, OTHER, "192.0.2.1")


def test_a_link_for_a_password_does_not_get_past_the_code(
    database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow, anna: UserRow
) -> None:
    with database.writing() as session:
        session.get_one(UserRow, anna.id).totp_secret = "A" * 32
    with pytest.raises(CodeWanted):
        accept(database, clock, desk.password_link(sam, anna.id).token, "", "", OTHER)
    with pytest.raises(CodeWanted):
        sign_in(database, clock, anna.email, OTHER, "192.0.2.1")


def test_who_may_not_make_a_link_for_a_password(
    database: Database, clock: SettableClock, desk: InvitationDesk, sam: UserRow, anna: UserRow
) -> None:
    for actor, target, why in ((sam, sam, "self"), (anna, sam, "reach")):
        with pytest.raises(AccountRefusal, match=why):
            desk.password_link(actor, target.id)
    with database.writing() as session:
        session.get_one(UserRow, anna.id).disabled_at = clock()
    with pytest.raises(AccountRefusal, match="disabled"):
        desk.password_link(sam, anna.id)
