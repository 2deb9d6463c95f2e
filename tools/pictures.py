"""Makes the pictures of docs/pictures that show the console, from an invented Saturday morning: python -m tools.pictures.

Needs the dev dependencies and a Chromium. The pictures have few colours, so that each stays under 150 kB.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import create_engine

from bot.console.site import SESSION_COOKIE
from bot.store.database import Database
from bot.store.tables import Base, UserRow
from tests import browser
from tests.bot.console import saturday
from tests.bot.console.serving import served
from tests.bot.console.stand import Stand
from tests.stand_ins import SettableClock

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
MOST_BYTES = 150_000
COLOURS = 128
DESK = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 760}
REPLY = "Hej Gunvor! Kom gärna hit i dag, vi har öppet 11 till 15. Ta med mobilen, bankdosan och passet eller id-kortet. Koderna använder du själv."

Act = Callable[[Page, dict[str, str]], None]


def main() -> None:
    """Writes every picture, and says how large it is."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/lotsen.db"
        Base.metadata.create_all(create_engine(url))
        database = Database(url)
        stand = Stand(database, SettableClock(saturday.MORNING), world=saturday.real_world())
        karin, bo = (
            _at_the_library(stand, stand.account(name, municipality="kalmar")) for name in ("Karin Åberg", "Bo Ek")
        )
        cases = saturday.fill(database, stand.clock(), karin, bo)
        saturday.fill_family(database, stand.clock(), cases)
        ids = {name: str(number) for name, number in cases.items()}
        with served(stand) as address, browser.chromium() as opened:
            for name, size, act in PICTURES:
                context = opened.new_context(base_url=address, viewport=size, reduced_motion="reduce", locale="sv-SE")  # type: ignore[arg-type]
                context.add_cookies(
                    [{"name": SESSION_COOKIE, "value": stand.sessions[karin.id], "url": address + "/console"}]
                )
                page = context.new_page()
                act(page, ids)
                _write(name, page.screenshot())
                context.close()
        database.close()


def _at_the_library(stand: Stand, user: UserRow) -> UserRow:
    with stand.database.writing() as session:
        session.get_one(UserRow, user.id).unit = "bibliotek"
    return user


def _write(name: str, shot: bytes) -> None:
    file = FOLDER / f"{name}.png"
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    print(f"{file.name}: {size / 1000:.0f} kB")
    if size > MOST_BYTES:
        raise SystemExit(f"{file.name} is larger than {MOST_BYTES / 1000:.0f} kB: show less, or in fewer colours")


def _queue(page: Page, ids: dict[str, str]) -> None:
    page.goto("/console")


def _case(page: Page, ids: dict[str, str]) -> None:
    page.goto(f"/console/cases/{ids['Gunvor']}")


def _writing(page: Page, ids: dict[str, str]) -> None:
    _case(page, ids)
    page.locator("#claim").click()
    page.locator("#reply-text").fill(REPLY)
    page.locator("#note-text").focus()
    page.locator("#reply").scroll_into_view_if_needed()
    page.evaluate(
        "document.activeElement.blur(); document.querySelector('#reply').scrollIntoView({ block: 'end' }); scrollBy(0, 40)"
    )


def _undo(page: Page, ids: dict[str, str]) -> None:
    _case(page, ids)
    page.locator("#reply-text").fill(REPLY)
    page.get_by_role("button", name="Skicka svaret").click()
    page.get_by_role("button", name="Ångra").wait_for()
    page.evaluate(
        "document.activeElement.blur(); document.querySelector('#sending').scrollIntoView({ block: 'center' })"
    )


def _transfer(page: Page, ids: dict[str, str]) -> None:
    page.goto(f"/console/cases/{ids['Gunvor']}/transfer?unit=kalmar%2Fmedborgarservice")


def _duty(page: Page, ids: dict[str, str]) -> None:
    page.goto("/console/duty")


def _relatives(page: Page, ids: dict[str, str]) -> None:
    page.goto("/console/links/2")


PICTURES: tuple[tuple[str, dict[str, int], Act], ...] = (
    ("console", DESK, _queue),
    ("mobil", PHONE, _case),
    ("arende", DESK, _case),
    ("svara", DESK, _writing),
    ("angra", {"width": 1280, "height": 600}, _undo),
    ("lamna-over", {"width": 900, "height": 640}, _transfer),
    ("pa-plats", {"width": 900, "height": 760}, _duty),
    ("anhorig", {"width": 1000, "height": 620}, _relatives),
)
"""Name, size of the window, and how to come to what is shown; in this order, since each goes on from the one before."""


if __name__ == "__main__":
    main()
