"""Needs that wait: kept in the order told, offered when nothing else is open, begun by their own words."""

from __future__ import annotations

from tests.bot.engine.talk import Talk


def test_a_need_for_later_waits_while_the_guide_is_at_its_first_step() -> None:
    talk = Talk()
    talk.says("hur skaffar jag bankid", "bankid_get")
    step = talk.step
    answer = talk.says("och sen undrar jag hur man skaffar swish", "swish")
    assert "efteråt" in answer
    assert "Steg 1 av" in answer
    assert talk.step == step
    assert talk.conversation.needs == ("swish",)


def test_further_on_another_need_is_met_at_once() -> None:
    talk = Talk()
    talk.says("hur skaffar jag bankid", "bankid_get")
    talk.says("KLART")
    talk.says("och sen undrar jag hur man skaffar swish", "swish")
    assert talk.step
    assert talk.step[0] == "swish"


def test_a_need_that_is_begun_no_longer_waits() -> None:
    talk = Talk()
    talk.says("swish och sen vab", "swish", also=("fk_vab",))
    talk.says("hur vabbar jag", "fk_vab")
    assert talk.conversation.needs == ()


def test_after_a_place_the_next_need_is_offered() -> None:
    talk = Talk()
    talk.says("hej", "greet")
    answer = talk.says(
        "var får jag hjälp i Kalmar och hur skaffar man swish",
        "find_place",
        entities={"place": "Kalmar"},
        also=("swish",),
    )
    if "Swish" not in answer:
        answer = talk.says("tack", "thanks")
    assert "Swish" in answer


def test_other_talk_does_not_lose_a_need_that_was_offered() -> None:
    talk = Talk()
    talk.says("swish och sen vab", "swish", also=("fk_vab",))
    talk.says("AVBRYT")
    talk.says("vem är du", "about_bot")
    talk.says("tack", "thanks")
    assert talk.conversation.needs == ("fk_vab",)
    talk.says("nej")
    assert talk.conversation.needs == ()


def test_words_of_a_need_are_kept_only_while_it_waits() -> None:
    talk = Talk()
    talk.says("hur skaffar jag bankid", "bankid_get")
    talk.says("sen vill jag förnya recept", "health_1177")
    assert talk.conversation.told_by == {"health_1177": "sen vill jag förnya recept"}
    talk.says("AVBRYT")
    talk.says("ja")
    assert talk.step == ("health_1177", "renew")
    talk.says("KLART")
    assert talk.conversation.told_by == {}
