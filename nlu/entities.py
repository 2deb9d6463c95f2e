"""All that is named in a text, in the order it stands there."""

from collections.abc import Callable

from nlu.named import find_named
from nlu.numbers import find_phone_numbers, find_postcodes
from nlu.options import find_option
from nlu.places import PlaceNames, find_places
from nlu.times import find_times
from nlu.understanding import Context, Entity


def find_entities(
    text: str, language: str, context: Context, names: PlaceNames, ordinary: Callable[[str], bool]
) -> tuple[Entity, ...]:
    """Entities of `text`, written in `language`; `ordinary` tells whether a folded word is one that people use."""
    phones = find_phone_numbers(text)
    found = [*phones, *find_postcodes(text, phones)]
    found += find_places(text, names, ordinary, asked=context.question == "place", english=language == "en")
    found += find_named(text, language)
    found += find_times(text)
    option = find_option(text, context.options)
    if option:
        found.append(option)
    return tuple(sorted(found, key=lambda entity: (entity.start, entity.end)))
