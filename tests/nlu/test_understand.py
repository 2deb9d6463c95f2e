import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.calibrate import Thresholds
from nlu.labels import OUT_OF_SCOPE, TOPICS
from nlu.reader import Read
from nlu.tiers import choose_encoder
from nlu.understand import EmbeddedInterpreter
from nlu.understanding import NOTHING_OPEN, Context, Understanding


def test_a_need(interpreter: EmbeddedInterpreter) -> None:
    found = interpreter.understand("hur skaffar jag bankid")
    assert found.intent == "bankid_get"
    assert found.language == "sv"
    assert found.ranking[0].confidence == found.confidence


@pytest.mark.parametrize(
    "text", ["", " ", "???", "123", "👍", "😀" * 1600, "asdfghjkl", "\x00\ud800", "...", "9" * 1600]
)
def test_noise_is_never_a_topic(interpreter: EmbeddedInterpreter, text: str) -> None:
    found = interpreter.understand(text)
    assert found.intent == OUT_OF_SCOPE
    assert not found.accepted
    assert found.text == text


@given(st.text(st.characters(), max_size=2000))
@settings(max_examples=60, deadline=None)
def test_never_raises(interpreter: EmbeddedInterpreter, text: str) -> None:
    found = interpreter.understand(text)
    assert found.intent == found.ranking[0].intent
    assert all(0 <= entity.start <= entity.end <= len(text) for entity in found.entities)


def test_danger_comes_first_and_is_accepted(interpreter: EmbeddedInterpreter) -> None:
    found = interpreter.understand("swish funkar inte men jag har ramlat och kommer inte upp")
    assert (found.intent, found.accepted, found.danger_rule) == ("emergency", True, "fallen")
    assert found.entity("emergency_kind") == "life"


def test_danger_misspelled_is_caught_as_restored(interpreter: EmbeddedInterpreter) -> None:
    assert interpreter.understand("de briner i kökket, hjalp").intent == "emergency"


def test_fraud_stage(interpreter: EmbeddedInterpreter) -> None:
    found = interpreter.understand("fick ett sms om paket, är det bluff?")
    assert (found.intent, found.accepted, found.entity("fraud_stage")) == ("fraud_suspected", True, "attempt")


def test_danger_at_the_end_of_a_long_story(interpreter: EmbeddedInterpreter) -> None:
    found = interpreter.understand("Jag har en telefon som jag fick av min son. " * 35 + "Nu brinner det i köket")
    assert found.intent == "emergency"


def test_context_makes_an_act_of_it(interpreter: EmbeddedInterpreter) -> None:
    alone = confidence(interpreter.understand("det går inte med swish"), "stuck")
    within = confidence(interpreter.understand("det går inte med swish", context=Context(in_guide=True)), "stuck")
    assert within > alone


def test_a_thumb_answers_a_question(interpreter: EmbeddedInterpreter) -> None:
    found = interpreter.understand("👍", context=Context(question="yes_no"))
    assert (found.intent, found.accepted) == ("affirm", True)


def test_an_option_by_its_words(interpreter: EmbeddedInterpreter) -> None:
    context = Context(question="choice", options=("Skaffa BankID", "Swish"))
    assert interpreter.understand("swish tack", context=context).entity("option") == "2"


def test_places_and_postcodes(interpreter: EmbeddedInterpreter) -> None:
    assert interpreter.understand("var finns hjälp nära 595 30").entity("postcode") == "59530"
    assert interpreter.understand("i kungsbaka då").entity("place") == "Kungsbacka"
    assert interpreter.understand("i Sörblåkulla").entity("place_unknown") == "Sörblåkulla"


