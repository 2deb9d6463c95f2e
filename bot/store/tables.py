"""Every table. Each knows its retention class, which a municipality's decision on gallring refers to.

Times are stored in UTC. Business times (`at`, `opened_at`, ...) follow the clock that `lotsen clock` moves in development; leases, due times and
everything else that machines wait for (`due_at`, `lease_until`, `next_attempt_at`, ...) are real time.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """A time with its zone; stored as UTC without zone, so that both databases compare alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    """Common ground: names of constraints are fixed, so that migrations can refer to them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON, list[dict[str, str]]: JSON}


_Id = BigInteger().with_variant(Integer, "sqlite")


def _kept(retention_class: str) -> dict[str, Any]:
    return {"info": {"retention_class": retention_class}}


class Person(Base):
    """Somebody who is helped. What is known of them is in their addresses and their conversation."""

    __tablename__ = "persons"
    __table_args__ = (_kept("person"),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    municipality: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]


class AddressRow(Base):
    """One way to reach a person."""

    __tablename__ = "addresses"
    __table_args__ = (_kept("person"),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    text: Mapped[str] = mapped_column(String(40), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str | None] = mapped_column(String(40))
    """The number of ours that this person last wrote to; answers go out from it."""
    opted_out_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    """Since when messages are known not to arrive (the bot was blocked, the number is dead)."""


class ConversationRow(Base):
    """A person's one conversation. `version` guards every change of `state`."""

    __tablename__ = "conversations"
    __table_args__ = (Index(None, "due_at"), _kept("conversation"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), unique=True)
    municipality: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    """Turns begun since the last one that was committed."""


class MessageRow(Base):
    """Everything said, in both directions. Append-only; only masking may change a text afterwards."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "conversation_id", "id"), _kept("message"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    at: Mapped[datetime]
    direction: Mapped[str] = mapped_column(String(3))  # in, out
    author: Mapped[str] = mapped_column(String(16))  # resident, relative, bot, handledare
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    channel: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16), default="text")
    text: Mapped[str] = mapped_column(Text)
    incoming_key: Mapped[str | None] = mapped_column(String(160), unique=True)
    """Channel, account and the provider's id: the same message twice is one."""


class InboxRow(Base):
    """An incoming message that a turn has still to deal with, or has dealt with."""

    __tablename__ = "inbox"
    __table_args__ = (Index(None, "conversation_id", "handled_at", "message_id"), _kept("short"))

    message_id: Mapped[int] = mapped_column(_Id, ForeignKey("messages.id"), primary_key=True, autoincrement=False)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    received_at: Mapped[datetime]
    gathers: Mapped[bool]
    """Whether more texts are waited for; keywords, numbers, buttons and danger are taken one by one."""
    kind: Mapped[str] = mapped_column(String(16))
    removed: Mapped[list[str]]
    carrier_opt: Mapped[str | None] = mapped_column(String(8))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    handled_at: Mapped[datetime | None]


class OutboxRow(Base):
    """A message on its way out, and how far it has come."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "status", "next_attempt_at"),
        Index(None, "conversation_id", "id"),
        Index(None, "provider_id"),
        _kept("message"),
    )

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    address: Mapped[str] = mapped_column(String(40), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list[dict[str, str]]]
    segments: Mapped[int] = mapped_column(default=1)
    priority: Mapped[int]
    status: Mapped[str] = mapped_column(String(16), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)
    """How often it was not known whether the provider had taken it."""
    queued_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    provider_id: Mapped[str | None] = mapped_column(String(64))
    error: Mapped[str | None] = mapped_column(String(200))


class SenderRow(Base):
    """The rate bucket of one sending number: when it may send again."""

    __tablename__ = "senders"
    __table_args__ = (_kept("none"),)

    sender: Mapped[str] = mapped_column(String(40), primary_key=True)
    free_at: Mapped[datetime]


class CaseRow(Base):
    """What a person must deal with. At most one open case for each conversation."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "uq_cases_open_conversation",
            "conversation_id",
            unique=True,
            sqlite_where=text("status != 'resolved'"),
            postgresql_where=text("status != 'resolved'"),
        ),
        Index(None, "status", "waiting_since"),
        _kept("case"),
    )

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    address: Mapped[str | None] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8), default="sv")
    municipality: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(64))
    team: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(16))
    reasons: Mapped[list[str]]
    topic: Mapped[str | None] = mapped_column(String(64))
    summary: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    waiting_since: Mapped[datetime | None]
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    claimed_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(default=0)


