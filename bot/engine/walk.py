"""One turn in the making: what has been said so far, what happened, and the conversation as it will be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.case import Reason, Status, Urgency, highest
from bot.domain.conversation import Conversation, Language, OpenCase, Position
from bot.domain.course import NOTHING_OFFERED, Programme
from bot.domain.duty import Team
from bot.domain.events import Answered, Button, CaseOpened, Event, Priority
from bot.domain.keywords import Keyword, keyword
from bot.domain.link import NOBODY, Family
from bot.domain.loan import NOTHING_LENT, Shelf
from bot.domain.message import Incoming, Kind
from bot.engine import limits
from bot.engine.duty_words import when_answered
from bot.engine.fit import fitted
from bot.engine.flow import Bilingual, Flow
from bot.engine.summary import summary
from bot.engine.world import World
from nlu.understanding import Understanding


@dataclass(slots=True)
class Walk:
    """Mutable on purpose, and lives for one turn only.

    `introduction` is said before everything else, or last when `introduction_last`. `began` is where the resident was when the turn began.
    """

    conversation: Conversation
    incoming: Incoming
    understanding: Understanding
    world: World
    now: datetime
    programme: Programme = NOTHING_OFFERED
    shelf: Shelf = NOTHING_LENT
    family: Family = NOBODY
    parts: list[str] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    priority: Priority = Priority.ANSWER
    introduction: str = ""
    introduction_last: bool = False
    closing: Callable[[str, list[str], dict[str, str], int], str] | None = None
    """Adds to a first answer what its channel must be told, within the same cost."""
    case_opened: bool = False
    _shorter: dict[str, str] = field(default_factory=dict)
    began: Position | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.began = self.conversation.position

    @property
    def word(self) -> Keyword | None:
        """The keyword that the message consists of. An edited message is none: it must not move anything."""
        return keyword(self.incoming.text) if self.incoming.kind in (Kind.TEXT, Kind.PHOTO) else None

    def means(self, *intents: str) -> bool:
        """Whether the message, no keyword, is understood for sure as one of these."""
        return self.word is None and self.understanding.accepted and self.understanding.intent in intents

    @property
    def language(self) -> Language:
        return self.conversation.language

    def set(self, **changes: Any) -> None:
        """Changes the conversation."""
        self.conversation = self.conversation.with_(**changes)

    def say(self, key: str, **values: str) -> None:
        """Adds a text of texts.yml to the answer."""
        self.parts.append(self.fill(self.world.texts.get(key, self.language, **values)))

    def say_text(self, text: Bilingual, **values: str) -> None:
        """Adds a flow's text to the answer, local facts filled in."""
        self.parts.append(self.fill(text.in_(self.language), **values))

    def may_give_way(self, *to: str) -> None:
        """The part said last may be replaced by the first of `to`, that by the next; with none it may be left out. Only when the answer costs too much."""
        part = self.parts[-1]
        for shorter in to or ("",):
            self._shorter[part] = shorter
            part = shorter

    def fill(self, text: str, **values: str) -> str:
        """`text` with {placeholders} filled in from `values`, the municipality's facts, or the general words."""
        municipality = self.world.organisation.municipality(self.conversation.municipality)
        facts = municipality.facts.get(self.language, {}) if municipality else {}
        for name in ("kontaktcenter", "bibliotek"):
            if "{" + name + "}" in text:
                text = text.replace("{" + name + "}", facts.get(name) or self.world.texts.get(name, self.language))
        if "{when}" in text:
            text = text.replace("{when}", self.when_answered())
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text

    @property
    def on_duty(self) -> bool:
        """Whether somebody answers right now."""
        return self._team.on_duty(self.now)

    def when_answered(self) -> str:
        """When a person answers, as words that end a sentence: "så snart någon är ledig", "måndag från klockan 9"."""
        return when_answered(self._team, self.now, self.world.texts, self.language)

    @property
    def _team(self) -> Team:
        case = self.conversation.case
        if case and case.home[0]:
            return self.world.organisation.team(*case.home)
        return self.world.organisation.team(self.conversation.municipality, self.conversation.unit)

    def offer(self, label: str, says: str) -> None:
        """Adds a button, once."""
        button = Button(label, says)
        if button not in self.buttons:
            self.buttons.append(button)

    def title(self, flow: Flow) -> str:
        return flow.title.in_(self.language)

    def open_case(self, reason: Reason, urgency: Urgency, topic: str | None, silent: bool = False) -> None:
        """Hands over to a person. The guide that was open gives the topic when none is named."""
        position = self._guide_position()
        topic = topic or (position.flow if position else None)
        self.events.append(CaseOpened(reason, urgency, topic, self._summary(topic), silent))
        case = self.conversation.case
        reasons = tuple(dict.fromkeys((*(case.reasons if case else ()), reason)))
        self.set(
            case=OpenCase(
                case.status if case else Status.WAITING,
                highest((urgency, case.urgency if case else Urgency.NORMAL)),
                reasons,
                case.handledare if case else None,
                case.works_at if case else (None, None),
                case.home if case else (None, None),
            )
        )
        self.case_opened = True

    def finish(self) -> None:
        """Turns what was said into the one answer of this turn, within what it may cost."""
        if not self.parts:
            return
        parts = [*self.parts, self.introduction] if self.introduction_last else [self.introduction, *self.parts]
        most = limits.FIRST_SEGMENTS if self.introduction else limits.LATER_SEGMENTS
        answer = fitted(parts, self._shorter, most)
        if self.closing:
            answer = self.closing(answer, parts, self._shorter, most)
        self.events.append(Answered(answer, tuple(self.buttons), self.priority))

    def said(self) -> str:
        """The answer without its introduction, to be said again."""
        return fitted(self.parts, self._shorter, limits.LATER_SEGMENTS)

    def _guide_position(self) -> Position | None:
        """Where in a guide the resident is, or was when the turn began, or was a moment ago before they asked for a place; a page is no guide."""
        for position in (self.conversation.position, self.began, self._just_left()):
            flow = self.world.flows.get(position.flow) if position else None
            if flow and flow.kind == "guide":
                return position
        return None

    def told(self) -> str:
        """What the resident has told in this sitting, in their own words: this message, or the last one that said more than MÄNNISKA or JA."""
        text = self.incoming.text.strip()
        if self.word is None and len(text.split()) >= limits.TELLING_WORDS:
            return text[: limits.SAID_KEPT]
        return self.conversation.told if self._same_sitting() else ""

    def _same_sitting(self) -> bool:
        heard = self.conversation.heard_at
        return heard is not None and self.now - heard <= limits.SAME_SITTING

    def _just_left(self) -> Position | None:
        paused = self.conversation.paused
        return paused[-1] if paused and self._same_sitting() else None

    def _summary(self, topic: str | None) -> str:
        named = self.world.flows.get(topic or "")
        position = self._guide_position()
        flow = self.world.flows[position.flow] if position else None
        need = named.title.sv if named else topic or ""
        return summary(
            need, flow, position, self.understanding, self.conversation.near, self.told() or self.incoming.text
        )
