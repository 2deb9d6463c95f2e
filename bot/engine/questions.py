"""Reads a message as the answer to the question that is open, if it is one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from bot.domain.beside_steps import returns
from bot.domain.callback_words import hears_badly, would_rather_write
from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Question
from bot.domain.events import CaseNoted
from bot.domain.gazetteer import Location
from bot.domain.keywords import Keyword
from bot.engine import (
    callback,
    courses,
    danger,
    elder_seats,
    guide,
    loans,
    menus,
    nearby,
    offers,
    open_step,
    own_addresses,
    own_bookings,
    own_loans,
    relatives_ask,
    relatives_consent,
    relatives_end,
    relatives_leave,
    same_person,
    scope_of_leave,
    together,
    where,
)
from bot.engine.answers import SHORT_ANSWER_WORDS, said_number, says_no, says_yes
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk

_WHILE_WAITING = (
    "time",
    "meanwhile",
    "coming",
    "seat",
    "cancel_booking",
    "which_booking",
    "loan_ready",
    "elder",
    "elder_guide",
    "elder_cancel",
    "elder_bookings",
    "same_person",
)
"""Questions that are answered while a person is waited for: about the wait itself, about what was booked or put aside, and about an elder's matters."""


def answered(walk: Walk) -> bool:
    """Acts on the answer; False when the message is no answer to the open question."""
    question = walk.conversation.question
    return question is not None and _READ.get(question.kind, _note)(walk, question)


def is_about_case(question: Question) -> bool:
    """Whether the question is asked of one who waits for a person, and is answered while the case is open."""
    return question.kind in _WHILE_WAITING or question.kind not in _READ


def ask_again(walk: Walk, wrong_number: bool = False) -> None:
    """Repeats the open question, kindly. `wrong_number`: a number was given that stands for nothing."""
    question = walk.conversation.question
    if question is None:
        return
    if question.labels:
        walk.say("choose_again" if wrong_number else "choose_which", last=str(len(question.labels)))
        walk.parts.append(numbered(question.labels))
        offer_numbers(walk, question.labels)
    elif question.kind == "place":
        where.ask_where(walk, question.about)
    else:
        _say_what_was_asked(walk, question)
        offers.yes_or_no(walk)


def time_given(walk: Walk) -> bool:
    """Whether the message says when to phone: anything short that is not about something else."""
    text = walk.incoming.text
    if not text.strip() or walk.word is not None:
        return False
    if walk.understanding.entity("time") or walk.means("callback"):
        return True
    if walk.understanding.accepted and walk.understanding.intent not in ("out_of_scope", "affirm", "next"):
        return False
    return bool(re.search(r"\d", text)) or len(text.split()) <= SHORT_ANSWER_WORDS


def _say_what_was_asked(walk: Walk, question: Question) -> None:
    name = question.options[0] if question.options else ""
    if question.kind == "person":
        offers.say_person(walk, question.about)
    elif question.kind == "next_need":
        offers.say_next_need(walk, name)
    elif question.kind == "resume" and any(left.flow == name for left in walk.conversation.paused):
        offers.say_resume(walk, name)
    elif question.kind == "danger":
        danger.say_doubt(walk, name)
    elif question.kind == "follow_up":
        walk.say("follow_up_again", title=walk.title(walk.world.flows[name]))
    elif question.kind == "topics":
        walk.say("is_it_this", title=walk.title(walk.world.flows[name]))
    else:
        walk.say("yes_or_no")


def _numbered(walk: Walk, question: Question) -> bool:
    number = said_number(walk)
    if number is None and says_yes(walk) and len(question.options) == 1:
        number = 1
    if number is None:
        return _several(walk, question) or _no_number(walk, question)
    if not 1 <= number <= len(question.options):
        ask_again(walk, wrong_number=True)
        return True
    walk.set(not_understood=0)
    _TAKE[question.kind](walk, question, question.options[number - 1])
    return True


def _several(walk: Walk, question: Question) -> bool:
    """ "1 och 3", "båda": the first now, the others are offered after it."""
    wanted = menus.several_wanted(walk, question)
    if not wanted:
        return False
    walk.set(not_understood=0, needs=tuple(dict.fromkeys((*wanted[1:], *walk.conversation.needs))))
    _take_topic(walk, question, wanted[0])
    return True


