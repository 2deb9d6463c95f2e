"""How many turns a second the engine takes by itself, on one core: no interpreter, no database, no channel.

    .venv/bin/python -m benchmarks.engine

Every guide is walked from its first step to its last, stuck once on each step, over and over. The yardstick is a fixed piece of arithmetic in the
same process: what the figure is to be read against on another machine.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from bot.configuration import load_configuration
from bot.domain.conversation import Conversation
from bot.domain.message import Incoming
from bot.engine.advance import advance
from bot.flows import load_strictly
from bot.gazetteer_files import load_gazetteer
from bot.settings import ROOT
from bot.wiring import GAZETTEER, make_world
from nlu.understanding import RankedIntent, Understanding

SECONDS = 5.0
_AIM = 1000
_NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def main() -> None:
    content = load_strictly()
    world = make_world(content, load_configuration(ROOT / "config"), load_gazetteer(GAZETTEER))
    guides = [flow for flow in content.flows.values() if flow.kind == "guide"]
    turns, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        for flow in guides:
            conversation = Conversation()
            for text, intent in (
                ("", flow.intents[0]),
                *(("FASTNAT", "stuck"), ("KLART", "next"), ("1", "out_of_scope")) * 4,
            ):
                found = Understanding(text, intent, 0.9, True, (RankedIntent(intent, 0.9),), (), "sv")
                conversation = advance(conversation, Incoming(text, "sms"), found, world, _NOW).conversation
                conversation = conversation.with_(answered_at=())
                turns += 1
    took = time.perf_counter() - began
    print(
        f"{turns / took:.0f} turns a second (aim {_AIM}), {1000 * took / turns:.2f} ms a turn; yardstick {_yardstick():.0f} ms"
    )


def _yardstick() -> float:
    """Milliseconds for two million additions."""
    began = time.perf_counter()
    sum(range(2_000_000))
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    main()
