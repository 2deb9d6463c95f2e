"""A process of its own that does what a test asks for: one JSON object a line on standard input, one a line back.

Every request names `do` and the database's `url`; `at` is the time of day as the test has it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import select

from bot.course_files import read_courses
from bot.domain.case import CaseRefusal, Reason, Urgency
from bot.domain.conversation import Conversation
from bot.domain.events import LoanWanted
from bot.services.book_course import NotAsItWas, Who, accept, book, cancel
from bot.services.deliver_outbox import deliver_one
from bot.services.lend_things import lend
from bot.services.plan_courses import plan_courses
from bot.services.plan_loans import plan_loans
from bot.services.take_turn import take_turn
from bot.services.tend_bookings import tend_bookings
from bot.services.tend_cases import tend_cases
from bot.services.tending import Tending
from bot.services.work_cases import CaseDesk, CaseTaken
from bot.store import cases, conversations, leases, outbox
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.tables import UserRow
from tests.bot import lending
from tests.groups import COURSE_WORLD
from tests.stand_ins import CountedWakeup, Post, SettableClock, understood

Asked = dict[str, Any]
_databases: dict[str, Database] = {}


def _post(asked: Asked) -> Post:
    post = Post(_databases[asked["url"]], SettableClock(datetime.fromisoformat(asked["at"])), owner=str(os.getpid()))
    post.rate, post.world = asked.get("rate", 0), COURSE_WORLD
    for text, intent in asked.get("means", {}).items():
        post.interpreter.told[text] = understood(text, intent)
    return post


def open_(asked: Asked) -> str:
    """Connects, so that what is timed afterwards is the race alone."""
    database = _databases[asked["url"]] = Database(asked["url"])
    database.ready()
    return "open"


def close(asked: Asked) -> str:
    _databases.pop(asked["url"]).close()
    return "closed"


def migrate_(asked: Asked) -> str:
    migrate(asked["url"])
    return "migrated"


def write_first(asked: Asked) -> str:
    """Opens a file that may not be there yet, and writes into it."""
    database = Database(asked["url"])
    with database.writing() as session:
        session.connection().exec_driver_sql("CREATE TABLE IF NOT EXISTS first (number INTEGER)")
    database.close()
    return "written"


def receive(asked: Asked) -> list[bool]:
    """Takes in messages, each [provider id, sender, text]."""
    post = _post(asked)
    return [post.comes(text, sender=sender, key=key) for key, sender, text in asked["messages"]]


def claim_conversations(asked: Asked) -> list[int]:
    """Claims until none is due."""
    post = _post(asked)
    claimed: list[int] = []
    while True:
        with post.database.writing() as session:
            one = conversations.claim_due(session, post.owner, post.clock(), timedelta(seconds=30))
        if one is None:
            return claimed
        claimed.append(one.id)


def save_conversations(asked: Asked) -> list[int]:
    """Saves a new state on version 0 of each; which it could."""
    post, saved = _post(asked), []
    for number in asked["conversations"]:
        with post.database.writing() as session:
            claimed = conversations.Claimed(number, 0, 1)
            if conversations.save(session, claimed, Conversation(near=post.owner).to_json(), None, None, None):
                saved.append(number)
    return saved


def think(asked: Asked) -> int:
    """Takes turns until none is due for a while; how many."""
    post, turns, idle = _post(asked), 0, 0
    while idle < asked.get("idle", 1):
        if take_turn(post.thinking):
            turns, idle = turns + 1, 0
        else:
            idle += 1
            post.clock.pass_(seconds=2)
    return turns


def claim_messages(asked: Asked) -> list[tuple[int, float, float]]:
    """Claims from the outbox and says that it was sent, until nothing may go; which, and when (seconds, the same for all processes)."""
    post = _post(asked)
    claimed: list[tuple[int, float, float]] = []
    while True:
        with post.database.writing() as session:
            one = outbox.claim(session, "sms", post.owner, post.clock(), timedelta(seconds=45), post.rate)
        began = time.monotonic()
        if one is None:
            return claimed
        with post.database.writing() as session:
            outbox.sent(session, one.id, f"SM{one.id}", post.clock())
            claimed.append((one.id, began, time.monotonic()))


def claim_one_message(asked: Asked) -> int | None:
    post = _post(asked)
    with post.database.writing() as session:
        one = outbox.claim(session, "sms", post.owner, post.clock(), timedelta(seconds=45), post.rate)
    return one.id if one else None


def deliver(asked: Asked) -> list[int]:
    """Sends until nothing may go; what the carrier was handed."""
    post = _post(asked)
    while deliver_one(post.delivering):
        pass
    return [outgoing.id for outgoing in post.carrier.taken]


def claim_cases(asked: Asked) -> list[int]:
    """Tries to claim each case; which it got."""
    post, got = _post(asked), []
    desk = CaseDesk(post.database, post.world, post.clock, CountedWakeup())
    with post.database.reading() as session:
        user = session.get_one(UserRow, asked["user"])
    for case_id in asked["cases"]:
        try:
            desk.claim(case_id, user)
            got.append(case_id)
        except CaseTaken:
            continue
    return got


def work_case(asked: Asked) -> int:
    """Claims, notes, replies and releases the same case again and again; how many replies."""
    post = _post(asked)
    desk = CaseDesk(post.database, post.world, post.clock, CountedWakeup())
    with post.database.reading() as session:
        user = session.scalars(select(UserRow)).first()
    assert user
    replies = 0
    for i in range(asked["times"]):
        desk.claim(asked["case"], user, take_over=True)
        desk.note(asked["case"], user, f"note {i}")
        desk.reply(asked["case"], user, f"reply {i}")
        replies += 1
        with suppress(CaseRefusal):  # another process has released it just now
            desk.release(asked["case"], user)
    return replies


def open_case(asked: Asked) -> bool:
    """Opens a case of a conversation, or adds to it; whether it was new."""
    post = _post(asked)
    with post.database.writing() as session:
        conversations.lock(session, asked["conversation"])
        new = cases.NewCase(
            asked["conversation"],
            None,
            "sms",
            "sv",
            None,
            None,
            "default",
            Reason.ASKED,
            Urgency.NORMAL,
            None,
            "Behov: swish.",
        )
        return cases.open_or_add(session, new, post.clock())[1]


def stock(asked: Asked) -> int:
    """Puts what is lent into the database; how many units it added."""
    return plan_loans(_databases[asked["url"]], [lending.plan(asked["units"])], _post(asked).clock)


def borrow(asked: Asked) -> bool:
    """Wants the one that is in; whether it was put aside."""
    post = _post(asked)
    try:
        with post.database.writing() as session:
            conversations.lock(session, asked["conversation"])
            lend(session, (), LoanWanted(1, lending.LIBRARY), Who(asked["conversation"], "sms"), post.clock())
    except NotAsItWas:
        return False
    return True


def take_slots(asked: Asked) -> list[int]:
    """Which of so many slots of a periodic job it got."""
    post, got = _post(asked), []
    for i in range(asked["slots"]):
        with post.database.writing() as session:
            if leases.take_slot(session, "remind", post.clock() + timedelta(hours=i)):
                got.append(i)
    return got


def take_lease(asked: Asked) -> bool:
    post = _post(asked)
    with post.database.writing() as session:
        return leases.take(session, "polling", post.owner, post.clock(), timedelta(seconds=30)) is not None


def book_chairs(asked: Asked) -> list[int]:
    """Tries to book a chair of the course for each conversation; for which it could."""
    post, got = _post(asked), []
    for conversation in asked["conversations"]:
        with suppress(NotAsItWas), post.database.writing() as session:
            conversations.lock(session, conversation)
            book(session, asked["course"], Who(conversation, "sms"), post.clock())
            got.append(conversation)
    return got


def accept_seats(asked: Asked) -> list[int]:
    """Takes the seats that are held, each [booking, conversation]; which it got."""
    post, got = _post(asked), []
    for booking, conversation in asked["offers"]:
        with suppress(NotAsItWas), post.database.writing() as session:
            conversations.lock(session, conversation)
            accept(session, booking, conversation, post.clock())
            got.append(booking)
    return got


def cancel_chairs(asked: Asked) -> list[int]:
    """Gives chairs back, each [booking, conversation]; which it could."""
    post, got = _post(asked), []
    for booking, conversation in asked["chairs"]:
        with suppress(NotAsItWas), post.database.writing() as session:
            conversations.lock(session, conversation)
            cancel(session, booking, conversation, post.clock())
            got.append(booking)
    return got


def tend(asked: Asked) -> int:
    """Does what is due to those who have booked; how many it wrote to."""
    post = _post(asked)
    return tend_bookings(Tending(post.database, lambda: post.world, post.clock, CountedWakeup()))


def tend_cases_(asked: Asked) -> int:
    """Does what is due about cases; of how many it wrote to somebody."""
    post = _post(asked)
    return tend_cases(Tending(post.database, lambda: post.world, post.clock, CountedWakeup()))


def plan(asked: Asked) -> int:
    """Makes the groups of the shipped courses; how many."""
    post = _post(asked)
    plans, _ = read_courses(Path(asked["folder"]))
    return plan_courses(post.database, plans, post.clock)


DOES: dict[str, Callable[[Asked], Any]] = {
    "open": open_,
    "close": close,
    "migrate": migrate_,
    "write_first": write_first,
    "receive": receive,
    "claim_conversations": claim_conversations,
    "save_conversations": save_conversations,
    "think": think,
    "claim_messages": claim_messages,
    "claim_one_message": claim_one_message,
    "deliver": deliver,
    "claim_cases": claim_cases,
    "work_case": work_case,
    "open_case": open_case,
    "stock": stock,
    "borrow": borrow,
    "book_chairs": book_chairs,
    "accept_seats": accept_seats,
    "cancel_chairs": cancel_chairs,
    "tend": tend,
    "tend_cases": tend_cases_,
    "plan": plan,
    "take_slots": take_slots,
    "take_lease": take_lease,
}


def main() -> None:
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    print(json.dumps({"done": "ready"}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        while time.time() < asked.get("start", 0):  # so that all begin at the same moment
            pass
        try:
            answer = {"done": DOES[asked["do"]](asked)}
        except Exception as error:
            answer = {"failed": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
