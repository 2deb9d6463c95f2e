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
class Helping:
    """A guide that is told to somebody who helps another person: whom, and by which link when it is shared with them."""

    flow: str
    relation: str
    called: str = ""
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class PutBy:
    """What is kept out of sight since a number that was silent for long may have a new owner. `heard_at` is when it was last heard before that.

    `asked_at` is when they were last asked whether they are the same person; `hides_case` whether the case that waited then is kept out of sight too.
    """

    heard_at: datetime
    asked_at: datetime | None = None
    hides_case: bool = False
    asked_person: bool = False
    """A person was asked for since then."""
    paused: tuple[Position, ...] = ()
    helping: tuple[Helping, ...] = ()
    needs: tuple[str, ...] = ()
    finished: Position | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> PutBy | None:
        """What to_json wrote; None stays None."""
        if not data:
            return None
        known = {key: value for key, value in data.items() if key in cls.__dataclass_fields__}
        known["heard_at"] = datetime.fromisoformat(known["heard_at"])
        known["asked_at"] = datetime.fromisoformat(known["asked_at"]) if known.get("asked_at") else None
        known["paused"] = tuple(p for p in map(position_from_json, known.get("paused", ())) if p)
        known["helping"] = tuple(map(_helping, known.get("helping", ())))
        known["needs"] = tuple(known.get("needs", ()))
        known["finished"] = position_from_json(known.get("finished"))
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON data."""
        at = {"heard_at": self.heard_at.isoformat(), "asked_at": self.asked_at.isoformat() if self.asked_at else None}
        return {**asdict(self), **at}


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
    helping: tuple[Helping, ...] = ()
    """Whom this person helps with a guide; none stands here for a guide that is for themselves."""
    needs: tuple[str, ...] = ()
    """Flows of needs that were told together with the present one and are still to be offered."""
    told_by: Mapping[str, str] = field(default_factory=dict)
    """The words that those needs were told by, where each has its own."""
    known: Mapping[str, str] = field(default_factory=dict)
    """What was told on the way, so that nothing is asked twice: `device`, `bank` and `relation` (whom it concerns), as the interpreter names them,
    `own_name` is how they call themselves;
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
    other_writer: bool = False
    """Another one of those who share the phone writes in this sitting: what was left before is not offered."""
    put_by: PutBy | None = None
    """What is old, while it is not known whether the same person writes."""
    case: OpenCase | None = None
    case_closed: bool = False
    """A case was resolved, so "det funkade inte" reopens it."""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON data, without the case."""
        data = asdict(self)
        del data["case"], data["case_closed"]
        for key in ("introduced_at", "told_waiting_at", "heard_at"):
            data[key] = data[key].isoformat() if data[key] else None
        data["put_by"] = self.put_by.to_json() if self.put_by else None
        data["answered_at"] = [at.isoformat() for at in self.answered_at]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any], case: OpenCase | None = None, case_closed: bool = False) -> Conversation:
        """What to_json wrote; keys of other versions are passed over, missing ones get their defaults."""
        known = {
            key: value
            for key, value in data.items()
            if key in cls.__dataclass_fields__ and key not in ("case", "case_closed")
        }
        for key in ("introduced_at", "told_waiting_at", "heard_at"):
            if known.get(key):
                known[key] = datetime.fromisoformat(known[key])
        known["answered_at"] = tuple(datetime.fromisoformat(at) for at in known.get("answered_at", ()))
        known["position"] = position_from_json(known.get("position"))
        known["finished"] = position_from_json(known.get("finished"))
        known["question"] = _question(known.get("question"))
        known["paused"] = tuple(p for p in map(position_from_json, known.get("paused", ())) if p)
        known["helping"] = tuple(map(_helping, known.get("helping") or ()))
        known["needs"] = tuple(known.get("needs", ()))
        known["told_by"] = dict(known.get("told_by") or {})
        known["put_by"] = PutBy.from_json(known.get("put_by"))
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


def _helping(data: dict[str, Any]) -> Helping:
    return Helping(**{key: value for key, value in data.items() if key in Helping.__dataclass_fields__})


def position_from_json(data: dict[str, Any] | None) -> Position | None:
    """A position as `asdict` writes it; None stays None."""
    if not data:
        return None
    trail = tuple((str(step), str(option), bool(shown)) for step, option, shown in data.get("trail", ()))
    return Position(data["flow"], data["step"], trail, int(data.get("stuck", 0)))
