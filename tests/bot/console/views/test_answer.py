"""What goes on around a reply: taking it back, drafts, who is there, ready words."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.domain.canned_reply import CannedReply
from bot.domain.case import Status
from bot.services.answer_case import HELD
from bot.services.deliver_outbox import Delivering, deliver_one
from bot.store import drafts
from bot.store.tables import AddressRow, CaseRow, DraftRow, HeldReplyRow, PresenceRow
from tests.bot.console.stand import CONSOLE_WORLD, Desk, Stand
from tests.stand_ins import SVEA, CarrierStandIn

REPLIES = (
    CannedReply(
        "ringde", {"sv": "Vi ringde", "en": "We called"}, {"sv": "Vi ringde dig. {namn}", "en": "We called you. {namn}"}
    ),
    CannedReply("tid", {"sv": "En tid", "en": "A time"}, {"sv": "Kom (DAG OCH TID).", "en": "Come (DAY AND TIME)."}),
    CannedReply("tack", {"sv": "Tack", "en": "Thanks"}, {"sv": 'Tack & "hej"', "en": 'Thanks & "bye"'}),
)
ACTS = ("undo", "draft", "presence")


@pytest.fixture
def stand(stand: Stand) -> Stand:
    stand.world = replace(CONSOLE_WORLD, replies=REPLIES)
    return stand


@pytest.fixture
def bo(at_desk: Callable[..., Desk]) -> Desk:
    return at_desk("Bo")


def _page(desk: Desk, case: int, query: str = "") -> str:
    return html.unescape(desk.get(f"/console/cases/{case}{query}").text)


def _box(desk: Desk, case: int, query: str = "") -> str:
    """What stands in the reply box."""
    page = desk.get(f"/console/cases/{case}{query}").text
    return html.unescape(page.partition('<textarea id="reply-text"')[2].partition(">")[2].partition("</textarea>")[0])


def _message(stand: Stand) -> int:
    with stand.database.reading() as session:
        return session.scalars(select(HeldReplyRow.message_id).order_by(HeldReplyRow.message_id.desc())).first() or 0


def _send(stand: Stand) -> list[str]:
    carrier = CarrierStandIn()
    while deliver_one(Delivering(stand.database, carrier, stand.clock, "sender", 0, stand.world)):
        pass
    return carrier.texts


def test_a_reply_can_be_taken_back_for_a_moment(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "reply", text="Hej Svea", version=0)
    page = _page(karin, case, "?done=reply")
    assert "Svaret är på väg. Det skickas om ett ögonblick." in page
    assert 'data-left="10"' in page
    assert page.count("Svaret är på väg.") == 1
    answer = karin.act(case, "undo", message=_message(stand))
    assert answer.headers["location"] == f"/console/cases/{case}?done=undo#reply-text"
    page = _page(karin, case, "?done=undo")
    assert "Svaret är ångrat och skickades aldrig." in page
    assert "Ångrat, skickades aldrig" in page
    assert "Det skickas om ett ögonblick" not in page
    assert "togs tillbaka" not in page
    assert _box(karin, case) == "Hej Svea"
    assert stand.row(case).status == Status.CLAIMED
    stand.clock.at += HELD
    assert _send(stand) == []
    assert stand.acts(case) == ["reply", "view", "undo", "view", "view"]


def test_the_same_words_are_sent_after_all(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "reply", text="Hej Svea", version=0)
    karin.act(case, "undo", message=_message(stand))
    karin.act(case, "reply", text="Hej Svea", version=0)  # from the old page even
    stand.clock.at += HELD
    assert _send(stand) == ["Karin: Hej Svea"]
    assert _box(karin, case) == ""


def test_too_late_is_told_kindly(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "reply", text="Hej", version=0)
    assert bo.act(case, "undo", message=_message(stand)).headers["location"].endswith("?done=too_late#latest")
    stand.clock.at += HELD
    _send(stand)
    assert "Det skickas om ett ögonblick" not in _page(karin, case)
    answer = karin.act(case, "undo", message=_message(stand))
    assert answer.headers["location"] == f"/console/cases/{case}?done=too_late#latest"
    assert "Det gick inte att ångra" in _page(karin, case, "?done=too_late")
    assert stand.row(case).status == Status.ANSWERED


def test_colleagues_get_no_button(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "reply", text="Hej", version=0)
    assert "data-left" in _page(karin, case)
    assert "data-left" not in _page(bo, case)


@pytest.mark.parametrize("act", ACTS)
def test_a_form_of_another_page_does_nothing(karin: Desk, stand: Stand, act: str) -> None:
    case = stand.case()
    karin.act(case, "reply", text="Hej", version=0)
    fields = {"message": str(_message(stand)), "kind": "reply", "text": "x", "types": "1"}
    path = f"/console/cases/{case}/{act}"
    assert karin.client.post(path, data=fields).status_code == 403
    assert karin.post(path, headers={"Sec-Fetch-Site": "cross-site"}, **fields).status_code == 403
    with stand.database.reading() as session:
        assert session.scalars(select(DraftRow)).all() == session.scalars(select(PresenceRow)).all() == []
    assert stand.acts(case) == ["reply"]


@pytest.mark.parametrize("act", ACTS)
def test_readers_and_strangers_are_refused(at_desk: Callable[..., Desk], stand: Stand, act: str) -> None:
    case = stand.case()
    assert at_desk("Lars", role="reader").act(case, act, kind="reply", text="x").status_code == 403
    assert at_desk("Vera", municipality="Vara").act(case, act, kind="reply", text="x").status_code == 404
    for path in ("step", "step/steps"):
        assert at_desk("Lars", role="reader").get(f"/console/cases/{case}/{path}").status_code == 403
        assert at_desk("Vera", municipality="Vara").get(f"/console/cases/{case}/{path}").status_code == 404


def test_a_draft_is_kept_on_the_server_and_is_its_writers_alone(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    answer = karin.act(case, "draft", kind="reply", text="Halva\r\nsva", quiet="1")
    assert (answer.status_code, answer.text) == (204, "")
    karin.act(case, "draft", kind="note", text="ringde", quiet="1")
    assert _box(karin, case) == "Halva\nsva"
    assert ">ringde</textarea>" in _page(karin, case)
    page = _page(bo, case)
    assert "Halva" not in page
    assert ">ringde</textarea>" not in page
    assert "Karin har börjat på ett svar" in page
    karin.act(case, "reply", text="Halva svaret", version=0)
    assert _box(karin, case) == ""
    karin.act(case, "note", text="ringde", version=0)
    assert ">ringde</textarea>" not in _page(karin, case)


def test_without_scripts_a_draft_is_saved_by_a_button(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    answer = karin.act(case, "draft", kind="note", text="ringde", version=0)
    assert answer.headers["location"] == f"/console/cases/{case}?done=draft#note-text"
    assert "Utkastet är sparat." in _page(karin, case, "?done=draft")


def test_what_was_sent_from_elsewhere_is_to_be_cleared(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "reply", text="Hej Svea", version=0)
    stand.clock.pass_(hours=1)
    assert karin.act(case, "draft", kind="reply", text="Hej Svea", quiet="1", left_over="1").status_code == 205
    assert _box(karin, case) == ""
    assert karin.act(case, "draft", kind="reply", text="Hej Svea", quiet="1", left_over="0").status_code == 204


def test_a_kind_of_draft_that_is_none(karin: Desk, stand: Stand) -> None:
    assert karin.act(stand.case(), "draft", kind="poem", text="ros").status_code == 400


def test_what_could_not_be_sent_is_kept_as_a_draft(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "claim")
    assert bo.act(case, "reply", text="Mitt långa svar", version=0).status_code == 409
    bo.act(case, "claim", take_over="1")
    assert _box(bo, case) == "Mitt långa svar"
    with stand.database.writing() as session:
        session.scalars(select(AddressRow).where(AddressRow.text == SVEA)).one().opted_out_at = stand.clock()
    assert bo.act(case, "reply", text="Efter STOPP", version=0).status_code == 409
    with stand.database.reading() as session:
        assert drafts.of(session, case, bo.user.id) == {"reply": "Efter STOPP"}


def test_one_sees_who_else_has_the_case_open(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    _page(karin, case)
    assert "Karin läser just nu." in _page(bo, case)
    assert "Bo läser just nu." in _page(karin, case)
    assert karin.act(case, "presence", types="1").status_code == 204
    page = _page(bo, case)
    assert "Karin skriver just nu." in page
    assert "Bo läser" not in page
    karin.act(case, "reply", text="Hej", version=0)
    assert "Karin läser just nu." in _page(bo, case)
    stand.clock.pass_(seconds=41)
    assert "Karin läser" not in html.unescape(bo.get(f"/console/cases/{case}/part").text)


def test_parts_that_are_fetched_by_themselves_are_no_sign_of_anybody(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.get(f"/console/cases/{case}/part")
    assert "Karin läser" not in _page(bo, case)


def test_readers_are_not_seen_for_they_answer_nobody(at_desk: Callable[..., Desk], karin: Desk, stand: Stand) -> None:
    case = stand.case()
    assert at_desk("Lars", role="reader").get(f"/console/cases/{case}").status_code == 200
    assert "Lars" not in _page(karin, case)


def test_ready_words_are_put_into_the_box(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    page = karin.get(f"/console/cases/{case}").text
    assert '<option value="ringde" data-text="Vi ringde dig. Karin">Vi ringde</option>' in page
    assert 'data-text="Tack &amp; &#34;hej&#34;"' in page
    assert _box(karin, case, "?reply=ringde") == "Vi ringde dig. Karin"
    assert _box(karin, case, "?reply=no-such") == ""
    karin.act(case, "draft", kind="reply", text="Hej Svea.", quiet="1")
    assert _box(karin, case, "?reply=ringde") == "Hej Svea.\nVi ringde dig. Karin"
    karin.act(case, "draft", kind="reply", text="Vi ringde dig. Karin Hör av dig", quiet="1")
    assert _box(karin, case, "?reply=ringde") == "Vi ringde dig. Karin Hör av dig"


def test_the_residents_language_is_kept(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    with stand.database.writing() as session:
        session.get_one(CaseRow, case).language = "en"
    assert _box(karin, case, "?reply=tack") == 'Thanks & "bye"'
    assert _box(karin, case, "?guide=swish&step=swish-2") == "swish 2."


def test_a_step_of_a_guide_comes_into_the_box(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    page = karin.get(f"/console/cases/{case}/step").text
    assert "Ett steg ur en guide" in page
    assert '<option value="swish" selected>' in page
    assert 'value="swish-2"' in page
    assert f'action="/console/cases/{case}#reply-text"' in page
    other = karin.get(f"/console/cases/{case}/step/steps?guide=print_scan").text
    assert 'value="print_scan-1" checked' in other
    assert "<html" not in other
    assert "<form" not in karin.get(f"/console/cases/{case}/step/steps?guide=").text
    assert _box(karin, case, "?guide=swish&step=swish-2") == "swish 2."
    for nothing in ("?guide=swish&step=no", "?guide=no&step=swish-2", "?guide=human&step=open"):
        assert _box(karin, case, nothing) == ""


def test_no_step_is_offered_where_no_reply_can_be_written(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "claim")
    assert bo.get(f"/console/cases/{case}/step").status_code == 409
    karin.act(case, "resolve", outcome="solved")
    assert karin.get(f"/console/cases/{case}/step").status_code == 409


def test_the_page_says_how_the_reply_begins_and_counts_it(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    page = _page(karin, case)
    assert 'Börjar med "Karin:", så att invånaren ser att det är en människa som skriver.' in page
    assert 'data-before="Karin: "' in page
    karin.act(case, "reply", text="Hej", version=0)
    page = _page(karin, case)
    assert "Börjar med" not in page
    assert 'data-before=""' in page


def test_a_name_is_text(at_desk: Callable[..., Desk], karin: Desk, stand: Stand) -> None:
    case = stand.case()
    bad = "<b>Bo</b>"
    at_desk(bad).get(f"/console/cases/{case}")
    assert "<b>Bo" not in karin.get(f"/console/cases/{case}").text


def test_a_blank_that_nobody_filled_in_is_not_sent(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    assert _box(karin, case, "?reply=tid") == "Kom (DAG OCH TID)."
    answer = karin.act(case, "reply", text="Kom (DAG OCH TID).", version=stand.row(case).version)
    assert (answer.status_code, "Fyll i (DAG OCH TID) innan du skickar." in answer.text) == (422, True)
    assert ">Kom (DAG OCH TID).</textarea>" in answer.text
    assert stand.sent(case) == []
    answer = karin.act(case, "reply", text="Kom på fredag.", version=stand.row(case).version)
    assert answer.status_code == 303
    assert stand.sent(case) == ["Karin: Kom på fredag."]
