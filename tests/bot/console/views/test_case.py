"""The page of a case."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import select

from bot.domain.case import Reason, Urgency
from bot.store.tables import AddressRow, ConversationRow, OutboxRow
from tests.bot.console.stand import Desk, Stand
from tests.stand_ins import SVEA


def test_the_whole_conversation_in_its_order_with_who_said_it(karin: Desk, stand: Stand) -> None:
    case = stand.case(said=(("resident", "första"), ("bot", "andra"), ("resident", "tredje")))
    karin.act(case, "reply", text="fjärde", version=0)
    page = karin.get(f"/console/cases/{case}").text
    places = [page.index(f">{text}</p>") for text in ("första", "andra", "tredje", "Karin: fjärde")]
    assert places == sorted(places)
    for words in ("Invånaren", "Lotsen, automatiskt svar", "Karin, handledare", "framme", "väntar på att skickas"):
        assert words in page, words


def test_the_facts(karin: Desk, stand: Stand) -> None:
    case = stand.case(urgency=Urgency.HIGH, reason=Reason.FRAUD)
    with stand.database.writing() as session:
        row = session.get_one(ConversationRow, stand.row(case).conversation_id)
        row.state = {**row.state, "position": {"flow": "swish", "step": "swish-2", "trail": [], "stuck": 0}}
    page = karin.get(f"/console/cases/{case}").text
    for words in (
        "Brådskande",
        "misstänkt bedrägeri",
        "Skaffa och använda Swish, steg 2 av 3",
        "Kalmar",
        "070-174 06 05",
        "väntar 10 min",
        "Behov: Swish. Bank: Swedbank.",
    ):
        assert words in page, words
    assert 'href="tel:+46701740605"' in page


def test_a_message_that_did_not_arrive_says_why(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    with stand.database.writing() as session:
        row = session.scalars(select(OutboxRow)).one()
        row.status, row.error = "undelivered", "30005"
    assert "kom inte fram: numret finns inte eller är avstängt" in karin.get(f"/console/cases/{case}").text


def test_notes_and_what_was_done_stand_in_the_conversation(
    karin: Desk, stand: Stand, at_desk: Callable[..., Desk]
) -> None:
    case = stand.case()
    bo = at_desk("Bo")
    bo.act(case, "claim")
    bo.act(case, "note", text="Ringde, inget svar", version=1)
    bo.act(case, "release")
    page = karin.get(f"/console/cases/{case}").text
    for words in (
        "Bo tog ärendet",
        "Anteckning av Bo, syns bara här",
        "Ringde, inget svar",
        "Bo lade tillbaka ärendet i kön",
    ):
        assert words in page, words


def test_opening_a_case_is_kept_in_the_audit_log(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.get(f"/console/cases/{case}")
    assert stand.acts(case) == ["view"]
    karin.get(f"/console/cases/{case}/part")
    assert stand.acts(case) == ["view"]


def test_what_a_resident_writes_is_text(karin: Desk, stand: Stand) -> None:
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    case = stand.case(said=(("resident", bad),), summary=bad)
    karin.act(case, "note", text=bad, version=0)
    page = karin.get(f"/console/cases/{case}").text
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3
    assert "<script>alert" not in page
    assert "<img" not in page


def test_a_case_of_another_municipality_is_not_found_and_not_told_of(
    at_desk: Callable[..., Desk], stand: Stand
) -> None:
    case = stand.case(municipality="kalmar")
    vera = at_desk("Vera", municipality="vara")
    for path in (
        f"/console/cases/{case}",
        f"/console/cases/{case}/part",
        f"/console/cases/{case}/hand-back",
        f"/console/live?case={case}",
    ):
        assert vera.get(path).status_code == 404, path
    for act in ("claim", "release", "reply", "note", "resolve", "hand-back"):
        assert vera.act(case, act, text="x", outcome="solved").status_code == 404, act
    assert stand.row(case).version == 0
    assert stand.acts(case) == []


def test_a_reader_reads_and_does_nothing(at_desk: Callable[..., Desk], stand: Stand) -> None:
    case = stand.case()
    reader = at_desk("Lars", role="reader")
    page = reader.get(f"/console/cases/{case}")
    assert page.status_code == 200
    assert "Du har läsbehörighet" in page.text
    assert re.findall(r'<form method="post" action="([^"]+)"', page.text) == ["/console/sign-out"]
    for act in ("claim", "release", "reply", "note", "resolve", "hand-back"):
        answer = reader.act(case, act, text="x", outcome="solved")
        assert answer.status_code == 403, act
        assert "Det får du inte göra" in answer.text
    assert reader.get(f"/console/cases/{case}/hand-back").status_code == 403
    assert stand.row(case).version == 0


def test_samordnare_and_admin_act(at_desk: Callable[..., Desk], stand: Stand) -> None:
    case = stand.case()
    for role in ("samordnare", "admin"):
        assert at_desk(role, role=role).act(case, "claim", take_over="1").status_code == 303
    assert stand.acts(case) == ["claim", "claim"]


def test_somebody_who_said_stopp_gets_no_reply_box(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    with stand.database.writing() as session:
        session.scalars(select(AddressRow).where(AddressRow.text == SVEA)).one().opted_out_at = stand.clock()
    page = karin.get(f"/console/cases/{case}").text
    assert "Invånaren har skrivit STOPP" in page
    assert 'id="reply-text"' not in page


def test_earlier_cases_of_the_person_are_linked(karin: Desk, stand: Stand) -> None:
    first = stand.case()
    karin.act(first, "resolve", outcome="solved")
    with stand.database.writing() as session:
        from bot.store import cases

        row = stand.row(first)
        new = cases.NewCase(
            row.conversation_id, SVEA, "sms", "sv", "kalmar", None, "team", Reason.ASKED, Urgency.NORMAL, None, "igen"
        )
        second, _ = cases.open_or_add(session, new, stand.clock())
        number = second.id
    assert f'href="/console/cases/{first}"' in karin.get(f"/console/cases/{number}").text


def test_forms_are_kept_out_of_the_changing_part(karin: Desk, stand: Stand) -> None:
    part = karin.get(f"/console/cases/{stand.case()}/part").text
    assert "<textarea" not in part
    assert 'id="now"' in part
    assert 'hx-swap-oob="true"' in part
