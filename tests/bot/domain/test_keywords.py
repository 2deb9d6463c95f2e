import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.keywords import Keyword, keyword, waits_for_more, wish

PROMISED = {
    "STOPP": Keyword.STOP, "STOP": Keyword.STOP, "SLUTA": Keyword.STOP, "AVREGISTRERA": Keyword.STOP, "SLUTA SKICKA SMS": Keyword.STOP,
    "START": Keyword.START, "MÄNNISKA": Keyword.PERSON, "MANNISKA": Keyword.PERSON, "PERSON": Keyword.PERSON,
    "MENY": Keyword.MENU, "MENU": Keyword.MENU, "HJÄLP": Keyword.MENU,
    "KLART": Keyword.NEXT, "KLAR": Keyword.NEXT, "DONE": Keyword.NEXT, "TILLBAKA": Keyword.BACK, "BACK": Keyword.BACK, "IGEN": Keyword.REPEAT,
    "FASTNAT": Keyword.STUCK, "STUCK": Keyword.STUCK, "AVBRYT": Keyword.CANCEL,
    "ENGLISH": Keyword.ENGLISH, "SVENSKA": Keyword.SWEDISH,
    "ANHÖRIG": Keyword.RELATIVE, "Vem följer mig?": Keyword.RELATIVE, "ANHÖRIG STOPP": Keyword.RELATIVE_STOP, "ANHORIG STOPP": Keyword.RELATIVE_STOP,
    "INTEGRITET": Keyword.PRIVACY, "GLÖM MIG": Keyword.ERASE, "GLOM MIG": Keyword.ERASE,
    "JA": Keyword.YES, "JA TACK": Keyword.YES, "NEJ": Keyword.NO, "NEJ TACK": Keyword.NO,
}  # fmt: skip
"""What the contract promises, the keywords that texts ask for, and JA and NEJ."""

TWILIO = ["STOP", "END", "CANCEL", "QUIT", "UNSUBSCRIBE", "START", "YES", "HELP", "INFO"]


@pytest.mark.parametrize(("word", "meant"), PROMISED.items())
@pytest.mark.parametrize(
    "written",
    [
        "{}",
        "{}.",
        "{}!",
        " {} ",
        "{}\n",
        '"{}"',
        "({})",
        "{}!!!",
        "{} 👍",
        "- {}",
        "{} tack",
        "{}, tack!",
        "snälla {}",
        "{} please",
        "{}-",
    ],
)
def test_keywords_in_any_case_with_signs_and_polite_words(word: str, meant: Keyword, written: str) -> None:
    for form in (word, word.lower(), word.capitalize(), word.title()):
        assert keyword(written.format(form)) is meant
        assert not waits_for_more(written.format(form))


@pytest.mark.parametrize("word", TWILIO)
def test_what_twilio_acts_on_is_understood_too(word: str) -> None:
    assert keyword(word) is not None


@pytest.mark.parametrize("text", ["ANHÖRIG-STOPP", "anhörig  stopp", "Glöm-mig", "anhörigstopp"])
def test_two_words_however_they_are_joined(text: str) -> None:
    assert keyword(text) in (Keyword.RELATIVE_STOP, Keyword.ERASE)


@pytest.mark.parametrize(
    "text",
    [
        "stoppa reklam i kivra", "stopp i avloppet", "start om datorn", "starta om telefonen", "person nummer", "personnummer", "personbevis",
        "ja men vad gör jag sen med bankid", "ja det gick bra men nu då", "klart väder imorgon", "är det klart", "inte klart", "klart?nej",
        "nej det fungerar inte", "tillbaka till BankID", "människan bakom", "prata med en människa om bankid", "meny på restaurangen",
        "jag sitter fast i hissen", "hjälp mig", "avbryt inte", "glöm mig inte", "glöm", "mig", "anhörig hjälper", "min anhörig vill stoppa", "english course",
        "svenska spel", "igen fungerar det inte", "tack", "snälla", "tack tack", "", " ", "!", "👍", "1", "2.", "jag önskar mig en kurs", "önskar",
        "I wish I could log in", "wish I could log in", "stop the fraud", "yes but how", "info om kurser", "backup", "nextcloud", "noll",
    ],
)  # fmt: skip
def test_what_says_more_or_something_else_is_no_keyword(text: str) -> None:
    assert keyword(text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ÖNSKA en kurs i Swish", "en kurs i Swish"), ("önska: en kurs", "en kurs"), ("Onska - en kurs", "en kurs"), ("ÖNSKA", ""), (" önska ", ""),
        ("ÖNSKA en kurs\noch kaffe", "en kurs\noch kaffe"), ("Wish a course in Swish", "a course in Swish"), ("ÖNSKA!", ""),
    ],
)  # fmt: skip
def test_a_wish_and_what_is_wished(text: str, wanted: str) -> None:
    assert keyword(text) is Keyword.WISH
    assert wish(text) == wanted


def test_no_wish_no_words() -> None:
    assert wish("jag vill ha en kurs") == ""


@pytest.mark.parametrize(
    "text", ["1", "1.", "12", " 3 ", "2)", "nr 2", "nummer 1 tack", "alternativ 2", "val 3", "ja", "NEJ", "klart"]
)
def test_menu_numbers_yes_and_no_are_not_waited_after(text: str) -> None:
    assert not waits_for_more(text)


@pytest.mark.parametrize("text", ["hej", "jag har ett problem", "123", "1 2", "bankid funkar inte", "59530"])
def test_free_texts_may_go_on(text: str) -> None:
    assert waits_for_more(text)


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    assert keyword(text) is None or isinstance(keyword(text), Keyword)
    assert wish(text) == "" or keyword(text) is Keyword.WISH
