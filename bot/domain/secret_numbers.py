"""Finds numbers that are secret by their shape: personnummer, samordningsnummer and payment cards.

A personnummer is written YYMMDD-NNNN or YYYYMMDD-NNNN; a samordningsnummer has 60 added to the day (Skatteverket). Its check digit is not
looked at: a mistyped one is still somebody's. A card number has 13 to 19 digits (ISO/IEC 7812).

Digits with short gaps between them are one run. A run is read from the left, group by group, and at each group the first of these that
fits is taken: card, personnummer, phone number, date, time. What is left is a card when it has thirteen digits or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

PERSONNUMMER = "personnummer"
CARD = "kortnummer"
PHONE = "telefonnummer"
DATE = "datum"
TIME = "klockslag"

_DASHES = r"\-\u2010-\u2015\u2212"
_GAP = rf"(?:[\s.,+/_{_DASHES}]{{0,3}}|\s?(?:bindestreck|streck|minus)\s?)"
_RUN = re.compile(rf"\+?\d(?:{_GAP}\d)*")
_GROUP = re.compile(r"\d+")
_NAMED = re.compile(
    r"\b(?:person[- ]?(?:nummer|nr|num)(?:et|ret)?|pnr|persnr|samordnings[- ]?(?:nummer|nr)(?:et)?|social security number|ssn"
    r"|personal (?:identity |identification |id )?number)\b",
    re.IGNORECASE,
)
_NAMED_WITHIN = 40
"""Characters before a run in which the word personnummer makes it one, even when its date is mistyped."""

_MOST_GROUPS = 12
_USUAL_CARD = 16
_LONGEST_CARD = 19
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


@dataclass(frozen=True, slots=True)
class _Group:
    start: int
    end: int
    digits: str
    gap: str  # what stands before it in its run


Groups = Sequence[_Group]


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


def _groups(run: re.Match[str]) -> list[_Group]:
    groups, at = [], 0
    for found in _GROUP.finditer(run.group()):
        digits = "".join(str(int(c)) for c in found.group())
        groups.append(_Group(run.start() + found.start(), run.start() + found.end(), digits, run.group()[at : found.start()]))
        at = found.end()
    return groups


def _read(groups: Groups, named: bool) -> Iterator[tuple[str, int, int]]:
    """(kind, first group, last group) of all that is recognised in a run."""
    items = [_item(groups, at, named) for at in range(len(groups))]
    if _all_years(groups):
        return
    if _even_groups(groups) and not _ordinary(items) and items[0] != (PERSONNUMMER, len(groups)):
        yield CARD, 0, len(groups) - 1
        return
    at = 2 if _postcode_before(groups, items) else 0
    while at < len(groups):
        item = items[at]
        if item:
            kind, count = item
            if kind == CARD:
                count += _belongs_to_card(groups, items, at + count)
            yield kind, at, at + count - 1
            at += count
            continue
        stop = next((i for i in range(at + 1, len(groups)) if items[i]), len(groups))
        stop += _card_begun(groups, items, at, stop)
        size = _size(groups[at:stop])
        if size >= 13:
            yield CARD, at, stop - 1
        elif (named and size >= 10) or _oddly_spaced(groups[at:stop], whole=stop - at == len(groups)):
            yield PERSONNUMMER, at, stop - 1
        at = stop


def _item(groups: Groups, at: int, named: bool) -> tuple[str, int] | None:
    ahead = groups[at : at + _MOST_GROUPS]
    for kind, count in (
        (CARD, _card(ahead)),
        (PERSONNUMMER, _personnummer(ahead, named)),
        (PHONE, _phone(ahead, at == 0)),
        (DATE, _date(ahead)),
        (TIME, _time(groups, at)),
    ):
        if count:
            return kind, count
    return None


def _size(groups: Groups) -> int:
    return sum(len(group.digits) for group in groups)


def _all_years(groups: Groups) -> bool:
    return all(re.fullmatch(r"(?:19|20)\d\d", group.digits) for group in groups)


def _even_groups(groups: Groups) -> bool:
    """A card written in groups of one length, the last perhaps shorter."""
    lengths = [len(group.digits) for group in groups]
    return len(groups) > 1 and 13 <= sum(lengths) <= _LONGEST_CARD and len(set(lengths[:-1])) == 1 and lengths[-1] <= lengths[0]


def _ordinary(items: Sequence[tuple[str, int] | None]) -> bool:
    """Nothing but phone numbers, dates and times from end to end."""
    at = 0
    while at < len(items):
        item = items[at]
        if item is None or item[0] not in (PHONE, DATE, TIME):
            return False
        at += item[1]
    return True


def _postcode_before(groups: Groups, items: Sequence[tuple[str, int] | None]) -> bool:
    """A postcode and then something that is recognised: "595 30 19121212-1212"."""
    return len(groups) > 2 and [len(g.digits) for g in groups[:2]] == [3, 2] and items[0] is None and items[2] is not None


# --- cards


def _card(groups: Groups) -> int:
    lengths = [len(group.digits) for group in groups]
    if lengths[0] >= 13 and not (groups[0].digits.startswith("00") and lengths[0] <= 15):
        return 1
    if lengths[:4] == [4, 4, 4, 4] and not _all_years(groups[:4]):
        return 4
    return 3 if lengths[:3] in ([4, 6, 5], [4, 6, 4]) else 0


def _belongs_to_card(groups: Groups, items: Sequence[tuple[str, int] | None], at: int) -> int:
    """Groups after a card that are its expiry and CVC, or the rest of it in the next text."""
    count = digits = 0
    card = _size(groups[max(at - 4, 0) : at]) if len(groups[at - 1].digits) < 13 else len(groups[at - 1].digits)
    for group, item in zip(groups[at:], items[at:], strict=True):
        digits += len(group.digits)
        if item or digits > _AFTER_CARD or ("\n" in group.gap and card + digits > _USUAL_CARD):
            break
        count += 1
    return count


def _card_begun(groups: Groups, items: Sequence[tuple[str, int] | None], at: int, stop: int) -> int:
    """One when the text before ended in the first digits of the card that follows."""
    if stop == len(groups) or "\n" not in groups[stop].gap or items[stop] != (CARD, 1):
        return 0
    return int(_size(groups[at : stop + 1]) <= _LONGEST_CARD)


# --- personnummer


def _personnummer(groups: Groups, named: bool) -> int:
    """How many groups make a personnummer; 0 for none. The longest wins, so that a century is never left behind."""
    best = total = 0
    for count, group in enumerate(groups, 1):
        total += len(group.digits)
        if total > 13:
            break
        if _is_personnummer(groups[:count], total, named) and _date(groups[count - 1 :]) != 3:  # a date after a date
            best = count
    return best


def _is_personnummer(groups: Groups, total: int, named: bool) -> bool:
    digits = "".join(group.digits for group in groups)
    if [len(group.digits) for group in groups[-2:]] == [4, 4] and len(groups) == 4:
        day, month, year = groups[0].digits, groups[1].digits, groups[2].digits
        return year.startswith("19") and len(day) <= 2 and len(month) <= 2 and _is_day(int(year), int(month), int(day))
    birth = len(groups[0].digits)
    if len(groups) == 2 and birth in (6, 8) and re.search(rf"[+{_DASHES}]", groups[1].gap) and 3 <= len(groups[1].digits) <= 5:
        return _is_birth(digits[:birth])
    if total not in (10, 12) or not _is_birth(digits[:-4]):
        return False
    if digits.startswith("0") and not _zero_may_be_personnummer(groups, digits, named):
        return False
    return _is_written_so(groups, total)


def _zero_may_be_personnummer(groups: Groups, digits: str, named: bool) -> bool:
    """Phone numbers begin with 0 too. A day above 60 in what could be a mobile number is rarer than the mobile number."""
    first = groups[0].digits
    if len(first) == 6 and len(groups) == 2 and re.search(rf"[+{_DASHES}]", groups[1].gap):
        return True
    if int(digits[4:6]) > 60:
        return False
    return named or len(first) == 6 or (len(first) == 2 and first != "08")


def _is_written_so(groups: Groups, total: int) -> bool:
    """Whether the gaps stand where people put them. A line break may stand anywhere: it is where one text ended and the next began."""
    birth_end, offset = total - 4, 0
    gaps: dict[int, str] = {}
    cuts = set()
    for before, group in zip(groups, groups[1:], strict=False):
        offset += len(before.digits)
        cuts.add(offset)
        if "\n" not in group.gap:
            gaps[offset] = group.gap.strip() or " "
    if any(at % 2 or (gap == "," and at != birth_end) for at, gap in gaps.items()):
        return False
    if len(gaps) > 1 and birth_end not in cuts:
        return len({len(group.digits) for group in groups}) == 1
    in_birth = {gap for at, gap in gaps.items() if at < birth_end}
    in_last = gaps.get(total - 2, " ")
    return len(in_birth) <= 1 and (in_last == " " or set(gaps.values()) == {in_last})


def _oddly_spaced(groups: Groups, *, whole: bool) -> bool:
    """Nothing but the digits of a personnummer, with spaces where nobody expects them; ten digits only as a whole run."""
    digits = "".join(group.digits for group in groups)
    spaces = all(not group.gap.strip() for group in groups)
    return spaces and (len(digits) == 12 or (whole and len(digits) == 10)) and not digits.startswith("0") and _is_birth(digits[:-4])


def _is_birth(digits: str) -> bool:
    """YYMMDD or YYYYMMDD, the day perhaps with 60 added (60 alone: day unknown)."""
    if len(digits) == 8 and digits[:2] not in ("18", "19", "20"):
        return False
    month, day = int(digits[-4:-2]), int(digits[-2:])
    return _is_day(2000, month, day if day < 60 else max(day - 60, 1))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(2000 if month == 2 else year, month, day)
    except ValueError:
        return False
    return True


# --- what is no secret


def _phone(groups: Groups, run_begins: bool) -> int:
    """How many groups make a phone number: +46..., 0046..., 0.. (Swedish numbers have 7 to 10 digits, mobile ones 10)."""
    first = groups[0].digits
    if "+" in groups[0].gap and (run_begins or groups[0].gap != "+"):
        return _until(groups, 8, 11 if first.startswith("46") else 15)
    if re.fullmatch(r"467\d{8}", first):
        return 1
    if first.startswith("00"):
        return _until(groups, 10, 13 if "".join(g.digits for g in groups).startswith("0046") else 15)
    if not first.startswith("0"):
        return 0
    if re.match(r"07[02369]", "".join(group.digits for group in groups[:3])):
        return _until(groups, 10, 10)
    if len(first) >= 7 or len(first) in (3, 4) or first == "08":
        return _until(groups, 7, 10)
    return 0


def _until(groups: Groups, least: int, most: int) -> int:
    """The groups from the first on that have between `least` and `most` digits; not over a line break or comma when there are enough before it."""
    total = best = 0
    for count, group in enumerate(groups, 1):
        total += len(group.digits)
        if total > most or (best and re.search(r"[\n,/+]", group.gap)):
            break
        if total >= least:
            best = count
    return best


def _date(groups: Groups) -> int:
    """2026-11-22, 20261122 and 22/11 2026."""
    digits = [group.digits for group in groups]
    if len(digits[0]) == 8 and digits[0][:2] in ("19", "20"):
        return int(_is_day(int(digits[0][:4]), int(digits[0][4:6]), int(digits[0][6:])))
    lengths = [len(d) for d in digits[:3]]
    if lengths == [4, 2, 2] and digits[0][:2] in ("19", "20") and _is_day(int(digits[0]), int(digits[1]), int(digits[2])):
        return 3
    if len(lengths) == 3 and lengths[0] <= 2 and lengths[1] <= 2 and lengths[2] == 4 and digits[2][:2] in ("19", "20"):
        return 3 if _is_day(int(digits[2]), int(digits[1]), int(digits[0])) else 0
    return 0


def _time(groups: Groups, at: int) -> int:
    """14.30, not as a part of 10.14.30."""
    around = groups[at : at + 3]
    if len(around) < 2 or around[1].gap != "." or groups[at].gap == "." or (len(around) == 3 and around[2].gap == "."):
        return 0
    hour, minute = around[0].digits, around[1].digits
    return 2 if len(hour) <= 2 and len(minute) == 2 and int(hour) < 24 and int(minute) < 60 else 0
