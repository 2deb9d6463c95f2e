"""Several needs in one message: the first is acted on, the others are offered afterwards."""

from __future__ import annotations

import re

from bot.engine.world import World
from nlu.understanding import Interpreter, Understanding

_SENTENCE = re.compile(r"[.!?\n;]+\s*|\s+(?:och sen|och sedan|och så|sen så|dessutom|också|samt|även|and also|also|plus|och)\s+", re.IGNORECASE)
_LONG_ENOUGH = 3
"""Words a part must have to be a need of its own."""
_LEAST_SHARE = 0.04
"""A second need leaves a trace in the understanding of the whole; without one the parts are not read, which costs as much as the whole each."""
_MOST_PARTS = 3


def further_needs(interpreter: Interpreter, world: World, text: str, whole: Understanding, language: str) -> tuple[str, ...]:
    """Flows of further needs in `text`, in the order they are told; empty for most messages.

    A part counts only when it is understood for sure as a guide's need that is not the whole message's own.
    """
    parts = [part for part in _SENTENCE.split(text) if part and len(part.split()) >= _LONG_ENOUGH]
    if len(parts) < 2 or not whole.accepted:
        return ()
    first = world.flow_of(whole.intent)
    if first is None or first.kind != "guide" or not _leaves_a_trace(world, whole, first.name):
        return ()
    found = []
    for part in parts[:_MOST_PARTS]:
        understood = interpreter.understand(part, language)
        flow = world.flow_of(understood.intent) if understood.accepted else None
        if flow and flow.kind == "guide" and flow.name != first.name and understood.intent != whole.ranking[0].intent:
            found.append(flow.name)
    return tuple(dict.fromkeys(found))


def _leaves_a_trace(world: World, whole: Understanding, first: str) -> bool:
    """Whether another guide's need has a share in how the whole message was understood."""
    others = (world.flow_of(found.intent) for found in whole.ranking if found.confidence >= _LEAST_SHARE)
    return any(flow is not None and flow.kind == "guide" and flow.name != first for flow in others)
