"""A yes said with the need itself."""

from __future__ import annotations

import pytest

from bot.domain.conversation import Conversation
from bot.domain.message import Incoming
from bot.engine.answers import agrees_to, said_number
from bot.engine.walk import Walk
from tests.bot.engine.talk import MONDAY, understood, world


def _agrees(text: str, means: str) -> bool:
    walk = Walk(Conversation(), Incoming(text, "sms"), understood(text, means), world(), MONDAY)
    return agrees_to(walk, "device_loan")


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("ja", "affirm"),
        ("ja jag vill låna en surfplatta", "device_loan"),
        ("jo tack den vill jag låna", "device_loan"),
        ("yes please lend me the tablet", "device_loan"),
    ],
)
def test_yes(text: str, means: str) -> None:
    assert _agrees(text, means)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("jag vill låna en telefon", "device_loan"),
        ("ja men inte den", "device_loan"),
        ("ja kan man låna en dator?", "device_loan"),
        ("nej en surfplatta ville jag låna", "device_loan"),
        ("ja jag vill boka kurs", "course_book"),
    ],
)
def test_no_yes(text: str, means: str) -> None:
    assert not _agrees(text, means)


def _number(text: str) -> int | None:
    return said_number(Walk(Conversation(), Incoming(text, "sms"), understood(text), world(), MONDAY))


@pytest.mark.parametrize(
    "text", ["1", "nr 1 tack", "jag vill gå på 1", "ja boka 1", "vi tar nummer 1 tack", "i want 1 please"]
)
def test_a_number_is_chosen(text: str) -> None:
    assert _number(text) == 1


@pytest.mark.parametrize("text", ["jag vill ha 2 platser", "jag kommer kl 10", "den 25", "jag har 2", "inte 1"])
def test_a_number_of_something_else(text: str) -> None:
    assert _number(text) is None
