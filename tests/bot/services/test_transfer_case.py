"""A case changes hands, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.case import CaseRefusal, Reason, Urgency
from bot.services import read_cases
from bot.services.hold_case import CaseTaken
from bot.services.read_cases import CaseNotFound
from bot.services.transfer_case import NoConsent, NoReceiver, TransferDesk
from bot.services.viewer import viewer
from bot.services.work_cases import CaseDesk
from bot.store import cases
from bot.store.database import Database
from bot.store.tables import AuditRow, CaseRow, OutboxRow, UserRow
from tests.bot.two_units import CENTRE_PHONE, UNITS, staff, with_units
from tests.stand_ins import Post


@pytest.fixture
def post(database: Database) -> Post:
    """Svea, who writes to Kalmar's library, has asked for a person."""
    made = Post(database, world=with_units())
    made.says("swish", "swish")
    made.says("MÄNNISKA")
    return made


@pytest.fixture
def transfers(post: Post) -> TransferDesk:
    return TransferDesk(post.database, lambda: post.world, post.clock, post.wakeup)


@pytest.fixture
def anna(database: Database) -> UserRow:
    return staff(database, "Anna", unit="library")


@pytest.fixture
def bo(database: Database) -> UserRow:
    return staff(database, "Bo", unit="library")


@pytest.fixture
def cilla(database: Database) -> UserRow:
    return staff(database, "Cilla", unit="centre")


def _case(post: Post) -> CaseRow:
    with post.database.reading() as session:
        return session.get_one(CaseRow, 1)


def _events(post: Post) -> list[tuple[str, str]]:
    with post.database.reading() as session:
        return [(note.kind, note.text) for note in cases.notes(session, 1)]


def _audit(post: Post) -> list[tuple[int | None, str, str]]:
    with post.database.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.act == "transfer").order_by(AuditRow.id))
        return [(row.user_id, row.act, row.detail) for row in rows]


def _sees(post: Post, user: UserRow) -> bool:
    try:
        read_cases.case_line(post.database, viewer(user, UNITS), 1)
    except CaseNotFound:
        return False
    return True


def test_a_colleague_gets_the_case_as_it_is(
    post: Post, desk: CaseDesk, transfers: TransferDesk, anna: UserRow, bo: UserRow
) -> None:
    since = _case(post).waiting_since
    desk.claim(1, anna)
    post.clock.pass_(minutes=5)
    transfers.to_colleague(1, anna, bo.id, "Hon har pratat med banken. 19121212-1212")
    case = _case(post)
    assert (case.status, case.claimed_by, case.claimed_at, case.waiting_since) == (
        "claimed",
        bo.id,
        post.clock(),
        since,
    )
    assert _events(post) == [
        ("note", "Hon har pratat med banken. [personnummer]"),
        ("event", "Anna lämnade ärendet till Bo."),
    ]
    assert _audit(post) == [(anna.id, "transfer", f"user:{bo.id}")]
    transfers.to_colleague(1, anna, bo.id)
    assert len(_events(post)) == 2, "pressed twice"


def test_nobody_has_to_take_a_case_to_give_it(post: Post, transfers: TransferDesk, anna: UserRow, bo: UserRow) -> None:
    transfers.to_colleague(1, anna, bo.id)
    assert (_case(post).status, _case(post).claimed_by) == ("claimed", bo.id)


def test_a_case_that_waits_for_the_resident_still_does(
    post: Post, desk: CaseDesk, transfers: TransferDesk, anna: UserRow, bo: UserRow
) -> None:
    desk.reply(1, anna, "Hej")
    transfers.to_colleague(1, anna, bo.id)
    assert (_case(post).status, _case(post).claimed_by) == ("answered", bo.id)


def test_only_those_who_may_see_it_and_are_there_can_get_it(
    post: Post, transfers: TransferDesk, anna: UserRow, bo: UserRow, cilla: UserRow, database: Database
) -> None:
    away, back, gone = (staff(database, name, unit="library") for name in ("Doris", "Eva", "Folke"))
    reader = staff(database, "Greta", unit="library", role="reader")
    boss = staff(database, "Hanna", role="samordnare")
    other = staff(database, "Ivar", "vara", "library")
    with database.writing() as session:
        session.get_one(UserRow, away.id).away_since = post.clock()
        returned = session.get_one(UserRow, back.id)
        returned.away_since, returned.back_at = post.clock() - timedelta(days=2), post.clock() - timedelta(hours=1)
        session.get_one(UserRow, gone.id).disabled_at = post.clock()
    assert [one.name for one in transfers.receivers(anna, 1).colleagues] == ["Bo", "Eva", "Hanna"]
    for user in (away, gone, reader, cilla, other, anna):
        with pytest.raises(NoReceiver):
            transfers.to_colleague(1, anna, user.id)
    with pytest.raises(NoReceiver):
        transfers.to_colleague(1, anna, 4711)
    assert (_case(post).status, _case(post).version) == ("waiting", 0)
    transfers.to_colleague(1, anna, boss.id)
    assert _case(post).claimed_by == boss.id


