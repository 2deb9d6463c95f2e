"""The pages of relatives and elders, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.console.site import SESSION_COOKIE
from bot.domain.link import LinkStatus, Scope
from bot.flows import load
from bot.services.read_cases import case_version
from bot.services.viewer import Viewer
from bot.store.tables import AuditRow, BookingRow, CaseRow, DeedRow, LinkRow, UserRow
from tests.bot import kin
from tests.bot.console.stand import CONSOLE_WORLD, Desk, Stand, browser_of
from tests.bot.two_units import with_units
from tests.groups import add_course
from tests.stand_ins import ASTRID, KURT, SVEA

At = Callable[..., Desk]
FORM = {
    "case_of": "elder",
    "other": "#2",
    "name": "Anna",
    "called": "mamma",
    "how": "said_yes",
    "scope": "follow",
    "reason": "Sa ja",
}


@pytest.fixture
def at(stand: Stand) -> At:
    """Makes somebody of a unit: at("Karin", "library")."""
    stand.world = replace(with_units(CONSOLE_WORLD), texts=load().texts)
    app = stand.app()

    def make(
        name: str, unit: str | None = "library", municipality: str | None = "kalmar", role: str = "handledare"
    ) -> Desk:
        user = stand.account(name, role, municipality)
        with stand.database.writing() as session:
            session.get_one(UserRow, user.id).unit = unit
        user.unit = unit
        client = browser_of(app)
        client.cookies.set(SESSION_COOKIE, stand.sessions[user.id])
        return Desk(stand, user, client)

    return make


@pytest.fixture
def cases(stand: Stand) -> tuple[int, int]:
    """The elder's case and the relative's, both of the library."""
    made = stand.case(SVEA), stand.case(kin.ANNA, channel="telegram")
    with stand.database.writing() as session:
        for number in made:
            session.get_one(CaseRow, number).unit = "library"
    return made


def _link(stand: Stand, cases: tuple[int, int], status: LinkStatus = LinkStatus.ACTIVE, **columns: object) -> int:
    elder, relative = (kin.conversation_of(stand.database, case) for case in cases)
    values = {"unit": "library", "number": SVEA, "called": "din mamma", **columns}
    return kin.link(stand.database, elder, relative, status, **values)  # type: ignore[arg-type]


def _acts(stand: Stand) -> list[str]:
    with stand.database.reading() as session:
        return list(session.scalars(select(AuditRow.act).order_by(AuditRow.id)))


def test_a_link_is_made_from_the_case(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    karin = at("Karin")
    assert '/console/cases/1/link"' in karin.get("/console/cases/1").text
    assert "Koppla en anhörig" in karin.get("/console/cases/1/link").text
    answer = karin.act(1, "link", **FORM)
    assert answer.headers["location"] == "/console/links/1?done=make"
    page = karin.get("/console/links/1?done=make").text
    for said in (
        "Kopplingen är gjord.",
        "Anna och ”mamma”",
        "Pågår",
        "070-174 06 05",
        "på Telegram",
        "Kopplad av",
        "Kalmar bibliotek",
        "Sa ja",
    ):
        assert said in page, said
    assert karin.act(1, "link", **FORM).headers["location"] == answer.headers["location"], "pressed twice"
    elders, relatives = karin.get("/console/cases/1").text, karin.get("/console/cases/2").text
    assert "Följer den här personen" in elders
    assert "<dt>Följs av</dt><dd>Anna</dd>" in elders
    assert "Karin kopplade Anna som anhörig" in elders
    assert "Den här personen följer" in relatives
    assert "070-174 06 05" not in relatives
    assert _acts(stand) == ["view", "link_make", "link_view", "view", "view"]


@pytest.mark.parametrize(
    ("change", "said", "field"),
    [
        ({"other": "hej"}, "Skriv ett mobilnummer", "other"),
        ({"other": ""}, "Skriv ett mobilnummer", "other"),
        ({"other": "#77"}, "Det finns inget sådant ärende", "other"),
        ({"other": "070-174 06 05"}, "Det är samma person.", "other"),
        ({"name": ""}, "Skriv vad den anhöriga kallar sig.", "name"),
        ({"how": ""}, "Välj hur den äldre har sagt ja", "how"),
        ({"scope": ""}, "Välj vad den äldre har sagt ja till.", "scope"),
        ({"scope": "everything"}, "Välj vad den äldre har sagt ja till.", "scope"),
        ({"reason": " "}, "Skriv kort varför.", "reason"),
        ({"case_of": "nobody"}, "Välj vem ärendet är.", "case_of"),
        ({"called": "x" * 31}, "Skriv högst 30 tecken.", "called"),
    ],
)
def test_a_wrong_form_says_so_beside_the_field_and_loses_nothing(
    at: At, stand: Stand, cases: tuple[int, int], change: dict[str, str], said: str, field: str
) -> None:
    answer = at("Karin").act(1, "link", **{**FORM, **change})
    assert answer.status_code == 422
    assert said in answer.text
    prefix = {"scope": "new-", "reason": "new-"}.get(field, "")
    assert f'id="{prefix}{field}-fault"' in answer.text
    kept = {**FORM, **change}
    for name in ("name", "called", "other"):
        assert not kept[name] or f'value="{kept[name]}"' in answer.text, name
    with stand.database.reading() as session:
        assert session.scalars(select(LinkRow)).all() == []


def test_what_is_linked_already_leads_to_the_link(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    linked = _link(stand, cases)
    answer = at("Karin").act(1, "link", **FORM)
    assert (answer.status_code, f'href="/console/links/{linked}"' in answer.text) == (422, True)


def test_ending_and_changing_need_a_reason(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    karin, linked = at("Karin"), _link(stand, cases)
    refused = karin.post(f"/console/links/{linked}/end", reason="")
    assert (
        refused.status_code,
        'id="end-reason-fault"' in refused.text,
        'id="scope-reason-fault"' in refused.text,
    ) == (422, True, False)
    answer = karin.post(f"/console/links/{linked}/scope", scope="book", reason="Vill det")
    assert "Det är ändrat." in karin.get(answer.headers["location"]).text
    refused = karin.post(f"/console/links/{linked}/scope", scope="all", reason="Vill det")
    assert (refused.status_code, 'value="Vill det"' in refused.text) == (422, True)
    for _ in range(2):
        answer = karin.post(f"/console/links/{linked}/end", reason="Bad om det")
        assert answer.headers["location"] == f"/console/links/{linked}?done=end"
    page = karin.get(answer.headers["location"]).text
    assert "Slut, av Karin" in page
    assert "Avsluta kopplingen</button>" not in page
    late = karin.post(f"/console/links/{linked}/scope", scope="follow", reason="x")
    assert (late.status_code, "Det har ändrats sedan du öppnade sidan." in late.text) == (409, True)
    assert stand.acts(1).count("link_end") == 1


def test_a_held_link_waits_for_a_look(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    karin, linked = at("Karin"), _link(stand, cases, LinkStatus.HELD, reason="Frågar efter koder")
    for case in cases:
        page = karin.get(f"/console/cases/{case}").text
        assert f'href="/console/links/{linked}" id="held-link"' in page
        assert "Varför du ska titta: Frågar efter koder" in page
    page = karin.get(f"/console/links/{linked}").text
    for said in ("Titta först", "Fråga den äldre med sms", "Den äldre har sagt ja till mig", "Avslå"):
        assert said in page
    answer = karin.post(f"/console/links/{linked}/decline", reason="Känner inte Anna")
    assert "Du har avslagit det." in karin.get(answer.headers["location"]).text
    assert "Sade nej, av Karin" in karin.get(f"/console/cases/{cases[0]}").text


def test_a_held_link_is_asked_about_with_another_name(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    karin, linked = at("Karin"), _link(stand, cases, LinkStatus.HELD, name="Swedbank")
    refused = karin.post(f"/console/links/{linked}/ask", name=" ")
    assert (refused.status_code, 'id="ask-fault"' in refused.text) == (422, True)
    answer = karin.post(f"/console/links/{linked}/ask", name="Anna")
    page = karin.get(answer.headers["location"]).text
    assert "Frågan är skickad till den äldre." in page
    assert "Frågad, väntar på svar" in page
    silent = _link(stand, cases, LinkStatus.ASKED, number=ASTRID, silent=True)
    assert "Inget sms har gått till den äldre" in karin.get(f"/console/links/{silent}").text


def test_the_list_shows_what_waits_first_and_what_is_over(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    karin = at("Karin")
    assert "Inga kopplingar här." in karin.get("/console/links").text
    _link(stand, cases)
    held = _link(stand, cases, LinkStatus.HELD, number=ASTRID, name="Bosse", reason="Ett namn som liknar en bank")
    _link(stand, cases, LinkStatus.ENDED, ended_at=stand.clock(), ended_by="elder", name="Ulla")
    page = karin.get("/console/links").text
    assert page.index("Bosse") < page.index("Anna och ”mamma”")
    assert "Ulla" not in page
    assert "Slut, av den äldre" in karin.get("/console/links?show=over").text
    assert f'href="/console/links/{held}"' in karin.get("/console/links?show=held").text
    assert "Anna och ”mamma”" not in karin.get("/console/links?show=held").text
    assert karin.get("/console/links?show=nonsense").status_code == 400
    assert 'href="/console/links"' in karin.get("/console").text
    assert "Relatives who follow somebody" in _english(karin).get("/console/links").text


def _english(desk: Desk) -> Desk:
    desk.get("/console/language/en")
    desk.client.cookies.set("lotsen_language", "en")
    return desk


def test_other_units_and_readers_get_nowhere(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    linked = _link(stand, cases)
    cilla, reader = at("Cilla", "centre"), at("Lars", role="reader")
    assert cilla.get(f"/console/links/{linked}").status_code == 404
    assert cilla.post(f"/console/links/{linked}/end", reason="x").status_code == 404
    assert "Anna" not in cilla.get("/console/links").text
    assert cilla.act(1, "link", **FORM).status_code == 404
    for path in ("/console/links", f"/console/links/{linked}", "/console/cases/1/link"):
        assert reader.get(path).status_code == 403
    page = reader.get("/console/cases/1").text
    assert ("Följer den här personen" in page, f"/console/links/{linked}" in page, 'href="/console/links"' in page) == (
        True,
        False,
        False,
    )
    whole = at("Sam", None, role="samordnare")
    assert "Anna och ”mamma”" in whole.get("/console/links").text


def test_what_relatives_do_is_marked(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    linked = _link(stand, cases, scope=Scope.BOOK)
    course, elder = add_course(stand.database), kin.conversation_of(stand.database, 1)
    with stand.database.writing() as session:
        booking = BookingRow(
            course_id=course, conversation_id=elder, channel="sms", status="booked", for_whom="", link_id=linked,
            booked_at=stand.clock(), queued_at=stand.clock(),
        )  # fmt: skip
        session.add(booking)
        session.flush()
        for kind, about in (("booked", str(booking.id)), ("guide", "swish"), ("noted", "")):
            session.add(DeedRow(link_id=linked, at=stand.clock(), kind=kind, about=about))
    page = at("Karin").get("/console/cases/1").text
    for said in (
        "Anhörig Anna bokade: ",
        "Anhörig Anna hjälpte till i guiden Skaffa och använda Swish",
        "Anhörig Anna lade till något i ärendet",
        "(bokat av anhörig Anna)",
    ):
        assert said in page, said
    assert 'class="done deed"' in page
    assert "Anhörig Anna" not in at("Cilla", None).get("/console/cases/2").text


def test_the_case_page_notices_a_link_that_changes(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    who, before = Viewer(1), []
    for _ in range(2):
        before.append(case_version(stand.database, who, 1, stand.clock()))
    assert before[0] == before[1]
    linked = _link(stand, cases, LinkStatus.ASKED)
    asked = case_version(stand.database, who, 1, stand.clock())
    with stand.database.writing() as session:
        session.get_one(LinkRow, linked).status = "active"
    begun = case_version(stand.database, who, 1, stand.clock())
    with stand.database.writing() as session:
        session.add(DeedRow(link_id=linked, at=stand.clock(), kind="noted", about=""))
    assert len({before[0], asked, begun, case_version(stand.database, who, 1, stand.clock())}) == 4


def test_in_the_night_the_page_says_when_they_are_told(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    linked = _link(stand, cases)
    karin = at("Karin")
    assert "klockan 8" not in karin.get(f"/console/links/{linked}").text
    stand.clock.at = datetime.fromisoformat("2026-11-23T20:30:00+01:00")
    assert "De får veta det klockan 8." in karin.get(f"/console/links/{linked}").text


def test_the_log_tells_it_in_words(at: At, stand: Stand, cases: tuple[int, int]) -> None:
    karin = at("Karin", None, role="samordnare")
    karin.act(1, "link", **FORM)
    karin.post("/console/links/1/end", reason="Bad om det")
    page = karin.get("/console/audit").text
    assert "kopplade en anhörig" in page
    assert "avslutade en koppling med anhörig" in page
    assert "koppling 1" in page
    assert KURT not in page
