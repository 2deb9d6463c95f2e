import pytest

from nlu.normalise import fold
from nlu.patterns import PatternError, PatternSet


def matches(pattern: str, text: str) -> bool:
    return any(PatternSet([("key", pattern)], {"vem": ["mamma", "pappa*"]}).search(fold(text)))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("han andas inte", "Hjälp! HAN ANDAS INTE.", True),
        ("han andas inte", "han andas nog inte", False),
        ("andas", "andasluft", False),
        ("brinn*", "det brinner", True),
        ("får|fick luft", "fick luft", True),
        ("@vem andas", "pappan andas", True),
        ("ligger på .. golvet", "ligger på det kalla hårda golvet", True),
        ("ligger på .. golvet", "ligger på det där kalla hårda golvet", False),
        ("slår min? arm", "slår arm", True),
        ("slår min? arm", "slår min arm", True),
        ("röd glöd", "rod glod", True),
    ],
)
def test_pattern(pattern: str, text: str, expected: bool) -> None:
    assert matches(pattern, text) is expected


def test_says_which_words_matched() -> None:
    found = next(PatternSet([("key", "två tre")], {}).search("en tva tre fyra"))
    assert (found.key, found.start, found.end) == ("key", 1, 3)


@pytest.mark.parametrize("pattern", ["", ".. eld", "eld ..", "min? eld", "el(d", "*"])
def test_refuses_what_cannot_be_read(pattern: str) -> None:
    with pytest.raises(PatternError):
        PatternSet([("key", pattern)], {})
