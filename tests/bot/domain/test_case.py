from itertools import permutations, product

import pytest

from bot.domain.case import OPEN, TRANSITIONS, URGENCY_OF, CaseRefusal, Reason, Status, Urgency, after, gravest, highest

W, C, A, R = Status.WAITING, Status.CLAIMED, Status.ANSWERED, Status.RESOLVED

TABLE = {
    # event:          waiting claimed answered resolved
    "claim":          (C, C, C, None),
    "reply":          (None, A, A, None),
    "undo":           (None, None, C, None),
    "undelivered":    (None, None, C, None),
    "resident_wrote": (W, C, C, None),
    "wrote_to_nobody": (W, W, W, None),
    "give":           (C, C, A, None),
    "move":           (W, W, W, None),
    "release":        (None, W, W, None),
    "resolve":        (R, R, R, None),
    "hand_back":      (R, R, R, None),
    "reopen":         (None, None, None, W),
    "unheard_of":     (None, None, None, None),
}  # fmt: skip
"""The whole table once more, as a person reads it: None is refused."""

CELLS = [(status, event, to) for event, row in TABLE.items() for status, to in zip((W, C, A, R), row, strict=True)]


@pytest.mark.parametrize(("status", "event", "to"), [cell for cell in CELLS if cell[2]])
def test_a_change_of_the_table_is_made(status: Status, event: str, to: Status) -> None:
    assert after(status, event) is to


@pytest.mark.parametrize(("status", "event"), [(status, event) for status, event, to in CELLS if to is None])
def test_any_other_change_is_refused_by_status_and_event(status: Status, event: str) -> None:
    before = dict(TRANSITIONS)
    with pytest.raises(CaseRefusal, match=f"{status}.*{event}") as raised:
        after(status, event)
    assert (raised.value.status, raised.value.event) == (status, event)
    assert before == TRANSITIONS


def test_the_table_has_nothing_more() -> None:
    assert {(status, event): to for status, event, to in CELLS if to} == TRANSITIONS


def test_an_open_case_is_any_that_is_not_resolved() -> None:
    assert set(OPEN) == set(Status) - {R}


def test_every_open_case_can_be_resolved() -> None:
    assert all(after(status, "resolve") is R for status in OPEN)


def test_the_highest_urgency_wins_in_any_order() -> None:
    for order in permutations(Urgency):
        assert highest(order) is Urgency.CRITICAL
    assert highest(["normal", "high"]) is Urgency.HIGH
    assert highest([]) is Urgency.NORMAL


def test_urgency_never_falls() -> None:
    rising = list(Urgency)
    for now, more in product(Urgency, Urgency):
        assert rising.index(highest((now, more))) >= rising.index(now)


def test_the_gravest_reason_wins_in_any_order() -> None:
    assert gravest(["asked", "fraud", "stuck"]) is Reason.FRAUD
    assert gravest(reversed(Reason)) is Reason.EMERGENCY
    assert gravest([Reason.STUCK, Reason.NOT_UNDERSTOOD]) is Reason.NOT_UNDERSTOOD
    with pytest.raises(ValueError):
        gravest([])


def test_every_reason_has_its_lowest_urgency() -> None:
    assert set(URGENCY_OF) == set(Reason)
    assert URGENCY_OF[Reason.EMERGENCY] is Urgency.CRITICAL
    assert URGENCY_OF[Reason.FRAUD] is not Urgency.NORMAL
    assert all(
        URGENCY_OF[reason] is Urgency.NORMAL
        for reason in (Reason.ASKED, Reason.CALLBACK, Reason.STUCK, Reason.NOT_UNDERSTOOD)
    )


def test_the_words_are_those_of_the_contract() -> None:
    assert {*Status} == {"waiting", "claimed", "answered", "resolved"}
    assert {*Urgency} == {"normal", "high", "critical"}
    assert {*Reason} == {
        "asked",
        "callback",
        "stuck",
        "not_understood",
        "fraud",
        "emergency",
        "unreachable",
        "privacy",
        "failure",
    }
