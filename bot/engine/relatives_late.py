"""What an elder answers when the question whether a relative may follow has run out: kindly that it has, and how it can be put again.

Nothing starts, and the relative is told nothing. A no counts: then the number is not asked for this relative again.
"""

from __future__ import annotations

from bot.domain import consenting
from bot.domain.asking import names_joined
from bot.domain.case import Status
from bot.domain.events import LinkEnded
from bot.domain.keywords import Keyword
from bot.domain.link import Question as Asked
from bot.domain.message import Kind
from bot.engine import relatives_consent
from bot.engine.walk import Walk
from nlu.labels import ASKABLE


def answered(walk: Walk) -> bool:
    """Acts on an answer that came too late; False when the message is none, or may be another question's."""
    late, case = walk.family.run_out, walk.conversation.case
    if not late or walk.family.questions or walk.incoming.kind != Kind.TEXT or walk.incoming.channel != "sms":
        return False
    if walk.conversation.question is not None or (case is not None and case.status != Status.WAITING):
        return False
    first = _is_first(walk, late)
    if not first and walk.conversation.position is not None:
        return False
    named = _names_some(walk, late)
    late = tuple(one for one in late if not named or _names_some(walk, (one,)))
    if walk.word is not None:
        return _by_word(walk, late)
    return (first or named) and _by_sentence(walk, late)


def _by_word(walk: Walk, late: tuple[Asked, ...]) -> bool:
    if walk.word == Keyword.YES:
        _say(walk, late, "link_late_yes")
    elif walk.word == Keyword.NO:
        _refuse(walk, late)
    else:
        return False
    return True


def _by_sentence(walk: Walk, late: tuple[Asked, ...]) -> bool:
    """Only the first words since, or such as name who asked: any other may be about anything. No yes is taken here, so a near one will do."""
    text = walk.incoming.text
    if consenting.is_pressed(text):
        relatives_consent.say_pressed(walk)
    elif not _names_some(walk, late) and (
        consenting.is_about_own_matter(text) or (walk.understanding.accepted and walk.understanding.intent in ASKABLE)
    ):
        return False
    elif walk.means("deny") or consenting.begins_with_no(text) or consenting.refuses(text):
        _refuse(walk, late)
    elif walk.means("affirm") or consenting.says_yes_first(text) or consenting.permits(text):
        _say(walk, late, "link_late_yes")
    elif consenting.asks_about_it(text) or consenting.doubts(text) or _names_some(walk, late):
        _say(walk, late, "link_late")
    else:
        return False
    return True


def is_doubt(walk: Walk) -> bool:
    """Whether what sounds like a fraud only asks about the question that ran out: "är det bluff"."""
    rule, stage = walk.understanding.danger_rule, walk.understanding.entity("fraud_stage")
    if rule is not None and stage in ("loss", "now"):
        return False
    late, ours = walk.family.run_out, walk.incoming.channel == "sms" and not walk.family.questions
    return ours and bool(late) and _is_first(walk, late) and consenting.doubts(walk.incoming.text)


def _is_first(walk: Walk, late: tuple[Asked, ...]) -> bool:
    """Whether this is the first that the elder writes since the question."""
    heard = walk.conversation.heard_at
    return heard is None or max(one.asked_at for one in late) >= heard


def _names_some(walk: Walk, late: tuple[Asked, ...]) -> bool:
    return bool(consenting.named(walk.incoming.text, (one.relative_name for one in late)))


def _refuse(walk: Walk, late: tuple[Asked, ...]) -> None:
    walk.events.extend(LinkEnded(one.link_id, by_elder=True) for one in late)
    _say(walk, late, "link_late_no")


def _say(walk: Walk, late: tuple[Asked, ...], key: str) -> None:
    names = dict.fromkeys(one.relative_name for one in late)
    joined = names_joined(names, walk.world.texts.get("and", walk.language))
    walk.set(not_understood=0)
    if key == "link_late_yes":
        walk.say("link_late_yes", relative=joined)
    elif key == "link_late_no":
        walk.say("link_late_no", relative=joined)
    else:
        walk.say("link_late", relative=joined)
