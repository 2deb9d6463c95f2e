"""A message that no keyword, question or guide took: a need, several that fit, or something we do not know."""

from __future__ import annotations

from bot.domain.callback_words import would_rather_write
from bot.domain.case import URGENCY_OF, Reason
from bot.domain.conversation import Question
from bot.domain.events import CaseReopened, Remarked
from bot.domain.keywords import Keyword
from bot.domain.place_names import fold
from bot.domain.said_instead import says_not_this
from bot.domain.step_words import says_done
from bot.engine import (
    courtesies,
    danger,
    guide,
    likely_place,
    limits,
    offers,
    open_step,
    own_loans,
    places,
    questions,
    waiting_needs,
    where,
)
from bot.engine.flow import SAFETY
from bot.engine.handover import asked_for_person
from bot.engine.inside_guide import ACTS
from bot.engine.secrets import holds_only_secrets
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.words import holds
from nlu.understanding import candidates

_PUT_BY = ("topics", "choose", "place", "places", "course", "loan", "resume", "next_need", "book", "borrow")
"""Questions that fall when what they are about is not what was asked for."""
_MOVED_ON = (Keyword.NEXT, Keyword.STUCK)
_HARMLESS = ("about_bot", "privacy")
"""Pages that answer what they were not asked for without harm."""


def answer(walk: Walk) -> None:
    """Acts on the need, asks which it is, or says that it was not understood."""
    understanding = walk.understanding
    if own_loans.overheard(walk):
        walk.set(not_understood=0)
    elif walk.word or walk.means(*ACTS) or _says_done(walk):
        _act_with_nothing_open(walk)
    elif holds_only_secrets(walk) and (not understanding.accepted or understanding.intent in SAFETY):
        return  # the warning is answer enough
    elif names := _bare_subject(walk):
        _ask_which(walk, names)
    elif understanding.accepted and understanding.intent != "out_of_scope":
        _understood(walk)
    elif danger.asks_about_danger(walk):
        return
    elif kind := courtesies.likely(walk):
        walk.set(not_understood=0)
        courtesies.say(walk, kind)
    elif _would_write_here(walk):
        walk.set(not_understood=0)
        walk.say("we_write_here")
    elif _is_likely_page(walk):
        walk.set(not_understood=0)
        _serve(walk, understanding.intent)
    elif likely_place.asked(walk):
        _serve(walk, "find_place")
    elif likely_place.courses_asked(walk):
        walk.set(not_understood=0)
        _serve(walk, "course_list")
    elif not understanding.accepted and asks_which(walk):
        return
    elif not walk.incoming.removed:  # else the warning is answer enough
        not_understood(walk, "not_ours" if understanding.accepted else "not_understood")


def greet(walk: Walk) -> None:
    """A greeting leads back to the open step, or asks what is needed and offers what was left. A town that it names is remembered."""
    walk.set(not_understood=0)
    if (located := where.named_in(walk)) and len(located) == 1:
        where.remember(walk, located[0])
    _forget_old_danger(walk)
    conversation = walk.conversation
    if conversation.position and (not conversation.case or conversation.meanwhile):
        walk.say("hello_again")
        walk.may_give_way()
        guide.repeat(walk)
        return
    if offers.something_waits(walk):
        walk.say("hello_back")
        offers.offer_what_waits(walk)
    else:
        walk.say("what_can_i_do")


def not_this(walk: Walk) -> bool:
    """Whether the message says that what was answered is not what was asked: the guide is put aside, and the need asked for anew. Twice in a row a person is offered."""
    question, position = walk.conversation.question, walk.conversation.position
    if walk.word is not None or (position and position.flow in SAFETY) or not says_not_this(walk.incoming.text):
        return False
    if (
        walk.understanding.intent in danger.DANGER
        or (question and question.kind not in _PUT_BY)
        or not walk.conversation.last_answer
    ):
        return False
    times = walk.conversation.not_understood + 1
    guide.pause(walk)
    walk.set(question=None, not_understood=times)
    if times >= limits.STUCK_BEFORE_PERSON:
        offers.offer_person(walk, Reason.NOT_UNDERSTOOD)
    else:
        walk.say("not_this")
    return True


