"""What is to be brought to the elder, and what to the handledare."""

from __future__ import annotations

import pytest

from bot.domain.passing_on import is_for_elder, is_for_helper


@pytest.mark.parametrize(
    "text",
    [
        "hälsa mamma att jag kommer på söndag",
        "kan du säga åt henne att ringa mig",
        "ge mamma ett meddelande",
        "skicka en hälsning till min mormor",
        "tell mum that I am coming",
    ],
)
def test_for_the_elder(text: str) -> None:
    assert is_for_elder(text)


@pytest.mark.parametrize(
    "text",
    [
        "hälsa handledaren att mamma hör dåligt",
        "handledaren behöver veta att hon hör dåligt",
        "skriv i mammas ärende att hon hör dåligt",
        "kan du hälsa den som hjälper mamma att hon är döv",
    ],
)
def test_for_the_handledare(text: str) -> None:
    assert is_for_helper(text)
    assert not is_for_elder(text)


@pytest.mark.parametrize(
    "text",
    [
        "jag ska hälsa på mamma",
        "mamma säger att det inte går",
        "hej",
        "hur säger jag upp mammas abonnemang",
        "jag vill berätta något",
    ],
)
def test_for_nobody(text: str) -> None:
    assert not is_for_elder(text)
    assert not is_for_helper(text)
