"""Moving through a guide: on, back, again, stuck, away, and home again."""

from __future__ import annotations

import pytest

from bot.domain.case import Reason
from bot.domain.events import Button
from bot.domain.message import Kind
from tests.bot.engine.talk import Talk


def in_swish(step: int = 1, **more: object) -> Talk:
    talk = Talk(**more)  # type: ignore[arg-type]
    talk.says("hur får jag igång swish", "swish")
    for _ in range(step - 1):
        talk.says("klart")
    return talk


@pytest.mark.parametrize("text", ["klart", "KLART", "Klart!", "nästa", "färdig", "ok klart", "ja", "klar tack"])
def test_on(text: str) -> None:
    assert in_swish().says(text).startswith("2 av 5")


@pytest.mark.parametrize("means", ["next", "affirm"])
def test_on_in_ones_own_words(means: str) -> None:
    assert in_swish().says("då var det gjort", means).startswith("2 av 5")


def test_back_and_again() -> None:
    talk = in_swish(3)
    assert talk.says("va sa du", "repeat").startswith("3 av 5")
    assert talk.says("tillbaka").startswith("2 av 5")
    assert talk.says("ta det förra", "back").startswith("1 av 5")
    first = talk.says("tillbaka")
    assert "första steget" in first
    assert "1 av 5" in first


def test_to_the_end() -> None:
    talk = in_swish(5)
    assert "Sista steget" in talk.answer
    answer = talk.says("klart")
    assert "alla steg klara" in answer
    assert talk.step is None
    assert "förstod" not in talk.says("klart")


def test_buttons_follow_the_step() -> None:
    talk = in_swish(channel="telegram")
    assert [b.says for b in talk.buttons] == ["KLART", "FASTNAT"]
    talk.presses("KLART")
    assert talk.buttons == (Button("KLART", "KLART"), Button("TILLBAKA", "TILLBAKA"), Button("FASTNAT", "FASTNAT"))


def test_buttons_in_english_say_the_same() -> None:
    talk = Talk("telegram", "en")
    talk.says("swish", "swish")
    assert talk.presses("DONE").startswith("2 of 5")


def test_stuck_once_is_explained_in_other_words() -> None:
    talk = in_swish()
    first, step = talk.answer, talk.step
    answer = talk.says("det går inte", "stuck")
    assert "inte ditt fel" in answer
    assert talk.step == step
    assert "Öppna bankens app" in first and "Öppna bankens app" not in answer


def test_stuck_twice_then_a_person_and_yes_opens_the_case() -> None:
    talk = in_swish()
    talk.says("det går inte", "stuck")
    offer = talk.says("det funkar inte nu heller", "stuck")
    assert "människa" in offer
    assert not talk.cases, "only offered"
    answer = talk.says("ja")
    opened = talk.opened(Reason.STUCK)
    assert opened.topic == "swish"
    assert "Fastnade 2 gånger" in opened.summary
    assert "så snart någon är ledig" in answer
    assert talk.says("klart") == "", "the guide does not go on"


def test_asking_for_a_person_when_one_is_offered_keeps_the_cause() -> None:
    talk = in_swish()
    talk.says("fastnat")
    talk.says("fastnat")
    talk.says("MÄNNISKA")
    assert talk.reasons == [Reason.STUCK, Reason.ASKED]
    assert {case.topic for case in talk.cases} == {"swish"}


def test_no_to_a_person_repeats_the_step_and_counts_anew() -> None:
    talk = in_swish(2)
    talk.says("fastnat")
    talk.says("fastnat")
    assert "2 av 5" in talk.says("nej tack")
    assert "inte ditt fel" in talk.says("fastnat")


def test_getting_on_in_between_counts_anew() -> None:
    talk = in_swish()
    talk.says("fastnat")
    talk.says("klart")
    assert "Vill du att en människa" not in talk.says("fastnat")


