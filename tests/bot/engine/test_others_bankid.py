"""Another's BankID with leave: the one line, the need beside it, and never a case."""

from __future__ import annotations

import pytest

from bot.domain.events import CaseOpened
from bot.engine.flow import SAFETY
from tests.bot.engine.talk import Talk, world

USES = "jag brukar logga in med mammas bankid"
SHARES = "vi delar på ett bankid jag och gubben"
LENT = "min dotter använder mitt bankid"


def _opened(talk: Talk) -> bool:
    return any(isinstance(event, CaseOpened) for event in talk.events)


@pytest.mark.parametrize("intent", ["relative_help", "fraud_suspected", "bankid_new_phone"])
@pytest.mark.parametrize("text", [USES, SHARES])
def test_it_gets_the_line_and_no_case_whatever_it_is_taken_for(text: str, intent: str) -> None:
    talk = Talk()
    answer = talk.says(text, intent, entities={"fraud_stage": "loss"} if intent in SAFETY else {})
    assert "inte ens med lov" in answer
    assert "ombud" in answer
    assert not _opened(talk)
    assert talk.conversation.position is None


def test_an_open_guide_and_its_step_are_kept() -> None:
    talk = Talk()
    talk.says("hur skaffar jag swish", "swish")
    before = talk.conversation.position
    answer = talk.says(USES, "relative_help")
    assert "inte ens med lov" in answer
    assert "KLART" in answer
    assert talk.conversation.position == before


GUIDES = sorted(
    name
    for name, flow in world().flows.items()
    if flow.kind == "guide"
    and name not in SAFETY
    and name not in ("bankid_new_phone", "eid_alternatives", "online_banking")
)


@pytest.mark.parametrize("name", GUIDES)
def test_the_guide_that_is_needed_begins_beside_the_line(name: str) -> None:
    talk = Talk()
    answer = talk.says(USES, world().flows[name].intents[0], entities={"relation": "mamma"})
    assert "inte ens med lov" in answer
    assert talk.conversation.position is not None
    assert talk.conversation.position.flow == name
    assert talk.segments <= 3


def test_in_a_later_answer_the_guide_is_offered() -> None:
    talk = Talk()
    talk.says("hej", "greet")
    answer = talk.says(USES, "health_1177")
    assert "inte ens med lov" in answer
    assert talk.segments <= 2
    talk.says("ja")
    assert talk.conversation.position is not None
    assert talk.conversation.position.flow == "health_1177"


def test_one_close_who_uses_ones_own_without_a_word_of_leave_is_asked_about() -> None:
    talk = Talk()
    answer = talk.says(LENT, "fraud_suspected", accepted=False)
    assert "lurat dig" in answer
    assert not _opened(talk)
    talk.says("ja")
    assert talk.conversation.position is not None
    assert talk.conversation.position.flow == "fraud_suspected"


@pytest.mark.parametrize("text", ["någon har använt mitt bankid", "min son har tagit mitt bankid och tömt kontot"])
def test_a_theft_is_a_fraud(text: str) -> None:
    talk = Talk()
    assert "spärra" in talk.says(text, "fraud_suspected", entities={"fraud_stage": "loss"})
    assert _opened(talk)


def test_what_a_rule_finds_to_be_lost_is_a_fraud_unless_it_is_only_asked() -> None:
    for text, fraud in ((USES, True), ("får jag använda mammas bankid", False)):
        talk = Talk()
        talk.says(text, "fraud_suspected", entities={"fraud_stage": "loss"}, rule="some_rule")
        assert _opened(talk) is fraud


def test_a_guide_that_says_it_itself_is_left_to_it() -> None:
    talk = Talk()
    talk.says("jag vill logga in på min internetbank", "online_banking")
    answer = talk.says("jag loggar in med hennes bankid", "relative_help")
    assert answer.count("inte ens med lov") + answer.count("annans BankID eller dosa") == 1


def test_who_talks_to_a_person_is_left_to_it() -> None:
    talk = Talk()
    talk.says("MÄNNISKA")
    assert "inte ens med lov" not in talk.says(USES, "relative_help")


def test_somebody_close_who_uses_it_is_asked_about_however_sure_the_interpreter_is() -> None:
    talk = Talk()
    answer = talk.says("min dotter använder mitt bankid", "fraud_suspected", entities={"relation": "dotter"})
    assert "inte ens med lov" in answer and "lurat dig" in answer
    assert talk.case is None
    assert "114 14" in talk.says("ja")


@pytest.mark.parametrize(
    "text",
    [
        "min son har stulit mitt bankid",
        "min dotter använder mitt bankid och pengarna är borta",
        "min son tog mitt bankid och tömde kontot",
    ],
)
def test_what_is_worse_is_a_fraud_at_once(text: str) -> None:
    talk = Talk()
    talk.says(text, "fraud_suspected", entities={"relation": "son", "fraud_stage": "loss"})
    assert talk.case is not None
