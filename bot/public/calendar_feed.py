"""Programmes as iCalendar (RFC 5545), for a calendar to subscribe to. No resident is in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, Timezone, vDuration

from bot.domain.conversation import Language
from bot.public import times
from bot.public.contact import Contact
from bot.public.leaflet import about_of, course_details, place_line, title_of
from bot.public.words import word
from bot.services.read_program import Meeting, OwnGroup, PublicCourse

LOOK_AGAIN = timedelta(hours=1)

# The rule of the European Union since 1996 (directive 2000/84/EC): it holds for every time a programme can have.
_STOCKHOLM = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def public_feed(name: str, courses: Iterable[PublicCourse], contact: Contact, language: Language, url: str) -> bytes:
    """The courses of a municipality or a place. `url` is the page that tells of them; its host is part of every event's id."""
    calendar = _calendar(name)
    for course in courses:
        lines = [about_of(course, language), *course_details(course, language)]
        if not course.needs_booking:
            lines.insert(0, word("drop_in", language))
        elif contact.number:
            lines.append(word("feed.book", language, number=contact.shown))
        for meeting in course.meetings:
            event = _event(course, meeting, lines, language, url)
            event.add("transp", "TRANSPARENT")  # a programme is no appointment of the reader's
            event.add("url", url)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def own_feed(name: str, groups: Iterable[OwnGroup], language: Language, url: str) -> bytes:
    """A handledare's own groups and coaching times, with how many come."""
    calendar = _calendar(name)
    for group in groups:
        course = group.course
        lines = [word(f"kind.{course.kind}", language)]
        if course.needs_booking:
            lines.append(word("feed.numbers", language, booked=group.booked, seats=course.seats, waiting=group.waiting))
        if group.helps:
            lines.append(word("feed.helps", language))
        for meeting in course.meetings:
            calendar.add_component(_event(course, meeting, lines, language, url))
    return bytes(calendar.to_ical())


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Lotsen//Lotsen//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)  # RFC 7986; the next two are read by older calendars
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Stockholm")
    calendar.add("refresh-interval", vDuration(LOOK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))
    calendar.add_component(Timezone.from_ical(_STOCKHOLM))
    return calendar


def _event(course: PublicCourse, meeting: Meeting, lines: Iterable[str], language: Language, url: str) -> Event:
    """One meeting. Its id never changes, so that a calendar moves or strikes it instead of showing it twice."""
    title = title_of(course, language)
    event = Event()
    event.add("uid", f"meeting-{meeting.id}@{urlsplit(url).hostname or 'lotsen'}")
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("sequence", course.version)
    event.add("dtstart", times.local(meeting.starts_at))
    event.add("dtend", times.local(meeting.ends_at))
    event.add("summary", word("feed.called_off", language, title=title) if course.called_off else title)
    event.add("location", place_line(course.place, language))
    event.add("description", "\n".join(line for line in lines if line))
    event.add("status", "CANCELLED" if course.called_off else "CONFIRMED")
    return event
