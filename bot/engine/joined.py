"""Two conversations of one person as one: what is remembered of each, and which guide stands open."""

from __future__ import annotations

from datetime import datetime

from bot.domain.conversation import Conversation, Helping, Position
from bot.engine import limits


def joined(sms: Conversation, telegram: Conversation, telegram_is_newer: bool) -> Conversation:
    """The guide that was moved in last stands open; the other's is offered again as one that was left. Neither's case is in it."""
    last, first = (telegram, sms) if telegram_is_newer else (sms, telegram)
    position = last.position or (None if last.question else first.position)
    from_last = last.position is not None or position is None
    return last.with_(
        introduced_at=_later(sms.introduced_at, telegram.introduced_at),
        opted_out=False,
        municipality=sms.municipality or telegram.municipality,
        unit=sms.unit if sms.municipality else telegram.unit,
        near=last.near or first.near,
        position=position,
        question=last.question if from_last else first.question,
        paused=_left(last, first, position),
        helping=_helped(last, first),
        needs=tuple(dict.fromkeys((*last.needs, *first.needs))),
        known={**first.known, **last.known},
        finished=last.finished or first.finished,
        not_understood=0,
        told_waiting_at=_later(sms.told_waiting_at, telegram.told_waiting_at),
        heard_at=_later(sms.heard_at, telegram.heard_at),
        answered_at=tuple(sorted((*sms.answered_at, *telegram.answered_at))),
        halted=sms.halted or telegram.halted,
        last_answer=last.last_answer or first.last_answer,
        told=last.told or first.told,
    )


def _left(last: Conversation, first: Conversation, position: Position | None) -> tuple[Position, ...]:
    """Guides that were left, the one left last at the end; a guide is there once."""
    left = (*first.paused, *filter(None, (first.position,)), *last.paused)
    by_flow: dict[str, Position] = {}
    for one in left:
        by_flow.pop(one.flow, None)
        by_flow[one.flow] = Position(one.flow, one.step, one.trail)
    if position:
        by_flow.pop(position.flow, None)
    return tuple(by_flow.values())[-limits.PAUSED_KEPT :]


def _helped(last: Conversation, first: Conversation) -> tuple[Helping, ...]:
    """Whom they help with which guide; of a guide that was told for two, the last counts."""
    return tuple({one.flow: one for one in (*first.helping, *last.helping)}.values())


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)