def test_two_threads_understand_alike(interpreter: EmbeddedInterpreter) -> None:
    texts = ["hur skaffar jag bankid", "det brinner", "swish", "i Mjölby", "klart"] * 4
    alone = [interpreter.understand(text) for text in texts]
    together: dict[int, list[Understanding]] = {}
    threads = [
        threading.Thread(target=lambda n=n: together.update({n: [interpreter.understand(text) for text in texts]}))  # type: ignore[misc]
        for n in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == {0: alone, 1: alone}


def test_the_lean_tier_says_so(interpreter: EmbeddedInterpreter, model_dir: Path) -> None:
    assert interpreter.tier == "lean"
    encoder, line = choose_encoder("lean")
    assert encoder is None
    assert "lean tier" in line


def test_noise_holds_no_topic(interpreter: EmbeddedInterpreter) -> None:
    assert not {ranked.intent for ranked in interpreter.understand("!!!").ranking} & TOPICS


def confidence(found: Understanding, intent: str) -> float:
    return next((ranked.confidence for ranked in found.ranking if ranked.intent == intent), 0.0)


class Told:
    """A reader that gives the same shares to every text."""

    def __init__(self, interpreter: EmbeddedInterpreter, **shares: float) -> None:
        self.labels = interpreter.reader.labels
        self.thresholds = Thresholds(0.7, {"emergency": 0.4, "fraud_suspected": 0.3}, rule=0.002)
        self._row = np.array([shares.get(label, 0.0) for label in self.labels])

    def read(self, text: str, language: str) -> Read:
        return Read(self._row)


def told(
    interpreter: EmbeddedInterpreter, text: str, context: Context = NOTHING_OPEN, **shares: float
) -> Understanding:
    return interpreter.with_reader(Told(interpreter, **shares)).understand(text, None, context)


def test_a_phrase_that_the_model_is_sure_is_harmless_raises_nothing(interpreter: EmbeddedInterpreter) -> None:
    text = "swish funkar inte men jag har ramlat och kommer inte upp"
    assert told(interpreter, text, swish=0.999, emergency=0.001).intent == "swish"
    assert told(interpreter, text, swish=0.99, emergency=0.01).intent == "emergency"


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("internet är borta och det luktar bränt bakom routern", "emergency"),
        ("någon har flyttanmält mig, hur ändrar jag adress", "fraud_suspected"),
        ("köpte busskort på en sida på google, pengarna drogs men ingen biljett har kommit", "fraud_suspected"),
    ],
)
def test_a_firm_rule_stands_beside_a_clear_question(interpreter: EmbeddedInterpreter, text: str, danger: str) -> None:
    assert told(interpreter, text, swish=1.0).intent == danger


def test_a_farewell_stands_where_the_model_sees_nothing_of_ours(interpreter: EmbeddedInterpreter) -> None:
    assert told(interpreter, "hunden har mat till i kväll", out_of_scope=1.0).intent == "emergency"


def test_the_model_may_know_which_danger_it_is(interpreter: EmbeddedInterpreter) -> None:
    text = "jag har ramlat och kommer inte upp"
    assert told(interpreter, text, fraud_suspected=0.99, emergency=0.01).intent == "fraud_suspected"
    assert told(interpreter, text, fraud_suspected=0.6, emergency=0.4).intent == "emergency", "life before money"


def test_a_name_that_nobody_knows_is_no_alarm(interpreter: EmbeddedInterpreter) -> None:
    assert not told(interpreter, "i Sörblåkulla", emergency=0.6, find_place=0.4).accepted
    assert told(interpreter, "i Sörblåkulla", emergency=0.95, find_place=0.05).accepted
    assert told(interpreter, "jag vill inte vara här längre", emergency=0.6, find_place=0.4).accepted


@pytest.mark.parametrize(
    ("text", "in_guide", "raised"),
    [
        ("vänta, maten står på spisen", True, None),
        ("vänta, maten står på spisen", False, "emergency"),
        ("vänta, det känns som om huset rasar", True, "emergency"),
        ("pappa är dement och hittar inte dosan", False, None),
        ("förra året blev mormor sjuk", False, None),
    ],
)
def test_what_only_the_model_suspects_is_weighed_by_what_is_said(
    interpreter: EmbeddedInterpreter, text: str, in_guide: bool, raised: str | None
) -> None:
    found = told(interpreter, text, context=Context(in_guide=in_guide), emergency=0.95)
    assert (found.intent if found.accepted else None) == raised
    assert bool(found.entity("ordinary")) == (raised is None)


