"""Handing a case over, page by page, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.console.site import SESSION_COOKIE
from bot.store.tables import CaseRow, UserRow
from tests.bot.console.stand import CONSOLE_WORLD, Desk, Stand, browser_of
from tests.bot.two_units import with_units
from tests.stand_ins import SVEA

At = Callable[..., Desk]


@pytest.fixture
def at(stand: Stand) -> At:
    """Makes somebody of a unit: at("Anna", "library")."""
    stand.world = with_units(CONSOLE_WORLD)
    app = stand.app()

    def make(name: str, unit: str | None, municipality: str = "kalmar", role: str = "handledare") -> Desk:
        user = stand.account(name, role, municipality)
        with stand.database.writing() as session:
            session.get_one(UserRow, user.id).unit = unit
        user.unit = unit
        client = browser_of(app)
        client.cookies.set(SESSION_COOKIE, stand.sessions[user.id])
        return Desk(stand, user, client)

    return make


@pytest.fixture
def case(stand: Stand) -> int:
    number = stand.case()
    with stand.database.writing() as session:
        session.get_one(CaseRow, number).unit = "library"
    return number


def test_a_colleague_finds_it_under_mine_with_what_was_noted(at: At, stand: Stand, case: int) -> None:
    anna, bo = at("Anna", "library"), at("Bo", "library")
    anna.act(case, "claim")
    assert f'href="/console/cases/{case}/transfer"' in anna.get(f"/console/cases/{case}").text
    page = anna.get(f"/console/cases/{case}/transfer").text
    assert f'<option value="{bo.user.id}">Bo</option>' in page
    answer = anna.act(case, "transfer", colleague=bo.user.id, note="Ring efter tre")
    assert answer.headers["location"] == f"/console/cases/{case}?done=transfer"
    assert "Ärendet är överlämnat." in anna.get(answer.headers["location"]).text
    assert f'href="/console/cases/{case}"' in bo.get("/console?view=mine").text
    page = bo.get(f"/console/cases/{case}").text
    assert "Ring efter tre" in page
    assert "Anna lämnade ärendet till Bo." in page
    assert 'id="reply-text"' in page


def test_nobody_is_chosen_before_somebody_has_chosen(at: At, case: int) -> None:
    anna = at("Anna", "library")
    at("Bo", "library")
    at("Cia", "library")
    anna.act(case, "claim")
    page = anna.get(f"/console/cases/{case}/transfer").text
    for name in ("colleague", "unit"):
        select = page[page.index(f'<select id="{name}"') : page.index("</select>", page.index(f'<select id="{name}"'))]
        assert " required" in select
        assert select.index('<option value="">Välj ...</option>') < select.index(
            '<option value="', select.index("Välj")
        )
    answer = anna.act(case, "transfer", colleague="", note="Ring efter tre")
    assert answer.status_code == 422
    assert "Välj en kollega i listan." in answer.text
    assert 'aria-describedby="colleague-fault colleague-hint" aria-invalid="true"' in answer.text
    assert "Ring efter tre" in answer.text


def test_another_unit_needs_the_tick(at: At, stand: Stand, case: int) -> None:
    anna, cilla = at("Anna", "library"), at("Cilla", "centre")
    assert cilla.get(f"/console/cases/{case}").status_code == 404
    page = anna.get(f"/console/cases/{case}/transfer").text
    assert '<option value="kalmar/centre">Kontaktcenter</option>' in page
    assert "kalmar/library" not in page
    page = anna.get(f"/console/cases/{case}/transfer?unit=kalmar/centre").text
    assert "Personen har sagt ja till att Kontaktcenter får läsa ärendet" in page
    refused = anna.act(case, "transfer", unit="kalmar/centre", note="Intyg")
    assert refused.status_code == 422
    assert "Annars stannar ärendet här" in refused.text
    assert ">Intyg</textarea>" in refused.text
    assert stand.row(case).unit == "library"
    answer = anna.act(case, "transfer", unit="kalmar/centre", consent="1", note="Intyg")
    assert answer.headers["location"] == f"/console/cases/handed-over?case={case}"
    assert f"Ärende {case} ligger nu i den andra enhetens kö" in anna.get(answer.headers["location"]).text
    assert anna.get(f"/console/cases/{case}").status_code == 404
    again = anna.act(case, "transfer", unit="kalmar/centre", consent="1", note="Intyg")
    assert again.headers["location"] == answer.headers["location"], "pressed twice"
    page = cilla.get(f"/console/cases/{case}").text
    assert "Personen har sagt ja till att Kontaktcenter får läsa ärendet." in page
    assert "Intyg" in page


def test_what_cannot_be_is_told(at: At, stand: Stand, case: int) -> None:
    anna, bo, cilla = at("Anna", "library"), at("Bo", "library"), at("Cilla", "centre")
    for fields in ({"colleague": ""}, {"colleague": cilla.user.id}, {"colleague": "x"}, {"colleague": "9" * 30}):
        answer = anna.act(case, "transfer", **fields)
        assert answer.status_code == 422, fields
        assert "Välj en kollega i listan." in answer.text
    answer = anna.act(case, "transfer", unit="gone/gone", consent="1")
    assert (answer.status_code, "Välj en enhet i listan." in answer.text) == (422, True)
    bo.act(case, "claim")
    assert anna.get(f"/console/cases/{case}/transfer").status_code == 409
    answer = anna.act(case, "transfer", unit="kalmar/centre", consent="1", note="Viktigt")
    assert (answer.status_code, "Viktigt" in answer.text, "Bo har redan tagit det" in answer.text) == (409, True, True)
    bo.act(case, "resolve", outcome="solved")
    assert bo.get(f"/console/cases/{case}/transfer").status_code == 409
    assert stand.row(case).claimed_by == bo.user.id


def test_neither_readers_nor_other_units_hand_over(at: At, case: int) -> None:
    reader, cilla = at("Lars", "library", role="reader"), at("Cilla", "centre")
    assert reader.get(f"/console/cases/{case}/transfer").status_code == 403
    assert reader.act(case, "transfer", unit="kalmar/centre", consent="1").status_code == 403
    assert cilla.get(f"/console/cases/{case}/transfer").status_code == 404
    assert cilla.act(case, "transfer", colleague=cilla.user.id).status_code == 404


def test_what_was_said_with_another_unit_is_marked_and_not_shown(at: At, stand: Stand, case: int) -> None:
    anna, cilla = at("Anna", "library"), at("Cilla", "centre")
    stand.clock.pass_(minutes=1)
    stand.says(case, "hemligt för biblioteket")
    anna.act(case, "reply", text="svar från biblioteket", version=1)
    stand.clock.pass_(minutes=1)
    anna.act(case, "resolve", outcome="solved", helped="Starta om")
    stand.clock.pass_(minutes=1)
    answer = cilla.post("/console/cases/new", came="desk", about="Ansökan", number=SVEA, language="sv")
    page = cilla.get(answer.headers["location"]).text
    assert "Något sades med en annan enhet och visas inte här." in page
    assert "swish säger fel" in page, "said before any unit had it"
    for words in ("hemligt", "svar från", "Starta om", f'id="earlier-{case}"'):
        assert words not in page, words
