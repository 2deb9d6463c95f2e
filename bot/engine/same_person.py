"""A number that was silent for a year may have a new owner. The need is answered at once, as a new person's, and nothing old is shown.

Whether they are the same person is asked softly, by the year when they were last heard, and again when they ask for what is old. JA gives all of it
back. NEJ makes them a new person. Only numbers are passed on: a Telegram account is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.case import Status
from bot.domain.conversation import Conversation, Position, PutBy, Question
from bot.domain.course import Programme
from bot.domain.events import LinkDoubted, NewOwner, Priority
from bot.domain.found_words import folded
from bot.domain.keywords import Keyword
from bot.domain.link import Doubt, Family
from bot.domain.loan import Shelf
from bot.domain.message import Incoming, Kind
from bot.domain.opening_hours import STOCKHOLM
from bot.engine import limits, offers
from bot.engine.answers import says_no, says_yes
from bot.engine.flow import SAFETY, Flow
from bot.engine.walk import Walk

KIND = "same_person"
_OLD = ("course_cancel", "case_status")
"""Needs that are about something old."""
_OLD_WORDS = (Keyword.RESUME, Keyword.RELATIVE_STOP)
_GIVES = ("book", "borrow")
"""Questions whose JA would give something that may be there already: first it must be known to whom."""
_SHORT = 12
"""Words of an answer that tells of nothing else."""
_LONGEST = 24
_IS_NEW = re.compile(
    r"\b(?:nytt|ny|nyss fatt|precis fatt|fatt|overtagit|tagit over|kopt) (?:mobil|telefon)?(?:nummer|numret|nr|abonnemang)\b|\binte jag\b|\bnagon annan\b"
    r"|\bnew number\b|\bnot me\b|\bsomebody else\b|\bsomeone else\b"
)
_THEIRS = r"(?:hennes|hans|deras|(?!mitts)[a-z]+s)"
_NUMBER = r"(?:telefon|mobil)?(?:nummer|numret|nr|abonnemang)"
_HAS_THIS_NUMBER = re.compile(
    rf"\b(?:det|detta|numret|nummer)(?: har)?(?: {_NUMBER})? (?:ar|e|tillhor) (?:inte|ej) (?:langre )?{_THEIRS}(?: {_NUMBER}| mobil| telefon)?\b(?: langre)?|\b(?:inte|ej) (?:langre )?{_THEIRS} {_NUMBER}\b"
    rf"|\bhar (?:precis |nyss |nu |just )*(?:fatt|tagit over|overtagit|kopt) (?:det har|detta|{_THEIRS}) (?:gamla )?{_NUMBER}\b|\b(?:det har|detta) {_NUMBER} (?:har|ar|e|tillhor) (?:nu )?(?:bytt agare|ny agare|mitt nu|mig nu|mitt sedan|mig sedan)\b|\b{_NUMBER} har (?:bytt agare|en ny agare|fatt en ny agare)\b"
    r"|\bni (?:har|skickar|skriver|smsar|sms ar)\b.{0,15}\bfel (?:nummer|person)\b|\bthis (?:is|number is) (?:not|no longer) (?:her|his|[a-z]+s)(?: number| phone)?\b|\b(?:got|have|taken over) this number\b"
)
"""Whoever says this writes from a number that was another's, however lately it was heard."""
_IS_SAME = re.compile(r"^(?:ja|jo|yes)?\W*(?:det|de|it)(?: ar|'s| is|s) (?:jag|me)\b|\bsamma person\b|\bsame person\b")


def beware(
    conversation: Conversation, incoming: Incoming, flows: Mapping[str, Flow], family: Family, now: datetime
) -> Conversation:
    """The conversation as it may be shown to whoever writes now."""
    put_by = conversation.put_by
    if put_by is None:
        heard = family.heard_here_at or conversation.heard_at
        if (
            incoming.channel != "sms"
            or heard is None
            or (now - heard < limits.SILENT and not _says_new_owner(incoming))
        ):
            return conversation
        conversation = _put_by(conversation, flows, heard)
    elif incoming.channel != "sms":
        return conversation
    put_by, case = conversation.put_by, conversation.case
    if put_by and put_by.hides_case and case and case.status == Status.WAITING:
        return conversation.with_(case=None)
    return conversation


def is_unsure(conversation: Conversation, incoming: Incoming) -> bool:
    """Whether it is not known who writes."""
    return conversation.put_by is not None and incoming.channel == "sms"


def without_own(programme: Programme, shelf: Shelf, family: Family) -> tuple[Programme, Shelf, Family]:
    """What is offered to everybody, and nothing of anybody's own. A question that is put to the number now is for whoever has it now."""
    return replace(programme, bookings=()), replace(shelf, loans=()), replace(family, helpers=(), elders=(), wishes=())


def asked_first(walk: Walk) -> bool:
    """Asks who it is, when the message wants something old or would be given something; False when there is no need to."""
    if not is_unsure(walk.conversation, walk.incoming) or walk.incoming.kind == Kind.EDIT:
        return False
    question, case = walk.conversation.question, walk.conversation.case
    if case and case.status != Status.WAITING:
        return False
    if _says_new_owner(walk.incoming) and not (question and question.kind == KIND):
        walk.events.extend(
            LinkDoubted(one.link_id, Doubt.NEW_OWNER, walk.incoming.text) for one in walk.family.questions
        )
        walk.set(not_understood=0)
        walk.say("same_person_first", year=_year(walk))
        _ask(walk)
        return True
    gives = question if question and question.kind in _GIVES and says_yes(walk) else None
    if gives is None and walk.word not in _OLD_WORDS and not walk.means(*_OLD):
        return False
    walk.say("same_person_first", year=_year(walk))
    _ask(walk, gives)
    return True


