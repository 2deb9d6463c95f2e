"""A municipality's programme as words in one language: what the page, the print and the PDF all show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.conversation import Language
from bot.domain.door_hours import Week, door_hours
from bot.domain.opening_hours import DayHours
from bot.domain.place import Place
from bot.public import times
from bot.public.contact import Contact
from bot.public.words import word, word_or
from bot.services.read_program import Program, PublicCourse


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time to come. `machine` is for a <time> element. `seats` is empty when it is told for all times together."""

    text: str
    machine: str
    seats: str = ""
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class CourseEntry:
    """One course with all its times. `rhythm` says when in short; `seats` what holds for every time of it, which may be nothing.

    `always` is true when `seats` stays true for as long as the poster hangs: a drop-in needs no booking.
    """

    kind: str
    title: str
    rhythm: str
    occasions: tuple[Occasion, ...]
    seats: str
    is_full: bool
    always: bool
    place: str
    about: str
    details: tuple[str, ...]
    """For whom, in which language, what to bring, what it costs."""

    @property
    def soonest(self) -> str:
        return self.occasions[0].machine


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place. `staffed` and `unstaffed` are pairs of days and hours; `different` are dates that are otherwise, or a mobile unit's stops."""

    id: str
    name: str
    kind: str
    where: str
    directions: str
    staffed: tuple[tuple[str, str], ...]
    unstaffed: tuple[tuple[str, str], ...]
    different: tuple[tuple[str, str], ...]
    is_mobile: bool
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaflet:
    """Everything on the page, as words. Two that are equal make the same poster."""

    municipality: str
    name: str
    language: Language
    day: str
    url: str
    contact: Contact
    courses: tuple[CourseEntry, ...]
    places: tuple[PlaceEntry, ...]
    is_sample: bool

    def w(self, key: str, /, **values: object) -> str:
        return word(key, self.language, **values)


def make_leaflet(program: Program, contact: Contact, language: Language, url: str) -> Leaflet:
    """The programme in words. `url` is the page's own address."""
    today = times.local(program.now).date()
    return Leaflet(
        municipality=program.municipality.id,
        name=program.municipality.name,
        language=language,
        day=times.full_date(today, language),
        url=url,
        contact=contact,
        courses=tuple(_entry(series, today, language) for series in _series(program.courses)),
        places=tuple(_place(place, today, language) for place in program.places),
        is_sample=program.is_sample,
    )


def course_details(course: PublicCourse, language: Language) -> tuple[str, ...]:
    """For whom, in which language when it is another one, what to bring, what it costs."""
    found = [word_or(f"level.{course.level}", language, "")] if course.needs_booking else []
    if course.language != language:
        found.append(
            word("in_language", language, language=word_or(f"language.{course.language}", language, course.language))
        )
    found += [_in(course.bring, language), _in(course.cost, language)]
    return tuple(text for text in found if text)


def title_of(course: PublicCourse, language: Language) -> str:
    return _in(course.title, language)


def about_of(course: PublicCourse, language: Language) -> str:
    return _in(course.about, language)


def place_line(place: Place | None, language: Language) -> str:
    """Name, street and town, each once."""
    if place is None:
        return word("no_place", language)
    parts = [place.name]
    parts += [part for part in (place.address, place.town) if part and part.casefold() not in place.name.casefold()]
    return ", ".join(parts)


def _in(both: Mapping[str, str], language: Language) -> str:
    """In that language, else in Swedish; empty when nothing was written."""
    return both.get(language) or both.get("sv") or ""


def _series(courses: Sequence[PublicCourse]) -> list[list[PublicCourse]]:
    """Courses that are the same thing at the same hour of the week stand together; a group of several meetings stands alone."""
    together: dict[object, list[PublicCourse]] = {}
    for course in courses:
        start, end = times.local(course.meetings[0].starts_at), times.local(course.meetings[0].ends_at)
        place = course.place.id if course.place else None
        same = (
            course.kind,
            tuple(sorted(course.title.items())),
            place,
            course.level,
            course.language,
            start.weekday(),
            start.time(),
            end.time(),
        )
        together.setdefault(same if course.meetings_in_all == 1 else course.id, []).append(course)
    return list(together.values())


