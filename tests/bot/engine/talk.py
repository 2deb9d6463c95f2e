"""A conversation with the shipped flows and the sample places, turn by turn, without any channel or database.

What a message means is told by the test (intent, entities, language); keywords and numbers need no telling. After every turn the
conversation is written as JSON and read again, and the case that the events opened is carried on as the services carry it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.configuration import load_configuration
from bot.domain.address import Channel
from bot.domain.case import Reason, Status, Urgency, after, highest
from bot.domain.conversation import Conversation, Language, OpenCase
from bot.domain.course import NOTHING_OFFERED, Booking, BookingStatus, Programme
from bot.domain.events import (
    Answered,
    BookingCancelled,
    Button,
    CaseNoted,
    CaseOpened,
    CaseReopened,
    Event,
    OptedIn,
    OptedOut,
    SeatAccepted,
    SeatTaken,
)
from bot.domain.gazetteer import Gazetteer, MunicipalityRow, PlaceRow, PostcodeRow
from bot.domain.link import NOBODY, Family
from bot.domain.loan import NOTHING_LENT, Shelf
from bot.domain.message import Incoming, Kind
from bot.domain.sms_text import prepare
from bot.engine.advance import advance
from bot.engine.world import World
from bot.flows import load_strictly
from nlu.options import find_option
from nlu.understanding import Entity, RankedIntent, Understanding

ROOT = Path(__file__).parents[3]
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Ten in the morning in Sweden; somebody is on duty."""
SATURDAY = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
"""Nobody is on duty until Monday at eight."""

_MUNICIPALITIES = (
    MunicipalityRow("0880", "Kalmar", "Kalmar"),
    MunicipalityRow("0586", "Mjölby", "Östergötland"),
    MunicipalityRow("1384", "Kungsbacka", "Halland"),
    MunicipalityRow("1470", "Vara", "Västra Götaland"),
    MunicipalityRow("2584", "Kiruna", "Norrbotten"),
    MunicipalityRow("1284", "Höganäs", "Skåne"),
    MunicipalityRow("2482", "Skellefteå", "Västerbotten"),
)
_PLACES = (
    PlaceRow("Kalmar", "0880", 56.6616, 16.3616, 41000),
    PlaceRow("Lindsdal", "0880", 56.7333, 16.3, 6000),
    PlaceRow("Mjölby", "0586", 58.3259, 15.1236, 14000),
    PlaceRow("Kungsbacka", "1384", 57.4872, 12.0761, 24000),
    PlaceRow("Vara", "1470", 58.2623, 12.9541, 4000),
    PlaceRow("Kiruna", "2584", 67.8557, 20.2251, 17000),
    PlaceRow("Viken", "1284", 56.1506, 12.5743, 4900),
    PlaceRow("Viken", "2482", 64.7259, 20.9155, 200),
)
_POSTCODES = (
    PostcodeRow("59530", "Mjölby", "0586", 58.3259, 15.1236),
    PostcodeRow("39231", "Kalmar", "0880", 56.6616, 16.3616),
)


@cache
def world() -> World:
    """The shipped flows and texts, the sample municipalities and places, and a small gazetteer."""
    content = load_strictly()
    configuration = load_configuration(ROOT / "config")
    gazetteer = Gazetteer(_POSTCODES, _PLACES, _MUNICIPALITIES)
    return World(
        content.flows, content.texts, configuration.places, gazetteer, configuration.organisation, content.asides
    )


def _found(text: str, name: str, value: str) -> Entity:
    """The entity where its value stands in the text; at nought and nought when it stands there in other words."""
    start = text.find(value)
    return Entity(name, value, start, start + len(value)) if start >= 0 else Entity(name, value, 0, 0)


def understood(
    text: str,
    intent: str | None = None,
    accepted: bool = True,
    entities: Mapping[str, str] | None = None,
    language: str = "sv",
    fits: Iterable[str] = (),
) -> Understanding:
    """`text` as meaning `intent`; nothing that we know when that is None. `fits` are needs that fit about equally, none sure."""
    found = tuple(_found(text, name, value) for name, value in (entities or {}).items())
    if fits:
        names = tuple(fits)
        ranking = tuple(RankedIntent(name, 0.9 / max(len(names), 2)) for name in names)
        return Understanding(text, ranking[0].intent, ranking[0].confidence, False, ranking, found, language)
    first = RankedIntent(intent or "out_of_scope", 0.9 if intent else 0.4)
    return Understanding(text, first.intent, first.confidence, bool(intent) and accepted, (first,), found, language)


