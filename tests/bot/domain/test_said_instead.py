from __future__ import annotations

import pytest

from bot.domain.said_instead import asks_or_wants, meant_instead, says_not_this


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nej jag menade att jag glömt lösenordet", "jag glömt lösenordet"),
        ("Nej, jag menade recepten", "recepten"),
        ("nej nej jag ville ha swish", "swish"),
        ("fel jag menade bankid", "bankid"),
        ("jag menade boka tid hos doktorn", "boka tid hos doktorn"),
        ("nej det gäller 1177", "1177"),
        ("nä ja mena wifi", "wifi"),
        ("inte det, jag vill deklarera", "deklarera"),
        ("no I meant my pension", "my pension"),
        ("du missförstod mig, jag undrade om kurser", "kurser"),
    ],
)
def test_what_was_meant(text: str, meant: str) -> None:
    assert meant_instead(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "nej",
        "nej tack",
        "jag vill ha swish",
        "nej det vill jag inte",
        "nej jag vill inte",
        "jag menade inte det",
        "nej det är inte klart",
        "vad menar du",
        "fel kod",
        "",
    ],
)
def test_what_corrects_nothing(text: str) -> None:
    assert meant_instead(text) is None


@pytest.mark.parametrize(
    "text",
    ["nej det var inte det jag menade", "fel det var inte det jag ville", "du missförstod mig", "Det är fel guide", "det var inte så jag menade", "fel sak", "nej det gäller något annat", "that is not what I meant",
     "det var inte det jag frågade om", "inte det jag ville ha"],
)  # fmt: skip
def test_only_that_it_was_not_this(text: str) -> None:
    assert says_not_this(text)


@pytest.mark.parametrize(
    "text",
    [
        "det gick inte",
        "nej",
        "fel kod",
        "det blir fel",
        "det är inte klart",
        "det står fel lösenord",
        "det var inte jag",
        "det var inte min bank",
        "jag menade swish",
        "det är inte sant",
        "fel",
    ],
)
def test_what_is_no_such_word(text: str) -> None:
    assert not says_not_this(text)


def test_what_asks_or_wants_is_more_than_a_word() -> None:
    assert asks_or_wants("hur ser jag mina provsvar")
    assert asks_or_wants("jag vill boka tid")
    assert not asks_or_wants("provsvar")
    assert not asks_or_wants("det står något om recept")