def _entry(series: list[PublicCourse], today: date, language: Language) -> CourseEntry:
    first = series[0]
    weekly = first.meetings_in_all == 1
    meetings = [(course, meeting) for course in series for meeting in course.meetings]
    hours = times.span(meetings[0][1].starts_at, meetings[0][1].ends_at, language)
    day = times.local(meetings[0][1].starts_at).date()
    if len(meetings) == 1 and weekly:
        rhythm = f"{_capital(times.day_in_words(day, today, language))}, {hours}"
    elif weekly:
        rhythm = f"{times.every(day.weekday(), language)} {hours}"
    elif len(meetings) < first.meetings_in_all:
        rhythm = word("meetings_left", language, left=len(meetings), n=first.meetings_in_all)
    else:
        rhythm = word("meetings", language, n=len(meetings))
    told_alone = weekly and len(meetings) > 1 and first.needs_booking
    occasions = []
    for course, meeting in meetings:
        on = times.local(meeting.starts_at).date()
        text = times.date_in_words(on, today, language)
        if not weekly:
            text = (
                f"{times.day_in_words(on, today, language)}, {times.span(meeting.starts_at, meeting.ends_at, language)}"
            )
        machine = times.local(meeting.starts_at).isoformat(timespec="minutes")
        occasions.append(
            Occasion(text, machine, _seats(course, language) if told_alone else "", told_alone and course.is_full)
        )
    return CourseEntry(
        kind=word(f"kind.{first.kind}", language),
        title=title_of(first, language),
        rhythm=rhythm,
        occasions=tuple(occasions),
        seats="" if told_alone else _seats(first, language),
        is_full=not told_alone and first.is_full,
        always=not first.needs_booking,
        place=place_line(first.place, language),
        about=about_of(first, language),
        details=course_details(first, language),
    )


def _seats(course: PublicCourse, language: Language) -> str:
    if not course.needs_booking:
        return word("drop_in", language)
    if course.is_full:
        return word("full", language)
    return word("seats.one", language) if course.open_seats == 1 else word("seats.many", language, n=course.open_seats)


def _place(place: Place, today: date, language: Language) -> PlaceEntry:
    door = door_hours(place.hours, today, place.valid_to)
    access = [word_or(f"access.{one}", language, one) for one in place.access]
    spoken = [word_or(f"language.{one}", language, one) for one in place.languages]
    details = [word("speaks", language, languages=", ".join(spoken))] if len(spoken) > 1 else []
    details += [word("access", language, access=", ".join(access))] if access else []
    line = ", ".join(
        part for part in (place.address, place.town) if part and part.casefold() not in place.name.casefold()
    )
    return PlaceEntry(
        id=place.id,
        name=place.name,
        kind=word(f"place.{place.kind}", language),
        where=line,
        directions=_in(place.directions, language),
        staffed=_week(door.staffed, language),
        unstaffed=_week(door.unstaffed, language),
        different=tuple(
            (times.day_in_words(day, today, language), _that_day(hours, language)) for day, hours in door.different
        ),
        is_mobile=not door.staffed and not door.unstaffed,
        details=tuple(details),
    )


def _week(week: Week, language: Language) -> tuple[tuple[str, str], ...]:
    return tuple(
        (times.weekdays(first, last, language), times.intervals(hours, language)) for first, last, hours in week
    )


def _that_day(hours: DayHours, language: Language) -> str:
    staffed, unstaffed = times.intervals(hours.staffed, language), times.intervals(hours.unstaffed, language)
    alone = f"{word('unstaffed', language).lower()} {unstaffed}" if unstaffed else ""
    return ", ".join(part for part in (staffed, alone) if part) or word("closed", language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
