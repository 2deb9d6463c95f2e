import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from bot.channels.phone import webhook
from bot.domain.duty import Organisation
from bot.store.database import Database
from bot.store.tables import AddressRow, InboxRow
from tests.bot.channels.phone.stand import HELP_NUMBER, KALMAR_NUMBER, TEAM, Phone

GUNVOR, KIM = "+46701740605", "tg:4711"
OWN = {"X-Lotsen-Phone": "1"}


def post(phone: Phone, **fields: Any) -> Any:
    return phone.client().post(
        "/phone/messages", json={"key": "k-000001", "address": GUNVOR, "text": "hej", **fields}, headers=OWN
    )


def screen(phone: Phone, address: str = GUNVOR, after: str = "") -> Any:
    answer = phone.client().get("/phone/messages", params={"address": address, "after": after})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_message_goes_the_way_of_every_channel(phone: Phone) -> None:
    assert post(phone, text="Har glömt koden").json() == {"stored": True}
    (message,) = phone.messages()
    assert (message.channel, message.text, message.incoming_key) == (
        "sms",
        "Har glömt koden",
        f"sms:{HELP_NUMBER}:k-000001",
    )
    with phone.database.reading() as session:
        assert session.scalars(select(InboxRow)).one().handled_at is None
        assert session.scalars(select(AddressRow)).one().sender == HELP_NUMBER


def test_the_same_message_twice_is_one(phone: Phone) -> None:
    assert [post(phone).json()["stored"] for _ in range(3)] == [True, False, False]
    assert len(phone.messages()) == 1


def test_two_people_write_on_their_own_channels(phone: Phone) -> None:
    assert post(phone, key="k-01").json()["stored"]
    assert post(phone, key="k-02", address=KIM).json()["stored"]
    assert [message.channel for message in phone.messages()] == ["sms", "telegram"]


def test_the_number_that_was_texted_decides_the_municipality(phone: Phone) -> None:
    post(phone, receiver=KALMAR_NUMBER)
    with phone.database.reading() as session:
        assert session.scalars(select(AddressRow)).one().sender == KALMAR_NUMBER
    assert screen(phone)["bubbles"][0]["receiver"] == KALMAR_NUMBER


def test_secrets_are_masked_and_the_page_says_what_was_removed(phone: Phone) -> None:
    post(phone, text="mitt personnummer är 19121212-1212")
    (bubble,) = screen(phone)["bubbles"]
    assert "1212" not in json.dumps(bubble["text"])
    assert bubble["removed"] == ["personnummer"]


@pytest.mark.parametrize(
    "text", ["", "\x00", "<script>alert(1)</script>", "😀" * 1600, "'; DROP TABLE messages; --", "שלום", "\u202e"]
)
def test_odd_texts_are_stored_and_shown(phone: Phone, text: str) -> None:
    assert post(phone, text=text).status_code == 200
    assert len(screen(phone)["bubbles"]) == 1


def test_a_lone_surrogate_is_cleaned(phone: Phone) -> None:
    raw = b'{"key": "k-000001", "address": "+46701740605", "text": "hej \\ud83d d\\u00e4r"}'
    assert phone.client().post("/phone/messages", content=raw, headers=OWN).status_code == 200
    assert screen(phone)["bubbles"][0]["text"] == "hej � där"


def test_what_is_too_long_is_refused_and_nothing_stored(phone: Phone) -> None:
    answer = post(phone, text="a" * 1601)
    assert (answer.status_code, answer.json()["error"]) == (422, "too_long")
    assert phone.messages() == []


def test_a_body_without_end_is_refused(phone: Phone) -> None:
    assert phone.client().post("/phone/messages", content=b"x" * 6_000_000, headers=OWN).status_code == 413


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("photo", {"text": "vad betyder det här"}),
        ("voice", {"text": ""}),
        ("sticker", {"text": ""}),
        ("location", {"text": "", "latitude": 58.2623, "longitude": 12.9541}),
        ("contact", {"text": GUNVOR}),
        ("edit", {"text": "hej igen"}),
        ("start", {"text": "/start"}),
    ],
)
def test_every_kind_on_telegram(phone: Phone, kind: str, fields: dict[str, Any]) -> None:
    assert post(phone, address=KIM, kind=kind, **fields).json() == {"stored": True}
    (bubble,) = screen(phone, KIM)["bubbles"]
    assert (bubble["kind"], bubble["segments"], bubble["author"]) == (kind, 0, "resident")
    with phone.database.reading() as session:
        row = session.scalars(select(InboxRow)).one()
    assert (row.latitude, row.longitude) == ((58.26, 12.95) if kind == "location" else (None, None))


