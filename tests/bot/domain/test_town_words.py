"""Words that some hamlet is called too."""

from __future__ import annotations

import pytest

from bot.domain.town_words import ends_as_town, is_everyday_word, tells_no_town


def _said(text: str, word: str) -> bool:
    start = text.index(word)
    return is_everyday_word(text, start, start + len(word))


@pytest.mark.parametrize(("text", "word"), [("ska", "ska"), ("jag ska dit imorgon", "ska"), ("det ska vara enkelt", "vara"), ("kan vara", "vara"), ("vi bor här", "vi"), ("bara så du vet", "bara"), ("fru Lund här", "Lund"), ("where are you", "are"), ("kan det vara fel på den", "vara")])  # fmt: skip
def test_a_word_and_no_town(text: str, word: str) -> None:
    assert _said(text, word)


@pytest.mark.parametrize(("text", "word"), [("vara", "vara"), ("Vara tack", "Vara"), ("jag bor i vara", "vara"), ("jag bor i Bara", "Bara"), ("Skå", "Skå"), ("åre", "åre"), ("Are", "Are"), ("vara kommun", "vara"), ("lund", "lund"), ("från mora", "mora"), ("jag ska till kalmar", "kalmar")])  # fmt: skip
def test_a_town(text: str, word: str) -> None:
    assert not _said(text, word)


@pytest.mark.parametrize("text", ["hemma", "här", "jag är i stan", "vet inte", "jag vet inte riktigt", "hemma hos mig", "Hemma!", "jag är här nu", "ingen aning", "at home", "i don't know", "ska"])  # fmt: skip
def test_no_town_is_told(text: str) -> None:
    assert tells_no_town(text)


@pytest.mark.parametrize(
    "text", ["vara", "Hemse", "jag bor hemma i Kalmar", "har ni öppet", "härnösand", "hemmingsmark"]
)
def test_something_is_told(text: str) -> None:
    assert not tells_no_town(text)


@pytest.mark.parametrize("text", ["kurser vara", "låna dator vara", "kan jag låna en telefon, vara", "Bibliotek Vara"])
def test_it_ends_with_a_town(text: str) -> None:
    assert ends_as_town(text, "Vara")


@pytest.mark.parametrize(
    "text", ["vara", "hur ska det vara", "kan man få vara", "låt det vara", "jag vill inte vara", "lugn bara vara"]
)
def test_it_ends_with_a_word(text: str) -> None:
    assert not ends_as_town(text, "Vara")
