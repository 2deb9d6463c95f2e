"""What a handledare does with links between relatives and elders: makes, asks, begins, declines, changes and ends them, always with a reason.

Rules:
1. Whoever makes a link by hand has the elder's own yes, or has the elder asked by SMS; there is no third way.
2. Both are told of whatever changes, on their own channel, when it is not night. What is written on a case stays there.
3. Both conversations are held before the link, in the order of their ids, and a turn of theirs that is under way is taken again: what it knew is old.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import select

from bot.domain.link import EndedBy, LinkStatus, Scope
from bot.engine.world import World
from bot.services import link_work
from bot.services.link_work import (
    LONGEST_NAME,
    LONGEST_STORED_NAME,
    MAY,
    Held,
    LinkChanged,
    LinkFault,
    line_of,
    reason_of,
    said_yes,
)
from bot.services.make_link import NewLink, make_link
from bot.services.ports import Clock, Wakeup
from bot.services.read_links import LinkNotFound
from bot.services.viewer import sees_case, viewer
from bot.services.write_first import may_be_written_to
from bot.store import conversations, links
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import LinkRow, UserRow


class LinkDesk:
    """Every method is one transaction. Raises LinkNotFound, LinkChanged, DatabaseAway."""

    def __init__(self, database: Database, world: Callable[[], World], clock: Clock, wakeup: Wakeup) -> None:
        self._database = database
        self._world = world
        self._clock = clock
        self._wakeup = wakeup

    def make(self, user: UserRow, case_id: int, new: NewLink) -> int:
        """Makes a link from a case; its id. Raises CaseNotFound, LinkFault."""
        made = make_link(self._database, self._world(), self._clock, user, case_id, new)
        self._wakeup.outbox()
        return made

    def ask(self, user: UserRow, link_id: int, name: str) -> None:
        """Has the elder asked by SMS, now, when nobody has been asked yet; `name` is how the relative is called in it. Raises LinkFault."""
        name = line_of("name", name, LONGEST_STORED_NAME)
        with self._held(user, link_id) as held:
            row = held.row
            if row.status == LinkStatus.ASKED and not row.silent:
                return
            self._must_be(row, LinkStatus.HELD, LinkStatus.ASKED)
            if len(name) > LONGEST_NAME and name != row.relative_name:
                raise LinkFault("name", "long")
            if not may_be_written_to(held.session, row.elder_id, "sms"):
                raise LinkFault("name", "stopped")
            row.relative_name = name
            link_work.ask(held)
            link_work.note(held, "link_ask", f"{user.name} lät fråga med sms om {row.relative_name} får följa ärendet.")
        self._wakeup.outbox()

    def begin(self, user: UserRow, link_id: int, scope: Scope, reason: str) -> None:
        """The elder has said yes to the handledare: what was held or asked begins. Raises LinkFault."""
        reason = reason_of(reason)
        with self._held(user, link_id) as held:
            row = held.row
            if row.status == LinkStatus.ACTIVE:
                return
            self._must_be(row, LinkStatus.HELD, LinkStatus.ASKED)
            row.reason = reason
            link_work.begin(held, scope)
            link_work.note(held, "link_begin", said_yes(held, scope))
        self._wakeup.outbox()

    def decline(self, user: UserRow, link_id: int, reason: str) -> None:
        """No: what was held or asked does not begin. Raises LinkFault."""
        reason = reason_of(reason)
        with self._held(user, link_id) as held:
            row = held.row
            if row.status == LinkStatus.DECLINED:
                return
            self._must_be(row, LinkStatus.HELD, LinkStatus.ASKED)
            elder_knows = (
                row.ends_at is not None and not row.silent
            )  # a wish that was held at once has no end yet: nobody was asked
            links.end(row, LinkStatus.DECLINED, EndedBy.HANDLEDARE, held.now, user.id)
            row.reason = reason
            if elder_knows:
                link_work.tell_elder(held, "link_by_staff_declined_elder")
            link_work.tell_relative(held, "link_by_staff_declined_relative")
            link_work.note(
                held, "link_decline", f"{user.name} sade nej till att {row.relative_name} följer ärendet. {reason}"
            )
        self._wakeup.outbox()

    def end(self, user: UserRow, link_id: int, reason: str) -> None:
        """Ends what goes on. Raises LinkFault."""
        reason = reason_of(reason)
        with self._held(user, link_id) as held:
            row = held.row
            if row.status == LinkStatus.ENDED:
                return
            self._must_be(row, LinkStatus.ACTIVE)
            links.end(row, LinkStatus.ENDED, EndedBy.HANDLEDARE, held.now, user.id)
            row.reason = reason
            link_work.tell_elder(held, "link_by_staff_ended_elder")
            link_work.tell_relative(held, "link_by_staff_ended_relative")
            link_work.note(held, "link_end", f"{user.name} avslutade kopplingen till {row.relative_name}. {reason}")
        self._wakeup.outbox()

    def change_scope(self, user: UserRow, link_id: int, scope: Scope, reason: str) -> None:
        """What the relative may do, as the elder has told the handledare. Raises LinkFault."""
        reason = reason_of(reason)
        with self._held(user, link_id) as held:
            row = held.row
            self._must_be(row, LinkStatus.ACTIVE)
            if row.scope == scope:
                return
            row.scope, row.reason = scope, reason
            link_work.tell_elder(held, "link_by_staff_scope_elder")
            link_work.tell_relative(held, "link_by_staff_scope_relative")
            link_work.note(
                held, "link_scope", f"{user.name} ändrade vad {row.relative_name} får göra: {MAY[scope]}. {reason}"
            )
        self._wakeup.outbox()

    @contextmanager
    def _held(self, user: UserRow, link_id: int) -> Iterator[Held]:
        who, real = viewer(user, self._world().organisation), self._clock()
        with self._database.writing() as session:
            both = session.execute(
                select(LinkRow.elder_id, LinkRow.relative_id).where(LinkRow.id == link_id)
            ).one_or_none()
            for conversation_id in sorted(both or ()):
                conversations.lock(session, conversation_id)
            row = links.lock(session, link_id)
            if row is None or not sees_case(who, row):
                raise LinkNotFound(f"user {user.id} finds no link {link_id}")
            yield Held(session, self._world(), user, who, row, business_time(session, real), real)

    def _must_be(self, row: LinkRow, *statuses: LinkStatus) -> None:
        if row.status not in statuses:
            raise LinkChanged(f"link {row.id} is {row.status}")