def test_stuck_and_not_understood_count_together() -> None:
    talk = in_swish()
    talk.says("fastnat")
    assert "Vill du att en människa" in talk.says("blå knapp hej")


def test_not_understood_in_a_guide_tells_the_words_and_keeps_the_step() -> None:
    talk = in_swish(2)
    step = talk.step
    answer = talk.says("blå knapp hej")
    assert "KLART" in answer and "FASTNAT" in answer
    assert talk.step == step
    assert "Vill du att en människa" in talk.says("rosa då")
    talk.says("ja")
    assert talk.opened(Reason.NOT_UNDERSTOOD).topic == "swish"


def test_unsure_words_that_fit_the_open_guide_best_are_about_its_step() -> None:
    talk = in_swish(2)
    assert "KLART" in talk.says("den där swishgrejen", fits=("swish", "bankid_get"))
    assert talk.says("klart").startswith("3 av 5")


def test_a_usual_error_is_explained_and_the_step_kept() -> None:
    talk = in_swish()
    step = talk.step
    answer = talk.says("vad kostar det")
    assert "gratis" in answer
    assert talk.step == step


def test_the_same_error_twice_offers_a_person() -> None:
    talk = in_swish()
    talk.says("jag har inget bankid")
    assert "Vill du att en människa" in talk.says("jag har ju inget bankid")


def test_left_and_taken_up_again_days_later() -> None:
    talk = in_swish(3)
    left = talk.says("avbryt")
    assert "FORTSÄTT" in left
    assert talk.step is None
    talk.pass_(days=6)
    offer = talk.says("hej igen", "greet")
    assert "steg 3 av 5" in offer
    assert talk.says("ja").startswith("3 av 5")


def test_continue_takes_up_the_guide_at_once() -> None:
    talk = in_swish(2)
    talk.says("avbryt")
    talk.pass_(days=2)
    assert talk.says("fortsätt").startswith("2 av 5")


def test_from_another_channel() -> None:
    talk = in_swish(2)
    talk.channel = "telegram"
    assert talk.says("klart").startswith("3 av 5")
    assert "TILLBAKA" in [b.label for b in talk.buttons]


def test_no_to_going_on_is_not_asked_again() -> None:
    talk = in_swish(2)
    talk.says("avbryt")
    talk.pass_(days=1)
    talk.says("hej", "greet")
    talk.says("nej")
    assert "Vill du fortsätta" not in talk.says("hej", "greet")


def test_another_guide_in_between_and_home_again() -> None:
    talk = in_swish(3)
    assert talk.says("jag har glömt koden till bankid", "bankid_locked").startswith("1 av")
    while talk.step:
        answer = talk.says("klart")
    assert "steg 3 av 5" in answer
    assert talk.says("ja").startswith("3 av 5")


def test_asked_for_by_name_it_goes_on_where_it_was() -> None:
    talk = in_swish(3)
    talk.says("avbryt")
    answer = talk.says("swish igen då", "swish")
    assert "3 av 5" in answer


def test_a_question_in_between_leaves_the_step_open() -> None:
    talk = in_swish(2)
    assert "dator" in talk.says("vem är du egentligen", "about_bot")
    assert talk.says("klart").startswith("3 av 5")


def test_hello_in_the_middle_leads_back_to_the_step() -> None:
    talk = in_swish(2)
    talk.pass_(days=3)
    assert "2 av 5" in talk.says("hejsan", "greet")
    assert "2 av 5" in talk.says(kind=Kind.START)


def test_thanks_in_the_middle_changes_nothing() -> None:
    talk = in_swish(2)
    assert "Tack själv" in talk.says("tack snälla", "thanks")
    assert talk.says("klart").startswith("3 av 5")


def test_the_need_named_again_repeats_the_step_and_a_complaint_is_stuck() -> None:
    talk = in_swish(2)
    assert "2 av 5" in talk.says("det var det där med swish", "swish")
    assert "inte ditt fel" in talk.says("swish går inte", "swish")


