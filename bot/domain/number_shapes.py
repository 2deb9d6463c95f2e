"""The shapes of numbers: which groups of digits make a card, a personnummer, a phone number, a date or a time.

A personnummer is written YYMMDD-NNNN or YYYYMMDD-NNNN; a samordningsnummer has 60 added to the day (Skatteverket). Its check digit is not
looked at: a mistyped one is still somebody's. A card number has 13 to 19 digits (ISO/IEC 7812). Swedish phone numbers have 7 to 10
digits with their first zero, mobile ones 10 (Post- och telestyrelsen's numbering plan).

Each function is given the groups from one place in a run on and says how many of them make its kind of number; 0 for none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

DASHES = r"\-\u2010-\u2015\u2212"
MOST_GROUPS = 12
"""No number but a card is written in more groups than this."""

LONGEST_CARD = 19


@dataclass(frozen=True, slots=True)
class Group:
    """Digits without a gap. `start` and `end` are places in the text; `gap` is what stands before it in its run."""

    start: int
    end: int
    digits: str
    gap: str


Groups = Sequence[Group]


def size(groups: Groups) -> int:
    return sum(len(group.digits) for group in groups)


def all_years(groups: Groups) -> bool:
    return all(re.fullmatch(r"(?:19|20)\d\d", group.digits) for group in groups)


def even_groups(groups: Groups) -> bool:
    """A card written in groups of one length, the last perhaps shorter."""
    lengths = [len(group.digits) for group in groups]
    return (
        len(groups) > 1
        and 13 <= sum(lengths) <= LONGEST_CARD
        and len(set(lengths[:-1])) == 1
        and lengths[-1] <= lengths[0]
    )


# --- cards


def card(groups: Groups) -> int:
    lengths = [len(group.digits) for group in groups]
    if lengths[0] >= 13 and not (groups[0].digits.startswith("00") and lengths[0] <= 15):
        return 1
    if lengths[:4] == [4, 4, 4, 4] and not all_years(groups[:4]):
        return 4
    return 3 if lengths[:3] in ([4, 6, 5], [4, 6, 4]) else 0


# --- personnummer


def personnummer(groups: Groups, named: bool) -> int:
    """How many groups make a personnummer; 0 for none. The longest wins, so that a century is never left behind."""
    best = total = 0
    for count, group in enumerate(groups, 1):
        total += len(group.digits)
        if total > 13:
            break
        if _is_personnummer(groups[:count], total, named) and day(groups[count - 1 :]) != 3:  # a date after a date
            best = count
    return best


def _is_personnummer(groups: Groups, total: int, named: bool) -> bool:
    digits = "".join(group.digits for group in groups)
    if _day_comes_first(groups):
        return True
    birth = len(groups[0].digits)
    if (
        len(groups) == 2
        and birth in (6, 8)
        and re.search(rf"[+{DASHES}]", groups[1].gap)
        and 3 <= len(groups[1].digits) <= 5
    ):
        return _is_birth(digits[:birth])
    if total not in (10, 12) or not _is_birth(digits[:-4]):
        return False
    if digits.startswith("0") and not _zero_may_be_personnummer(groups, digits, named):
        return False
    return _is_written_so(groups, total)


def _day_comes_first(groups: Groups) -> bool:
    """12/5 1940-1234."""
    day, month, year, last = [group.digits for group in groups] if len(groups) == 4 else ("", "", "", "")
    if not (year.startswith("19") and len(year) == len(last) == 4 and len(day) <= 2 and len(month) <= 2):
        return False
    return _is_day(int(year), int(month), int(day))


def _zero_may_be_personnummer(groups: Groups, digits: str, named: bool) -> bool:
    """Phone numbers begin with 0 too. A day above 60 in what could be a mobile number is rarer than the mobile number."""
    first = groups[0].digits
    if len(first) == 6 and len(groups) == 2 and re.search(rf"[+{DASHES}]", groups[1].gap):
        return True
    if int(digits[4:6]) > 60:
        return False
    return named or len(first) == 6 or (len(first) == 2 and first != "08")


def _is_written_so(groups: Groups, total: int) -> bool:
    """Whether the gaps stand where people put them. A line break may stand anywhere: it is where one text ended and the next began."""
    birth_end, offset = total - 4, 0
    gaps: dict[int, str] = {}
    cuts = set()
    for before, group in itertools.pairwise(groups):
        offset += len(before.digits)
        cuts.add(offset)
        if "\n" not in group.gap:
            gaps[offset] = group.gap.strip() or " "
    if all(gaps.get(total - back) == " " for back in (1, 2, 3)):  # the last four one by one
        for back in (1, 2, 3):
            del gaps[total - back]
    if any(at % 2 or (gap == "," and at != birth_end) for at, gap in gaps.items()):
        return False
    if len(gaps) > 1 and birth_end not in cuts:
        return len({len(group.digits) for group in groups}) == 1
    in_birth = {gap for at, gap in gaps.items() if at < birth_end}
    in_last = gaps.get(total - 2, " ")
    return len(in_birth) <= 1 and (in_last == " " or set(gaps.values()) == {in_last})


def oddly_spaced(groups: Groups, *, whole: bool) -> bool:
    """Nothing but the digits of a personnummer, with spaces where nobody expects them; ten digits only as a whole run."""
    digits = "".join(group.digits for group in groups)
    spaces = all(not group.gap.strip() for group in groups)
    return (
        spaces
        and (len(digits) == 12 or (whole and len(digits) == 10))
        and not digits.startswith("0")
        and _is_birth(digits[:-4])
    )


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


def phone(groups: Groups, run_begins: bool) -> int:
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


def day(groups: Groups) -> int:
    """2026-11-22, 20261122 and 22/11 2026."""
    digits = [group.digits for group in groups]
    if len(digits[0]) == 8 and digits[0][:2] in ("19", "20"):
        return int(_is_day(int(digits[0][:4]), int(digits[0][4:6]), int(digits[0][6:])))
    lengths = [len(d) for d in digits[:3]]
    if (
        lengths == [4, 2, 2]
        and digits[0][:2] in ("19", "20")
        and _is_day(int(digits[0]), int(digits[1]), int(digits[2]))
    ):
        return 3
    if len(lengths) == 3 and lengths[0] <= 2 and lengths[1] <= 2 and lengths[2] == 4 and digits[2][:2] in ("19", "20"):
        return 3 if _is_day(int(digits[2]), int(digits[1]), int(digits[0])) else 0
    return 0


def time_of_day(groups: Groups, at: int) -> int:
    """14.30, not as a part of 10.14.30."""
    around = groups[at : at + 3]
    if len(around) < 2 or around[1].gap != "." or groups[at].gap == "." or (len(around) == 3 and around[2].gap == "."):
        return 0
    hour, minute = around[0].digits, around[1].digits
    return 2 if len(hour) <= 2 and len(minute) == 2 and int(hour) < 24 and int(minute) < 60 else 0
