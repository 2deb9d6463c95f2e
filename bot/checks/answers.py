"""Whole answers as the resident gets them: number, text and footer together, on every way through every flow.

The first answer costs at most three SMS with the introduction, every later one at most two. Answers that cannot be
played because a flow or a text is missing are left out here: structure.py and text_keys.py name what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.checks.longest import Longest
from bot.checks.loops import goes_round
from bot.checks.rehearsal import MOST_WAYS, Answer, answers, too_many_ways
from bot.checks.sent import LANGUAGES, Sent, faulty_files, file_of, flow_texts, line_of
from bot.domain.conversation import Language
from bot.domain.finding import Finding
from bot.domain.sms_text import segments, septets
from bot.engine.flow import Flow
from bot.engine.guide import SAFETY
from bot.engine.steps.act import ACTS
from bot.flows import TEXTS_FILE, Content

EMERGENCY = "emergency"
"""The flow whose answer comes before the introduction."""

MOST_FIRST = 3
MOST_LATER = 2
FIRST_TEXT = 225
"""Septets of the first text that a flow can answer with; bot/flows/README.md tells editors."""

NUMBER_WITHIN = 200
"""Within this many characters an answer to danger names 112: it is what a small screen shows."""

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("guide_done", "offer_need"),
    ("guide_done", "offer_resume"),
    ("guide_done", "anything_else"),
    ("thanks", "offer_resume"),
    ("what_can_i_do", "offer_resume"),
    ("no_guide_yet", "ask_where"),
    ("not_ours", "offer_person"),
)
"""Texts that the engine sends as one answer."""


def check(content: Content, longest: Longest, asked: Iterable[str]) -> list[Finding]:
    """Answers that cost too much, say nothing, or name 112 too late. `asked` are the texts that the code says."""
    if any(key not in content.texts.by_key for key in asked):
        return []
    findings = [*_texts_together(content, longest)]
    faulty = faulty_files(content)
    for name, flow in content.flows.items():
        if file_of(content, name) in faulty:
            continue
        findings.extend(_when_stuck(content, name, flow, longest))
        if too_many_ways(flow):
            message = f"there are more than {MOST_WAYS} ways through the flow, too many to try"
            hint = "make two flows of it, or ask fewer questions"
            findings.append(
                Finding(file_of(content, name), line_of(content, name, ":flow"), "many-ways", message, hint)
            )
        elif _can_be_played(content.flows, name):
            findings.extend(_played(content, name, flow, longest))
    return list(dict.fromkeys(findings))


def _can_be_played(flows: Mapping[str, Flow], name: str) -> bool:
    """Whether the engine can go through it: all it needs is there, every id once, and no round is endless."""
    needed = [name]
    for other in needed:
        if other not in flows:
            return False
        steps = list(flows[other].every_step())
        ids = [step.id for step in steps]
        if len(set(ids)) < len(ids) or any(step.kind == "act" and step.target not in ACTS for step in steps):
            return False
        needed.extend(t for t in dict.fromkeys(s.target for s in steps if s.kind == "go") if t not in needed)
    return bool(flows[name].steps) and not goes_round(flows, name)


def _played(content: Content, name: str, flow: Flow, longest: Longest) -> Iterator[Finding]:
    worst: dict[tuple[str, Language, bool], str] = {}
    silent = False
    try:
        played = list(answers(content, flow, longest))
    except RuntimeError as error:
        line = line_of(content, name, ":flow")
        yield Finding(
            file_of(content, name), line, "many-steps", str(error), "let a step wait for the resident in between"
        )
        return
    for answer in played:
        if not answer.text:
            silent = True
        if not answer.text or not answer.steps:
            continue  # an end without steps is the same in every flow: TOGETHER has it
        text = _as_sent(content, name, answer)
        spot = (_said_last(flow, answer), answer.language, answer.first)
        worst[spot] = max(worst.get(spot, ""), text, key=septets)
        if answer.first:
            yield from _first_text(content, name, flow, answer, longest)
    for (mark, language, first), text in worst.items():
        where = file_of(content, name), line_of(content, name, mark, language)
        if name == EMERGENCY and first and "112" not in text[:NUMBER_WITHIN]:
            message = f"the first answer at step {mark!r} in {language} names no 112 within {NUMBER_WITHIN} characters"
            yield Finding(*where, "late-112", message, "begin with: Ring 112 nu.")
        most, length = MOST_FIRST if first else MOST_LATER, septets(text)
        if (cost := segments(text)) > most:
            which = "the first answer, with introduction," if first else "the whole answer"
            message = f"{which} at step {mark!r} in {language} costs {cost} SMS ({length} characters); at most {most}"
            yield Finding(*where, "long-answer", message, f"take away {length - most * 153}")
    if silent:
        message = "there is a way through the flow that answers nothing"
        hint = "add a say: before its end"
        yield Finding(file_of(content, name), line_of(content, name, ":flow"), "silent-way", message, hint)


def _as_sent(content: Content, name: str, answer: Answer) -> str:
    """With what the engine puts before and after: the introduction, and in danger that a person reads it too."""
    parts = [answer.text]
    if answer.first:
        parts.insert(len(parts) if name == EMERGENCY else 0, content.texts.get("introduction", answer.language))
        if name in SAFETY and answer.opens_case:
            parts.append(content.texts.get("person_follows", answer.language))
    return " ".join(parts)


def _said_last(flow: Flow, answer: Answer) -> str:
    """The step to point at: the last that has a text of its own."""
    said = tuple(name for name in answer.steps if (step := flow.step(name)) and step.text)
    return (said or answer.steps)[-1]


def _first_text(content: Content, name: str, flow: Flow, answer: Answer, longest: Longest) -> Iterator[Finding]:
    step = next((s for s in map(flow.step, answer.steps) if s and s.text), None)
    if step is None or step.text is None or step.kind not in ("say", "ask"):
        return  # a step or question has this limit anyway
    length = septets(longest.fill(step.text.in_(answer.language), answer.language))
    if length > FIRST_TEXT:
        where = file_of(content, name), line_of(content, name, step.id, answer.language)
        what = f"step {step.id!r} in {answer.language}"
        message = f"{what} can be the first answer and has {length} characters; at most {FIRST_TEXT}"
        yield Finding(*where, "long-first-text", message, f"take away {length - FIRST_TEXT}")


def _when_stuck(content: Content, name: str, flow: Flow, longest: Longest) -> Iterator[Finding]:
    """The second explanation, and the answers to usual errors, with the kind words and the footer around them."""
    for sent in flow_texts(content, name, flow):
        if sent.kind in ("if_stuck", "error"):
            around = ("stuck_kindly", None, "stuck_footer") if sent.kind == "if_stuck" else (None, "stuck_footer")
            parts = [content.texts.get(key, sent.language) if key else sent.text for key in around]
            yield from _costs(sent, longest.fill(" ".join(parts), sent.language))


def _costs(sent: Sent, text: str) -> Iterator[Finding]:
    if (cost := segments(text)) > MOST_LATER:
        message = f"{sent.what} costs {cost} SMS as a whole answer ({septets(text)} characters); at most {MOST_LATER}"
        yield Finding(sent.file, sent.line, "long-answer", message, f"take away {septets(text) - MOST_LATER * 153}")


def _texts_together(content: Content, longest: Longest) -> Iterator[Finding]:
    for language in LANGUAGES:
        for keys in TOGETHER:
            if all(key in content.texts.by_key for key in keys):
                yield from _together(content, language, keys, " ".join(_texts(content, language, keys)), longest)
        labels = [item.label.in_(language) for item in content.texts.menu]
        listed = ". ".join(f"{i} {label}" for i, label in enumerate(labels, 1)) + "."
        if labels and "menu" in content.texts.by_key and "menu_footer" in content.texts.by_key:
            head, foot = _texts(content, language, ("menu", "menu_footer"))
            yield from _together(content, language, ("menu", "menu_footer"), f"{head} {listed} {foot}", longest)


def _texts(content: Content, language: Language, keys: Iterable[str]) -> list[str]:
    return [content.texts.get(key, language) for key in keys]


def _together(
    content: Content, language: Language, keys: tuple[str, ...], text: str, longest: Longest
) -> Iterator[Finding]:
    filled = longest.fill(text, language)
    if (cost := segments(filled)) > MOST_LATER:
        names = " and ".join(repr(key) for key in keys)
        costs = f"{cost} SMS ({septets(filled)} characters)"
        message = f"{names} in {language} are one answer and cost {costs}; at most {MOST_LATER}"
        line = line_of(content, "texts", keys[0], language)
        yield Finding(TEXTS_FILE, line, "long-answer", message, f"take away {septets(filled) - MOST_LATER * 153}")
