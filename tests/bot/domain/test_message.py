import dataclasses

import pytest

from bot.domain.message import Incoming, Kind


def test_a_text_is_the_usual_message() -> None:
    incoming = Incoming("hej", "sms")
    assert incoming.kind is Kind.TEXT
    assert incoming.removed == ()
    assert (incoming.carrier_opt, incoming.latitude, incoming.longitude) == (None, None, None)


def test_a_message_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Incoming("hej", "sms").text = "då"  # type: ignore[misc]


def test_a_kind_is_stored_by_its_word() -> None:
    assert Kind("photo") is Kind.PHOTO
    assert all(Kind(str(kind)) is kind for kind in Kind)
