"""Handing a case back to the machine."""

from __future__ import annotations

import re

from sqlalchemy import select

from bot.domain.case import Status
from bot.store.tables import ConversationRow, MessageRow
from tests.bot.console.stand import Desk, Stand


def _at(stand: Stand, case: int, flow: str, step: str) -> None:
    with stand.database.writing() as session:
        row = session.get_one(ConversationRow, stand.row(case).conversation_id)
        row.state = {**row.state, "position": {"flow": flow, "step": step, "trail": [], "stuck": 0}}


def test_the_guide_and_step_the_resident_was_at_are_chosen_already(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    _at(stand, case, "swish", "swish-2")
    page = karin.get(f"/console/cases/{case}/hand-back").text
    assert '<option value="swish" selected>Skaffa och använda Swish</option>' in page
    assert re.findall(r'name="step" value="([^"]+)"( checked)?', page) == [
        ("swish-1", ""),
        ("swish-2", " checked"),
        ("swish-3", ""),
    ]
    assert "Steg 2 av 3" in page
    assert "(här var invånaren)" in page
    assert 'value="human"' not in page, "pages are no guides"


def test_another_guide_is_chosen_without_scripts(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    page = karin.get(f"/console/cases/{case}/hand-back?guide=print_scan").text
    assert '<input type="hidden" name="guide" value="print_scan">' in page
    assert re.findall(r'name="step" value="([^"]+)"( checked)?', page) == [
        ("print_scan-1", " checked"),
        ("print_scan-2", ""),
    ]
    part = karin.get(f"/console/cases/{case}/hand-back/steps?guide=print_scan").text
    assert 'value="print_scan-2"' in part
    assert "<html" not in part
    assert 'name="step"' not in karin.get(f"/console/cases/{case}/hand-back?guide=").text


def test_the_machine_goes_on_at_the_step(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    answer = karin.act(case, "hand-back", guide="swish", step="swish-2")
    assert answer.headers["location"] == f"/console/cases/{case}?done=hand_back"
    row = stand.row(case)
    assert (row.status, row.outcome) == (Status.RESOLVED, "bot")
    with stand.database.reading() as session:
        said = session.scalars(select(MessageRow.text).order_by(MessageRow.id.desc())).first()
        state = session.get_one(ConversationRow, row.conversation_id).state
    assert said
    assert "swish 2." in said
    assert state["position"]["step"] == "swish-2"
    assert "Lotsen fortsatte" in karin.get(f"/console/cases/{case}").text


def test_it_may_go_on_without_a_guide(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    assert karin.act(case, "hand-back", guide="").status_code == 303
    assert stand.row(case).outcome == "bot"


def test_a_guide_or_step_that_is_gone_changes_nothing(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    for fields in ({"guide": "gone"}, {"guide": "swish", "step": "gone"}):
        answer = karin.act(case, "hand-back", **fields)
        assert answer.headers["location"] == f"/console/cases/{case}/hand-back?gone=1"
    assert stand.row(case).version == 0
    assert "finns inte längre" in karin.get(f"/console/cases/{case}/hand-back?gone=1").text


def test_a_resolved_case_cannot_be_handed_back(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "resolve", outcome="solved")
    assert karin.get(f"/console/cases/{case}/hand-back").status_code == 409


def test_what_was_written_meanwhile_is_read_first(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "claim")
    page = karin.get(f"/console/cases/{case}/hand-back?guide=swish").text
    assert "swish säger fel</blockquote>" in page
    heard = re.findall(r'name="heard" value="(\d+)"', page)[0]
    stand.says(case, "nu ringer dom igen")
    answer = karin.act(case, "hand-back", guide="swish", step="swish-2", heard=heard)
    assert stand.row(case).status == Status.CLAIMED
    page = karin.get(answer.headers["location"]).text
    assert "Personen har skrivit sedan du öppnade sidan." in page
    assert "nu ringer dom igen</blockquote>" in page
    assert '<option value="swish" selected>' in page
    heard = re.findall(r'name="heard" value="(\d+)"', page)[0]
    karin.act(case, "hand-back", guide="swish", step="swish-2", heard=heard)
    assert stand.row(case).status == Status.RESOLVED
    assert (
        karin.act(case, "hand-back", guide="swish", step="swish-2", heard=1)
        .headers["location"]
        .endswith("done=hand_back")
    )
