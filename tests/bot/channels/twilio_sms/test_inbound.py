"""What Twilio's form says."""

from __future__ import annotations

import pytest

from bot.channels.twilio_sms.inbound import CannotBeAnswered, MalformedForm, read_form
from bot.domain.message import Kind

FORM = {"MessageSid": "SM1", "From": "+46701740605", "To": "+46701740690", "Body": "Hej"}


def test_a_form_is_read_whole() -> None:
    received = read_form({**FORM, "NumMedia": "0", "SomethingNew": "x"})
    assert (received.key, received.sender.text, received.receiver, received.text) == (
        "SM1",
        "+46701740605",
        "+46701740690",
        "Hej",
    )
    assert (received.kind, received.carrier_opt, received.pressed) == (Kind.TEXT, None, False)


@pytest.mark.parametrize("missing", ["MessageSid", "From", "To", "Body"])
def test_a_form_without_a_field_names_it(missing: str) -> None:
    with pytest.raises(MalformedForm, match=f"the form lacks {missing}$"):
        read_form({name: value for name, value in FORM.items() if name != missing})


@pytest.mark.parametrize("missing", ["MessageSid", "From", "To"])
def test_a_blank_field_is_missing(missing: str) -> None:
    with pytest.raises(MalformedForm, match=missing):
        read_form({**FORM, missing: ""})


def test_all_missing_fields_are_named_at_once() -> None:
    with pytest.raises(MalformedForm, match="the form lacks MessageSid, From, To"):
        read_form({})


def test_an_empty_text_is_a_text() -> None:
    assert read_form({**FORM, "Body": ""}).text == ""


@pytest.mark.parametrize(
    "sender", ["Skatteverket", "1177", "71456", "+", "+abc", "whatsapp:+46701740605", "+00", "rcs:lotsen", " "]
)
def test_nobody_answers_a_name_or_a_short_code(sender: str) -> None:
    with pytest.raises(CannotBeAnswered):
        read_form({**FORM, "From": sender})


@pytest.mark.parametrize(("number", "kind"), [("0", Kind.TEXT), ("", Kind.TEXT), ("1", Kind.PHOTO), ("10", Kind.PHOTO)])
def test_media_make_a_picture(number: str, kind: Kind) -> None:
    assert read_form({**FORM, "NumMedia": number}).kind == kind


@pytest.mark.parametrize(
    ("said", "means"),
    [("STOP", "stop"), ("stop", "stop"), ("START", "start"), ("HELP", None), ("", None), ("NEW", None)],
)
def test_what_twilio_has_itself_acted_on(said: str, means: str | None) -> None:
    assert read_form({**FORM, "OptOutType": said}).carrier_opt == means