class CaseNoteRow(Base):
    """What was noted on a case, and what was done with it. Append-only."""

    __tablename__ = "case_notes"
    __table_args__ = (Index(None, "case_id", "id"), _kept("case"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(16))  # note, resident, event
    text: Mapped[str] = mapped_column(Text)


class RemarkRow(Base):
    """A wish or an opinion about the help."""

    __tablename__ = "remarks"
    __table_args__ = (_kept("remark"),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    municipality: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))  # wish, feedback
    text: Mapped[str] = mapped_column(Text)


class FollowUpRow(Base):
    """A question to come: did the guide that was finished last help? One for each conversation."""

    __tablename__ = "follow_ups"
    __table_args__ = (Index(None, "due_at"), _kept("conversation"))

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    flow: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(16))
    due_at: Mapped[datetime]
    """Business time; never in the night."""


class CourseRow(Base):
    """A group that meets once or several times: a course, workshop, drop-in or coaching time."""

    __tablename__ = "courses"
    __table_args__ = (Index(None, "municipality", "ends_at"), _kept("programme"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    """Plan and date of a group that config/courses begot, so that it comes to be once only."""
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[dict[str, Any]]
    bring: Mapped[dict[str, Any]]
    cost: Mapped[dict[str, Any]]
    about: Mapped[dict[str, Any]]
    tags: Mapped[list[str]]
    """What one may be curious about that leads here, as words."""
    municipality: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8), default="sv")
    level: Mapped[str] = mapped_column(String(16), default="beginner")
    starts_at: Mapped[datetime]
    """The first meeting's start; `ends_at` is the last one's end."""
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    cancelled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)