def _no_number(walk: Walk, question: Question) -> bool:
    """JA says not which; NEJ means none of them, but a flow's own question must be answered."""
    if menus.answered(walk, question, partial(_take_choice, walk, question), partial(ask_again, walk)):
        return True
    if option := menus.yes_or_no(walk, question):
        walk.set(not_understood=0)
        _take_choice(walk, question, option)
        return True
    if says_yes(walk) or (says_no(walk) and question.kind == "choose"):
        ask_again(walk)
        return True
    if option := menus.likely(walk, question):
        walk.set(not_understood=0)
        _take_topic(walk, question, option)
        return True
    if question.kind == "course":
        return courses.asks_about(walk, question)
    if question.kind == "loan":
        return loans.asks_about(walk, question)
    if question.kind == "scope":
        return scope_of_leave.scope_as_it_is(walk, question)
    if question.kind == relatives_leave.KIND:
        return relatives_leave.stays(walk, question)
    if question.soft:
        return False
    if says_no(walk):
        walk.set(question=None, not_understood=0)
        offers.offer_next_need(walk)
        if walk.conversation.question is None:
            walk.say("own_words")
            if walk.conversation.position:
                open_step.remind(walk)
        return True
    return question.kind == "places" and _where(walk, question)


def _take_topic(walk: Walk, question: Question, option: str) -> None:
    walk.set(question=None)
    guide.start(walk, walk.world.flows[option], said=question.about)


def _take_choice(walk: Walk, question: Question, option: str) -> None:
    step = open_step.choice(walk)
    assert step is not None, "a flow's question is open only at its step"
    guide.choose(walk, step, option)


def _take_place(walk: Walk, question: Question, option: str) -> None:
    latitude, _, longitude = option.partition(",")
    found = walk.world.gazetteer.nearest_name(float(latitude), float(longitude))
    label = question.labels[question.options.index(option)]
    name, _, municipality = label.partition(", ")
    exact = Location(name, municipality, found.municipality_code, float(latitude), float(longitude))
    walk.set(question=None)
    nearby.answer(walk, exact, question.about)


def _where(walk: Walk, question: Question) -> bool:
    named = where.named_in(walk)
    if named is None:
        return nearby.more(walk, question.about) or where.ask_plainly(walk) or where.asks_again(walk)
    names_place = walk.understanding.entity("postcode") or where.town_named(walk)
    if not names_place and len(walk.incoming.text.split()) > SHORT_ANSWER_WORDS:
        return False
    elsewhere = walk.understanding.accepted and walk.understanding.intent not in (
        "find_place",
        "out_of_scope",
        "next",
        "affirm",
    )
    if elsewhere and len(walk.incoming.text.split()) > 3 and walk.world.flow_of(walk.understanding.intent):
        return False
    walk.set(not_understood=0)
    nearby.find(walk, question.about)
    return True


def _person(walk: Walk, question: Question) -> bool:
    if says_yes(walk):
        walk.set(question=None, not_understood=0)
        walk.open_case(Reason(question.about or Reason.ASKED), Urgency.NORMAL, None)
        guide.pause(walk)
        walk.say("person_takes_over")
    elif says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("no_person")
        if walk.conversation.position:
            walk.may_give_way(walk.world.texts.get("no_person_short", walk.language))
            guide.take_heart(walk)
    else:
        return False
    return True


def _resume(walk: Walk, question: Question) -> bool:
    left = next((p for p in walk.conversation.paused if p.flow == question.options[0]), None)
    if left and _goes_on(walk):
        walk.set(not_understood=0)
        guide.resume(walk, left)
    elif says_no(walk):
        kept = tuple(p for p in walk.conversation.paused if p.flow != question.options[0])
        walk.set(question=None, paused=kept, not_understood=0)
        walk.say("anything_else")
    else:
        return False
    return True


def _goes_on(walk: Walk) -> bool:
    """A yes to going on, in any words: JA, KLART, "då kör vi"."""
    return (
        says_yes(walk)
        or walk.word in (Keyword.NEXT, Keyword.RESUME)
        or walk.means("next")
        or (walk.word is None and returns(walk.incoming.text))
    )


