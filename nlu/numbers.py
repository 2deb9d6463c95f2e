"""Postcodes, telephone numbers, and words of day and time."""

import re

import phonenumbers

from nlu.normalise import word_set, words
from nlu.understanding import Entity

REGION = "SE"
# Swedish postcodes run from 100 12 to 984 99 (PostNord); sums of money look the same.
_POSTCODE = re.compile(
    r"(?<![\d+-])(?:SE?[- ]?)?([1-9]\d{2})[ \u00a0]?(\d{2})(?![\d-])(?!\s*(?:kr|kronor|:-|sek|kr\.|spänn))",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:kl(?:ockan)?\.?\s*\d{1,2}(?:[.:]\d{2})?|\d{1,2}[.:]\d{2}|at \d{1,2}(?:[.:]\d{2})?\s*(?:am|pm)?|\d{1,2}\s?(?:am|pm))\b",
    re.IGNORECASE,
)
_DAYS = word_set(
    "mandag tisdag onsdag torsdag fredag lordag sondag mandagar tisdagar onsdagar torsdagar fredagar imorgon imorron"
    " imorn overmorgon idag ikvall formiddag formiddagen eftermiddag eftermiddagen morgonen kvallen helgen lunch lunchen"
    " vecka veckan monday tuesday wednesday thursday friday saturday sunday today tomorrow tonight morning afternoon"
    " evening weekend"
)
_DAYS_IN_TWO = {("i", "morgon"), ("i", "dag"), ("i", "kvall"), ("i", "morron"), ("overi", "morgon")}


def find_phone_numbers(text: str) -> list[Entity]:
    """`phone_number` entities, as E.164; a number without country code is read as Swedish."""
    if sum(char.isdigit() for char in text) < 7:
        return []
    return [
        Entity(
            "phone_number",
            phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164),
            match.start,
            match.end,
        )
        for match in phonenumbers.PhoneNumberMatcher(text[:2000], REGION)
    ]


def find_postcodes(text: str, taken: list[Entity]) -> list[Entity]:
    """`postcode` entities of five digits, outside the entities already `taken`."""
    return [
        Entity("postcode", match.group(1) + match.group(2), match.start(), match.end())
        for match in _POSTCODE.finditer(text)
        if not any(match.start() < other.end and other.start < match.end() for other in taken)
    ]


def find_times(text: str) -> list[Entity]:
    """`time` entities with the words as written."""
    found = [Entity("time", match.group(), match.start(), match.end()) for match in _CLOCK.finditer(text)]
    listed = words(text, 400)
    for at, word in enumerate(listed):
        if word.folded in _DAYS:
            found.append(Entity("time", word.raw, word.start, word.end))
        elif at and (listed[at - 1].folded, word.folded) in _DAYS_IN_TWO:
            found.append(Entity("time", text[listed[at - 1].start : word.end], listed[at - 1].start, word.end))
    return sorted(found, key=lambda entity: entity.start)
