import pytest

from nlu.needs import MOST_PARTS, parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "jag behöver skaffa bankid och sen vill jag sjukanmäla mig",
            ["jag behöver skaffa bankid", "vill jag sjukanmäla mig"],
        ),
        ("Swish går inte. Hur bokar jag en kurs?", ["Swish går inte", "Hur bokar jag en kurs"]),
        ("I need BankID, and how do I print", ["I need BankID", "and how do I print"]),
        ("hur skaffar man bankid", []),
        ("hej. jag vill ha swish", []),
        ("", []),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


def test_not_more_than_can_be_read() -> None:
    assert len(parts_of("en två tre. " * 50)) == MOST_PARTS
