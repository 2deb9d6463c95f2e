"""Every rule of data/danger.yml catches its examples and leaves its counter-examples alone."""

from pathlib import Path

import pytest

from nlu.danger import (
    NO_DANGER,
    SHIPPED,
    DangerFileError,
    DangerRules,
    emergency_kind,
    fraud_stage,
    heavy,
    is_likely_ordinary,
    is_ordinary,
    is_over,
    may_be_fraud,
)

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
    rule = next(rule for rule in RULES.rules if rule.id == rule_id)
    if rule.intent == NO_DANGER:
        assert rule_id not in {found.id for found in RULES.matches(text)}
        return
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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("pappa avled i onsdags", "bereaved"),
        ("ingen att prata med på kvällarna", "lonely"),
        ("jag har värk i knäna", "ailing"),
        ("min man dog för tio år sen och jag är så ensam", "lonely"),
        ("min man dog för tio år sen", None),
        ("kommer inte in på banken", None),
    ],
)
def test_what_is_heavy_and_no_danger(text: str, kind: str | None) -> None:
    assert heavy(RULES.matches(text)) == kind


def test_what_is_likely_ordinary_is_not_surely_so() -> None:
    likely = RULES.matches("jag är så ensam")
    assert is_likely_ordinary(likely)
    assert not is_ordinary(likely, in_guide=True)


def test_what_is_firmly_ordinary_is_surely_so() -> None:
    assert is_ordinary(RULES.matches("har mist min son"), in_guide=False)


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


def _one_rule(tmp_path: Path, body: str) -> DangerRules:
    path = tmp_path / "danger.yml"
    path.write_text(
        f"rules:\n  - {{id: a, intent: emergency, kind: violence, {body}, examples: [x]}}\n", encoding="utf-8"
    )
    return DangerRules.load(path)


def test_a_rule_with_also_needs_both_however_far_off(tmp_path: Path) -> None:
    rules = _one_rule(tmp_path, "any: [gick ut], also: [minus]")
    assert rules.match("hon gick ut") is None
    assert rules.match("det är tio minus") is None
    assert rules.match("hon gick ut och sen gick det en lång stund och det är tio minus") is not None


def test_unless_takes_back_only_what_it_overlaps(tmp_path: Path) -> None:
    rules = _one_rule(tmp_path, "any: [slog mig], unless: [slog mig i schack]")
    assert rules.match("han slog mig i schack") is None
    assert rules.match("han slog mig i schack och sen slog han mig, slog mig hårt") is not None


@pytest.mark.parametrize(
    ("text", "intent", "stage"),
    [
        ("mitt bankid poppar upp av sig självt, jag avbröt direkt", "fraud_suspected", "attempt"),
        ("jag godkände ett bankid jag inte startat", "fraud_suspected", "loss"),
        ("någon har bytt adress på mig", "fraud_suspected", "loss"),
        ("ska swisha 9000 till säkerhetsavdelningen", "fraud_suspected", "now"),
        ("klisterlapp med qr ovanpå parkeringsautomatens", "fraud_suspected", "attempt"),
        ("det osar bränd plast ur väggen", "emergency", None),
        ("vem tar hand om katten när jag inte finns", "emergency", None),
        ("I can't feel my right arm", "emergency", None),
    ],
)
def test_what_is_told_sideways(text: str, intent: str, stage: str | None) -> None:
    found = RULES.match(text)
    assert found is not None
    assert found.intent == intent
    if stage:
        assert fraud_stage(RULES.matches(text)) == stage


@pytest.mark.parametrize(
    ("text", "in_guide", "ordinary"),
    [
        ("vänta, maten står på spisen", True, True),
        ("vänta, maten står på spisen", False, False),
        ("pappa är dement och hittar inte dosan", False, True),
        ("vänta, det ryker från spisen", True, False),
        ("ska bara ta alla tabletterna först", True, False),
        ("sonen ringde och vill ha koden", True, False),
    ],
)
def test_ordinary_talk(text: str, in_guide: bool, ordinary: bool) -> None:
    assert is_ordinary(RULES.matches(text), in_guide) == ordinary


def test_a_long_text_is_never_ordinary_for_a_phrase_in_it() -> None:
    errand = "vänta jag är strax tillbaka"
    assert is_ordinary(RULES.matches(errand), True)
    assert not is_ordinary(
        RULES.matches(f"{errand} {'det var en gång en liten katt som satt och tittade ut '}" * 2), True
    )


def test_without_stranger_trick_or_loss_it_can_hardly_be_fraud() -> None:
    assert not may_be_fraud(RULES.matches("nu har jag gjort det i appen"))
    assert may_be_fraud(RULES.matches("nån vill att jag gör det i appen"))


@pytest.mark.parametrize(
    ("text", "intent", "kind"),
    [
        ("jag blev rånad för tio år sen", "emergency", "over"),
        ("i somras fick vi inbrott", "emergency", "over"),
        ("för tre år sen blev min man lurad", "fraud_suspected", "over"),
        ("för tre år sen blev min man lurad och nu ringer dom igen", "fraud_suspected", "loss"),
        ("förra året ramlade mamma i trappan", None, None),
    ],
)
def test_what_was_over_long_ago(text: str, intent: str | None, kind: str | None) -> None:
    matches = RULES.matches(text)
    found = RULES.match(text)
    assert (found.intent if found else None) == intent
    if intent == "emergency":
        assert emergency_kind(matches) == kind
    if intent == "fraud_suspected":
        assert fraud_stage(matches) == kind
    assert is_over(matches) == (kind != "loss")
