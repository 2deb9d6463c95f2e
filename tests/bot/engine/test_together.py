"""What a relative may see and do for an elder: by the leave they have, and nothing at all without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.case import Reason, Status
from bot.domain.conversation import Helping, Position
from bot.domain.course import Booking, BookingStatus, Course, CourseKind, Programme
from bot.domain.events import BookingCancelled, CaseNoted, GuideShared, SeatTaken
from bot.domain.link import Elder, Family, Helper, Scope, Wish
from bot.engine import route
from tests.bot.engine.talk import MONDAY, Talk, world

PLACE = next(place for place in world().places if place.municipality == "Vara")
COURSE = Course(
    id=7, kind=CourseKind.COURSE, title={"sv": "Hemlig kurstitel", "en": "Secret title"}, municipality="vara", place=PLACE.id,
    starts_at=MONDAY + timedelta(days=3, hours=1), ends_at=MONDAY + timedelta(days=3, hours=3), seats=8, open_seats=4,
)  # fmt: skip
BOOKED = Booking(3, COURSE, BookingStatus.BOOKED)
GUIDE = world().flows["online_banking"]


def _steps() -> list[Position]:
    """The guide's steps on one way, as positions."""
    talk = Talk()
    talk.says("internetbanken", "online_banking")
    found: list[Position] = []
    while talk.step and talk.step[0] == GUIDE.name and len(found) < 4:
        if talk.conversation.question and talk.conversation.question.kind == "choose":
            talk.says("1")
            continue
        assert talk.conversation.position
        found.append(talk.conversation.position)
        talk.says("KLART")
    return found


STEPS = _steps()
MAMMA = Elder(1, "din mamma", "mamma", Scope.FOLLOW)
OLLE = Elder(2, "farbror Olle", "farbror", Scope.BOOK)


def _of(*elders: Elder, wishes: tuple[Wish, ...] = (), **more: object) -> Talk:
    return Talk(family=Family(elders=elders, wishes=wishes), **more)  # type: ignore[arg-type]


# How it stands


@pytest.mark.parametrize(
    "said",
    ["hur går det för mamma?", "Hur går det för min mamma", "har någon svarat mamma?", "vad händer med mammas ärende", "hur är läget för mamma", "något nytt om mamma?",
     "när har mamma tid?", "how is it going for my mother?", "har ni svarat morsan", "hur går det med mammas ärende"],
)  # fmt: skip
def test_how_it_stands_is_told_in_any_words(said: str) -> None:
    talk = _of(replace(MAMMA, case=Status.CLAIMED, bookings=(BOOKED,)))
    relation = {"relation": "mamma"}
    talk.says(said, "relative_help", accepted=False, entities=relation)
    assert "en människa arbetar med det" in talk.answer
    assert PLACE.name in talk.answer
    assert "Hemlig" not in talk.answer


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "inget öppet ärende"),
        (Status.WAITING, "Ingen har tagit det än"),
        (Status.CLAIMED, "arbetar med det nu"),
        (Status.ANSWERED, "väntar nu på din mamma"),
    ],
)
def test_each_status_in_plain_words(status: Status | None, words: str) -> None:
    talk = _of(replace(MAMMA, case=status))
    assert words in talk.says("hur går det för mamma?", entities={"relation": "mamma"})


def test_the_guide_and_the_step_and_the_offer_to_go_on() -> None:
    talk = _of(
        replace(
            MAMMA,
            position=STEPS[1],
            case=Status.WAITING,
            bookings=(BOOKED, replace(BOOKED, id=4, status=BookingStatus.WAITLISTED)),
        )
    )
    talk.says("hur går det för mamma?", entities={"relation": "mamma"})
    at, of = route.number(GUIDE, STEPS[1])
    assert f"steg {at} av {of}" in talk.answer
    assert talk.segments <= 3
    talk.says("hur går det för mamma?", entities={"relation": "mamma"})
    assert talk.segments <= 2
    talk.says("JA")
    assert talk.step == (STEPS[1].flow, STEPS[1].step)
    assert "din mamma" in talk.answer.lower()


