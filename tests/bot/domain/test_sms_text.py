"""Twilio's rules for segments: 160 and 153 septets, 70 and 67 UTF-16 units; a character is never cut in two."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.sms_text import LONGEST, prepare, segments, septets, split, unusual

INSIDE = list("åäöÅÄÖéÉèàüÜñÑøØæÆ§¤Çßìòù@£$¥ΔΦΩ¡¿")
TWO_SEPTETS = list("€[]{}|~^\\")
OUTSIDE = list("áíóúêëïâçšžčŋđŧ😀👍بя中")
REPLACED = {
    "”": '"', "“": '"', "„": '"', "’": "'", "‘": "'", "»": '"', "«": '"', "‹": "'", "›": "'", "–": "-", "—": "-", "…": "...", "•": "-", "·": "-",
    "½": "1/2", "×": "x", "−": "-", "→": "->", "✓": "(ja)", "\u00a0": " ", "\u202f": " ", "\u00ad": "", "\u200b": "", "\t": " ", "`": "'", "´": "'",
}  # fmt: skip


@pytest.mark.parametrize("c", INSIDE)
def test_inside_the_alphabet(c: str) -> None:
    assert unusual(c) == ()
    assert (segments(c * 160), segments(c * 161), segments(c * 306), segments(c * 307)) == (1, 2, 2, 3)
    assert prepare(c).text == c


@pytest.mark.parametrize("c", TWO_SEPTETS)
def test_the_extension_takes_two_septets(c: str) -> None:
    assert unusual(c) == ()
    assert septets(c) == 2
    assert (segments(c * 80), segments(c * 81)) == (1, 2)
    assert prepare(c).text == c


def test_an_escape_pair_never_straddles_two_parts() -> None:
    assert segments("a" * 152 + "€" + "a" * 151) == 2
    assert septets("a" * 152 + "€" + "a" * 152) == 306
    assert segments("a" * 152 + "€" + "a" * 152) == 3
    assert segments("€" * 76 + "a" + "€" * 76 + "a") == 2
    assert segments("€" * 153) == 3


@pytest.mark.parametrize("c", OUTSIDE)
def test_one_character_outside_makes_the_whole_text_ucs2(c: str) -> None:
    assert prepare(c).text == c
    assert prepare(f"hej {c} {c}").unusual == (c,)
    units = len(c.encode("utf-16-be")) // 2
    assert segments("a" * (70 - units) + c) == 1
    assert segments("a" * (71 - units) + c) == 2
    assert segments("a" * (134 - units) + c) == 2
    assert segments("a" * (135 - units) + c) == 3


def test_a_surrogate_pair_never_straddles_two_parts() -> None:
    assert segments("😀" * 35) == 1
    assert segments("😀" * 36) == 2
    assert segments("😀" * 66) == 2
    assert segments("😀" * 67) == 3
    assert segments("a" * 66 + "😀" + "a" * 65) == 2
    assert segments("a" * 66 + "😀" + "a" * 66) == 3


def test_lengths_of_plain_texts() -> None:
    assert [segments("a" * n) for n in (0, 1, 160, 161, 306, 307, 459, 460)] == [1, 1, 1, 2, 2, 3, 3, 4]
    assert [segments("á" * n) for n in (1, 70, 71, 134, 135, 201, 202)] == [1, 1, 2, 2, 3, 3, 4]


@pytest.mark.parametrize(("c", "instead"), REPLACED.items())
def test_typographic_characters_are_replaced(c: str, instead: str) -> None:
    prepared = prepare(f"a{c}b")
    assert prepared.text == f"a{instead}b"
    assert prepared.unusual == ()
    assert prepared.segments == 1


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("20 °C", "20 grader"), ("20°", "20 grader"), ("20° ute", "20 grader ute"), ("90 ° varmt", "90 grader varmt"), ("37°C.", "37 grader."),
        ("1½ timme", "1 1/2 timme"), ("½ timme", "1/2 timme"), ("1 ½", "1 1/2"),
        ("Hej – ”kom” in…", 'Hej - "kom" in...'), ("  hej\n", "hej"), ("❤\ufe0f", "❤"),
    ],
)  # fmt: skip
def test_replaced_so_that_it_reads_well(text: str, plain: str) -> None:
    assert prepare(text).text == plain


def test_decomposed_letters_are_composed() -> None:
    text = unicodedata.normalize("NFD", "Får även åka ÅÄÖ é")
    assert unusual(text) != ()
    assert prepare(text).text == "Får även åka ÅÄÖ é"
    assert prepare(text).unusual == ()


def test_a_name_keeps_its_letters() -> None:
    prepared = prepare("Hej Dragiša Šarić")
    assert prepared.text == "Hej Dragiša Šarić"
    assert prepared.unusual == ("š", "Š", "ć")


@settings(deadline=None)
@given(st.text())
def test_preparing_twice_changes_nothing(text: str) -> None:
    once = prepare(text)
    assert prepare(once.text) == once
    assert once.segments >= 1


@settings(deadline=None)
@given(st.text(st.sampled_from("aåé€[\n"), max_size=700))
def test_gsm_segments_are_enough_and_not_many_more(text: str) -> None:
    size = septets(text)
    count = segments(text)
    assert (count == 1) == (size <= 160)
    if count > 1:
        assert -(-size // 153) <= count <= -(-size // 152)


def test_short_texts_are_one_part() -> None:
    assert split("Hej.") == ("Hej.",)
    assert split("") == ("",)
    assert split("a" * LONGEST) == ("a" * LONGEST,)
    assert len(split("a" * (LONGEST + 1))) == 2


def test_it_breaks_between_sentences_then_words_then_anywhere() -> None:
    assert split("Ett två. Tre fyra. Fem sex.", 20) == ("Ett två. Tre fyra.", "Fem sex.")
    assert split("ett två tre fyra", 9) == ("ett två", "tre fyra")
    assert split("abcdefgh", 3) == ("abc", "def", "gh")
    assert split("Ett 1.5 två tre", 9) == ("Ett 1.5", "två tre")


@settings(deadline=None)
@given(st.text(st.sampled_from("abå .!?\n\t"), max_size=300), st.integers(1, 40))
def test_splitting_loses_nothing_but_white_space(text: str, longest: int) -> None:
    parts = split(text, longest)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(len(part) <= longest for part in parts)
    assert all(parts) or parts == ("",)
