from __future__ import annotations

import pytest

from bot.domain.stopping import needs_it_no_more, only_leaves, regrets, says_stop, starts_again


@pytest.mark.parametrize("text", ["sms", "meddelande", "sms tack", "telefon"])
def test_no_word_of_stopping(text: str) -> None:
    assert not says_stop(text)


@pytest.mark.parametrize(
    "text",
    ["sluta", "inga sms", "lämna mig ifred", "avregistrera", "no more", "ta bort mig", "jag är så less på era sms nu"],
)
def test_stopping(text: str) -> None:
    assert says_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "jag vill sluta nu",
        "vi slutar här",
        "nu slutar jag med det här",
        "Nej nu avslutar vi, tack",
        "sluta med det där",
        "jag vill avsluta",
        "i want to stop now",
        "let's stop here",
        "please stop now",
        "nej nu lägger jag av",
    ],
)
def test_only_leaving(text: str) -> None:
    assert only_leaves(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sluta",
        "stopp",
        "jag vill sluta få sms",
        "sluta skriva till mig",
        "jag vill sluta med lotsen",
        "jag vill inte ha fler meddelanden",
        "jag vill sluta leva",
        "sluta tjata",
        "vi slutar här för idag",
        "stoppa reklam i kivra",
    ],
)
def test_not_only_leaving(text: str) -> None:
    assert not only_leaves(text)


@pytest.mark.parametrize(
    "text",
    [
        "börja igen",
        "jag ångrar mig",
        "starta igen tack",
        "hej jag vill ha hjälp igen",
        "jag vill ha sms igen",
        "i changed my mind",
    ],
)
def test_starting_again(text: str) -> None:
    assert starts_again(text)


@pytest.mark.parametrize(
    "text", ["hallå", "hjälp", "varför svarar du inte", "datorn vill inte starta igen", "jag ångrar att jag skrev"]
)
def test_not_starting_again(text: str) -> None:
    assert not starts_again(text)


@pytest.mark.parametrize(
    "text",
    [
        "nej glöm det, det behövs inte",
        "det löste sig ändå",
        "ni behöver inte ringa längre",
        "jag ångrar mig",
        "never mind",
    ],
)
def test_no_longer_needed(text: str) -> None:
    assert needs_it_no_more(text)


@pytest.mark.parametrize(
    "text", ["jag behöver inte bankid", "glöm inte mig", "det behövs en människa", "ring inte", ""]
)
def test_still_needed(text: str) -> None:
    assert not needs_it_no_more(text)


def test_a_regret_is_nothing_else() -> None:
    assert regrets("nej jag ångrar mig")
    assert not regrets("jag ångrar allt jag gjort")
