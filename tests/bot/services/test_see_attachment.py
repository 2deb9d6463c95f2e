"""Pictures and voice messages: to whom they are shown, and that it is written down."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services.see_attachment import LOOKED_WITHIN, AttachmentNotFound, attached, look_at
from bot.services.viewer import Viewer
from bot.store.database import Database
from bot.store.tables import AttachmentRow, AuditRow, CaseRow, MessageRow
from tests.bot import kin
from tests.bot.two_units import staff
from tests.stand_ins import MONDAY, SVEA, SettableClock


def _message(
    database: Database,
    conversation: int,
    status: str = "here",
    media_type: str = "image/jpeg",
    content: bytes | None = b"picture",
) -> int:
    with database.writing() as session:
        row = MessageRow(
            conversation_id=conversation,
            at=MONDAY,
            direction="in",
            author="resident",
            channel="telegram",
            kind="photo",
            text="",
        )
        session.add(row)
        session.flush()
        session.add(
            AttachmentRow(
                message_id=row.id,
                channel="telegram",
                file_id="",
                status=status,
                media_type=media_type,
                content=content,
                next_attempt_at=MONDAY,
            )
        )
        return row.id


@pytest.fixture
def conversation(database: Database) -> int:
    return kin.begin(database, SVEA)


def _looks(database: Database) -> list[tuple[int | None, str, int | None, str]]:
    with database.reading() as session:
        return [
            (row.user_id, row.act, row.case_id, row.detail)
            for row in session.scalars(select(AuditRow).order_by(AuditRow.id))
        ]


def test_who_sees_the_case_sees_the_picture_and_it_is_written_down_once(database: Database, conversation: int) -> None:
    case, message, clock = kin.open_case(database, conversation), _message(database, conversation), SettableClock()
    karin = Viewer(staff(database, "Karin").id, ("kalmar",))
    for _ in range(3):
        assert (
            look_at(database, clock, karin, message).content,
            look_at(database, clock, karin, message).media_type,
        ) == (b"picture", "image/jpeg")
    assert _looks(database) == [(karin.user_id, "saw_picture", case, f"message:{message}")]
    clock.pass_(seconds=LOOKED_WITHIN.total_seconds() + 1)
    look_at(database, clock, karin, message)
    bo = Viewer(staff(database, "Bo").id)
    look_at(database, clock, bo, message)
    assert [user for user, *_ in _looks(database)] == [karin.user_id, karin.user_id, bo.user_id]


def test_secrecy_between_units(database: Database, conversation: int) -> None:
    library = kin.open_case(database, conversation, unit="library")
    message, clock = _message(database, conversation), SettableClock()
    for stranger in (Viewer(1, ("kalmar",), "centre"), Viewer(1, ("vara",))):
        with pytest.raises(AttachmentNotFound):
            look_at(database, clock, stranger, message)
    with database.writing() as session:
        row = session.get_one(CaseRow, library)
        row.status, row.resolved_at = "resolved", MONDAY
    kin.open_case(database, conversation, unit="centre", at=clock.pass_(minutes=5))
    with pytest.raises(AttachmentNotFound):
        look_at(database, clock, Viewer(1, ("kalmar",), "centre"), message)
    assert _looks(database) == []


@pytest.mark.parametrize(
    ("status", "media_type", "content"),
    [
        ("waiting", "", None),
        ("refused", "", None),
        ("lost", "", None),
        ("here", "text/html", b"<script>"),
        ("here", "image/svg+xml", b"<svg>"),
        ("here", "image/jpeg", None),
    ],
)
def test_what_is_not_here_or_not_to_be_shown(
    database: Database, conversation: int, status: str, media_type: str, content: bytes | None
) -> None:
    kin.open_case(database, conversation)
    message = _message(database, conversation, status, media_type, content)
    with pytest.raises(AttachmentNotFound):
        look_at(database, SettableClock(), Viewer(1), message)
    found = attached(database, [message])[message]
    assert found.status == status
    assert not (found.is_picture or found.is_sound) or content is None


def test_nobody_sees_what_belongs_to_no_case(database: Database, conversation: int) -> None:
    message = _message(database, conversation)
    for number in (message, 4711):
        with pytest.raises(AttachmentNotFound):
            look_at(database, SettableClock(), Viewer(1), number)
    assert attached(database, []) == {}
