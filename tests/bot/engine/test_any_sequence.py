"""Whatever is written, in whatever order, with days passing and people taking and leaving the case: the promises hold."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.case import Status
from bot.domain.conversation import Conversation
from bot.domain.keywords import keyword, wish
from bot.domain.message import Kind
from bot.domain.secrets import CARD, CODE, PASSWORD, PERSONNUMMER
from bot.domain.sms_text import unusual
from bot.engine import limits
from bot.flows import load_strictly
from nlu.labels import DIALOGUE, KNOWN, SAFETY
from tests.bot.engine.talk import SATURDAY, Talk, world

_COMMON = "STOPP START STARTA MÄNNISKA MENY KLART TILLBAKA IGEN FASTNAT AVBRYT FORTSÄTT ENGLISH SVENSKA ÖNSKA INTEGRITET JA NEJ 1 2 3 4 9 ettan"
KEYWORDS = st.sampled_from(
    [*_COMMON.split(), "ÖNSKA fler kurser", "ANHÖRIG STOPP", "GLÖM MIG", "den andra", "nummer 2 tack"]
)
GUIDES = sorted(name for name, flow in world().flows.items() if flow.kind == "guide")
_WORDS = sorted(
    {w.replace("*", "") for f in world().flows.values() for s in f.every_step() for o in s.options for w in o.words}
    | {"fungerar inte", "vad kostar det", "fel"}
)
TEXTS = st.one_of(st.sampled_from(_WORDS), st.text(max_size=60), KEYWORDS)
ENTITIES = st.fixed_dictionaries(
    {},
    optional={
        "place": st.sampled_from(["Kalmar", "Viken", "Kiruna", "Vara"]),
        "place_unknown": st.text(min_size=1, max_size=50),
        "postcode": st.sampled_from(["59530", "39299", "00000"]),
        "time": st.just("10:00"),
        "fraud_stage": st.sampled_from(["attempt", "loss", "now", "unsure"]),
        "emergency_kind": st.sampled_from(["life", "suicide", "violence", "fire", "poison", "missing", "other"]),
    },
)
LANGUAGES = st.sampled_from(["sv", "sv", "sv", "en", "und", "ar"])
SECRETS = st.one_of(
    st.just(()), st.lists(st.sampled_from([PERSONNUMMER, CARD, CODE, PASSWORD]), unique=True, max_size=4).map(tuple)
)
LET_THROUGH = {"human", "callback", "case_status", "privacy", "change_language", "stop"} | SAFETY
"""Needs that are answered even while a person has the case."""


class AnySequence(RuleBasedStateMachine):
    @initialize(channel=st.sampled_from(["sms", "telegram"]), weekend=st.booleans())
    def begin(self, channel: str, weekend: bool) -> None:
        self.talk = Talk(channel, now=SATURDAY) if weekend else Talk(channel)  # type: ignore[arg-type]
        self.told: dict[str, object] = {}
        self.before = self.talk.conversation

    def _says(self, text: str = "", **more: object) -> None:
        self.before = self.talk.conversation
        self.told = {"text": text, **more}
        self.talk.says(text, **more)  # type: ignore[arg-type]

    @rule(text=KEYWORDS, kind=st.sampled_from([Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.PHOTO, Kind.EDIT]))
    def sends_a_keyword(self, text: str, kind: Kind) -> None:
        self._says(text, kind=kind)

    @rule(
        text=TEXTS, means=st.sampled_from(sorted(KNOWN)), accepted=st.booleans(), entities=ENTITIES, language=LANGUAGES, removed=SECRETS,
        also=st.lists(st.sampled_from(GUIDES), max_size=2, unique=True).map(tuple),
    )  # fmt: skip
    def is_understood(
        self,
        text: str,
        means: str,
        accepted: bool,
        entities: dict[str, str],
        language: str,
        removed: tuple[str, ...],
        also: tuple[str, ...],
    ) -> None:
        self._says(
            text, means=means, accepted=accepted, entities=entities, language=language, removed=removed, also=also
        )

    @rule(means=st.sampled_from([*GUIDES, *DIALOGUE]), text=st.sampled_from(_WORDS))
    def follows_a_guide(self, means: str, text: str) -> None:
        self._says(text, means=means)

    @rule(
        text=TEXTS,
        fits=st.lists(
            st.sampled_from([*GUIDES, "human", "find_place", "pension"]), min_size=1, max_size=3, unique=True
        ),
    )
    def fits_several(self, text: str, fits: list[str]) -> None:
        self._says(text, fits=fits)

    @rule(text=TEXTS, entities=ENTITIES, removed=SECRETS)
    def is_not_understood(self, text: str, entities: dict[str, str], removed: tuple[str, ...]) -> None:
        self._says(text, entities=entities, removed=removed)

    @rule(kind=st.sampled_from(list(Kind)))
    def sends_something_else(self, kind: Kind) -> None:
        self._says(kind=kind, at=(56.66, 16.36) if kind == Kind.LOCATION else None)

    @precondition(lambda self: self.talk.buttons)
    @rule(data=st.data())
    def presses_a_button(self, data: st.DataObject) -> None:
        self._says(data.draw(st.sampled_from(self.talk.buttons)).says)

    @rule(hours=st.sampled_from([0, 1, 5, 30, 24 * 8, 24 * 40]))
    def time_passes(self, hours: int) -> None:
        self.talk.pass_(hours=hours)
        self.told = {}

    @precondition(lambda self: self.talk.case is not None)
    @rule(event=st.sampled_from(["claim", "resolve"]))
    def a_handledare_acts(self, event: str) -> None:
        self.talk.handledare(event)
        self.told = {}

    @precondition(lambda self: self.talk.case is not None and self.talk.case.status == Status.CLAIMED)
    @rule(event=st.sampled_from(["reply", "release"]))
    def the_one_who_has_it_acts(self, event: str) -> None:
        self.talk.handledare(event)
        self.told = {}

    @invariant()
    def the_answer_is_short_and_in_the_alphabet(self) -> None:
        if not self.told or not self.talk.answer:
            return
        assert not unusual(self.talk.answer), self.talk.answer
        introduced = self.talk.conversation.introduced_at == self.talk.now
        assert self.talk.segments <= (limits.FIRST_SEGMENTS if introduced else limits.LATER_SEGMENTS), self.talk.answer
        assert "{" not in self.talk.answer.replace(str(self.told.get("entities")), "") or "{" in str(self.told)

    @invariant()
    def danger_is_answered_with_112_first(self) -> None:
        if self._means("emergency") and self.told.get("kind", Kind.TEXT) == Kind.TEXT and not self.before.opted_out:
            assert "112" in self.talk.answer[:200]

    @invariant()
    def nobody_else_is_left_without_an_answer(self) -> None:
        before = self.before
        if self.told and not (before.case or before.opted_out or before.halted or self.talk.conversation.halted):
            assert self.talk.answer

    @invariant()
    def a_person_is_not_talked_over(self) -> None:
        if (
            not self.told
            or self.before.case is None
            or self.before.case.status == Status.WAITING
            or not self.talk.answer
        ):
            return
        word = keyword(str(self.told["text"]))
        explicit = word in ("person", "privacy", "erase", "english", "swedish", "stop", "relative_stop") or (
            self.before.opted_out and word == "start"
        )
        started = self.before.opted_out and self.told.get("kind") == Kind.START
        assert explicit or started or self.told.get("removed") or self._means(*LET_THROUGH), (
            self.told,
            self.talk.answer,
        )

    @invariant()
    def silence_is_kept_after_stop(self) -> None:
        if self.told and self.before.opted_out and self.talk.conversation.opted_out:
            assert self.talk.answer == ""

    @invariant()
    def the_place_in_the_guide_exists(self) -> None:
        flows = world().flows
        conversation = self.talk.conversation
        for position in (conversation.position, *conversation.paused):
            if position:
                step = flows[position.flow].step(position.step)
                assert step is not None and step.waits
        assert all(position.flow not in SAFETY for position in conversation.paused)

    @invariant()
    def the_question_can_be_answered(self) -> None:
        question, position = self.talk.conversation.question, self.talk.conversation.position
        if question is None:
            return
        if question.kind in ("topics", "resume", "next_need", "meanwhile"):
            assert question.options and all(name in world().flows for name in question.options)
        if question.kind == "resume" and not self.talk.case:
            assert question.options[0] in [left.flow for left in self.talk.conversation.paused]
        if question.kind == "choose":
            assert position is not None and position.step == question.about
        if question.labels:
            assert len(question.labels) == len(question.options)

    @invariant()
    def it_survives_being_written_and_read(self) -> None:
        conversation = self.talk.conversation
        saved = json.loads(json.dumps(conversation.to_json()))
        assert Conversation.from_json(saved, conversation.case, conversation.case_closed) == conversation

    def _means(self, *intents: str) -> bool:
        """Whether the last message was one of these needs, sure, and no keyword."""
        plain = keyword(str(self.told.get("text", ""))) is None or self.told.get("kind") == Kind.EDIT
        return self.told.get("means") in intents and bool(self.told.get("accepted", True)) and plain


AnySequence.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnySequence = AnySequence.TestCase


def test_the_words_drawn_from_are_those_of_the_shipped_guides() -> None:
    assert len(_WORDS) > 50
    assert len(load_strictly().flows) == len(world().flows)
    assert wish("ÖNSKA fler kurser") == "fler kurser"
