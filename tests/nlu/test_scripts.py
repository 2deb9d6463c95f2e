import pytest

from nlu.scripts import language_of_script


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("привіт", "uk"),
        ("ты", "ru"),
        ("مرحبا", "ar"),
        ("پنجره", "fa"),
        ("ሰላም", "ti"),
        ("hej 你", None),
        ("ok", None),
        ("12", None),
    ],
)
def test_language_of_script(text: str, language: str | None) -> None:
    assert language_of_script(text) == language