def say_what_i_do(walk: Walk) -> None:
    """KLART, JA and their like with nothing open: what one can do, and what was left."""
    walk.set(question=None, not_understood=0)
    walk.say("what_i_do")
    offers.offer_what_waits(walk)


def ask_for_person(walk: Walk, intent: str = "human") -> None:
    """Opens the case on this very message. When a person had been offered, why stays with the case."""
    question = walk.conversation.question
    walk.set(not_understood=0)
    if question and question.kind == "person" and question.about:
        reason = Reason(question.about)
        walk.open_case(reason, URGENCY_OF[reason], None)
    guide.answer_page(walk, walk.world.flow_of(intent) or walk.world.flows["human"])


def _says_done(walk: Walk) -> bool:
    """KLART in one's own words with nothing open, where the interpreter is not sure."""
    understanding = walk.understanding
    return (
        not understanding.accepted
        and understanding.intent not in danger.DANGER
        and walk.conversation.position is None
        and says_done(walk.incoming.text)
    )


def _would_write_here(walk: Walk) -> bool:
    """ "Jag är döv, skriv till mig", with nothing asked and no need told."""
    conversation = walk.conversation
    open_ = conversation.position is not None or conversation.question is not None
    told = walk.understanding.accepted or candidates(walk.understanding)
    return not open_ and not told and would_rather_write(walk.incoming.text)


def _act_with_nothing_open(walk: Walk) -> None:
    question = walk.conversation.question
    if question and question.kind == "topics" and (walk.word in _MOVED_ON or walk.means("next", "stuck")):
        _asked_anew(walk)
    elif walk.word == Keyword.STUCK or walk.means("stuck"):
        _stuck_with_nothing_open(walk)
    elif (walk.word == Keyword.REPEAT or walk.means("repeat")) and walk.conversation.last_answer:
        walk.set(not_understood=0)
        walk.parts.append(walk.conversation.last_answer)
    elif (walk.word == Keyword.NO or walk.means("deny")) and question is None and walk.conversation.last_answer:
        walk.set(not_understood=0)
        walk.say("anything_else")
    else:
        say_what_i_do(walk)


def _asked_anew(walk: Walk) -> None:
    """KLART or "hur menar du" to the question which need it is: it stays open, and is asked again; the second time a person is offered."""
    times = walk.conversation.not_understood + 1
    walk.set(not_understood=times)
    if times >= limits.STUCK_BEFORE_PERSON:
        offers.offer_person(walk, Reason.NOT_UNDERSTOOD)
        return
    walk.say("stuck_kindly")
    walk.may_give_way()
    questions.ask_again(walk)


def _understood(walk: Walk) -> None:
    intent = walk.understanding.intent
    walk.set(not_understood=0)
    if intent == "greet":
        greet(walk)
    elif intent in courtesies.KINDS:
        courtesies.say(walk, intent)
    elif asked_for_person(walk):
        ask_for_person(walk, intent)
    else:
        _serve(walk, intent)


def _is_likely_page(walk: Walk) -> bool:
    """Whether a page that does no harm is likelier than all else together, though not surely meant."""
    understanding = walk.understanding
    likely = not understanding.accepted and understanding.confidence >= limits.LIKELY
    return likely and understanding.intent in _HARMLESS


def _serve(walk: Walk, intent: str) -> None:
    flow = walk.world.flow_of(intent)
    if intent in ("wish", "feedback"):
        walk.events.append(Remarked(intent, walk.incoming.text))
    if flow is None:
        walk.say("no_guide_yet")
        places.find(walk, intent)
    elif flow.name == "find_place":
        position = walk.conversation.position
        guide.pause(walk)
        places.find(walk, position.flow if position else None)
        waiting_needs.offer_beside(walk)
    elif flow.kind == "page" and flow.name != "menu":
        guide.answer_page(walk, flow)
        if walk.conversation.position and walk.conversation.question is None and not walk.conversation.case:
            open_step.remind(walk)
        waiting_needs.offer_beside(walk)
    elif not waiting_needs.keep_for_later(walk, flow):
        guide.start(walk, flow)


