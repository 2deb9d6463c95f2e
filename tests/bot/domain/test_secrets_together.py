"""Numbers and codes that people send in several messages. The personnummer are made up; 191212121212 is Skatteverket's well-known test number."""

import re

import pytest

from bot.domain.secrets import CARD, PERSONNUMMER, mask, mask_together

NUMBERS = {
    "191212121212": PERSONNUMMER,
    "19121212-1212": PERSONNUMMER,
    "121212-1212": PERSONNUMMER,
    "4571234567890123": CARD,
    "4571 2345 6789 0123": CARD,
}


@pytest.mark.parametrize(("number", "kind"), NUMBERS.items())
def test_a_number_split_over_two_texts_is_taken_wherever_it_is_split(number: str, kind: str) -> None:
    for at in range(1, len(number)):
        texts = (f"hej här kommer {number[:at]}", f"{number[at:]} tack")
        masked = mask_together(texts)
        assert kind in masked.kinds, texts
        assert re.search(r"\d", "".join(masked.texts)) is None, texts
        assert masked.texts[0].startswith("hej här kommer [") and masked.texts[1].endswith("] tack")


@pytest.mark.parametrize(("number", "kind"), NUMBERS.items())
def test_a_number_split_over_three_texts_is_taken(number: str, kind: str) -> None:
    for first in range(1, len(number) - 1):
        for second in range(first + 1, len(number)):
            masked = mask_together((number[:first], number[first:second], number[second:]))
            assert re.search(r"\d", "".join(masked.texts)) is None, (first, second)
            assert len(masked.texts) == 3
            assert masked.kinds


@pytest.mark.parametrize("number", ["191212121212", "19121212-1212"])
@pytest.mark.parametrize("said", ["{}", "mitt personnummer är {}"])
def test_the_rest_is_taken_when_the_first_part_is_stored_masked_already(number: str, said: str) -> None:
    for at in (6, 8):
        first = mask(said.format(number[:at])).text
        second = mask_together((first, number[at:])).texts[1]
        assert number[-4:] not in re.sub(r"\D", "", second), at


@pytest.mark.parametrize(
    ("texts", "secret"),
    [
        (("min kod är 482", "913"), "913"),
        (("här är koden", "482913"), "482913"),
        (("här är koden", "4829"), "4829"),
        (("min kod är 48", "29"), "29"),
        (("lösenordet är", "Hemlis1"), "Hemlis1"),
        (("jag är född 400512", "sista fyra är 1234"), "1234"),
        (("personnummer", "400512", "1234"), "1234"),
        (("Vill du ha mitt personnummer?", "400512", "1234"), "400512"),
        (("pinkoden är [kod]", "den heter 8449"), "8449"),
        (("pin till telefonen är 2291", "och till kortet 7755"), "7755"),
        (("min kod är 2291", "nej förlåt, 2219 är det"), "2219"),
        (("lösenordet är Hemlis1", "eller 482913"), "482913"),
    ],
)
def test_what_one_text_announces_is_taken_from_the_next(texts: tuple[str, ...], secret: str) -> None:
    assert secret not in "\n".join(mask_together(texts).texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("Jag får ingen kod", "59530"),
        ("Jag får ingen kod", "595 30"),
        ("vad är koden?", "1177"),
        ("070-174 06 05", "0480-45 00 00"),
        ("070-174 06 05", "595 30"),
        ("595 30", "070-174 06 05"),
        ("2026-11-22", "2026-11-29"),
        ("kl 14.30", "070-174 06 05"),
        ("[personnummer]", "112"),
        ("[personnummer] hjälp", "1177"),
        ("mitt personnummer är [personnummer]", "595 30"),
        ("[kod]", "1"),
        ("[kod]", "jag bor på 595 30"),
        ("[kod]", "ring mig på 070-174 06 05"),
        ("[kod]", "den kostade 1849 kr"),
        ("[kod]", "jag är född 1939"),
        ("[kod]", "kan jag komma klockan 1430"),
        ("[kod]", "ring 1177"),
        ("hej", "den heter 8449"),
        ("[kod]", "jag har bott i huset sedan 1972 och det har alltid fungerat bra med posten"),
        ("1", "2"),
        ("hej", "", "hej"),
    ],
)
def test_texts_that_only_follow_each_other_stay(texts: tuple[str, ...]) -> None:
    assert mask_together(texts).texts == texts
