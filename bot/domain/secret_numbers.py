"""Finds numbers that are secret by their shape: personnummer, samordningsnummer and payment cards.

Digits with short gaps between them are one run. A run is read from the left, group by group, and at each group the first of these that
fits is taken: card, personnummer, phone number, date, time (number_shapes). What is left is a card when it has thirteen digits or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.number_shapes import (
    DASHES,
    LONGEST_CARD,
    MOST_GROUPS,
    Group,
    Groups,
    all_years,
    card,
    day,
    even_groups,
    oddly_spaced,
    personnummer,
    phone,
    size,
    time_of_day,
)

PERSONNUMMER = "personnummer"
CARD = "kortnummer"
PHONE = "telefonnummer"
DATE = "datum"
TIME = "klockslag"

_GAP = rf"(?:[\s.,+/_{DASHES}]{{0,3}}|\s?(?:bindestreck|streck|minus)\s?)"
_RUN = re.compile(rf"\+?\d(?:{_GAP}\d)*")
_DIGITS = re.compile(r"\d+")
_NAMED = re.compile(
    r"\b(?:person[- ]?(?:nummer|nr|num)(?:et|ret)?|pnr|persnr|samordnings[- ]?(?:nummer|nr)(?:et)?|social security number|ssn"
    r"|personal (?:identity |identification |id )?number)\b",
    re.IGNORECASE,
)
_NAMED_WITHIN = 40
"""Characters before a run in which the word personnummer makes it one, even when its date is mistyped."""

_USUAL_CARD = 16
_AFTER_CARD = 8
"""Digits that may follow a card on its line and still belong to it: expiry and CVC."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was recognised, secret or not."""

    start: int
    end: int
    kind: str

    @property
    def secret(self) -> bool:
        return self.kind in (PERSONNUMMER, CARD)


Items = Sequence[tuple[str, int] | None]
"""For each group of a run: what begins there, and how many groups it takes."""


def names_personnummer(text: str) -> bool:
    """Whether the text speaks of a personnummer."""
    return _NAMED.search(text) is not None


def find_numbers(text: str) -> Iterator[Number]:
    """The secret numbers of a text, and the phone numbers, dates and times among them, in order and apart."""
    for run in _RUN.finditer(text):
        groups = _groups(run)
        named = names_personnummer(text[max(run.start() - _NAMED_WITHIN, 0) : run.start()])
        for kind, first, last in _read(groups, named):
            yield Number(groups[first].start, groups[last].end, kind)


def _groups(run: re.Match[str]) -> list[Group]:
    groups, at = [], 0
    for found in _DIGITS.finditer(run.group()):
        digits = "".join(str(int(c)) for c in found.group())
        groups.append(
            Group(run.start() + found.start(), run.start() + found.end(), digits, run.group()[at : found.start()])
        )
        at = found.end()
    return groups


def _read(groups: Groups, named: bool) -> Iterator[tuple[str, int, int]]:
    """(kind, first group, last group) of all that is recognised in a run."""
    items = [_item(groups, at, named) for at in range(len(groups))]
    if all_years(groups):
        return
    if even_groups(groups) and not _ordinary(items) and items[0] != (PERSONNUMMER, len(groups)):
        yield CARD, 0, len(groups) - 1
        return
    at = 2 if _postcode_before(groups, items) else 0
    while at < len(groups):
        item = items[at]
        if item:
            kind, count = item
            if kind == CARD:
                count += _belongs_to_card(groups, items, at + count, size(groups[at : at + count]))
            yield kind, at, at + count - 1
            at += count
            continue
        stop = next((i for i in range(at + 1, len(groups)) if items[i]), len(groups))
        stop += _card_begun(groups, items, at, stop)
        length = size(groups[at:stop])
        if length >= 13:
            stop += _belongs_to_card(groups, items, stop, length)
            yield CARD, at, stop - 1
        elif (named and length >= 10) or oddly_spaced(groups[at:stop], whole=stop - at == len(groups)):
            yield PERSONNUMMER, at, stop - 1
        at = stop


def _item(groups: Groups, at: int, named: bool) -> tuple[str, int] | None:
    ahead = groups[at : at + MOST_GROUPS]
    for kind, count in (
        (CARD, card(ahead)),
        (PERSONNUMMER, personnummer(ahead, named)),
        (PHONE, phone(_before_secret(ahead), at == 0)),
        (DATE, day(ahead)),
        (TIME, time_of_day(groups, at)),
    ):
        if count:
            return kind, count
    return None


def _before_secret(groups: Groups) -> Groups:
    """The groups up to a secret number: a phone number must not swallow the beginning of one ("00 19121212-1212")."""
    for at in range(1, len(groups)):
        if card(groups[at:]) or (len(groups[at].digits) in (6, 8, 12) and personnummer(groups[at:], named=False)):
            return groups[:at]
    return groups


def _ordinary(items: Items) -> bool:
    """Nothing but phone numbers, dates and times from end to end."""
    at = 0
    while at < len(items):
        item = items[at]
        if item is None or item[0] not in (PHONE, DATE, TIME):
            return False
        at += item[1]
    return True


def _postcode_before(groups: Groups, items: Items) -> bool:
    """A postcode and then something that is recognised: "595 30 19121212-1212"."""
    return (
        len(groups) > 2 and [len(g.digits) for g in groups[:2]] == [3, 2] and items[0] is None and items[2] is not None
    )


def _belongs_to_card(groups: Groups, items: Items, at: int, length: int) -> int:
    """Groups after a card that are its expiry and CVC, or the rest of it in the next text."""
    count = digits = 0
    for group, item in zip(groups[at:], items[at:], strict=True):
        digits += len(group.digits)
        if item or digits > _AFTER_CARD or ("\n" in group.gap and length + digits > _USUAL_CARD):
            break
        count += 1
    return count


def _card_begun(groups: Groups, items: Items, at: int, stop: int) -> int:
    """One when the text before ended in the first digits of the card that follows."""
    if stop == len(groups) or "\n" not in groups[stop].gap or items[stop] != (CARD, 1):
        return 0
    return int(size(groups[at : stop + 1]) <= LONGEST_CARD)