def _forget_old_danger(walk: Walk) -> None:
    position, heard = walk.conversation.position, walk.conversation.heard_at
    if position and position.flow in SAFETY and heard and walk.now - heard >= limits.SAFETY_KEPT:
        walk.set(position=None, question=None)


def _stuck_with_nothing_open(walk: Walk) -> None:
    if walk.conversation.case_closed:
        walk.events.append(CaseReopened())
        walk.say("case_reopened")
        walk.set(told_waiting_at=walk.now, not_understood=0)
    elif walk.conversation.question is None and guide.reopen(walk):
        guide.stuck(walk)
    else:
        not_understood(walk, "what_does_not_work")


def not_understood(walk: Walk, key: str) -> None:
    """Says so by the text `key`, or repeats what was asked; twice in a row a person is offered."""
    times = walk.conversation.not_understood + 1
    position, question = walk.conversation.position, walk.conversation.question
    walk.set(not_understood=times)
    if times + (position.stuck if position else 0) >= limits.STUCK_BEFORE_PERSON:
        if key in ("not_ours", "not_understood"):
            walk.say("not_ours" if key == "not_ours" else "still_not_understood")
        offers.offer_person(walk, Reason.NOT_UNDERSTOOD)
    elif question and not question.soft and key == "not_understood":
        walk.say("did_not_quite_understand")
        questions.ask_again(walk)
    elif position and key == "not_understood":
        walk.say("not_understood_in_guide")
    else:
        walk.say(key)


def _fitting(walk: Walk) -> tuple[str, ...]:
    """Flows of the needs that fit, best first, each once; none when the open guide fits best: that one is about the step."""
    found = [walk.world.flow_of(intent) for intent in candidates(walk.understanding)]
    names = tuple(dict.fromkeys(flow.name for flow in found if flow))
    position = walk.conversation.position
    return () if position and names[:1] == (position.flow,) else names


def _of_subject(walk: Walk) -> tuple[str, ...]:
    """Every guide on what a short message names; none while one of them is open, or more is said than the name while any is: the message is about the step then."""
    text, position = walk.incoming.text, walk.conversation.position
    if len(text.split()) > limits.SHORT_REMARK or (position and not _is_bare_subject(walk)):
        return ()
    named = [subject.flows for subject in walk.world.texts.subjects if holds(text, subject.words)]
    return () if len(named) != 1 or (position and position.flow in named[0]) else named[0]


def _bare_subject(walk: Walk) -> tuple[str, ...]:
    """The same when the message is the subject's name and nothing else, whichever guide it may be taken for."""
    return _of_subject(walk) if _is_bare_subject(walk) else ()


def _is_bare_subject(walk: Walk) -> bool:
    bare = fold(walk.incoming.text)
    return any(bare == fold(word) for subject in walk.world.texts.subjects for word in subject.words)


def asks_which(walk: Walk) -> bool:
    """Asks which of the needs that fit is meant; False when none does."""
    fitting, named = _fitting(walk), _of_subject(walk)
    topics = {name for name in fitting if walk.world.flows[name].kind == "guide"}
    names = named if topics <= set(named) and named else fitting
    if names:
        _ask_which(walk, names)
    return bool(names)


def _ask_which(walk: Walk, names: tuple[str, ...]) -> None:
    said = walk.incoming.text[: limits.SAID_KEPT]
    if len(names) == 1:
        walk.say("is_it_this", title=walk.title(walk.world.flows[names[0]]))
        walk.set(question=Question("topics", names, about=said))
        offers.yes_or_no(walk)
        return
    labels = tuple(walk.title(walk.world.flows[name]) for name in names)
    walk.say("which_need")
    walk.parts.append(numbered(labels))
    walk.say("which_need_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question("topics", names, labels, about=said))
