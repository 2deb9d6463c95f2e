"""Whom a pronoun may stand for."""

from __future__ import annotations

import pytest

from bot.domain.relations import may_be_spoken_of


@pytest.mark.parametrize(
    ("relation", "text", "may"),
    [
        ("mamma", "kan jag få följa henne", True),
        ("pappa", "kan jag få följa henne", False),
        ("svärfar", "hur går det för honom", True),
        ("granne", "jag vill följa hans ärende", True),
        ("mamma", "jag vill följa någon", False),
        ("", "jag vill följa henne", False),
    ],
)
def test_a_pronoun(relation: str, text: str, may: bool) -> None:
    assert may_be_spoken_of(relation, text) is may
