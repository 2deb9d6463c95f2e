"""Says what a page has to say of a case in one language: titles instead of names of flows, words instead of states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot.console import times
from bot.console.words import Language, has, word
from bot.domain.address import Address, AddressError
from bot.domain.case import Status
from bot.domain.conversation import Position
from bot.domain.delivery import Delivery
from bot.domain.opening_hours import STOCKHOLM
from bot.domain.secrets import mask
from bot.engine import route
from bot.engine.world import World
from bot.services.read_cases import Done, Noted, Said
from bot.services.read_queue import CaseLine
from bot.store.held_replies import UNDONE

LONGEST_LINE = 150
"""Characters of a summary in the queue: two lines on a phone's card."""
_NEED, _TOLD = "Behov:", "Skrev: "
_ADDED = re.compile(r"Ny anledning: (\w+)\.")  # as bot/store/cases.py notes it
"""How the engine's summaries begin, and what stands before the resident's own words."""
_WORST_FIRST = (
    Delivery.FAILED,
    Delivery.UNDELIVERED,
    Delivery.CANCELLED,
    Delivery.DOUBTFUL,
    Delivery.QUEUED,
    Delivery.SENDING,
    Delivery.SENT,
    Delivery.DELIVERED,
)
"""A message in several parts has come as far as the part that has come least far."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Pages call it `t`. `now` is business time."""

    language: Language
    world: World
    now: datetime

    def w(self, key: str, /, **values: object) -> str:
        return word(key, self.language, **values)

    def duration(self, since: datetime) -> str:
        return times.duration(self.now - since, self.language)

    def moment(self, at: datetime) -> str:
        return times.moment(at, self.now, self.language)

    def coming(self, at: datetime) -> str:
        """When something will be: "i morgon, tisdag 24 nov 14.00"."""
        local = at.astimezone(STOCKHOLM)
        clock = f"{local.hour}.{local.minute:02}" if self.language == "sv" else f"{local.hour}:{local.minute:02}"
        return f"{times.coming_day(local.date(), self.now, self.language)} {clock}"

    def machine(self, at: datetime) -> str:
        return times.machine(at)

    def topic(self, case: CaseLine) -> str:
        """The title of the case's topic."""
        return self.topic_title(case.topic or "")

    def topic_title(self, name: str) -> str:
        """The title of a flow, or of the one that an intent leads to."""
        flow = self.world.flows.get(name) or self.world.flow_of(name)
        return flow.title.in_(self.language) if flow else self.w("queue.no_topic")

    def reasons(self, case: CaseLine) -> str:
        return ", ".join(self.w(f"reason.{reason}") for reason in case.reasons)

    def one_line(self, case: CaseLine) -> str:
        """The summary, masked once more: the resident's own words first, without the topic, cut between words."""
        return _line_of(case.summary)

    def municipality(self, name: str | None) -> str:
        found = self.world.organisation.municipality(name) if name else None
        return found.name if found else name or self.w("queue.no_municipality")

    def unit(self, municipality: str | None, unit: str | None) -> str:
        """A unit's name; empty for a case of no unit."""
        found = self.world.organisation.municipality(municipality) if municipality else None
        return next((one.name for one in found.units if one.id == unit), "") if found else ""

    def channel(self, name: str) -> str:
        return self.w(f"channel.{name}") if has(f"channel.{name}") else name

    def language_name(self, code: str) -> str:
        return self.w(f"language.{code}") if has(f"language.{code}") else code

    def waited(self, case: CaseLine) -> str:
        """How long somebody has waited for us, or that it is not our turn."""
        if case.status == Status.RESOLVED:
            return self.w("time.resolved", time=self.moment(case.resolved_at or case.opened_at))
        if case.status == Status.ANSWERED:
            return self.w("time.answered")
        return self.w("time.waits", time=self.duration(case.waiting_since or case.opened_at))

    def author(self, said: Said) -> str:
        if said.author == "handledare":
            return self.w("author.handledare", name=said.name) if said.name else self.w("author.somebody")
        return self.w(f"author.{said.author}")

    def writer(self, author: str) -> str:
        """Who wrote a message, when it is not told which handledare."""
        return self.w("author.somebody") if author == "handledare" else self.w(f"author.{author}")

    def text_of(self, said: Said) -> str:
        """What was written, or in words what came instead."""
        if said.text.strip():
            return said.text
        return self.w(f"kind.{said.kind}") if has(f"kind.{said.kind}") else self.w("kind.other")

    def noted(self, noted: Noted) -> str:
        """What was noted; a reason that was added to the case in words."""
        if noted.kind != "event" or not (added := _ADDED.match(noted.text)) or not has(f"reason.{added[1]}"):
            return noted.text
        return self.w("note.reason", reason=self.w(f"reason.{added[1]}")) + noted.text[added.end() :]

    def arrived(self, said: Said) -> bool:
        """Whether nothing is known to have failed."""
        return not any(state in (Delivery.FAILED, Delivery.UNDELIVERED) for state, _ in said.parts)

    def undone(self, said: Said) -> bool:
        """Whether its writer took it back before it was sent."""
        return any(error == UNDONE for _, error in said.parts)

    def delivery(self, said: Said) -> str:
        """How far the message has come; empty for one that is not sent by us."""
        if not said.parts:
            return ""
        state, error = min(said.parts, key=lambda part: _WORST_FIRST.index(part[0]))
        if self.undone(said):
            return self.w("undo.never_sent")
        return self.w(f"delivery.{state}", why=self.why(error))

    def why(self, error: str | None) -> str:
        """A provider's error in words, when it begins with a number that is known."""
        code = (error or "").split(" ", 1)[0].strip(":,")
        if has(f"fault.{code}"):
            return self.w(f"fault.{code}")
        return self.w("fault.unknown", error=error) if error else self.w("fault.none")

    def done(self, done: Done) -> str:
        name = done.name or self.w("author.somebody")
        how = self.w(f"came.{done.detail}") if has(f"came.{done.detail}") else ""
        return self.w(f"done.{done.act}", name=name, outcome=self.outcome(done.detail), how=how)

    def outcome(self, name: str | None) -> str:
        return self.w(f"outcome.{name}") if has(f"outcome.{name}") else name or ""

    def place_in_guide(self, position: Position | None) -> str:
        """The open guide and step; empty when none is open."""
        flow = self.world.flows.get(position.flow) if position else None
        if flow is None or position is None or flow.kind != "guide":
            return ""
        at, of = route.number(flow, position)
        return self.w("case.position_at", title=flow.title.in_(self.language), at=at, of=of)

    def whose(self, case: CaseLine) -> str:
        """The name that was given, and the last digits of the number: enough to know somebody by, too little to phone."""
        number = self.phone(case.address)
        ends = self.w("queue.number_ends", digits=number[-2:]) if number else ""
        text = ", ".join(filter(None, (case.person_name, ends)))
        return text[:1].upper() + text[1:]

    def phone(self, address: str | None) -> str:
        """A number as people write it (070-174 06 05); empty for an address that cannot be phoned."""
        try:
            found = Address(address or "")
        except AddressError:
            return ""
        if found.channel != "sms":
            return ""
        digits = found.text.removeprefix("+46")
        if digits == found.text or len(digits) != 9 or not digits.startswith("7"):
            return found.text
        return f"0{digits[:2]}-{digits[2:5]} {digits[5:7]} {digits[7:]}"


@lru_cache(maxsize=2048)
def _line_of(summary: str) -> str:
    """Kept, since masking takes half a millisecond and a queue shows the same fifty lines again and again."""
    text = " ".join(mask(summary).text.split())
    rest, told, words = text.partition(_TOLD)
    if rest.startswith(_NEED):
        rest = rest.partition(". ")[2]
    text = f"{words} {rest}".strip() if told else rest or text
    return text if len(text) <= LONGEST_LINE else text[:LONGEST_LINE].rsplit(" ", 1)[0] + " ..."
