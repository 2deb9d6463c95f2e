"""Answers to a numbered question that name no single number: "1 och 3", "båda", "ingen av dom", "vet inte"."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.choosing import is_unsure, says_all, says_both, says_none, several_numbers
from bot.domain.conversation import Question
from bot.domain.place_names import fold
from bot.engine import guide, limits
from bot.engine.answers import says_no, says_yes
from bot.engine.danger import DANGER
from bot.engine.walk import Walk
from nlu.understanding import candidates

_ANYTHING_ELSE = ("nagot annat", "annat", "inget av", "ingen av", "something else", "none of", "neither")
_NOT_KNOWN = ("vet inte", "osaker", "do not know", "not sure")


def several_wanted(walk: Walk, question: Question) -> tuple[str, ...]:
    """The needs, two or more, that were chosen at once; empty when it was one or none."""
    if question.kind != "topics" or walk.word is not None:
        return ()
    text, count = walk.incoming.text, len(question.options)
    if says_all(text, count):
        return question.options
    numbers = several_numbers(text)
    within = all(1 <= number <= count for number in numbers)
    return tuple(question.options[number - 1] for number in numbers) if within and len(numbers) > 1 else ()


def answered(walk: Walk, question: Question, choose: Callable[[str], None], ask_again: Callable[[], None]) -> bool:
    """Acts on "båda" of what excludes each other, on "ingen av dom" and on "vet inte"; False when the message is none of them."""
    text = walk.incoming.text
    if walk.word is not None or question.kind not in ("topics", "choose"):
        return False
    if says_both(text) or says_all(text, len(question.options)) or several_numbers(text):
        walk.set(not_understood=0)
        walk.say("one_at_a_time")
        walk.may_give_way()
        ask_again()
        return True
    none, unsure = says_none(text), is_unsure(text)
    if not none and not unsure:
        return False
    if question.kind == "topics":
        walk.set(question=None, not_understood=0)
        walk.say("own_words")
    elif option := _labelled(question, _ANYTHING_ELSE if none else _NOT_KNOWN):
        walk.set(not_understood=0)
        choose(option)
    else:
        guide.stuck(walk)
    return True


def yes_or_no(walk: Walk, question: Question) -> str | None:
    """The one option of a guide's own question that begins with the yes, or the no, that the message says: "1 Ja, allt stämmer"."""
    if question.kind != "choose" or not (says_yes(walk) or says_no(walk)):
        return None
    said = ("ja", "yes") if says_yes(walk) else ("nej", "no")
    found = [
        option
        for option, label in zip(question.options, question.labels, strict=False)
        if fold(label).split()[:1] and fold(label).split()[0] in said
    ]
    return found[0] if len(found) == 1 else None


def likely(walk: Walk, question: Question) -> str | None:
    """The one need of those asked about that a short answer in one's own words may be, though another is likelier by itself: "minns inte siffrorna" beside "Glömd kod"."""
    understanding = walk.understanding
    if question.kind != "topics" or walk.word is not None or understanding.accepted or understanding.intent in DANGER:
        return None
    if len(question.options) < 2 or len(walk.incoming.text.split()) > limits.SHORT_REMARK:
        return None
    flows = [flow.name for intent in candidates(understanding) if (flow := walk.world.flow_of(intent))]
    found = [name for name in dict.fromkeys(flows) if name in question.options]
    return found[0] if len(found) == 1 else None


def _labelled(question: Question, beginnings: tuple[str, ...]) -> str | None:
    found = [
        option
        for option, label in zip(question.options, question.labels, strict=False)
        if fold(label).startswith(beginnings)
    ]
    return found[0] if len(found) == 1 else None
