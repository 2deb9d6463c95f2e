"""The examples and the texts they are tested with: enough of them, of many kinds of writer, and apart from each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from bot.domain.secrets import mask
from bot.settings import ROOT
from nlu.evaluate import LabelledText, load_labelled
from nlu.examples import Example, load_examples
from nlu.labels import DIALOGUE, KNOWN, OUT_OF_SCOPE, PEOPLE, SAFETY, SERVICE, TOPICS
from nlu.normalise import fold

EVALUATION = ROOT / "data" / "evaluation"
SIX = ("ar", "fa", "fi", "pl", "so", "uk")
# The needs that newcomers ask for most.
COMMONEST = ("bankid_get", "bankid_new_phone", "bankid_locked", "bankid_error", "eid_alternatives", "fk_login", "fk_parental",
             "health_1177", "digital_mail", "swish", "online_banking", "find_place", "human", *sorted(SAFETY))  # fmt: skip
TOO_LIKE = 90
"""rapidfuzz ratio of the folded texts, from which a test text nearly stands among the examples."""


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return load_examples(ROOT / "data" / "intents")


@pytest.fixture(scope="module")
def development() -> list[LabelledText]:
    return load_labelled(EVALUATION / "development.tsv")


@pytest.fixture(scope="module")
def swedish(examples: list[Example]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        if example.language == "sv":
            texts[example.intent].append(example.text)
    return texts


def test_every_label_has_enough(examples: list[Example], swedish: dict[str, list[str]]) -> None:
    english = Counter(example.intent for example in examples if example.language == "en")
    assert set(swedish) == KNOWN
    for label in TOPICS | PEOPLE | SAFETY | SERVICE:
        assert len(swedish[label]) >= 120, label
    for label in DIALOGUE:
        assert len(swedish[label]) >= 60, label
    assert len(swedish[OUT_OF_SCOPE]) >= 900
    assert all(english[label] >= 30 for label in KNOWN)


def test_the_commonest_needs_in_six_more_languages(examples: list[Example]) -> None:
    found = Counter((example.intent, example.language) for example in examples)
    for label in COMMONEST:
        for language in SIX:
            assert found[label, language] >= 5, (label, language)


def test_lengths_are_spread(swedish: dict[str, list[str]]) -> None:
    for label in TOPICS | PEOPLE | SAFETY:
        lengths = np.array([len(text.split()) for text in swedish[label]])
        assert 0.12 <= (lengths <= 5).mean() <= 0.45, label
        assert (lengths > 15).mean() >= 0.15, label


def test_voices_are_spread(swedish: dict[str, list[str]]) -> None:
    """Capitals, no å ä ö, no full stop: the marks of hands that no textbook has."""
    for label in TOPICS | PEOPLE | SAFETY:
        texts = swedish[label]
        assert sum(text.isupper() for text in texts) >= 5, label
        assert sum(text[0].islower() for text in texts) >= 0.25 * len(texts), label
        assert sum(text[0].isupper() and not text.isupper() for text in texts) >= 0.08 * len(texts), label
        assert sum(text[-1].isalnum() for text in texts) >= 0.4 * len(texts), label
        assert sum(text[-1] in ".?!" for text in texts) >= 0.04 * len(texts), label


def test_nothing_is_filled_into_a_template(examples: list[Example]) -> None:
    """No five words in a row stand in more than three examples of a label."""
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, example in enumerate(examples):
        words = fold(example.text).split()
        for at in range(len(words) - 4):
            seen[example.intent, " ".join(words[at : at + 5])].add(number)
    assert not {key for key, where in seen.items() if len(where) > 3}


def test_no_text_stands_under_two_labels(examples: list[Example]) -> None:
    labels: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        labels[fold(example.text) or example.text].add(example.intent)
    assert not {text: found for text, found in labels.items() if len(found) > 1}


def test_the_development_set_has_every_label_and_many_dangers(development: list[LabelledText]) -> None:
    counts = Counter(text.intent for text in development)
    assert set(counts) == KNOWN and min(counts.values()) >= 10
    assert len(development) >= 700
    assert sum(counts[label] for label in SAFETY) >= 150
    assert sum(text.language == "en" for text in development) >= 150
    frauds = [text for text in development if text.intent == "fraud_suspected"]
    assert all(text.stage for text in frauds) and len({text.stage for text in frauds}) == 3


@pytest.mark.parametrize("file", ["development.tsv", "languages.tsv", "in_guides.tsv"])
def test_what_is_tested_with_is_not_trained_on(examples: list[Example], file: str) -> None:
    """Texts of one to three words are said alike by everybody, and do not count."""
    tested = [fold(text.text) for text in load_labelled(EVALUATION / file)]
    tested = [text for text in tested if len(text.split()) > 3]
    trained = [fold(example.text) for example in examples]
    likeness = process.cdist(tested, trained, scorer=fuzz.ratio, score_cutoff=TOO_LIKE, workers=-1, dtype=np.uint8)
    near = [(tested[int(row)], trained[int(column)]) for row, column in zip(*np.nonzero(likeness), strict=True)]
    assert near == []


def test_no_personal_data_is_tested_with() -> None:
    for file in sorted(Path(EVALUATION).glob("*.tsv")):
        for text in load_labelled(file):
            assert "[personnummer]" not in mask(text.text).text, f"{file.name}: a personnummer in a text"