def test_by_the_name_when_there_are_several() -> None:
    talk = _of(MAMMA, replace(OLLE, case=Status.CLAIMED))
    assert "farbror Olle" in talk.says("vad händer med Olles ärende", "case_status")
    talk = _of(MAMMA, replace(OLLE, case=Status.CLAIMED))
    assert "farbror Olle" in talk.says("hur går det för honom, farbror?", entities={"relation": "farbror"})


def test_numbered_when_nobody_is_named() -> None:
    talk = _of(MAMMA, replace(OLLE, case=Status.CLAIMED))
    talk.says("har någon svarat?", "case_status")
    assert "1 Din mamma. 2 Farbror Olle." in talk.answer
    talk.says("2")
    assert "arbetar med det nu" in talk.answer


def test_with_one_elder_nobody_need_be_named() -> None:
    talk = _of(replace(MAMMA, case=Status.CLAIMED))
    assert "din mamma" in talk.says("har någon svarat henne?", accepted=False)
    assert "din mamma" in talk.says("vad händer med ärendet", "case_status")


def test_one_with_a_case_of_their_own_is_told_of_that() -> None:
    talk = _of(replace(MAMMA, case=Status.CLAIMED))
    talk.says("MÄNNISKA")
    talk.says("har någon svarat?", "case_status")
    assert "din mamma" not in talk.answer
    assert "din mamma" in talk.says("har någon svarat mamma?", "case_status", entities={"relation": "mamma"})


def test_who_has_a_handledare_is_talking_to_them() -> None:
    talk = _of(replace(MAMMA, case=Status.CLAIMED))
    talk.says("MÄNNISKA")
    talk.handledare("claim")
    talk.says("hur går det för mamma?", entities={"relation": "mamma"})
    assert "din mamma" not in talk.answer


@pytest.mark.parametrize(
    ("refused", "words"), [(False, "inte fått något svar från din pappa"), (True, "inget samtycke från din pappa")]
)
@pytest.mark.parametrize(
    "said",
    ["hur går det för pappa?", "fortsätt med pappa", "säg till handledaren att pappa är sjuk", "avboka pappas kurs"],
)
def test_without_leave_only_that_there_is_none(refused: bool, words: str, said: str) -> None:
    talk = _of(MAMMA, wishes=(Wish(9, "din pappa", "pappa", refused),))
    talk.says(said, entities={"relation": "pappa"})
    assert words in talk.answer
    assert not any(isinstance(event, CaseNoted) for event in talk.events)


@pytest.mark.parametrize("said", ["hur går det för mormor?", "fortsätt med mormor", "vad händer med mormors ärende"])
def test_somebody_who_is_not_linked_is_nobody_we_know_of(said: str) -> None:
    talk, other = _of(replace(MAMMA, case=Status.CLAIMED)), Talk()
    entities = {"relation": "mormor"}
    assert talk.says(said, "relative_help", entities=entities) == other.says(said, "relative_help", entities=entities)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("mamma kommer inte åt bankid", "bankid_get"),
        ("hur går det till när mamma skaffar bankid på banken", "bankid_get"),
        ("jag vill ha swish", "swish"),
        ("tack", "thanks"),
    ],
)
def test_needs_are_answered_as_ever(said: str, means: str) -> None:
    relation = {"relation": "mamma"} if "mamma" in said else None
    talk, other = _of(replace(MAMMA, case=Status.CLAIMED)), Talk()
    assert talk.says(said, means, entities=relation) == other.says(said, means, entities=relation)


# The guide together


@pytest.mark.parametrize(
    "said",
    [
        "fortsätt med mamma",
        "fortsätt mammas steg",
        "kan jag fortsätta med mammas guide",
        "visa mammas steg",
        "continue with my mother",
    ],
)
def test_going_on_with_the_elders_guide_at_their_step(said: str) -> None:
    talk = _of(replace(MAMMA, position=STEPS[2]))
    talk.says(said, accepted=False, entities={"relation": "mamma"})
    assert talk.step == (STEPS[2].flow, STEPS[2].step)
    assert talk.conversation.helping == (Helping(GUIDE.name, "mamma", "din mamma", 1),)
    assert not any(isinstance(event, GuideShared) for event in talk.events)


