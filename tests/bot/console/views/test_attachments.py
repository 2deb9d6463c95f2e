"""Pictures and voice messages in a case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.services.read_cases import case_version
from bot.services.viewer import Viewer
from bot.store.tables import AttachmentRow, MessageRow
from tests.bot import kin
from tests.bot.console.stand import Desk, Stand


def _sent(
    stand: Stand,
    case: int,
    kind: str,
    status: str = "here",
    media_type: str = "",
    text: str = "",
    author: str = "resident",
) -> int:
    conversation = kin.conversation_of(stand.database, case)
    with stand.database.writing() as session:
        row = MessageRow(
            conversation_id=conversation,
            at=stand.clock(),
            direction="in",
            author=author,
            channel="telegram",
            kind=kind,
            text=text,
        )
        session.add(row)
        session.flush()
        session.add(
            AttachmentRow(
                message_id=row.id, channel="telegram", file_id="", status=status, media_type=media_type,
                content=b"content" if status == "here" else None, next_attempt_at=stand.clock(),
            )
        )  # fmt: skip
        return row.id


def test_a_picture_stands_in_the_conversation_and_opens(stand: Stand, karin: Desk) -> None:
    case = stand.case(kin.ANNA, channel="telegram")
    photo = _sent(stand, case, "photo", media_type="image/jpeg", text="så här ser det ut")
    page = karin.get(f"/console/cases/{case}").text
    assert f'<img src="/console/attachments/{photo}" loading="lazy" alt="Bild från invånaren, i dag 10.00">' in page
    assert f'<a href="/console/attachments/{photo}" target="_blank"' in page
    assert "så här ser det ut" in page
    answer = karin.get(f"/console/attachments/{photo}")
    assert (answer.content, answer.headers["content-type"]) == (b"content", "image/jpeg")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "inline"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert stand.acts(case) == ["view", "saw_picture"]


def test_a_voice_message_can_be_heard(stand: Stand, karin: Desk) -> None:
    case = stand.case(kin.ANNA, channel="telegram")
    voice = _sent(stand, case, "voice", media_type="audio/ogg")
    page = karin.get(f"/console/cases/{case}").text
    assert (
        f'<audio controls preload="none" src="/console/attachments/{voice}" aria-label="Röstmeddelande, i dag 10.00">'
        in page
    )
    assert "(skickade ett röstmeddelande)" not in page
    assert karin.get(f"/console/attachments/{voice}").headers["content-type"] == "audio/ogg"


@pytest.mark.parametrize(
    ("status", "said"),
    [("waiting", "Filen hämtas."), ("refused", "Filen gick inte att ta emot"), ("lost", "Filen kunde inte hämtas.")],
)
def test_what_is_not_here_is_told_in_words(stand: Stand, karin: Desk, status: str, said: str) -> None:
    case = stand.case(kin.ANNA, channel="telegram")
    message = _sent(stand, case, "photo", status)
    page = karin.get(f"/console/cases/{case}").text
    assert said in page
    assert "(skickade en bild)" in page
    assert f"/console/attachments/{message}" not in page
    assert karin.get(f"/console/attachments/{message}").status_code == 404


def test_others_get_nothing(stand: Stand, at_desk: Callable[..., Desk]) -> None:
    case = stand.case(kin.ANNA, channel="telegram", municipality="kalmar")
    photo = _sent(stand, case, "photo", media_type="image/jpeg")
    vera, reader = at_desk("Vera", municipality="vara"), at_desk("Lars", role="reader", municipality="kalmar")
    assert vera.get(f"/console/attachments/{photo}").status_code == 404
    assert reader.get(f"/console/attachments/{photo}").content == b"content"
    assert vera.get("/console/attachments/hej").status_code == 404


def test_the_page_notices_that_a_picture_has_come(stand: Stand) -> None:
    case = stand.case(kin.ANNA, channel="telegram")
    photo = _sent(stand, case, "photo", "waiting")
    before = case_version(stand.database, Viewer(1), case, stand.clock())
    with stand.database.writing() as session:
        row = session.get_one(AttachmentRow, photo)
        row.status, row.media_type, row.content = "here", "image/jpeg", b"x"
    assert case_version(stand.database, Viewer(1), case, stand.clock()) != before
