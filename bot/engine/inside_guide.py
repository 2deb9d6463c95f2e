"""What a message means while a guide is open: KLART and its like, a usual error, the answer to the guide's own question."""

from __future__ import annotations

from bot.domain.conversation import Position
from bot.domain.said_instead import meant_instead
from bot.domain.step_words import (
    asks_about_it,
    says_again,
    says_back,
    says_done,
    says_solved,
    tells_trouble,
)
from bot.domain.warm_words import nods
from bot.engine import guide, limits, offers, open_step, questions
from bot.engine.danger import DANGER
from bot.engine.flow import Flow, ScreenError
from bot.engine.steps.choose import question as question_of
from bot.engine.walk import Walk
from bot.engine.words import holds
from nlu.labels import PEOPLE
from nlu.understanding import candidates

ACTS = ("affirm", "deny", "next", "back", "repeat", "stuck", "cancel")
"""Intents that mean something only while a guide or a question is open."""

_SAME = {"yes": "next", "affirm": "next", "no": "stuck", "deny": "stuck"}
"""JA on a step means that it is done, NEJ that it is not."""
_NO_COMPLAINT = ("next", "back", "repeat", "cancel")
_COURSES = frozenset({"course_list", "course_book", "course_cancel"})
"""Needs that ordinary words of a guide are taken for: "plats" is a seat and room in the phone."""
_FAILS = ("inte", "ej", "går ej", "fel", "not", "cant", "doesnt", "dont", "wrong", "error")


def answered(walk: Walk) -> bool:
    """Acts on the message; False when it is about something else."""
    position = walk.conversation.position
    if position is None:
        return False
    act = _act(walk)
    return _solved(walk) or _choice(walk, act) or _aside(walk) or _step(walk, act, position) or _ordinary(walk)


def _act(walk: Walk) -> str:
    said = str(walk.word) if walk.word else walk.understanding.intent if walk.means(*ACTS) else _in_own_words(walk)
    act = _SAME.get(said, said)
    return "stuck" if act == "next" and walk.word is None and asks_about_it(walk.incoming.text) else act


def _in_own_words(walk: Walk) -> str:
    """What the words say of the step where the interpreter is not sure; empty when they say nothing of it."""
    understanding, text = walk.understanding, walk.incoming.text
    if understanding.accepted or understanding.intent in DANGER:
        return ""
    for says, act in ((says_done, "next"), (says_back, "back"), (says_again, "repeat")):
        if says(text):
            return act
    if understanding.intent == "stuck" and understanding.confidence >= limits.LIKELY_STUCK:
        return "stuck"
    return "stuck" if (tells_trouble(text) or asks_about_it(text)) and not candidates(understanding) else ""


def _solved(walk: Walk) -> bool:
    """The trouble is over before the steps are: they are put aside, with a kind word. Of a fraud nobody is told so."""
    position = walk.conversation.position
    told = walk.word is None and position is not None and position.flow not in guide.SAFETY
    if not told or not says_solved(walk.incoming.text) or open_step.error(walk):
        return False
    guide.pause(walk)
    walk.set(question=None, not_understood=0)
    walk.say("solved")
    offers.offer_next_need(walk)
    return True


def _choice(walk: Walk, act: str) -> bool:
    """The guide's own question: its number counts though something else was asked since."""
    step = open_step.choice(walk)
    if step is None:
        return False
    other = walk.conversation.question
    walk.set(question=question_of(walk, step))
    if questions.answered(walk):
        return True
    if act == "next":
        questions.ask_again(walk)
        return True
    if act:
        return False
    walk.set(question=other)
    return False


def _aside(walk: Walk) -> bool:
    """A common question; an error of the guide itself that the words tell of knows better."""
    aside = open_step.aside(walk) if walk.word is None else None
    if aside is None or open_step.error(walk):
        return False
    walk.set(not_understood=0)
    guide.explain_aside(walk, aside)
    return True


def _step(walk: Walk, act: str, position: Position) -> bool:
    own = walk.world.flow_of(walk.understanding.intent) if walk.understanding.accepted and not act else None
    here = own is not None and own.name == position.flow
    if here and own is not None and meant_instead(walk.incoming.text) and not guide.same_way(walk, own):
        walk.set(position=None, not_understood=0)
        guide.start(walk, own)
        return True
    if here and own is not None and not open_step.error(walk) and guide.names_another_way(walk, own):
        walk.set(position=None, not_understood=0)
        guide.start(walk, own)
        return True
    error = open_step.error(walk) if walk.word is None and act not in _NO_COMPLAINT else None
    if error and (own is None or here or _is_about_the_step(walk, error, own)):
        walk.set(not_understood=0)
        guide.explain(walk, error)
    elif act == "stuck" or (here and holds(walk.incoming.text, _FAILS)):
        guide.stuck(walk)
    elif act in _NO_COMPLAINT or here:
        walk.set(not_understood=0)
        _MOVES[act or "repeat"](walk)
    else:
        return False
    return True


def _ordinary(walk: Walk) -> bool:
    """An errand, or a word about oneself, that asks for nothing: the step waits."""
    understanding = walk.understanding
    if nods(walk.incoming.text) and not understanding.accepted and walk.conversation.question is None:
        walk.set(not_understood=0)
        open_step.remind(walk)
        return True
    asks = walk.conversation.question is not None or "?" in walk.incoming.text
    other = understanding.accepted and understanding.intent != "out_of_scope"
    if walk.word is not None or asks or other or understanding.entity("ordinary") is None:
        return False
    walk.set(not_understood=0)
    walk.say("no_hurry")
    open_step.remind(walk)
    return True


def _is_about_the_step(walk: Walk, error: ScreenError, other: Flow) -> bool:
    """Whether a message that tells of a usual error is about that rather than about the `other` need that it was read as: "vad kostar det",
    "måste jag ha bankid". A short message is, and one that holds a whole phrase of the error. Whoever asks for a person or a place gets it."""
    if walk.understanding.intent in PEOPLE - _COURSES:
        return False
    text = walk.incoming.text
    phrases = [words for words in error.when if len(words.split()) >= limits.WORDS_OF_A_PHRASE]
    length = len(text.split())
    return (
        other.kind == "page" or length <= limits.SHORT_REMARK or (length <= limits.LONG_REMARK and holds(text, phrases))
    )


_MOVES = {"next": guide.forward, "back": guide.back, "repeat": guide.repeat, "cancel": guide.leave}