def test_each_move_is_shared() -> None:
    talk = _of(replace(MAMMA, position=STEPS[0]))
    talk.says("fortsätt med mamma", accepted=False, entities={"relation": "mamma"})
    talk.says("KLART")
    assert GuideShared(1, talk.conversation.position) in talk.events  # type: ignore[arg-type]
    talk.says("IGEN")
    assert not any(isinstance(event, GuideShared) for event in talk.events)
    talk.says("TILLBAKA")
    assert any(isinstance(event, GuideShared) for event in talk.events)


def test_nothing_is_shared_when_the_leave_is_over() -> None:
    talk = _of(replace(MAMMA, position=STEPS[0]))
    talk.says("fortsätt med mamma", accepted=False, entities={"relation": "mamma"})
    talk.family = Family(wishes=(Wish(1, "din mamma", "mamma", refused=True),))
    talk.says("KLART")
    assert not any(isinstance(event, GuideShared) for event in talk.events)
    assert "inget samtycke" in talk.says("hur går det för mamma?", entities={"relation": "mamma"})
    assert talk.conversation.helping[0].link_id is None


def test_no_guide_to_go_on_with() -> None:
    talk = _of(MAMMA)
    assert "ingen guide" in talk.says("fortsätt med mamma", accepted=False, entities={"relation": "mamma"})


@pytest.mark.parametrize("flow", ["fraud_suspected", "emergency"])
def test_what_to_do_in_danger_is_never_told(flow: str) -> None:
    step = next(world().flows[flow].every_step()).id
    talk = _of(replace(MAMMA, position=Position(flow, step)))
    talk.says("hur går det för mamma?", entities={"relation": "mamma"})
    assert world().flows[flow].title.sv not in talk.answer
    assert "Guide" not in talk.answer


def _elder_at(step: int, helper_at: int, newer: bool = True) -> Talk:
    """The elder in the guide, whose relative has been at it since, or before."""
    talk = Talk()
    talk.conversation = talk.conversation.with_(position=STEPS[step], heard_at=MONDAY, introduced_at=MONDAY)
    moved = MONDAY + timedelta(hours=1) if newer else MONDAY - timedelta(hours=1)
    talk.family = Family(
        helpers=(Helper(1, "Anna", Scope.FOLLOW, MONDAY + timedelta(days=90), STEPS[helper_at], moved),)
    )
    talk.now = MONDAY + timedelta(hours=2)
    return talk


@pytest.mark.parametrize("said", ["KLART", "IGEN", "FORTSÄTT"])
def test_the_elder_goes_on_where_the_relative_got_to(said: str) -> None:
    talk = _elder_at(0, 2)
    talk.says(said)
    at, _ = route.number(GUIDE, STEPS[2])
    assert f"Anna har kommit till steg {at}." in talk.answer
    assert talk.step == (STEPS[2].flow, STEPS[2].step)
    talk.family = Family(helpers=tuple(replace(h, moved_at=MONDAY + timedelta(hours=1)) for h in talk.family.helpers))
    talk.says("KLART")
    assert "Anna" not in talk.answer


def test_an_older_step_of_the_relative_changes_nothing() -> None:
    talk = _elder_at(1, 2, newer=False)
    talk.says("IGEN")
    assert talk.step == (STEPS[1].flow, STEPS[1].step)
    assert "Anna" not in talk.answer


def test_a_guide_that_the_elder_left_is_offered_where_the_relative_got_to() -> None:
    talk = _elder_at(0, 2)
    talk.conversation = talk.conversation.with_(position=None, paused=(STEPS[0],))
    talk.says("hej", "greet")
    at, of = route.number(GUIDE, STEPS[2])
    assert f"steg {at} av {of}" in talk.answer


def test_the_relative_goes_on_where_the_elder_got_to() -> None:
    talk = _of(replace(MAMMA, position=STEPS[0], moved_at=MONDAY))
    talk.says("fortsätt med mamma", accepted=False, entities={"relation": "mamma"})
    talk.family = Family(elders=(replace(MAMMA, position=STEPS[2], moved_at=MONDAY + timedelta(hours=1)),))
    talk.pass_(hours=2)
    talk.says("KLART")
    assert "Din mamma har kommit till steg" in talk.answer
    assert talk.step == (STEPS[2].flow, STEPS[2].step)


