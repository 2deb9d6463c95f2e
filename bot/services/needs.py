"""Several needs in one message: the first is acted on, the others are offered afterwards."""

from __future__ import annotations

from bot.engine.world import World
from nlu.understanding import Understanding


def further_needs(world: World, understanding: Understanding) -> tuple[str, ...]:
    """Flows of the further needs in a message, most urgent first; empty for most messages.

    Only guides wait for each other; a need that people meet is served or asked for at once.
    """
    flows = [world.flow_of(intent) for intent in understanding.needs[1:]]
    first = world.flow_of(understanding.intent)
    names = [flow.name for flow in flows if flow and flow.kind == "guide" and flow != first]
    return tuple(dict.fromkeys(names))
