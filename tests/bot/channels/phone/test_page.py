"""The page in a real browser."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.channels.phone.inbound import LONGEST_FILE, SAMPLE_PICTURE
from tests.bot.channels.phone.stand import AnsweringMachine, Phone, Says, Served

pytestmark = pytest.mark.browser

GUNVOR, KIM = "+46701740605", "tg:4711"
MENU: Says = [
    (
        "Menar du något av det här?\n1. BankID på ny telefon\n2. Något annat",
        (("BankID på ny telefon", "1"), ("Något annat", "2")),
    )
]
ANSWERS: dict[str, Says] = {
    "HEJ": [("Hej! Vad behöver du hjälp med?", ())],
    "LÅNGT": [("å" * 161, ())],
    "MENY": MENU,
    "1": [("1 av 5: Ta fram den gamla telefonen.", (("Klart", "KLART"), ("Fastnat", "FASTNAT")))],
    "photo": [("Jag ser att det är en bild.", ())],
    "voice": [("Kan du skriva i stället?", ())],
    "sticker": [("Fin bild! Vad behöver du hjälp med?", ())],
    "location": [("Närmast: Vara bibliotek.", ())],
    "contact": [("Tack för kontakten.", ())],
    "edit": [("Jag ser att du ändrade.", ())],
    "start": [("Hej, jag är Lotsen.", ())],
    "*": [("Förstår inte riktigt.", ())],
}
OWN_PICTURE = SAMPLE_PICTURE.read_bytes()[:-40] + b"another" + SAMPLE_PICTURE.read_bytes()[-40:]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
Open = Callable[..., Page]


@pytest.fixture
def machine(phone: Phone) -> Iterator[AnsweringMachine]:
    with AnsweringMachine(phone, ANSWERS) as running:
        yield running


@pytest.fixture
def open_page(chromium: Browser, served: Served, machine: AnsweringMachine) -> Iterator[Open]:
    """Opens the phone in a window of its own; a fault in the page's scripts or policy fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(width: int = 1280, height: int = 900, dark: bool = False, query: str = "", watch: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        if watch:
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(served.url + query)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def log(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("log")


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.keyboard.press("Enter")


def take(page: Page, name: str) -> None:
    page.locator("label.person", has_text=name).click()


def faults_of(page: Page) -> list[str]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{fault['id']}: {node['html']} {node['failureSummary']}" for fault in found for node in fault["nodes"]]


def test_a_text_and_its_answer(open_page: Open) -> None:
    page = open_page()
    page.keyboard.type("hej")  # the box has the focus from the start
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("Hej! Vad behöver du hjälp med?")
    expect(page.locator(".row.mine")).to_have_count(1)
    expect(page.locator(".row.mine .meta")).to_contain_text("1 sms-del")
    expect(page.locator(".row.theirs .meta")).to_contain_text("skickat")
    expect(page.get_by_role("textbox")).to_be_focused()
    expect(page.get_by_role("textbox")).to_have_value("")


def test_the_parts_of_an_sms_are_counted(open_page: Open) -> None:
    page = open_page()
    write(page, "långt")
    expect(page.locator(".row.theirs .meta")).to_contain_text("2 sms-delar")


def test_shift_enter_is_a_new_line(open_page: Open, phone: Phone) -> None:
    page = open_page()
    page.keyboard.type("rad ett")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("rad två")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("rad två")
    expect(log(page)).to_contain_text("Förstår inte riktigt.")
    assert [message.text for message in phone.messages() if message.direction == "in"] == ["rad ett\nrad två"]


def test_pressing_twice_sends_once(open_page: Open, phone: Phone) -> None:
    page = open_page()
    page.get_by_role("textbox").fill("hej")
    page.get_by_role("button", name="Skicka").dblclick()
    expect(log(page)).to_contain_text("Vad behöver du")
    page.wait_for_timeout(300)
    assert [message.text for message in phone.messages() if message.direction == "in"] == ["hej"]


def test_a_suggestion_fills_the_box_and_waits(open_page: Open, phone: Phone) -> None:
    page = open_page()
    page.get_by_role("button", name="nån från banken ringde").click()
    expect(page.get_by_role("textbox")).to_have_value("nån från banken ringde")
    expect(page.get_by_role("textbox")).to_be_focused()
    assert phone.messages() == []


def test_what_was_said_is_there_after_a_reload_and_in_its_order(open_page: Open) -> None:
    page = open_page()
    write(page, "hej")
    expect(page.locator(".row.theirs")).to_have_count(1)
    write(page, "meny")
    expect(page.locator(".row.theirs")).to_have_count(2)
    before = page.locator(".row .text").all_inner_texts()
    page.reload()
    expect(page.locator(".row.theirs")).to_have_count(2)
    assert page.locator(".row .text").all_inner_texts() == before
    assert before[0] == "hej"


def test_an_sms_has_no_buttons_and_no_paperclip(open_page: Open) -> None:
    page = open_page()
    write(page, "meny")
    expect(log(page)).to_contain_text("1. BankID på ny telefon")
    assert page.get_by_role("button", name="BankID på ny telefon").count() == 0
    assert page.get_by_role("button", name="Bifoga").count() == 0


def test_a_telegram_button_sends_what_it_means_once(open_page: Open, phone: Phone) -> None:
    page = open_page()
    take(page, "Kim")
    write(page, "meny")
    button = page.get_by_role("button", name="BankID på ny telefon")
    button.dblclick()
    expect(log(page)).to_contain_text("1 av 5")
    expect(page.locator(".row.mine").nth(1)).to_contain_text("BankID på ny telefon")
    expect(page.get_by_role("textbox")).to_be_focused()
    button.click()
    page.wait_for_timeout(1000)
    assert [message.text for message in phone.messages() if message.direction == "in"] == ["meny", "1"]
    expect(page.get_by_role("button", name="BankID på ny telefon (vald)")).to_have_count(1)
    expect(page.get_by_role("button", name="Fastnat")).to_be_visible()


@pytest.mark.parametrize(
    ("choice", "answer"),
    [
        ("Foto", "Jag ser att det är en bild."),
        ("Röstmeddelande", "Kan du skriva i stället?"),
        ("Klistermärke", "Fin bild!"),
        ("Vara", "Närmast: Vara bibliotek."),
        ("Gunvor", "Tack för kontakten."),
        ("/start", "Hej, jag är Lotsen."),
    ],
)
def test_everything_in_the_paperclip_s_menu(open_page: Open, choice: str, answer: str) -> None:
    page = open_page()
    take(page, "Kim")
    page.get_by_role("button", name="Bifoga").click()
    page.locator("#attachments").get_by_role("button", name=choice, exact=True).click()
    expect(log(page)).to_contain_text(answer)
    expect(page.locator("#attachments")).to_be_hidden()
    expect(page.get_by_role("textbox")).to_be_focused()


def choose_picture(page: Page, content: bytes) -> None:
    page.get_by_role("button", name="Bifoga").click()
    with page.expect_file_chooser() as chooser:
        page.locator("#attachments").get_by_role("button", name="Välj en bild").click()
    chooser.value.set_files({"name": "bild.png", "mimeType": "image/png", "buffer": content})


def test_a_picture_of_ones_own_is_sent_with_its_caption(open_page: Open, phone: Phone) -> None:
    page = open_page()
    take(page, "Kim")
    page.get_by_role("textbox").fill("så här ser det ut")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        choose_picture(page, OWN_PICTURE)
    assert base64.b64decode(sent.value.post_data_json["file"]) == OWN_PICTURE
    expect(log(page)).to_contain_text("Jag ser att det är en bild.")
    expect(page.get_by_role("textbox")).to_have_value("")
    assert [(m.kind, m.text) for m in phone.messages() if m.direction == "in"] == [("photo", "så här ser det ut")]


def test_a_picture_that_is_too_large_is_not_sent(open_page: Open, phone: Phone) -> None:
    page = open_page()
    take(page, "Kim")
    page.get_by_role("textbox").fill("så här ser det ut")
    choose_picture(page, b"x" * (LONGEST_FILE + 1))
    expect(page.locator("#hint")).to_have_text("Bilden är för stor. Välj en på högst 4 MB.")
    expect(page.get_by_role("textbox")).to_have_value("så här ser det ut")
    assert phone.messages() == []


def test_the_last_message_can_be_edited(open_page: Open, phone: Phone) -> None:
    page = open_page()
    take(page, "Kim")
    write(page, "hej")
    expect(log(page)).to_contain_text("Vad behöver du")
    page.get_by_role("button", name="Bifoga").click()
    page.get_by_role("button", name="Ändra senaste").click()
    expect(page.get_by_role("textbox")).to_have_value("hej")
    page.keyboard.type(" på dig")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("Jag ser att du ändrade.")
    expect(page.locator("#editing")).to_be_hidden()
    assert [(m.kind, m.text) for m in phone.messages() if m.direction == "in"] == [
        ("text", "hej"),
        ("edit", "hej på dig"),
    ]


def test_the_keyboard_alone_is_enough(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Shift+Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.type") == "radio":
            break
        page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.value") == GUNVOR
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#phone")).to_have_attribute("data-channel", "telegram")
    assert page.evaluate("document.activeElement.value") == KIM, "the arrows stay in the list"
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("meny")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="BankID på ny telefon")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Bifoga")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Foto")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Bifoga")).to_be_focused()
    for _ in range(10):
        if page.evaluate("document.activeElement.textContent") == "BankID på ny telefon":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("1 av 5")
    expect(page.get_by_role("textbox")).to_be_focused()


