"""A relative says that they want to follow somebody's matters: the elder's number is asked for, and services are told of the wish.

The relative hears the same words whoever has the number, and whatever they have answered before: only a number's form is ever declined.
"""

from __future__ import annotations

import re

from bot.domain import asking, standing
from bot.domain.address import Address, AddressError
from bot.domain.asking import Told
from bot.domain.case import URGENCY_OF, Reason, Status, Urgency
from bot.domain.conversation import Question
from bot.domain.events import LinkWanted
from bot.domain.link import Elder, Wish
from bot.domain.message import Kind
from bot.domain.relations import HELPED, may_be_spoken_of
from bot.engine import offers
from bot.engine.walk import Walk
from nlu.labels import TOPICS

SWEDISH = "+46"
_ABOUT_SOMETHING_ELSE = frozenset(
    [
        "callback",
        "human",
        "course_list",
        "course_book",
        "course_cancel",
        "device_loan",
        "find_place",
        "privacy",
        "feedback",
        "wish",
        "stop",
        "case_status",
        "fraud_suspected",
        "emergency",
    ]
)
"""Needs that a relation and a number may be part of, so that they alone are no wish to follow anybody."""
_LONGEST_ANSWER = 12
"""Words of a message that gives the number that was asked for; a longer one tells of something else."""
_FEWEST_DIGITS = 5
_FOREIGN = re.compile(r"\W*(?:\+|00)(?!46|0)\d")
"""Begins like a number of another country, though it may be none that is in use."""


def heard(walk: Walk) -> bool:
    """Acts on a wish to follow somebody, or on the number that was asked for; False when the message is about something else."""
    if walk.incoming.kind == Kind.CONTACT:
        return _card(walk)
    if walk.incoming.kind == Kind.OWN_CONTACT:
        return _own_card(walk)
    if walk.word is not None or walk.incoming.kind not in (Kind.TEXT, Kind.PHOTO) or not _free_to_ask(walk):
        return False
    if _open(walk) and number_given(walk, _open(walk) or Question("")):
        return True
    number = _number(walk)
    if number is not None:
        return _wish_with(walk, number)
    return _wish_without(walk)


def asked_without_leave(walk: Walk) -> bool:
    """ "Hur går det för mamma" of one who has no leave from her: nothing is told but how to get one."""
    text, understanding = walk.incoming.text, walk.understanding
    if (
        walk.word is not None
        or walk.incoming.kind != Kind.TEXT
        or walk.conversation.case is not None
        or walk.conversation.position is not None
    ):
        return False
    if (
        len(text.split()) > _LONGEST_ANSWER
        or not standing.asks_how_it_stands(text)
        or (understanding.accepted and understanding.intent in TOPICS)
    ):
        return False
    told = _told(walk)
    people: tuple[Elder | Wish, ...] = (*walk.family.elders, *walk.family.wishes)
    if told.relation not in HELPED or any(_same(one, told) for one in people):
        return False
    _ask_number(walk, told)
    return True


def is_plain_wish(walk: Walk) -> bool:
    """Whether a danger that only the interpreter suspects is but a number: one that was asked for, or one beside a wish in so many words."""
    if walk.understanding.danger_rule is not None or walk.word is not None or _number(walk) is None:
        return False
    if asking.number_is_for_something_else(walk.incoming.text):
        return False
    if _adds_another(walk):
        return True
    asked_for = _open(walk) is not None and len(walk.incoming.text.split()) <= _LONGEST_ANSWER
    return asked_for or (asking.says_follow(walk.incoming.text) and _free_to_ask(walk))


def _adds_another(walk: Walk) -> bool:
    """ "Och pappa också, han har 070..." of somebody who follows, or has asked to."""
    text = walk.incoming.text
    known = bool(walk.family.elders or walk.family.wishes) and walk.conversation.case is None
    return known and asking.adds_another(text) and _told(walk).relation in HELPED and not asking.wants_secrets(text)


def number_given(walk: Walk, question: Question) -> bool:
    """Reads the message as the number that was asked for."""
    text, number = walk.incoming.text, _number(walk)
    told = Told.unpack(question.about)
    if number is None:
        if (
            walk.understanding.accepted
            or sum(c.isdigit() for c in text) < _FEWEST_DIGITS
            or len(text.split()) > _LONGEST_ANSWER
        ):
            return False
        _decline(walk, "link_foreign" if _FOREIGN.match(text) else "link_number_wrong", told)
        return True
    if asking.number_is_for_something_else(text) and not asking.says_follow(text):
        return False
    _want(walk, number, _joined(walk, told))
    return True


def _wish_with(walk: Walk, number: str) -> bool:
    text = walk.incoming.text
    told = _told(walk)
    case, question = walk.conversation.case, walk.conversation.question
    if not asking.wants_to_follow(text) and not _adds_another(walk):
        about_other = walk.understanding.accepted and walk.understanding.intent in _ABOUT_SOMETHING_ELSE
        if (
            about_other
            or asking.number_is_for_something_else(text)
            or case is not None
            or (question and question.kind == "time")
        ):
            return False
        if told.relation not in HELPED and not walk.means("relative_help"):
            return False
    elif asking.number_is_for_something_else(text) and not asking.says_follow(text):
        return False
    if asking.others_number(text, _numbers(walk)) is None:
        _ask_number(walk, told)  # the number is the writer's own, to be reached on
        return True
    _want(walk, number, told)
    return True


