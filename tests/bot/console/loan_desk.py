"""A loan desk with something in every state, for pages."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.address import Address
from bot.domain.loan_plan import LoanPlan, PlannedUnit
from bot.services.plan_loans import plan_loans
from bot.services.work_loans import LoanDesk
from bot.store import conversations
from bot.store.tables import LoanRow, UserRow
from tests.bot.console.stand import CONSOLE_WORLD, Stand
from tests.stand_ins import ASTRID, KURT, SVEA

HERE, THERE = (place.id for place in [place for place in CONSOLE_WORLD.places if place.municipality == "Kalmar"][:2])
WIPING = ("Logga ut alla konton", "Ladda plattan")


def at_unit(stand: Stand, user: UserRow, unit: str | None = "library") -> UserRow:
    """The account belongs to that unit from now on."""
    with stand.database.writing() as session:
        session.get_one(UserRow, user.id).unit = unit
    user.unit = unit
    return user


def lend(stand: Stand, units: int = 6) -> None:
    """Tablets that the library in Kalmar lends, all in."""
    made = tuple(PlannedUnit(f"Platta {i + 1}", HERE) for i in range(units))
    things = {"sv": ("platta", "laddare"), "en": ("tablet", "charger")}
    plan = LoanPlan("platta", "kalmar", "library", {"sv": "Surfplatta", "en": "Tablet"}, 28, made, WIPING, things)
    plan_loans(stand.database, [plan], stand.clock)


def full_desk(stand: Stand, user: UserRow) -> None:
    """Unit 1 is late, 2 out, 3 to wipe, 4 away, 5 put aside for Kurt, 6 in; somebody on Telegram waits."""
    lend(stand)
    desk = LoanDesk(stand.database, lambda: CONSOLE_WORLD, stand.clock)
    at = stand.clock()
    stand.clock.at = at - timedelta(days=40)
    desk.hand_out(1, user, HERE, Address(SVEA))
    stand.clock.at = at
    desk.hand_out(2, user, HERE, Address(ASTRID))
    desk.hand_out(3, user, HERE, Address("+46701740621"))
    desk.receive(3, user, THERE)
    desk.set_aside(4, user)
    with stand.database.writing() as session:
        for address, status, unit in ((KURT, "offered", 5), ("tg:4712", "queued", None)):
            reached, conversation = conversations.begin(session, Address(address), "kalmar", "library", at)
            session.add(
                LoanRow(
                    type_id=1, conversation_id=conversation.id, channel=reached.channel, status=status, unit_id=unit, queued_at=at,
                    fetch_by=at + timedelta(days=7) if unit else None,
                )
            )  # fmt: skip