def _next_need(walk: Walk, question: Question) -> bool:
    if _goes_on(walk):
        walk.set(question=None, not_understood=0)
        name = question.options[0]
        guide.start(walk, walk.world.flows[name], said=walk.conversation.told_by.get(name, ""))
    elif says_no(walk):
        declined = question.options[0]
        walk.set(
            question=None, not_understood=0, needs=tuple(name for name in walk.conversation.needs if name != declined)
        )
        offers.offer_next_need(walk)
        if walk.conversation.question is None:
            walk.say("anything_else")
    else:
        return False
    return True


def _meanwhile(walk: Walk, question: Question) -> bool:
    """JA begins or goes on with the steps. So does KLART or FASTNAT to the offer itself: who says that is at the steps already."""
    position = walk.conversation.position
    here = position is not None and position.flow == question.options[0]
    done = walk.word == Keyword.NEXT or walk.means("next")
    stuck = walk.word == Keyword.STUCK or walk.means("stuck")
    if says_yes(walk) or (here and (done or stuck)):
        walk.set(question=None, meanwhile=True, not_understood=0)
        if not here:
            guide.start(walk, walk.world.flows[question.options[0]], said=question.about)
        elif stuck:
            guide.stuck(walk)
        elif done:
            guide.forward(walk)
        else:
            guide.repeat(walk)
    elif says_no(walk):
        walk.set(question=None, told_waiting_at=walk.now)
        walk.say("waiting")
    else:
        return False
    return True


def _follow_up(walk: Walk, question: Question) -> bool:
    """Two weeks after a guide: good, or a person and the last step once more."""
    if says_yes(walk):
        walk.set(question=None, finished=None, not_understood=0)
        walk.say("follow_up_good")
    elif says_no(walk) or walk.word == Keyword.STUCK or walk.means("stuck"):
        walk.set(question=None, not_understood=0)
        guide.reopen(walk)
        offers.offer_person(walk, Reason.STUCK)
    else:
        return False
    return True


def _time(walk: Walk, question: Question) -> bool:
    if walk.conversation.case is None:
        walk.set(question=None)
        return False
    if not time_given(walk):
        return False
    if would_rather_write(walk.incoming.text) or hears_badly(walk.incoming.text):
        callback.by_text(walk)
        return True
    walk.set(question=None, told_waiting_at=walk.now)
    walk.events.append(CaseNoted(walk.incoming.text))
    walk.say("noted")
    return True


def _note(walk: Walk, question: Question) -> bool:
    """A flow's own open question: any text is its answer, and belongs to the open case."""
    walk.set(question=None)
    if walk.word is not None or not walk.incoming.text.strip() or walk.conversation.case is None:
        return False
    walk.events.append(CaseNoted(walk.incoming.text))
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
    "follow_up": _follow_up,
    "danger": danger.answered,
    "time": _time,
    "course": _numbered,
    "book": courses.book,
    "which_booking": _numbered,
    "cancel_booking": own_bookings.cancel,
    "coming": own_bookings.comes,
    "seat": own_bookings.takes_seat,
    "loan": _numbered,
    "borrow": loans.borrow,
    "which_loan": _numbered,
    "cancel_loan": own_loans.cancel,
    "loan_ready": own_loans.fetches,
    "same_person": same_person.answered,
    "own_number": own_addresses.number_given,
    "elder": _numbered,
    "elder_guide": together.go_on,
    "elder_cancel": elder_seats.cancel,
    "elder_bookings": _numbered,
    "elder_number": relatives_ask.number_given,
    "which_relative": _numbered,
    "scope": _numbered,
    "unfollow": _numbered,
    "rescope": _numbered,
}

_TAKE: dict[str, Callable[[Walk, Question, str], None]] = {
    "topics": _take_topic,
    "places": _take_place,
    "choose": _take_choice,
    "course": courses.pick,
    "which_booking": own_bookings.cancelled,
    "loan": loans.pick,
    "which_loan": own_loans.chosen,
    "elder": together.choose,
    "elder_bookings": elder_seats.cancelled,
    "which_relative": relatives_consent.which,
    "scope": scope_of_leave.scoped,
    "unfollow": relatives_leave.unfollow,
    "rescope": relatives_end.rescope,
}
