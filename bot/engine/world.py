"""All that the engine may know besides the conversation: read-only, gathered before a turn, free of I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.canned_reply import CannedReply
from bot.domain.duty import Organisation
from bot.domain.gazetteer import Gazetteer
from bot.domain.place import Place
from bot.engine.flow import Aside, Flow
from bot.engine.texts import Texts


@dataclass(frozen=True, slots=True)
class World:
    """Flows, texts, places, the gazetteer, and who is on duty when."""

    flows: Mapping[str, Flow]
    texts: Texts
    places: tuple[Place, ...]
    gazetteer: Gazetteer
    organisation: Organisation
    asides: tuple[Aside, ...] = ()
    replies: tuple[CannedReply, ...] = ()

    def flow_of(self, intent: str) -> Flow | None:
        """The flow that serves an intent; None while there is none."""
        return next((flow for flow in self.flows.values() if intent in flow.intents), None)
