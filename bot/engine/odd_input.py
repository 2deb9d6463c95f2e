"""What is no written message: pictures, voice messages, stickers, positions, edits."""

from __future__ import annotations

from bot.domain.case import Status
from bot.domain.message import Kind
from bot.engine import nearby
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


def answered(walk: Walk) -> bool:
    """Answers what is no text; a text sent with a picture is read as text, and this returns False."""
    kind = walk.incoming.kind
    if kind == Kind.LOCATION:
        question = walk.conversation.question
        nearby.find(walk, question.about if question and question.kind == "place" else "")
    elif kind in (Kind.VOICE, Kind.STICKER, Kind.CONTACT, Kind.OTHER):
        walk.say(f"got_{kind}")
    elif kind == Kind.PHOTO and walk.incoming.text.strip():
        walk.say("got_photo_with_text")
        return False
    elif kind == Kind.PHOTO:
        walk.say("got_photo")
    else:
        return False
    return True
