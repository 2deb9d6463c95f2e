"""The page of who is there, and going home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest

from bot.store.tables import UserRow
from tests.bot.console.stand import Desk, Stand
from tests.stand_ins import KURT, SVEA

At = Callable[..., Desk]


def _text(page: object) -> str:
    return " ".join(unescape(getattr(page, "text", "")).split())


def _account(stand: Stand, user: UserRow) -> UserRow:
    with stand.database.reading() as session:
        return session.get_one(UserRow, user.id)


def test_the_own_teams_hours_and_people(at_desk: At, stand: Stand) -> None:
    anna, bo = at_desk("Anna", municipality="kalmar"), at_desk("Bo", municipality="kalmar")
    at_desk("Vera", municipality="vara")
    bo.get("/console")
    page = anna.get("/console/duty")
    text = _text(page)
    assert page.status_code == 200
    assert "9–16" in text
    assert "öppet nu" in text
    assert "i morgon, tisdag 24 nov, 9–16" in text
    assert "Bo" in text
    assert "Vera" not in text
    assert text.count("på plats</span>") == 2
    assert 'value="2026-11-24"' in page.text, "whoever goes home is expected on the team's next day"


def test_on_christmas_eve_it_is_closed_until_monday(at_desk: At, stand: Stand) -> None:
    stand.clock.at = datetime(2026, 12, 24, 9, tzinfo=UTC)
    text = _text(at_desk("Anna", municipality="kalmar").get("/console/duty"))
    assert "stängt, helgdag eller helgdagsafton" in text
    assert "måndag 28 dec, 9–16" in text


def test_going_home_hands_the_cases_back_and_says_how_many(at_desk: At, stand: Stand) -> None:
    anna = at_desk("Anna", municipality="kalmar")
    first, second = stand.case(), stand.case(KURT)
    anna.act(first, "claim")
    anna.act(second, "claim")
    answer = anna.post(f"/console/duty/{anna.user.id}/away", back_on="2026-11-30")
    assert answer.status_code == 303
    text = _text(anna.get(answer.headers["location"]))
    assert "Hej då! Du är nu borta. 2 ärenden lämnades till kollegorna." in text
    assert "Du är borta och räknas som tillbaka måndag 30 nov." in text
    assert [(stand.row(i).status, stand.row(i).claimed_by) for i in (first, second)] == [("waiting", None)] * 2
    assert "Anna gick hem. Ärendet ligger i kön igen." in _text(anna.get(f"/console/cases/{first}"))


def test_every_page_reminds_somebody_who_is_away_and_works_all_the_same(at_desk: At, stand: Stand) -> None:
    anna = at_desk("Anna", municipality="kalmar")
    anna.post(f"/console/duty/{anna.user.id}/away", back_on="2026-11-24")
    assert "Du är markerad som borta" in _text(anna.get("/console"))
    answer = anna.post(f"/console/duty/{anna.user.id}/back")
    assert "Välkommen tillbaka!" in _text(anna.get(answer.headers["location"]))
    assert "Du är markerad som borta" not in _text(anna.get("/console"))
    anna.post(f"/console/duty/{anna.user.id}/away", back_on="2026-11-24")
    stand.clock.pass_(hours=14)  # past midnight in Sweden
    assert _account(stand, anna.user).away_since
    assert "Du är markerad som borta" not in _text(at_desk("Bo").get("/console"))


def test_without_a_day_it_is_until_further_notice(at_desk: At, stand: Stand) -> None:
    anna = at_desk("Anna", municipality="kalmar")
    answer = anna.post(f"/console/duty/{anna.user.id}/away")
    text = _text(anna.get(answer.headers["location"]))
    assert "Inga ärenden behövde gå tillbaka till kön." in text
    assert "Du är borta tills du säger att du är tillbaka." in text
    assert _account(stand, anna.user).back_at is None


@pytest.mark.parametrize("day", ["2026-11-23", "2026-02-31", "i morgon", "2030-01-01", "2026-11-24T10:00"])
def test_a_day_that_will_not_do_is_told_beside_the_field(at_desk: At, stand: Stand, day: str) -> None:
    anna = at_desk("Anna", municipality="kalmar")
    page = anna.post(f"/console/duty/{anna.user.id}/away", back_on=day)
    assert page.status_code == 422
    assert "Välj en dag från i morgon" in _text(page)
    assert f'value="{day}"' in page.text
    assert _account(stand, anna.user).away_since is None


def test_a_samordnare_does_it_for_others(at_desk: At, stand: Stand) -> None:
    anna, sara = at_desk("Anna", municipality="kalmar"), at_desk("Sara", "samordnare", "kalmar")
    case = stand.case(SVEA)
    anna.act(case, "claim")
    assert 'Sätt som borta <span class="unseen">Anna</span>' in sara.get("/console/duty").text
    answer = sara.post(f"/console/duty/{anna.user.id}/away")
    assert "Anna är nu borta. Ett ärende lämnades till kollegorna." in _text(sara.get(answer.headers["location"]))
    assert stand.row(case).claimed_by is None
    answer = sara.post(f"/console/duty/{anna.user.id}/back")
    assert "Anna är nu tillbaka." in _text(sara.get(answer.headers["location"]))


def test_nobody_else_may(at_desk: At, stand: Stand) -> None:
    anna, bo = at_desk("Anna", municipality="kalmar"), at_desk("Bo", municipality="kalmar")
    vera, reader = at_desk("Vera", "samordnare", "vara"), at_desk("Eva", "reader", "kalmar")
    assert "Sätt som borta" not in bo.get("/console/duty").text
    for other in (bo, vera, reader):
        for what in ("away", "back"):
            assert other.post(f"/console/duty/{anna.user.id}/{what}").status_code == 403
    assert reader.post(f"/console/duty/{reader.user.id}/away").status_code == 403
    assert "Jag går nu" not in reader.get("/console/duty").text
    assert _account(stand, anna.user).away_since is None


def test_a_strange_flash_shows_nothing(at_desk: At, stand: Stand) -> None:
    anna = at_desk("Anna", municipality="kalmar")
    for query in ("done=x", "done=away&of=4711", "done=away&of=2&n=-5"):
        assert 'class="flash"' not in anna.get(f"/console/duty?{query}").text


def test_in_english(at_desk: At, stand: Stand) -> None:
    admin = at_desk("Admin", "admin")
    admin.client.cookies.set("lotsen_language", "en")
    text = _text(admin.get("/console/duty"))
    assert "I am leaving now" in text
    assert "Shared queue" in text
    assert "tomorrow, Tuesday 24 Nov, 09:00–16:00" in text


def test_who_has_not_been_seen_for_a_while_is_not_there(at_desk: At, stand: Stand) -> None:
    anna, bo = at_desk("Anna", municipality="kalmar"), at_desk("Bo", municipality="kalmar")
    bo.get("/console")
    stand.clock.pass_(minutes=61)
    assert "inte i konsolen just nu</span>, senast sedd i dag 10.00" in _text(anna.get("/console/duty"))
