"""Danger by rules: reviewed phrases that raise fraud or emergency whatever the model thinks (data/danger.yml)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from yaml.constructor import SafeConstructor

from nlu.normalise import fold
from nlu.patterns import Found, PatternError, PatternSet

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "danger.yml"
# libyaml's loader reads twenty times faster, where PyYAML was built with it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EMERGENCY, FRAUD = "emergency", "fraud_suspected"
NO_DANGER = "no_danger"
"""What rules say that tell of ordinary life, or of what was over long ago."""
OVER = "over"
HEAVY = ("bereaved", "lonely", "ailing")
"""What is no danger and yet heavy to bear, so that it deserves another answer than an errand does."""
LIKELY = ("likely", *HEAVY)
"""Talk that is ordinary as a rule. A danger may be told in the same words, so that it silences only what the model is not very sure of."""
KINDS = {
    EMERGENCY: ("life", "suicide", "violence", "fire", "poison", "missing", OVER, "other"),
    FRAUD: ("now", "loss", "untouched", "unsure", "attempt", OVER, "trace"),
    NO_DANGER: (*LIKELY, "always", "in_guide", OVER),
}
FraudStage = Literal["loss", "attempt", "now", "over"]
# By kind, the one that counts most first, as in KINDS. "untouched": the text says that nothing was given.
_STAGE_OF: dict[str, FraudStage] = {
    "now": "now",
    "loss": "loss",
    "untouched": "attempt",
    "attempt": "attempt",
    OVER: "over",
}
# Crimes can be over; who was hurt or ill long ago is in no danger, and who wanted to die may want it still.
_CRIMES = ("violence", OVER)

# A veto takes back only what stands close to it: "the alarm chirps" must not silence "the kitchen is on fire" further on.
VETO_REACH = 6
_KEYS = {"id", "intent", "kind", "alone", "firm", "any", "also", "not", "unless", "examples", "counter"}


# Ordinary talk is short; a longer text may tell of a danger besides.
MOST_ORDINARY = 14


class DangerFileError(Exception):
    """The rules cannot be used; the text says file, line, rule, fault and what to do."""


@dataclass(frozen=True, slots=True)
class DangerRule:
    """One reviewed rule.

    `kind` is one of KINDS[intent]. A rule that is not `alone` never raises danger by itself: it only tells the kind of a danger already raised. One of
    NO_DANGER is never alone, and its vetoes reach as far as the text. A rule with `also` counts only where one of those stands in the text too,
    however far off: either by itself is ordinary. `unless` takes back only a match that it overlaps ("he beat me at chess"), so that it silences
    nothing that is said beside it. What is `firm` stands however sure the model is of something else: a rule that needs two signs is.
    """

    id: str
    intent: str
    kind: str
    alone: bool
    any: tuple[str, ...]
    vetoes: tuple[str, ...]
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    firm: bool = False


class DangerRules:
    """All rules. Emergency comes before fraud; within each, the file's order."""

    def __init__(self, rules: Iterable[DangerRule], lists: Mapping[str, Sequence[str]]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.intent != EMERGENCY))
        self._calming = {rule.id for rule in self.rules if rule.intent == NO_DANGER}
        self._short = {rule.id for rule in self.rules if rule.id in self._calming and rule.kind != OVER}
        self._patterns = PatternSet(((rule.id, pattern) for rule in self.rules for pattern in rule.any), lists)
        self._unless = PatternSet(((rule.id, pattern) for rule in self.rules for pattern in rule.unless), lists)
        self._paired = {rule.id for rule in self.rules if rule.also}
        self._also = PatternSet(((rule.id, pattern) for rule in self.rules for pattern in rule.also), lists)
        self._vetoes = PatternSet(((rule.id, pattern) for rule in self.rules for pattern in rule.vetoes), lists)

    @classmethod
    def load(cls, path: Path) -> "DangerRules":
        """Reads and checks the file. Raises DangerFileError."""
        try:
            root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise DangerFileError(f"{path}:{line}: not valid YAML ({error.problem}). Check indentation.") from error
        if not isinstance(root, yaml.MappingNode):
            raise DangerFileError(f"{path}:1: the keys 'lists' and 'rules' were expected.")
        nodes = {str(key.value): value for key, value in root.value}
        if not isinstance(nodes.get("rules"), yaml.SequenceNode):
            raise DangerFileError(f"{path}:1: the key 'rules' with a list is missing.")
        lists = _plain(nodes["lists"]) if "lists" in nodes else {}
        rules = [_rule(path, node, lists) for node in nodes["rules"].value]
        repeated = {rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1}
        if repeated:
            raise DangerFileError(f"{path}: the ids {sorted(repeated)} are used twice. Give each rule its own.")
        return cls(rules, lists)

    def match(self, text: str) -> DangerRule | None:
        """The gravest rule that `text` raises danger by, or None. Cheap: needs no model."""
        found = self.matches(text)
        return next((rule for rule in found if stands(rule, is_over(found))), None)

    def matches(self, text: str) -> tuple[DangerRule, ...]:
        """Every rule that matches, gravest first, those included that only tell the kind."""
        folded = fold(text)
        found: dict[str, list[Found]] = {}
        for hit in self._patterns.search(folded):
            found.setdefault(hit.key, []).append(hit)
        if not found:
            return ()
        for veto in self._vetoes.search(folded):
            everywhere = veto.key in self._calming
            found[veto.key] = [hit for hit in found.get(veto.key, ()) if not everywhere and not _near(hit, veto)]
        for veto in self._unless.search(folded):
            found[veto.key] = [hit for hit in found.get(veto.key, ()) if not _overlaps(hit, veto)]
        if alone := self._paired & found.keys():
            for rule_id in alone - {hit.key for hit in self._also.search(folded)}:
                del found[rule_id]
        long = folded.count(" ") >= MOST_ORDINARY
        return tuple(rule for rule in self.rules if found.get(rule.id) and not (long and rule.id in self._short))