# Notes


@pytest.mark.parametrize(
    "said",
    [
        "säg till handledaren att mamma har bytt telefon",
        "lägg till i mammas ärende: hon är hemma på fredag",
        "Kan du hälsa handledaren att mamma inte hör",
    ],
)
def test_a_note_goes_to_the_elders_case(said: str) -> None:
    talk = _of(replace(MAMMA, case=Status.CLAIMED))
    talk.says(said, "callback", accepted=False, entities={"relation": "mamma"})
    assert CaseNoted(said, 1) in talk.events
    assert talk.notes == []
    assert talk.case is None


def test_no_case_no_note() -> None:
    talk = _of(MAMMA)
    talk.says(
        "säg till handledaren att mamma har bytt telefon", "callback", accepted=False, entities={"relation": "mamma"}
    )
    assert not any(isinstance(event, CaseNoted) for event in talk.events)
    assert "inget öppet ärende" in talk.answer


def test_a_note_for_one_of_several_is_kept_while_it_is_asked_which() -> None:
    talk = _of(replace(MAMMA, case=Status.CLAIMED), replace(OLLE, case=Status.CLAIMED))
    talk.says("säg till handledaren att hon har bytt telefon", accepted=False)
    talk.says("1")
    assert CaseNoted("säg till handledaren att hon har bytt telefon", 1) in talk.events


# Booking and cancelling

RELATION = {"relation": "farbror"}


def _books(elder: Elder = OLLE) -> Talk:
    talk = _of(elder, programme=Programme((COURSE,)))
    talk.conversation = talk.conversation.with_(municipality="vara")
    talk.says("boka kurs åt farbror Olle i Vara", "course_book", entities={**RELATION, "place": "Vara"})
    return talk


def test_a_booking_by_leave_is_the_elders() -> None:
    talk = _books()
    talk.says("1")
    assert talk.conversation.question
    talk.says("JA")
    assert SeatTaken(7, link_id=2) in talk.events
    assert "bokad för farbror Olle" in talk.answer
    assert talk.programme.bookings == ()


@pytest.mark.parametrize(
    "text", ["boka en kurs åt farbror Olle", "kan du anmäla farbror Olle till en kurs", "book a course for uncle Olle"]
)
def test_a_wish_to_book_is_taken_although_the_interpreter_is_unsure(text: str) -> None:
    talk = _of(OLLE, programme=Programme((COURSE,)))
    talk.says(text, entities=RELATION)
    assert talk.conversation.question and talk.conversation.question.kind == "place"
    talk.says("Vara", "find_place", entities={"place": "Vara"})
    talk.says("1")
    talk.says("JA")
    assert SeatTaken(7, link_id=2) in talk.events


def test_a_place_in_the_queue_too() -> None:
    talk = _of(OLLE, programme=Programme((replace(COURSE, open_seats=0),)))
    talk.conversation = talk.conversation.with_(municipality="vara")
    talk.says("boka kurs åt farbror Olle i Vara", "course_book", entities={**RELATION, "place": "Vara"})
    talk.says("1")
    talk.says("JA")
    assert SeatTaken(7, waits=True, link_id=2) in talk.events


def test_by_a_lesser_leave_it_is_booked_in_ones_own_name_as_ever() -> None:
    talk = _books(replace(OLLE, scope=Scope.REMINDERS))
    talk.says("1")
    talk.says("JA")
    assert SeatTaken(7, for_whom="farbror") in talk.events


@pytest.mark.parametrize("how", ["over", "less"])
def test_leave_that_was_taken_back_before_the_yes_books_nothing(how: str) -> None:
    talk = _books()
    talk.says("1")
    talk.family = (
        Family(wishes=(Wish(2, "farbror Olle", "farbror", refused=True),))
        if how == "over"
        else Family(elders=(replace(OLLE, scope=Scope.FOLLOW),))
    )
    talk.says("JA")
    assert not any(isinstance(event, SeatTaken) for event in talk.events)
    assert "farbror Olle" in talk.answer


