"""What a municipality offers: places, courses with their bookings, and loans."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.base import Base, Id, kept


class PlaceRow(Base):
    """A place as it counts now. `document` is shaped like an entry of config/places; what the console changed is no longer taken from the file."""

    __tablename__ = "places"
    __table_args__ = (kept("programme"),)

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


class CourseRow(Base):
    """A group that meets once or several times: a course, workshop, drop-in or coaching time."""

    __tablename__ = "courses"
    __table_args__ = (Index(None, "municipality", "ends_at"), kept("programme"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
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
    __table_args__ = (Index(None, "course_id", "starts_at"), kept("programme"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    moved_at: Mapped[datetime | None]
    """When its time was changed last; those who had booked before are told."""


class CourseLeaderRow(Base):
    """Who teaches a group. A young helper (13 and up) gives no seats and has a handledare of the same group beside them."""

    __tablename__ = "course_leaders"
    __table_args__ = (Index(None, "course_id"), kept("programme"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
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
        kept("booking"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    for_whom: Mapped[str] = mapped_column(String(60), default="")
    channel: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    booked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """The handledare who booked it; none when the resident did."""
    link_id: Mapped[int | None] = mapped_column(ForeignKey("links.id"))
    """The link by which a relative booked it in the elder's name."""
    booked_at: Mapped[datetime]
    queued_at: Mapped[datetime]
    offered_until: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    attended: Mapped[bool | None]


class LoanTypeRow(Base):
    """Something that a unit lends: its name, what a kit holds, for how long, and what is done before the next one gets it."""

    __tablename__ = "loan_types"
    __table_args__ = (Index(None, "municipality", "unit"), kept("programme"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
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
    __table_args__ = (UniqueConstraint("type_id", "label"), kept("programme"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
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
        kept("loan"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
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
