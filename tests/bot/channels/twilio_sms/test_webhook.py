"""Incoming SMS and delivery reports over HTTP, on a real database."""

from __future__ import annotations

import json
import shutil
import sqlite3
import urllib.parse
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.delivery import Delivery
from bot.domain.incoming_text import LONGEST
from bot.services.receive_message import Received
from bot.store.database import Database
from bot.store.tables import OutboxRow
from tests.bot.channels.twilio_sms.desk import PUBLIC_URL, Desk, incoming, signature, written
from tests.stand_ins import MONDAY, OUR_NUMBER, SVEA

TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
SECRET_TEXT = "Jag heter Gunvor och bor i Vara"


@pytest.fixture
def desk(made_sqlite: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(made_sqlite, tmp_path / "desk.db")
    made = Desk(Database(f"sqlite:///{tmp_path / 'desk.db'}"))
    yield made
    made.pool.shutdown()
    made.database.close()


@pytest.fixture
def either(database: Database) -> Iterator[Desk]:
    """A desk on SQLite, then on PostgreSQL."""
    made = Desk(database)
    yield made
    made.pool.shutdown()


def test_a_message_is_stored_and_answered_with_empty_twiml(either: Desk) -> None:
    answer = either.deliver(incoming(SECRET_TEXT))
    assert (answer.status_code, answer.text, answer.headers["content-type"].partition(";")[0]) == (
        200,
        TWIML,
        "text/xml",
    )
    (message,) = either.messages()
    assert (message.text, message.direction, message.channel) == (SECRET_TEXT, "in", "sms")
    assert either.post.wakeup.woken_for_turns == 1


def test_the_same_message_twice_is_one_and_both_are_told_so(either: Desk) -> None:
    assert [either.deliver(incoming("Hej")).status_code for _ in range(2)] == [200, 200]
    assert len(either.messages()) == 1


@pytest.mark.parametrize("signed", ["", "wrong", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "å"])
@pytest.mark.parametrize("path", ["/twilio/sms", "/twilio/status"])
def test_a_missing_or_wrong_signature_is_refused(desk: Desk, signed: str, path: str) -> None:
    answer = desk.deliver(incoming(), path, signed=signed)
    assert answer.status_code == 403
    assert desk.messages() == []


def test_a_field_changed_on_the_way_is_refused(desk: Desk) -> None:
    signed = signature(f"{PUBLIC_URL}/twilio/sms", incoming("Hej"))
    assert desk.deliver(incoming("Hej då"), signed=signed).status_code == 403


def test_a_signature_of_the_other_route_is_refused(desk: Desk) -> None:
    assert desk.deliver(incoming(), signed=signature(f"{PUBLIC_URL}/twilio/status", incoming())).status_code == 403


def test_a_query_is_part_of_what_is_signed(desk: Desk) -> None:
    path = "/twilio/sms?from=b%C3%A5de&och=1"
    assert desk.deliver(incoming(), path).status_code == 200
    assert (
        desk.deliver(
            incoming(sid="SM2"), "/twilio/sms", signed=signature(PUBLIC_URL + path, incoming(sid="SM2"))
        ).status_code
        == 403
    )


def test_blank_unknown_and_repeated_fields_are_signed_too(desk: Desk) -> None:
    pairs = [*incoming(), ("Blank", ""), ("SomethingNew", "ny"), ("AddOns", "1"), ("AddOns", "2")]
    assert desk.deliver(pairs).status_code == 200
    assert (
        desk.deliver([*pairs, ("Blank2", "")], signed=signature(f"{PUBLIC_URL}/twilio/sms", pairs)).status_code == 403
    )


def test_json_is_refused(desk: Desk) -> None:
    raw = json.dumps(dict(incoming())).encode()
    assert desk.deliver([], raw=raw, Content_Type="application/json").status_code == 403
    assert desk.messages() == []


def test_an_upload_is_refused(desk: Desk) -> None:
    raw = b'--x\r\nContent-Disposition: form-data; name="Body"; filename="a"\r\n\r\nhej\r\n--x--\r\n'
    assert desk.deliver([], raw=raw, Content_Type="multipart/form-data; boundary=x").status_code == 403


def test_a_huge_body_is_not_read(desk: Desk) -> None:
    assert desk.deliver(incoming("x" * 70_000)).status_code == 413


def test_a_body_of_unknown_length_is_not_read(desk: Desk) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"a=1&"

    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": "x"}
    assert desk.client.post("/twilio/sms", content=chunks(), headers=headers).status_code == 413


@pytest.mark.parametrize("missing", ["MessageSid", "From", "To", "Body"])
def test_a_form_without_a_field_is_malformed(desk: Desk, missing: str) -> None:
    answer = desk.deliver([(name, value) for name, value in incoming() if name != missing])
    assert (answer.status_code, answer.text) == (400, f"the form lacks {missing}")


def test_an_empty_form_is_malformed(desk: Desk) -> None:
    assert desk.deliver([]).status_code == 400


@pytest.mark.parametrize("sender", ["Skatteverket", "71456"])
def test_a_sender_without_a_number_is_passed_over(desk: Desk, sender: str) -> None:
    answer = desk.deliver(incoming("Din deklaration är klar", sender=sender))
    assert (answer.status_code, answer.text) == (200, TWIML)
    assert desk.messages() == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("å" * 1600, "å" * 1600),
        ("Hej 👵🏽❤️", "Hej 👵🏽❤️"),
        ("a\x00b\x07c\x1b[31md\r\ne\tf", "abc[31md\ne\tf"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE messages; --", "'; DROP TABLE messages; --"),
        ("%s %(x)s {} {0} \\ %n", "%s %(x)s {} {0} \\ %n"),
        ("a\u202eb\u200bc\ufeffd", "abcd"),
        ("mjo\u0308lby", "mjölby"),
        ("", ""),
        ("   ", ""),
        ("+=&;%", "+=&;%"),
        ("x" * 5000, "x" * LONGEST),
    ],
    ids=[
        "1600",
        "emoji",
        "controls",
        "html",
        "sql",
        "formats",
        "invisible",
        "nfd",
        "empty",
        "blanks",
        "separators",
        "too-long",
    ],
)
def test_any_text_comes_through(either: Desk, sent: str, kept: str) -> None:
    assert either.deliver(incoming(sent)).status_code == 200
    assert [message.text for message in either.messages()] == [kept]


