"""Buttons of messages that were overtaken: they repeat what stands open, and answer nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.store.database import Database
from bot.store.tables import MessageRow, OutboxRow
from tests.bot.engine.talk import world
from tests.stand_ins import Post

KIM, BOT = "tg:4711", "bot:4711"


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database, world=world())


def _says(post: Post, text: str, means: str | None = None, **more: object) -> str:
    """Writes, lets the answers reach Telegram, and tells the last one's id there."""
    post.says(text, means, KIM, to=BOT, **more)
    with post.database.writing() as session:
        rows = list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))
        for row in rows:
            row.provider_id = str(100 + row.id)
        return rows[-1].provider_id or ""


def _press(post: Post, word: str, under: str) -> tuple[str, str]:
    """What was heard, and the newest answer."""
    _says(post, word, None, pressed=True, under=under)
    with post.database.reading() as session:
        heard = session.scalars(
            select(MessageRow.text).where(MessageRow.direction == "in").order_by(MessageRow.id.desc())
        ).first()
        said = session.scalars(select(OutboxRow.text).order_by(OutboxRow.id.desc())).first()
    return heard or "", said or ""


def test_the_newest_button_is_its_word(post: Post) -> None:
    first = _says(post, "swish", "swish")
    heard, said = _press(post, "KLART", first)
    assert heard == "KLART"
    assert "2 av" in said


def test_klart_of_a_step_that_was_passed_moves_nothing(post: Post) -> None:
    first = _says(post, "swish", "swish")
    _press(post, "KLART", first)
    assert "2 av" in _press(post, "KLART", first)[1]


@pytest.mark.parametrize("word", ["KLART", "FASTNAT"])
def test_a_button_of_a_guide_that_was_left_moves_no_other(post: Post, word: str) -> None:
    swish = _says(post, "swish", "swish")
    _says(post, "glömt koden", "bankid_locked")
    assert "1 av 4" in _press(post, word, swish)[1]


def test_a_choice_of_an_older_menu_is_read_by_its_label(post: Post) -> None:
    menu = _says(post, "MENY")
    _says(post, "glömt koden", "bankid_locked")
    assert _press(post, "5", menu)[0] == "Swish"


def test_ja_of_an_older_question_is_no_klart(post: Post) -> None:
    asked = _says(post, "asdf qwer")
    asked = _says(post, "zxcv asdf")
    _says(post, "swish", "swish")
    assert "1 av" in _press(post, "JA", asked)[1]


def test_a_message_without_buttons_overtakes_nothing(post: Post) -> None:
    first = _says(post, "swish", "swish")
    _says(post, "asdf qwer")
    assert _press(post, "KLART", first)[0] == "KLART"


def test_a_message_that_is_not_known_is_its_word(post: Post) -> None:
    _says(post, "swish", "swish")
    assert "2 av" in _press(post, "KLART", "7")[1]
