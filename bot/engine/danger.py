"""The flows of danger, and the question whether there is one when the interpreter is in doubt."""

from __future__ import annotations

from bot.domain.case import Reason
from bot.domain.conversation import Question
from bot.domain.lost_money import may_be_lost
from bot.domain.message import Kind
from bot.engine import guide, limits, open_step
from bot.engine.answers import says_no, says_yes
from bot.engine.offers import yes_or_no
from bot.engine.secrets import holds_only_secrets
from bot.engine.walk import Walk

DANGER: dict[str, Reason] = {"emergency": Reason.EMERGENCY, "fraud_suspected": Reason.FRAUD}
"""The intent of each danger, which is the name of its flow too."""


def begin(walk: Walk, name: str) -> None:
    """Begins the flow of a danger: what to do now stands first."""
    danger = DANGER[name]
    walk.introduction_last = danger == Reason.EMERGENCY
    walk.set(not_understood=0)
    guide.start(walk, walk.world.flows[name])
    if danger == Reason.FRAUD and walk.case_opened:
        walk.say("person_follows")
        walk.may_give_way()


def asks_about_danger(walk: Walk) -> bool:
    """Asks whether there is danger when that is what the message is likeliest about, though not surely; not again after a NEJ."""
    understanding = walk.understanding
    doubted = (
        understanding.intent in DANGER
        and not understanding.accepted
        and understanding.confidence >= limits.DOUBTFUL_DANGER
    )
    if (
        not doubted
        or walk.word is not None
        or holds_only_secrets(walk)
        or walk.conversation.known.get("no_danger") == understanding.intent
    ):
        return False
    ask(walk, understanding.intent)
    return True


def asks_about_lost_money(walk: Walk) -> bool:
    """Asks whether it is a fraud when money is told to be gone in words that were taken for another need; not again after a NEJ, and not where the open step knows the trouble."""
    if (
        walk.word is not None
        or walk.understanding.intent in DANGER
        or walk.incoming.kind not in (Kind.TEXT, Kind.PHOTO)
    ):
        return False
    if (
        not may_be_lost(walk.incoming.text)
        or open_step.error(walk)
        or walk.conversation.known.get("no_danger") == "fraud_suspected"
    ):
        return False
    ask(walk, "fraud_suspected")
    return True


def ask(walk: Walk, name: str) -> None:
    """Asks whether there is the danger of that name."""
    walk.set(question=Question("danger", options=(name,)), not_understood=0)
    say_doubt(walk, name)
    yes_or_no(walk)


def say_doubt(walk: Walk, name: str) -> None:
    """The question whether there is danger; of danger to life 112 comes with it."""
    walk.say("is_life_in_danger" if name == "emergency" else "is_it_fraud")


def answered(walk: Walk, question: Question) -> bool:
    """JA begins the flow of the danger; NEJ leads back to where the resident was."""
    name = question.options[0]
    if says_yes(walk):
        walk.set(question=None)
        begin(walk, name)
    elif says_no(walk):
        walk.set(question=None, known={**walk.conversation.known, "no_danger": name})
        walk.say("good_no_danger")
        if walk.conversation.position:
            walk.may_give_way()
            guide.repeat(walk)
        else:
            walk.say("what_now")
    else:
        return False
    return True
