"""Who writes is told when the resident cannot know it."""

from __future__ import annotations

import pytest

from bot.domain.introduction import LastAnswer, introduction, needs_introduction, shown_name

ANNA, BO = 1, 2


@pytest.mark.parametrize(
    ("last", "needed"),
    [
        (None, True),
        (LastAnswer(None, None), True),  # the machine
        (LastAnswer(None, 7), True),  # the machine, when a case was handed back
        (LastAnswer(BO, 7), True),
        (LastAnswer(ANNA, 6), True),  # an earlier case
        (LastAnswer(ANNA, 7), False),
    ],
)
def test_the_first_reply_after_somebody_else_is_introduced(last: LastAnswer | None, needed: bool) -> None:
    assert needs_introduction(last, ANNA, 7) is needed


@pytest.mark.parametrize(
    ("shown_as", "name", "shown"),
    [
        ("", "Anna Berg", "Anna"),
        ("  ", "Anna Berg", "Anna"),
        ("Anna B", "Anna Berg", "Anna B"),
        ("", " Bo ", "Bo"),
        ("", "", ""),
    ],
)
def test_residents_see_the_chosen_name_else_the_first_one(shown_as: str, name: str, shown: str) -> None:
    assert shown_name(shown_as, name) == shown


def test_the_unit_stands_beside_the_name() -> None:
    assert introduction("Anna", "Vara bibliotek") == "Anna, Vara bibliotek: "
    assert introduction("Anna", None) == "Anna: "
    assert introduction("", "Vara bibliotek") == ""
