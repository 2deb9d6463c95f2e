"""Ready words are in the resident's language, with local facts filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.canned_reply import CannedReply
from bot.domain.case import Reason, Status, Urgency
from bot.engine.flow import Bilingual, Flow, Option, Step
from bot.services.read_queue import CaseLine
from bot.services.reply_texts import language_of, ready_replies, step_text
from tests.stand_ins import MONDAY, ORGANISATION, WORLD

FACTS = {
    "sv": {"kontaktcenter": "Kalmars kontaktcenter", "bibliotek": "stadsbiblioteket"},
    "en": {"kontaktcenter": "Kalmar's contact centre", "bibliotek": "the city library"},
}
KALMAR = replace(ORGANISATION.municipalities[0], facts=FACTS)
REPLY = CannedReply(
    "kom",
    {"sv": "Kom hit", "en": "Come here"},
    {"sv": "Kom till {bibliotek} eller {kontaktcenter}. {namn}", "en": "Come to {bibliotek}. {namn}"},
)
OPTIONS = tuple(Option(name, Bilingual(name.title(), f"{name} phone"), (), None, ()) for name in ("android", "iphone"))
STEPS = (
    Step("a", "step", Bilingual("Gå till {bibliotek}.", "Go to {bibliotek}.")),
    Step("b", "choose", Bilingual("Vilken telefon?", "Which phone?"), options=OPTIONS),
    Step("c", "open_case", reason=Reason.ASKED),
)
GUIDE = Flow("g", "guide", ("g",), Bilingual("g", "g"), STEPS)
OURS = replace(WORLD, organisation=replace(ORGANISATION, municipalities=(KALMAR,)), replies=(REPLY,))


def _case(language: str = "sv", municipality: str | None = "kalmar") -> CaseLine:
    values: dict[str, object] = dict.fromkeys(CaseLine.__dataclass_fields__)
    at: datetime = MONDAY
    values.update(
        id=1, status=Status.WAITING, urgency=Urgency.NORMAL, reasons=(Reason.ASKED,), summary="", channel="sms",
        opened_at=at, version=0, language=language, municipality=municipality,
    )  # fmt: skip
    return CaseLine(**values)  # type: ignore[arg-type]


def test_titles_are_for_the_handledare_and_texts_for_the_resident() -> None:
    (swedish,) = ready_replies(OURS, _case(), "Anna", "en", MONDAY)
    assert swedish.id == "kom"
    assert swedish.title == "Come here"
    assert swedish.text == "Kom till stadsbiblioteket eller Kalmars kontaktcenter. Anna"
    (english,) = ready_replies(OURS, _case("en"), "Anna", "sv", MONDAY)
    assert (english.title, english.text) == ("Kom hit", "Come to the city library. Anna")


def test_where_the_municipality_is_not_known_general_words_stand() -> None:
    (reply,) = ready_replies(OURS, _case(municipality=None), "Anna", "sv", MONDAY)
    assert reply.text == "Kom till bibliotek eller kontaktcenter. Anna"


@pytest.mark.parametrize(("written", "spoken"), [("sv", "sv"), ("en", "en"), ("ar", "sv"), ("und", "sv")])
def test_a_language_that_we_do_not_write_gets_swedish(written: str, spoken: str) -> None:
    assert language_of(_case(written)) == spoken


def test_a_step_is_what_the_resident_would_read() -> None:
    assert step_text(OURS, _case(), GUIDE, "a", MONDAY) == "Gå till stadsbiblioteket."
    assert step_text(OURS, _case("en"), GUIDE, "b", MONDAY) == "Which phone? 1 android phone. 2 iphone phone."
    assert step_text(OURS, _case(), GUIDE, "c", MONDAY) == ""
    assert step_text(OURS, _case(), GUIDE, "no such", MONDAY) == ""
