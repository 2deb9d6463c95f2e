"""Where somebody is: answers that name no town, and everyday words that are hamlets' names too."""

from __future__ import annotations

import pytest

from bot.domain.conversation import Conversation
from bot.domain.message import Incoming, Kind
from bot.engine import where
from bot.engine.walk import Walk
from nlu.understanding import Entity, RankedIntent, Understanding
from tests.bot.engine.talk import MONDAY, Talk, world


def _named(text: str, word: str, value: str) -> str | None:
    start = text.index(word)
    found = (Entity("place", value, start, start + len(word)),)
    understanding = Understanding(text, "find_place", 0.5, False, (RankedIntent("find_place", 0.5),), found, "sv")
    return where.town_named(Walk(Conversation(), Incoming(text, "sms"), understanding, world(), MONDAY))


def test_a_word_is_no_town() -> None:
    assert _named("det ska vara enkelt", "vara", "Vara") is None
    assert _named("jag bor i vara", "vara", "Vara") == "Vara"


@pytest.mark.parametrize("text", ["hemma", "jag är i stan", "vet inte"])
def test_no_town_is_asked_about_in_other_words_once(text: str) -> None:
    talk = Talk()
    talk.says("var kan jag få hjälp", "find_place")
    assert "Jag ser inte var du är" in talk.says(text)
    talk.says(text)
    assert "Jag ser inte var du är" not in talk.answer and "människa" in talk.answer


def test_the_town_after_that_is_taken() -> None:
    talk = Talk()
    talk.says("var kan jag få hjälp", "find_place")
    talk.says("här")
    assert "Kalmar stadsbibliotek" in talk.says("kalmar", entities={"place": "Kalmar"})


def test_a_town_told_with_a_need_is_kept() -> None:
    talk = Talk()
    talk.says("jag bor i Kalmar och swish strular", "swish", entities={"place": "Kalmar"})
    assert talk.conversation.municipality == "kalmar"
    assert "Kalmar stadsbibliotek" in talk.says("var kan jag få hjälp", "find_place")


def test_a_town_told_with_a_need_moves_nobody_to_another_team() -> None:
    talk = Talk()
    talk.conversation = talk.conversation.with_(municipality="vara")
    talk.says("jag är i Kalmar hos min dotter och swish strular", "swish", entities={"place": "Kalmar"})
    assert (talk.conversation.municipality, talk.conversation.near) == ("vara", "Kalmar")


def test_a_home_and_nothing_else_asks_where_help_is() -> None:
    talk = Talk()
    assert "Kalmar stadsbibliotek" in talk.says(
        "jag är i Kalmar", "stuck", accepted=False, entities={"place": "Kalmar"}
    )


@pytest.mark.parametrize("at", [(0.0, 0.0), (59.91, 10.75)], ids=["no position", "Oslo"])
def test_a_point_abroad_is_near_nothing(at: tuple[float, float]) -> None:
    talk = Talk()
    answer = talk.says(kind=Kind.LOCATION, at=at)
    assert "Närmaste hjälp" not in answer and "postnummer" in answer


def test_a_home_told_in_a_guide_is_no_danger() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    step = talk.step
    answer = talk.says("jag är hemma i Kalmar", "emergency", accepted=False, entities={"place": "Kalmar"})
    assert "då vet jag det" in answer and "112" not in answer
    assert (talk.step, talk.conversation.municipality) == (step, "kalmar")


def test_a_home_told_beside_a_menu_keeps_it() -> None:
    talk = Talk()
    talk.says("bankid", fits=("bankid_locked", "bankid_error"))
    assert "då vet jag det" in talk.says("jag bor i Kalmar", "find_place", entities={"place": "Kalmar"})
    talk.says("2")
    assert talk.step is not None and talk.step[0] in ("bankid_locked", "bankid_error")
