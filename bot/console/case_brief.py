"""What a handledare must know of a case before they write a word, as a short list: read in five seconds, on a phone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.console.teller import Teller
from bot.domain.case import Status
from bot.domain.conversation import Position
from bot.domain.course import Booking, BookingStatus
from bot.domain.link import LinkStatus
from bot.domain.secrets import mask
from bot.engine import route
from bot.engine.flow import Flow
from bot.services.read_cases import CasePage
from bot.services.read_links import CaseLinks

_TOLD = "Skrev: "
"""What stands before the resident's own words in the engine's summaries."""
NO_LINKS = CaseLinks()
_NAMED_IN_SWEDISH = ("relation", "device")
"""What the interpreter names in Swedish, whatever the page's language."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line. `lang` is set when `text` is in that language whatever the page's is."""

    key: str
    text: str
    lang: str = ""


def own_words(summary: str) -> str:
    """What the person wrote, without the quotation marks; all of a summary that no machine made."""
    _, told, words = mask(summary).text.partition(_TOLD)
    return words.strip().strip('"') if told else mask(summary).text


def is_quoted(summary: str) -> bool:
    """Whether the summary holds the person's own words, and more besides."""
    return _TOLD in summary


def brief(t: Teller, page: CasePage, links: CaseLinks = NO_LINKS) -> list[Fact]:
    """The facts that are known; of a closed case only what still holds."""
    known = page.conversation.known if page.conversation else {}
    found = [*_guide(t, page)] if page.case.status != Status.RESOLVED else []
    found += [
        Fact(f"brief.{name}", known[name], "sv" if name in _NAMED_IN_SWEDISH else "")
        for name in ("relation", "device", "bank")
        if known.get(name)
    ]
    if page.conversation and page.conversation.near:
        found.append(Fact("brief.near", page.conversation.near, "sv"))
    followers = [link.relative_name for link in links.helpers if link.status == LinkStatus.ACTIVE]
    if followers:
        found.append(Fact("brief.followed", ", ".join(followers)))
    found.append(Fact("brief.language", t.language_name(page.case.language)))
    found += [
        Fact("brief.booked", _booked(t, booking, links.by_booking.get(booking.id, ""))) for booking in page.booked
    ]
    return found


def _guide(t: Teller, page: CasePage) -> list[Fact]:
    position = page.position
    flow = t.world.flows.get(position.flow) if position else None
    if flow is None or position is None or flow.kind != "guide":
        return []
    return [Fact("brief.at", t.place_in_guide(position)), Fact("brief.tried", _tried(t, flow, position))]


def _tried(t: Teller, flow: Flow, position: Position) -> str:
    at, _ = route.number(flow, position)
    parts = [t.w("brief.steps", n=at - 1) if at > 2 else t.w("brief.step") if at == 2 else t.w("brief.no_step")]
    for step_id, option_id, shown in position.trail:
        question = flow.step(step_id) if shown else None
        label = (
            next((option.label for option in question.options if option.id == option_id), None) if question else None
        )
        if label:
            parts.append(t.w("brief.chose", option=label.in_(t.language)))
    if position.stuck:
        parts.append(t.w("brief.stuck_once") if position.stuck == 1 else t.w("brief.stuck", n=position.stuck))
    said = ", ".join(parts)
    return said[0].upper() + said[1:]


def _booked(t: Teller, booking: Booking, relative: str = "") -> str:
    course = booking.course
    place = next((place.name for place in t.world.places if place.id == course.place), course.place)
    said = f"{course.title_in(t.language)}, {t.coming(course.starts_at)}, {place}"
    if relative:
        said = t.w("links.booked_by", course=said, name=relative)
    return said if booking.status == BookingStatus.BOOKED else t.w("brief.queued", course=said)
