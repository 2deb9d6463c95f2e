"""Every end of a link between telephones, and the relative never the wiser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.link import EndedBy
from bot.store.database import Database
from bot.store.tables import OutboxRow
from tests.bot.linking import ELDER, OTHER, RELATIVE, Linking


@pytest.fixture
def town(database: Database) -> Linking:
    return Linking(database)


def test_anhorig_stopp_ends_everything_and_the_relative_hears_only_that(town: Linking) -> None:
    town.agreed()
    sent = town.sends(ELDER, "ANHÖRIG STOPP")
    assert town.status() == ["ended"]
    assert town.links()[0].ended_by == EndedBy.ELDER
    assert "Anna" in next(text for to, text in sent if to == ELDER)
    told = [text for to, text in sent if to == RELATIVE]
    assert len(told) == 1
    assert "Samtycket är slut" in told[0]


def test_it_is_told_in_the_morning(town: Linking) -> None:
    town.agreed()
    town.clock.pass_(hours=13)
    town.says(RELATIVE, "sluta följa pappa", "stop")
    with town.database.reading() as session:
        out = session.scalars(select(OutboxRow).where(OutboxRow.address == ELDER).order_by(OutboxRow.id.desc())).first()
        assert out
        assert "inte dina ärenden längre" in out.text
        assert out.next_attempt_at - town.clock() >= timedelta(hours=8.9)


def test_anhorig_stopp_with_nothing_open_is_harmless(town: Linking) -> None:
    assert "Ingen anhörig" in town.says(ELDER, "ANHÖRIG STOPP")[0]
    assert town.cases() == []


@pytest.mark.parametrize("text", ["ta bort Anna", "sluta låta Anna följa mig", "Anna får inte följa mig längre"])
def test_by_name(town: Linking, text: str) -> None:
    town.agreed()
    town.says(ELDER, text, "stop")
    assert [(link.status, link.ended_by) for link in town.links()] == [("ended", "elder")]


@pytest.mark.parametrize(("text", "means"), [
    ("hon ska inte se mina saker längre", "fraud_suspected"), ("Anna får inte följa mig mer", "emergency"), ("sluta berätta för min dotter", "stop"),
    ("jag vill inte ha någon som följer mig", "human"), ("upphäv samtycket", None),
])  # fmt: skip
def test_in_other_words(town: Linking, text: str, means: str | None) -> None:
    town.agreed()
    assert "inte följa dina ärenden längre" in town.says(ELDER, text, means)[0]
    assert [(link.status, link.ended_by) for link in town.links()] == [("ended", "elder")]
    assert town.cases() == []


def test_of_several_who_are_not_told_apart_the_list_says_how(town: Linking) -> None:
    town.agreed()
    town.says(OTHER, "jag heter Bo och vill följa min pappas ärende, hans nummer är 070-174 06 05", "relative_help")
    town.says(ELDER, "JA")
    assert "ANHÖRIG STOPP" in town.says(ELDER, "de ska inte se mina saker längre")[0]
    assert town.status() == ["active", "active"]


def test_a_danger_told_with_it_is_answered_first_and_nothing_goes_through(town: Linking) -> None:
    town.agreed()
    before = len(town.to(RELATIVE))
    assert "112" in town.says(ELDER, "Anna slår mig och hon ska inte se mina saker mer", "emergency")[0]
    assert town.status() == ["held"]
    assert len(town.to(RELATIVE)) == before


def test_the_relative_leaves(town: Linking) -> None:
    town.agreed()
    sent = town.sends(RELATIVE, "sluta följa pappa", "stop")
    assert [(link.status, link.ended_by) for link in town.links()] == [("ended", "relative")]
    assert any(to == ELDER and "Anna" in text for to, text in sent)
    assert "1 av" in town.says(RELATIVE, "swish", "swish")[0], "it was no STOPP"


@pytest.mark.parametrize(("text", "means"), [
    ("jag behöver inte hålla koll på pappa längre", "relative_help"), ("sluta skicka mig sms om pappa", "stop"), ("ta bort mig som anhörig", "relative_help"),
])  # fmt: skip
def test_the_relative_leaves_in_other_words(town: Linking, text: str, means: str) -> None:
    town.agreed()
    town.says(RELATIVE, text, means)
    assert [(link.status, link.ended_by) for link in town.links()] == [("ended", "relative")]
    assert town.says(RELATIVE, "hej", "greet"), "it was no STOPP"


def test_leaving_somebody_else_is_asked_about(town: Linking) -> None:
    town.agreed()
    assert "Vem vill du sluta följa" in town.says(RELATIVE, "jag vill inte följa mamma längre")[0]
    assert town.status() == ["active"]


@pytest.mark.parametrize(("text", "said"), [("nu klarar pappa sig själv", "Jag förstår"), ("pappa är död", "beklagar")])
def test_what_may_mean_the_end_is_asked(town: Linking, text: str, said: str) -> None:
    town.agreed()
    asked = town.says(RELATIVE, text, "relative_help")[0]
    assert said in asked
    assert "Vill du sluta följa din pappa" in asked
    assert town.status() == ["active"]
    assert "som förut" in town.says(RELATIVE, "NEJ")[0]
    town.says(RELATIVE, text, "relative_help")
    town.says(RELATIVE, "JA")
    assert town.status() == ["ended"]


def test_a_death_of_nobody_who_is_followed_is_another_matter(town: Linking) -> None:
    town.agreed()
    assert not any("sluta följa" in text for text in town.says(RELATIVE, "mormor är död", "relative_help"))


def test_sluta_folja_is_no_stopp_though_nobody_is_followed(town: Linking) -> None:
    assert "följer ingen" in town.says(RELATIVE, "sluta följa mamma", "stop")[0]
    assert town.says(RELATIVE, "hej", "greet")


def test_anhorig_stopp_of_a_relative_ends_theirs(town: Linking) -> None:
    town.agreed()
    town.says(RELATIVE, "ANHÖRIG STOPP")
    assert [(link.status, link.ended_by) for link in town.links()] == [("ended", "relative")]


def test_stopp_of_the_elder_ends_it(town: Linking) -> None:
    town.agreed()
    sent = town.sends(ELDER, "STOPP")
    assert town.status() == ["ended"]
    assert any(to == RELATIVE and "Samtycket är slut" in text for to, text in sent)


def test_stopp_of_the_relative_ends_it_and_the_elder_knows(town: Linking) -> None:
    town.agreed()
    sent = town.sends(RELATIVE, "STOPP")
    assert [(link.status, link.ended_by) for link in town.links()] == [("ended", "relative")]
    assert any(to == ELDER and "Anna" in text for to, text in sent)


def test_who_left_may_ask_again(town: Linking) -> None:
    town.agreed()
    town.says(RELATIVE, "sluta följa pappa")
    town.clock.pass_(days=4)
    town.asks()
    assert town.status() == ["ended", "asked"]


def test_the_list(town: Linking) -> None:
    town.agreed()
    town.says(ELDER, "3")
    listed = town.says(ELDER, "ANHÖRIG")[0]
    assert "Anna, kan boka åt dig, till 23 november 2027" in listed
    town.says(ELDER, "1")
    assert town.links()[0].scope == "follow"
    assert "din pappa" in town.says(RELATIVE, "ANHÖRIG")[0]
    assert "följer ingen" in town.says(OTHER, "ANHÖRIG")[0].replace("du följer", "följer")


def test_nobody_is_named_in_logs(town: Linking, capsys: pytest.CaptureFixture[str]) -> None:
    town.agreed()
    town.says(ELDER, "ANHÖRIG STOPP")
    written = "".join(capsys.readouterr())
    for private in (ELDER, RELATIVE, "Anna", "740605"):
        assert private not in written
