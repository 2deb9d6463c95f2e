from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.delivery import PENDING, Delivery, forward, from_twilio

STAGES = [
    {*PENDING},
    {Delivery.SENT},
    {Delivery.UNDELIVERED, Delivery.FAILED, Delivery.CANCELLED},
    {Delivery.DELIVERED},
]


def stage(delivery: Delivery) -> int:
    return next(i for i, members in enumerate(STAGES) if delivery in members)


@settings(deadline=None)
@given(st.sampled_from(Delivery), st.lists(st.sampled_from(Delivery), max_size=12))
def test_a_message_never_goes_back(first: Delivery, reports: list[Delivery]) -> None:
    now = first
    for reported in reports:
        then = forward(now, reported)
        assert then in (now, reported)
        assert stage(then) == max(stage(now), stage(reported))
        now = then
    assert stage(now) == max(map(stage, [first, *reports]))


@settings(deadline=None)
@given(st.permutations(["queued", "sending", "sent", "delivered", "delivered", "sent"]))
def test_reports_in_any_order_end_in_delivered(reports: list[str]) -> None:
    now = Delivery.SENT
    for status in reports:
        reported = from_twilio(status)
        assert reported is not None
        now = forward(now, reported)
    assert now is Delivery.DELIVERED


def test_failures_stay_unless_it_arrives_after_all() -> None:
    for first, second in permutations((Delivery.UNDELIVERED, Delivery.FAILED, Delivery.CANCELLED), 2):
        assert forward(first, second) is first
    assert forward(Delivery.UNDELIVERED, Delivery.SENT) is Delivery.UNDELIVERED
    assert forward(Delivery.UNDELIVERED, Delivery.DELIVERED) is Delivery.DELIVERED
    assert forward(Delivery.DELIVERED, Delivery.FAILED) is Delivery.DELIVERED


@pytest.mark.parametrize("state", PENDING)
def test_twilio_having_it_ends_the_waiting(state: Delivery) -> None:
    """ "queued" at Twilio means that the provider has it, not that it waits with us."""
    reported = from_twilio("queued")
    assert reported is Delivery.SENT
    assert forward(state, reported) is Delivery.SENT


def test_a_status_that_twilio_has_added_since_says_nothing() -> None:
    assert from_twilio("levitating") is None
    assert from_twilio("") is None


@pytest.mark.parametrize(
    "status",
    ["accepted", "scheduled", "queued", "sending", "sent", "delivered", "read", "undelivered", "failed", "canceled"],
)
def test_every_status_that_twilio_documents_for_outgoing_messages_is_known(status: str) -> None:
    assert from_twilio(status) is not None
