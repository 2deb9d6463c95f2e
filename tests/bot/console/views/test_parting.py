"""Telegram and number of one person: seen on the case, and parted there."""

from __future__ import annotations

from collections.abc import Callable

from bot.store.tables import AddressRow, CaseRow, ConversationRow
from tests.bot.console.stand import Desk, Stand


def _joined(stand: Stand) -> int:
    """A case of somebody who writes both by SMS and on Telegram."""
    case = stand.case()
    with stand.database.writing() as session:
        conversation = session.get_one(ConversationRow, session.get_one(CaseRow, case).conversation_id)
        session.add(AddressRow(person_id=conversation.person_id, text="tg:4711", channel="telegram"))
    return case


def test_who_writes_on_both_is_shown_and_can_be_parted(karin: Desk, stand: Stand) -> None:
    case = _joined(stand)
    page = karin.get(f"/console/cases/{case}").text
    assert "sms och Telegram" in page
    assert "Är det någon annan på Telegram?" in page
    answer = karin.act(case, "part-telegram")
    assert answer.headers["location"] == f"/console/cases/{case}?done=part"
    page = karin.get(f"/console/cases/{case}?done=part").text
    assert "Telegram är skilt från numret." in page
    assert "Är det någon annan på Telegram?" not in page
    assert karin.act(case, "part-telegram").status_code == 303, "pressed twice"
    assert stand.acts(case).count("part") == 1


def test_who_writes_on_one_has_nothing_to_part(karin: Desk, stand: Stand) -> None:
    page = karin.get(f"/console/cases/{stand.case()}").text
    assert "Är det någon annan på Telegram?" not in page


def test_in_a_colleagues_case_it_is_refused(karin: Desk, at_desk: Callable[..., Desk], stand: Stand) -> None:
    case = _joined(stand)
    at_desk("Bo").act(case, "claim")
    assert "Är det någon annan på Telegram?" not in karin.get(f"/console/cases/{case}").text
    assert karin.act(case, "part-telegram").status_code == 409
    assert "part" not in stand.acts(case)
