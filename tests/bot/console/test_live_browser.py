"""Open pages keep up by themselves, in a real Chromium: new cases, sound, lost networks, sleep, a server that restarts, a session that ends."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from bot.domain.case import Reason, Urgency
from bot.store.tables import CaseRow, SessionRow
from tests.bot.console.stand import Stand, Window
from tests.stand_ins import ASTRID, KURT, SVEA

pytestmark = pytest.mark.browser


def urgent_case(stand: Stand, address: str = SVEA) -> int:
    return stand.case(address, urgency=Urgency.HIGH, reason=Reason.FRAUD, waited=0)


def listens(page: Page) -> None:
    """Waits until the page has an open connection, since what comes before it is there already."""
    expect(page.locator("#live")).to_have_attribute("data-state", "listening")


def test_a_new_urgent_case_is_told_by_title_text_and_sound(window: Window, stand: Stand) -> None:
    karin = stand.account()
    page = window.open(karin)
    sound = page.get_by_role("button", name="Ljud vid brådskande")
    expect(sound).to_have_attribute("aria-pressed", "false")
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "true")
    expect(sound).to_contain_text("på")
    expect(page.locator("#live")).to_have_attribute("data-played", "1")  # so that one hears what it sounds like
    listens(page)
    stand.case(KURT)
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("#live-urgent")).to_be_empty()
    fraud = urgent_case(stand)
    expect(page.locator("#live-urgent")).to_have_text("Nytt brådskande ärende. 1 brådskande väntar.")
    expect(page).to_have_title("(1 brådskande) Väntar – Lotsen")
    expect(page.locator("tbody tr").first.locator("a")).to_have_id(f"case-{fraud}")
    expect(page.locator("#live")).to_have_attribute("data-played", "2")
    urgent_case(stand, ASTRID)
    expect(page.locator("#live-urgent")).to_have_text("Nytt brådskande ärende. 2 brådskande väntar.")
    expect(page.locator("#live")).to_have_attribute("data-played", "3")
    page.reload()
    listens(page)
    expect(page.get_by_role("button", name="Ljud vid brådskande")).to_have_attribute("aria-pressed", "true")
    assert page.locator("#live").get_attribute("data-played") is None  # nothing new


def test_what_came_while_one_went_to_another_page_is_told_there(window: Window, stand: Stand) -> None:
    case = stand.case(KURT)
    page = window.open(stand.account())
    listens(page)
    page.goto("/console/remarks")
    urgent_case(stand)
    page.goto(f"/console/cases/{case}")
    expect(page.locator("#live-urgent")).to_have_text("Nytt brådskande ärende. 1 brådskande väntar.")
    page.reload()
    listens(page)
    expect(page.locator("#live-urgent")).to_be_empty()


def test_somebody_who_waited_too_long_is_told_on_open_pages(window: Window, stand: Stand) -> None:
    case, other = stand.case(SVEA), stand.case(KURT)
    page = window.open(stand.account(), f"/console/cases/{other}")
    expect(page.locator("#alarms")).to_be_hidden()
    listens(page)
    for number, text in ((case, "En person har väntat för länge."), (other, "2 personer har väntat för länge.")):
        with stand.database.writing() as session:
            session.get_one(CaseRow, number).alarm = 3
        expect(page.locator("#alarms strong")).to_have_text(text)
    page.get_by_role("link", name="Visa dem").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_filters_stay_open_and_chosen_while_the_list_changes(window: Window, stand: Stand) -> None:
    stand.case(SVEA, urgency=Urgency.HIGH)
    page = window.open(stand.account())
    page.get_by_text("Filtrera").click()
    page.get_by_label("Hur brått").select_option("high")
    listens(page)
    stand.case(KURT)
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("#view-waiting .count")).to_have_text("2")
    expect(page.get_by_label("Hur brått")).to_have_value("high")
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(1)
    stand.case(ASTRID)
    urgent_case(stand, "+46701740610")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Visa allt igen").click()
    expect(page.locator("tbody tr")).to_have_count(4)


def test_offline_and_back(window: Window, stand: Stand) -> None:
    case = stand.case()
    page = window.open(stand.account(), f"/console/cases/{case}")
    page.locator("#reply-text").fill("Halva sva")
    listens(page)
    page.context.set_offline(True)
    expect(page.locator("#live-note")).to_contain_text("Ingen kontakt")
    stand.says(case, "skrivet under tiden")
    page.wait_for_timeout(2500)
    expect(page.locator("#latest")).not_to_contain_text("skrivet under tiden")
    back = time.monotonic()
    page.context.set_offline(False)
    expect(page.locator("#latest")).to_contain_text("skrivet under tiden")
    assert time.monotonic() - back < 3  # the browser says that it is online again, so there is no waiting
    expect(page.get_by_text("skrivet under tiden")).to_have_count(1)
    expect(page.locator("#reply-text")).to_have_value("Halva sva")
    stand.says(case, "och efteråt")
    expect(page.locator("#latest")).to_contain_text("och efteråt")
    window.faults = [fault for fault in window.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_a_laptop_that_slept_catches_up(window: Window, stand: Stand) -> None:
    """The connection died without anybody being told, and no time passed for the page."""
    page = window.open(stand.account(), "about:blank")
    page.clock.install()
    page.goto("/console")
    listens(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "once=true" in request.url else None)
    page.clock.fast_forward("08:00:00")
    page.wait_for_timeout(1500)
    assert len(asked) == 1


def test_a_session_that_is_over_shows_a_way_in_and_asks_no_more(
    window: Window, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.console.views.live.HEARTBEAT_S", 0.5)
    case = stand.case()
    page = window.open(stand.account(), f"/console/cases/{case}")
    page.locator("#reply-text").fill("Halva sva")
    listens(page)
    with stand.database.writing() as session:
        session.execute(delete(SessionRow))
    expect(page.locator("#live-over")).to_contain_text("Du är utloggad.")
    asked: list[str] = []
    page.on(
        "request",
        lambda request: asked.append(request.url) if "/live" in request.url or "/part" in request.url else None,
    )
    page.wait_for_timeout(3000)
    assert asked == []
    expect(page.locator("#reply-text")).to_have_value("Halva sva")
    page.get_by_role("link", name="Logga in igen").click()
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
    assert re.search(rf"next=/console/cases/{case}$", page.url)
    window.faults.clear()


class Restarting:
    """The console on one port, to be stopped and started again."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._stand.closing.clear()
        config = uvicorn.Config(
            self._stand.app(), port=self.port, log_level="error", lifespan="off", timeout_graceful_shutdown=2
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 20
        while not self._server.started:
            assert time.monotonic() < until, "the server does not start"
            time.sleep(0.02)

    def stop(self) -> None:
        self._stand.closing.set()
        self._server.should_exit = True
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture
def restarting(stand: Stand) -> Iterator[Restarting]:
    made = Restarting(stand)
    made.start()
    yield made
    with contextlib.suppress(AssertionError):
        made.stop()


def test_a_server_that_restarts_is_found_again(chromium: object, restarting: Restarting, stand: Stand) -> None:
    window = Window(chromium, restarting.url, stand)  # type: ignore[arg-type]
    page = window.open(stand.account())
    listens(page)
    restarting.stop()
    expect(page.locator("#live-note")).to_contain_text("Ingen kontakt")
    between = urgent_case(stand)
    page.wait_for_timeout(1500)
    restarting.start()
    expect(page.locator(f"#case-{between}")).to_be_visible(timeout=12_000)
    expect(page.locator("#live-urgent")).to_contain_text("Nytt brådskande ärende.")
    expect(page.locator("#live-note")).to_contain_text("Uppdaterat")
    stand.case(KURT)
    expect(page.locator("tbody tr")).to_have_count(2)
    for context in window.opened:
        context.close()
