"""The public pages over HTTP: what they show, what they never show, and what goes wrong kindly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest
from icalendar import Calendar

from bot.public.site import HEADERS, KEPT_S
from bot.services.share_calendar import renew, revoke
from bot.store.database import Database, DatabaseAway
from bot.store.tables import UserRow
from tests.bot.public.stand import LIBRARY, PUBLIC_URL, SECRETS, TEN, VARA_LIBRARY, Shelf
from tests.stand_ins import WITHOUT_TELEGRAM

WEEK = timedelta(weeks=1)


def test_a_municipality_shows_its_own_courses_and_places(shelf: Shelf, reader: httpx.Client) -> None:
    shelf.course("Mobilen från början")
    shelf.course("Varas kurs", municipality="vara", place="vara-biblioteket")
    answer = reader.get("/program/kalmar")
    page = answer.text
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="sv">' in page
    assert "<h1>Digital hjälp i Kalmar</h1>" in page
    assert "Mobilen från början" in page and "Tisdag 1 december, 10–12" in page and "8 platser kvar" in page
    assert "Biblioteket, Kalmar" in page and "Ta med din mobil. Det är gratis." in page
    assert "måndag–torsdag</dt><dd>10–18" in page
    assert "070-174 06 90" in page and 'href="sms:+46701740690"' in page
    assert "Varas kurs" not in page and "Vara bibliotek" not in page


@pytest.mark.parametrize(
    "path", ["/program?kommun=kalmar", "/program?kommun=Kalmar", "/program/KALMAR", "/program?kommun=%20kalmar%20"]
)
def test_a_municipality_is_found_however_it_is_written(shelf: Shelf, reader: httpx.Client, path: str) -> None:
    shelf.course()
    assert reader.get(path).text.count("<h1>Digital hjälp i Kalmar</h1>") == 1


def test_dots_may_be_left_out(shelf: Shelf) -> None:
    mjolby = replace(WITHOUT_TELEGRAM.municipalities[0], id="mjolby", name="Mjölby")
    shelf.organisation = replace(WITHOUT_TELEGRAM, municipalities=(mjolby,))
    for written in ("mjolby", "Mjölby", "MJOLBY"):
        assert shelf.reader().get("/program", params={"kommun": written}).status_code == 200


def test_all_municipalities_to_choose_from(shelf: Shelf, reader: httpx.Client) -> None:
    for week in range(5):
        shelf.course(f"Kurs {week}", TEN + week * WEEK)
    answer = reader.get("/program")
    assert answer.status_code == 200
    assert 'href="/program/kalmar">Kalmar</a>' in answer.text and 'href="/program/vara">Vara</a>' in answer.text
    assert "Kurs 2" in answer.text and "Kurs 3" not in answer.text, "the first three, soonest first"
    assert "Biblioteket" in answer.text and "Vara bibliotek" in answer.text
    assert "Inga kurser är inlagda just nu." in answer.text, "Vara has none"


def test_english(shelf: Shelf, reader: httpx.Client) -> None:
    shelf.course()
    page = reader.get("/program/kalmar?lang=en").text
    assert '<html lang="en">' in page and "Digital help in Kalmar" in page and "Mobilen från början in English" in page
    assert "Tuesday 1 December, 10:00–12:00" in page and "In Swedish." in page
    assert 'href="/program/kalmar.pdf?lang=en"' in page
    assert 'href="?" lang="sv"' in page and 'href="?lang=en" lang="en"' in reader.get("/program/kalmar").text
    assert "In English" in reader.get("/program/kalmar?lang=fi").text, "any other language is answered in Swedish"


def test_the_other_language_keeps_the_rest_of_the_address(reader: httpx.Client) -> None:
    page = reader.get("/program", params={"kommun": "kalmar", "self": '"><script>'}).text
    assert 'href="?kommun=kalmar&amp;self=%22%3E%3Cscript%3E&amp;lang=en"' in page


def test_seats_are_told_and_nothing_else_of_bookings(shelf: Shelf, reader: httpx.Client) -> None:
    full, one, some = shelf.course("Den fulla"), shelf.course("Den nästan fulla"), shelf.course("Den glesa")
    shelf.book(full, 8)
    shelf.book(full, 2, "waitlisted")
    shelf.book(one, 7)
    shelf.book(some, 3)
    pages = [
        reader.get(f"/program{path}").text
        for path in ("", "/kalmar", "/kalmar?lang=en", "/kalmar.ics", "/plats/kalmar-biblioteket.ics")
    ]
    assert "Fullt, men du kan stå i kö" in pages[1] and "1 plats kvar" in pages[1] and "5 platser kvar" in pages[1]
    for page in pages:
        assert [secret for secret in SECRETS if secret in page.replace(" ", "")] == []
        assert [secret for secret in SECRETS if secret in page] == []


def test_one_comes_to_a_drop_in_when_one_likes(shelf: Shelf, reader: httpx.Client) -> None:
    shelf.course("Digitalt fika", kind="drop_in")
    page = reader.get("/program/kalmar").text
    assert "Kom när du vill. Du behöver inte boka." in page
    assert "platser kvar" not in page and "Fullt" not in page


def test_what_is_over_or_called_off_is_not_on_the_page(shelf: Shelf, reader: httpx.Client) -> None:
    shelf.course("Den gamla", shelf.clock() - timedelta(days=3))
    shelf.call_off(shelf.course("Den inställda"))
    page = reader.get("/program/kalmar").text
    assert "Den gamla" not in page and "Den inställda" not in page


def test_places_that_do_not_count_today_are_not_shown(shelf: Shelf) -> None:
    shelf.places = (
        replace(LIBRARY, id="a", name="Den inaktuella", verified_at=date(2026, 1, 1)),
        replace(LIBRARY, id="b", name="Den stängda", valid_to=date(2026, 11, 22)),
        replace(LIBRARY, id="c", name="Den kommande", valid_from=date(2026, 11, 24)),
    )
    page = shelf.reader().get("/program/kalmar").text
    assert "Den inaktuella" not in page and "Den stängda" not in page and "Den kommande" not in page
    assert "Inga platser är inlagda just nu." in page


def test_samples_say_that_they_are(shelf: Shelf) -> None:
    assert "påhittade" not in shelf.reader().get("/program/kalmar").text
    shelf.places = (replace(LIBRARY, sample=True), VARA_LIBRARY)
    assert "påhittade" in shelf.reader().get("/program/kalmar").text
    assert "påhittade" not in shelf.reader().get("/program/vara").text


def test_what_was_written_is_text_and_never_markup(shelf: Shelf) -> None:
    evil = "<script>alert(1)</script>"
    shelf.places = (
        replace(
            LIBRARY,
            name=evil,
            address=evil,
            directions={"sv": evil, "en": evil},
            access=(evil,),
            languages=("sv", evil),
        ),
    )
    shelf.course(evil, about={"sv": evil}, bring={"sv": evil}, cost={"sv": evil}, language=evil[:8], level=evil[:16])
    for path in ("/program", "/program/kalmar", f"/program/{evil}", f"/program?kommun={evil}"):
        page = shelf.reader().get(path).text
        assert "<script" not in page, path
    assert "&lt;script&gt;" in shelf.reader().get("/program/kalmar").text


@pytest.mark.parametrize(
    "path",
    [
        "/program/storvik",
        "/program?kommun=Storvik",
        "/program/storvik.pdf",
        "/program/storvik.ics",
        "/program/plats/storvik.ics",
        "/program/a/b/c",
        "/program/plats/",
    ],
)
def test_a_municipality_that_is_not_ours_is_answered_kindly(reader: httpx.Client, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "Här finns inget program" in answer.text and 'href="/program/kalmar"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "There is no programme here" in reader.get(path, params={"lang": "en", **httpx.URL(path).params}).text


@pytest.mark.parametrize("path", ["/program", "/program/kalmar", "/program/kalmar.ics", "/program/storvik"])
def test_headers_keep_other_sites_out_and_there_are_no_cookies(reader: httpx.Client, path: str) -> None:
    headers = reader.get(path).headers
    assert headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in headers


def test_pages_may_be_kept_for_a_short_while(shelf: Shelf, reader: httpx.Client) -> None:
    shelf.course()
    for path in ("/program", "/program/kalmar", "/program/kalmar.pdf", "/program/kalmar.ics"):
        first = reader.get(path)
        assert first.headers["cache-control"] == f"public, max-age={KEPT_S}"
        again = reader.get(path, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
    shelf.course("En ny kurs")
    changed = reader.get("/program/kalmar", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200 and "En ny kurs" in changed.text


def test_only_the_head_may_be_asked_for(reader: httpx.Client) -> None:
    assert reader.head("/program/kalmar").status_code == 200
    assert reader.post("/program/kalmar").status_code == 405


def test_pages_have_no_scripts_and_no_inline_styles(shelf: Shelf, reader: httpx.Client) -> None:
    shelf.course()
    for path in ("/program", "/program/kalmar", "/program/storvik"):
        page = reader.get(path).text
        assert "<script" not in page and " style=" not in page and " onclick" not in page
        assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert reader.get("/program/static/program.css").status_code == 200
    assert reader.get("/program/static/icon.svg").status_code == 200


def test_telegram_stands_there_where_the_municipality_answers_on_it(shelf: Shelf) -> None:
    assert "t.me" not in shelf.reader().get("/program/kalmar").text
    shelf.telegram = "lotsen_bot"
    assert "t.me" not in shelf.reader().get("/program/kalmar").text, "the municipality does not answer there"
    kalmar, vara = WITHOUT_TELEGRAM.municipalities
    shelf.organisation = replace(WITHOUT_TELEGRAM, municipalities=(replace(kalmar, telegram=True), vara))
    assert 'href="https://t.me/lotsen_bot?start=kalmar"' in shelf.reader().get("/program/kalmar").text
    assert "t.me" not in shelf.reader().get("/program/vara").text


def test_the_poster_is_a_pdf(shelf: Shelf, reader: httpx.Client) -> None:
    answer = reader.get("/program/kalmar.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"] == 'inline; filename="lotsen-kalmar.pdf"'
    assert "default-src" not in answer.headers["content-security-policy"], "a browser's own viewer needs its styles"


def _events(answer: httpx.Response) -> list[object]:
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_calendars_of_a_municipality_and_of_a_place(shelf: Shelf, reader: httpx.Client) -> None:
    shelf.course("I Kalmar")
    shelf.course("I Vara", municipality="vara", place="vara-biblioteket")
    assert [str(event["SUMMARY"]) for event in _events(reader.get("/program/kalmar.ics"))] == ["I Kalmar"]
    (event,) = _events(reader.get("/program/plats/vara-biblioteket.ics?lang=en"))
    assert str(event["SUMMARY"]) == "I Vara in English"
    assert str(event["URL"]) == f"{PUBLIC_URL}/program/vara?lang=en"


@pytest.fixture
def karin(shelf: Shelf) -> UserRow:
    return shelf.handledare()


def test_a_handledares_own_calendar(shelf: Shelf, reader: httpx.Client, karin: UserRow) -> None:
    mine = shelf.course("Min grupp", handledare=0)
    shelf.teaches(mine, karin)
    shelf.book(mine, 3)
    shelf.course("En annans grupp")
    address = f"/kalender/{renew(shelf.database, shelf.clock, karin.id)}.ics"
    answer = reader.get(address)
    (event,) = _events(answer)
    assert str(event["SUMMARY"]) == "Min grupp"
    assert "3 anmälda, 8 platser, 0 i kö" in str(event["DESCRIPTION"])
    assert [secret for secret in SECRETS if secret in answer.text] == []
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    revoke(shelf.database, shelf.clock, karin.id)
    gone = reader.get(address)
    assert gone.status_code == 404 and "Kalendern finns inte" in gone.text


@pytest.mark.parametrize(
    "path",
    ["/kalender/gissning.ics", "/kalender/.ics", "/kalender/", "/kalender/" + "x" * 500 + ".ics", "/kalender/a/b"],
)
def test_a_guessed_calendar_does_not_exist(reader: httpx.Client, karin: UserRow, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


def test_while_the_database_is_away_the_number_still_stands_there(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: Database) -> None:
        raise DatabaseAway("gone")

    monkeypatch.setattr(Database, "reading", away)
    answer = shelf.reader().get("/program/kalmar")
    assert answer.status_code == 503 and answer.headers["retry-after"] == "30"
    assert "070-174 06 90" in answer.text


def test_a_fault_of_ours_tells_nothing_of_itself_and_no_secret_to_the_log(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a detail")

    monkeypatch.setattr("bot.public.routes.read_own_calendar", broken)
    answer = shelf.reader().get("/kalender/hemligheten.ics")
    assert answer.status_code == 500 and "Något gick fel hos oss" in answer.text
    assert "a detail" not in answer.text
    assert "hemligheten" not in capsys.readouterr().out
