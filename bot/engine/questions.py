"""Reads a message as the answer to the question that is open, if it is one."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Question
from bot.domain.events import CaseNoted
from bot.domain.gazetteer import Location
from bot.domain.keywords import Keyword, keyword
from bot.engine import guide, places
from bot.engine.walk import Walk

_NUMBER_ONLY = re.compile(r"\D{0,12}(\d{1,3})\D{0,8}")
_SHORT_ANSWER_WORDS = 7
"""A numbered answer is short; a longer text that holds a number is about something else."""


def answered(walk: Walk) -> bool:
    """Acts on the answer; False when the message is no answer to the open question."""
    question = walk.conversation.question
    return question is not None and _READ[question.kind](walk, question)


def says_yes(walk: Walk) -> bool:
    """Whether the message is a yes."""
    if keyword(walk.incoming.text) == Keyword.YES:
        return True
    return walk.understanding.intent == "affirm" and walk.understanding.accepted


def says_no(walk: Walk) -> bool:
    """Whether the message is a no."""
    if keyword(walk.incoming.text) == Keyword.NO:
        return True
    return walk.understanding.intent == "deny" and walk.understanding.accepted


def ask_again(walk: Walk) -> None:
    """Repeats the open question, kindly."""
    question = walk.conversation.question
    if question is None:
        return
    if question.labels:
        walk.say("choose_again", last=str(len(question.labels)))
        walk.parts.append(". ".join(f"{i} {label}" for i, label in enumerate(question.labels, 1)) + ".")
        for i, label in enumerate(question.labels, 1):
            walk.offer(label, str(i))
    elif question.kind == "place":
        walk.say("ask_where")
    else:
        walk.say("yes_or_no")
        walk.offer(walk.world.texts.get("button_yes", walk.language), "JA")
        walk.offer(walk.world.texts.get("button_no", walk.language), "NEJ")


def _numbered(walk: Walk, question: Question) -> bool:
    number = _number(walk)
    if number is None:
        if says_no(walk):
            walk.set(question=None)
            walk.say("own_words")
            return True
        if says_yes(walk) and not question.soft:
            if len(question.options) == 1:
                number = 1
            else:
                ask_again(walk)
                return True
        else:
            return False
    if not 1 <= number <= len(question.options):
        ask_again(walk)
        return True
    walk.set(not_understood=0)
    _TAKE[question.kind](walk, question, question.options[number - 1])
    return True


def _number(walk: Walk) -> int | None:
    text = walk.incoming.text
    if len(text.split()) > _SHORT_ANSWER_WORDS:
        return None
    option = walk.understanding.entity("option")
    if option and option.isdecimal():
        return int(option)
    found = _NUMBER_ONLY.fullmatch(text)
    return int(found.group(1)) if found and len(text) <= 12 else None


def _take_topic(walk: Walk, question: Question, option: str) -> None:
    walk.set(question=None)
    guide.start(walk, walk.world.flows[option])


def _take_choice(walk: Walk, question: Question, option: str) -> None:
    position = walk.conversation.position
    step = walk.world.flows[position.flow].step(question.about) if position else None
    if step:
        guide.choose(walk, step, option)


def _take_place(walk: Walk, question: Question, option: str) -> None:
    latitude, _, longitude = option.partition(",")
    found = walk.world.gazetteer.nearest_name(float(latitude), float(longitude))
    label = question.labels[question.options.index(option)]
    name, _, municipality = label.partition(", ")
    exact = Location(name, municipality, found.municipality_code, float(latitude), float(longitude))
    walk.set(question=None)
    places.answer(walk, exact)


def _where(walk: Walk, question: Question) -> bool:
    named = places.named_in(walk)
    if named is None:
        return False
    names_place = any(walk.understanding.entity(kind) for kind in ("postcode", "place", "municipality"))
    if not names_place and len(walk.incoming.text.split()) > _SHORT_ANSWER_WORDS:
        return False
    topic = walk.understanding.accepted and walk.understanding.intent not in ("find_place", "out_of_scope", "next", "affirm")
    if topic and len(walk.incoming.text.split()) > 3 and walk.world.flow_of(walk.understanding.intent):
        return False
    walk.set(not_understood=0)
    places.find(walk)
    return True


def _person(walk: Walk, question: Question) -> bool:
    if says_yes(walk):
        walk.set(question=None, not_understood=0)
        reason = Reason(question.about or Reason.ASKED)
        walk.open_case(reason, Urgency.NORMAL, None)
        guide.pause(walk)
        walk.say("person_takes_over")
    elif says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("no_person")
        if walk.conversation.position:
            guide.repeat(walk)
    else:
        return False
    return True


def _resume(walk: Walk, question: Question) -> bool:
    left = next((p for p in walk.conversation.paused if p.flow == question.options[0]), None)
    if left and (says_yes(walk) or keyword(walk.incoming.text) == Keyword.NEXT):
        guide.resume(walk, left)
    elif says_no(walk):
        kept = tuple(p for p in walk.conversation.paused if p.flow != question.options[0])
        walk.set(question=None, paused=kept)
        walk.say("anything_else")
    else:
        return False
    return True


def _next_need(walk: Walk, question: Question) -> bool:
    if says_yes(walk) or keyword(walk.incoming.text) == Keyword.NEXT:
        walk.set(question=None)
        guide.start(walk, walk.world.flows[question.options[0]])
    elif says_no(walk):
        walk.set(question=None)
        walk.say("anything_else")
    else:
        return False
    return True


def _meanwhile(walk: Walk, question: Question) -> bool:
    if says_yes(walk):
        walk.set(question=None, meanwhile=True)
        guide.start(walk, walk.world.flows[question.options[0]])
    elif says_no(walk):
        walk.set(question=None)
        walk.say("waiting")
    else:
        return False
    return True


def _time(walk: Walk, question: Question) -> bool:
    text = walk.incoming.text
    walk.set(question=None)
    if not text or says_no(walk):
        return False
    elsewhere = walk.understanding.accepted and walk.world.flow_of(walk.understanding.intent)
    timely = walk.understanding.entity("time") or re.search(r"\d", text) or len(text.split()) <= _SHORT_ANSWER_WORDS
    if elsewhere and walk.understanding.intent != "callback" and not walk.understanding.entity("time"):
        return False
    if not timely and walk.understanding.intent not in ("callback", "out_of_scope"):
        return False
    walk.events.append(CaseNoted(text))
    walk.say("noted")
    return True


_READ: dict[str, Callable[[Walk, Question], bool]] = {
    "topics": _numbered,
    "places": _numbered,
    "choose": _numbered,
    "place": _where,
    "person": _person,
    "resume": _resume,
    "next_need": _next_need,
    "meanwhile": _meanwhile,
    "time": _time,
}

_TAKE: dict[str, Callable[[Walk, Question, str], None]] = {
    "topics": _take_topic,
    "places": _take_place,
    "choose": _take_choice,
}
