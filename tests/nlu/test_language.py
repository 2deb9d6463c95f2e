import pytest

from nlu.language import LanguageModel

MODEL = LanguageModel.build(())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hur får jag bankid", "sv"), ("hej", "sv"), ("jag glomde koden", "sv"), ("ok", "sv"), ("bankid", "sv"),
        ("hvordan får jeg bankid", "sv"), ("how do I get bankid", "en"), ("I forgot my password", "en"), ("help me please", "en"),
        ("miten saan pankkitunnukset puhelimeen", "fi"), ("jak mogę zalogować się do banku", "pl"),
        ("sidee ayaan u heli karaa bankid", "so"), ("wie bekomme ich ein neues Passwort", "de"),
        ("كيف أحصل على الهوية البنكية", "ar"), ("چگونه می توانم وارد شوم", "fa"), ("як отримати допомогу", "uk"),
        ("где можно получить помощь", "ru"), ("12345 👍", "und"), ("", "und"),
    ],
)  # fmt: skip
def test_detect(text: str, language: str) -> None:
    assert MODEL.detect(text) == language


def test_the_conversations_language_decides_when_the_text_says_little() -> None:
    assert MODEL.detect("bankid app", "en") == "en"
    assert MODEL.detect("jag vill ha hjälp på svenska", "en") == "sv"


@pytest.mark.parametrize("text", ["asdfghjkl", "sdkjfhskdjfh", "qwerty asdf", "aaaaaa", "xkcvbnzz"])
def test_mash(text: str) -> None:
    assert MODEL.is_mash(text)


@pytest.mark.parametrize(
    "text", ["hejsan", "Sörblåkulla", "lösenordsåterställning", "bnkid", "где", "", "ok", "jätttekonstigt"]
)
def test_no_mash(text: str) -> None:
    assert not MODEL.is_mash(text)
