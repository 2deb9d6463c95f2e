"""Needs, several that fit, what is not ours, and what is not understood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.case import Reason
from bot.domain.events import Remarked
from tests.bot.engine.talk import Talk, world

FITS = ("bankid_get", "swish", "fk_login")
WHAT_I_DO = "Jag hjälper till med BankID"


def unsure() -> Talk:
    talk = Talk()
    answer = talk.says("de på nätet", fits=FITS)
    assert "1 " in answer and "3 " in answer
    assert not talk.step
    return talk


@pytest.mark.parametrize("text", ["2", "2.", "tvåan", "nummer 2 tack", "den andra", "nr 2", " 2 ", "2 tack", "Swish"])
def test_a_numbered_answer_in_every_spelling(text: str) -> None:
    talk = unsure()
    assert "1 av 5" in talk.says(text)
    assert talk.step and talk.step[0] == "swish"


@pytest.mark.parametrize("text", ["4", "nr 9", "17", "0", "99"])
def test_a_number_that_is_not_there_is_asked_about_again(text: str) -> None:
    talk = unsure()
    answer = talk.says(text)
    assert "från 1 till 3" in answer
    assert "1 av 5" in talk.says("2")
    assert not talk.cases


def test_yes_to_which_asks_again_and_no_asks_for_other_words() -> None:
    assert "från 1 till 3" in unsure().says("ja")
    talk = unsure()
    assert "egna ord" in talk.says("nej")
    assert "förstod" in talk.says("2"), "the list is closed"


def test_one_need_that_fits_is_asked_about_with_yes_or_no() -> None:
    talk = Talk()
    assert "Gäller det" in talk.says("sånt där me swisch", fits=("swish",))
    assert "1 av 5" in talk.says("ja")


def test_a_need_told_instead_of_a_number_is_served() -> None:
    assert "1 av" in unsure().says("jag har glömt koden till bankid", "bankid_locked")


@pytest.mark.parametrize("text", ["klart", "ja", "nej", "tillbaka", "igen", "avbryt", "fortsätt", "nästa", "okej"])
def test_words_for_steps_with_nothing_open_get_what_one_can_do(text: str) -> None:
    talk = Talk()
    answer = talk.says(text)
    assert WHAT_I_DO in answer
    assert "förstod inte" not in answer
    assert talk.conversation.not_understood == 0


@pytest.mark.parametrize("means", ["next", "affirm", "deny", "back", "repeat", "cancel"])
def test_the_same_in_ones_own_words(means: str) -> None:
    assert WHAT_I_DO in Talk().says("nu har jag gjort det som du sa", means)


def test_stuck_with_nothing_open_asks_what_does_not_work_then_offers_a_person() -> None:
    talk = Talk()
    answer = talk.says("det funkar inte", "stuck")
    assert "Vad är det som inte fungerar" in answer
    assert "Vill du att en människa" in talk.says("det funkar verkligen inte", "stuck")


def test_not_understood_twice_a_person_is_offered_and_yes_opens_the_case() -> None:
    talk = Talk()
    assert "förstod inte" in talk.says("blå grej")
    assert "Vill du att en människa" in talk.says("den blå")
    assert not talk.cases
    talk.says("ja tack")
    assert talk.reasons == [Reason.NOT_UNDERSTOOD]


def test_no_to_the_person_is_kind_and_counts_anew() -> None:
    talk = Talk()
    talk.says("blå grej")
    talk.says("den blå")
    assert "MÄNNISKA" in talk.says("nej")
    assert "förstod inte" in talk.says("en helt annan blå")
    assert not talk.cases


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("hej", "greet"),
        ("tack", "thanks"),
        ("swish", "swish"),
        ("vem är du", "about_bot"),
        ("MENY", None),
        ("klart", None),
        ("ENGLISH", None),
    ],
)
def test_being_understood_in_between_counts_anew(text: str, means: str | None) -> None:
    talk = Talk()
    talk.says("blå grej")
    talk.says(text, means)
    assert talk.conversation.not_understood == 0


def test_what_is_not_ours_gets_no_guide_and_a_person_on_the_second_try() -> None:
    talk = Talk()
    first = talk.says("vad blir det för väder", "out_of_scope")
    assert WHAT_I_DO in first
    assert "1 av" not in first
    second = talk.says("vem vann matchen", "out_of_scope")
    assert "Vill du att en människa" in second
    assert talk.segments <= 2


def test_an_unanswered_offer_is_told_again_not_only_yes_or_no() -> None:
    talk = Talk()
    talk.says("swish och sen försäkringskassan", "swish", also=("fk_login",))
    while talk.step:
        talk.says("klart")
    answer = talk.says("hurra vad bra de va")
    assert "förstod inte" in answer
    assert "Logga in" in answer or "Försäkringskassan" in answer


class TestSeveralNeeds:
    def test_the_first_is_served_and_the_others_offered(self) -> None:
        talk = Talk()
        talk.says("swish och sen vab och 1177", "swish", also=("fk_vab", "health_1177"))
        while talk.step:
            answer = talk.says("klart")
        assert "Du skrev om en sak till" in answer
        assert talk.says("ja").startswith("1 av")
        assert talk.step and talk.step[0] == "fk_vab"
        while talk.step:
            talk.says("klart")
        assert talk.says("ja").startswith("1 av")
        assert talk.step and talk.step[0] == "health_1177"

    def test_no_to_one_offers_the_next(self) -> None:
        talk = Talk()
        talk.says("swish och sen vab och 1177", "swish", also=("fk_vab", "health_1177"))
        while talk.step:
            talk.says("klart")
        assert "1177" in talk.says("nej")
        assert "MENY" in talk.says("nej")

    def test_leaving_the_first_offers_the_next(self) -> None:
        talk = Talk()
        talk.says("swish och sen vab", "swish", also=("fk_vab",))
        assert "Du skrev om en sak till" in talk.says("avbryt")

    def test_fraud_comes_first_and_the_rest_waits(self) -> None:
        talk = Talk()
        answer = talk.says("har blivit lurad och så swish", "fraud_suspected", also=("swish",))
        assert "114 14" in answer
        assert talk.conversation.needs == ("swish",)


class TestThanks:
    def test_one_warm_line_and_nothing_more(self) -> None:
        talk = Talk()
        talk.says("swish", "swish")
        talk.says("avbryt")
        answer = talk.says("tack så mycket", "thanks")
        assert answer == "Tack själv! Skriv när du vill om det är något mer."

    def test_it_opens_and_reopens_nothing(self) -> None:
        talk = Talk()
        talk.says("MÄNNISKA")
        talk.handledare("resolve")
        talk.says("tack", "thanks")
        assert talk.case is None
        assert talk.reasons == [Reason.ASKED]


def test_it_did_not_work_reopens_the_case() -> None:
    talk = Talk()
    talk.says("MÄNNISKA")
    talk.handledare("claim")
    talk.handledare("resolve")
    talk.pass_(days=3)
    answer = talk.says("det funkade inte", "stuck")
    assert talk.case is not None
    assert "inte ditt fel" in answer
    talk.pass_(minutes=5)
    assert talk.says("hallå") == "", "it has just been told who answers and when"


def test_after_two_weeks_it_is_a_new_matter() -> None:
    talk = Talk()
    talk.says("MÄNNISKA")
    talk.handledare("resolve")
    talk.pass_(days=15)
    talk.says("det funkade inte", "stuck")
    assert talk.case is None


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("ÖNSKA kurs om bilder", "wish", "kurs om bilder"),
        ("kan ni inte ha kurser på kvällen", "wish", None),
        ("ni är jättebra", "feedback", None),
    ],
)
def test_wishes_and_opinions_are_kept(text: str, kind: str, kept: str | None) -> None:
    talk = Talk()
    assert "Tack" in talk.says(text, None if kept else kind)
    assert Remarked(kind, kept or text) in talk.events


def test_a_wish_in_the_middle_of_a_guide_leaves_the_step() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("ÖNSKA en kurs")
    assert talk.says("klart").startswith("2 av 5")


def test_the_menu_in_any_state_and_its_numbers() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    talk.says("klart")
    menu = talk.says("MENY")
    assert "1 BankID" in menu
    assert talk.segments <= 2
    assert "1 av" in talk.says("2")
    assert talk.step and talk.step[0] == "bankid_get"
    assert "8" in talk.says("meny")
    talk.says("8")
    assert talk.reasons == [Reason.ASKED]


def test_a_need_without_a_guide_gets_place_and_the_way_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    flows = {name: flow for name, flow in world().flows.items() if name != "device_loan"}
    without = replace(world(), flows=flows)
    monkeypatch.setattr("tests.bot.engine.talk.world", lambda: without)
    talk = Talk()
    assert "ort" in talk.says("vill låna en surfplatta", "device_loan")
    answer = talk.says("i Kalmar", entities={"place": "Kalmar"})
    assert "Kalmar stadsbibliotek" in answer


def test_the_menu_takes_a_yes_for_a_wish_to_choose() -> None:
    talk = Talk()
    talk.says("MENY")
    assert "från 1 till 8" in talk.says("ja")
    assert "1 av" in talk.says("2")


def test_the_word_for_a_wish_alone_tells_how() -> None:
    assert "ÖNSKA kurs" in Talk().says("önska")


def test_a_greeting_asks_one_thing_at_a_time() -> None:
    talk = Talk()
    assert "Vad behöver du hjälp med" in talk.says("hej", "greet")
    talk.says("swish", "swish")
    talk.says("avbryt")
    again = talk.says("hej", "greet")
    assert again.count("?") == 1


def test_a_town_named_in_a_greeting_is_not_asked_for_again() -> None:
    talk = Talk()
    talk.says("hej, jag bor i Vara", "greet", entities={"place": "Vara"})
    assert "Vara bibliotek" in talk.says("var kan jag få hjälp", "find_place")


def test_who_was_not_understood_is_not_told_that_they_struggle() -> None:
    talk = Talk()
    talk.says("vem vann matchen", "out_of_scope")
    assert "kämpa" not in talk.says("och igår då", "out_of_scope")


def test_relatives_word_is_harmless() -> None:
    assert "Ingen anhörig" in Talk().says("ANHÖRIG STOPP")


def test_a_named_place_is_answered_even_when_the_need_is_not_sure() -> None:
    talk = Talk()
    said = talk.says("var finns hjälp i Vara", "find_place", accepted=False, entities={"place": "Vara"})
    assert "Vara bibliotek" in said


def test_a_secret_alone_gets_the_warning_and_no_question() -> None:
    talk = Talk()
    assert "personnummer" in talk.says("[personnummer]", "human", accepted=False, removed=("personnummer",))
    assert talk.conversation.question is None


@pytest.mark.parametrize(
    "text",
    ["I need help with BankID please", "jag behöver hjälp med BankID", "hjälp bank id tack", "BankID krånglar kanske"],
)
@pytest.mark.parametrize("fits", [(), ("bankid_get",), ("menu", "bankid_error")])
def test_who_names_a_subject_and_no_more_is_asked_which_of_its_guides(text: str, fits: tuple[str, ...]) -> None:
    talk = Talk()
    answer = talk.says(text, fits=fits)
    assert "1 BankID" in answer and "4 Skaffa BankID" in answer
    talk.says("2")
    assert talk.step and talk.step[0] == "bankid_locked"


@pytest.mark.parametrize("text", ["bankid", "BankID?", "Försäkringskassan"])
def test_a_bare_subject_is_asked_about_although_it_is_taken_for_one_guide(text: str) -> None:
    talk = Talk()
    assert "Vad gäller det? 1 " in talk.says(text, "bankid_get")
    assert not talk.step


def test_a_subject_is_not_asked_about_when_more_is_told_or_another_need_fits() -> None:
    assert "1 av" in Talk().says("jag har glömt koden till mitt bankid", "bankid_locked")
    assert "4 Skaffa" not in Talk().says("bankid eller swish", fits=("swish", "bankid_get"))
    long = "jag satt och drack kaffe och pratade om bankid och vädret och bussen hem till gården"
    assert "4 Skaffa" not in Talk().says(long)


def test_in_a_guide_of_the_subject_its_name_is_about_the_step() -> None:
    talk = Talk()
    talk.says("jag har glömt koden till mitt bankid", "bankid_locked")
    assert "4 Skaffa" not in talk.says("mitt bankid då")
    assert talk.step and talk.step[0] == "bankid_locked"


@pytest.mark.parametrize("means", ["deny", "stuck", None])
def test_that_it_was_not_this_puts_the_guide_aside_and_asks_anew(means: str | None) -> None:
    talk = Talk()
    talk.says("swish", "swish")
    assert "missförstod" in talk.says("nej det var inte det jag menade", means)
    assert talk.step is None
    assert "JA eller NEJ" in talk.says("du missförstod mig", means)


def test_that_it_was_not_this_takes_no_question_from_who_was_offered_a_person() -> None:
    talk = Talk()
    talk.says("blah")
    talk.says("bluh")
    assert "missförstod" not in talk.says("nej det var inte det jag menade", "deny")


def test_a_story_with_a_town_and_a_was_is_no_question_where_to_go() -> None:
    talk = Talk()
    long = "jag har fått ett brev om bostadstillägg och det var min man som skötte allt med datorn förr och min son bor i Kalmar"
    assert "Kalmar stadsbibliotek" not in talk.says(long, entities={"place": "Kalmar"}, fits=["pension"])
    assert "Kalmar stadsbibliotek" not in Talk().says(
        "det var min man som bodde i Kalmar", entities={"place": "Kalmar"}
    )


@pytest.mark.parametrize(
    "text",
    [
        "var kan man gå i Kalmar",
        "hej vart ska jag gå i Kalmar",
        "jag bor i Kalmar, var finns ni",
        "Vet du var man får hjälp i Kalmar",
    ],
)
def test_where_with_a_town_is(text: str) -> None:
    assert "Kalmar stadsbibliotek" in Talk().says(text, entities={"place": "Kalmar"})