def test_another_unit_gets_it_only_with_the_persons_yes(
    post: Post, desk: CaseDesk, transfers: TransferDesk, anna: UserRow, cilla: UserRow
) -> None:
    desk.claim(1, anna)
    with pytest.raises(NoConsent):
        transfers.to_unit(1, anna, "kalmar/centre", consent=False)
    assert (_case(post).unit, _case(post).claimed_by) == ("library", anna.id)
    assert not _sees(post, cilla)
    since = _case(post).waiting_since
    post.clock.pass_(minutes=5)
    assert transfers.to_unit(1, anna, "kalmar/centre", consent=True, note="Vill ha ett intyg") is False
    case = _case(post)
    assert (case.municipality, case.unit, case.team, case.status, case.claimed_by) == (
        "kalmar",
        "centre",
        "kalmar-centre",
        "waiting",
        None,
    )
    assert case.waiting_since == since
    assert (_sees(post, cilla), _sees(post, anna)) == (True, False)
    said = "Anna lämnade ärendet till Kontaktcenter. Personen har sagt ja till att Kontaktcenter får läsa ärendet."
    assert _events(post) == [("note", "Vill ha ett intyg"), ("event", said)]
    assert _audit(post) == [(anna.id, "transfer", "unit:kalmar/centre with the person's consent")]
    page = read_cases.case_page(post.database, post.clock, viewer(cilla, UNITS), 1)
    assert "swish" in [said.text for said in page.said]
    with pytest.raises(CaseNotFound):
        desk.claim(1, anna)


def test_another_municipality_too(post: Post, transfers: TransferDesk, anna: UserRow, database: Database) -> None:
    ivar = staff(database, "Ivar", "vara", "library")
    queues = transfers.receivers(anna, 1).queues
    assert [(queue.key, queue.needs_consent) for queue in queues] == [("kalmar/centre", True), ("vara/library", True)]
    transfers.to_unit(1, anna, "vara/library", consent=True)
    assert (_case(post).municipality, _case(post).team, _sees(post, ivar)) == ("vara", "vara", True)


def test_a_case_of_no_unit_goes_to_any_of_the_municipality_at_once(
    post: Post, transfers: TransferDesk, database: Database
) -> None:
    hanna = staff(database, "Hanna", role="samordnare")
    with database.writing() as session:
        session.get_one(CaseRow, 1).unit = None
    found = [(queue.key, queue.needs_consent) for queue in transfers.receivers(hanna, 1).queues]
    assert found == [("kalmar/library", False), ("kalmar/centre", False), ("vara/library", True)]
    assert transfers.to_unit(1, hanna, "kalmar/centre", consent=False) is True
    assert _audit(post) == [(hanna.id, "transfer", "unit:kalmar/centre")]
    assert transfers.to_unit(1, hanna, "kalmar/centre", consent=False) is True
    assert len(_audit(post)) == 1, "pressed twice"


def test_the_receiving_units_duty_list_hears_of_an_urgent_case(
    post: Post, transfers: TransferDesk, anna: UserRow, database: Database
) -> None:
    with database.writing() as session:
        row = session.get_one(CaseRow, 1)
        row.urgency, row.reasons = Urgency.HIGH, [Reason.FRAUD]
    woken = post.wakeup.woken_for_outbox
    transfers.to_unit(1, anna, "kalmar/centre", consent=True)
    with database.reading() as session:
        alerts = session.scalars(
            select(OutboxRow).where(OutboxRow.case_id == 1, OutboxRow.conversation_id.is_(None))
        ).all()
    assert [row.address for row in alerts] == [CENTRE_PHONE]
    assert post.wakeup.woken_for_outbox == woken + 1


def test_a_colleagues_case_is_not_given_away(
    post: Post, desk: CaseDesk, transfers: TransferDesk, anna: UserRow, bo: UserRow, database: Database
) -> None:
    eva = staff(database, "Eva", unit="library")
    desk.claim(1, bo)
    with pytest.raises(CaseTaken, match="Bo"):
        transfers.to_colleague(1, anna, eva.id)
    with pytest.raises(CaseTaken, match="Bo"):
        transfers.to_unit(1, anna, "kalmar/centre", consent=True)
    assert _case(post).claimed_by == bo.id


def test_neither_a_closed_case_nor_one_of_another_unit_nor_a_unit_that_is_not_there(
    post: Post, desk: CaseDesk, transfers: TransferDesk, anna: UserRow, bo: UserRow, cilla: UserRow
) -> None:
    with pytest.raises(CaseNotFound):
        transfers.receivers(cilla, 1)
    with pytest.raises(CaseNotFound):
        transfers.to_unit(1, cilla, "kalmar/centre", consent=True)
    for key in ("kalmar/gone", "", "kalmar/"):
        with pytest.raises(NoReceiver):
            transfers.to_unit(1, anna, key, consent=True)
    desk.resolve(1, anna, "solved")
    with pytest.raises(CaseRefusal, match="resolved"):
        transfers.to_colleague(1, anna, bo.id)
    with pytest.raises(CaseRefusal, match="resolved"):
        transfers.to_unit(1, anna, "kalmar/centre", consent=True)


def test_the_resident_is_told_when_the_unit_that_has_the_case_answers(
    post: Post, transfers: TransferDesk, anna: UserRow
) -> None:
    transfers.to_unit(1, anna, "vara/library", consent=True)
    with post.database.reading() as session:
        seen = cases.seen_by_engine(session, session.get_one(CaseRow, 1))
    assert seen
    assert (seen.home, seen.handledare) == (("vara", "library"), None)
