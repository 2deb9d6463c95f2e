"""What a handledare does with links: each once, told to both, noted and audited, and nothing of another unit's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.link import LASTS, LinkStatus, Scope
from bot.flows import load
from bot.services.link_work import LinkChanged, LinkFault
from bot.services.make_link import NewLink, Side
from bot.services.read_cases import CaseNotFound
from bot.services.read_links import LinkNotFound
from bot.services.run_links import LinkDesk
from bot.store.database import Database
from bot.store.tables import AddressRow, AuditRow, CaseNoteRow, CaseRow, LinkRow, OutboxRow, UserRow
from tests.bot import kin
from tests.bot.two_units import staff, with_units
from tests.stand_ins import ASTRID, KURT, MONDAY, OUR_NUMBER, SVEA, WORLD, CountedWakeup, SettableClock

REAL = replace(with_units(), texts=load().texts)
YES = NewLink(Side.ELDER, "", "Anna", "pappa", True, Scope.REMINDERS, "Sa ja vid disken")


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def wakeup() -> CountedWakeup:
    return CountedWakeup()


@pytest.fixture
def desk(database: Database, clock: SettableClock, wakeup: CountedWakeup) -> LinkDesk:
    return LinkDesk(database, lambda: REAL, clock, wakeup)


@pytest.fixture
def karin(database: Database) -> UserRow:
    return staff(database, "Karin", unit="library")


@pytest.fixture
def elder(database: Database) -> int:
    return kin.begin(database, KURT)


@pytest.fixture
def relative(database: Database) -> int:
    return kin.begin(database, kin.ANNA)


def _case(database: Database, conversation: int, unit: str = "library") -> int:
    return kin.open_case(database, conversation, unit=unit)


def _acts(database: Database) -> list[tuple[str, int | None, str]]:
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id))
        return [(row.act, row.case_id, row.detail) for row in rows]


def _events(database: Database, case_id: int) -> list[str]:
    with database.reading() as session:
        query = select(CaseNoteRow.text).where(CaseNoteRow.case_id == case_id, CaseNoteRow.kind == "event")
        return list(session.scalars(query.order_by(CaseNoteRow.id)))


def test_a_link_made_after_a_yes_begins_at_once_and_both_are_told(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int, wakeup: CountedWakeup
) -> None:
    elder_case, relative_case = _case(database, elder), _case(database, relative)
    before = kin.version_of(database, elder), kin.version_of(database, relative)
    made = desk.make(karin, elder_case, replace(YES, other=f"#{relative_case}"))
    row = kin.row_of(database, made)
    assert (row.status, row.scope, row.elder_id, row.relative_id) == ("active", "reminders", elder, relative)
    assert (row.elder_address, row.relative_channel, row.called, row.relation) == (
        KURT,
        "telegram",
        "din pappa",
        "pappa",
    )
    assert (row.municipality, row.unit, row.made_by) == ("kalmar", "library", karin.id)
    assert (row.started_at, row.ends_at) == (MONDAY, MONDAY + LASTS)
    [sms], [told] = kin.written_to(database, KURT), kin.written_to(database, kin.ANNA)
    assert sms == (
        "Hej från kommunens automatiska hjälp. Som du sa till oss får Anna nu se hur det går, se bokade tider och få påminnelser."
        " Det du skriver stannar hos oss. Ångrar du dig, svara ANHÖRIG STOPP."
    )
    assert "för din pappa får du se hur det går" in told
    assert KURT not in told
    assert wakeup.woken_for_outbox == 1
    said = "Karin kopplade Anna som anhörig, efter ja från den äldre. Får följa ärendet och få påminnelser. Sa ja vid disken"
    assert _events(database, elder_case) == _events(database, relative_case) == [said]
    assert _acts(database) == [("link_make", elder_case, f"link:{made}")]
    after = kin.version_of(database, elder), kin.version_of(database, relative)
    assert all(now > then for now, then in zip(after, before, strict=True)), "a turn under way is taken again"


def test_a_link_is_made_from_the_relatives_case_too_with_a_number_that_never_wrote(
    database: Database, desk: LinkDesk, karin: UserRow, relative: int
) -> None:
    case = _case(database, relative)
    made = desk.make(karin, case, replace(YES, case_of=Side.RELATIVE, other="070-174 06 07", called="farbror Olle"))
    row = kin.row_of(database, made)
    assert (row.elder_address, row.called, row.relation, row.relative_id) == (ASTRID, "farbror Olle", "", relative)
    with database.reading() as session:
        assert session.scalars(select(OutboxRow.sender).where(OutboxRow.address == ASTRID)).one() == OUR_NUMBER


def test_pressed_twice_makes_one(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, clock: SettableClock
) -> None:
    case = _case(database, elder)
    wanted = replace(YES, other=SVEA)
    made = desk.make(karin, case, wanted)
    assert desk.make(karin, case, wanted) == made
    clock.pass_(minutes=2)
    with pytest.raises(LinkFault) as refused:
        desk.make(karin, case, wanted)
    assert (refused.value.field, refused.value.why, refused.value.link_id) == ("other", "already", made)
    assert len(kin.written_to(database, KURT)) == 1


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("hej", "number"),
        ("", "number"),
        ("0480-45 00 00", "number"),
        ("tg:4711", "number"),
        (KURT, "same"),
        ("#4711", "no_case"),
        ("#1", "same"),
        ("9" * 40, "number"),
    ],
)
def test_what_does_not_do_as_the_other_one(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, other: str, why: str
) -> None:
    case = _case(database, elder)
    assert case == 1
    with pytest.raises(LinkFault) as refused:
        desk.make(karin, case, replace(YES, other=other))
    assert (refused.value.field, refused.value.why) == ("other", why)
    with database.reading() as session:
        assert session.scalars(select(LinkRow)).all() == []
        assert session.scalars(select(AddressRow.text)).all() == [KURT], "nothing half done is left"


@pytest.mark.parametrize("elders", ["+4915112345678", "tg:4712"])
def test_an_elder_must_have_a_swedish_mobile_number(
    database: Database, desk: LinkDesk, karin: UserRow, relative: int, elders: str
) -> None:
    case = _case(database, kin.begin(database, elders))
    with pytest.raises(LinkFault, match="elder_no_number"):
        desk.make(karin, case, replace(YES, other=SVEA))
    with pytest.raises(LinkFault, match="elder_no_number"):
        desk.make(karin, _case(database, relative), replace(YES, case_of=Side.RELATIVE, other=f"#{case}"))


@pytest.mark.parametrize("whose", ["elder", "relative"])
@pytest.mark.parametrize("column", ["opted_out_at", "blocked_at"])
def test_nobody_is_linked_who_cannot_be_told(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int, whose: str, column: str
) -> None:
    with database.writing() as session:
        text = KURT if whose == "elder" else kin.ANNA
        setattr(session.scalars(select(AddressRow).where(AddressRow.text == text)).one(), column, MONDAY)
    case = _case(database, elder)
    with pytest.raises(LinkFault) as refused:
        desk.make(karin, case, replace(YES, other=f"#{_case(database, relative)}"))
    assert refused.value.why == ("stopped_here" if whose == "elder" else "stopped")


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"name": "  "}, "name", "empty"),
        ({"name": "n" * 31}, "name", "long"),
        ({"called": "n" * 31}, "called", "long"),
        ({"reason": " "}, "reason", "empty"),
        ({"reason": "r" * 501}, "reason", "long"),
    ],
)
def test_words_are_needed_and_not_too_many(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, change: dict[str, Any], field: str, why: str
) -> None:
    with pytest.raises(LinkFault) as refused:
        desk.make(karin, _case(database, elder), replace(YES, other=SVEA, **change))
    assert (refused.value.field, refused.value.why) == (field, why)


def test_secrets_in_a_reason_are_masked(database: Database, desk: LinkDesk, karin: UserRow, elder: int) -> None:
    case = _case(database, elder)
    made = desk.make(karin, case, replace(YES, other=SVEA, reason="Heter 811218-9876 enligt kortet"))
    assert "9876" not in kin.row_of(database, made).reason
    assert "9876" not in _events(database, case)[0]


def test_ending_tells_both_and_ends_what_was_shared(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int
) -> None:
    case = _case(database, elder)
    linked = kin.link(
        database, elder, relative, unit="library", position={"flow": "swish", "step": "a"}, moved_at=MONDAY
    )
    desk.end(karin, linked, "Bad om det i telefon")
    desk.end(karin, linked, "Bad om det i telefon")
    row = kin.row_of(database, linked)
    assert (row.status, row.ended_by, row.ended_by_user, row.reason, row.position) == (
        "ended",
        "handledare",
        karin.id,
        "Bad om det i telefon",
        None,
    )
    assert len(kin.written_to(database, KURT)) == len(kin.written_to(database, kin.ANNA)) == 1
    assert "Anna får inte längre följa din hjälp" in kin.written_to(database, KURT)[0]
    assert "Du kan inte längre följa din pappa här" in kin.written_to(database, kin.ANNA)[0]
    assert _events(database, case) == ["Karin avslutade kopplingen till Anna. Bad om det i telefon"]
    assert _acts(database) == [("link_end", case, f"link:{linked}")]


def test_the_scope_changes_with_a_reason(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int
) -> None:
    linked = kin.link(database, elder, relative)
    with pytest.raises(LinkFault):
        desk.change_scope(karin, linked, Scope.BOOK, "")
    desk.change_scope(karin, linked, Scope.BOOK, "Vill att Anna bokar")
    desk.change_scope(karin, linked, Scope.BOOK, "Vill att Anna bokar")
    assert kin.row_of(database, linked).scope == "book"
    assert "Anna får nu se hur det går, få påminnelser, och boka och avboka" in kin.written_to(database, KURT)[0]
    assert len(kin.written_to(database, KURT)) == len(kin.written_to(database, kin.ANNA)) == 1
    assert _acts(database) == [("link_scope", None, f"link:{linked}")]


@pytest.mark.parametrize("status", [LinkStatus.HELD, LinkStatus.ASKED])
def test_a_yes_to_the_handledare_begins_what_waited(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int, status: LinkStatus
) -> None:
    linked = kin.link(database, elder, relative, status, reason="asks_for_codes")
    desk.begin(karin, linked, Scope.FOLLOW, "Ringde upp, hon sa ja")
    desk.begin(karin, linked, Scope.FOLLOW, "Ringde upp, hon sa ja")
    row = kin.row_of(database, linked)
    assert (row.status, row.started_at, row.ends_at) == ("active", MONDAY, MONDAY + LASTS)
    assert len(kin.written_to(database, KURT)) == len(kin.written_to(database, kin.ANNA)) == 1


@pytest.mark.parametrize("status", [LinkStatus.HELD, LinkStatus.ASKED])
def test_a_no_tells_the_relative_no_more_than_that(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int, status: LinkStatus
) -> None:
    linked = kin.link(database, elder, relative, status)
    desk.decline(karin, linked, "Känner inte Anna")
    desk.decline(karin, linked, "Känner inte Anna")
    assert (kin.row_of(database, linked).status, kin.row_of(database, linked).ended_by) == ("declined", "handledare")
    [told] = kin.written_to(database, kin.ANNA)
    assert "Det finns inget ja till att du följer din pappa." in told
    assert "Känner" not in told
    asked_before = status == LinkStatus.ASKED
    assert len(kin.written_to(database, KURT)) == asked_before, "whoever was never asked hears nothing of it"


def test_the_elder_is_asked_when_a_handledare_has_looked(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int, clock: SettableClock
) -> None:
    case = _case(database, relative)
    linked = kin.link(database, elder, relative, LinkStatus.HELD, name="Swedbank support", reason="Namnet")
    clock.at = datetime.fromisoformat("2026-11-23T23:30:00+01:00")
    for wrong in ("", "n" * 31):
        with pytest.raises(LinkFault):
            desk.ask(karin, linked, wrong)
    desk.ask(karin, linked, "Anna")
    desk.ask(karin, linked, "Anna")
    row = kin.row_of(database, linked)
    assert (row.status, row.relative_name, row.scope, row.ends_at) == (
        "asked",
        "Anna",
        "follow",
        clock() + timedelta(hours=72),
    )
    [sms] = kin.written_to(database, KURT)
    assert "Anna" in sms
    assert "Swedbank" not in sms
    assert kin.written_to(database, kin.ANNA) == [], "the relative learns nothing until there is an answer"
    with database.reading() as session:
        assert session.scalars(select(OutboxRow.next_attempt_at)).one() <= clock(), (
            "somebody waits for it, also at night"
        )
    assert _acts(database) == [("link_ask", case, f"link:{linked}")]


def test_a_question_that_was_never_sent_can_be(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int
) -> None:
    silent = kin.link(database, elder, relative, LinkStatus.ASKED, silent=True)
    with database.writing() as session:
        session.scalars(select(AddressRow).where(AddressRow.text == KURT)).one().opted_out_at = MONDAY
    with pytest.raises(LinkFault, match="stopped"):
        desk.ask(karin, silent, "Anna")
    with database.writing() as session:
        session.scalars(select(AddressRow).where(AddressRow.text == KURT)).one().opted_out_at = None
    desk.ask(karin, silent, "Anna")
    assert (kin.row_of(database, silent).silent, len(kin.written_to(database, KURT))) == (False, 1)


def test_a_handledare_may_have_it_asked_by_sms(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int
) -> None:
    case = _case(database, elder)
    made = desk.make(karin, case, replace(YES, other=f"#{_case(database, relative)}", said_yes=False, scope=Scope.BOOK))
    row = kin.row_of(database, made)
    assert (row.status, row.scope, row.started_at) == ("asked", "follow", None)
    assert len(kin.written_to(database, KURT)) == 1
    assert kin.written_to(database, kin.ANNA) == []
    assert _events(database, case) == ["Karin lät fråga med sms om Anna får följa ärendet. Sa ja vid disken"]


def test_nobody_is_woken_in_the_night_and_nobody_written_to_after_stopp(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int, clock: SettableClock
) -> None:
    linked = kin.link(database, elder, relative)
    clock.at = datetime.fromisoformat("2026-11-23T21:30:00+01:00")
    with database.writing() as session:
        session.scalars(select(AddressRow).where(AddressRow.text == kin.ANNA)).one().opted_out_at = MONDAY
    desk.end(karin, linked, "Bad om det")
    assert kin.written_to(database, kin.ANNA) == []
    with database.reading() as session:
        due = session.scalars(select(OutboxRow.next_attempt_at).where(OutboxRow.address == KURT)).one()
    assert due == datetime.fromisoformat("2026-11-24T08:00:00+01:00")


def test_what_has_changed_meanwhile_is_refused(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int
) -> None:
    over = kin.link(database, elder, relative, LinkStatus.DECLINED)
    acts: tuple[Callable[[], None], ...] = (
        lambda: desk.begin(karin, over, Scope.BOOK, "Sa ja"),
        lambda: desk.ask(karin, over, "Anna"),
        lambda: desk.end(karin, over, "Slut"),
        lambda: desk.change_scope(karin, over, Scope.BOOK, "Mer"),
    )
    for act in acts:
        with pytest.raises(LinkChanged):
            act()
    going_on = kin.link(database, elder, relative)
    with pytest.raises(LinkChanged):
        desk.decline(karin, going_on, "Nej")
    assert kin.written_to(database, KURT) == []


def test_secrecy_between_units(database: Database, desk: LinkDesk, elder: int, relative: int) -> None:
    cilla, vera = staff(database, "Cilla", unit="centre"), staff(database, "Vera", "vara")
    linked, case = kin.link(database, elder, relative, unit="library"), _case(database, elder)
    for stranger in (cilla, vera):
        acts: tuple[Callable[[UserRow], None], ...] = (
            lambda who: desk.end(who, linked, "x"),
            lambda who: desk.begin(who, linked, Scope.FOLLOW, "x"),
            lambda who: desk.ask(who, linked, "Anna"),
            lambda who: desk.decline(who, linked, "x"),
            lambda who: desk.change_scope(who, linked, Scope.BOOK, "x"),
            lambda who: desk.end(who, 4711, "x"),
        )
        for act in acts:
            with pytest.raises(LinkNotFound):
                act(stranger)
        with pytest.raises(CaseNotFound):
            desk.make(stranger, case, replace(YES, other=SVEA))
    hidden = _case(database, kin.begin(database, SVEA), "centre")
    with pytest.raises(LinkFault, match="no_case"):
        desk.make(staff(database, "Karin", unit="library"), case, replace(YES, other=f"#{hidden}"))
    assert kin.row_of(database, linked).status == "active"


def test_what_another_unit_sees_is_not_written_to(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int
) -> None:
    theirs = _case(database, elder, "centre")
    linked = kin.link(database, elder, relative, unit="library")
    desk.end(karin, linked, "Bad om det")
    assert _events(database, theirs) == []
    assert _acts(database) == [("link_end", None, f"link:{linked}")]


def test_what_ran_out_stands_in_nobodys_way(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int, relative: int
) -> None:
    old = kin.link(database, elder, relative, at=MONDAY - LASTS - timedelta(days=1))
    made = desk.make(karin, _case(database, elder), replace(YES, other=f"#{_case(database, relative)}"))
    assert made != old
    assert (kin.row_of(database, old).status, kin.row_of(database, old).ended_by) == ("ended", "time")


def test_a_case_without_a_conversation_cannot_be_linked(
    database: Database, desk: LinkDesk, karin: UserRow, elder: int
) -> None:
    case = _case(database, elder)
    with database.writing() as session:
        session.get_one(CaseRow, case).conversation_id = None
    with pytest.raises(CaseNotFound):
        desk.make(karin, case, replace(YES, other=SVEA))


def test_the_notes_and_texts_know_every_scope() -> None:
    assert {f"link_by_staff_may_{scope}" for scope in Scope} <= load().texts.by_key.keys()
    assert WORLD.texts.get("link_by_staff_may_book", "sv") == "link_by_staff_may_book"
