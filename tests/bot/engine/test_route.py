"""One flow is walked through: first a step, then a question with a long and a short way, then a step that both share."""

from bot.domain.conversation import Position
from bot.engine.flow import Bilingual, Flow, Option, Step
from bot.engine.route import after, before, number, route

TEXT = Bilingual("sv", "en")


def step(name: str) -> Step:
    return Step(name, "step", TEXT)


def option(name: str, *steps: Step) -> Option:
    return Option(name, TEXT, (), None, steps)


PHONE = Step(
    "which-phone",
    "choose",
    TEXT,
    options=(option("android", step("store")), option("iphone", step("app-store"), step("account"))),
)
FLOW = Flow(
    "swish",
    "guide",
    (),
    TEXT,
    (
        Step("hello", "say", TEXT),
        step("need"),
        Step("bank", "branch", options=(option("own", step("dosa")), option("other"))),
        PHONE,
        Step("done", "say", TEXT),
        step("try"),
    ),
)
OTHER = ("bank", "other", False)
OWN = ("bank", "own", False)
ANDROID = ("which-phone", "android", True)
IPHONE = ("which-phone", "iphone", True)
IPHONE_UNASKED = ("which-phone", "iphone", False)


def ids(steps: list[Step]) -> list[str]:
    return [step.id for step in steps]


def test_the_way_ends_at_the_first_open_choice() -> None:
    assert ids(route(FLOW, ())) == ["hello", "need", "bank"]
    assert ids(route(FLOW, (OTHER,))) == ["hello", "need", "bank", "which-phone"]
    assert ids(route(FLOW, (OWN,))) == ["hello", "need", "bank", "dosa", "which-phone"]


def test_the_way_goes_through_what_was_chosen_and_on() -> None:
    assert ids(route(FLOW, (OTHER, ANDROID))) == ["hello", "need", "bank", "which-phone", "store", "done", "try"]
    assert ids(route(FLOW, (OWN, IPHONE))) == [
        "hello",
        "need",
        "bank",
        "dosa",
        "which-phone",
        "app-store",
        "account",
        "done",
        "try",
    ]


def test_a_choice_that_is_no_longer_there_is_passed() -> None:
    assert ids(route(FLOW, (OTHER, ("which-phone", "windows", True)))) == [
        "hello",
        "need",
        "bank",
        "which-phone",
        "done",
        "try",
    ]


def test_an_open_choice_inside_an_option_ends_the_way_too() -> None:
    nested = Flow(
        "f", "guide", (), TEXT, (Step("outer", "choose", TEXT, options=(option("a", PHONE), option("b"))), step("last"))
    )
    assert ids(route(nested, (("outer", "a", True),))) == ["outer", "which-phone"]
    assert ids(route(nested, (("outer", "a", True), ANDROID))) == ["outer", "which-phone", "store", "last"]
    assert number(nested, Position("f", "outer")) == (1, 5)
    assert number(nested, Position("f", "last", (("outer", "b", True),))) == (2, 2)


def test_numbers_count_the_longest_way_while_it_is_open() -> None:
    assert number(FLOW, Position("swish", "need")) == (1, 6)
    assert number(FLOW, Position("swish", "need", (OTHER,))) == (1, 5)
    assert number(FLOW, Position("swish", "which-phone", (OTHER,))) == (2, 5)
    assert number(FLOW, Position("swish", "store", (OTHER, ANDROID))) == (3, 4)
    assert number(FLOW, Position("swish", "try", (OTHER, ANDROID))) == (4, 4)
    assert number(FLOW, Position("swish", "try", (OWN, IPHONE))) == (6, 6)


def test_a_question_that_was_not_shown_is_not_counted() -> None:
    assert number(FLOW, Position("swish", "app-store", (OTHER, IPHONE_UNASKED))) == (2, 4)
    assert number(FLOW, Position("swish", "try", (OTHER, IPHONE_UNASKED))) == (4, 4)


def test_the_number_rises_by_one_on_the_way_and_ends_at_the_last() -> None:
    for trail in ((OTHER, ANDROID), (OWN, IPHONE), (OTHER, IPHONE_UNASKED)):
        shown = [
            s for s in route(FLOW, trail) if s.kind == "step" or (s.kind == "choose" and IPHONE_UNASKED not in trail)
        ]
        numbers = [number(FLOW, Position("swish", s.id, trail)) for s in shown]
        assert numbers == [(i, len(shown)) for i in range(1, len(shown) + 1)]


def test_a_flow_without_guide_steps_is_one_of_one() -> None:
    page = Flow("p", "page", (), TEXT, (Step("hello", "say", TEXT),))
    assert number(page, Position("p", "hello")) == (1, 1)


def test_the_step_before() -> None:
    trail = (OTHER, ANDROID)
    assert before(FLOW, Position("swish", "need", trail)) is None
    assert before(FLOW, Position("swish", "which-phone", trail)) == FLOW.step("need")
    assert before(FLOW, Position("swish", "store", trail)) == PHONE
    assert before(FLOW, Position("swish", "try", trail)) == FLOW.step("store")


def test_the_step_before_is_never_a_question_that_was_not_shown() -> None:
    assert before(FLOW, Position("swish", "app-store", (OTHER, IPHONE_UNASKED))) == FLOW.step("need")


def test_from_a_text_between_back_leads_to_the_step_before_it() -> None:
    assert before(FLOW, Position("swish", "done", (OTHER, ANDROID))) == FLOW.step("store")


def test_from_a_step_that_is_not_on_the_way_nothing_is_before() -> None:
    assert before(FLOW, Position("swish", "dosa", (OTHER, ANDROID))) is None


def test_the_steps_after() -> None:
    assert ids(after(FLOW, Position("swish", "need", (OTHER, ANDROID)))) == [
        "bank",
        "which-phone",
        "store",
        "done",
        "try",
    ]
    assert ids(after(FLOW, Position("swish", "store", (OTHER, ANDROID)))) == ["done", "try"]
    assert ids(after(FLOW, Position("swish", "need"))) == ["bank"]
    assert after(FLOW, Position("swish", "try", (OTHER, ANDROID))) == []