@dataclass
class Talk:
    """One person's conversation. `answer` is what was said in the last turn, empty when nothing was."""

    channel: Channel = "sms"
    language: Language = "sv"
    now: datetime = MONDAY
    conversation: Conversation = field(default_factory=Conversation)
    answer: str = ""
    answers: list[str] = field(default_factory=list)
    buttons: tuple[Button, ...] = ()
    events: tuple[Event, ...] = ()
    cases: list[CaseOpened] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    closed_at: datetime | None = None
    programme: Programme = NOTHING_OFFERED
    """What may be booked; chairs are taken and given back as the services do it."""
    shelf: Shelf = NOTHING_LENT
    family: Family = NOBODY
    """Who follows whom; the test changes it, as the services would."""

    def __post_init__(self) -> None:
        self.conversation = self.conversation.with_(language=self.language)

    def says(
        self,
        text: str = "",
        means: str | None = None,
        accepted: bool = True,
        entities: Mapping[str, str] | None = None,
        language: str | None = None,
        fits: Iterable[str] = (),
        also: tuple[str, ...] = (),
        kind: Kind = Kind.TEXT,
        removed: tuple[str, ...] = (),
        carrier_opt: str | None = None,
        at: tuple[float, float] | None = None,
        rule: str | None = None,
    ) -> str:
        """One message comes; returns the answer. `rule` is the danger rule that found it."""
        understanding = understood(text, means, accepted, entities, language or self.conversation.language, fits)
        understanding = replace(understanding, danger_rule=rule) if rule else understanding
        labels = self.conversation.question.labels if self.conversation.question else ()
        if option := find_option(text, labels):
            understanding = Understanding(
                text, understanding.intent, understanding.confidence, understanding.accepted, understanding.ranking,
                (*understanding.entities, option), understanding.language,
            )  # fmt: skip
        incoming = Incoming(text, self.channel, kind, removed, carrier_opt, *(at or (None, None)))
        turn = advance(
            self.conversation, incoming, understanding, world(), self.now, also, self.programme, self.shelf, self.family
        )
        self._take(turn.conversation, turn.events)
        return self.answer

    def presses(self, label: str) -> str:
        """A button of the last answer is pressed."""
        button = next(b for b in self.buttons if b.label == label)
        return self.says(button.says)

    def fork(self) -> Talk:
        """The same conversation, to be gone on with in another way."""
        return replace(self, answers=[*self.answers], cases=[*self.cases], notes=[*self.notes])

    def pass_(self, **time: float) -> None:
        """Time passes."""
        self.now += timedelta(**time)
        self._save(self.case)

    def handledare(self, event: str, name: str = "Karin") -> None:
        """A handledare does something with the open case: claim, reply, release, resolve."""
        case = self.conversation.case
        assert case is not None, "no case is open"
        status = after(case.status, event)
        if status == Status.RESOLVED:
            self.closed_at = self.now
            self._save(None)
        else:
            self._save(OpenCase(status, case.urgency, case.reasons, name if status != Status.WAITING else None))

    @property
    def segments(self) -> int:
        """What the last answer costs as SMS; 0 when there was none."""
        return prepare(self.answer).segments if self.answer else 0

    @property
    def case(self) -> OpenCase | None:
        """The open case."""
        return self.conversation.case

    @property
    def reasons(self) -> list[Reason]:
        """Why cases were opened, in order."""
        return [case.reason for case in self.cases]

    @property
    def step(self) -> tuple[str, str] | None:
        """Flow and step that the resident is at."""
        position = self.conversation.position
        return (position.flow, position.step) if position else None

    def opened(self, reason: Reason) -> CaseOpened:
        """The newest opening for `reason`."""
        return next(case for case in reversed(self.cases) if case.reason == reason)

    def _take(self, conversation: Conversation, events: tuple[Event, ...]) -> None:
        answered = [event for event in events if isinstance(event, Answered)]
        assert len(answered) <= 1, "more than one answer in a turn"
        self.events = events
        self.answer = answered[0].text if answered else ""
        self.buttons = answered[0].buttons if answered else ()
        if answered:
            self.answers.append(self.answer)
        case = self.conversation.case
        for event in events:
            match event:
                case CaseOpened():
                    self.cases.append(event)
                    case = _opened(case, event)
                case CaseNoted() if event.link_id is None:
                    self.notes.append(event.text)
                case CaseReopened():
                    case = OpenCase(Status.WAITING, Urgency.NORMAL, (Reason.STUCK,))
                case OptedOut():
                    assert conversation.opted_out
                case OptedIn():
                    assert not conversation.opted_out
                case SeatTaken() | BookingCancelled() if event.link_id is not None:
                    pass  # the elder's
                case SeatTaken() | SeatAccepted() | BookingCancelled():
                    self.programme = booked_by(self.programme, event)
        self.conversation = conversation
        if case:
            case = OpenCase(after(case.status, "resident_wrote"), case.urgency, case.reasons, case.handledare)
        self._save(case)

    def _save(self, case: OpenCase | None) -> None:
        """Through JSON, as between two turns; the case is read from the case itself."""
        saved = json.loads(json.dumps(self.conversation.to_json()))
        closed = case is None and self.closed_at is not None and self.now - self.closed_at <= timedelta(days=14)
        self.conversation = Conversation.from_json(saved, case, closed)


def booked_by(programme: Programme, event: SeatTaken | SeatAccepted | BookingCancelled) -> Programme:
    """As the store does it: a chair or a place in the queue, by the rules of services/book_course."""
    bookings = programme.bookings
    match event:
        case SeatTaken():
            course = programme.course(event.course_id)
            assert course is not None and course.needs_booking, "what cannot be booked was booked"
            assert event.waits == course.is_full, "a chair that is not there, or a queue beside a chair"
            assert programme.booked(course.id, event.for_whom) is None, "the same person has two chairs"
            status = BookingStatus.WAITLISTED if event.waits else BookingStatus.BOOKED
            number = max((booking.id for booking in bookings), default=0) + 1
            bookings = (*bookings, Booking(number, course, status, event.for_whom))
        case SeatAccepted():
            held = programme.booking(event.booking_id)
            assert held is not None and held.offered_until is not None, "no seat is held"
            bookings = tuple(
                replace(b, status=BookingStatus.BOOKED, offered_until=None) if b == held else b for b in bookings
            )
        case BookingCancelled():
            assert programme.booking(event.booking_id) is not None, "it was given back before"
            bookings = tuple(booking for booking in bookings if booking.id != event.booking_id)
    return replace(programme, bookings=bookings)


def _opened(case: OpenCase | None, event: CaseOpened) -> OpenCase:
    """As the store does it: one open case, the reason added, the urgency never lower."""
    if case is None:
        return OpenCase(Status.WAITING, event.urgency, (event.reason,))
    reasons = tuple(dict.fromkeys((*case.reasons, event.reason)))
    return OpenCase(case.status, highest((case.urgency, event.urgency)), reasons, case.handledare)
