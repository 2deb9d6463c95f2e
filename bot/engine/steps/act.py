"""`act`: what only the engine can do."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.case import Reason, Urgency
from bot.domain.conversation import Question
from bot.domain.events import OptedIn, OptedOut
from bot.engine import courses, loans, own_bookings, own_loans
from bot.engine.flow import Flow, Step
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.words import holds


def run(walk: Walk, flow: Flow, step: Step) -> None:
    ACTS[step.target](walk)


def _opt_out(walk: Walk) -> None:
    walk.set(opted_out=True, question=None, needs=())
    walk.events.append(OptedOut())
    if walk.incoming.carrier_opt != "stop":
        walk.say("opted_out")


def _opt_in(walk: Walk) -> None:
    walk.set(opted_out=False)
    walk.events.append(OptedIn())


def _set_language(walk: Walk) -> None:
    wants_english = holds(walk.incoming.text, ("english", "engelsk*", "inglish"))
    wants_swedish = holds(walk.incoming.text, ("svensk*", "swedish"))
    if wants_english and not wants_swedish:
        walk.set(language="en")
    elif wants_swedish:
        walk.set(language="sv")
    walk.say("language_set" if wants_english or wants_swedish else "languages")


def _show_menu(walk: Walk) -> None:
    menu = [item for item in walk.world.texts.menu if item.flow in walk.world.flows]
    labels = tuple(item.label.in_(walk.language) for item in menu)
    walk.say("menu")
    walk.parts.append(numbered(labels))
    walk.say("menu_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question("topics", tuple(item.flow for item in menu), labels, soft=True))


def _request_erasure(walk: Walk) -> None:
    walk.open_case(Reason.PRIVACY, Urgency.NORMAL, None)


def _ask_to_cancel(walk: Walk) -> None:
    """What is booked; else what is put aside or waited for at the library."""
    if walk.programme.bookings or not own_loans.ask_to_cancel(walk):
        own_bookings.ask_to_cancel(walk)


ACTS: dict[str, Callable[[Walk], None]] = {
    "opt_out": _opt_out,
    "opt_in": _opt_in,
    "set_language": _set_language,
    "show_menu": _show_menu,
    "request_erasure": _request_erasure,
    "list_courses": courses.find,
    "cancel_booking": _ask_to_cancel,
    "list_loans": loans.find,
}