@pytest.mark.parametrize("bad", ["%FF%FE", "%ED%A0%80", "%C3", "%F0%9F%98"])
def test_bytes_that_are_no_utf8_are_replaced(desk: Desk, bad: str) -> None:
    shown = urllib.parse.unquote(bad)
    pairs = incoming(f"hej {shown}")
    raw = (
        urllib.parse.urlencode([(name, value) for name, value in pairs if name != "Body"]).encode()
        + f"&Body=hej+{bad}".encode()
    )
    assert desk.deliver(pairs, raw=raw).status_code == 200
    assert [message.text for message in desk.messages()] == [f"hej {shown}".strip()]


def test_a_secret_is_masked_before_it_is_stored(desk: Desk) -> None:
    desk.deliver(incoming("mitt personnummer är 19640823-3234"))
    assert "3234" not in desk.messages()[0].text


def test_what_twilio_acted_on_and_pictures_are_noted(desk: Desk) -> None:
    desk.deliver(incoming("STOP", OptOutType="STOP"))
    desk.deliver(
        incoming("", sid="SM2", NumMedia="1", MediaUrl0="https://api.example/x", MediaContentType0="image/jpeg")
    )
    assert [(row.carrier_opt, row.kind) for row in desk.inbox()] == [("stop", "text"), (None, "photo")]


