"""What is no written message: pictures, voice messages, stickers, positions, cards, edits."""

from __future__ import annotations

from bot.domain.case import Reason, Status
from bot.domain.conversation import Question
from bot.domain.message import Kind
from bot.engine import limits, nearby, offers
from bot.engine.secrets import warn_of_secrets
from bot.engine.walk import Walk


def edited(walk: Walk) -> None:
    """An edited message moves nothing and counts as nothing; while a person is in it, it is read there."""
    if walk.conversation.halted:
        return
    warn_of_secrets(walk)
    case = walk.conversation.case
    if case is None or (case.status == Status.WAITING and walk.conversation.meanwhile):
        walk.say("edited")
        walk.may_give_way()


def passed_on(walk: Walk) -> bool:
    """A picture or voice message without words, while a person is waited for: they will see or hear it, and that is said, though not of each in a row.

    Who has the case already answers for themselves.
    """
    kind, case = walk.incoming.kind, walk.conversation.case
    if (
        case is None
        or case.status != Status.WAITING
        or kind not in (Kind.PHOTO, Kind.VOICE)
        or walk.incoming.text.strip()
    ):
        return False
    text = walk.world.texts.get("photo_passed_on" if kind == Kind.PHOTO else "voice_passed_on", walk.language)
    heard = walk.conversation.heard_at
    just_said = walk.conversation.last_answer == text and heard is not None and walk.now - heard <= limits.SAME_SITTING
    if not just_said:
        walk.parts.append(text)
    return True


def answered(walk: Walk) -> bool:
    """Answers what is no text; a text sent with a picture is read as text, and this returns False."""
    kind = walk.incoming.kind
    if kind == Kind.LOCATION:
        question = walk.conversation.question
        nearby.find(walk, question.about if question and question.kind == "place" else "")
    elif kind == Kind.VOICE:
        free = _may_ask(walk)
        walk.say("got_voice" if free else "got_voice_busy")
        if free:
            _ask_whether_a_person(walk)
    elif kind == Kind.STICKER:
        free = _may_ask(walk) and walk.conversation.position is None  # in a guide it says "done" as often as anything
        walk.say("got_sticker" if free else "got_sticker_busy")
        if free:
            _ask_whether_a_person(walk)
    elif kind in (Kind.CONTACT, Kind.OWN_CONTACT, Kind.OTHER):
        walk.say(f"got_{kind}")
    elif kind == Kind.PHOTO and walk.incoming.text.strip():
        walk.say("got_photo_with_text")
        return False
    elif kind == Kind.PHOTO:
        walk.say("got_photo")
    else:
        return False
    return True


def _may_ask(walk: Walk) -> bool:
    """Whether JA would mean nothing else."""
    question = walk.conversation.question
    return (question is None or question.soft) and not walk.family.questions and walk.conversation.case is None


def _ask_whether_a_person(walk: Walk) -> None:
    walk.set(question=Question("person", about=str(Reason.ASKED)))
    offers.yes_or_no(walk)
