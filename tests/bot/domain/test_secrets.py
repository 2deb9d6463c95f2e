"""What people really write. The personnummer are made up; 191212121212 is Skatteverket's well-known test number."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.secrets import CARD, CODE, PASSWORD, PERSONNUMMER, mask, mask_together, removed_kinds


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


PERSONNUMMER_WRITTEN = [
    "19121212-1212",
    "191212121212",
    "19121212 1212",
    "19121212.1212",
    "19121212,1212",
    "19121212, 1212",
    "19121212 - 1212",
    "19121212–1212",
    "19121212\u00a01212",
    "19121212_1212",
    "19121212\n1212",
    "19121212-\n1212",
    "1912 1212 1212",
    "19 12 12 12 12 12",
    "1912-12-12-1212",
    "1912-12-12 1212",
    "1912-12-12 12 12",
    "1912 12 12 1212",
    "1912.12.12.1212",
    "1912/12/12-1212",
    "12/12 1912 1212",
    "12-12-1912-1212",
    "121212-1212",
    "121212+1212",
    "1212121212",
    "121212 1212",
    "121212.1212",
    "121212 12 12",
    "12 12 12 1212",
    "12 12 12 12 12",
    "12 12 12-1212",
    "121212\n1212",
    "194 005 121 234",
    "121212-1 2 1 2",
    "19400512 streck 1234",
    "400512-1235",  # wrong check digit
    "400512-123",  # a digit lost
    "400512-12345",  # a digit too many
    "19400512-12345",
    "400572-1234",  # samordningsnummer
    "19400572-1234",
    "194005721234",
    "4005721234",
    "400560-1234",  # samordningsnummer, day unknown
    "010203-1234",
    "20010203-1234",
    "050512 1234",
    "18991231-1234",
    "19400229-1234",  # no leap day that year: mistyped
]


@pytest.mark.parametrize("written", PERSONNUMMER_WRITTEN)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "Mitt personnummer är {}.",
        "hej jag heter Greta {} kommer inte in på 1177",
        "({})",
        "pnr{}",
        "595 30 Mjölby {}, tack",
        "Ring 070-174 06 05 {}",
    ],
)
def test_personnummer_are_taken(written: str, around: str) -> None:
    masked = mask(around.format(written))
    assert PERSONNUMMER in masked.kinds
    kept = digits(around.format(""))
    assert digits(masked.text) == kept


CARDS_WRITTEN = [
    "4571 2345 6789 0123",
    "4571234567890123",
    "4571-2345-6789-0123",
    "4571.2345.6789.0123",
    "4571 2345\n6789 0123",
    "4571  2345  6789  0123",
    "45712345 67890123",
    "457123 4567890123",
    "4571 23 45 67 89 01 23",
    "45 71 23 45 67 89 01 23",
    "4 5 7 1 2 3 4 5 6 7 8 9 0 1 2 3",
    "4571 234 567 890 123",
    "4571 0701 7406 0512",  # holds what looks like a phone number
    "4571 1912 1212 1212",  # holds what looks like a personnummer
    "3782 822463 10005",
    "378282246310005",
    "3056 930902 5904",
    "5212 3456 7890 1234 567",
    "1234 5678 9012 3456",
    "4571234567890",
]


@pytest.mark.parametrize("written", CARDS_WRITTEN)
@pytest.mark.parametrize("around", ["{}", "mitt kort är {} och sen", "kortnr: {}", "hej {}. Ring 070-174 06 05"])
def test_cards_are_taken(written: str, around: str) -> None:
    masked = mask(around.format(written))
    assert CARD in masked.kinds
    assert digits(masked.text) == digits(around.format(""))


@pytest.mark.parametrize("number", ["19121212-1212", "191212121212", "4571 2345 6789 0123"])
def test_what_looks_like_a_prefix_swallows_no_secret(number: str) -> None:
    assert digits(mask(f"00 {number}").text) == "00"
    assert digits(mask(f"116 006 {number}").text) == "116006"


def test_two_cards_in_a_row_are_both_taken() -> None:
    assert digits(mask("4571 2345 6789 0123 4571 2345 6789 0124").text) == ""


def test_what_is_written_beside_the_card_number_is_taken_too() -> None:
    assert digits(mask("4571 2345 6789 0123 12/27 123").text) == ""
    assert digits(mask("4571 2345 6789 0123, 12/27, cvc 123").text) == ""


CODES = [
    ("koden är 4829", "4829"),
    ("Koden: 4829", "4829"),
    ("kod 482913 kom på sms", "482913"),
    ("min pin är 1234", "1234"),
    ("min pinkod är 1234 tack", "1234"),
    ("pin-koden är 1234", "1234"),
    ("PIN:1234", "1234"),
    ("min pin kod e 12 34", "1234"),
    ("jag skrev in 123456 som kod", "123456"),
    ("de fick koden 12 34 56", "123456"),
    ("jag gav dom koden 482 913", "482913"),
    ("koden som jag fick på sms är 4829", "4829"),
    ("koden till mitt mobila bankid är 482913", "482913"),
    ("säkerhetskoden är 482913", "482913"),
    ("sakerhetskod 482913", "482913"),
    ("bankid-koden är 482913", "482913"),
    ("bank id kod 482913", "482913"),
    ("engångskoden blev 482913", "482913"),
    ("engångskod: 48-29-13", "482913"),
    ("portkoden är 1950", "1950"),
    ("svarskoden från dosan var 48291357", "48291357"),
    ("dosan visar koden 4829 1357", "48291357"),
    ("puk 12345678", "12345678"),
    ("cvc 123", "123"),
    ("cvv är 123", "123"),
    ("koden funkar inte 4829", "4829"),
    ("koden från banken som kom nyss var 482913", "482913"),
    ("koden BankID skickade hem till mig 482913", "482913"),
    ("482913 är koden jag fick", "482913"),
    ("482913 var min kod", "482913"),
    ("4829 är min pinkod", "4829"),
    ("skrev fel kod 4829", "4829"),
    ("koden är fyra åtta två nio", "fyra åtta två nio"),
    ("koden är A4B7K9", "A4B7K9"),
    ("aktiveringskoden är 12ab34", "12ab34"),
    ("my code is 1234", "1234"),
    ("the code was 482913", "482913"),
    ("my pin is 1234", "1234"),
    ("my pin number is 1234", "1234"),
    ("PIN code 1234", "1234"),
    ("I got code 482913 by text", "482913"),
    ("I typed 482913 as the code", "482913"),
    ("security code: 482 913", "482913"),
    ("passcode 482913", "482913"),
    ("koden till Systembolagets app är 4829", "4829"),
    ("koden är 4829, ring mig på 070-174 06 05", "4829"),
    ("de tre siffrorna på baksidan är 123", "123"),
    ("jag gav honom 482913", "482913"),
    ("jag läste upp 4829 1357 från dosan", "48291357"),
    ("jag knappade in 1234 två gånger", "1234"),
    ("I typed in 482913", "482913"),
    ("det kom en kod på 6 siffror 482913", "482913"),
    ("koden är inte 4829 längre", "4829"),
    ("koden är 4829 min mobil är gammal", "4829"),
    ("koden var 4829 dagen före", "4829"),
    ("jag har alltid haft 1940 som kod", "1940"),
    ('koden "482913"', "482913"),
    ("482913", "482913"),
    ("482 913", "482913"),
    ("123 456 78", "12345678"),
    ("048291", "048291"),
]


@pytest.mark.parametrize(("text", "secret"), CODES)
def test_codes_are_taken(text: str, secret: str) -> None:
    masked = mask(text)
    assert masked.kinds == (CODE,)
    assert secret not in masked.text
    assert secret not in digits(masked.text)


PASSWORDS = [
    ("the password is Hemlis1", "Hemlis1"),
    ("my password is kalle", "kalle"),
    ("password: hunter2", "hunter2"),
    ("lösenordet är Hemlis1", "Hemlis1"),
    ("Lösenord: Hemlis1.", "Hemlis1"),
    ("mitt lösenord är sommar", "sommar"),
    ("lösenord hemlis123", "hemlis123"),
    ("mitt lösen e Katten#", "Katten"),
    ("losenordet ar hemlis", "hemlis"),
    ("lösenordet till facebook är Kalle123", "Kalle123"),
    ("lösenordet till min mejl är sommaren", "sommaren"),
    ("lösenordet jag har är sommaren", "sommaren"),
    ("användarnamn greta12 lösenord Vinter2024!", "Vinter2024"),
    ("jag skrev Hemlis1 som lösenord", "Hemlis1"),
    ("Mitt lösenord heter Kalle", "Kalle"),
    ("lösenordet borde vara Kalle12", "Kalle12"),
    ('lösenordet är "min katt heter"', "katt"),
    ("engångslösenord 482913", "482913"),
    ("lösenord=abc,def", "def"),
    ("lösenordet är hund men det funkar inte", "hund"),
    ("Jag provade med lösenordet Sommar19 men nej", "Sommar19"),
]


@pytest.mark.parametrize(("text", "secret"), PASSWORDS)
def test_passwords_are_taken(text: str, secret: str) -> None:
    masked = mask(text)
    assert PASSWORD in masked.kinds
    assert secret not in masked.text


PHONES = [
    "070-174 06 05", "0701740605", "070 174 06 05", "070-1740605", "070-174-06-05", "070.174.06.05", "07017 40605", "+46 70 174 06 05", "+46701740605",
    "+46 (0)70-174 06 05", "0046701740605", "0046 70 174 06 05", "46701740605", "0480-45 00 00", "0480450000", "0480-12345", "08-123 456 78", "08-12 34 56",
    "08 121 245 67", "+46 8 123 456 78", "0771-524 524", "0771-52 45 24", "020-123 456", "020-12 34 56 7", "+358 40 1234567", "+1 310 112 3456", "+47 12 34 56 78",
]  # fmt: skip


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "ring mig på {} tack",
        "{}, {}",
        "{} / {}",
        "{}\n{}",
        "jag får ingen kod, ring {}",
        "koden kom i sms från {}",
        "Ni har mitt personnummer, ring {}",
        "595 30 {}",
    ],
)
def test_phone_numbers_stay(phone: str, around: str) -> None:
    text = around.replace("{}", phone)
    assert mask(text).texts == (text,)
    assert mask(text).kinds == ()


ORDINARY = [
    "595 30", "59530", "SE-595 30", "Jag bor i 392 31 Kalmar", "post code 595 30", "postkod 59530", "mitt postnummer är 59530",
    "112", "114 14", "11414", "1177", "116 006", "116006", "90101", "113 13", "7726", "116 117",
    "jag får ingen kod från 1177", "koden på 1177 fungerar inte", "kod till 1177", "ring 114 14 eller 112", "lösenordet till 1177 är borta", "glömt lösenord 1177",
    "2026", "1945", "2026-11-22", "22/11", "22/11 2026", "22.11.2026", "20261122 tror jag", "2026-11-22 14.30", "2026-11-22 10.00-12.00", "2026-11-22 - 2026-11-29",
    "20261122-20261129", "22/11 2026 14.30", "2026-11-22 10-12",
    "kl 14.30", "14.30", "1430", "10.00-12.00 13.00-16.00", "10-12 13-15 17-19", "mån 10.00-12.00, tis 13.00-15.00", "08.10-12.15 16.00",
    "BankID fungerar inte sedan 20250101", "koden fungerar inte sedan 2025", "Jag har haft koden sen 2019", "koden fungerar inte sedan 2026-11-22", "koden kom 14.30",
    "det kostade 12 500 kr", "räkningen på 1 250 kr", "koden kostade 500 kr", "kod 100 kronor", "100 000 kr för 200 000 kr", "priset är 1.250:-",
    "jag är 82 år", "född 1940", "född 1940-05-12", "1 2 3", "1", "2.", "alternativ 3", "steg 2 av 5", "2 av 5", "koden är 6 siffror", "kod med 100 tecken",
    "felkod 1006", "felkoden är 5120", "error code 1006", "QR-koden 404", "fel 404", "jag gav honom 500 kr", "jag skrev in 1177.se", "jag skrev in 59530", "bankkort som slutar på 0123", "RFA22", "felkod: RFA22", "kod RFA22", "lösenord var hittar man det", "streckkod 731234", "fel kod 3 gånger", "skrev fel kod 3 ggr",
    "rum 4829", "Storgatan 12 595 30 Mjölby", "buss 401 kl 10.15", "iPhone 13", "Samsung s23", "windows 10", "android 14",
    "kan inte logga in", "glömt koden", "vad är min kod", "koden är fel", "koden är spärrad", "koden är borta", "Jag fick ingen kod", "har glömt pin", "får inget sms med koden",
    "glömt lösenordet", "lösenordet är fel", "lösenordet är borta", "lösenordet är svårt att komma ihåg", "mitt lösenord är låst", "lösenord till facebook",
    "vad är mitt lösenord", "lösenordet funkar inte och jag är ledsen", "the password is wrong", "I forgot my password", "password is not working", "what is my code",
    "lösenord: kommer inte ihåg", "byta lösenord på iphone13", "glömt lösenord till office365", "mitt lösenord till kalle@example.se",
    "de fyra sista siffrorna", "Vad är ett personnummer?", "organisationsnummer 212000-1234", "orgnr 556012-3456", "bankgiro 123-4567", "plusgiro 12 34 56-7",
    "2024-2025 2025-2026", "", " ", "[kod]", "koden är [kod]", "[personnummer] [kortnummer] [lösenord]", "😀😀😀", "hej\n\nhej", "kodak 1234", "version 10.15.7", "ip 192.168.1.1", "ärendenummer 12345678", "buss 2 3 5 7 11", "ring 0701740605 efter 17 eller 0480 450000", "episod 1234",
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_stay(text: str) -> None:
    assert mask(text).texts == (text,)
    assert mask(text).kinds == ()


@pytest.mark.parametrize(
    "text",
    [
        "mina fyra sista är 1234",
        "de sista fyra siffrorna är 1234",
        "4 sista: 1234",
        "my last four are 1234",
        "the last 4 digits are 1234",
        "400512 och sista siffrorna 1234",
        "5 december 1940 -1234",
        "personnumret slutar på 1234",
    ],
)
def test_the_last_four_are_taken(text: str) -> None:
    masked = mask(text)
    assert masked.kinds == (PERSONNUMMER,)
    assert "1234" not in masked.text


@pytest.mark.parametrize(
    "text", ["personnummer 19401312-1234", "mitt personnr: 194013121234", "pnr 401312 1234", "pnr 0505121234"]
)
def test_beside_its_word_even_a_mistyped_or_phone_like_personnummer_is_taken(text: str) -> None:
    assert digits(mask(text).text) == ""


def test_secrets_that_overlap_are_taken_whole() -> None:
    assert digits(mask("koden är 12 121212-1212").text) == ""


def test_several_kinds_are_named_once_each() -> None:
    masked = mask("19121212-1212, kort 4571 2345 6789 0123, koden är 4829, koden är 4830, lösenordet är Hemlis1")
    assert masked.kinds == (PERSONNUMMER, CARD, CODE, PASSWORD)
    assert masked.text == "[personnummer], kort [kortnummer], koden är [kod], koden är [kod], lösenordet är [lösenord]"
    assert removed_kinds(masked.text) == masked.kinds


def test_removed_kinds_of_a_text_without_any() -> None:
    assert removed_kinds("kod, personnummer och [annat]") == ()


def test_digits_of_other_scripts_are_digits() -> None:
    assert mask("١٩١٢١٢١٢-١٢١٢").kinds == (PERSONNUMMER,)


PIECES = st.sampled_from(
    [
        *PERSONNUMMER_WRITTEN,
        *CARDS_WRITTEN,
        *(text for text, _ in CODES),
        *(text for text, _ in PASSWORDS),
        *PHONES,
        *ORDINARY,
        "koden",
        "är",
        "personnummer",
        "lösenord",
        "-",
        "\n",
        "[kod]",
        "1",
        "1212",
        "19",
        ":",
        "sista fyra",
        "112",
        "slutar på",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=6).map(" ".join)


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_masking_masked_texts_changes_nothing(texts: list[str]) -> None:
    once = mask_together(texts)
    assert len(once.texts) == len(texts)
    again = mask_together(once.texts)
    assert again.texts == once.texts
    assert again.kinds == ()


@settings(deadline=None)
@given(
    TEXTS,
    TEXTS,
    st.sampled_from(["19121212-1212", "191212121212", "121212-1212", "4571 2345 6789 0123", "4571234567890123"]),
)
def test_no_text_around_hides_a_number(before: str, after: str, number: str) -> None:
    assert number not in mask(f"{before} {number} {after}").text


@settings(deadline=None)
@given(st.text(alphabet="0123456789 -.+/\n,kodenärlösenordpersonnummer:[]", max_size=120))
def test_any_text_of_digits_and_the_words_around_them_can_be_masked(text: str) -> None:
    masked = mask(text)
    assert mask(masked.text).texts == masked.texts


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 2048,
        "1" * 4096,
        "kod " * 1024,
        "koden är " * 455,
        "lösenord " * 455,
        "a" * 4096,
        "lösenordet är a" * 290,
        "12-" * 1365,
        "070-" * 1024,
    ],
)
def test_the_longest_texts_are_masked_in_good_time(text: str) -> None:
    begun = time.process_time()
    mask(text)
    assert time.process_time() - begun < 2.0