def test_likely_talk_silences_what_the_model_is_not_very_sure_of(interpreter: EmbeddedInterpreter) -> None:
    text = "jag är så ensam"
    found = told(interpreter, text, emergency=0.85, out_of_scope=0.15)
    assert not found.accepted
    assert found.entity("ordinary") == "lonely"
    sure = told(interpreter, text, emergency=0.95, out_of_scope=0.05)
    assert (sure.intent, sure.accepted, sure.entity("ordinary")) == ("emergency", True, None)


def test_what_is_firmly_ordinary_silences_the_model_however_sure(interpreter: EmbeddedInterpreter) -> None:
    found = told(interpreter, "har mist min son", emergency=0.99, out_of_scope=0.01)
    assert not found.accepted
    assert found.entity("ordinary") == "bereaved"


@pytest.mark.parametrize(("in_guide", "raised"), [(True, False), (False, True)])
def test_inside_a_guide_fraud_needs_a_trace_of_it(
    interpreter: EmbeddedInterpreter, in_guide: bool, raised: bool
) -> None:
    context = Context(in_guide=in_guide)
    assert told(interpreter, "nu har jag gjort det i appen", context=context, fraud_suspected=0.95).accepted == raised
    assert told(interpreter, "nån bad mig göra det i appen", context=context, fraud_suspected=0.95).accepted


def test_what_nobody_understands_is_not_ordinary(interpreter: EmbeddedInterpreter) -> None:
    found = told(interpreter, "gubbröra på taket", context=Context(in_guide=True), stuck=0.4, fraud_suspected=0.1)
    assert found.entity("ordinary") is None


def test_a_farewell_that_looks_like_a_courtesy_is_a_farewell(interpreter: EmbeddedInterpreter) -> None:
    assert told(interpreter, "tack för allt, hej då för alltid", goodbye=0.9995).intent == "emergency"


def test_two_needs(interpreter: EmbeddedInterpreter) -> None:
    class ByWord(Told):
        def read(self, text: str, language: str) -> Read:
            row = np.zeros(len(self.labels))
            both = "bankid" in text and "swish" in text
            row[self.labels.index("swish")] = 0.55 if both else float("swish" in text)
            row[self.labels.index("bankid_get")] = 0.45 if both else float("bankid" in text)
            return Read(row)

    found = interpreter.with_reader(ByWord(interpreter)).understand("jag vill skaffa bankid och sen börja med swish")
    assert found.needs == ("bankid_get", "swish")
    assert found.accepted and found.intent == "bankid_get" == found.ranking[0].intent
    alone = interpreter.with_reader(ByWord(interpreter)).understand("jag vill skaffa bankid och sen gå hem igen")
    assert alone.needs == ()


def test_a_courtesy_does_not_hide_the_need(interpreter: EmbeddedInterpreter) -> None:
    class Courteous(Told):
        """A whole text is mostly thanks; of its parts each word is sure."""

        def read(self, text: str, language: str) -> Read:
            row = np.zeros(len(self.labels))
            whole = "," in text
            row[self.labels.index("thanks")] = 0.6 if whole else float("tack" in text)
            row[self.labels.index("swish")] = 0.4 if whole else float("swish" in text)
            return Read(row)

    reader = Courteous(interpreter)
    reader.labels = (*interpreter.reader.labels, "thanks")
    found = interpreter.with_reader(reader).understand("tack så hemskt mycket, hur får jag swish")
    assert (found.intent, found.accepted, found.needs) == ("swish", True, ())
    unhelped = interpreter.with_reader(reader).understand("tack så hemskt mycket, det var så bra")
    assert unhelped.intent == "thanks" and not unhelped.accepted
