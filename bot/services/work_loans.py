"""What a handledare does at the loan desk: hand out, receive, wipe, set aside, put back, more time, and taking somebody out of the queue.

A loan is worked on by the unit that lends alone (OSL 40:3): for everyone else it is not found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from bot.domain.address import Address
from bot.domain.duty import Organisation
from bot.domain.loan import LoanRefusal, LoanStatus, UnitState, last_moment, loan_after, longer, staffed_at, unit_after
from bot.engine.world import World
from bot.services.lend_things import give_up
from bot.services.ports import Clock
from bot.store import conversations, loans, users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import LoanRow, LoanTypeRow, LoanUnitRow, UserRow


class LoanNotFound(Exception):
    """There is no such loan or unit, or it belongs to another unit of the municipality."""


class UnitTaken(Exception):
    """The unit is put aside for, or with, somebody else."""


class NoSuchPlace(Exception):
    """The place is none of the municipality's."""


class NotWiped(Exception):
    """Not everything on the checklist is ticked."""


class WaitsAhead(Exception):
    """Somebody else's turn comes first."""


class LoanDesk:
    """Every method is one transaction. Raises LoanNotFound, LoanRefusal, DatabaseAway."""

    def __init__(self, database: Database, world: Callable[[], World], clock: Clock) -> None:
        self._database = database
        self._world = world
        self._clock = clock

    def hand_out(
        self, unit_id: int, user: UserRow, place: str, address: Address | None = None, loan_id: int | None = None
    ) -> LoanRow:
        """Gives the unit to whoever it is put aside for (`loan_id`), or to whoever is reached at `address`.

        Somebody who waits for one of the type, or has another one put aside, gets this one instead. Raises UnitTaken, NoSuchPlace, and
        WaitsAhead when all that are in are for those who wait in the queue.
        """
        with self._database.writing() as session:
            now = business_time(session, self._clock())
            type_id = self._type_of_unit(session, unit_id)
            conversation_id, channel = self._who(session, user, type_id, address, loan_id, now)
            type_row, unit = self._hold(session, user, unit_id)
            self._known_place(type_row, place)
            row = loans.own(session, type_id, conversation_id)
            if row is not None:
                session.refresh(row)
            if loan_id is not None and (row is None or row.id != loan_id):
                raise LoanNotFound(f"loan {loan_id} is over")
            holder = loans.held_by(session, unit_id)
            if holder is not None and (row is None or holder.id != row.id):
                raise UnitTaken
            if (row is None or row.status == LoanStatus.QUEUED) and len(loans.free_units(session, [type_id])) <= _ahead(
                session, type_id, row
            ):
                raise WaitsAhead
            if row is None:
                row = LoanRow(
                    type_id=type_id,
                    conversation_id=conversation_id,
                    channel=channel,
                    status=LoanStatus.QUEUED,
                    queued_at=now,
                )
                session.add(row)
            unit.state = unit_after(UnitState(unit.state), "hand_out")
            row.status = loan_after(LoanStatus(row.status), "hand_out")
            row.unit_id, row.handed_out_at, row.handed_out_by, row.handed_out_place = unit.id, now, user.id, place
            row.due_at = last_moment(now, type_row.days, staffed_at(self._world().places, place))
            unit.place, unit.changed_at = place, now
            session.flush()
            users.audit(session, now, user.id, "loan_hand_out", detail=f"loan {row.id}, unit {unit.id}")
            conversations.bump(session, conversation_id)
            return row

    def receive(self, unit_id: int, user: UserRow, place: str) -> None:
        """The unit is back, at whichever place it was left; it is wiped before it is lent again. Raises NoSuchPlace."""
        with self._database.writing() as session:
            now = business_time(session, self._clock())
            holder = loans.held_by(session, unit_id)
            if holder is not None:
                conversations.lock(session, holder.conversation_id)
            type_row, unit = self._hold(session, user, unit_id)
            self._known_place(type_row, place)
            unit.state = unit_after(UnitState(unit.state), "receive")
            unit.place, unit.changed_at = place, now
            row = loans.held_by(session, unit_id)
            if row is not None:
                session.refresh(row)
                row.status = loan_after(LoanStatus(row.status), "receive")
                row.returned_at, row.received_by, row.returned_place = now, user.id, place
                conversations.bump(session, row.conversation_id)
            users.audit(session, now, user.id, "loan_receive", detail=f"unit {unit.id}")

    def wipe(self, unit_id: int, user: UserRow, ticked: Collection[int]) -> None:
        """Everything on the type's checklist is done, and it may be lent again. `ticked` are the numbers, from 0. Raises NotWiped."""
        with self._database.writing() as session:
            type_row, unit = self._hold(session, user, unit_id)
            if not set(range(len(type_row.wiping))) <= set(ticked):
                raise NotWiped
            self._move(session, unit, user, "wipe")

    def set_aside(self, unit_id: int, user: UserRow) -> None:
        """It is to be mended, or lost: nobody gets it. Raises UnitTaken."""
        with self._database.writing() as session:
            _, unit = self._hold(session, user, unit_id)
            if loans.held_by(session, unit_id) is not None:
                raise UnitTaken
            self._move(session, unit, user, "set_aside")

    def put_back(self, unit_id: int, user: UserRow) -> None:
        """It is here again; it is wiped first."""
        with self._database.writing() as session:
            _, unit = self._hold(session, user, unit_id)
            self._move(session, unit, user, "put_back")

    def extend(self, loan_id: int, user: UserRow) -> None:
        """One more period. Raises WaitsAhead."""
        with self._database.writing() as session:
            row, type_row, now = self._loan(session, user, loan_id)
            row.status = loan_after(LoanStatus(row.status), "extend")
            if loans.queue(session, type_row.id) or row.due_at is None:
                raise WaitsAhead
            row.due_at = longer(now, row.due_at, type_row.days, staffed_at(self._world().places, row.handed_out_place))
            users.audit(session, now, user.id, "loan_extend", detail=f"loan {row.id}")

    def cancel(self, loan_id: int, user: UserRow) -> None:
        """Takes somebody out of the queue, or back what was put aside."""
        with self._database.writing() as session:
            row, _, now = self._loan(session, user, loan_id)
            give_up(row, now)
            users.audit(session, now, user.id, "loan_cancel", detail=f"loan {row.id}")

    def _move(self, session: Session, unit: LoanUnitRow, user: UserRow, event: str) -> None:
        now = business_time(session, self._clock())
        unit.state = unit_after(UnitState(unit.state), event)
        unit.changed_at = now
        users.audit(session, now, user.id, f"loan_{event}", detail=f"unit {unit.id}")

    def _who(
        self, session: Session, user: UserRow, type_id: int, address: Address | None, loan_id: int | None, now: datetime
    ) -> tuple[int, str]:
        """The conversation, held, and its channel; a number that never wrote begins one. Nothing is begun for who may not lend."""
        type_row = session.get_one(LoanTypeRow, type_id)
        self._check(type_row, user)
        if loan_id is not None:
            row = session.get(LoanRow, loan_id)
            if row is None or row.type_id != type_id:
                raise LoanNotFound(f"there is no loan {loan_id} of type {type_id}")
            conversations.lock(session, row.conversation_id)
            return row.conversation_id, row.channel
        if address is None:
            raise ValueError("hand_out needs an address or a loan")
        found = conversations.of_address(session, address)
        reached, conversation = found or conversations.begin(
            session, address, type_row.municipality, type_row.unit, now
        )
        conversations.lock(session, conversation.id)
        return conversation.id, reached.channel

    def _hold(self, session: Session, user: UserRow, unit_id: int) -> tuple[LoanTypeRow, LoanUnitRow]:
        type_row = loans.lock(session, self._type_of_unit(session, unit_id))
        self._check(type_row, user)
        return type_row, session.get_one(LoanUnitRow, unit_id, populate_existing=True)

    def _loan(self, session: Session, user: UserRow, loan_id: int) -> tuple[LoanRow, LoanTypeRow, datetime]:
        found = session.execute(select(LoanRow.type_id, LoanRow.conversation_id).where(LoanRow.id == loan_id)).first()
        if found is None:
            raise LoanNotFound(f"there is no loan {loan_id}")
        self._check(session.get_one(LoanTypeRow, found.type_id), user)
        conversations.lock(session, found.conversation_id)
        type_row = loans.lock(session, found.type_id)
        conversations.bump(session, found.conversation_id)
        return (
            session.get_one(LoanRow, loan_id, populate_existing=True),
            type_row,
            business_time(session, self._clock()),
        )

    def _check(self, type_row: LoanTypeRow, user: UserRow) -> None:
        if not lends(user, type_row, self._world().organisation):
            raise LoanNotFound(f"user {user.id} does not lend type {type_row.id}")

    def _type_of_unit(self, session: Session, unit_id: int) -> int:
        try:
            return session.scalars(select(LoanUnitRow.type_id).where(LoanUnitRow.id == unit_id)).one()
        except NoResultFound:
            raise LoanNotFound(f"there is no unit {unit_id}") from None

    def _known_place(self, type_row: LoanTypeRow, place: str) -> None:
        ours = self._world().organisation.municipality(type_row.municipality)
        if not any(
            each.id == place and ours is not None and each.municipality == ours.name for each in self._world().places
        ):
            raise NoSuchPlace


def lends(user: UserRow, type_row: LoanTypeRow, organisation: Organisation) -> bool:
    """Whether the account belongs to the unit that lends."""
    home = organisation.municipality(user.municipality) if user.municipality else None
    return bool(user.unit) and user.unit == type_row.unit and home is not None and home.id == type_row.municipality


def _ahead(session: Session, type_id: int, row: LoanRow | None) -> int:
    """How many wait before this one, or before a newcomer."""
    queue = [waits.id for waits in loans.queue(session, type_id)]
    return queue.index(row.id) if row is not None else len(queue)


__all__ = ["LoanDesk", "LoanNotFound", "LoanRefusal", "NoSuchPlace", "NotWiped", "UnitTaken", "WaitsAhead", "lends"]
