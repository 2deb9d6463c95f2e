"""The pages of places: who sees and changes what, the coming two weeks, and a form that keeps what was typed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.console.place_form import fields_of
from bot.services.keep_places import keep_places
from bot.store import clock as business_clock
from bot.store.tables import AuditRow, CourseRow, PlaceRow
from tests.bot.console.stand import Desk, Stand
from tests.sample_places import place

PLACES = "/console/places"
KALMAR = f"{PLACES}/kalmar-bibliotek"
At = Callable[..., Desk]


@pytest.fixture(autouse=True)
def kept(stand: Stand) -> None:
    configured = [
        place(),
        place("Vara", id="vara-bibliotek", name="Vara <i>bibliotek</i>", town="Vara", verified_at="2026-05-01"),
        place(id="kalmar-gammal", name="Gamla träffpunkten", kind="meeting_point", valid_to="2026-10-31"),
        place(id="kalmar-exempel", name="Exempelbiblioteket", verified_at="sample", verified_by=None, sample=True),
    ]
    keep_places(stand.database, configured, stand.clock)


@pytest.fixture
def sam(at_desk: At) -> Desk:
    return at_desk("Sam", role="samordnare")


def row(stand: Stand, place_id: str = "kalmar-bibliotek") -> PlaceRow:
    with stand.database.reading() as session:
        return session.get_one(PlaceRow, place_id)


def typed(**changes: object) -> dict[str, object]:
    """The form as the page has it, with some fields typed anew."""
    shown = {name: list(values) for name, values in fields_of(place()).items()}
    return {**shown, "version": "1", **changes}


def text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_all_places_by_municipality_with_what_there_is_to_see_to(karin: Desk) -> None:
    page = karin.get(PLACES).text
    assert page.index(">Kalmar</h2>") < page.index(">Vara</h2>")
    assert "Vara &lt;i&gt;bibliotek&lt;/i&gt;" in page
    said = text(page)
    assert "Har slutat gälla. Visas inte för invånarna." in said
    assert "Inte kontrollerad på över ett halvår." in said
    assert "Påhittat exempel." in said
    assert said.count("Öppet nu till 18") == 2, "not for the two that residents are not told of"
    ours = text(karin.get(f"{PLACES}?kommun=Vara").text)
    assert "Exempelbiblioteket" not in ours and "Vara <i>bibliotek</i>" in ours


def test_one_place_shows_its_two_weeks_with_staffed_and_unstaffed_apart(karin: Desk, stand: Stand) -> None:
    said = text(karin.get(KALMAR).text)
    assert "I dag, måndag 23 nov Bemannat 10–18 Öppet utan personal 6–22" in said
    assert "Tisdag 1 dec Bemannat 10–12 och 13–18.30" in said
    assert "Onsdag 25 nov Stängt" in said
    assert "Bibliotekschefen" in said and "Hiss" in said and "svenska, engelska" in said
    with stand.database.writing() as session:
        business_clock.move(session, timedelta(days=28))
    said = text(karin.get(KALMAR).text)
    assert "Torsdag 24 dec Julafton Stängt" in said and "Fredag 25 dec Juldagen Stängt" in said
    assert "Måndag 28 dec Stängt Egna tider den här dagen" in said


def test_readers_and_handledare_look_but_do_not_change(karin: Desk, at_desk: At, stand: Stand) -> None:
    for desk in (karin, at_desk("Lars", role="reader")):
        page = desk.get(KALMAR).text
        assert "/edit" not in page and "/remove" not in page
        assert "/places/new" not in desk.get(PLACES).text
        assert desk.get(f"{KALMAR}/edit").status_code == 403
        assert desk.get(f"{PLACES}/new").status_code == 403
        for what in ("edit", "verify", "remove", "restore"):
            assert desk.post(f"{KALMAR}/{what}", **typed(by="x", sure="yes")).status_code == 403
        assert desk.post(f"{PLACES}/new", **typed()).status_code == 403
    assert row(stand).version == 1


def test_a_samordnare_of_another_municipality_reads_only(at_desk: At, stand: Stand) -> None:
    vera = at_desk("Vera", role="samordnare", municipality="vara")
    assert "/edit" not in vera.get(KALMAR).text
    assert vera.get(f"{KALMAR}/edit").status_code == 404
    assert vera.post(f"{KALMAR}/edit", **typed(name="Taget")).status_code == 404
    for what in ("verify", "remove", "restore"):
        assert vera.post(f"{KALMAR}/{what}", by="x", sure="yes").status_code == 404
    refused = vera.post(f"{PLACES}/new", **typed(name="Vår"))
    assert refused.status_code == 422 and "Välj en kommun och enhet som du arbetar för." in refused.text
    form = vera.get(f"{PLACES}/vara-bibliotek/edit").text
    assert "Vara: " in form and "Kalmar: " not in form
    assert row(stand).version == 1


def test_a_form_from_elsewhere_is_refused(sam: Desk, stand: Stand) -> None:
    for path in (f"{KALMAR}/edit", f"{KALMAR}/remove", f"{KALMAR}/verify", f"{PLACES}/new"):
        assert sam.client.post(path, data=typed(form="no", sure="yes", by="x")).status_code == 403
    assert row(stand).version == 1


def test_saving_the_form_as_it_is_changes_nothing(sam: Desk, stand: Stand) -> None:
    assert sam.post(f"{KALMAR}/edit", **typed()).headers["location"] == f"{KALMAR}?done=saved"
    assert row(stand).version == 1


def test_a_change_is_kept_told_of_and_audited(sam: Desk, stand: Stand) -> None:
    answer = sam.post(
        f"{KALMAR}/edit",
        **typed(name="Nya biblioteket", staffed_2="9-12 och 13-17", day_2_from="2026-12-14", day_2_to="2026-12-16"),
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"{KALMAR}?done=saved")
    page = text(sam.get(f"{KALMAR}?done=saved").text)
    assert "Platsen är sparad." in page and "Onsdag 2 dec Bemannat 9–12 och 13–17" in page
    with stand.database.reading() as session:
        (audited,) = session.scalars(select(AuditRow).where(AuditRow.act.like("place%")))
        assert (audited.act, audited.user_id, audited.detail) == (
            "place_change",
            sam.user.id,
            "kalmar-bibliotek: hours, name",
        )


def test_bad_input_keeps_what_was_typed_and_says_what_is_wrong(sam: Desk, stand: Stand) -> None:
    answer = sam.post(
        f"{KALMAR}/edit",
        **typed(name="Nytt & bra", staffed_0="10 till 18", day_0_from="2026-02-31", verified_by="", eve=["julafton"]),
    )
    assert answer.status_code == 422
    page = answer.text
    assert 'value="Nytt &amp; bra"' in page and 'value="10 till 18"' in page and 'value="2026-02-31"' in page
    assert "Inget är sparat ännu. Att rätta: 3" in page
    assert "Måndag, bemannat: ”10 till 18” går inte" in page and "Dag eller dagar, rad 1, första dagen: Dagen" in page
    assert "Vem som har bekräftat: Det här behöver fyllas i." in page
    for field in ("staffed_0", "day_0_from", "verified_by"):
        assert f'href="#{field}"' in page
        assert re.search(rf'id="{field}" [^>]*aria-describedby="{field}-fault[^>]*aria-invalid="true"', page)
    assert re.search(r'value="julafton" checked', page)
    assert not re.search(r'value="nyarsafton" checked', page)
    assert row(stand).version == 1


def test_what_is_typed_is_never_markup(sam: Desk) -> None:
    page = sam.post(
        f"{KALMAR}/edit", **typed(name="", staffed_0='"><script>x</script>', directions_sv="</textarea><b>")
    ).text
    assert "<script>x" not in page and "</textarea><b>" not in page


def test_who_saves_over_a_newer_version_keeps_the_text_and_may_save_again(sam: Desk, at_desk: At, stand: Stand) -> None:
    at_desk("Bo", role="admin").post(f"{KALMAR}/edit", **typed(town="Lindsdal"))
    answer = sam.post(f"{KALMAR}/edit", **typed(name="Sams namn"))
    assert answer.status_code == 409
    assert "Bo ändrade platsen medan du skrev." in answer.text and 'value="Sams namn"' in answer.text
    assert row(stand).document["town"] == "Lindsdal"
    version = re.search(r'name="version" value="(\d+)"', answer.text)
    assert version
    assert sam.post(f"{KALMAR}/edit", **typed(name="Sams namn", version=version[1])).status_code == 303
    assert row(stand).document["name"] == "Sams namn"


def test_a_new_place(sam: Desk, stand: Stand) -> None:
    assert 'name="name"' in sam.get(f"{PLACES}/new").text
    empty = sam.post(
        f"{PLACES}/new", name="", season_0_to="x", language="en", kind="shop", eve="x", access="x", helps="some"
    )
    assert empty.status_code == 422 and "Det här behöver fyllas i." in empty.text
    made = sam.post(f"{PLACES}/new", **typed(name="Träffpunkten"))
    assert made.headers["location"] == f"{PLACES}/kalmar-traffpunkten?done=saved"
    assert row(stand, "kalmar-traffpunkten").origin == "console"


def test_all_is_right_today(sam: Desk, stand: Stand) -> None:
    wrong = sam.post(f"{PLACES}/vara-bibliotek/verify", by="  ")
    assert wrong.status_code == 422 and "Skriv vem som har bekräftat uppgifterna." in wrong.text
    sam.post(f"{PLACES}/vara-bibliotek/verify", by="Chefen")
    assert row(stand, "vara-bibliotek").document["verified_at"] == "2026-11-23"
    assert "Inte kontrollerad" not in text(sam.get(f"{PLACES}/vara-bibliotek").text)


def test_removing_asks_first_and_can_be_undone(sam: Desk, karin: Desk, stand: Stand) -> None:
    unsure = sam.post(f"{KALMAR}/remove")
    assert unsure.status_code == 422 and "Kryssa i rutan om du är säker." in unsure.text
    assert sam.post(f"{KALMAR}/remove", sure="yes").headers["location"] == f"{PLACES}?done=removed"
    assert "Borttagna platser" in sam.get(PLACES).text
    assert "Kalmar bibliotek" not in karin.get(PLACES).text
    assert "Platsen är borttagen" in sam.get(KALMAR).text
    assert sam.post(f"{KALMAR}/restore").headers["location"] == f"{KALMAR}?done=restored"
    assert row(stand).removed_at is None


def test_who_removes_a_place_is_told_of_the_groups_that_are_planned_there(sam: Desk, stand: Stand) -> None:
    assert "planerade här:" not in sam.get(KALMAR).text
    words = {"title": {"sv": "Mobilen"}, "bring": {}, "cost": {}, "about": {}, "tags": []}
    now = stand.clock()
    with stand.database.writing() as session:
        for ahead, off in ((7, None), (8, None), (-7, None), (9, now)):
            start = now + timedelta(days=ahead)
            at = {"starts_at": start, "ends_at": start + timedelta(hours=1), "created_at": now, "cancelled_at": off}
            session.add(CourseRow(kind="course", municipality="kalmar", place="kalmar-bibliotek", **words, **at))
    assert "Kommande grupper som är planerade här: 2." in sam.get(KALMAR).text
    sam.post(f"{KALMAR}/remove", sure="yes")
    assert "Kommande grupper som är planerade här: 2." in sam.get(KALMAR).text


def test_what_is_no_place_is_not_found(sam: Desk) -> None:
    for path in ("nowhere", "nowhere/edit", "../queue", "x" * 300, "%00"):
        assert sam.get(f"{PLACES}/{path}").status_code in (404, 400)


def test_an_odd_version_counts_as_an_old_one(sam: Desk) -> None:
    for odd in ("", "x", "-1", "9" * 30, "²"):
        assert sam.post(f"{KALMAR}/edit", **typed(name="Annat", version=odd)).status_code == 409


def test_in_english(sam: Desk) -> None:
    sam.client.cookies.set("lotsen_language", "en")
    said = text(sam.get(KALMAR).text)
    assert "Staffed 10:00–18:00" in said and "Today, Monday 23 Nov" in said
    assert "Change the place" in said
    assert "Staffed" in sam.get(f"{KALMAR}/edit").text