def test_each_person_has_a_phone_and_a_draft_of_their_own(open_page: Open) -> None:
    page = open_page()
    write(page, "hej")
    expect(log(page)).to_contain_text("Vad behöver du")
    page.get_by_role("textbox").fill("halvskrivet")
    take(page, "Bertil")
    expect(log(page)).to_contain_text("Inga meddelanden än")
    expect(page.get_by_role("textbox")).to_have_value("")
    expect(page.get_by_role("textbox")).to_be_focused()
    take(page, "Gunvor")
    expect(log(page)).to_contain_text("Vad behöver du")
    expect(page.get_by_role("textbox")).to_have_value("halvskrivet")


def test_a_new_number_is_the_next_free_one_and_stays_after_a_reload(open_page: Open, phone: Phone) -> None:
    page = open_page()
    page.get_by_role("button", name="Nytt nummer").click()
    write(page, "hej")
    expect(log(page)).to_contain_text("Vad behöver du")
    page.get_by_role("button", name="Nytt nummer").click()
    expect(page.get_by_role("radio", name="070-174 06 09")).to_be_checked()
    page.reload()
    expect(page.get_by_role("radio", name="070-174 06 09")).to_be_checked()
    other = open_page()  # another browser knows only those that have written
    expect(other.get_by_role("radio", name="070-174 06 08")).to_have_count(1)
    expect(other.get_by_role("radio", name="070-174 06 09")).to_have_count(0)


