"""Who may read what of the audit log, and how it is looked through."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.case import Reason, Urgency
from bot.services import read_audit
from bot.services.read_audit import audit_page, export
from bot.store import cases, users
from bot.store.audit_log import Wanted
from bot.store.database import Database
from bot.store.tables import AuditRow, UserRow
from tests.stand_ins import MONDAY, WORLD, SettableClock

ORGANISATION = WORLD.organisation


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


def person(
    database: Database,
    name: str,
    role: str = "handledare",
    municipality: str | None = "kalmar",
    unit: str | None = None,
) -> UserRow:
    with database.writing() as session:
        return users.add(session, f"{name}@kalmar.example", name, role, "hash", MONDAY, municipality, unit)


def case(database: Database, municipality: str | None = "kalmar", unit: str | None = None) -> int:
    with database.writing() as session:
        new = cases.NewCase(None, None, "sms", "sv", municipality, unit, "team", Reason.ASKED, Urgency.NORMAL, None, "")
        return cases.open_or_add(session, new, MONDAY)[0].id


def did(
    database: Database,
    who: UserRow | None,
    act: str,
    case_id: int | None = None,
    detail: str = "",
    about: int | None = None,
    minutes: int = 0,
) -> None:
    with database.writing() as session:
        users.audit(session, MONDAY + timedelta(minutes=minutes), who.id if who else None, act, case_id, detail, about)


def seen(
    database: Database, clock: SettableClock, user: UserRow, wanted: Wanted = Wanted()
) -> list[tuple[str | None, str]]:
    return [(entry.who, entry.act) for entry in audit_page(database, clock, ORGANISATION, user, wanted).entries]


def test_a_samordnare_reads_of_the_own_accounts_and_cases_and_an_admin_everything(
    database: Database, clock: SettableClock
) -> None:
    sam, anna, vera, ada = (
        person(database, "Sam", "samordnare"),
        person(database, "Anna"),
        person(database, "Vera", municipality="vara"),
        person(database, "Ada", "admin", None),
    )
    ours, theirs = case(database), case(database, "vara")
    did(database, anna, "sign_in")
    did(database, vera, "sign_in")
    did(database, vera, "view", theirs)
    did(database, ada, "view", ours)
    did(database, ada, "invite")
    did(database, None, "sign_in_failed", about=anna.id)
    did(database, None, "sign_in_failed", about=vera.id)
    assert seen(database, clock, sam) == [(None, "sign_in_failed"), ("Ada", "view"), ("Anna", "sign_in")]
    assert len(seen(database, clock, ada)) == 7
    assert [name for _, name in audit_page(database, clock, ORGANISATION, sam, Wanted()).people] == ["Anna", "Sam"]


def test_secrecy_between_units_holds_in_the_log_too(database: Database, clock: SettableClock) -> None:
    kalmar = ORGANISATION.municipality("kalmar")
    assert kalmar
    unit = kalmar.units[0].id
    sam, bo = person(database, "Sam", "samordnare", unit=unit), person(database, "Bo", unit="omsorg")
    ours, theirs = case(database, unit=unit), case(database, unit="omsorg")
    did(database, bo, "view", theirs)
    did(database, bo, "view", ours)
    did(database, bo, "sign_in")
    assert seen(database, clock, sam) == [("Bo", "view")]
    assert audit_page(database, clock, ORGANISATION, sam, Wanted(case=theirs)).entries == ()


def test_what_is_looked_for(database: Database, clock: SettableClock) -> None:
    ada, anna, bo = person(database, "Ada", "admin", None), person(database, "Anna"), person(database, "Bo")
    one, two = case(database), case(database)
    did(database, anna, "view", one)
    did(database, bo, "view", two, minutes=24 * 60)
    did(database, bo, "reply", two, minutes=24 * 60)
    did(database, ada, "account_role", about=anna.id, minutes=48 * 60)

    def found(**wanted: object) -> list[tuple[str | None, str]]:
        return seen(database, clock, ada, Wanted(**wanted))  # type: ignore[arg-type]

    assert found(person=anna.id) == [("Ada", "account_role"), ("Anna", "view")]
    assert found(case=two) == [("Bo", "reply"), ("Bo", "view")]
    assert found(act="view") == [("Bo", "view"), ("Anna", "view")]
    assert found(since=MONDAY + timedelta(hours=12), until=MONDAY + timedelta(hours=48)) == [
        ("Bo", "reply"),
        ("Bo", "view"),
    ]
    assert found(person=bo.id, act="view", case=one) == []


def test_pages_follow_each_other_in_both_directions(
    database: Database, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_audit, "ON_PAGE", 3)
    ada = person(database, "Ada", "admin", None)
    for number in range(8):
        did(database, ada, f"act{number}")

    def page(**at: int | None) -> tuple[list[str], int | None, int | None]:
        found = audit_page(database, clock, ORGANISATION, ada, Wanted(), **at)
        return [entry.act.removeprefix("act") for entry in found.entries], found.newer, found.older

    first, newer, older = page()
    assert (first, newer) == (["7", "6", "5"], None)
    second, newer, older = page(before=older)
    assert second == ["4", "3", "2"] and newer
    last, back, end = page(before=older)
    assert (last, end) == (["1", "0"], None)
    again, newest, older = page(after=back)
    assert again == ["4", "3", "2"]
    assert newest and older
    assert page(after=newest)[:2] == (["7", "6", "5"], None)
    assert page(after=8)[0] == []


def test_names_stand_for_the_accounts_that_it_was_done_to(database: Database, clock: SettableClock) -> None:
    ada, anna = person(database, "Ada", "admin", None), person(database, "Anna")
    number = case(database)
    did(database, ada, "account_disable", about=anna.id)
    did(database, ada, "transfer", number, f"user:{anna.id}")
    did(database, ada, "code_on", about=ada.id)
    did(database, ada, "other", detail="user:x")
    entries = audit_page(database, clock, ORGANISATION, ada, Wanted()).entries
    assert [entry.about for entry in entries] == [None, None, "Anna", "Anna"]


def test_taking_it_out_is_in_the_log(database: Database, clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_audit, "_AT_ONCE", 2)
    monkeypatch.setattr(read_audit, "MOST_EXPORTED", 5)
    sam, vera = person(database, "Sam", "samordnare"), person(database, "Vera", municipality="vara")
    for number in range(7):
        did(database, sam, f"act{number}")
        did(database, vera, f"act{number}")
    taken = export(database, clock, ORGANISATION, sam, Wanted())
    assert [(entry.who, entry.act) for entry in taken] == [("Sam", f"act{number}") for number in (6, 5, 4, 3, 2)]
    assert len(export(database, clock, ORGANISATION, sam, Wanted(act="act1"))) == 1
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.act == "export")).all()
        assert [(row.user_id, row.detail) for row in rows] == [(sam.id, "audit: 5"), (sam.id, "audit: 1")]
