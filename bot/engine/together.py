"""What a relative may see and do for an elder whose leave they have: how the case stands, the guide to go on with, a note for the handledare.

Of an elder without a living leave nothing is said but that there is none, or no answer yet. What was written in the elder's case is never told, nor what
a booking is about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from bot.domain import asking, passing_on, standing
from bot.domain.case import Status
from bot.domain.conversation import Conversation, Helping, Position, Question
from bot.domain.course import Booking, BookingStatus
from bot.domain.events import CaseNoted, GuideShared, StandingTold
from bot.domain.keywords import Keyword
from bot.domain.link import Elder, Helper, Wish
from bot.domain.message import Kind
from bot.domain.opening_hours import describe_moment
from bot.engine import courses, elder_seats, guide, helping, limits, route
from bot.engine.answers import says_no, says_yes
from bot.engine.duty_words import when_answered
from bot.engine.flow import SAFETY
from bot.engine.offers import yes_or_no
from bot.engine.settle import settled
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.whose_elder import meant, names_somebody, says_pronoun, whom

_CONTINUE = re.compile(
    r"^\W*(?:(?:hej|jag|vi|kan|vill|ska|får|gärna|please|can|i|we|want|to|snälla|då|nu|ja) )*(?:fortsätt\w*|forts\w*|gå vidare|ta över|ta vid|continue|go on|carry on|resume|visa \w*\s?\w* ?(?:steg|guide)\w*|show)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^\W*(?:(?:kan|du|ni|snälla|please|can|you|hej) )*(?:(?:säg|hälsa|meddela|berätta|tell|let)\b.*\b(?:handledar\w*|den som hjälper|personen|människan|person|helper|human)\b"
    r"|(?:lägg till|lägg in|skriv in|anteckna|notera|add|note)\b.*\b(?:ärende\w*|case|akt\w*)\b)",
    re.IGNORECASE,
)
_BOOK = re.compile(r"\b(?:boka\w*|anmäl\w*|skriv\w* (?:in|upp)|book|sign up|enrol)\b", re.IGNORECASE)
_NOT_FOR_US = re.compile(
    r"\b(?:följa|följ|koppla\w*|sluta|ta bort|anhörig stopp|follow|stop following|unlink)\b", re.IGNORECASE
)
_SHORT = 8
_WORSE = re.compile(r"\b(?:bank\w*|kod\w*|betal\w*|köp\w*|lån\w*|pengar\w*|swish\w*|bluff\w*|lura\w*)\b", re.IGNORECASE)
_LONGEST = 20
"""Words of a question about somebody's matters; a longer text tells of more."""
_ON = (Keyword.NEXT, Keyword.REPEAT, Keyword.BACK, Keyword.STUCK, Keyword.RESUME, Keyword.YES)
_BOOKINGS_TOLD = 2


def answered(walk: Walk) -> bool:
    """Acts on a message about somebody whom this person follows or wants to follow; False when it is about something else."""
    family, case = walk.family, walk.conversation.case
    if (
        not (family.elders or family.wishes)
        or walk.word is not None
        or walk.incoming.kind not in (Kind.TEXT, Kind.PHOTO)
    ):
        return False
    if case is not None and case.status != Status.WAITING:
        return False  # they are talking to the handledare who has their own case
    text = walk.incoming.text
    if walk.understanding.entity("phone_number") or (_NOT_FOR_US.search(text) and not _is_of_the_answer(walk)):
        return False
    wanted = _wanted(walk)
    return wanted is not None and _for_one(walk, wanted)


def go_on(walk: Walk, question: Question) -> bool:
    """The answer to the offer to go on with the elder's steps."""
    if says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("anything_else")
        return True
    if not (says_yes(walk) or walk.word == Keyword.RESUME):
        return False
    walk.set(question=None, not_understood=0)
    _with(walk, "continue", question.options[0])
    return True


def choose(walk: Walk, question: Question, option: str) -> None:
    """Which of several elders was meant; `about` is what was wanted, and for a note the words as well."""
    walk.set(question=None, not_understood=0)
    wanted, _, said = question.about.partition("|")
    _with(walk, wanted, option, said)


def share(walk: Walk, before: Conversation) -> None:
    """A move in a guide that is shared by a link is told to services; without a living link it is this person's own again."""
    position = walk.conversation.position
    shared = helping.of_flow(walk, position.flow) if position else None
    if position is None or shared is None or shared.link_id is None:
        return
    if walk.family.elder(shared.link_id) is None:
        helping.remember(walk, replace(shared, link_id=None))
        return
    at = before.position
    if (
        shared in before.helping
        and at
        and at.flow == position.flow
        and (at.step, at.trail) != (position.step, position.trail)
    ):
        walk.events.append(GuideShared(shared.link_id, Position(position.flow, position.step, position.trail)))