def is_over(matches: Iterable[DangerRule]) -> bool:
    """Whether the text tells of what was over long ago."""
    return any(rule.intent == NO_DANGER and rule.kind == OVER for rule in matches)


def stands(rule: DangerRule, over: bool) -> bool:
    """Whether `rule` raises danger in a text about what was `over` long ago, or about now."""
    if rule.kind == OVER:
        return rule.alone and over
    return rule.alone and (not over or rule.intent == FRAUD or rule.kind in ("suicide", *_CRIMES))


def is_ordinary(matches: Iterable[DangerRule], in_guide: bool) -> bool:
    """Whether the text is ordinary talk, so that a danger that only the model suspects is none. Inside a guide more is ordinary: errands, and codes."""
    matches = tuple(matches)
    kinds = {rule.kind for rule in matches if rule.intent == NO_DANGER}
    firmly = any(rule.firm for rule in matches if rule.intent == NO_DANGER)
    return firmly or "always" in kinds or (in_guide and "in_guide" in kinds)


def is_likely_ordinary(matches: Iterable[DangerRule]) -> bool:
    """Whether the text is talk that is ordinary as a rule."""
    return any(rule.intent == NO_DANGER and rule.kind in LIKELY for rule in matches)


def heavy(matches: Iterable[DangerRule]) -> str | None:
    """Which of HEAVY the text tells of. A death long ago is told in passing."""
    kinds = {rule.kind for rule in matches if rule.intent == NO_DANGER}
    if OVER in kinds:
        kinds.discard("bereaved")
    return next((kind for kind in HEAVY if kind in kinds), None)


def may_be_fraud(matches: Iterable[DangerRule]) -> bool:
    """Whether there is a trace of a stranger, a trick or a loss in it; without one, talk of codes and money inside a guide is about the guide."""
    return any(rule.intent == FRAUD for rule in matches)


def fraud_stage(matches: Iterable[DangerRule]) -> FraudStage | None:
    """How far a fraud has gone, by the rules that matched; None when they do not tell."""
    matches = tuple(matches)
    if is_over(matches):
        return "over"
    kinds = {rule.kind for rule in matches if rule.intent == FRAUD}
    first = next((kind for kind in KINDS[FRAUD] if kind in kinds), "unsure")
    return _STAGE_OF.get(first)


def emergency_kind(matches: Iterable[DangerRule]) -> str:
    """The kind of emergency by the first rule that matched, "other" when none did; a crime long ago is "over"."""
    matches = tuple(matches)
    over = is_over(matches)
    kind = next((rule.kind for rule in matches if rule.intent == EMERGENCY and stands(rule, over)), "other")
    return OVER if over and kind in _CRIMES else kind


def _overlaps(hit: Found, veto: Found) -> bool:
    return veto.start < hit.end and veto.end > hit.start


def _near(hit: Found, veto: Found) -> bool:
    return veto.start < hit.end + VETO_REACH and veto.end > hit.start - VETO_REACH


def _plain(node: yaml.Node) -> Any:
    return SafeConstructor().construct_document(node)


def _rule(path: Path, node: yaml.Node, lists: Mapping[str, Sequence[str]]) -> DangerRule:
    where = f"{path}:{node.start_mark.line + 1}: "
    data = _plain(node)
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise DangerFileError(f"{where}a rule without id. Each rule is a mapping with 'id', 'intent', 'kind', 'any'.")
    where += f"rule '{data['id']}': "
    if unknown := set(data) - _KEYS:
        raise DangerFileError(f"{where}unknown keys {sorted(unknown)}. Allowed: {sorted(_KEYS)}.")
    if data.get("intent") not in KINDS:
        raise DangerFileError(f"{where}'intent' must be one of {sorted(KINDS)}.")
    if data.get("kind") not in KINDS[data["intent"]]:
        raise DangerFileError(f"{where}'kind' must be one of {KINDS[data['intent']]}.")
    rows = {
        key: _texts(where, key, data.get(key, [])) for key in ("any", "also", "not", "unless", "examples", "counter")
    }
    if not rows["any"] or not rows["examples"]:
        raise DangerFileError(f"{where}'any' and 'examples' need at least one line each.")
    try:
        PatternSet(
            [(data["id"], pattern) for pattern in rows["any"] + rows["also"] + rows["not"] + rows["unless"]], lists
        )
    except PatternError as error:
        raise DangerFileError(f"{where}{error}.") from error
    return DangerRule(
        data["id"], data["intent"], data["kind"], bool(data.get("alone", data["intent"] != NO_DANGER)),
        rows["any"], rows["not"], rows["examples"], rows["counter"], rows["also"], rows["unless"],
        bool(data.get("firm", rows["also"])),
    )  # fmt: skip


def _texts(where: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(row, str) and row.strip() for row in value):
        raise DangerFileError(f"{where}'{key}' must be a list of texts. Put quotes around a text that YAML misreads.")
    return tuple(value)