def is_plain_answer(walk: Walk) -> bool:
    """Whether a danger that only the interpreter suspects is but the answer to who it is: "jag har fått nytt nummer"."""
    question = walk.conversation.question
    if walk.understanding.danger_rule is not None:
        return False
    if is_unsure(walk.conversation, walk.incoming) and _says_new_owner(walk.incoming):
        return True
    if question is None or question.kind != KIND:
        return False
    text = folded(walk.incoming.text)
    return len(text.split()) <= _SHORT and bool(_IS_NEW.search(text) or _IS_SAME.search(text))


def ask_beside(walk: Walk) -> None:
    """Ends the answer with the question, once in a sitting, when nothing else is asked and nobody is in danger."""
    conversation, put_by = walk.conversation, walk.conversation.put_by
    if put_by is None or not is_unsure(conversation, walk.incoming):
        return
    if walk.case_opened:
        put_by = replace(put_by, hides_case=False, asked_person=True)
        walk.set(put_by=put_by)
    if (
        not walk.parts
        or walk.priority == Priority.DANGER
        or conversation.opted_out
        or conversation.question is not None
    ):
        return
    if (
        walk.family.questions
        or walk.family.joins
        or (put_by.asked_at and walk.now - put_by.asked_at < limits.SAME_SITTING)
    ):
        return
    walk.say("same_person_ask", year=_year(walk))
    walk.may_give_way(walk.world.texts.get("same_person_ask_short", walk.language, year=_year(walk)))
    _ask(walk)


def answered(walk: Walk, question: Question) -> bool:
    """JA gives everything back; NEJ makes them a new person. Anything else leaves it open."""
    put_by = walk.conversation.put_by
    if put_by is None or walk.incoming.channel != "sms":
        walk.set(question=None)
        return False
    text = folded(walk.incoming.text)
    new = bool(_IS_NEW.search(text))
    if says_no(walk) or new:
        walk.set(question=None, put_by=None, not_understood=0)
        walk.events.append(NewOwner(put_by.heard_at, put_by.asked_person))
        walk.say("same_person_no")
    elif says_yes(walk) or _IS_SAME.search(text):
        _give_back(walk, put_by)
        walk.say("same_person_yes")
    else:
        return False
    _go_on(walk, question)
    return True


def _says_new_owner(incoming: Incoming) -> bool:
    text = re.sub(r"[\W_]+", " ", folded(incoming.text)).strip()
    return incoming.kind == Kind.TEXT and len(text.split()) <= _LONGEST and bool(_HAS_THIS_NUMBER.search(text))


def _put_by(conversation: Conversation, flows: Mapping[str, Flow], heard: datetime) -> Conversation:
    position = conversation.position
    flow = flows.get(position.flow) if position else None
    kept = conversation.paused
    if position and flow and flow.kind == "guide" and flow.name not in SAFETY:
        kept = _by_flow((*kept, Position(position.flow, position.step, position.trail)))
    case = conversation.case
    put_by = PutBy(
        heard,
        hides_case=case is not None and case.status == Status.WAITING,
        paused=kept,
        helping=conversation.helping,
        needs=conversation.needs,
        finished=conversation.finished,
    )
    return conversation.with_(
        put_by=put_by, position=None, question=None, paused=(), helping=(), needs=(), finished=None, known={}, near=None, meanwhile=False, halted=False,
        last_answer="", told="", told_waiting_at=None, not_understood=0, case_closed=False,
    )  # fmt: skip


def _give_back(walk: Walk, put_by: PutBy) -> None:
    now = walk.conversation
    open_flow = now.position.flow if now.position else None
    left = tuple(
        one for one in _by_flow((*put_by.paused, *now.paused)) if one.flow != open_flow and one.flow in walk.world.flows
    )
    walk.set(
        question=None,
        put_by=None,
        not_understood=0,
        paused=left[-limits.PAUSED_KEPT :],
        helping=tuple({one.flow: one for one in (*put_by.helping, *now.helping)}.values()),
        needs=tuple(name for name in dict.fromkeys((*now.needs, *put_by.needs)) if name in walk.world.flows),
        finished=now.finished or put_by.finished,
    )


def _go_on(walk: Walk, question: Question) -> None:
    """Back to what the question stood in the way of."""
    if question.options:
        kind, *options = question.options
        walk.set(question=Question(kind, tuple(options), about=question.about))
        walk.say("same_person_then")
        offers.yes_or_no(walk)
    elif walk.conversation.position is None:
        offers.offer_what_waits(walk)


def _ask(walk: Walk, instead_of: Question | None = None) -> None:
    """`instead_of` is asked again afterwards."""
    put_by = walk.conversation.put_by
    assert put_by is not None, "nothing is put by"
    kept = (
        Question(KIND, (instead_of.kind, *instead_of.options), about=instead_of.about, soft=True)
        if instead_of
        else Question(KIND, soft=True)
    )
    walk.set(put_by=replace(put_by, asked_at=walk.now), question=kept)
    offers.yes_or_no(walk)


def _year(walk: Walk) -> str:
    put_by = walk.conversation.put_by
    assert put_by is not None, "nothing is put by"
    return str(put_by.heard_at.astimezone(STOCKHOLM).year)


def _by_flow(positions: tuple[Position, ...]) -> tuple[Position, ...]:
    """Each guide once, as it was left last."""
    last: dict[str, Position] = {}
    for one in positions:
        last.pop(one.flow, None)
        last[one.flow] = one
    return tuple(last.values())
