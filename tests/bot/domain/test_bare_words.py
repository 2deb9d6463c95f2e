from __future__ import annotations

import pytest

from bot.domain.bare_words import need_of


@pytest.mark.parametrize("text", ["1177", "1177.", "Hej, 1177 tack"])
def test_1177(text: str) -> None:
    assert need_of(text) == "health_1177"


@pytest.mark.parametrize("text", ["112", "112!!", "SOS", "112 snälla"])
def test_112(text: str) -> None:
    assert need_of(text) == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "är du en riktig människa",
        "är det en dator som svarar eller en människa",
        "Pratar jag med en robot nu?",
        "hej är det en människa jag skriver till",
        "skriver jag till en maskin",
        "are you a real person or a computer",
        "am i talking to a bot",
    ],
)
def test_who_answers(text: str) -> None:
    assert need_of(text) == "about_bot"


@pytest.mark.parametrize(
    "text",
    [
        "de går inte å höra nåt i luren",
        "hej jag hör ingenting i telefonen längre",
        "det är inget ljud i mobilen",
        "luren är alldeles tyst",
        "no sound on my phone",
    ],
)
def test_a_silent_phone(text: str) -> None:
    assert need_of(text) == "phone_settings"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jag hör ingenting, hon andas inte",
        "det är tyst i luren, de har tagit mina pengar",
        "jag vill prata med en människa",
        "är det en människa som kan ringa mig",
        "är du där",
        "kan jag ringa 112",
        "1177 går inte att logga in på",
        "är det en bluff",
        "pratar jag med banken nu",
        "är det en person från banken",
    ],
)
def test_what_must_be_understood(text: str) -> None:
    assert need_of(text) is None


@pytest.mark.parametrize(
    "text", ["låt mig vara ifred", "Snälla lämna mig i fred!", "låt mig va nu", "leave me alone please"]
)
def test_left_alone(text: str) -> None:
    assert need_of(text) == "stop"


@pytest.mark.parametrize(
    "text", ["han lämnar mig inte ifred", "låt mig vara med på kursen", "kan du lämna mig ett nummer"]
)
def test_not_left_alone(text: str) -> None:
    assert need_of(text) is None
