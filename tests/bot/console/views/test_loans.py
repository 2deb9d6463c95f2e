"""The pages of the loan desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.store.tables import LoanRow, LoanUnitRow
from tests.bot.console.loan_desk import HERE, THERE, at_unit, full_desk, lend
from tests.bot.console.stand import Desk, Stand

PHONES = ("070-174 06 05", "070-174 06 06", "070-174 06 07")


@pytest.fixture
def vera(at_desk: Callable[..., Desk], stand: Stand) -> Desk:
    desk = at_desk("Vera", municipality="kalmar")
    at_unit(stand, desk.user)
    return desk


def _state(stand: Stand, unit_id: int = 1) -> str:
    with stand.database.reading() as session:
        return session.get_one(LoanUnitRow, unit_id).state


def test_everything_in_its_place(vera: Desk, stand: Stand) -> None:
    full_desk(stand, vera.user)
    page = vera.get("/console/loans").text
    assert all(phone in page for phone in PHONES)
    assert "försenad, skulle in" in page
    assert "Någon på Telegram" in page
    assert "nr 1 i kön" in page
    assert 'aria-current="page">Lån</a>' in page


@pytest.mark.parametrize(
    ("role", "municipality", "unit"),
    [
        ("admin", None, None),
        ("samordnare", "kalmar", None),
        ("handledare", "kalmar", "other"),
        ("handledare", "vara", "library"),
    ],
)
def test_other_units_see_numbers_alone(
    at_desk: Callable[..., Desk], vera: Desk, stand: Stand, role: str, municipality: str | None, unit: str | None
) -> None:
    full_desk(stand, vera.user)
    other = at_desk("Bo", role=role, municipality=municipality)
    at_unit(stand, other.user, unit)
    page = other.get("/console/loans")
    assert page.status_code == 200
    assert not any(phone in page.text for phone in PHONES)
    assert "/console/loans/units/" not in page.text
    assert ("Surfplatta" in page.text) == (municipality != "vara")
    for number in (1, 6):
        assert other.get(f"/console/loans/units/{number}").status_code == 404
        for act in ("hand-out", "receive", "wipe", "set-aside", "put-back"):
            assert (
                other.post(
                    f"/console/loans/units/{number}/{act}", number="070-174 06 20", at=HERE, ticked=[0, 1]
                ).status_code
                == 404
            )
        for act in ("extend", "cancel"):
            assert other.post(f"/console/loans/units/{number}/{act}", loan=1).status_code == 404
    assert other.post("/console/loans/5/remove").status_code == 404
    assert [_state(stand, i) for i in range(1, 7)] == ["out", "out", "to_wipe", "away", "in", "in"]


def test_a_reader_sees_no_person_and_may_do_nothing(at_desk: Callable[..., Desk], vera: Desk, stand: Stand) -> None:
    full_desk(stand, vera.user)
    reader = at_desk("Lars", role="reader", municipality="kalmar")
    at_unit(stand, reader.user)
    page = reader.get("/console/loans").text + reader.get("/console/loans/units/1").text
    assert not any(phone in page for phone in PHONES)
    assert "Visas inte för läsare" in page
    assert "<button" not in reader.get("/console/loans/units/1").text.partition("<main")[2].partition("</main>")[0]
    assert reader.post("/console/loans/units/1/receive", at=HERE).status_code == 403
    assert _state(stand) == "out"


def test_a_whole_loan_by_forms(vera: Desk, stand: Stand) -> None:
    lend(stand, 1)
    assert "Lämna ut" in vera.get("/console/loans/units/1").text
    out = vera.post("/console/loans/units/1/hand-out", number="070-174 06 05", at=HERE)
    assert (out.status_code, out.headers["location"]) == (303, "/console/loans/units/1?done=hand_out")
    page = vera.get(out.headers["location"]).text
    assert "Utlämnad." in page
    assert 'href="tel:+46701740605"' in page
    assert "måndag 21 december" in page
    vera.post("/console/loans/units/1/extend", loan=1)
    vera.post("/console/loans/units/1/receive", at=THERE)
    assert _state(stand) == "to_wipe"
    half = vera.post("/console/loans/units/1/wipe", ticked=[1])
    assert half.status_code == 422
    assert "Allt på listan är inte avbockat" in half.text
    assert 'value="1" checked' in half.text
    assert 'value="0" checked' not in half.text
    assert vera.post("/console/loans/units/1/wipe", ticked=[0, 1]).status_code == 303
    assert _state(stand) == "in"
    with stand.database.reading() as session:
        assert session.get_one(LoanRow, 1).returned_place == THERE


def test_what_is_put_aside_is_handed_to_that_person(vera: Desk, stand: Stand) -> None:
    full_desk(stand, vera.user)
    page = vera.get("/console/loans/units/5").text
    assert 'name="number"' not in page
    assert vera.post("/console/loans/units/5/hand-out", loan=4, at=HERE).status_code == 303
    assert _state(stand, 5) == "out"


@pytest.mark.parametrize("number", ["", "abc", "12", "<script>", "070-174 06 05 07 09 09 09"])
def test_what_is_no_number_is_kept_and_told(vera: Desk, stand: Stand, number: str) -> None:
    lend(stand, 1)
    answer = vera.post("/console/loans/units/1/hand-out", number=number, at=HERE)
    assert answer.status_code == 422
    assert "Skriv ett telefonnummer" in answer.text
    assert "<script>" not in answer.text.partition("<main")[2].partition("</main>")[0]
    assert _state(stand) == "in"


def test_a_place_that_is_not_ours(vera: Desk, stand: Stand) -> None:
    lend(stand, 1)
    answer = vera.post("/console/loans/units/1/hand-out", number="070-174 06 05", at="nowhere")
    assert answer.status_code == 422
    assert "Välj en plats" in answer.text
    assert 'value="070-174 06 05"' in answer.text


def test_who_has_one_gets_no_second(vera: Desk, stand: Stand) -> None:
    lend(stand, 2)
    vera.post("/console/loans/units/1/hand-out", number="070-174 06 05", at=HERE)
    answer = vera.post("/console/loans/units/2/hand-out", number="070-174 06 05", at=HERE)
    assert answer.status_code == 409
    assert "redan lånat en sådan" in answer.text
    assert _state(stand, 2) == "in"


def test_pressed_twice(vera: Desk, stand: Stand) -> None:
    lend(stand, 1)
    vera.post("/console/loans/units/1/hand-out", number="070-174 06 05", at=HERE)
    vera.post("/console/loans/units/1/receive", at=HERE)
    again = vera.post("/console/loans/units/1/receive", at=HERE)
    assert again.status_code == 409
    assert "Läget har ändrats" in again.text


def test_the_queue_comes_first(vera: Desk, stand: Stand) -> None:
    full_desk(stand, vera.user)
    answer = vera.post("/console/loans/units/6/hand-out", number="070-174 06 20", at=HERE)
    assert answer.status_code == 409
    assert "Andra står före i kön" in answer.text
    assert vera.post("/console/loans/5/remove").headers["location"] == "/console/loans?done=cancel"
    assert vera.post("/console/loans/5/remove").status_code == 409
    assert vera.post("/console/loans/units/6/hand-out", number="070-174 06 20", at=HERE).status_code == 303


def test_reservation_removed_and_set_aside_and_back(vera: Desk, stand: Stand) -> None:
    full_desk(stand, vera.user)
    assert vera.post("/console/loans/units/5/set-aside").status_code == 409
    assert vera.post("/console/loans/units/5/cancel", loan=4).status_code == 303
    assert vera.post("/console/loans/units/5/set-aside").status_code == 303
    assert _state(stand, 5) == "away"
    assert vera.post("/console/loans/units/5/put-back").status_code == 303
    assert _state(stand, 5) == "to_wipe"


def test_nothing_to_lend(vera: Desk) -> None:
    assert "Det finns inget att låna ut ännu." in vera.get("/console/loans").text


def test_a_form_from_elsewhere(vera: Desk, stand: Stand) -> None:
    lend(stand, 1)
    assert vera.client.post("/console/loans/units/1/set-aside", data={"form": "forged"}).status_code == 403
    assert _state(stand) == "in"


def test_a_unit_that_is_not_there(vera: Desk) -> None:
    for path in ("/console/loans/units/99", "/console/loans/units/abc"):
        assert vera.get(path).status_code == 404
