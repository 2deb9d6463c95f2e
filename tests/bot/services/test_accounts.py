"""Looking after accounts: who sees whom, what may be changed, and what is written down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.services.accounts import AccountDesk, AccountNotFound, AccountRefusal, add_user
from bot.services.invitations import InvitationDesk, LinkOver, follow
from bot.services.passwords import WrongPassword
from bot.services.sign_in import sign_in, signed_in
from bot.store.database import Database
from bot.store.tables import AuditRow, UserRow
from tests.bot.services.quick_passwords import hash_quickly
from tests.stand_ins import WORLD, SettableClock

PASSWORD = "en lagom lång mening"
KALMAR = WORLD.organisation.municipality("kalmar")
assert KALMAR
UNIT = KALMAR.units[0].id


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def desk(database: Database, clock: SettableClock) -> AccountDesk:
    return AccountDesk(database, clock, lambda: WORLD.organisation)


Make = Callable[..., UserRow]


@pytest.fixture
def make(database: Database, clock: SettableClock) -> Make:
    """make("Anna", "handledare", "kalmar")"""

    def made(
        name: str, role: str = "handledare", municipality: str | None = "kalmar", unit: str | None = None
    ) -> UserRow:
        user_id = add_user(database, clock, f"{name}@kalmar.example", role, PASSWORD, name, municipality, unit)
        with database.reading() as session:
            return session.get_one(UserRow, user_id)

    return made


def row(database: Database, user_id: int) -> UserRow:
    with database.reading() as session:
        return session.get_one(UserRow, user_id)


def acts(database: Database) -> list[tuple[str, int | None, int | None, str]]:
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.act != "account_add").order_by(AuditRow.id))
        return [(each.act, each.user_id, each.about_id, each.detail) for each in rows]


def test_a_samordnare_sees_the_own_municipality_and_an_admin_everybody(desk: AccountDesk, make: Make) -> None:
    sam, ada = make("Sam", "samordnare"), make("Ada", "admin", None)
    make("Anna"), make("Bo", "handledare", KALMAR.name), make("Vera", "handledare", "vara")
    lines, _ = desk.listed(sam)
    assert [(line.name, line.mine, line.may_manage) for line in lines] == [
        ("Anna", False, True),
        ("Bo", False, True),
        ("Sam", True, False),
    ]
    assert [line.name for line in desk.listed(ada)[0]] == ["Ada", "Anna", "Bo", "Sam", "Vera"]
    with pytest.raises(AccountNotFound):
        desk.one(sam, ada.id)
    with pytest.raises(AccountNotFound):
        desk.one(sam, 4711)


def test_a_samordnare_of_a_unit_sees_that_unit(desk: AccountDesk, make: Make) -> None:
    sam = make("Sam", "samordnare", "kalmar", UNIT)
    make("Anna"), make("Bo", "handledare", "kalmar", UNIT), make("Ceci", "handledare", "kalmar", "omsorg")
    assert [line.name for line in desk.listed(sam)[0]] == ["Bo", "Sam"]
    assert desk.places(sam) == [("kalmar", UNIT)]


def test_another_role_and_place(desk: AccountDesk, make: Make, database: Database) -> None:
    ada, anna = make("Ada", "admin", None), make("Anna")
    desk.change(ada, anna.id, "samordnare", "kalmar", UNIT)
    desk.change(ada, anna.id, "samordnare", "kalmar", UNIT)
    changed = row(database, anna.id)
    assert (changed.role, changed.municipality, changed.unit) == ("samordnare", "kalmar", UNIT)
    assert acts(database) == [("account_role", ada.id, anna.id, f"handledare kalmar -> samordnare kalmar {UNIT}")]


@pytest.mark.parametrize(
    ("role", "municipality", "unit"),
    [
        ("samordnare", "kalmar", None),
        ("admin", "kalmar", None),
        ("boss", "kalmar", None),
        ("reader", "vara", None),
        ("reader", None, None),
        ("reader", "kalmar", "no such"),
    ],
)
def test_a_samordnare_gives_no_more_than_they_may(
    desk: AccountDesk, make: Make, database: Database, role: str, municipality: str | None, unit: str | None
) -> None:
    sam, anna = make("Sam", "samordnare"), make("Anna")
    with pytest.raises(AccountRefusal, match="where"):
        desk.change(sam, anna.id, role, municipality, unit)
    assert (row(database, anna.id).role, acts(database)) == ("handledare", [])


ACTS: dict[str, Callable[[AccountDesk, UserRow, int], None]] = {
    "change": lambda desk, actor, user_id: desk.change(actor, user_id, "reader", "kalmar", None),
    "disable": lambda desk, actor, user_id: desk.disable(actor, user_id),
    "enable": lambda desk, actor, user_id: desk.enable(actor, user_id),
    "sessions": lambda desk, actor, user_id: desk.end_sessions(actor, user_id),
    "code": lambda desk, actor, user_id: desk.reset_code(actor, user_id),
}


@pytest.mark.parametrize("act", ACTS)
def test_nobody_does_it_to_themselves_to_their_equals_or_to_those_above(
    desk: AccountDesk, make: Make, database: Database, act: str
) -> None:
    sam, siv, ada, other = (
        make("Sam", "samordnare"),
        make("Siv", "samordnare"),
        make("Ada", "admin", "kalmar"),
        make("Vera", municipality="vara"),
    )
    for actor, target, why in (
        (sam, sam, "self"),
        (ada, ada, "self"),
        (sam, siv, "reach"),
        (sam, ada, "reach"),
        (other, sam, None),
        (sam, other, None),
    ):
        with pytest.raises((AccountRefusal, AccountNotFound), match=why):
            ACTS[act](desk, actor, target.id)
    assert acts(database) == []


@pytest.mark.parametrize("act", ACTS)
def test_who_has_lost_the_role_since_the_page_was_shown_changes_nothing(
    desk: AccountDesk, make: Make, database: Database, act: str
) -> None:
    ada, eva, anna = make("Ada", "admin", None), make("Eva", "admin", None), make("Anna")
    desk.change(eva, ada.id, "reader", None, None)
    with pytest.raises(AccountRefusal, match="reach"):
        ACTS[act](desk, ada, anna.id)
    with pytest.raises(AccountRefusal, match="reach"):
        ACTS[act](desk, ada, eva.id)
    desk.disable(eva, ada.id)
    with pytest.raises(AccountRefusal, match="reach"):
        ACTS[act](desk, ada, anna.id)


def test_a_disabled_account_is_out_and_can_come_back(
    desk: AccountDesk, make: Make, database: Database, clock: SettableClock
) -> None:
    sam, anna = make("Sam", "samordnare"), make("Anna")
    token = sign_in(database, clock, anna.email, PASSWORD, "192.0.2.1")
    link = InvitationDesk(database, clock, desk).password_link(sam, anna.id)
    desk.disable(sam, anna.id)
    assert signed_in(database, clock, token) is None
    with pytest.raises(WrongPassword):
        sign_in(database, clock, anna.email, PASSWORD, "192.0.2.1")
    with pytest.raises(LinkOver):
        follow(database, clock, link.token)
    desk.enable(sam, anna.id)
    assert signed_in(database, clock, token) is None
    assert sign_in(database, clock, anna.email, PASSWORD, "192.0.2.1")
    with pytest.raises(LinkOver):
        follow(database, clock, link.token)
    assert [act[:3] for act in acts(database) if act[0].startswith("account")] == [
        ("account_disable", sam.id, anna.id),
        ("account_enable", sam.id, anna.id),
    ]


def test_sessions_are_ended_for_somebody(
    desk: AccountDesk, make: Make, database: Database, clock: SettableClock
) -> None:
    sam, anna = make("Sam", "samordnare"), make("Anna")
    tokens = [sign_in(database, clock, anna.email, PASSWORD, "192.0.2.1") for _ in range(2)]
    desk.end_sessions(sam, anna.id)
    assert [signed_in(database, clock, token) for token in tokens] == [None, None]


def test_only_an_admin_removes_a_code(desk: AccountDesk, make: Make, database: Database, clock: SettableClock) -> None:
    sam, ada, anna = make("Sam", "samordnare"), make("Ada", "admin", None), make("Anna")
    with database.writing() as session:
        user = session.get_one(UserRow, anna.id)
        user.totp_secret, user.totp_used, user.recovery_hashes = "A" * 32, 1, ["x"]
    with pytest.raises(AccountRefusal, match="reach"):
        desk.reset_code(sam, anna.id)
    assert desk.one(ada, anna.id).has_code
    desk.reset_code(ada, anna.id)
    user = row(database, anna.id)
    assert (user.totp_secret, user.totp_used, user.recovery_hashes) == (None, None, [])
    assert acts(database) == [("code_reset", ada.id, anna.id, "")]
