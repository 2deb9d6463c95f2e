"""An elder who answers when the question has run out: nothing starts, nobody else is told, and a no counts."""

from __future__ import annotations

import pytest

from bot.services.tend_links import tend_links
from bot.services.tending import Tending
from bot.store.database import Database
from tests.bot.engine.talk import world
from tests.bot.linking import ELDER, OTHER, RELATIVE, Linking
from tests.stand_ins import CountedWakeup


@pytest.fixture(params=["tended", "not yet"])
def town(database: Database, request: pytest.FixtureRequest) -> Linking:
    """The question was put three days ago; whether it is tended already makes no difference to the elder."""
    town = Linking(database)
    town.asks()
    town.clock.pass_(hours=72)
    if request.param == "tended":
        tend_links(Tending(database, world, town.clock, CountedWakeup()))
        town.sends(OTHER, "hej", "greet")
    return town


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("JA", None),
        ("ja tack det får hon", "affirm"),
        ("Hej. Ja det går bra. Mvh Gunvor", "affirm"),
    ],
)
def test_a_yes_is_told_kindly_that_it_is_late(town: Linking, text: str, means: str | None) -> None:
    sent = town.sends(ELDER, text, means)
    assert [to for to, _ in sent] == [ELDER]
    assert "Anna gällde i tre dagar" in sent[0][1]
    assert "på nytt" in sent[0][1]
    assert town.status()[0] in ("asked", "unanswered")


def test_it_can_be_asked_anew_at_once(town: Linking) -> None:
    town.says(ELDER, "JA")
    assert any(
        to == ELDER and "Får Anna" in text
        for to, text in town.sends(RELATIVE, "jag heter Anna och vill följa pappa 070-174 06 05", "relative_help")
    )
    town.says(ELDER, "JA")
    assert town.status() == ["unanswered", "active"]


@pytest.mark.parametrize(("text", "means"), [("NEJ", None), ("nej jag känner ingen Anna", "deny")])
def test_a_no_counts(town: Linking, text: str, means: str | None) -> None:
    assert "redan gått ut" in town.says(ELDER, text, means)[0]
    assert [(one.status, one.ended_by) for one in town.links()] == [("declined", "elder")]
    town.clock.pass_(days=4)
    assert [
        to for to, _ in town.sends(RELATIVE, "jag heter Anna och vill följa pappa 070-174 06 05", "relative_help")
    ] == [RELATIVE]


@pytest.mark.parametrize("text", ["vem är Anna?", "jag hittade ert sms nu, Anna får gärna"])
def test_who_it_was_is_told(town: Linking, text: str) -> None:
    assert "Det var Anna som bad" in town.says(ELDER, text)[0]


@pytest.mark.parametrize("text", ["är detta en bluff?", "är det på riktigt"])
def test_who_doubts_is_told_that_nothing_started(town: Linking, text: str) -> None:
    assert "inget startade" in town.says(ELDER, text, "fraud_suspected")[0]
    assert town.cases() == []


def test_a_loss_is_a_loss(town: Linking) -> None:
    assert not any(
        "inget startade" in text for text in town.says(ELDER, "jag har gett koden till en bluff", "fraud_suspected")
    )


def test_who_is_pressed_gets_a_person(town: Linking) -> None:
    assert "bestämmer" in town.says(ELDER, "Anna tvingar mig att svara ja")[0]
    assert [case.urgency for case in town.cases()] == ["high"]


def test_anything_else_is_about_something_else(town: Linking) -> None:
    assert "1 av" in town.says(ELDER, "swish", "swish")[0]
    town.says(ELDER, "klart", "next")
    assert not any("tre dagar" in text for text in town.says(ELDER, "JA"))


def test_after_a_month_it_is_forgotten(town: Linking) -> None:
    town.clock.pass_(days=31)
    assert not any("tre dagar" in text for text in town.says(ELDER, "JA"))


def test_on_the_last_minute_it_is_a_yes(database: Database) -> None:
    town = Linking(database)
    town.asks()
    town.clock.pass_(hours=71, minutes=59)
    town.says(ELDER, "JA")
    assert town.status() == ["active"]
