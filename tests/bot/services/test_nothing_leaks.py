"""Whatever three people write, in whatever order, while days pass: nothing of the elder's reaches anyone without a living leave of enough scope."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from bot.domain.link import Scope
from bot.store import conversations, links
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import Base, LinkRow
from tests.bot.engine.talk import world
from tests.bot.linking import ELDER, RELATIVE, Linking
from tests.groups import add_booking, add_course
from tests.stand_ins import ASTRID, MONDAY

STRANGER = ASTRID
SECRET = "min granne heter Gudrun och är elak"
ELDERS = {
    "JA",
    "NEJ",
    "båda",
    "1",
    "2",
    "3",
    "ANHÖRIG",
    "ANHÖRIG STOPP",
    "STOPP",
    "START",
    "MÄNNISKA",
    SECRET,
    "KLART",
    "ta bort Anna",
    "han säger att jag måste svara ja",
}
RELATIVES = {"ask", "JA", "NEJ", "1", "ANHÖRIG", "ANHÖRIG STOPP", "STOPP", "START", "hur går det för pappa?", "fortsätt med pappas steg", "avboka pappas kurs",
             "säg till handledaren att pappa är sjuk", "sluta följa pappa", "vad har pappa bokat?", "hur går det?"}  # fmt: skip
STEPS = st.one_of(
    st.tuples(st.just(ELDER), st.sampled_from(sorted(ELDERS))),
    st.tuples(st.sampled_from([RELATIVE, STRANGER]), st.sampled_from(sorted(RELATIVES))),
    st.tuples(st.just("time"), st.sampled_from(["1", "73", "9000"])),
)
TITLE = world().flows["print_scan"].title.sv
TOLD = ("Så här ser det ut för", TITLE, "Gudrun", "av en människa")
"""What is said of an elder's case, guide and words."""


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=25))
@example(
    [
        (RELATIVE, "ask"),
        (ELDER, "JA"),
        (RELATIVE, "hur går det för pappa?"),
        (ELDER, "ANHÖRIG STOPP"),
        (RELATIVE, "hur går det för pappa?"),
        (RELATIVE, "ask"),
        (ELDER, "JA"),
    ]
)
@example(
    [
        (RELATIVE, "ask"),
        (ELDER, "JA"),
        ("time", "9000"),
        (RELATIVE, "hur går det för pappa?"),
        (RELATIVE, "avboka pappas kurs"),
        (RELATIVE, "JA"),
    ]
)
@example(
    [
        (RELATIVE, "ask"),
        (STRANGER, "JA"),
        (STRANGER, "hur går det för pappa?"),
        (RELATIVE, "fortsätt med pappas steg"),
        (RELATIVE, "JA"),
    ]
)
def test_nothing_leaks(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]) -> None:
    town = _town(tmp_path_factory.mktemp("leak"))
    try:
        for who, text in steps:
            if who == "time":
                town.clock.pass_(hours=float(text))
            else:
                _one(town, who, text)
    finally:
        town.database.close()


def test_the_test_can_tell(tmp_path_factory: pytest.TempPathFactory) -> None:
    """With leave, what it looks for is said."""
    town = _town(tmp_path_factory.mktemp("leak"))
    town.asks()
    town.says(ELDER, "JA")
    said = " ".join(town.says(RELATIVE, "hur går det för pappa?", "case_status"))
    assert "Så här ser det ut för" in said
    assert TITLE in said
    assert _place(town) in said
    town.database.close()


def _town(folder: Path) -> Linking:
    url = f"sqlite:///{folder / 'lotsen.db'}"
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()
    database = Database(url)
    town = Linking(database)
    town.says(ELDER, "jag vill skriva ut", "print_scan")
    add_booking(database, add_course(database, place="kalmar-stadsbibliotek"), ELDER, at=MONDAY)
    return town


def _place(town: Linking) -> str:
    return next(place.name for place in town.post.world.places if place.id == "kalmar-stadsbibliotek")


def _one(town: Linking, who: str, text: str) -> None:
    before = {other: _scope(town, other) for other in (RELATIVE, STRANGER)}
    means = "case_status" if "hur går det" in text or "bokat" in text else "course_cancel" if "avboka" in text else None
    if text == "ask":
        sent = town.sends(
            who, "jag heter Anna och vill följa min pappas ärende, hans nummer är 070-174 06 05", "relative_help"
        )
    else:
        sent = town.sends(who, text, means)
    for to, said in sent:
        assert SECRET not in said or to == ELDER
        assert "Gudrun" not in said or to == ELDER
        if to in (RELATIVE, STRANGER) and not (before[to] or _scope(town, to)):
            for told in (*TOLD, _place(town)):
                assert told not in said, f"{who} wrote {text!r}, and {to} was told: {said}"


def _scope(town: Linking, relative: str) -> Scope | None:
    """What the leave that lives now lets this relative see."""
    with town.database.reading() as session:
        now = business_time(session, town.clock())
        found = [
            row
            for row in session.scalars(select(LinkRow))
            if links.is_living(row, now) and _address(session, row) == relative
        ]
        return Scope(found[0].scope) if found else None


def _address(session: Session, row: LinkRow) -> str:
    return conversations.address_of(session, row.relative_id, row.relative_channel).text
