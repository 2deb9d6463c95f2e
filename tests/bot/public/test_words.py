"""Every word that a public page asks for exists in both languages, and none is left over."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from bot.console.place_form import ACCESS
from bot.console.place_form import LANGUAGES as LANGUAGES_TO_TICK
from bot.course_files import LEVELS
from bot.domain.course import CourseKind
from bot.domain.place import PlaceKind
from bot.public.words import LANGUAGES, WORDS, word, word_or

PUBLIC = Path(__file__).parents[3] / "bot" / "public"
_ASKED = re.compile(r"""\b(?:w|word)\(\s*["']([a-z0-9_.]+)["']""")


def _sources() -> str:
    paths = [*PUBLIC.rglob("*.html"), *(path for path in PUBLIC.glob("*.py") if path.name != "words.py")]
    assert len(paths) > 10
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_every_word_that_is_asked_for_exists() -> None:
    asked = set(_ASKED.findall(_sources()))
    assert len(asked) > 30
    assert sorted(asked - WORDS.keys()) == []


def test_no_word_is_left_over() -> None:
    source = _sources()
    built = ("kind.", "level.", "place.", "access.", "language.", "error.")
    assert [
        key for key in WORDS if not key.startswith(built) and f'"{key}"' not in source and f"'{key}'" not in source
    ] == []


def test_every_value_of_the_domain_has_its_word() -> None:
    wanted = (
        [f"kind.{kind}" for kind in CourseKind]
        + [f"place.{kind}" for kind in PlaceKind]
        + [f"level.{level}" for level in LEVELS]
    )
    wanted += [f"access.{one}" for one in ACCESS] + [f"language.{one}" for one in LANGUAGES_TO_TICK]
    assert [key for key in wanted if key not in WORDS] == []
    titles = {key for key in WORDS if key.startswith("error.") and not key.endswith("_lead")}
    assert {f"{title}_lead" for title in titles} <= WORDS.keys() and len(titles) == 5


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_placeholders(key: str) -> None:
    swedish, english = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in WORDS[key])
    assert swedish == english
    assert all(text.strip() for text in WORDS[key])


def test_a_word_is_filled_in() -> None:
    assert word("title", "sv", name="Vara") == "Digital hjälp i Vara"
    assert LANGUAGES == ("sv", "en")
    assert word_or("access.hiss till taket", "sv", "hiss till taket") == "hiss till taket"
    with pytest.raises(KeyError):
        word("no.such", "sv")
