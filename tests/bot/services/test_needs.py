from __future__ import annotations

from bot.configuration import load_configuration
from bot.domain.gazetteer import Gazetteer
from bot.engine.world import World
from bot.flows import load_strictly
from bot.services.needs import further_needs
from bot.settings import ROOT
from nlu.understanding import RankedIntent, Understanding


def world() -> World:
    content = load_strictly()
    configuration = load_configuration(ROOT / "config")
    return World(content.flows, content.texts, configuration.places, Gazetteer((), (), ()), configuration.organisation)


def understood(*needs: str) -> Understanding:
    return Understanding("", needs[0], 0.9, True, (RankedIntent(needs[0], 0.9),), (), "sv", None, needs)


def test_guides_wait_for_each_other() -> None:
    assert further_needs(world(), understood("bankid_get", "fk_sick", "swish")) == ("fk_sick", "swish")


def test_one_need_has_none_after_it() -> None:
    assert further_needs(world(), Understanding("", "swish", 0.9, True, (RankedIntent("swish", 0.9),), (), "sv")) == ()


def test_what_people_meet_does_not_wait() -> None:
    assert further_needs(world(), understood("bankid_get", "human")) == ()


def test_after_danger_the_guide_waits() -> None:
    assert further_needs(world(), understood("fraud_suspected", "swish")) == ("swish",)


def test_the_same_need_told_twice_is_one() -> None:
    assert further_needs(world(), understood("bankid_get", "bankid_get")) == ()
