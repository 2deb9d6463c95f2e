from __future__ import annotations

from dataclasses import dataclass, field

from bot.configuration import load_configuration
from bot.domain.gazetteer import Gazetteer
from bot.engine.world import World
from bot.flows import load_strictly
from bot.services.needs import further_needs
from bot.settings import ROOT
from nlu.understanding import NOTHING_OPEN, Context, RankedIntent, Understanding


@dataclass
class Reads:
    """Understands parts by a table, and counts."""

    table: dict[str, str]
    asked: list[str] = field(default_factory=list)

    def understand(self, text: str, language: str | None = None, context: Context = NOTHING_OPEN) -> Understanding:
        self.asked.append(text)
        intent = next((intent for words, intent in self.table.items() if words in text), "out_of_scope")
        return Understanding(text, intent, 0.9, True, (RankedIntent(intent, 0.9),), (), "sv")


def world() -> World:
    content = load_strictly()
    configuration = load_configuration(ROOT / "config")
    return World(content.flows, content.texts, configuration.places, Gazetteer((), (), ()), configuration.organisation)


def whole(*shares: tuple[str, float], accepted: bool = True) -> Understanding:
    ranking = tuple(RankedIntent(intent, share) for intent, share in shares)
    return Understanding("", shares[0][0], shares[0][1], accepted, ranking, (), "sv")


TEXT = "jag behöver hjälp att skaffa bankid och sen vill jag sjukanmäla mig till kassan"
TABLE = {"bankid": "bankid_get", "kassan": "fk_sick"}


def test_a_second_need_is_found_in_its_own_part() -> None:
    reads = Reads(TABLE)
    assert further_needs(reads, world(), TEXT, whole(("bankid_get", 0.8), ("fk_sick", 0.1)), "sv") == ("fk_sick",)


def test_parts_are_not_read_when_nothing_else_left_a_trace() -> None:
    reads = Reads(TABLE)
    assert further_needs(reads, world(), TEXT, whole(("bankid_get", 0.97), ("thanks", 0.02)), "sv") == ()
    assert reads.asked == []


def test_a_message_that_is_not_sure_or_is_no_guide_has_no_further_needs() -> None:
    reads = Reads(TABLE)
    assert further_needs(reads, world(), TEXT, whole(("bankid_get", 0.5), ("fk_sick", 0.4), accepted=False), "sv") == ()
    assert further_needs(reads, world(), TEXT, whole(("human", 0.8), ("fk_sick", 0.1)), "sv") == ()


def test_the_same_need_told_twice_is_one() -> None:
    reads = Reads({"": "bankid_get"})
    assert further_needs(reads, world(), TEXT, whole(("bankid_get", 0.8), ("fk_sick", 0.1)), "sv") == ()
