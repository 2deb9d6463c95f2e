"""Swedish that is too hard: long sentences, and guides whose LIX is high.

LIX is words a sentence plus the percentage of words with more than six letters (C. H. Björnsson, Läsbarhet, 1968);
30 to 40 is counted as easy, and 35 is this product's limit. Names of authorities are left out, since nobody can write
them shorter. A colon ends a sentence in LIX, and here too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bot.checks.sent import Sent, file_of, flow_texts, line_of, sent_texts
from bot.domain.finding import Finding
from bot.flows import Content

MOST_WORDS = 15
MOST_LIX = 35.0
LONG_WORD = 6
"""A word with more letters than this is long (LIX)."""

LEAST_WORDS = 50
"""A flow of fewer words says too little for LIX to mean anything."""

AUTHORITIES = (
    "1177 Vårdguiden", "Arbetsförmedlingen", "Centrala studiestödsnämnden", "Diskrimineringsombudsmannen",
    "Försäkringskassan", "Giftinformation", "Giftinformationscentralen", "Integritetsskyddsmyndigheten",
    "Konsumentverket", "Kronofogden", "Kronofogdemyndigheten", "Kvinnofridslinjen", "Migrationsverket",
    "Min myndighetspost", "Myndigheten för digital förvaltning", "Pensionsmyndigheten", "Polismyndigheten",
    "Post- och telestyrelsen", "Självmordslinjen", "Skatteverket", "SOS Alarm", "Statens servicecenter",
    "Transportstyrelsen",
)  # fmt: skip
"""Authorities and public services that residents meet by name."""

_AUTHORITY = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in AUTHORITIES)})s?\b")
_NAME = "Xnamnx"
"""Stands for an authority's name while words are counted; no Swedish word is spelled so."""
_DOT = "\u2024"
"""Stands for a full stop that ends no sentence."""

_ABBREVIATION = re.compile(r"\b(?:t\.ex|bl\.a|m\.m|o\.s\.v|d\.v\.s|s\.k|f\.d|kl|nr|ca|tel|e\.g|i\.e)\.", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:se|com|nu|org|eu|net)\b")
_END = re.compile(r"(?<=[.!?:])[\"')]*\s+")
_WORD = re.compile(r"\d(?:[ .,:-]?\d)*|[^\W\d]+(?:[-'/:.][^\W\d]+)*")


def sentences(text: str) -> list[str]:
    """The sentences of a text. Abbreviations ("t.ex."), addresses ("1177.se") and numbers do not end one."""
    plain = _ABBREVIATION.sub(lambda found: found.group().replace(".", _DOT), text)
    return [part.strip().replace(_DOT, ".") for part in _END.split(plain) if part.strip()]


def words(sentence: str) -> list[str]:
    """The words of a sentence; an address, a telephone number and an authority's name are one word each."""
    return [found.group() for found in _WORD.finditer(_WEB_ADDRESS.sub("adress", _AUTHORITY.sub(_NAME, sentence)))]


def lix(texts: list[str]) -> float:
    """LIX of several texts taken together, names of authorities left out; 0 without words."""
    split = [sentence for text in texts for sentence in sentences(text)]
    said = [[word for word in words(sentence) if word != _NAME] for sentence in split]
    total = sum(map(len, said))
    if not total:
        return 0.0
    return total / len(split) + 100 * sum(len(_long(sentence)) for sentence in said) / total


def check(content: Content) -> list[Finding]:
    """Sentences over the limit in every Swedish text, and flows over the limit of LIX."""
    found = [finding for sent in sent_texts(content) if sent.language == "sv" for finding in _sentences(sent)]
    return [*found, *_flows(content)]


def flow_lix(content: Content, name: str) -> float:
    """LIX of all Swedish texts of a flow together."""
    return lix(_swedish(content, name))


def _sentences(sent: Sent) -> Iterator[Finding]:
    for sentence in sentences(sent.text):
        if (count := len(words(sentence))) > MOST_WORDS:
            message = f'{sent.what} has a sentence of {count} words: "{sentence}"; at most {MOST_WORDS}'
            yield Finding(sent.file, sent.line, "long-sentence", message, "make two of it")


def _flows(content: Content) -> Iterator[Finding]:
    for name in content.flows:
        texts = _swedish(content, name)
        said = [word for text in texts for sentence in sentences(text) for word in words(sentence)]
        if len(said) < LEAST_WORDS or (measured := lix(texts)) <= MOST_LIX:
            continue
        common = ", ".join(word for word, _ in Counter(_long([word.casefold() for word in said])).most_common(5))
        message = f"LIX of the flow is {measured:.1f} in sv; at most {MOST_LIX:.0f}"
        hint = f"shorter words and sentences; its commonest long words: {common}"
        yield Finding(file_of(content, name), line_of(content, name, ":flow"), "hard-to-read", message, hint)


def _swedish(content: Content, name: str) -> list[str]:
    return [sent.text for sent in flow_texts(content, name, content.flows[name]) if sent.language == "sv"]


def _long(said: list[str]) -> list[str]:
    return [word for word in said if sum(c.isalpha() for c in word) > LONG_WORD]
