"""Takes secrets out of texts before anything is stored, logged or answered.

What is taken: personnummer, samordningsnummer and card numbers by their shape (secret_numbers), codes and passwords by the words
beside them (secret_words), and a text that is nothing but a code. Phone numbers, postcodes, dates and times stay.

Rule: masking masked text changes nothing, so texts are masked until nothing more is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.secret_numbers import CARD, PERSONNUMMER, Number, find_numbers, names_personnummer
from bot.domain.secret_words import CODE, PASSWORD, WELL_KNOWN, find_codes, find_passwords

__all__ = [
    "CARD",
    "CODE",
    "PASSWORD",
    "PERSONNUMMER",
    "Masked",
    "mask",
    "mask_together",
    "removed_kinds",
    "without_masks",
]

_ALONE = re.compile(r"\D{0,3}(0\d{5}|[1-9](?:[ \-]?\d){5,8})\D{0,3}")
_ISO_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_BIRTH = re.compile(r"(?<!\d)(?:19|20)?\d{2}(?:0[1-9]|1[0-2])\d\d(?!\d)")
_LAST_FOUR = re.compile(
    r"\b(?:(?:fyra|4) sista|sista (?:fyra|4)|last (?:four|4)|sista siffrorna)\b\D{0,20}(\d{4})(?!\d)", re.IGNORECASE
)
_ENDS_WITH = re.compile(r"\b(?:slutar (?:på|pa|med)|ends (?:in|with))\b\D{0,20}(\d{4})(?!\d)", re.IGNORECASE)
_MONTH_IN_WORDS = re.compile(
    r"\b\d{1,2}(?::?e)? (?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|de[cs])[a-z]* (?:19|20)\d\d[ \-\u2013]{1,3}(\d{4})(?!\d)",
    re.IGNORECASE,
)
_MASKED = re.compile(r"\[(personnummer|kortnummer|kod|lösenord)\]")
_GOES_ON = re.compile(r"\[(personnummer|kortnummer|kod)\][^\w\[]{0,3}\n[^\w\n]{0,3}(\d{3,4})(?=[^\w\n]{0,3}(?:\n|$))")
_CODE_LIKE = re.compile(r"(?<![\d:.,/-])(\d{4}|\d{6,8})(?![\d:/-])")
_COUNTS_SOMETHING = re.compile(
    r"\b(?:kr|kronor|sek|klockan|kl|född|fodd|år|ar|years?|born|post(?:nummer|nr|code)|ocr)\b", re.IGNORECASE
)
_LONGEST_SEQUEL = 8
"""Words of a text that goes on about a code that was just taken out ("den heter 8449", "och till kortet 7755")."""
_FOUR_ON_A_LINE = re.compile(r"(?m)^[^\w\n]{0,3}(\d{4})[^\w\n]{0,3}$")


@dataclass(frozen=True, slots=True)
class Masked:
    """Texts without their secrets. `kinds` are the kinds that were taken out, each once, in order."""

    texts: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def text(self) -> str:
        """The only text. For one text masked on its own."""
        (text,) = self.texts
        return text


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    kind: str


def mask(text: str) -> Masked:
    """Takes the secrets out of one text."""
    return mask_together((text,))


def mask_together(texts: Sequence[str]) -> Masked:
    """Takes secrets out of texts that follow on each other, also a number that is split over several of them."""
    masked, kinds = tuple(texts), dict[str, None]()
    while spans := _merged(_spans("\n".join(masked), masked)):
        kinds.update((span.kind, None) for span in spans)
        masked = _without(masked, spans)
    return Masked(masked, tuple(kinds))


def removed_kinds(text: str) -> tuple[str, ...]:
    """The kinds of secret that a masked text once held, each once, in order."""
    return tuple(dict.fromkeys(found.group(1) for found in _MASKED.finditer(text)))


def _without(texts: Sequence[str], spans: Sequence[_Span]) -> tuple[str, ...]:
    masked, offset = [], 0
    for text in texts:
        masked.append(_mask_part(text, offset, spans))
        offset += len(text) + 1
    return tuple(masked)


def _mask_part(text: str, offset: int, spans: Sequence[_Span]) -> str:
    out, at = [], 0
    for span in spans:
        start, end = max(span.start - offset, 0), min(span.end - offset, len(text))
        if start < end:
            out += [text[at:start], f"[{span.kind}]"]
            at = end
    return "".join(out) + text[at:]


def _merged(spans: Iterator[_Span]) -> list[_Span]:
    """Spans that overlap become one, of the longest one's kind: nothing of either may be left."""
    merged: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            kind = last.kind if last.end - last.start >= span.end - span.start else span.kind
            merged[-1] = _Span(last.start, max(last.end, span.end), kind)
        else:
            merged.append(span)
    return merged


def _spans(joined: str, texts: Sequence[str]) -> Iterator[_Span]:
    numbers = list(find_numbers(joined))
    yield from (_Span(number.start, number.end, number.kind) for number in numbers if number.secret)
    yield from _parts_of_personnummer(joined)
    yield from (_Span(start, end, CODE) for start, end in find_codes(joined, numbers))
    yield from (_Span(start, end, PASSWORD) for start, end in find_passwords(joined, numbers))
    for found in _GOES_ON.finditer(joined):
        if found.group(2) not in WELL_KNOWN:
            yield _Span(found.start(2), found.end(2), found.group(1))
    offset = 0
    for text in texts:
        alone = _ALONE.fullmatch(text)
        if alone and _is_code(alone.group(1), numbers, offset + alone.start(1)):
            yield _Span(offset + alone.start(1), offset + alone.end(1), CODE)
        yield from _sequel(text, joined[:offset], numbers, offset)
        offset += len(text) + 1


def _sequel(text: str, earlier: str, numbers: Sequence[Number], offset: int) -> Iterator[_Span]:
    """A further code in a short text right after one that was taken out: nobody says the word twice."""
    if not removed_kinds(earlier) or len(text.split()) > _LONGEST_SEQUEL or _COUNTS_SOMETHING.search(text):
        return
    for found in _CODE_LIKE.finditer(text):
        if _is_code(found.group(1), numbers, offset + found.start(1)):
            yield _Span(offset + found.start(1), offset + found.end(1), CODE)


def _parts_of_personnummer(joined: str) -> Iterator[_Span]:
    """The day of birth and the last four on their own, where the text says that they are such."""
    for found in (*_LAST_FOUR.finditer(joined), *_MONTH_IN_WORDS.finditer(joined)):
        yield _Span(found.start(1), found.end(1), PERSONNUMMER)
    if names_personnummer(joined):
        for found in _BIRTH.finditer(joined):
            yield _Span(found.start(), found.end(), PERSONNUMMER)
        for found in _ENDS_WITH.finditer(joined):
            yield _Span(found.start(1), found.end(1), PERSONNUMMER)
        for found in _FOUR_ON_A_LINE.finditer(joined):
            if found.group(1) not in WELL_KNOWN:
                yield _Span(found.start(1), found.end(1), PERSONNUMMER)


def _is_code(written: str, numbers: Sequence[Number], start: int) -> bool:
    """A text of six to nine digits and nothing else; nine that begin with 7 are a mobile number without its zero."""
    digits = re.sub(r"\D", "", written)
    if digits in WELL_KNOWN or _ISO_DATE.fullmatch(written) or (len(digits) == 9 and digits.startswith("7")):
        return False
    return not any(
        number.start <= start < number.end and not number.secret and number.kind != "datum" for number in numbers
    )


def without_masks(text: str) -> str:
    """What a masked text says besides the secrets that were taken out."""
    return " ".join(_MASKED.sub(" ", text).split())
