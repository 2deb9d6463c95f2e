"""What counts as asking for a secret, and what does not."""

from __future__ import annotations

import pytest

from bot.checks.secrets_asked import check
from bot.engine.flow import Bilingual
from bot.engine.texts import Texts
from bot.flows import Content


def _found(text: str) -> list[str]:
    content = Content({}, Texts({"text": Bilingual(text, "Fine.")}), {}, ())
    return [finding.id for finding in check(content)]


@pytest.mark.parametrize(
    "text",
    [
        "Skicka din kod till oss.",
        "Svara med ditt personnummer.",
        "Ge oss ditt lösenord.",
        "Skriv ditt personnummer här.",
        "Skriv koden i svaret.",
        "Skriv ditt personnummer.",
        "Ange kortnumret.",
        "Vad är din kod?",
        "Vilket är ditt personnummer?",
        "Berätta din pinkod.",
        "Öppna BankID så att vi ser vem du är.",
        "Send us your code.",
        "Reply with your card number.",
        "Type your password here.",
        "Write your password.",
        "Tell us your code.",
        "What is your identity number?",
        "Open BankID for us.",
        "Hej! Skicka koden nu. Tack.",
    ],
)
def test_asks(text: str) -> None:
    assert _found(text) == ["asks-for-secret"]


@pytest.mark.parametrize(
    "text",
    [
        "Skicka aldrig din kod.",
        "Lämna varken kod eller lösenord.",
        "Skriv ingen kod.",
        "Skriv koden i bankens app.",
        "Skriv ditt personnummer på sidan.",
        "Skriv ditt postnummer, så säger jag var du får hjälp.",
        'Skriv "glömt BankID-koden" så visar jag stegen.',
        "Din bank ger dig en ny kod.",
        "Berätta om de fått koder eller kort.",
        "Öppna BankID och tryck på rutan.",
        "You write the code in the app, never to us.",
        "Write your town or postcode, and I will find the nearest help.",
        "Never write the code to us.",
    ],
)
def test_does_not_ask(text: str) -> None:
    assert _found(text) == []
