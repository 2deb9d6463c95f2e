import pytest

from nlu.restore import Restorer, word_counts

RESTORER = Restorer(word_counts(["vill ha bankid", "skaffa bankid", "mitt bankid är låst", "en tjottablängare"]))


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("jag ar pa vag", "jag är på väg"),
        ("HAR GLOMT LOSENORDET!", "har glömt lösenordet"),
        ("bnkid", "bankid"),
        ("försäkringskasan", "försäkringskassan"),
        ("o jag", "och jag"),
        ("kod 1234", "kod 1234"),
    ],
)
def test_restore(text: str, restored: str) -> None:
    assert RESTORER.restore(text) == restored


def test_what_one_example_misspells_is_no_word() -> None:
    assert not RESTORER.knows("tjottablängare")
    assert RESTORER.knows("bankid")
