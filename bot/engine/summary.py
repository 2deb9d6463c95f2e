"""What a handledare reads first about a case: the need, how far the resident came, what was tried, and their own words. In Swedish."""

from __future__ import annotations

from bot.domain.conversation import Position
from bot.engine import route
from bot.engine.flow import Flow
from nlu.understanding import Understanding

_LONGEST_QUOTE = 160
_STAGES = {"loss": "koder eller pengar kan vara borta", "attempt": "ett försök", "now": "det pågår nu"}


def summary(
    need: str, flow: Flow | None, position: Position | None, understanding: Understanding, near: str | None, said: str
) -> str:
    """Short sentences; `need` is empty when it is not known, `flow` and `position` are the guide that was open."""
    lines = [f"Behov: {need}."] if need else []
    if flow and position:
        lines.extend(_tried(flow, position))
    found = {name: understanding.entity(name) for name in ("relation", "device", "bank", "fraud_stage")}
    for label, value in (("Gäller", found["relation"]), ("Enhet", found["device"]), ("Bank", found["bank"])):
        if value:
            lines.append(f"{label}: {value}.")
    if found["fraud_stage"]:
        lines.append(f"Läge: {_STAGES.get(found['fraud_stage'], found['fraud_stage'])}.")
    if near:
        lines.append(f"Ort: {near}.")
    if said:
        lines.append(f'Skrev: "{said if len(said) <= _LONGEST_QUOTE else said[: _LONGEST_QUOTE - 3] + "..."}"')
    return " ".join(lines)


def _tried(flow: Flow, position: Position) -> list[str]:
    lines = []
    step = flow.step(position.step)
    if step and step.waits and step.text:
        at, of = route.number(flow, position)
        lines += [f"Kom till steg {at} av {of} i {flow.title.sv}.", f"Steget: {step.text.sv}"]
    if position.stuck:
        lines.append("Fastnade en gång på det." if position.stuck == 1 else f"Fastnade {position.stuck} gånger på det.")
    for step_id, option_id, _ in position.trail:
        question = flow.step(step_id)
        chosen = next((o.label for o in question.options if o.id == option_id), None) if question else None
        if chosen:
            lines.append(f"Valde: {chosen.sv}.")
    return lines
