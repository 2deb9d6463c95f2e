from __future__ import annotations

from bot.configuration import load_configuration
from bot.domain.gazetteer import Gazetteer
from bot.engine.world import World
from bot.flows import load_strictly
from bot.services.needs import further_needs, read
from bot.settings import ROOT
from nlu.understanding import NOTHING_OPEN, Context, RankedIntent, Understanding


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


class Reads:
    """An interpreter that knows some texts by heart, and is unsure of any other."""

    def __init__(self, **known: str) -> None:
        self._known = {text.replace("_", " "): intent for text, intent in known.items()}

    def understand(self, text: str, language: str | None = None, context: Context = NOTHING_OPEN) -> Understanding:
        intent = self._known.get(text.lower())
        share = 0.95 if intent else 0.4
        return Understanding(
            text,
            intent or "out_of_scope",
            share,
            intent is not None,
            (RankedIntent(intent or "out_of_scope", share),),
            (),
            "sv",
        )


def test_the_need_told_first_comes_first_and_all_of_them_are_kept() -> None:
    known = Reads(
        jag_ska_deklarera="tax_return",
        vill_jag_låna_en_platta="device_loan",
        jag_ska_deklarera_och_sen_vill_jag_låna_en_platta="device_loan",
    )
    told = read(known, world(), "jag ska deklarera och sen vill jag låna en platta", "sv", NOTHING_OPEN)
    assert told.understanding.intent == "tax_return"
    assert told.understanding.accepted
    assert told.also == ("device_loan",)
    assert told.words["device_loan"] == "vill jag låna en platta"


def test_a_person_who_is_asked_for_comes_before_what_was_told_first() -> None:
    known = Reads(hur_skaffar_jag_kivra="digital_mail", kan_nån_ringa_mig="callback")
    told = read(known, world(), "hur skaffar jag kivra och kan nån ringa mig", "sv", NOTHING_OPEN)
    assert told.understanding.intent == "callback"
    assert told.also == ("digital_mail",)


def test_danger_stands_before_all() -> None:
    text = "jag har blivit lurad och hur skaffar jag kivra"
    known = Reads(**{text.replace(" ", "_"): "fraud_suspected"}, hur_skaffar_jag_kivra="digital_mail")
    assert read(known, world(), text, "sv", NOTHING_OPEN).understanding.intent == "fraud_suspected"


def test_a_danger_that_other_needs_hide_is_found_in_its_part() -> None:
    known = Reads(
        min_man_andas_inte="emergency",
        hur_förnyar_jag_recept="health_1177",
        min_man_andas_inte_och_hur_förnyar_jag_recept="health_1177",
    )
    told = read(known, world(), "min man andas inte och hur förnyar jag recept", "sv", NOTHING_OPEN)
    assert told.understanding.intent == "emergency"
    assert told.also == ("health_1177",)


def test_a_need_hidden_by_courtesies_is_understood() -> None:
    told = read(Reads(hjälp_med_swish="swish"), world(), "jag behöver hjälp med swish", "sv", NOTHING_OPEN)
    assert (told.understanding.intent, told.understanding.accepted, told.also) == ("swish", True, ())


def test_the_answer_to_an_open_question_is_not_cut_up() -> None:
    known = Reads(hur_skaffar_jag_kivra="digital_mail", hur_skaffar_jag_swish="swish")
    told = read(known, world(), "hur skaffar jag kivra och hur skaffar jag swish", "sv", Context(question="time"))
    assert told.also == ()


def test_what_was_meant_instead_is_the_need() -> None:
    known = Reads(nej_jag_menade_swish="deny", hjälp_med_swish="swish")
    told = read(known, world(), "nej jag menade swish", "sv", Context(in_guide=True))
    assert told.understanding.intent == "swish"
    assert told.understanding.accepted


def test_danger_that_was_meant_instead_is_danger() -> None:
    known = Reads(nej_jag_menade_att_pengarna_är_borta="deny", pengarna_är_borta="fraud_suspected")
    assert (
        read(known, world(), "nej jag menade att pengarna är borta", "sv", NOTHING_OPEN).understanding.intent
        == "fraud_suspected"
    )


def test_an_answer_is_not_taken_for_another_need() -> None:
    known = Reads(nej_jag_ville_ha_den_andra="deny")
    assert read(known, world(), "nej jag ville ha den andra", "sv", NOTHING_OPEN).understanding.intent == "deny"


def test_another_need_may_be_meant_beside_a_question_but_not_where_any_text_is_the_answer() -> None:
    known = Reads(nej_jag_menade_swish="deny", hjälp_med_swish="swish")
    for question, intent in (
        ("place", "swish"),
        ("yes_no", "swish"),
        ("choice", "swish"),
        ("time", "deny"),
        ("own_number", "deny"),
    ):
        assert (
            read(known, world(), "nej jag menade swish", "sv", Context(question=question)).understanding.intent
            == intent
        )


def _answer(text: str, whole: str, context: Context, **known: str) -> tuple[str, bool]:
    interpreter = Reads(**{text.replace(" ", "_"): whole, **known})
    read_as = read(interpreter, world(), text, "sv", context).understanding
    return read_as.intent, read_as.accepted


def test_a_need_after_a_yes_is_the_need() -> None:
    nothing, menu = NOTHING_OPEN, Context(question="choice", options=("A", "B"))
    known = {"hjälp_med_swish": "swish"}
    assert _answer("ja jag vill ha hjälp med swish", "affirm", nothing, **known) == ("swish", True)
    assert _answer("jo swish tack", "affirm", menu, **known) == ("swish", True)


def test_a_sure_yes_to_what_was_asked_stays_a_yes() -> None:
    known = {"hjälp_med_swish": "swish"}
    for context in (Context(question="yes_no"), Context(in_guide=True)):
        assert _answer("ja jag vill ha hjälp med swish", "affirm", context, **known) == ("affirm", True)


def test_what_is_declined_is_no_need() -> None:
    known = {"hjälp_med_swish": "swish", "jag_behöver_inte_hjälp_med_swish": "swish"}
    assert _answer("nej tack jag behöver inte hjälp med swish", "deny", NOTHING_OPEN, **known) == ("deny", True)
