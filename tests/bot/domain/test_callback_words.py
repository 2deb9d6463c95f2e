from __future__ import annotations

import pytest

from bot.domain.callback_words import hears_badly, says_when, would_rather_write


@pytest.mark.parametrize(
    "text",
    [
        "när som helst",
        "inte före nio",
        "så fort ni kan",
        "jag är hemma hela dagen",
        "spelar ingen roll",
        "helst före fyra",
        "efter lunch",
        "when it suits, any time",
    ],
)
def test_when(text: str) -> None:
    assert says_when(text)


@pytest.mark.parametrize("text", ["kan ni ringa mig", "ring upp mig tack", "jag vill prata med någon om swish"])
def test_not_when(text: str) -> None:
    assert not says_when(text)


@pytest.mark.parametrize(
    "text",
    [
        "jag är döv, skriv i stället",
        "ring inte",
        "skriv hellre",
        "jag kan inte prata i telefon",
        "please text me instead",
        "ring mig inte jag hör så dåligt",
        "ni får inte ringa, ring helst inte alls",
        "jag kan inte svara i telefonen",
        "jag vill inte ha något samtal",
        "please dont call me",
    ],
)
def test_would_rather_write(text: str) -> None:
    assert would_rather_write(text)


@pytest.mark.parametrize(
    "text",
    [
        "ring inte före tio",
        "ring mig inte på onsdag",
        "jag vill inte bli uppringd före nio",
        "don't call me before ten",
    ],
)
def test_only_not_then(text: str) -> None:
    assert not would_rather_write(text)


def test_to_hear_badly_is_not_always_to_be_written_to() -> None:
    assert hears_badly("jag hör dåligt")
    assert not hears_badly("jag hör lite dåligt men det går")
    assert not would_rather_write("kan jag bli uppringd, jag hör lite dåligt")