def caught_up(walk: Walk) -> bool:
    """The other one has gone further in a shared guide since this person wrote: goes there, and when the message moves on or asks for the step, answers with it."""
    newer = _newer(walk)
    if newer is None:
        return False
    who, position = newer
    flow = walk.world.flows[position.flow]
    walk.set(position=Position(position.flow, position.step, position.trail))
    question = walk.conversation.question
    if question and not question.soft and question.kind != "choose":
        return False
    at, _ = route.number(flow, position)
    moves = walk.word in _ON or walk.means("next", "repeat", "back", "stuck", "affirm", "greet")
    walk.say("elder_helped_to", who=_capital(who), at=str(at))
    if not moves:
        walk.may_give_way()
        return False
    walk.set(not_understood=0)
    guide.repeat(walk)
    return True


def follow_paused(walk: Walk) -> None:
    """A guide that this person left is offered where the other one has got to with it."""
    others: tuple[Helper | Elder, ...] = (*walk.family.helpers, *_shared_elders(walk))
    for by in others:
        if by.position is None or not _is_newer(walk, by.moved_at) or by.position.flow not in walk.world.flows:
            continue
        flow = walk.world.flows[by.position.flow]
        there = settled(flow, by.position)
        walk.set(paused=tuple(there if left.flow == there.flow else left for left in walk.conversation.paused))


def _wanted(walk: Walk) -> str | None:
    """What the message wants of an elder's matters: "note", "continue", "cancel", "book" or "status"."""
    text = walk.incoming.text
    if _NOTE.search(text) or passing_on.is_for_helper(text):
        return "note" if names_somebody(walk) or says_pronoun(walk) else None
    if len(text.split()) > _LONGEST:
        return None
    if _CONTINUE.search(text):
        return "continue" if names_somebody(walk) or says_pronoun(walk) else None
    if elder_seats.wants_to_cancel(walk):
        return "cancel" if names_somebody(walk) else None
    if standing.asks_how_it_stands(text) or walk.means("case_status") or _is_of_the_answer(walk):
        return "status"
    if _BOOK.search(text) and elder_seats.for_whom(walk).startswith(elder_seats.LINK):
        return "book"
    return None


def is_plain(walk: Walk) -> bool:
    """Whether what only the interpreter takes for danger asks whether there is a yes: "har han godkänt?"."""
    return (
        walk.understanding.danger_rule is None
        and len(walk.incoming.text.split()) <= _SHORT
        and _is_of_the_answer(walk)
        and not _WORSE.search(walk.incoming.text)
    )


def _is_of_the_answer(walk: Walk) -> bool:
    """Whether it is about the yes that somebody waits for, or has not got."""
    text = walk.incoming.text
    about = names_somebody(walk) or says_pronoun(walk) or asking.says_follow(text)
    return bool(walk.family.wishes) and not walk.family.elders and about and asking.says_they_answered(text)


