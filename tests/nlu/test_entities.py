from nlu.entities import find_entities
from nlu.places import PlaceNames
from nlu.understanding import Context
from tests.nlu.small_examples import PLACES

NAMES = PlaceNames(PLACES)


def test_all_kinds_in_the_order_of_the_text() -> None:
    text = "mamma i Kalmar, 392 31, ring 070-174 06 05 på tisdag"
    found = find_entities(text, "sv", Context(), NAMES, lambda folded: False)
    assert [(entity.entity, entity.value) for entity in found] == [
        ("relation", "mamma"),
        ("place", "Kalmar"),
        ("postcode", "39231"),
        ("phone_number", "+46701740605"),
        ("time", "tisdag"),
    ]
    assert all(text[entity.start : entity.end] for entity in found)


def test_a_question_for_a_place_is_context() -> None:
    found = find_entities("vara", "sv", Context(question="place"), NAMES, lambda folded: True)
    assert [entity.value for entity in found] == ["Vara"]
