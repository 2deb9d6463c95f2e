"""What tells a helper to use another person's means of identification, and what does not."""

from __future__ import annotations

import pytest

from bot.checks.helpers_voice import check
from bot.engine.flow import Bilingual, Flow, Step
from bot.engine.texts import Texts
from bot.flows import Content


def _found(text: str) -> list[str]:
    step = Step("one", "step", Bilingual("Gör så.", "Do so."), Bilingual(text, "Ask {vem}."))
    flow = Flow("swish", "guide", ("swish",), Bilingual("Swish", "Swish"), (step,))
    return [finding.id for finding in check(Content({"swish": flow}, Texts({}), {}, ()))]


@pytest.mark.parametrize(
    "text",
    [
        "Logga in med {vems} BankID.",
        "Öppna {vems} BankID.",
        "Ring först. Använd {vems} bankdosa.",
        "Skriv in {vems} lösenord.",
        "Lås upp {vems} Freja.",
    ],
)
def test_these_do(text: str) -> None:
    assert _found(text) == ["anothers-identification"]


@pytest.mark.parametrize(
    "text",
    [
        "Be {vem} logga in med sitt BankID.",
        "Använd aldrig {vems} BankID.",
        "Be {vem} öppna {vems} BankID.",
        "{vem} skriver själv sin kod.",
        "Ring {vems} bank.",
        "Leta upp {vems} pass.",
    ],
)
def test_these_do_not(text: str) -> None:
    assert _found(text) == []