def _for_one(walk: Walk, wanted: str) -> bool:
    """Finds whom it is about, and does it; asks when there are several. False when it is about nobody that we know of."""
    family = walk.family
    elders: tuple[Elder | Wish, ...] = meant(walk, family.elders)
    if not elders and not names_somebody(walk):
        own = walk.conversation.case is not None or walk.conversation.case_closed
        barely = walk.conversation.position is None and standing.asks_barely(walk.incoming.text)
        if wanted == "status" and (
            own or not (says_pronoun(walk) or walk.means("case_status") or barely or _is_of_the_answer(walk))
        ):
            return False
        elders = family.elders
    if not elders:
        elders = meant(walk, family.wishes) if names_somebody(walk) else family.wishes
    if not elders or (wanted == "cancel" and not elder_seats.may_ask(walk, elders)):
        return False
    walk.set(not_understood=0)
    if len(elders) == 1:
        _with(walk, wanted, str(elders[0].link_id), walk.incoming.text)
        return True
    labels = tuple(_capital(whom(one).called(walk.language)) for one in elders)
    walk.say("elder_which")
    walk.parts.append(numbered(labels))
    walk.say("choose_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    said = walk.incoming.text[: limits.SAID_KEPT] if wanted == "note" else ""
    walk.set(
        question=Question(
            "elder", tuple(str(one.link_id) for one in elders), labels, about=f"{wanted}|{said}", soft=True
        )
    )
    return True


def _with(walk: Walk, wanted: str, link: str, said: str = "") -> None:
    elder = walk.family.elder(int(link))
    if elder is None:
        elder_seats.say_no_leave(walk, int(link))
        if wanted == "note":
            walk.say("note_not_passed")
            walk.may_give_way()
    elif wanted == "status":
        _tell(walk, elder)
    elif wanted == "continue":
        _continue(walk, elder)
    elif wanted == "cancel":
        elder_seats.ask_to_cancel(walk, elder)
    elif wanted == "book":
        courses.find(walk)
    elif elder.case is None:
        walk.say("elder_nothing_to_note", whom=whom(elder).called(walk.language))
    else:
        walk.events.append(CaseNoted(said, elder.link_id))
        walk.say("elder_noted", whom=whom(elder).called(walk.language))


def _tell(walk: Walk, elder: Elder) -> None:
    """How it stands, in plain words; the offer to go on with the steps comes last."""
    walk.events.append(StandingTold(elder.link_id, elder.case))
    name = whom(elder).called(walk.language)
    walk.say("elder_status", whom=name)
    if elder.case == Status.WAITING:
        team = walk.world.organisation.team(*elder.home)
        walk.say("elder_case_waiting", when=when_answered(team, walk.now, walk.world.texts, walk.language))
    elif elder.case == Status.CLAIMED:
        walk.say("elder_case_claimed")
    elif elder.case == Status.ANSWERED:
        walk.say("elder_case_answered", whom=name)
    else:
        walk.say("elder_case_none")
    for count, booking in enumerate(elder_seats.own(elder)):
        if count < _BOOKINGS_TOLD:
            _tell_booking(walk, booking)
            if count:
                walk.may_give_way()
    position = _shown(walk, elder)
    if position is None:
        return
    flow = walk.world.flows[position.flow]
    at, of = route.number(flow, position)
    walk.say("elder_guide", title=walk.title(flow), at=str(at), of=str(of))
    question = walk.conversation.question
    if question is None or question.soft:
        walk.say("elder_go_on")
        walk.may_give_way()
        walk.set(question=Question("elder_guide", (str(elder.link_id),), soft=True))
        yes_or_no(walk)


def _tell_booking(walk: Walk, booking: Booking) -> None:
    """Time and place; never what it is about."""
    when = describe_moment(booking.course.starts_at, walk.now, walk.language)
    booked = booking.status == BookingStatus.BOOKED
    walk.say("elder_booking" if booked else "elder_waits", when=when, place=elder_seats.place(walk, booking))


def _continue(walk: Walk, elder: Elder) -> None:
    """The elder's guide at their step, told to the helper."""
    position = _shown(walk, elder)
    if position is None:
        walk.say("elder_no_guide", whom=whom(elder).called(walk.language))
        return
    guide.pause(walk)
    if walk.conversation.case:
        walk.set(meanwhile=True)
    kept = tuple(left for left in walk.conversation.paused if left.flow != position.flow)
    walk.set(position=position, paused=kept, question=None)
    helping.remember(walk, Helping(position.flow, elder.relation, elder.called, elder.link_id))
    walk.say("elder_continue", whom=whom(elder).called(walk.language))
    walk.may_give_way()
    guide.repeat(walk)


def _shown(walk: Walk, elder: Elder) -> Position | None:
    """Where the elder is in a guide; a page, or what to do in danger, is not told."""
    flow = walk.world.flows.get(elder.position.flow) if elder.position else None
    if elder.position is None or flow is None or flow.kind != "guide" or flow.name in SAFETY:
        return None
    there = settled(flow, elder.position)
    return Position(there.flow, there.step, there.trail)


def _newer(walk: Walk) -> tuple[str, Position] | None:
    """Who has gone to another step of the guide that is open here, and to which, since this person last wrote."""
    here = walk.conversation.position
    if here is None:
        return None
    found = [(by.moved_at, by.relative_name, by.position) for by in walk.family.helpers]
    found += [(elder.moved_at, whom(elder).called(walk.language), elder.position) for elder in _shared_elders(walk)]
    there = [
        (moved_at, who, at)
        for moved_at, who, at in found
        if moved_at and at and at.flow == here.flow and _is_newer(walk, moved_at)
    ]
    if not there:
        return None
    _, who, at = max(there, key=lambda one: one[0])
    position = settled(walk.world.flows[at.flow], at)
    return (who, position) if position.step != here.step else None


def _shared_elders(walk: Walk) -> list[Elder]:
    """Those whose guide this person goes on with by a living link."""
    shared = {(one.link_id, one.flow) for one in walk.conversation.helping}
    return [elder for elder in walk.family.elders if elder.position and (elder.link_id, elder.position.flow) in shared]


def _is_newer(walk: Walk, moved_at: datetime | None) -> bool:
    heard = walk.conversation.heard_at
    return moved_at is not None and (heard is None or moved_at > heard)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
