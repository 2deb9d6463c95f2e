"""The interpreter: from a text to an Understanding, in one thread.

Safe to call from several threads at once: everything it holds is only read after loading.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from nlu import context as situation
from nlu.calibrate import FIRM_LANGUAGES, sureness
from nlu.classifier import Probabilities
from nlu.danger import (
    EMERGENCY,
    FRAUD,
    SHIPPED,
    DangerRule,
    DangerRules,
    emergency_kind,
    fraud_stage,
    heavy,
    is_likely_ordinary,
    is_ordinary,
    is_over,
    may_be_fraud,
    stands,
)
from nlu.entities import find_entities
from nlu.labels import ASKABLE, DIALOGUE, OUT_OF_SCOPE, SAFETY, SERVICE, TOPICS
from nlu.language import LanguageModel
from nlu.model import Tier
from nlu.needs import parts_of, tells_of_another
from nlu.normalise import clean, fold, words
from nlu.places import PlaceNames
from nlu.reader import ModelReader, Reader, danger_columns
from nlu.restore import Restorer
from nlu.understanding import NOTHING_OPEN, Context, Entity, RankedIntent, Understanding

LEAST_RANKED = 0.005
# A second need leaves at least this much of the probability in the understanding of the whole.
LEAST_TRACE = 0.04
# Without a trace a part must be this sure, and be a topic: parts of one need read alone are often taken for another.
CLEAR_PART = 0.8
# A rule was read by people, so what it says is stated as surer than the model ever was about it.
RULE_CONFIDENCE = 0.9
# Where the model raises the other danger, a rule's own must be at least this likely to stand.
OTHER_DANGER = 0.02
# So much must be left beside a danger that is none, for what is left to be told apart.
LEAST_LEFT = 0.15
# Of a text with hardly a word that anybody knows, such as the name of a village, the model must be surer.
FEW_WORDS, FEW_WORDS_DANGER = 3, 0.9
# Inside a guide danger is rare, and short remarks about oneself and others are common ("hon är dement och kan inte skriva under"). With the
# thresholds of first messages every ninth of them raised an alarm (data/evaluation/in_guides.tsv). Below this the resident is asked instead.
IN_GUIDE_DANGER = 0.9
# What the model is so sure of is no ordinary talk, although the words are those of it: "ensam" in a stairwell on fire.
VERY_SURE = 0.9
THUMBS = {"👍": "affirm", "👌": "affirm", "👎": "deny"}


class TextInterpreter:
    """Understands with a reader, the danger rules and a gazetteer."""

    def __init__(
        self,
        reader: Reader,
        restorer: Restorer,
        languages: LanguageModel,
        danger: DangerRules,
        places: PlaceNames,
        is_attempt: Callable[[str, str], bool],
    ) -> None:
        """`is_attempt` tells from a text about fraud and its language whether it surely tells of a mere attempt."""
        self._reader = reader
        self._restorer = restorer
        self._languages = languages
        self._danger = danger
        self._places = places
        self._is_attempt = is_attempt
        self._labels = reader.labels
        self._out_of_scope = self._labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in self._labels else None

    def with_reader(self, reader: Reader) -> "TextInterpreter":
        """The same, but for who reads."""
        return TextInterpreter(reader, self._restorer, self._languages, self._danger, self._places, self._is_attempt)

    def understand(self, text: str, language: str | None = None, context: Context = NOTHING_OPEN) -> Understanding:
        """Understands any str. `language`, that of the conversation so far, leans the guess of the text's language."""
        cleaned = clean(text)
        detected = self._languages.detect(cleaned, language)
        # Entities point into the original, so they are read there; lone surrogates are no letters and do no harm.
        entities = find_entities(text, detected, context, self._places, self._is_word)
        rules = self._rules(cleaned, detected)
        over = is_over(rules)
        rule = next((found for found in rules if stands(found, over)), None)
        if rule is None and self._is_noise(cleaned):
            return self._noise(text, cleaned, detected, entities, context)
        read = self._reader.read(cleaned, detected)
        probabilities = situation.weigh(read.probabilities, self._labels, context)
        least = IN_GUIDE_DANGER if context.in_guide else 0.0
        if self._known_words(cleaned, detected) < FEW_WORDS:
            least = max(least, FEW_WORDS_DANGER)
        by_model = self._raised_by_model(probabilities, least)
        if rule and not over and self._overruled(rule, probabilities, by_model):
            rule = None
        sure_of = probabilities
        if rule is None and (calm := self._calm(rules, context, detected, probabilities)):
            suspected = self._labels[int(probabilities.argmax())] in calm
            sure_of, probabilities = self._without(probabilities, calm)
            by_model = self._raised_by_model(sure_of, least)
            if not by_model and (suspected or is_ordinary(rules, context.in_guide) or is_likely_ordinary(rules)):
                entities = (*entities, Entity("ordinary", heavy(rules) or "yes", 0, 0))
        raised = rule.intent if rule else by_model
        if raised:
            probabilities = self._with_first(probabilities, raised, RULE_CONFIDENCE if rule else 0.0)
            entities = (*entities, self._kind_of_danger(raised, rules, cleaned, detected))
        ranking = self._ranked(probabilities, raised)
        first = ranking[0]
        accepted = bool(raised) or (not read.unsure and self._is_sure(sure_of, detected))
        if not raised and first.intent in (EMERGENCY, FRAUD):
            accepted = False
        needs = self._needs(cleaned, detected, ranking, first.intent if accepted else None)
        # "Can you help me in English please, I need BankID": a courtesy does not hide the need.
        # Where danger stands first, though not surely, nothing else is acted on.
        if not accepted and first.intent not in SAFETY and (len(needs) > 1 or (needs and first.intent in SERVICE)):
            accepted = True
            ranking = self._ranked(self._with_first(probabilities, needs[0], 0.0), needs[0])
            first = ranking[0]
        needs = needs if len(needs) > 1 else ()
        return Understanding(text, first.intent, first.confidence, accepted, ranking, entities, detected,
                             rule.id if rule else None, needs)  # fmt: skip

    def _needs(
        self, cleaned: str, language: str, ranking: Sequence[RankedIntent], accepted: str | None
    ) -> tuple[str, ...]:
        """What the text as a whole and its parts are surely about, most urgent first.

        The parts are read, each as much work as the whole, only when the whole bears traces of more than one need or says that
        another follows. A part counts for a need that the whole bears a trace of, or when it is very sure by itself.
        """
        another = tells_of_another(cleaned)
        traces = {found.intent for found in ranking if found.confidence >= LEAST_TRACE} & (ASKABLE | SAFETY)
        if not traces - {accepted} and not another:
            return ()
        found = [accepted] if accepted in ASKABLE | SAFETY else []
        for part in parts_of(cleaned):
            row = self._reader.read(part, language)
            best = int(row.probabilities.argmax())
            sure = not row.unsure and self._is_sure(row.probabilities, language)
            label = self._labels[best]
            clear = another and row.probabilities[best] >= CLEAR_PART and label in TOPICS
            if sure and (label in traces & ASKABLE or clear):
                found.append(label)
        return tuple(dict.fromkeys(found))

    def _is_sure(self, probabilities: Probabilities, language: str) -> bool:
        """Whether the first label of one row is sure enough to act on."""
        sure = sureness(probabilities[None], self._out_of_scope)[0]
        return bool(sure >= self._reader.thresholds.for_language(language))

    def _overruled(self, rule: DangerRule, probabilities: Probabilities, by_model: str | None) -> bool:
        """Whether the model is sure that the rule's phrase means no danger, or the other danger, which it raises itself."""
        least = self._reader.thresholds.rule
        if rule.intent not in self._labels or not least:
            return False
        # A farewell looks like a courtesy or like nothing of ours, and "I cannot go on" like being stuck.
        if rule.kind == "suicide" and self._labels[int(probabilities.argmax())] in SERVICE | DIALOGUE | {OUT_OF_SCOPE}:
            return False
        # What stands beside an everyday question makes the model sure of that question.
        if rule.firm and not by_model:
            return False
        if by_model and by_model != rule.intent:
            return float(probabilities[self._labels.index(rule.intent)]) < OTHER_DANGER
        return float(probabilities[danger_columns(self._labels)].sum()) < least

    def _rules(self, cleaned: str, language: str) -> tuple[DangerRule, ...]:
        """Rules that match the text as written, or as restored when it is Swedish; gravest first."""
        found = self._danger.matches(cleaned)
        if language == "sv":
            more = self._danger.matches(self._restorer.restore(cleaned))
            found = tuple(rule for rule in self._danger.rules if rule in found or rule in more)
        return found

    def _raised_by_model(self, probabilities: Probabilities, least: float) -> str | None:
        """The danger that the model alone is sure enough of, at least `least`; life before money."""
        for label in (EMERGENCY, FRAUD):
            if label in self._labels:
                likely = float(probabilities[self._labels.index(label)])
                if likely >= max(self._reader.thresholds.danger.get(label, 1.0), least):
                    return label
        return None

    def _calm(
        self, rules: Sequence[DangerRule], context: Context, language: str, probabilities: Probabilities
    ) -> tuple[str, ...]:
        """The dangers that the model may suspect and that are none by what the text says, no rule having raised any."""
        if is_ordinary(rules, context.in_guide):
            return (EMERGENCY, FRAUD)
        if is_likely_ordinary(rules) and float(probabilities[danger_columns(self._labels)].max()) < VERY_SURE:
            return (EMERGENCY, FRAUD)
        if is_over(rules):
            return (EMERGENCY,)
        traceless = context.in_guide and language in FIRM_LANGUAGES and not may_be_fraud(rules)
        return (FRAUD,) if traceless else ()

    def _without(self, probabilities: Probabilities, labels: Sequence[str]) -> tuple[Probabilities, Probabilities]:
        """The probabilities without those of `labels`: as sure as they were, and as shares of what is left. Where little is left it is nobody's need."""
        left = probabilities.copy()
        left[[self._labels.index(label) for label in labels if label in self._labels]] = 0.0
        shares = left / max(float(left.sum()), LEAST_LEFT)
        if self._out_of_scope is not None:
            shares[self._out_of_scope] += 1.0 - float(shares.sum())
        return left, shares

    def _known_words(self, cleaned: str, language: str) -> int:
        """How many words of a Swedish text are known ones; of any other text, how many there are."""
        found = words(cleaned, limit=20)
        return sum(self._restorer.knows(word.folded) for word in found) if language == "sv" else len(found)

    def _with_first(self, probabilities: Probabilities, label: str, least: float) -> Probabilities:
        """The probabilities with `label` made first, and at least `least`."""
        if label not in self._labels:
            return probabilities
        column = self._labels.index(label)
        rest = probabilities.copy()
        rest[column] = 0.0
        total = float(rest.sum())
        highest = float(rest.max()) / total if total > 0 else 0.0
        # p must reach both `least` and the share at which no other label is above it.
        wanted = max(float(probabilities[column]), least, highest / (1.0 + highest) + 1e-6)
        rest *= (1.0 - wanted) / total if total > 0 else 0.0
        rest[column] = wanted
        return rest

    def _ranked(self, probabilities: Probabilities, first: str | None) -> tuple[RankedIntent, ...]:
        order = [int(column) for column in np.argsort(-probabilities, kind="stable")]
        if first and first not in self._labels:
            return (RankedIntent(first, RULE_CONFIDENCE), *self._ranked(probabilities * (1.0 - RULE_CONFIDENCE), None))
        kept = [column for place, column in enumerate(order) if not place or probabilities[column] >= LEAST_RANKED]
        return tuple(RankedIntent(self._labels[column], round(float(probabilities[column]), 4)) for column in kept)

    def _kind_of_danger(self, intent: str, rules: Sequence[DangerRule], cleaned: str, language: str) -> Entity:
        """What kind of danger it is, concluded from the whole text. Rules know how far a fraud has gone; where none does, the examples."""
        if intent == EMERGENCY:
            return Entity("emergency_kind", emergency_kind(rules), 0, 0)
        stage = fraud_stage(rules)
        if stage is None:
            stage = "attempt" if self._is_attempt(cleaned, language) else "loss"
        return Entity("fraud_stage", stage, 0, 0)

    def _is_noise(self, cleaned: str) -> bool:
        letters = sum(char.isalpha() for char in cleaned)
        return letters == 0 or self._languages.is_mash(cleaned)

    def _noise(
        self, text: str, cleaned: str, language: str, entities: tuple[Entity, ...], context: Context
    ) -> Understanding:
        """Digits, emoji, a hand on the keyboard: nothing of ours, unless it is a thumb that answers a question."""
        sign = THUMBS.get(cleaned.strip()[:1])
        answers = sign is not None and (context.in_guide or context.question == "yes_no")
        intent = sign if sign and answers else OUT_OF_SCOPE
        return Understanding(text, intent, 0.9, answers, (RankedIntent(intent, 0.9),), entities, language)

    def _is_word(self, folded: str) -> bool:
        """Whether people use the word, or one a slip away that is no place."""
        if self._restorer.knows(folded):
            return True
        restored = fold(self._restorer.restore(folded))
        return self._restorer.knows(restored) and self._places.exact(restored) is None


class EmbeddedInterpreter(TextInterpreter):
    """Understands with the trained model alone, without network. Made by `load`."""

    def __init__(self, reader: ModelReader, danger: DangerRules, places: PlaceNames) -> None:
        super().__init__(reader, reader.restorer, reader.model.languages, danger, places, reader.is_attempt)
        self.reader = reader

    @classmethod
    def load(
        cls,
        model_dir: Path,
        gazetteer_names: Iterable[tuple[str, Iterable[str]]] = (),
        danger: DangerRules | Path = SHIPPED,
    ) -> "EmbeddedInterpreter":
        """`gazetteer_names` are pairs of a place's canonical name and its folded spellings.

        Raises ModelMissing when there is no usable model, or when a full-tier model meets a machine without its encoder;
        DangerFileError when the rules cannot be read.
        """
        rules = DangerRules.load(danger) if isinstance(danger, Path) else danger
        return cls(ModelReader.load(model_dir), rules, PlaceNames(gazetteer_names))

    @property
    def tier(self) -> Tier:
        """`full` with the encoder, `lean` without."""
        return self.reader.model.tier
