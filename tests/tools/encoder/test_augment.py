import random

from tools.encoder.augment import CHANGED, rewritten

TEXT = "Hej! Jag kommer inte in på Försäkringskassan, för BankID säger att något är fel."


def test_some_texts_stay_as_they_are() -> None:
    chance = random.Random(1)
    same = sum(rewritten(TEXT, chance) == TEXT for _ in range(1000)) / 1000
    assert abs(same - (1 - CHANGED)) < 0.1


def test_the_rest_is_written_by_other_hands() -> None:
    chance = random.Random(1)
    written = {rewritten(TEXT, chance) for _ in range(300)}
    assert len(written) > 80
    assert any(not set(text.lower()) & set("åäö") for text in written), "without å ä ö"
    assert any(text == text.lower() for text in written) and any(text == text.upper() for text in written)
    assert all(0.6 * len(TEXT) < len(text) < 1.5 * len(TEXT) for text in written)


def test_never_empty() -> None:
    chance = random.Random(1)
    assert all(rewritten(text, chance).strip() for text in ("?!", "a", "ÅÄÖ") for _ in range(200))
