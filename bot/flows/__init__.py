"""The flows and texts, as YAML that an editor changes; README.md is the format. This reads them, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from bot.domain.case import Reason, Urgency
from bot.domain.finding import ContentError, Finding
from bot.engine.flow import Aside, Bilingual, Condition, Flow, Option, ScreenError, Step, StepKind
from bot.engine.steps.act import ACTS
from bot.engine.texts import MenuItem, Subject, Texts
from bot.marked_yaml import MarkedDict, MarkedList, read

FOLDER = Path(__file__).parent
TEXTS_FILE = "texts.yml"
ASIDES_FILE = "asides.yml"

_KINDS: tuple[StepKind, ...] = ("step", "say", "choose", "branch", "find_place", "open_case", "ask", "act", "go")
_FLOW_KEYS = {
    "flow", "kind", "intents", "title", "for_whom", "have_ready", "reviewed", "sources", "left_out", "steps", "errors", "moved",
}  # fmt: skip
_STEP_KEYS = {"id", "helper", "if_stuck", "errors", "options", "branches", "as", *_KINDS}
_ONLY_FOR = {"helper": "step", "if_stuck": "step", "errors": "step", "options": "choose", "as": "ask"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something of a flow stands, for findings."""

    file: str
    lines: dict[str, int]


@dataclass(slots=True)
class _Reader:
    """Reads one file and gathers every fault in it."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def fault(self, line: int, fault_id: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(self.file, line, fault_id, message, hint))

    def known(self, data: MarkedDict, keys: set[str], what: str) -> None:
        for key in data:
            if key not in keys:
                self.fault(
                    data.lines[key], "unknown-key", f"{what} has no key {key!r}", "one of: " + ", ".join(sorted(keys))
                )

    def bilingual(self, data: Any, line: int, what: str, mark: str = "") -> Bilingual:
        if not isinstance(data, MarkedDict):
            self.fault(line, "not-bilingual", f"{what} must have a text under sv: and one under en:")
            return Bilingual("", "")
        self.known(data, {"sv", "en"}, what)
        texts = {}
        for language in ("sv", "en"):
            text = data.get(language)
            if not isinstance(text, str) or not text.strip():
                self.fault(
                    data.lines.get(language, data.line),
                    "missing-translation",
                    f"{what} lacks its text in {language}",
                    f"write it after {language}:",
                )
                text = ""
            texts[language] = " ".join(text.split())
            if mark:
                self.lines[f"{mark}.{language}"] = data.lines.get(language, data.line)
        return Bilingual(texts["sv"], texts["en"])

    def words(self, data: Any, line: int, what: str) -> tuple[str, ...]:
        if data is None:
            return ()
        if not isinstance(data, list):
            self.fault(line, "not-a-list", f"{what} must be a list of words", "write [word, two words, ending*]")
            return ()
        return tuple(str(word) for word in data)

    def rows(self, data: MarkedDict, key: str, what: str) -> Iterator[tuple[MarkedDict, int]]:
        items = data.get(key)
        if items is None:
            return
        if not isinstance(items, MarkedList) or not items:
            self.fault(data.lines[key], "not-a-list", f"{key}: of {what} must be a list with at least one item")
            return
        for item, line in zip(items, items.lines, strict=True):
            if isinstance(item, MarkedDict):
                yield item, line
            else:
                self.fault(line, "not-a-mapping", f"an item of {key}: must be `key: value` lines")

    def errors(self, data: MarkedDict, what: str, key: str = "errors") -> tuple[ScreenError, ...]:
        """The items under `errors`, or under `asides`, which have the same form."""
        kind = key.removesuffix("s")
        found = []
        for item, line in self.rows(data, key, what):
            self.known(item, {"id", "when", "say"}, f"an {kind}")
            name = str(item.get("id", ""))
            if not name:
                self.fault(line, "missing-id", f"an {kind} lacks its id")
            when = self.words(item.get("when"), item.lines.get("when", line), f"when: of the {kind} {name!r}")
            if not when:
                self.fault(line, "missing-words", f"the {kind} {name!r} has no words under when:")
            self.lines[f"{kind}:{name}"] = line
            found.append(
                ScreenError(
                    name,
                    when,
                    self.bilingual(
                        item.get("say"), item.lines.get("say", line), f"the {kind} {name!r}", f"{kind}:{name}"
                    ),
                )
            )
        return tuple(found)

    def steps(self, data: MarkedDict, key: str, what: str) -> tuple[Step, ...]:
        return tuple(self.step(item, line) for item, line in self.rows(data, key, what))

    def step(self, data: MarkedDict, line: int) -> Step:
        name = str(data.get("id", ""))
        what = f"step {name!r}"
        if not name:
            self.fault(line, "missing-id", "a step lacks its id", "give it a short name that never changes")
        if name in self.lines:
            self.fault(line, "same-id", f"the id {name!r} stands twice in this flow", "ids are unique within a flow")
        self.lines[name] = line
        self.known(data, _STEP_KEYS, what)
        kinds = [kind for kind in _KINDS if kind in data]
        if len(kinds) != 1:
            self.fault(
                line,
                "step-kind",
                f"{what} must have exactly one of: {', '.join(_KINDS)}",
                f"it has {', '.join(kinds) or 'none'}",
            )
            return Step(name, "say", Bilingual("", ""))
        kind = kinds[0]
        for extra, owner in _ONLY_FOR.items():
            if extra in data and kind != owner:
                self.fault(
                    data.lines[extra], "unused-key", f"{extra}: is not used by a {kind!r}", f"it belongs to {owner!r}"
                )
        value, at = data[kind], data.lines[kind]
        text = self.bilingual(value, at, what, name) if kind in ("step", "say", "choose", "ask") else None
        helper = (
            self.bilingual(data["helper"], data.lines["helper"], f"helper of {what}", f"{name}.helper")
            if "helper" in data
            else None
        )
        stuck = (
            self.bilingual(data["if_stuck"], data.lines["if_stuck"], f"if_stuck of {what}", f"{name}.if_stuck")
            if "if_stuck" in data
            else None
        )
        options = (
            self.options(data, "options", what, line)
            if kind == "choose"
            else self.options(data, "branch", what, line)
            if kind == "branch"
            else ()
        )
        reason, urgency, target = None, None, ""
        if kind == "open_case":
            reason, urgency = self.case(value, at, what)
        elif kind in ("act", "go"):
            target = str(value)
            if kind == "act" and target not in ACTS:
                self.fault(
                    at, "unknown-act", f"{what} has the unknown act {target!r}", "one of: " + ", ".join(sorted(ACTS))
                )
        elif kind == "ask":
            target = str(data.get("as", ""))
        return Step(name, kind, text, helper, stuck, self.errors(data, what), options, reason, urgency, target)

    def case(self, value: Any, line: int, what: str) -> tuple[Reason | None, Urgency | None]:
        if not isinstance(value, MarkedDict):
            self.fault(
                line,
                "not-a-mapping",
                f"open_case of {what} must hold reason:",
                "open_case: {reason: fraud, urgency: high}",
            )
            return Reason.ASKED, None
        self.known(value, {"reason", "urgency"}, f"open_case of {what}")
        reason, urgency = value.get("reason"), value.get("urgency")
        if reason not in tuple(Reason):
            self.fault(line, "unknown-reason", f"{what} opens a case for {reason!r}", "one of: " + ", ".join(Reason))
            reason = Reason.ASKED
        if urgency is not None and urgency not in tuple(Urgency):
            self.fault(
                line, "unknown-urgency", f"{what} gives the urgency {urgency!r}", "one of: " + ", ".join(Urgency)
            )
            urgency = None
        return Reason(reason), Urgency(urgency) if urgency else None

    def options(self, data: MarkedDict, key: str, what: str, line: int) -> tuple[Option, ...]:
        found = []
        for item, at in self.rows(data, key, what):
            self.known(item, {"id", "sv", "en", "words", "if", "steps"}, f"an option of {what}")
            name = str(item.get("id", ""))
            if not name:
                self.fault(at, "missing-id", f"an option of {what} lacks its id")
            label = None
            if key == "options":
                shown = MarkedDict({k: item[k] for k in ("sv", "en") if k in item})
                shown.line, shown.lines = at, item.lines
                label = self.bilingual(shown, at, f"option {name!r}", f"{data.get('id')}/{name}")
            words = self.words(item.get("words"), item.lines.get("words", at), f"words: of option {name!r}")
            found.append(
                Option(name, label, words, self.condition(item, at), self.steps(item, "steps", f"option {name!r}"))
            )
        if not found:
            self.fault(line, "no-options", f"{what} has no options")
        for option, (_, at) in zip(found[:-1], self.rows(data, key, what), strict=False):
            if key == "branch" and option.condition is None:
                self.fault(
                    at, "branch-without-if", f"branch {option.id!r} of {what} lacks its if:", "only the last may"
                )
        return tuple(found)

    def condition(self, item: MarkedDict, line: int) -> Condition | None:
        value = item.get("if")
        if value is None:
            return None
        if not isinstance(value, MarkedDict):
            self.fault(line, "not-a-mapping", "if: must hold entity: and is:, or words:, or channel:")
            return None
        self.known(value, {"entity", "is", "words", "channel"}, "if:")
        values = self.words(value.get("is"), line, "is:")
        words = self.words(value.get("words"), line, "words:")
        if not (value.get("entity") and values) and not words and not value.get("channel"):
            self.fault(line, "empty-condition", "if: must hold entity: and is:, or words:, or channel:")
        return Condition(value.get("entity"), values, words, value.get("channel"))


@dataclass(frozen=True, slots=True)
class Content:
    """Everything read, where each thing stands, and every fault of form."""

    flows: dict[str, Flow]
    texts: Texts
    places: dict[str, Place]
    findings: tuple[Finding, ...]
    asides: tuple[Aside, ...] = ()


def load(folder: Path = FOLDER) -> Content:
    """Reads every flow and the texts. Faults of form are in `findings`; nothing may start while there are any."""
    flows: dict[str, Flow] = {}
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yml")):
        if path.name in (TEXTS_FILE, ASIDES_FILE):
            continue
        reader = _Reader(path.name)
        try:
            flow = _flow(reader, read(path, folder), path.stem)
        except ContentError as error:
            findings.extend(error.findings)
            continue
        flows[flow.name] = flow
        places[flow.name] = Place(path.name, reader.lines)
        findings.extend(reader.findings)
    reader = _Reader(TEXTS_FILE)
    try:
        texts = _texts(reader, read(folder / TEXTS_FILE, folder))
    except ContentError as error:
        findings.extend(error.findings)
        texts = Texts({})
    places["texts"] = Place(TEXTS_FILE, reader.lines)
    findings.extend(reader.findings)
    asides, places["asides"] = _asides(folder, findings)
    return Content(flows, texts, places, tuple(findings), asides)


def load_strictly(folder: Path = FOLDER) -> Content:
    """Like load, but raises ContentError with every fault of form."""
    content = load(folder)
    if content.findings:
        raise ContentError(content.findings)
    return content


def _asides(folder: Path, findings: list[Finding]) -> tuple[tuple[Aside, ...], Place]:
    """Asides have the form of errors; a folder without the file has none."""
    reader = _Reader(ASIDES_FILE)
    asides: tuple[Aside, ...] = ()
    if (folder / ASIDES_FILE).exists():
        try:
            data = read(folder / ASIDES_FILE, folder)
            reader.known(data, {"asides"}, ASIDES_FILE)
            asides = tuple(Aside(item.id, item.when, item.say) for item in reader.errors(data, ASIDES_FILE, "asides"))
        except ContentError as error:
            findings.extend(error.findings)
    findings.extend(reader.findings)
    return asides, Place(ASIDES_FILE, reader.lines)


def _flow(reader: _Reader, data: MarkedDict, stem: str) -> Flow:
    reader.known(data, _FLOW_KEYS, "a flow")
    name = str(data.get("flow", ""))
    if name != stem:
        reader.fault(
            data.lines.get("flow", 1),
            "wrong-name",
            f"flow: is {name!r} but the file is {stem!r}",
            f"write flow: {stem}",
        )
    if data.get("kind") not in ("guide", "page"):
        reader.fault(data.lines.get("kind", 1), "unknown-kind", f"kind: is {data.get('kind')!r}", "guide or page")
    kind: Literal["guide", "page"] = "guide" if data.get("kind") == "guide" else "page"
    for key in ("intents", "title", "steps"):
        if key not in data:
            reader.fault(1, "missing-key", f"the flow lacks {key}:")
    steps = reader.steps(data, "steps", "the flow")
    if "steps" in data and kind == "page" and (step := next((s for s in steps if s.kind == "step"), None)):
        reader.fault(
            reader.lines[step.id],
            "step-in-page",
            f"step {step.id!r} is a guide step in a page",
            "use say:, or kind: guide",
        )
    reviewed = data.get("reviewed")
    day: date | None = None
    try:
        day = date.fromisoformat(str(reviewed)) if reviewed else None
    except ValueError:
        reader.fault(data.lines["reviewed"], "bad-date", f"reviewed: is {reviewed!r}", "write a day such as 2026-11-22")
    for key in ("reviewed", "sources", "left_out", "intents", "title", "flow"):
        reader.lines[f":{key}"] = data.lines.get(key, 1)
    return Flow(
        name=stem,
        kind=kind,
        intents=reader.words(data.get("intents"), data.lines.get("intents", 1), "intents:"),
        title=reader.bilingual(data.get("title"), data.lines.get("title", 1), "the title", ":title"),
        steps=steps,
        errors=reader.errors(data, "the flow"),
        moved=_moved(reader, data),
        reviewed=day,
        sources=reader.words(data.get("sources"), data.lines.get("sources", 1), "sources:"),
        left_out=str(data.get("left_out", "")),
        for_whom=str(data.get("for_whom", "")),
        have_ready=str(data.get("have_ready", "")),
    )


def _moved(reader: _Reader, data: MarkedDict) -> dict[str, str]:
    moved = data.get("moved")
    if moved is not None and not isinstance(moved, MarkedDict):
        reader.fault(
            data.lines["moved"], "not-a-mapping", "moved: must hold `old-id: new-id` lines", "moved: {old-id: new-id}"
        )
        return {}
    return {str(old): str(new) for old, new in (moved or {}).items()}


def _texts(reader: _Reader, data: MarkedDict) -> Texts:
    reader.known(data, {"texts", "menu", "subjects"}, TEXTS_FILE)
    by_key: dict[str, Bilingual] = {}
    texts = data.get("texts")
    if isinstance(texts, MarkedDict):
        for key, value in texts.items():
            reader.lines[key] = texts.lines[key]
            by_key[key] = reader.bilingual(value, texts.lines[key], f"the text {key!r}", key)
    else:
        reader.fault(1, "missing-key", f"{TEXTS_FILE} lacks texts:")
    menu: list[MenuItem] = []
    for item, line in reader.rows(data, "menu", TEXTS_FILE):
        reader.known(item, {"flow", "sv", "en"}, "a line of the menu")
        shown = MarkedDict({k: item[k] for k in ("sv", "en") if k in item})
        shown.line, shown.lines = line, item.lines
        reader.lines[f"menu/{item.get('flow')}"] = line
        menu.append(
            MenuItem(
                str(item.get("flow", "")),
                reader.bilingual(shown, line, "a line of the menu", f"menu/{item.get('flow')}"),
            )
        )
    return Texts(by_key, tuple(menu), tuple(_subjects(reader, data)))


def _subjects(reader: _Reader, data: MarkedDict) -> Iterator[Subject]:
    for number, (item, line) in enumerate(reader.rows(data, "subjects", TEXTS_FILE)):
        reader.known(item, {"words", "flows"}, "a subject")
        reader.lines[f"subject/{number}"] = line
        words = reader.words(item.get("words"), item.lines.get("words", line), "words: of a subject")
        flows = reader.words(item.get("flows"), item.lines.get("flows", line), "flows: of a subject")
        if not words or not flows:
            reader.fault(
                line, "empty-subject", "a subject has words and flows", "write {words: [bankid], flows: [bankid_get]}"
            )
        yield Subject(words, flows)


def every_text(content: Content) -> Iterator[tuple[str, str, str, str]]:
    """(file, place, language, text) of all that can be sent; `place` is a key of that file's lines."""
    for name, flow in content.flows.items():
        file = content.places[name].file
        for place, text in _texts_of(flow):
            yield file, place, "sv", text.sv
            yield file, place, "en", text.en
    for key, text in content.texts.by_key.items():
        yield TEXTS_FILE, key, "sv", text.sv
        yield TEXTS_FILE, key, "en", text.en
    for aside in content.asides:
        yield ASIDES_FILE, f"aside:{aside.id}", "sv", aside.say.sv
        yield ASIDES_FILE, f"aside:{aside.id}", "en", aside.say.en


def _texts_of(flow: Flow) -> Iterator[tuple[str, Bilingual]]:
    yield ":title", flow.title
    errors: Sequence[ScreenError] = flow.errors
    for step in flow.every_step():
        if step.text:
            yield step.id, step.text
        if step.helper:
            yield f"{step.id}.helper", step.helper
        if step.if_stuck:
            yield f"{step.id}.if_stuck", step.if_stuck
        for option in step.options:
            if option.label:
                yield f"{step.id}/{option.id}", option.label
        errors = (*errors, *step.errors)
    for error in errors:
        yield f"error:{error.id}", error.say
