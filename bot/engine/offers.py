"""Questions that are answered with JA or NEJ: a person, the next need that was told, a guide that was left."""

from __future__ import annotations

from bot.domain.case import Reason
from bot.domain.conversation import Question
from bot.engine import route
from bot.engine.walk import Walk


def offer_person(walk: Walk, reason: Reason) -> None:
    """Offers a person; JA opens the case for `reason`."""
    say_person(walk, reason)
    walk.set(question=Question("person", about=str(reason)))
    yes_or_no(walk)


def say_person(walk: Walk, reason: str) -> None:
    """The words of the offer: who is stuck has struggled, who was not understood has not."""
    walk.say("offer_person" if reason == Reason.STUCK else "offer_person_shortly")


def offer_steps_meanwhile(walk: Walk, name: str, said: str) -> None:
    """Offers a guide to one who waits for a person. `said` is the message that asked for it."""
    walk.say("offer_meanwhile", title=walk.title(walk.world.flows[name]))
    walk.set(question=Question("meanwhile", options=(name,), about=said))
    yes_or_no(walk)


def offer_what_waits(walk: Walk) -> None:
    """After a guide or a greeting: the next need that was told, else the guide that was left last."""
    offer_next_need(walk)
    conversation = walk.conversation
    if _busy(walk) or not conversation.paused or conversation.other_writer:
        return
    left = conversation.paused[-1]
    walk.set(question=Question("resume", options=(left.flow,)))
    say_resume(walk, left.flow)
    yes_or_no(walk)


def offer_next_need(walk: Walk) -> None:
    """The next need that was told together with the first. It waits until it is begun or declined, so that other talk does not lose it."""
    needs = walk.conversation.needs
    if _busy(walk) or not needs:
        return
    walk.set(question=Question("next_need", options=(needs[0],)))
    say_next_need(walk, needs[0])
    yes_or_no(walk)


def something_waits(walk: Walk) -> bool:
    """Whether offer_what_waits would offer anything."""
    return not _busy(walk) and bool(
        walk.conversation.needs or (walk.conversation.paused and not walk.conversation.other_writer)
    )


def say_resume(walk: Walk, name: str) -> None:
    """Where a guide that was left was left."""
    left = next(position for position in walk.conversation.paused if position.flow == name)
    at, of = route.number(walk.world.flows[name], left)
    walk.say("offer_resume", title=walk.title(walk.world.flows[name]), at=str(at), of=str(of))


def say_next_need(walk: Walk, name: str) -> None:
    walk.say("offer_need", title=walk.title(walk.world.flows[name]))


def yes_or_no(walk: Walk) -> None:
    """Buttons for JA and NEJ."""
    walk.offer(walk.world.texts.get("button_yes", walk.language), "JA")
    walk.offer(walk.world.texts.get("button_no", walk.language), "NEJ")


def _busy(walk: Walk) -> bool:
    """Whether a question is open, or a person has the conversation."""
    conversation = walk.conversation
    return bool(conversation.question or (conversation.case and not conversation.meanwhile))
