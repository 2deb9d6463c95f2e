"""The poster, read back from the PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.public.contact import Contact, code
from bot.public.leaflet import Leaflet, make_leaflet
from bot.public.poster import FONTS, _drawn, poster
from bot.services.read_program import read_programs
from tests.bot.public.pdf_text import pages_of
from tests.bot.public.stand import LIBRARY, PUBLIC_URL, SECRETS, TEN, Shelf
from tests.stand_ins import OUR_NUMBER, WITHOUT_TELEGRAM

URL = f"{PUBLIC_URL}/program/kalmar"


def leaflet(shelf: Shelf, telegram: str = "", language: str = "sv") -> Leaflet:
    (program,) = read_programs(shelf.database, shelf.clock, shelf.world, WITHOUT_TELEGRAM.municipalities[:1])
    return make_leaflet(program, Contact(OUR_NUMBER, telegram), language, URL)  # type: ignore[arg-type]


def words(pdf: bytes) -> str:
    """The text of all pages, on one line, with plain spaces."""
    return " ".join(" ".join(pages_of(pdf)).replace("\u00a0", " ").split())


def test_the_poster_says_what_when_where_and_how(shelf: Shelf) -> None:
    for week in range(3):
        shelf.course("Mobilen från början", TEN + timedelta(weeks=week))
    shelf.course("Digitalt fika", TEN, kind="drop_in")
    text = words(poster(leaflet(shelf)))
    assert "Digital hjälp i Kalmar" in text and "Sms:a 070-174 06 90" in text
    assert "Mobilen från början Tisdagar 10–12 1 december, 8 december, 15 december Biblioteket, Kalmar" in text
    assert "Kom när du vill. Du behöver inte boka." in text
    assert "måndag–torsdag 10–18" in text and "Öppet utan personal: fredag 15–20.30" in text
    assert f"Gäller från 23 november 2026. Aktuellt program: {URL}" in text


def test_seats_are_not_printed_since_they_change_while_the_poster_hangs(shelf: Shelf) -> None:
    shelf.book(shelf.course(), 3)
    text = words(poster(leaflet(shelf)))
    assert "kvar" not in text and "Fullt" not in text
    assert [secret for secret in SECRETS if secret in text] == []


def test_in_english(shelf: Shelf) -> None:
    shelf.course()
    text = words(poster(leaflet(shelf, language="en")))
    assert (
        "Digital help in Kalmar" in text and "Text 070-174 06 90" in text and "Tuesday 1 December, 10:00–12:00" in text
    )


def test_samples_say_so_on_the_wall_too(shelf: Shelf) -> None:
    assert "påhittade" not in words(poster(leaflet(shelf)))
    shelf.places = (replace(LIBRARY, sample=True),)
    assert "påhittade" in words(poster(leaflet(shelf)))


def test_codes_lead_to_a_text_and_to_telegram(shelf: Shelf) -> None:
    alone, both = poster(leaflet(shelf)), poster(leaflet(shelf, "lotsen_bot"))
    assert b"/URI (sms:+46701740690)" in alone and b"t.me" not in alone
    assert b"/URI (https://t.me/lotsen_bot)" in both
    assert "Rikta mobilens kamera hit" in words(both) and "Eller Telegram" in words(both)
    assert len(code("sms:+46701740690")) in range(21, 30), (
        "few squares, so that they are large enough for an old camera"
    )


def test_a_small_programme_is_one_page_and_a_large_one_loses_nothing(shelf: Shelf) -> None:
    shelf.course()
    assert len(pages_of(poster(leaflet(shelf)))) == 1
    for number in range(40):
        shelf.course(f"Kurs nummer {number}", TEN + timedelta(days=1, minutes=number))
    made = poster(leaflet(shelf))
    pages = pages_of(made)
    assert len(pages) > 1
    assert all(f"Kurs nummer {number}\n" in "\n".join(pages) + "\n" for number in range(40))
    assert all("Aktuellt program:" in page for page in pages)


def test_nothing_to_show_is_said(shelf: Shelf) -> None:
    shelf.places = ()
    text = words(poster(leaflet(shelf)))
    assert "Inga kurser är inlagda just nu." in text and "Inga platser är inlagda just nu." in text


def test_letters_of_many_languages_and_long_words_have_room(shelf: Shelf) -> None:
    shelf.course("Žluťoučký – “Çalışma” Людмила €" + " Donaudampfschifffahrtsgesellschaftskapitän" * 3)
    text = words(poster(leaflet(shelf)))
    assert "Žluťoučký – “Çalışma” Людмила €" in text


@pytest.mark.filterwarnings("error")
def test_what_the_letters_lack_does_not_stop_it(shelf: Shelf) -> None:
    shelf.course("Kurs العربية 😀")
    assert poster(leaflet(shelf)).startswith(b"%PDF-")


def test_the_same_programme_makes_the_same_bytes(shelf: Shelf) -> None:
    shelf.course()
    first = poster(leaflet(shelf))
    _drawn.cache_clear()
    assert poster(leaflet(shelf)) == first
    shelf.course("En till")
    assert poster(leaflet(shelf)) != first


def test_the_letters_come_with_their_licence() -> None:
    assert {path.suffix for path in FONTS.iterdir()} == {".ttf", ".txt"}
    assert "Bitstream Vera" in Path(FONTS / "LICENSE.txt").read_text(encoding="utf-8")
