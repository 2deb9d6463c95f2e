"""What comes along with a message: a name, a municipality's link, files, albums."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.message import Kind
from bot.services.receive_message import SentFile
from bot.store.database import Database
from bot.store.tables import AddressRow, AttachmentRow, ConversationRow, InboxRow, MessageRow, Person
from tests.stand_ins import Post

GUNVOR, BOT = "tg:4711", "bot:4711"


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


def comes(post: Post, text: str = "Hej", **more: object) -> bool:
    return post.comes(text, sender=GUNVOR, to=BOT, **more)  # type: ignore[arg-type]


def home_of(post: Post) -> tuple[str | None, str | None, str | None]:
    with post.database.reading() as session:
        row, person = session.scalars(select(ConversationRow)).one(), session.scalars(select(Person)).one()
        return row.municipality, row.state.get("municipality"), person.municipality


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Anna", "Anna"),
        ("  Anna-Karin\n O'Neill ", "Anna-Karin O'Neill"),
        ("🌸 Anna 🌸", "Anna"),
        ("<b>Bank</b> https://x.example", "b Bank b https x.example"),
        ("\u202eannA\x00", "annA"),
        ("Å" * 200, "Å" * 60),
        ("__", ""),
        ("", ""),
    ],
)
def test_a_name_is_kept_clean(post: Post, written: str, kept: str) -> None:
    comes(post, name=written)
    with post.database.reading() as session:
        assert session.scalars(select(AddressRow)).one().name == kept


def test_a_name_that_is_no_longer_told_stays(post: Post) -> None:
    comes(post, name="Anna")
    comes(post)
    with post.database.reading() as session:
        assert session.scalars(select(AddressRow)).one().name == "Anna"


def test_a_link_gives_a_new_conversation_its_municipality(post: Post) -> None:
    comes(post, "start", kind=Kind.START, home="vara")
    assert home_of(post) == ("vara", "vara", "vara")


@pytest.mark.parametrize("home", ["", "stockholm", "Vara", "'; DROP TABLE", "x" * 64])
def test_a_link_that_names_nothing_of_ours_is_passed_over(post: Post, home: str) -> None:
    comes(post, "start", kind=Kind.START, home=home)
    assert home_of(post) == (None, None, None)


def test_a_link_that_is_followed_later_still_tells_but_moves_nobody(post: Post) -> None:
    comes(post)
    comes(post, "start", kind=Kind.START, home="vara")
    assert home_of(post) == ("vara", "vara", "vara")
    comes(post, "start", kind=Kind.START, home="kalmar")
    assert home_of(post) == ("vara", "vara", "vara")


def test_a_turn_under_way_does_not_undo_a_link(post: Post) -> None:
    post.comes("Hej", "human", sender=GUNVOR, to=BOT)
    post.interpreter.before = lambda _: (
        setattr(post.interpreter, "before", None),
        comes(post, "start", kind=Kind.START, home="vara"),
    )[0]
    post.clock.pass_(seconds=3)
    post.think()
    assert home_of(post) == ("vara", "vara", "vara")


def test_a_file_is_kept_in_mind_with_its_message_once(post: Post) -> None:
    for _ in range(2):
        comes(post, "", kind=Kind.PHOTO, key="update:1", file=SentFile("f1"))
    with post.database.reading() as session:
        (row,) = session.scalars(select(AttachmentRow)).all()
        message = session.get_one(MessageRow, row.message_id)
    assert (row.file_id, row.status, message.kind) == ("f1", "waiting", "photo")


def test_an_album_is_answered_once(post: Post) -> None:
    for number in range(3):
        comes(post, "", kind=Kind.PHOTO, key=f"album:9:{number}", album="album:9:", file=SentFile(f"f{number}"))
    with post.database.reading() as session:
        handled = [
            row.handled_at is not None for row in session.scalars(select(InboxRow).order_by(InboxRow.message_id))
        ]
        files = len(session.scalars(select(AttachmentRow)).all())
    assert (handled, files) == ([False, True, True], 3)
    assert post.think() == 1


def test_words_under_a_later_picture_are_read(post: Post) -> None:
    comes(post, "", kind=Kind.PHOTO, key="album:9:1", album="album:9:")
    comes(post, "Vad betyder det här?", kind=Kind.PHOTO, key="album:9:2", album="album:9:")
    assert post.think() == 2


def test_another_album_and_somebody_elses_are_their_own(post: Post) -> None:
    comes(post, "", kind=Kind.PHOTO, key="album:9:1", album="album:9:")
    comes(post, "", kind=Kind.PHOTO, key="album:91:2", album="album:91:")
    post.comes("", sender="tg:4712", to=BOT, kind=Kind.PHOTO, key="album:9:3", album="album:9:")
    assert post.think() == 3
