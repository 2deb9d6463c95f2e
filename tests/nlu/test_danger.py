"""Every rule of data/danger.yml catches its examples and leaves its counter-examples alone."""

from pathlib import Path

import pytest

from nlu.danger import SHIPPED, DangerFileError, DangerRules, emergency_kind, fraud_stage

RULES = DangerRules.load(SHIPPED)
EXAMPLES = [(rule.id, text) for rule in RULES.rules for text in rule.examples]
COUNTER = [(rule.id, text) for rule in RULES.rules for text in rule.counter]


def test_there_are_rules_both_ways() -> None:
    assert len(RULES.rules) >= 20
    assert len(EXAMPLES) >= 60
    assert len(COUNTER) >= 40


@pytest.mark.parametrize(("rule_id", "text"), EXAMPLES)
def test_catches_its_examples(rule_id: str, text: str) -> None:
    assert rule_id in {rule.id for rule in RULES.matches(text)}


@pytest.mark.parametrize(("rule_id", "text"), COUNTER)
def test_leaves_counter_examples_alone(rule_id: str, text: str) -> None:
    found = RULES.match(text)
    assert found is None, f"{found.id} matches" if found else ""


@pytest.mark.parametrize(
    "text",
    [
        "jag dör av skam",
        "min dator har dött",
        "slå gräset",
        "mormor dog i våras",
        "brandvarnaren piper en gång i minuten",
    ],
)
def test_what_only_looks_like_danger(text: str) -> None:
    assert RULES.match(text) is None


def test_emergency_wins_over_fraud() -> None:
    found = RULES.match("jag har blivit lurad på alla pengar och vill inte leva längre")
    assert found is not None
    assert (found.intent, found.kind) == ("emergency", "suicide")


def test_a_veto_further_on_does_not_silence_a_fire() -> None:
    text = "brandvarnaren piper en gång i minuten sa jag till min granne i förra veckan men nu är det så att det brinner i köket"
    found = RULES.match(text)
    assert found is not None
    assert found.id == "fire"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("det har hänt något konstigt med kontot", None),
        ("fick ett sms om paket, är det bluff?", "attempt"),
        ("nån ringde från banken och ville ha mina koder men jag la på direkt", "attempt"),
        ("någon ringde från banken och ville ha mina koder", None),
        ("jag gav honom koden till mitt bankid", "loss"),
        ("konstigt sms med länk, jag klickade och skrev in mitt kort på sidan", "loss"),
        ("polisen ringer nu och vill ha min kod", "now"),
    ],
)
def test_how_far_a_fraud_has_gone(text: str, stage: str | None) -> None:
    assert fraud_stage(RULES.matches(text)) == stage


def test_kind_of_an_emergency_without_a_rule_is_other() -> None:
    assert emergency_kind(()) == "other"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("- {id: a, intent: nonsense, kind: life, any: [eld], examples: [eld]}", "'intent' must be one of"),
        ("- {id: a, intent: emergency, kind: loss, any: [eld], examples: [eld]}", "'kind' must be one of"),
        ("- {id: a, intent: emergency, kind: fire, any: [], examples: [eld]}", "need at least one line"),
        ("- {id: a, intent: emergency, kind: fire, any: ['.. eld'], examples: [eld]}", "must begin with a word"),
        ("- {id: a, intent: emergency, kind: fire, any: ['@ingen eld'], examples: [eld]}", "which does not exist"),
        ("- {id: a, intent: emergency, kind: fire, any: [eld], examples: [eld], extra: 1}", "unknown keys ['extra']"),
        ("- {intent: emergency, kind: fire, any: [eld], examples: [eld]}", "a rule without id"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, body: str, said: str) -> None:
    path = tmp_path / "danger.yml"
    path.write_text(f"rules:\n  {body}\n", encoding="utf-8")
    with pytest.raises(DangerFileError) as raised:
        DangerRules.load(path)
    assert f"{path}:2: " in str(raised.value)
    assert said in str(raised.value)


def test_an_id_may_not_be_used_twice(tmp_path: Path) -> None:
    rule = "  - {id: a, intent: emergency, kind: fire, any: [eld], examples: [eld]}\n"
    path = tmp_path / "danger.yml"
    path.write_text(f"rules:\n{rule}{rule}", encoding="utf-8")
    with pytest.raises(DangerFileError, match="used twice"):
        DangerRules.load(path)