def test_a_message_to_somebody_else_gives_a_dot(open_page: Open, phone: Phone) -> None:
    page = open_page()
    expect(log(page)).to_contain_text("Inga meddelanden än")
    phone.put_out("+46701740606", "Sara vill följa dina ärenden. Svara JA eller NEJ.")
    expect(page.locator("label.person", has_text="Bertil").locator(".dot")).to_be_visible()
    expect(page.locator("#said")).to_have_text("Bertil har fått ett nytt meddelande")
    take(page, "Bertil")
    expect(log(page)).to_contain_text("Svara JA eller NEJ")
    expect(page.locator("label.person", has_text="Bertil").locator(".dot")).to_be_hidden()


def test_the_box_stops_at_1600_characters_and_says_so(open_page: Open, phone: Phone) -> None:
    page = open_page()
    page.get_by_role("textbox").fill("å" * 1700)
    expect(page.locator("#hint")).to_contain_text("högst 1 600 tecken")
    assert len(page.get_by_role("textbox").input_value()) == 1600
    page.keyboard.press("Enter")
    expect(page.locator(".row.mine .meta")).to_contain_text("11 sms-delar")


def test_what_is_written_is_text_and_never_markup(open_page: Open) -> None:
    page = open_page()
    write(page, "<img src=x onerror=\"document.title='x'\"><b>fet</b>")
    expect(page.locator(".row.mine .text")).to_have_text("<img src=x onerror=\"document.title='x'\"><b>fet</b>")
    assert page.title() == "Lotsens övningstelefon"


def test_secrets_are_seen_as_they_were_stored(open_page: Open) -> None:
    page = open_page()
    write(page, "mitt personnummer är 19121212-1212")
    expect(page.locator(".row.mine .removed")).to_contain_text("personnummer")
    expect(page.locator(".row.mine .text")).not_to_contain_text("1212")


