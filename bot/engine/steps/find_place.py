"""`find_place`: the nearest place where a person helps."""

from __future__ import annotations

from bot.engine import places
from bot.engine.flow import Flow, Step
from bot.engine.walk import Walk


def run(walk: Walk, flow: Flow, step: Step) -> None:
    walk.set(position=None)
    places.find(walk)
