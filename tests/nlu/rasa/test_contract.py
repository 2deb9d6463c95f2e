"""What every interpreter keeps: the embedded one, and the one that asks a real Rasa server, both trained on the same examples."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from nlu.labels import KNOWN
from nlu.rasa.client import RasaAway, RasaClient
from nlu.rasa.interpreter import RasaInterpreter
from nlu.rasa.server import RasaServer
from nlu.understand import EmbeddedInterpreter
from nlu.understanding import Context, Interpreter
from tests.nlu.rasa.conftest import RunningRasa

IN_GUIDE = Context(in_guide=True)
YES_NO = Context(question="yes_no")
ANYTHING = (
    "swish funkar inte", "hjälp hon andas inte", "HJÄLP MIG MED BANKID I KALMAR", "how do i get bankid", "", " ", "12", "😀👍", "asdfghjkl",
    "\ud800 trasig", "noll\0byte", "/stop", "/emergency{}", '{"text": 1}', "[länk](swish)", "å" * 5000, "Jag har väntat länge. " * 300,
)  # fmt: skip


@pytest.fixture(params=["embedded", "rasa"])
def either(request: pytest.FixtureRequest, interpreter: EmbeddedInterpreter) -> Iterator[Interpreter]:
    """Each interpreter in turn. Rasa must have answered every time: the embedded one would have hidden that it did not."""
    if request.param == "embedded":
        yield interpreter
        return
    running: RunningRasa = request.getfixturevalue("running_rasa")
    told: list[str] = []
    server = RasaServer(running.client(), time.monotonic, lambda _, reason: told.append(reason))
    assert server.look(), told
    yield RasaInterpreter(interpreter, server)
    assert told == [] and server.failures == 0


@pytest.mark.parametrize("text", ANYTHING, ids=lambda text: repr(text)[:30])
def test_any_text_gives_an_understanding_of_one_shape(either: Interpreter, text: str) -> None:
    understood = either.understand(text)
    ranking = understood.ranking
    assert understood.text == text and ranking
    assert (understood.intent, understood.confidence) == (ranking[0].intent, ranking[0].confidence)
    assert [ranked.confidence for ranked in ranking] == sorted((ranked.confidence for ranked in ranking), reverse=True)
    assert all(0.005 <= ranked.confidence <= 1 for ranked in ranking[1:]) and sum(r.confidence for r in ranking) <= 1.01
    assert {ranked.intent for ranked in ranking} <= KNOWN and len({r.intent for r in ranking}) == len(ranking)
    assert all(0 <= found.start <= found.end <= len(text) for found in understood.entities)
    assert understood.language


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("swish funkar inte", "swish"), ("hur skaffar jag bankid", "bankid_get"), ("var ligger närmaste bibliotek", "find_place"),
        ("hittar inte knappen", "stuck"), ("vem vann matchen", "out_of_scope"),
    ],
)  # fmt: skip
def test_what_was_trained_on_is_understood(either: Interpreter, text: str, intent: str) -> None:
    understood = either.understand(text)
    assert understood.intent == intent and understood.language == "sv" and understood.danger_rule is None


def test_danger_that_a_rule_knows_is_always_acted_on(either: Interpreter) -> None:
    for text, intent, kind in (
        ("min man andas inte", "emergency", "emergency_kind"),
        ("jag har gett min kod till en som ringde från banken", "fraud_suspected", "fraud_stage"),
    ):
        understood = either.understand(text, "sv", IN_GUIDE)
        assert understood.intent == intent and understood.accepted and understood.danger_rule
        assert understood.entity(kind)


def test_an_idiom_of_danger_is_none(either: Interpreter) -> None:
    assert either.understand("jag dör av skam men swish funkar inte").intent == "swish"


@pytest.mark.parametrize("text", ["", "   ", "12345", "…", "asdfghjklöä", "😀"])
def test_what_holds_no_words_is_nothing_of_ours(either: Interpreter, text: str) -> None:
    understood = either.understand(text)
    assert understood.intent == "out_of_scope" and not understood.accepted


def test_a_thumb_answers_a_question(either: Interpreter) -> None:
    understood = either.understand("👍", "sv", YES_NO)
    assert understood.intent == "affirm" and understood.accepted


def test_places_are_named_where_they_stand(either: Interpreter) -> None:
    text = "swish funkar inte, jag bor i Kalmar"
    (place,) = (found for found in either.understand(text).entities if found.value == "Kalmar")
    assert text[place.start : place.end] == "Kalmar"


def test_the_conversation_weighs_in(either: Interpreter) -> None:
    def stuck(context: Context) -> float:
        ranking = either.understand("det går nog inte för mig", "sv", context).ranking
        return next((ranked.confidence for ranked in ranking if ranked.intent == "stuck"), 0.0)

    assert stuck(IN_GUIDE) > stuck(Context())


def test_the_same_text_is_understood_alike_by_many_threads(either: Interpreter) -> None:
    texts = ["swish funkar inte", "nej tack", "hur skaffar jag bankid", "min man andas inte"] * 4
    expected = [either.understand(text) for text in texts]
    got: dict[int, object] = {}
    threads = [
        threading.Thread(target=lambda i=i: got.__setitem__(i, either.understand(texts[i]))) for i in range(len(texts))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [got[i].intent for i in range(len(texts))] == [one.intent for one in expected]  # type: ignore[attr-defined]


def test_a_real_rasa_refuses_a_wrong_token(running_rasa: RunningRasa) -> None:
    for token in ("wrong", None):
        with pytest.raises(RasaAway, match="401"):
            RasaClient(running_rasa.url, token).parse("hej")


def test_a_real_rasa_is_never_ordered_about_by_a_text(
    running_rasa: RunningRasa, interpreter: EmbeddedInterpreter
) -> None:
    ask = RasaInterpreter(interpreter, RasaServer(running_rasa.client(), time.monotonic))
    assert ask.understand("/swish funkar inte").ranking == ask.understand("swish funkar inte").ranking
    assert ask.understand("/stop").ranking == ask.understand("stop").ranking
