"""A conversation's state: what the machine must remember between two messages. Saved as JSON after every turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from bot.domain.case import Reason, Status, Urgency

Language = Literal["sv", "en"]


@dataclass(frozen=True, slots=True)
class Position:
    """Where in a flow the resident is.

    `trail` holds the choices made on the way: (step id, option id, whether the question was shown), in order.
    `stuck` counts how often in a row the resident was stuck on this step.
    """

    flow: str
    step: str
    trail: tuple[tuple[str, str, bool], ...] = ()
    stuck: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What the machine has asked and waits to hear.

    kind: "topics" (which need?), "places" (which town of that name?), "choose" (a flow's own question), "place" (which town?), "person" (shall a
    person take over?), "resume" (go on with a guide that was left?), "meanwhile" (the steps while you wait?), "next_need", "time" (when shall we
    phone?), "erase" (shall the request be made?), "danger" (is there any?), "follow_up" (did it work, two weeks after a guide?). `options` are what the numbers stand for. A soft question gives way to anything else that is understood.
    """

    kind: str
    options: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    about: str = ""
    soft: bool = False


@dataclass(frozen=True, slots=True)
class OpenCase:
    """The open case as the engine sees it. It is read from the case itself at every turn, never from the saved state."""

    status: Status
    urgency: Urgency
    reasons: tuple[Reason, ...]
    handledare: str | None = None
    """How residents see whoever has it; none while nobody has."""
    works_at: tuple[str | None, str | None] = (None, None)
    """The handledare's municipality and unit."""
    home: tuple[str | None, str | None] = (None, None)
    """The municipality and unit whose case it is: it may have gone to another one than the resident writes to."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that is remembered of one person's conversation."""

    language: Language = "sv"
    introduced_at: datetime | None = None
    opted_out: bool = False
    municipality: str | None = None
    unit: str | None = None
    near: str | None = None
    """The town or postcode last spoken of, as the gazetteer names it."""
    position: Position | None = None
    question: Question | None = None
    paused: tuple[Position, ...] = ()
    needs: tuple[str, ...] = ()
    """Flows of needs that were told together with the present one and are still to be offered."""
    known: Mapping[str, str] = field(default_factory=dict)
    """What was told on the way, so that nothing is asked twice: `device`, `bank` and `relation` (whom it concerns), as the interpreter names them;
    `no_danger` is the danger that was asked about and is none."""
    finished: Position | None = None
    """The last step of the guide that was finished last, to go back to when it did not work after all."""
    not_understood: int = 0
    told_waiting_at: datetime | None = None
    """When the resident was last told that a person will answer."""
    meanwhile: bool = False
    """The resident asked for the steps while waiting for a person."""
    heard_at: datetime | None = None
    answered_at: tuple[datetime, ...] = ()
    """Times of the answers of the last hour, to notice two machines talking to each other."""
    halted: bool = False
    """More than the hourly number of answers: the machine is silent until a person has looked."""
    last_answer: str = ""
    told: str = ""
    """The resident's last words of this sitting that tell something: no keyword, number or yes. For the handledare who takes over."""
    case: OpenCase | None = None
    case_closed: bool = False
    """A case was resolved, so "det funkade inte" reopens it."""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON data, without the case."""
        data = asdict(self)
        del data["case"], data["case_closed"]
        for key in ("introduced_at", "told_waiting_at", "heard_at"):
            data[key] = data[key].isoformat() if data[key] else None
        data["answered_at"] = [at.isoformat() for at in self.answered_at]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any], case: OpenCase | None = None, case_closed: bool = False) -> Conversation:
        """What to_json wrote; keys of other versions are passed over, missing ones get their defaults."""
        known = {key: value for key, value in data.items() if key in cls.__dataclass_fields__ and key not in ("case", "case_closed")}
        for key in ("introduced_at", "told_waiting_at", "heard_at"):
            if known.get(key):
                known[key] = datetime.fromisoformat(known[key])
        known["answered_at"] = tuple(datetime.fromisoformat(at) for at in known.get("answered_at", ()))
        known["position"] = _position(known.get("position"))
        known["finished"] = _position(known.get("finished"))
        known["question"] = _question(known.get("question"))
        known["paused"] = tuple(p for p in map(_position, known.get("paused", ())) if p)
        known["needs"] = tuple(known.get("needs", ()))
        known["known"] = dict(known.get("known") or {})
        return cls(**known, case=case, case_closed=case_closed)

    def with_(self, **changes: Any) -> Conversation:
        """A copy with these fields changed."""
        return replace(self, **changes)


def _question(data: dict[str, Any] | None) -> Question | None:
    if not data:
        return None
    known = {key: value for key, value in data.items() if key in Question.__dataclass_fields__}
    return Question(**{**known, "options": tuple(known.get("options", ())), "labels": tuple(known.get("labels", ()))})


def _position(data: dict[str, Any] | None) -> Position | None:
    if not data:
        return None
    trail = tuple((str(step), str(option), bool(shown)) for step, option, shown in data.get("trail", ()))
    return Position(data["flow"], data["step"], trail, int(data.get("stuck", 0)))