def test_a_server_that_is_away_is_told_and_nothing_is_lost_or_doubled(
    open_page: Open, served: Served, phone: Phone
) -> None:
    page = open_page(watch=False)
    write(page, "hej")
    expect(log(page)).to_contain_text("Vad behöver du")
    served.stop()
    expect(page.locator("#away")).to_contain_text("Servern svarar inte")
    write(page, "ett")
    write(page, "två")
    expect(page.locator(".row.mine .meta").nth(1)).to_contain_text("Väntar på servern")
    served.start()
    expect(page.locator("#away")).to_be_hidden()
    expect(page.locator(".row.mine .meta").nth(2)).to_contain_text("1 sms-del")
    assert [message.text for message in phone.messages() if message.direction == "in"] == ["hej", "ett", "två"]


def test_an_answer_whose_request_was_lost_is_sent_again_as_the_same_message(open_page: Open, phone: Phone) -> None:
    page = open_page(watch=False)
    lost: list[str] = []

    def lose_the_first_answer(route) -> None:  # type: ignore[no-untyped-def]
        if route.request.method == "POST" and not lost:
            lost.append(route.request.post_data)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/phone/messages*", lose_the_first_answer)
    write(page, "hej")
    expect(log(page)).to_contain_text("Vad behöver du")
    page.wait_for_timeout(1500)
    assert len(lost) == 1
    assert [message.text for message in phone.messages() if message.direction == "in"] == ["hej"]
    expect(page.locator(".row.mine")).to_have_count(1)


def test_an_answer_comes_to_the_screen_by_itself_and_soon(open_page: Open, phone: Phone) -> None:
    page = open_page()
    write(page, "hej")
    expect(log(page)).to_contain_text("Vad behöver du")
    began = time.monotonic()
    phone.put_out(GUNVOR, "Handledaren svarar", author="handledare")
    expect(log(page)).to_contain_text("Handledaren svarar")
    assert time.monotonic() - began < 3
    expect(page.locator(".row.theirs").nth(1)).to_contain_text("från en människa")


def test_a_screen_reader_hears_new_messages_once_and_not_the_history(open_page: Open) -> None:
    page = open_page()
    expect(log(page)).to_have_attribute("aria-live", "polite")
    write(page, "hej")
    expect(log(page)).to_contain_text("Vad behöver du")
    page.reload()
    expect(page.locator(".row")).to_have_count(2)
    expect(log(page)).to_have_attribute("aria-live", "polite")
    page.evaluate(
        "() => { window.heard = []; new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(node =>"
        " node.classList?.contains('row') && heard.push(node.textContent)))).observe(document.getElementById('log'), {childList: true}); }"
    )
    write(page, "meny")
    expect(page.locator(".row")).to_have_count(4)
    page.wait_for_timeout(1600)
    heard = page.evaluate("window.heard")
    assert len(heard) == 2
    assert heard[0].startswith("Du: meny")
    assert heard[1].startswith("Lotsen: Menar du")


@pytest.mark.parametrize(
    ("width", "height", "dark"),
    [(1280, 900, False), (1280, 900, True), (390, 844, False), (320, 640, True), (320, 256, False)],
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_page: Open, phone: Phone, width: int, height: int, dark: bool
) -> None:
    page = open_page(width, height, dark)
    expect(log(page)).to_contain_text("Inga meddelanden än")
    assert faults_of(page) == []
    write(page, "mitt personnummer är 19121212-1212")
    write(page, "långt")
    expect(page.locator(".row.theirs")).to_have_count(2)
    phone.put_out(GUNVOR, "Det här kom inte fram", status="failed")
    expect(page.locator(".meta.bad")).to_be_visible()
    assert faults_of(page) == []
    take(page, "Kim")
    write(page, "meny")
    page.get_by_role("button", name="BankID på ny telefon").click()
    expect(log(page)).to_contain_text("1 av 5")
    page.get_by_role("button", name="Bifoga").click()
    page.locator("#attachments").get_by_role("button", name="Vara").click()
    expect(log(page)).to_contain_text("Vara bibliotek")
    page.get_by_role("button", name="Bifoga").click()
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        "() => [...document.querySelectorAll('button, select, summary, a, label.person')].filter(e => e.checkVisibility())"
        ".map(e => [e.textContent.trim(), e.getBoundingClientRect()]).filter(([t, r]) => r.width < 24 || r.height < 24)"
        ".map(([t]) => t).filter(t => t !== 'Hoppa till skrivrutan')"
    )
    assert small == []


def test_in_english(open_page: Open) -> None:
    page = open_page(query="?lang=en")
    write(page, "hej")
    expect(page.locator(".row.theirs .meta")).to_contain_text("1 SMS part")
    expect(page.get_by_role("link", name="På svenska")).to_be_visible()
    assert faults_of(page) == []
