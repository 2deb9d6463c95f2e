"""Plays conversation tests against the whole machine but for the channels: the real interpreter, engine and store.

Every message is stored, thought about and answered as a resident's would be; the state is saved and read again between turns.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from bot.conversation_files import Check, ConversationTest, Said
from bot.domain.address import Address
from bot.domain.case import Status
from bot.domain.conversation import Conversation
from bot.domain.course_plan import CoursePlan
from bot.domain.finding import Finding
from bot.domain.loan_plan import LoanPlan
from bot.domain.sms_text import segments, unusual
from bot.engine import limits
from bot.engine.world import World
from bot.services.plan_courses import plan_courses
from bot.services.plan_loans import plan_loans
from bot.services.receive_message import Intake, Received, receive_message
from bot.services.take_turn import Thinking, take_turn
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.tables import CaseRow, ConversationRow, MessageRow
from nlu.danger import DangerRules
from nlu.understanding import Interpreter

BEGINS = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday at ten in Sweden, so that somebody is on duty, whenever the tests are run."""
_ADDRESSES = {"sms": Address("+46701740605"), "telegram": Address("tg:4711")}


@dataclass(frozen=True, slots=True)
class Machine:
    """What is tried: the content as the engine sees it, and the interpreter."""

    world: World
    interpreter: Interpreter
    danger: DangerRules
    courses: tuple[CoursePlan, ...] = ()
    loans: tuple[LoanPlan, ...] = ()


@dataclass(slots=True)
class _Played:
    """One person's telephone, and the machine at the other end."""

    database: Database
    intake: Intake
    thinking: Thinking
    receiver: str
    now: datetime = BEGINS
    sent: int = 0
    answers_before: int = 0
    introduced: bool = False
    people: dict[str, Address] = field(default_factory=lambda: dict(_ADDRESSES))

    def says(self, said: Said) -> list[str]:
        self.now += said.passed + timedelta(seconds=20)
        self.sent += 1
        receive_message(
            self.intake,
            Received(
                key=str(self.sent),
                sender=self.people[said.channel],
                receiver=self.receiver,
                text=said.text,
                pressed=True,
            ),
            self.now,
        )
        while take_turn(self.thinking):
            pass
        with self.database.reading() as session:
            wanted = select(MessageRow.text).where(MessageRow.direction == "out").order_by(MessageRow.id)
            answers = list(session.scalars(wanted))
        new, self.answers_before = answers[self.answers_before :], len(answers)
        return new

    def step(self) -> str:
        with self.database.reading() as session:
            state = session.scalars(select(ConversationRow.state).order_by(ConversationRow.id.desc())).first()
        position = Conversation.from_json(state or {}).position
        return position.step if position else "none"

    def case(self) -> list[str]:
        with self.database.reading() as session:
            row = session.scalars(select(CaseRow).where(CaseRow.status != Status.RESOLVED)).first()
            return list(row.reasons) if row else ["none"]


def play_all(machine: Machine, tests: Sequence[ConversationTest]) -> Iterator[tuple[ConversationTest, list[Finding]]]:
    """Every test with what went otherwise than it says, as soon as it has been played."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made.db"
        migrate(f"sqlite:///{made}")
        for number, test in enumerate(tests):
            path = Path(folder) / f"{number}.db"
            shutil.copy(made, path)
            yield test, play(machine, test, f"sqlite:///{path}")
            path.unlink()


def play(machine: Machine, test: ConversationTest, database_url: str) -> list[Finding]:
    """What went otherwise than `test` says. The database is migrated and empty."""
    database = Database(database_url)
    try:
        organisation = machine.world.organisation
        wakeup = _NobodyWaits()
        played: _Played = _Played(
            database,
            Intake(database, organisation, machine.danger, wakeup, timedelta(0)),
            Thinking(database, machine.interpreter, lambda: machine.world, lambda: played.now, wakeup, "play"),
            organisation.default_number,
        )
        plan_courses(database, machine.courses, lambda: played.now)
        plan_loans(database, machine.loans, lambda: played.now)
        return [finding for said in test.said for finding in _one(played, test.file, said)]
    finally:
        database.close()


class _NobodyWaits:
    """The player takes each turn itself."""

    def turns(self) -> None: ...

    def outbox(self) -> None: ...


def _one(played: _Played, file: str, said: Said) -> Iterator[Finding]:
    answers = played.says(said)
    yield from _costs(played, file, said, answers)
    answer = " ".join(answers)
    for check in said.checks:
        if not _holds(played, check, answer):
            wanted = " | ".join(check.wanted)
            told = f'the answer to "{said.text}" was: {answer or "(nothing)"}'
            message = f"{_WORDS[check.kind].format(wanted=wanted)}; {_now(played, check)}{told}"
            yield Finding(file, check.line, "conversation", message)


def _costs(played: _Played, file: str, said: Said, answers: Iterable[str]) -> Iterator[Finding]:
    """What every answer must keep: the number of SMS, and their alphabet."""
    for answer in answers:
        most = limits.LATER_SEGMENTS if played.introduced else limits.FIRST_SEGMENTS
        played.introduced = True
        if segments(answer) > most:
            yield Finding(
                file,
                said.line,
                "conversation-cost",
                f'the answer to "{said.text}" costs {segments(answer)} SMS, {most} at most: {answer}',
            )
        if odd := unusual(answer):
            yield Finding(
                file, said.line, "conversation-alphabet", f'the answer to "{said.text}" holds {odd}: {answer}'
            )


def _holds(played: _Played, check: Check, answer: str) -> bool:
    if check.kind == "silent":
        return not answer
    if check.kind == "step":
        return played.step() in check.wanted
    if check.kind == "case":
        return any(reason in check.wanted for reason in played.case())
    inside = any(part.casefold() in _plain(answer) for part in check.wanted)
    return inside == (check.kind == "holds")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _now(played: _Played, check: Check) -> str:
    if check.kind == "step":
        return f"the open step is {played.step()!r}; "
    return f"the case is {', '.join(played.case())}; " if check.kind == "case" else ""


_WORDS = {
    "silent": "there must be no answer",
    "step": "the open step must be {wanted}",
    "case": "the case must be {wanted}",
    "holds": 'the answer must hold "{wanted}"',
    "lacks": 'the answer must not hold "{wanted}"',
}
