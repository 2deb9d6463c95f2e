"""Every fault that a canned reply can have, and that the shipped ones have none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.checks.replies import check
from bot.configuration import load_configuration
from bot.domain.canned_reply import CannedReply
from bot.domain.duty import Organisation, Team
from bot.domain.finding import Finding
from bot.engine.flow import Bilingual
from bot.engine.texts import Texts
from bot.flows import load
from bot.reply_files import reply_lines
from tests.stand_ins import ORGANISATION

CONFIG = Path(__file__).parents[3] / "config"
TEXTS = Texts({"kontaktcenter": Bilingual("kommunens kontaktcenter", "the contact centre")})
NOBODY = Organisation("none", (), Team("t", "t", ()))


def _found(text: str, organisation: Organisation = NOBODY) -> list[Finding]:
    reply = CannedReply("hej", {"sv": "Hej", "en": "Hello"}, {"sv": text, "en": "Hello"})
    return check([reply], {"hej": 7}, organisation, TEXTS)


@pytest.mark.parametrize("text", ["Hej {namn}", "Ring {kontaktcenter}, gå till {bibliotek}", "å" * 284])
def test_what_is_as_it_should_be(text: str) -> None:
    assert _found(text) == []


def test_a_placeholder_that_nobody_fills_in() -> None:
    assert [str(fault) for fault in _found("Hej {name} {namn} {when}")] == [
        "config/replies.yml:7: the reply 'hej' in sv has {name}, which nothing fills in"
        " (use one of {kontaktcenter}, {bibliotek}, {namn}) [reply-placeholder]",
        "config/replies.yml:7: the reply 'hej' in sv has {when}, which nothing fills in"
        " (use one of {kontaktcenter}, {bibliotek}, {namn}) [reply-placeholder]",
    ]


def test_a_letter_that_is_not_in_the_sms_alphabet() -> None:
    (fault,) = _found("Hej \u2013 du")
    assert fault.id == "reply-not-gsm7"
    assert "'\u2013' (U+2013)" in fault.message


def test_a_reply_that_asks_for_a_secret() -> None:
    (fault,) = _found("Hej! Skicka din kod till oss.")
    assert fault.id == "reply-asks-secret"
    assert fault.message.startswith("the reply 'hej' in sv asks for a secret: \"Skicka din kod till oss")
    assert _found("Skicka aldrig din kod till oss.") == []


def test_the_longest_name_unit_and_facts_are_counted() -> None:
    assert [fault.id for fault in _found("å" * 285)] == ["reply-too-long"]
    assert [fault.id for fault in _found("å" * 280 + "{namn}")] == ["reply-too-long"]
    assert [fault.id for fault in _found("å" * 280, ORGANISATION)] == ["reply-too-long"]
    home = replace(ORGANISATION.municipalities[0], facts={"sv": {"bibliotek": "b" * 300}})
    assert [fault.id for fault in _found("{bibliotek}", replace(ORGANISATION, municipalities=(home,)))] == [
        "reply-too-long"
    ]


def test_the_shipped_replies_have_no_fault() -> None:
    configuration = load_configuration(CONFIG)
    lines = reply_lines(CONFIG / "replies.yml")
    assert len(lines) == len(configuration.replies) >= 10
    assert check(configuration.replies, lines, configuration.organisation, load().texts) == []
