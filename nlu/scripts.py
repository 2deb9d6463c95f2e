"""Alphabets that tell a language, or a group of languages that a few letters tell apart."""

import unicodedata

from nlu.normalise import word_set

UNDETERMINED = "und"

_SCRIPTS = {"ARABIC": "ar", "CYRILLIC": "ru", "GREEK": "el", "HEBREW": "he", "ETHIOPIC": "ti", "THAI": "th",
            "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "DEVANAGARI": "hi", "BENGALI": "bn",
            "TAMIL": "ta", "ARMENIAN": "hy", "GEORGIAN": "ka", "SYRIAC": "syr"}  # fmt: skip
_UKRAINIAN = frozenset("іїєґ")
_RUSSIAN = frozenset("ыэъё")
_UKRAINIAN_WORDS = word_set(
    "не як що мені допомога потрібна потрібно можу будь ласка дякую мене треба на добрий день телефон де де можна"
    " новий отримати"
)
_RUSSIAN_WORDS = word_set(
    "как что мне помогите помощь нужна нужно могу пожалуйста спасибо здравствуйте привет меня надо где получить новый"
)
_PERSIAN = frozenset("پچژگکی")
_SORANI = frozenset("ڵڕۆێە")
_URDU = frozenset("ٹڈڑےہ")


def language_of_script(text: str) -> str | None:
    """The language when most letters are of an alphabet of its own; None for Latin letters and for no letters."""
    counts: dict[str, int] = {}
    for char in text[:400]:
        if char.isalpha():
            script = unicodedata.name(char, "").split(" ")[0]
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return None
    script = max(counts, key=lambda name: counts[name])
    if script not in _SCRIPTS:
        return (
            None
            if script in ("LATIN", "MODIFIER", "FULLWIDTH", "MATHEMATICAL", "FEMININE", "MASCULINE")
            else UNDETERMINED
        )
    if script == "CYRILLIC":
        return _cyrillic(text.lower())
    return _arabic(text) if script == "ARABIC" else _SCRIPTS[script]


def _cyrillic(text: str) -> str:
    letters = set(text)
    if letters & _UKRAINIAN:
        return "uk"
    if letters & _RUSSIAN:
        return "ru"
    found = set(text.split())
    return "uk" if len(found & _UKRAINIAN_WORDS) > len(found & _RUSSIAN_WORDS) else "ru"


def _arabic(text: str) -> str:
    letters = set(text)
    if letters & _SORANI:
        return "ckb"
    if letters & _URDU:
        return "ur"
    return "fa" if letters & _PERSIAN else "ar"