def test_a_pressed_button_is_not_waited_with(database: Database) -> None:
    phone = Phone(database)
    post(phone, address=KIM, text="jag vill ha hjälp med en sak", pressed=True, key="press-out-1-0")
    with database.reading() as session:
        assert session.scalars(select(InboxRow)).one().gathers is False


def test_an_answer_is_seen_once_it_has_been_handed_over(phone: Phone) -> None:
    post(phone)
    phone.put_out(GUNVOR, "Hej! Vad behöver du hjälp med?")
    before = screen(phone)
    assert [bubble["text"] for bubble in before["bubbles"]] == ["hej"]
    assert before["answering"]
    assert phone.deliver() == 1
    answer = screen(phone)["bubbles"][1]
    assert (answer["text"], answer["status"], answer["segments"]) == ("Hej! Vad behöver du hjälp med?", "sent", 1)


def test_buttons_come_with_their_meaning(phone: Phone) -> None:
    post(phone, address=KIM)
    phone.put_out(KIM, "1 av 5", (("Klart", "KLART"), ("Fastnat", "FASTNAT")))
    phone.deliver()
    bubble = screen(phone, KIM)["bubbles"][-1]
    assert bubble["buttons"] == [{"label": "Klart", "says": "KLART"}, {"label": "Fastnat", "says": "FASTNAT"}]


def test_a_page_that_has_seen_everything_gets_nothing_again(phone: Phone) -> None:
    post(phone)
    first = screen(phone)
    again = screen(phone, after=first["mark"])
    assert (again["changed"], again["mark"], "bubbles" in again) == (False, first["mark"], False)
    phone.put_out(GUNVOR, "Hej")
    phone.deliver()
    assert screen(phone, after=first["mark"])["changed"]


def test_a_mark_of_one_person_says_nothing_of_another(phone: Phone) -> None:
    mark = screen(phone, "+46701740606")["mark"]
    assert screen(phone, "+46701740607", after=mark)["changed"]


def test_a_changed_delivery_state_of_an_old_message_is_told(phone: Phone) -> None:
    post(phone)
    phone.put_out(GUNVOR, "först", status="sent")
    first = screen(phone)
    with phone.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE outbox SET status = 'undelivered'")
    assert screen(phone, after=first["mark"])["bubbles"][1]["status"] == "undelivered"


def test_a_real_channel_is_left_alone(database: Database) -> None:
    phone = Phone(database, channels=frozenset({"telegram"}))
    assert post(phone).status_code == 422
    assert phone.client().get("/phone/messages", params={"address": GUNVOR}).status_code == 422
    page = phone.client().get("/phone").text
    assert "Kim" in page
    assert "Gunvor" not in page


def test_a_database_that_is_away_is_told_so_that_the_page_tries_again(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    with phone.database.writing() as session:
        session.connection().exec_driver_sql("DROP TABLE clock")
    for answer in (post(phone), phone.client().get("/phone/messages", params={"address": GUNVOR})):
        assert (answer.status_code, answer.json()["error"]) == (503, "away")
        assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_page_in_both_languages(phone: Phone, lang: str) -> None:
    page = phone.client().get("/phone", params={"lang": lang}).text
    assert f'<html lang="{lang}">' in page
    assert "070-174 06 90" in page
    assert "Kalmar" in page


def test_an_unknown_language_is_swedish(phone: Phone) -> None:
    assert '<html lang="sv">' in phone.client().get("/phone", params={"lang": "<x>"}).text


def test_the_page_has_nothing_that_its_policy_forbids(phone: Phone) -> None:
    page = phone.client().get("/phone").text
    assert "style=" not in page
    assert "<style" not in page
    assert " onclick" not in page
    assert page.count("<script") == 2
    assert '<script type="application/json"' in page


def test_an_installation_without_any_number_has_a_phone_all_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.bot.channels.phone.stand.HELP_NUMBER", "")
    phone = Phone(database, organisation=Organisation("Lotsen", (), TEAM))
    assert phone.client().get("/phone").status_code == 200
    assert post(phone).json() == {"stored": True}
    assert len(screen(phone)["bubbles"]) == 1


def test_our_own_numbers_are_nobody_s_new_number(phone: Phone) -> None:
    page = phone.client().get("/phone").text
    settings = json.loads(page.split('id="settings">')[1].split("</script>")[0])
    assert settings["free"][0] == "+46701740608"
    assert not {HELP_NUMBER, KALMAR_NUMBER, GUNVOR} & set(settings["free"])


def test_both_languages_say_the_same_things() -> None:
    words = yaml.safe_load((Path(webhook.__file__).parent / "templates" / "words.yml").read_text(encoding="utf-8"))

    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        return len(value) if isinstance(value, list) else None

    assert shape(words["sv"]) == shape(words["en"])