def test_a_locked_database_is_told_and_the_message_is_taken_the_next_time(
    tmp_path: Path, made_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.PATIENCE_MS", 100)
    path = tmp_path / "locked.db"
    path.write_bytes(made_sqlite.read_bytes())
    desk = Desk(Database(f"sqlite:///{path}"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with capture_logs() as logs:
        answer = desk.deliver(incoming(SECRET_TEXT))
        report = desk.deliver([("MessageSid", "SM9"), ("MessageStatus", "sent")], "/twilio/status?outbox=1")
    assert (answer.status_code, answer.headers["retry-after"], report.status_code) == (503, "5", 503)
    assert [log["event"] for log in logs] == ["database away"] * 2
    assert SECRET_TEXT not in written(logs) and SVEA not in written(logs)
    other.execute("ROLLBACK")
    other.close()
    assert desk.deliver(incoming(SECRET_TEXT)).status_code == 200
    assert [message.text for message in desk.messages()] == [SECRET_TEXT]
    desk.database.close()


def test_a_stopped_server_is_told() -> None:
    away = Database("postgresql://lotsen:hemligt-losenord@127.0.0.1:1/lotsen")
    desk = Desk(away)
    with capture_logs() as logs:
        assert desk.deliver(incoming(SECRET_TEXT)).status_code == 503
    assert SECRET_TEXT not in written(logs) and "hemligt-losenord" not in written(logs)
    away.close()


def test_a_fault_of_ours_is_told_by_its_kind_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: object, received: Received, now: object) -> None:
        raise RuntimeError(f"cannot store {received.text} from {received.sender}")

    monkeypatch.setattr("bot.channels.twilio_sms.webhook.receive_message", fails)
    with capture_logs() as logs:
        answer = desk.deliver(incoming(SECRET_TEXT))
    assert answer.status_code == 500
    assert [(log["event"], log["error"]) for log in logs] == [("not stored", "RuntimeError")]
    out = written(logs) + "".join(capsys.readouterr()) + caplog.text + answer.text
    assert SECRET_TEXT not in out and SVEA not in out


def test_no_text_number_or_token_is_ever_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with capture_logs() as logs:
        desk.deliver(incoming(SECRET_TEXT))
        desk.deliver(incoming(SECRET_TEXT))
        desk.deliver(incoming(SECRET_TEXT), signed="wrong")
        desk.deliver([pair for pair in incoming(SECRET_TEXT) if pair[0] != "MessageSid"])
        desk.deliver(incoming(SECRET_TEXT, sender="Skatteverket"))
        desk.deliver(
            [("MessageSid", "SM1"), ("MessageStatus", "failed"), ("To", SVEA), ("ErrorCode", "21610")],
            "/twilio/status?outbox=7",
        )
    assert len(logs) >= 3
    out = written(logs) + caplog.text + "".join(capsys.readouterr())
    for private in (SECRET_TEXT, "Gunvor", SVEA, SVEA[1:], "Skatteverket", desk.token):
        assert private not in out


@pytest.mark.parametrize("way", ["GET", "PUT", "DELETE"])
def test_other_ways_of_asking_are_not_allowed(desk: Desk, way: str) -> None:
    assert desk.client.request(way, "/twilio/sms").status_code == 405


# delivery reports


def outgoing(desk: Desk, **more: object) -> int:
    """A message that has been sent; its id."""
    desk.deliver(incoming())
    row = {"address": SVEA, "channel": "sms", "sender": OUR_NUMBER, "text": "Hej", "buttons": [], "priority": 10, "status": "sending",
           "queued_at": MONDAY, "next_attempt_at": MONDAY, "attempts": 1, "tried_at": MONDAY, **more}  # fmt: skip
    with desk.database.writing() as session:
        made = OutboxRow(**row)
        session.add(made)
        session.flush()
        return made.id


def state(desk: Desk, outbox_id: int) -> tuple[str, str | None, str | None]:
    with desk.database.reading() as session:
        row = session.get_one(OutboxRow, outbox_id)
        return row.status, row.provider_id, row.error


def report(desk: Desk, status: str, outbox: str, sid: str = "SM5", **more: str) -> int:
    pairs = [("MessageSid", sid), ("MessageStatus", status), *more.items()]
    return desk.deliver(pairs, f"/twilio/status?outbox={outbox}").status_code


def test_reports_move_a_message_forward_and_never_back(either: Desk) -> None:
    number = outgoing(either)
    assert report(either, "delivered", str(number)) == 204
    assert state(either, number) == (Delivery.DELIVERED, "SM5", None)
    assert report(either, "sent", str(number)) == 204
    assert report(either, "delivered", str(number)) == 204
    assert state(either, number) == (Delivery.DELIVERED, "SM5", None)


def test_a_report_finds_its_message_by_twilios_id_too(desk: Desk) -> None:
    number = outgoing(desk, status="sent", provider_id="SM5")
    pairs = [("SmsSid", "SM5"), ("MessageStatus", "undelivered"), ("ErrorCode", "30003")]
    assert desk.deliver(pairs, "/twilio/status").status_code == 204
    assert state(desk, number) == (Delivery.UNDELIVERED, "SM5", "30003")


def test_a_report_of_another_message_under_our_id_changes_nothing(desk: Desk) -> None:
    number = outgoing(desk, status="sent", provider_id="SM5")
    assert report(desk, "failed", str(number), sid="SM6") == 204
    assert state(desk, number) == (Delivery.SENT, "SM5", None)


@pytest.mark.parametrize("outbox", ["", "0", "-1", "x", "9" * 18, "9" * 40, "1'--", "%00", "%D9%A1"])
def test_a_report_of_nothing_of_ours_is_taken_quietly(either: Desk, outbox: str) -> None:
    assert report(either, "delivered", outbox, sid="SM77") == 204


@pytest.mark.parametrize("status", ["whatever", "DELIVERED", "receiving"])
def test_a_status_that_is_not_known_changes_nothing(desk: Desk, status: str) -> None:
    number = outgoing(desk)
    assert report(desk, status, str(number)) == 204
    assert state(desk, number) == (Delivery.SENDING, None, None)


@pytest.mark.parametrize("missing", ["MessageSid", "MessageStatus"])
def test_a_report_without_a_field_is_malformed(desk: Desk, missing: str) -> None:
    pairs = [(name, value) for name, value in [("MessageSid", "SM1"), ("MessageStatus", "sent")] if name != missing]
    assert desk.deliver(pairs, "/twilio/status").status_code == 400


def test_a_report_whose_outbox_id_was_changed_is_refused(desk: Desk) -> None:
    pairs = [("MessageSid", "SM1"), ("MessageStatus", "sent")]
    signed = signature(f"{PUBLIC_URL}/twilio/status?outbox=1", pairs)
    assert desk.deliver(pairs, "/twilio/status?outbox=2", signed=signed).status_code == 403