def test_a_booking_that_the_elder_has_is_told_without_its_title() -> None:
    talk = _books(replace(OLLE, bookings=(BOOKED,)))
    talk.says("1")
    assert "redan en tid för farbror Olle" in talk.answer
    assert "Hemlig" not in talk.answer


def test_cancelling_the_elders_booking() -> None:
    talk = _of(replace(OLLE, bookings=(BOOKED,)))
    talk.says("avboka farbror Olles kurs", "course_cancel", entities=RELATION)
    assert PLACE.name in talk.answer
    assert "Hemlig" not in talk.answer
    talk.says("JA")
    assert BookingCancelled(3, 2) in talk.events
    assert "avbokad" in talk.answer


def test_which_of_the_elders_bookings() -> None:
    second = replace(BOOKED, id=4, course=replace(COURSE, id=8, starts_at=COURSE.starts_at + timedelta(days=7)))
    talk = _of(replace(OLLE, bookings=(BOOKED, second)))
    talk.says("avboka farbror Olles kurs", "course_cancel", entities=RELATION)
    talk.says("2")
    assert BookingCancelled(4, 2) in talk.events


def test_no_thanks_keeps_it() -> None:
    talk = _of(replace(OLLE, bookings=(BOOKED,)))
    talk.says("avboka farbror Olles kurs", "course_cancel", entities=RELATION)
    talk.says("NEJ")
    assert not any(isinstance(event, BookingCancelled) for event in talk.events)


def test_leave_that_was_taken_back_cancels_nothing() -> None:
    talk = _of(replace(OLLE, bookings=(BOOKED,)))
    talk.says("avboka farbror Olles kurs", "course_cancel", entities=RELATION)
    talk.family = Family(wishes=(Wish(2, "farbror Olle", "farbror", refused=True),))
    talk.says("JA")
    assert not any(isinstance(event, BookingCancelled) for event in talk.events)
    assert "inget samtycke från farbror Olle" in talk.answer


def test_a_lesser_leave_does_not_cancel() -> None:
    talk = _of(replace(OLLE, scope=Scope.REMINDERS, bookings=(BOOKED,)))
    talk.says("avboka farbror Olles kurs", "course_cancel", entities=RELATION)
    assert "inte boka eller avboka" in talk.answer
    assert talk.conversation.question is None


def test_what_was_booked_in_ones_own_name_is_cancelled_as_ever() -> None:
    own = replace(BOOKED, for_whom="farbror")
    talk = _of(replace(OLLE, scope=Scope.REMINDERS, bookings=(BOOKED,)), programme=Programme((COURSE,), (own,)))
    talk.says("avboka farbror Olles kurs", "course_cancel", entities=RELATION)
    talk.says("JA")
    assert BookingCancelled(3) in talk.events


# Always


def test_danger_and_stop_come_first() -> None:
    talk = _of(replace(MAMMA, case=Status.CLAIMED))
    talk.says("hur går det för mamma hon andas inte", "emergency", rule="life", entities={"relation": "mamma"})
    assert "112" in talk.answer
    assert talk.reasons == [Reason.EMERGENCY]


def test_an_edited_message_asks_nothing() -> None:
    from bot.domain.message import Kind

    talk = _of(replace(MAMMA, case=Status.CLAIMED))
    talk.says("hur går det för mamma?", kind=Kind.EDIT, entities={"relation": "mamma"})
    assert "din mamma" not in talk.answer


@pytest.mark.parametrize("said", ["Hur går det?", "hej hur går det", "hur går det nu", "How is it going?"])
def test_the_words_that_a_relative_is_told_to_write(said: str) -> None:
    assert "för din mamma" in _of(MAMMA).says(said, "stuck")


def test_how_it_goes_in_ones_own_guide_is_ones_own_matter() -> None:
    talk = _of(MAMMA)
    talk.says("swish", "swish")
    assert "för din mamma" not in talk.says("hur går det?", "stuck")