class MeetingRow(Base):
    """One time that a group meets."""

    __tablename__ = "course_meetings"
    __table_args__ = (Index(None, "course_id", "starts_at"), _kept("programme"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    moved_at: Mapped[datetime | None]
    """When its time was changed last; those who had booked before are told."""


class CourseLeaderRow(Base):
    """Who teaches a group. A young helper (13 and up) gives no seats and has a handledare of the same group beside them."""

    __tablename__ = "course_leaders"
    __table_args__ = (Index(None, "course_id"), _kept("programme"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(120))
    helper: Mapped[bool] = mapped_column(default=False)
    away: Mapped[bool] = mapped_column(default=False)


class BookingRow(Base):
    """A resident's chair, or place in the queue for one. The queue is in the order of `queued_at`."""

    __tablename__ = "bookings"
    __table_args__ = (
        Index(
            "uq_bookings_live",
            "course_id",
            "conversation_id",
            "for_whom",
            unique=True,
            sqlite_where=text("status != 'cancelled'"),
            postgresql_where=text("status != 'cancelled'"),
        ),
        Index(None, "conversation_id", "status"),
        _kept("booking"),
    )

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    for_whom: Mapped[str] = mapped_column(String(60), default="")
    channel: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    booked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """The handledare who booked it; none when the resident did."""
    booked_at: Mapped[datetime]
    queued_at: Mapped[datetime]
    offered_until: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    attended: Mapped[bool | None]


class PlaceRow(Base):
    """A place as it counts now. `document` is shaped like an entry of config/places; what the console changed is no longer taken from the file."""

    __tablename__ = "places"
    __table_args__ = (_kept("programme"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    municipality: Mapped[str] = mapped_column(String(64))
    """The municipality's name, as place files write it."""
    document: Mapped[dict[str, Any]]
    origin: Mapped[str] = mapped_column(String(8))  # config, console
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)
    """Grows by one with every change; rows are never deleted, so their sum tells whether anything changed."""
    removed_at: Mapped[datetime | None]


class LoanTypeRow(Base):
    """Something that a unit lends: its name, what a kit holds, for how long, and what is done before the next one gets it."""

    __tablename__ = "loan_types"
    __table_args__ = (Index(None, "municipality", "unit"), _kept("programme"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    """The id in config/loans, so that it comes to be once only."""
    municipality: Mapped[str] = mapped_column(String(64))
    unit: Mapped[str] = mapped_column(String(64))
    title: Mapped[dict[str, Any]]
    contents: Mapped[dict[str, Any]]
    """What a kit holds: a list for each language; empty when it is one thing."""
    wiping: Mapped[list[str]]
    """What a handledare ticks off before it is lent again, in Swedish."""
    tags: Mapped[list[str]]
    """What one may ask for that leads here, as words."""
    days: Mapped[int]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)


class LoanUnitRow(Base):
    """One thing of a type. `home` is the place that it belongs to, `place` where it is when it is not out."""

    __tablename__ = "loan_units"
    __table_args__ = (UniqueConstraint("type_id", "label"), _kept("programme"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    type_id: Mapped[int] = mapped_column(ForeignKey("loan_types.id"))
    label: Mapped[str] = mapped_column(String(60))
    home: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime]


class LoanRow(Base):
    """A resident's loan, from the queue to the return. What is borrowed is secret to everyone but the unit that lends (OSL 40:3).

    Every time in it is business time, `due_at` too: the end of the day when the loan is to be back.
    """

    __tablename__ = "loans"
    __table_args__ = (
        Index(
            "uq_loans_live",
            "type_id",
            "conversation_id",
            unique=True,
            sqlite_where=text("status IN ('queued', 'offered', 'out')"),
            postgresql_where=text("status IN ('queued', 'offered', 'out')"),
        ),
        Index(
            "uq_loans_held",
            "unit_id",
            unique=True,
            sqlite_where=text("status IN ('offered', 'out')"),
            postgresql_where=text("status IN ('offered', 'out')"),
        ),
        Index(None, "type_id", "status"),
        Index(None, "conversation_id", "status"),
        _kept("loan"),
    )

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    type_id: Mapped[int] = mapped_column(ForeignKey("loan_types.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("loan_units.id"))
    """The unit that is kept for the resident, or that they have; none while they wait."""
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    channel: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    queued_at: Mapped[datetime]
    """The queue is in this order."""
    offered_at: Mapped[datetime | None]
    fetch_by: Mapped[datetime | None]
    handed_out_at: Mapped[datetime | None]
    handed_out_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    handed_out_place: Mapped[str | None] = mapped_column(String(64))
    due_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    returned_place: Mapped[str | None] = mapped_column(String(64))
    cancelled_at: Mapped[datetime | None]


class NoticeRow(Base):
    """A message that was begun by us and has gone out: the one who could insert the row sends it, so it goes out once."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("kind", "about"), Index(None, "at"), _kept("short"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    about: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class UserRow(Base):
    """A console account."""

    __tablename__ = "users"
    __table_args__ = (_kept("staff"),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    municipality: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(64))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class SessionRow(Base):
    """A signed-in browser. Only a hash of its token is stored."""

    __tablename__ = "sessions"
    __table_args__ = (_kept("short"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class CalendarTokenRow(Base):
    """The secret in the address of a handledare's own calendar; one for each account. Only its hash is stored."""

    __tablename__ = "calendar_tokens"
    __table_args__ = (_kept("staff"),)

    user_id: Mapped[int] = mapped_column(_Id, ForeignKey("users.id"), primary_key=True, autoincrement=False)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]


class SignInAttemptRow(Base):
    """A failed sign-in, to slow down guessing. `key` is a hash of account or network address."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "key", "at"), _kept("short"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class AuditRow(Base):
    """Who saw and did what in the console. Append-only."""

    __tablename__ = "audit"
    __table_args__ = (_kept("audit"),)

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    act: Mapped[str] = mapped_column(String(40))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    detail: Mapped[str] = mapped_column(String(200), default="")


class LeaseRow(Base):
    """Something that only one process may do at a time, and how far it has come (Telegram's polling and its offset)."""

    __tablename__ = "leases"
    __table_args__ = (_kept("none"),)

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str | None] = mapped_column(String(64))
    until: Mapped[datetime | None]
    value: Mapped[int] = mapped_column(_Id, default=0)


class JobSlotRow(Base):
    """A periodic job that has been taken for a slot of time: the one who could insert the row runs it."""

    __tablename__ = "job_slots"
    __table_args__ = (UniqueConstraint("job", "slot"), _kept("short"))

    id: Mapped[int] = mapped_column(_Id, primary_key=True)
    job: Mapped[str] = mapped_column(String(64))
    slot: Mapped[datetime]


class ClockRow(Base):
    """How far business time is ahead of real time; one row, moved by `lotsen clock` in development."""

    __tablename__ = "clock"
    __table_args__ = (_kept("none"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    offset_seconds: Mapped[int] = mapped_column(_Id, default=0)