def test_three_guides_are_kept() -> None:
    talk = Talk()
    for need in ("swish", "bankid_get", "fk_login", "health_1177", "fk_vab"):
        talk.says(need, need)
    assert [p.flow for p in talk.conversation.paused] == ["bankid_get", "fk_login", "health_1177"]


class TestTheGuidesOwnQuestion:
    def asked(self) -> Talk:
        talk = Talk()
        talk.says("bankid strular", "bankid_error")
        assert "Svara med siffran" in talk.answer
        assert talk.step == ("bankid_error", "what-screen")
        return talk

    @pytest.mark.parametrize("text", ["1", "1.", "ettan", "nummer 1 tack", "den första", "nr 1", "inget händer"])
    def test_its_number_in_any_spelling(self, text: str) -> None:
        assert self.asked().says(text).startswith("2 av")

    @pytest.mark.parametrize("text", ["9", "nr 7", "0", "99"])
    def test_another_number_is_asked_about_again_kindly(self, text: str) -> None:
        talk = self.asked()
        answer = talk.says(text)
        assert "1 Inget händer" in answer
        assert "från 1 till" in answer
        assert talk.says("1").startswith("2 av")

    @pytest.mark.parametrize("text", ["klart", "ja", "nej"])
    def test_what_is_no_number_asks_again(self, text: str) -> None:
        talk = self.asked()
        assert "1 Inget händer" in talk.says(text)
        assert talk.step == ("bankid_error", "what-screen")

    def test_it_stays_open_through_other_talk(self) -> None:
        talk = self.asked()
        talk.says("tack", "thanks")
        assert talk.says("1").startswith("2 av")
        talk.says("tillbaka")
        talk.says("vem är du", "about_bot")
        assert talk.says("1").startswith("2 av")
        talk.says("tillbaka")
        talk.says(kind=Kind.LOCATION, at=(56.66, 16.36))
        assert talk.says("1").startswith("2 av")

    @pytest.mark.parametrize("between", [("tack", "thanks"), ("vem är du", "about_bot"), ("vad sparas", "privacy")])
    def test_its_own_words_count_after_other_talk(self, between: tuple[str, str]) -> None:
        talk = self.asked()
        talk.says(*between)
        assert talk.says("inget händer").startswith("2 av")

    def test_stuck_on_it_explains_and_asks_again_then_offers_a_person(self) -> None:
        talk = self.asked()
        assert "1 Inget händer" in talk.says("fastnat")
        assert "människa" in talk.says("fastnat")
        assert talk.says("2").startswith("2 av"), "its number counts even now"

    def test_answered_in_advance_it_is_not_asked(self) -> None:
        talk = Talk()
        assert "1 av" in talk.says("bankid startar inte", "bankid_error")
        assert talk.step == ("bankid_error", "restart")

    def test_its_new_options_are_open_after_the_content_was_changed(self) -> None:
        talk = self.asked()
        talk.conversation = talk.conversation.with_(question=None)
        talk.says("tack", "thanks")
        assert talk.says("inget händer").startswith("2 av")

    def test_another_question_asked_since_is_the_one_repeated(self) -> None:
        talk = self.asked()
        assert "Vad gäller det" in talk.says("nåt helt annat", fits=("swish", "bankid_get"))
        assert "Swish" in talk.says("blå grej")
        assert "1 av 5" in talk.says("1")

    def test_leaving_it_and_coming_back_asks_it_again(self) -> None:
        talk = self.asked()
        talk.says("avbryt")
        assert "1 Inget händer" in talk.says("fortsätt")
        assert talk.says("1").startswith("2 av")


def test_the_way_is_chosen_by_the_first_message_though_a_menu_came_between() -> None:
    talk = Talk()
    talk.says("har swishat fel nummer", fits=("swish", "online_banking", "bankid_error"))
    assert "Vad gäller det" in talk.answer
    talk.says("1")
    assert talk.step == ("swish", "wrong-contact")
