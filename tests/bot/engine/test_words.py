import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.words import holds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BankID har gått ut", ["gått ut"]),
        ("bankid har GATT UT!", ["gått ut"]),
        ("Gått,  ut", ["gatt ut"]),
        ("ga\u030att ut", ["gått ut"]),  # decomposed
        ("gått ut", ["ga\u030att ut"]),
        ("telefonen är borttappad", ["borttapp*"]),
        ("borttapp", ["borttapp*"]),
        ("iPhone 13", ["iphone 1*"]),
        ("min e-post", ["e-post"]),
        ("min e post", ["e-post"]),
        ("den är stulen.", ["tappat", "stulen", "trasig"]),
        ("funkar inte", ["funkar inte?"]),
        ("café", ["cafe"]),
        ("stulen", ["", "stulen"]),
    ],
)
def test_held(text: str, words: list[str]) -> None:
    assert holds(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("borttappad", ["borttapp"]),
        ("en bort tappad", ["borttapp*"]),
        ("ut gått", ["gått ut"]),
        ("gått hem och ut", ["gått ut"]),
        ("iphone 2", ["iphone 1*"]),
        ("överstulen", ["stulen"]),
        ("hej", []),
        ("hej", [""]),
        ("hej", ["*"]),
        ("hej!", ["!"]),
        ("", ["hej"]),
        ("a.c", ["abc"]),
        ("abc", ["a.c"]),
    ],
)
def test_not_held(text: str, words: list[str]) -> None:
    assert not holds(text, words)


@settings(deadline=None)
@given(st.text(), st.lists(st.text(max_size=8), max_size=4))
def test_any_words_can_be_looked_for(text: str, words: list[str]) -> None:
    assert holds(text, words) in (True, False)
