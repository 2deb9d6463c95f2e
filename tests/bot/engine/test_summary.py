from __future__ import annotations

from bot.domain.conversation import Position
from bot.engine.summary import summary
from bot.flows import load_strictly
from nlu.understanding import Entity, Understanding


def understood(*entities: Entity) -> Understanding:
    return Understanding("", "swish", 0.9, True, (), entities, "sv")


def test_it_tells_need_step_and_own_words_in_swedish() -> None:
    flow = load_strictly().flows["swish"]
    first = next(step for step in flow.every_step() if step.kind == "step")
    said = summary(flow.title.sv, flow, Position("swish", first.id, (), 2), understood(), "Vara", "det går inte")
    assert said.startswith(f"Behov: {flow.title.sv}. Kom till steg ")
    assert "Fastnade 2 gånger på det." in said
    assert said.endswith('Ort: Vara. Skrev: "det går inte"')


def test_codes_of_ours_are_put_in_words() -> None:
    said = summary(
        "", None, None, understood(Entity("fraud_stage", "loss", 0, 0), Entity("bank", "SEB", 0, 3)), None, ""
    )
    assert said == "Bank: SEB. Läge: koder eller pengar kan vara borta."


def test_a_long_message_is_cut() -> None:
    assert summary("", None, None, understood(), None, "x" * 400).endswith('xxx..."')
