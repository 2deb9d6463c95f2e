"""Fetching what people sent: once, again when it was in vain, never for ever, and never by two at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.domain.message import Kind
from bot.services.attachments import GIVE_UP_AFTER, LEASE, Away, Fetching, Gone, NoFetcher, fetch_one
from bot.services.clean_file import LARGEST_PICTURE, LARGEST_VOICE, Unfit
from bot.services.receive_message import SentFile
from bot.store import attachments
from bot.store.database import Database
from bot.store.tables import AttachmentRow
from tests.stand_ins import Post

GUNVOR = "tg:4711"
VOICE = b"OggS\x00\x02" + b"\0" * 20 + b"\x01\x13" + b"OpusHead\x01\x01" + b"\0" * 200


def a_picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (30, 30), "blue").save(made, "PNG")
    return made.getvalue()


@dataclass
class Files:
    """Gives `has`, or raises it."""

    has: bytes | Exception = field(default_factory=a_picture)
    channel: str = "telegram"
    asked: list[tuple[str, int]] = field(default_factory=list)

    def fetch(self, file_id: str, most: int) -> bytes:
        self.asked.append((file_id, most))
        if isinstance(self.has, Exception):
            raise self.has
        return self.has


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


def fetching(post: Post, files: Files | NoFetcher, owner: str = "this process") -> Fetching:
    return Fetching(post.database, files, post.clock, owner)


def sends(post: Post, kind: Kind = Kind.PHOTO, **file: object) -> None:
    post.comes("", sender=GUNVOR, to="bot:4711", kind=kind, file=SentFile(**(file or {"file_id": "AgAD_1"})))  # type: ignore[arg-type]


def rows(post: Post) -> list[AttachmentRow]:
    with post.database.reading() as session:
        return list(session.scalars(select(AttachmentRow).order_by(AttachmentRow.message_id)))


def test_a_picture_is_fetched_once_and_kept_clean(post: Post) -> None:
    files = Files()
    sends(post)
    assert fetch_one(fetching(post, files)) and not fetch_one(fetching(post, files))
    (row,) = rows(post)
    assert (row.status, row.media_type, row.file_id, row.lease_owner) == ("here", "image/jpeg", "", None)
    assert row.content is not None and row.content.startswith(b"\xff\xd8")
    assert files.asked == [("AgAD_1", LARGEST_PICTURE)]


def test_a_voice_message_is_held_to_its_own_limit(post: Post) -> None:
    files = Files(VOICE)
    sends(post, Kind.VOICE)
    assert fetch_one(fetching(post, files))
    assert (rows(post)[0].media_type, rows(post)[0].content, files.asked[0][1]) == ("audio/ogg", VOICE, LARGEST_VOICE)


@pytest.mark.parametrize(
    ("kind", "has", "status", "fault"),
    [
        (Kind.PHOTO, b"<html>", "refused", "no picture that can be read"),
        (Kind.PHOTO, VOICE, "refused", "no picture that can be read"),
        (Kind.VOICE, b"\xff\xd8\xff", "refused", "no voice message"),
        (Kind.PHOTO, Unfit("too large"), "refused", "too large"),
        (Kind.PHOTO, Gone("Telegram does not have it"), "lost", "Telegram does not have it"),
    ],
)
def test_what_cannot_be_kept_says_why_and_leaves_nothing(
    post: Post, kind: Kind, has: bytes | Exception, status: str, fault: str
) -> None:
    sends(post, kind)
    assert fetch_one(fetching(post, Files(has)))
    (row,) = rows(post)
    assert (row.status, row.fault, row.content, row.file_id) == (status, fault, None, "")
    assert not fetch_one(fetching(post, Files()))


def test_what_was_refused_when_it_came_is_never_fetched(post: Post) -> None:
    sends(post, fault="too large")
    assert not fetch_one(fetching(post, Files()))
    assert (rows(post)[0].status, rows(post)[0].fault) == ("refused", "too large")


def test_what_came_with_its_content_is_cleaned_without_fetching(post: Post) -> None:
    sends(post, content=a_picture())
    assert fetch_one(fetching(post, NoFetcher("telegram")))
    assert rows(post)[0].status == "here"


def test_while_telegram_is_away_it_is_tried_again_with_pauses(post: Post) -> None:
    files = Files(Away("no answer from Telegram (TimedOut)"))
    sends(post)
    assert fetch_one(fetching(post, files)) and not fetch_one(fetching(post, files))
    post.clock.pass_(seconds=2)
    files.has = a_picture()
    assert fetch_one(fetching(post, files))
    assert rows(post)[0].status == "here" and len(files.asked) == 2


def test_what_telegram_says_of_waiting_is_obeyed(post: Post) -> None:
    sends(post)
    fetch_one(fetching(post, Files(Away("Telegram asks us to wait", timedelta(minutes=7)))))
    post.clock.pass_(minutes=6, seconds=59)
    assert not fetch_one(fetching(post, Files()))
    post.clock.pass_(seconds=1)
    assert fetch_one(fetching(post, Files()))


def test_it_ends_some_time(post: Post) -> None:
    sends(post)
    files = Files(Away("500"))
    for _ in range(GIVE_UP_AFTER + 1):
        assert fetch_one(fetching(post, files))
        post.clock.pass_(minutes=6)
    assert (rows(post)[0].status, rows(post)[0].fault) == ("lost", "given up")
    assert len(files.asked) == GIVE_UP_AFTER


def test_what_a_killed_process_had_is_fetched_by_another(post: Post) -> None:
    sends(post)
    with post.database.writing() as session:
        assert attachments.claim(session, "telegram", "killed", post.clock(), post.clock() + LEASE)
    assert not fetch_one(fetching(post, Files()))
    post.clock.pass_(seconds=LEASE.total_seconds() + 1)
    assert fetch_one(fetching(post, Files()))
    with post.database.writing() as session:  # the killed one was only slow
        assert not attachments.settle(session, rows(post)[0].message_id, "killed", "lost")
    assert rows(post)[0].status == "here"


def test_when_the_next_one_is_due_is_known(post: Post) -> None:
    with post.database.reading() as session:
        assert attachments.next_attempt(session, "telegram") is None
    sends(post)
    with post.database.writing() as session:
        assert attachments.next_attempt(session, "telegram") == post.clock()
        attachments.claim(session, "telegram", "a", post.clock(), post.clock() + LEASE)
        session.flush()
        assert attachments.next_attempt(session, "telegram") == post.clock() + LEASE


def test_nothing_that_was_sent_reaches_the_log(post: Post) -> None:
    with capture_logs() as logs:
        sends(post)
        fetch_one(fetching(post, Files(b"hemligt")))
    assert "AgAD_1" not in str(logs) and "hemligt" not in str(logs)
