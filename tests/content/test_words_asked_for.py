"""Every word in capitals that a resident is asked to reply with is one that Lotsen acts on, and that the carrier leaves alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.domain.conversation import Language
from bot.domain.keywords import keyword
from bot.flows import every_text, load_strictly

LANGUAGES: tuple[Language, ...] = ("sv", "en")
CARRIERS = {"STOP", "END", "CANCEL", "QUIT", "UNSUBSCRIBE", "STOPALL", "START", "UNSTOP", "YES", "HELP", "INFO"}
UNDERSTOOD = {
    "RING MIG",
    "CALL ME",
    "LÅNA",
    "LÅNA LÄNGRE",
    "KEEP THE LOAN LONGER",
    "WHAT CAN I BORROW",
    "KURSER",
    "COURSES",
    "AVBOKA",
    "SLUTA FÖLJA",
}
"""Asked for, and understood in other ways: a wish to be phoned, something about a loan, courses, or a seat to cancel (tests/content/conversations/), and the end of a
leave by the relative (tests/bot/services/test_link_relatives_end.py)."""
_ASKED = re.compile(
    r"(?:[Ss]kriv|[Ss]vara|[Ww]rite|[Rr]eply)(?: ordet| the word)? ([A-ZÅÄÖ]{2,}(?: [A-ZÅÄÖ]+){0,4})(?![a-zåäö])(?:(?:,| eller| or)? ([A-ZÅÄÖ]{2,})\b)?"
)


def asked(language: Language) -> Iterator[tuple[str, str]]:
    for file, place, of, text in every_text(load_strictly()):
        if of == language:
            for found in _ASKED.findall(text):
                yield from ((f"{file}:{place}", word) for word in found if word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_asked_for_is_acted_on(language: Language) -> None:
    words = list(asked(language))
    assert len({word for _, word in words}) >= 10
    not_acted_on = [(where, word) for where, word in words if keyword(word) is None and word not in UNDERSTOOD]
    assert not_acted_on == []
    assert [(where, word) for where, word in words if word in CARRIERS] == []
