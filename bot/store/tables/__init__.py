"""Every table. Each knows its retention class, which a municipality's decision on gallring refers to.

Times are stored in UTC. Business times (`at`, `opened_at`, ...) follow the clock that `lotsen clock` moves in development; leases, due times and
everything else that machines wait for (`due_at`, `lease_until`, `next_attempt_at`, ...) are real time.
"""

from bot.store.tables.base import Base, UtcDateTime
from bot.store.tables.cases import CaseNoteRow, CaseRow, DraftRow, HeldReplyRow, PresenceRow
from bot.store.tables.machine import ClockRow, JobSlotRow, LeaseRow, SenderRow
from bot.store.tables.offered import (
    BookingRow,
    CourseLeaderRow,
    CourseRow,
    LoanRow,
    LoanTypeRow,
    LoanUnitRow,
    MeetingRow,
    PlaceRow,
)
from bot.store.tables.relatives import AttachmentRow, DeedRow, JoinRow, LinkRow
from bot.store.tables.residents import (
    AddressRow,
    ConversationRow,
    FollowUpRow,
    InboxRow,
    MessageRow,
    NoticeRow,
    OutboxRow,
    Person,
    RemarkRow,
)
from bot.store.tables.staff import AuditRow, CalendarTokenRow, InvitationRow, SessionRow, SignInAttemptRow, UserRow
from bot.store.tables.word_indexes import NOTED, SAID, TOLD, WORD_INDEXES

__all__ = [
    "NOTED",
    "SAID",
    "TOLD",
    "WORD_INDEXES",
    "AddressRow",
    "AttachmentRow",
    "AuditRow",
    "Base",
    "BookingRow",
    "CalendarTokenRow",
    "CaseNoteRow",
    "CaseRow",
    "ClockRow",
    "ConversationRow",
    "CourseLeaderRow",
    "CourseRow",
    "DeedRow",
    "DraftRow",
    "FollowUpRow",
    "HeldReplyRow",
    "InboxRow",
    "InvitationRow",
    "JobSlotRow",
    "JoinRow",
    "LeaseRow",
    "LinkRow",
    "LoanRow",
    "LoanTypeRow",
    "LoanUnitRow",
    "MeetingRow",
    "MessageRow",
    "NoticeRow",
    "OutboxRow",
    "Person",
    "PlaceRow",
    "PresenceRow",
    "RemarkRow",
    "SenderRow",
    "SessionRow",
    "SignInAttemptRow",
    "UserRow",
    "UtcDateTime",
]