def _wish_without(walk: Walk) -> bool:
    """ "Jag vill följa min pappas ärende": whoever follows, or has asked to, means that by a weaker word, unless it is somebody else."""
    text = walk.incoming.text
    told = _told(walk)
    somebody = told.relation in HELPED or bool(told.called)
    if (
        not asking.wants_to_follow(text)
        or not (somebody or walk.means("relative_help"))
        or walk.conversation.case is not None
    ):
        return False
    people: tuple[Elder | Wish, ...] = (*walk.family.elders, *walk.family.wishes)
    if people and (not asking.says_follow(text) or not somebody or any(_same(one, told) for one in people)):
        return False
    _ask_number(walk, told)
    return True


def _card(walk: Walk) -> bool:
    """A contact card is a wish too; the name on it is what the elder is called."""
    if not _free_to_ask(walk) or (walk.conversation.case is not None and _open(walk) is None):
        return False
    number, _, name = walk.incoming.text.strip().partition(" ")
    open_ = _open(walk)
    told = Told.unpack(open_.about) if open_ else Told()
    card = asking.clean_name(name)[: asking.LONGEST_CALLED]
    relation = card.casefold() if card.casefold() in HELPED else told.relation
    called = told.called or ("" if relation or asking.is_doubtful_name(card) else card)
    told = Told(relation, called, told.name or walk.family.name, told.doubt)
    try:
        _want(walk, Address.parse(number).text, told)
    except AddressError:
        _decline(walk, "link_number_wrong", told)
    return True


def _own_card(walk: Walk) -> bool:
    """One's own number is no answer to whose matters to follow."""
    question = _open(walk)
    if question is None:
        return False
    _decline(walk, "link_own_number", Told.unpack(question.about))
    return True


def _want(walk: Walk, number: str, told: Told) -> None:
    """Declines what no SMS can be asked at, by the number's form alone; else the wish is told, always with the same words."""
    if number in walk.family.own_numbers:
        _decline(walk, "link_own_number", told)
    elif not number.startswith(SWEDISH):
        _decline(walk, "link_foreign", told)
    elif any(number == ours.number for ours in walk.world.organisation.numbers):
        _decline(walk, "link_number_wrong", told)
    elif not Address(number).takes_sms:
        _decline(walk, "link_not_mobile", told)
    else:
        _ask_elder(walk, number, told)


def _ask_elder(walk: Walk, number: str, told: Told) -> None:
    name = told.name or walk.family.name
    doubt = told.doubt or ("name" if asking.is_doubtful_name(name) else "")
    called = told.called or HELPED.get(told.relation, HELPED["klient"])[0]
    if _open(walk):
        walk.set(question=None)
    walk.set(not_understood=0)
    if doubt:
        reason = Reason.FRAUD if doubt == "secrets" else Reason.ASKED
        walk.open_case(reason, URGENCY_OF[reason], None)
        walk.case_opened = False  # the answer tells of no case, so the next message does
    walk.events.append(
        LinkWanted(number, "" if doubt == "name" else asking.clean_name(name), called, told.relation, doubt)
    )
    walk.say("link_asked", called=asking.called(told, walk.language))
    flow = walk.world.flow_of(walk.understanding.intent) if walk.understanding.accepted and not doubt else None
    if flow and flow.kind == "guide":
        walk.set(needs=(flow.name, *(name for name in walk.conversation.needs if name != flow.name)))
        offers.offer_next_need(walk)


def _decline(walk: Walk, key: str, told: Told) -> None:
    """Says why that number does not do, and asks for another one."""
    called = asking.called(told, walk.language)
    if key == "link_own_number":
        walk.say("link_own_number", called=called)
    elif key == "link_foreign":
        walk.say("link_foreign", called=called)
    elif key == "link_not_mobile":
        walk.say("link_not_mobile", called=called)
    else:
        walk.say("link_number_wrong", called=called)
    _keep_open(walk, told)


def _ask_number(walk: Walk, told: Told) -> None:
    walk.say("link_ask_number", called=asking.called(told, walk.language))
    _keep_open(walk, told)


def _keep_open(walk: Walk, told: Told) -> None:
    walk.set(question=Question("elder_number", about=told.pack(), soft=True), not_understood=0)


def _free_to_ask(walk: Walk) -> bool:
    """Whoever talks to a handledare is left to it."""
    case = walk.conversation.case
    return case is None or (case.status == Status.WAITING and case.urgency != Urgency.CRITICAL)


def _open(walk: Walk) -> Question | None:
    question = walk.conversation.question
    return question if question and question.kind == "elder_number" else None


def _told(walk: Walk) -> Told:
    """What the message tells of the elder and of the writer."""
    text, understanding = walk.incoming.text, walk.understanding
    found = next((entity for entity in understanding.entities if entity.entity == "relation"), None)
    relation = found.value if found and found.value in HELPED else ""
    called = asking.called_in(text, text[found.start : found.end]) if found and relation else asking.related_to(text)
    known = walk.conversation.known
    if not relation and not called and may_be_spoken_of(known.get("relation", ""), text):
        relation = known["relation"]
    name = asking.own_name(text) or ("" if walk.conversation.other_writer else known.get("own_name", ""))
    doubt = "secrets" if asking.wants_secrets(text) else "name" if asking.is_doubtful_name(name) else ""
    return Told(relation, called, name, doubt)


def _joined(walk: Walk, before: Told) -> Told:
    """What was told before, with what this message adds."""
    now = _told(walk)
    return Told(
        before.relation or now.relation, before.called or now.called, now.name or before.name, before.doubt or now.doubt
    )


def _numbers(walk: Walk) -> list[tuple[str, int]]:
    return [(entity.value, entity.start) for entity in walk.understanding.entities if entity.entity == "phone_number"]


def _number(walk: Walk) -> str | None:
    numbers = _numbers(walk)
    return asking.others_number(walk.incoming.text, numbers) or (numbers[0][0] if numbers else None)


def _same(one: Elder | Wish, told: Told) -> bool:
    return bool(told.relation and one.relation == told.relation) or bool(told.called and one.called == told.called)
