"""A guide whose content was changed while somebody was in the middle of it."""

from __future__ import annotations

from bot.domain.conversation import Conversation, Position, Question
from bot.engine.flow import Bilingual, Flow, Option, Step
from bot.engine.settle import in_todays_flows, settled

TEXT = Bilingual("sv", "en")


def step(name: str) -> Step:
    return Step(name, "step", TEXT)


def option(name: str, *steps: Step) -> Option:
    return Option(name, TEXT, (), None, steps)


FLOW = Flow(
    "swish",
    "guide",
    (),
    TEXT,
    (
        step("first"),
        Step("which", "choose", TEXT, options=(option("a", step("a-1"), step("a-2")), option("b"))),
        Step("silent", "branch", options=(option("x", step("x-1")), option("y", step("y-1")))),
        step("last"),
    ),
    moved={"old-a": "a-1"},
)


def test_a_place_that_is_still_there_is_kept() -> None:
    here = Position("swish", "a-2", (("which", "a", True),), 1)
    assert settled(FLOW, here) == Position("swish", "a-2", (("which", "a", True), ("silent", "y", False)), 1)


def test_a_moved_step_leads_to_the_one_that_took_over() -> None:
    assert settled(FLOW, Position("swish", "old-a", (("which", "a", True),))).step == "a-1"


def test_a_step_that_is_gone_becomes_the_first() -> None:
    assert settled(FLOW, Position("swish", "gone")).step == "first"


def test_a_step_that_no_way_leads_to_gets_one() -> None:
    assert settled(FLOW, Position("swish", "a-2")).trail[0] == ("which", "a", True)
    assert settled(FLOW, Position("swish", "a-2", (("which", "b", True),))).trail[0] == ("which", "a", True)
    assert settled(FLOW, Position("swish", "x-1", (("which", "b", True),))).trail == (
        ("which", "b", True),
        ("silent", "x", False),
    )


def test_a_question_is_kept_only_at_its_step_with_its_options() -> None:
    flows = {"swish": FLOW}
    at = Position("swish", "which")
    asked = Question("choose", ("a", "b"), ("A", "B"), about="which")
    assert in_todays_flows(Conversation(position=at, question=asked), flows).question == asked
    assert (
        in_todays_flows(
            Conversation(position=at, question=Question("choose", ("a",), ("A",), about="which")), flows
        ).question
        is None
    )
    assert in_todays_flows(Conversation(position=Position("swish", "first"), question=asked), flows).question is None
    assert in_todays_flows(Conversation(question=Question("person", about="stuck")), flows).question is not None


def test_what_leads_to_a_flow_that_is_gone_is_forgotten() -> None:
    left = Conversation(
        position=Position("gone", "x"),
        paused=(Position("gone", "x"), Position("swish", "first")),
        needs=("gone", "swish"),
    )
    found = in_todays_flows(left, {"swish": FLOW})
    assert (found.position, [p.flow for p in found.paused], found.needs) == (None, ["swish"], ("swish",))
