"""Blanks that a handledare fills in."""

from __future__ import annotations

import pytest

from bot.domain.canned_reply import CannedReply, blank_in

TIME = CannedReply("tid", {}, {"sv": "Kom (DAG OCH KLOCKSLAG).", "en": "Come (DAY AND TIME)."})
THANKS = CannedReply("tack", {}, {"sv": "Tack (och hej)", "en": "Thanks (OK)"})


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("Kom (DAG OCH KLOCKSLAG).", "(DAG OCH KLOCKSLAG)"),
        ("Hej! Come (DAY AND TIME). Passar det?", "(DAY AND TIME)"),
        ("Kom på fredag klockan 10.", None),
        ("Tryck (INTE HÅRT) på knappen", None),
        ("Tack (och hej)", None),
        ("", None),
    ],
)
def test_a_blank_of_a_reply_is_seen_and_other_capitals_are_not(text: str, blank: str | None) -> None:
    assert blank_in(text, (THANKS, TIME)) == blank
    assert blank_in(text, ()) is None
