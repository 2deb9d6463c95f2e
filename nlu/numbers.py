"""Postcodes and telephone numbers."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from nlu.normalise import word_set, words
from nlu.understanding import Entity

REGION = "SE"
FEWEST_DIGITS = 7
LONGEST_READ = 2000
# Swedish postcodes run from 100 12 to 984 99 (PostNord); sums of money and the numbers of papers look the same.
_POSTCODE = re.compile(
    r"(?<![\d+.,-])(?<!\d )(?:SE?[- ]?)?([1-9]\d{2})([ \u00a0-]{0,2})(\d{2})(?![\d-]|[.,]\d| \d)"
    r"(?!\s*(?:kr|kronor|:-|sek|spänn|spann|euro|i månad|/m|pix|steg|gånger))",
    re.IGNORECASE,
)
_POSTCODE_IN_TWO = re.compile(r"(?<![\d+.,-])(?<!\d )([1-9]\d) (\d{3})(?![\d-]|[.,]\d| \d)")
_ASKS_POSTCODE = word_set("postnr postnummer postnumret postkod postcode zip adress adressen")
_OTHER_NUMBER = word_set(
    "kvitto kvittot kvittonr order ordern ordernr ordernummer ocr faktura fakturan fakturanr fakturanummer arende arendet arendenr"
    " arendenummer kod koden pin kundnr kundnummer medlemsnr medlemsnummer id saldo minus lana betala betalat bokningsnr bokning code"
    " receipt invoice case paid pay amount error felkod"
)
# A mobile or area number with what phonenumbers takes for no part of one: the letter O, a comma, or no leading zero.
_LOOSE_PHONE = re.compile(
    r"(?<![\d+])(?:(?<=nr)|(?<=tel)|(?<![A-Za-z]))[O0o]?7[0236O9][\dOo]?(?:[ .,/\u2013-]{0,3}[\dOo]){7}(?![\d-])"
)


def find_phone_numbers(text: str) -> list[Entity]:
    """`phone_number` entities, as E.164; a number without country code is read as Swedish."""
    text = text[:LONGEST_READ]
    if sum(char.isdigit() for char in text) < FEWEST_DIGITS:
        return []
    found = [_phone(match.number, match.start, match.end) for match in phonenumbers.PhoneNumberMatcher(text, REGION)]
    found += [phone for phone in _loosely_written(text) if not _overlaps(phone.start, phone.end, found)]
    return sorted(found, key=lambda phone: phone.start)


def find_postcodes(text: str, taken: Sequence[Entity]) -> list[Entity]:
    """`postcode` entities of five digits, outside the entities already `taken`."""
    found = [
        Entity("postcode", match.group(1) + match.group(3), match.start(), match.end())
        for match in _POSTCODE.finditer(text)
        if not _overlaps(match.start(), match.end(), taken) and _may_be_postcode(text, match)
    ]
    if found:
        return found
    # "59 530" is a sum of money, but where a postcode is spoken of, or nothing else.
    return [
        Entity("postcode", match.group(1) + match.group(2), match.start(), match.end())
        for match in _POSTCODE_IN_TWO.finditer(text)
        if not _overlaps(match.start(), match.end(), taken)
        and (match.group() == text.strip(" .!?") or _ASKS_POSTCODE & {word.folded for word in words(text, 20)})
    ]


def _may_be_postcode(text: str, match: re.Match[str]) -> bool:
    """Whether the five digits are no sum in thousands, and no number of something else."""
    before = [word.folded for word in words(text[max(0, match.start() - 40) : match.start()])][-2:]
    if _ASKS_POSTCODE & set(before) or match.group() == text.strip(" .!?"):
        return True
    in_thousands = match.group(3) == "00" and match.group(1).endswith("0") and not match.group(2)
    return not in_thousands and not _OTHER_NUMBER & set(before)


def _loosely_written(text: str) -> Iterator[Entity]:
    for match in _LOOSE_PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group().replace("O", "0").replace("o", "0"))
        try:
            number = phonenumbers.parse("0" + digits.lstrip("0"), REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            yield _phone(number, match.start(), match.end())


def _phone(number: phonenumbers.PhoneNumber, start: int, end: int) -> Entity:
    as_e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Entity("phone_number", as_e164, start, end)


def _overlaps(start: int, end: int, others: Sequence[Entity]) -> bool:
    return any(start < other.end and other.start < end for other in others)
