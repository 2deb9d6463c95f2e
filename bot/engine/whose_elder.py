"""Which of those whose matters somebody follows, or has asked to follow, a message speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from bot.domain.link import Elder, Wish
from bot.domain.relations import HELPED, Helped
from bot.engine.helping import person
from bot.engine.walk import Walk

_NOBODYS = frozenset(
    """
    din ditt dina min mitt mina den du hjälper you your my the eller or help
    """.split()
)
_RELATION_WORDS = frozenset(word for names in HELPED.values() for name in names for word in name.lower().split())
_PRONOUN = re.compile(
    r"\b(?:henne|honom|hon|han|hennes|hans|dem|deras|dom|hen|her|him|his|she|he|them|their)\b", re.IGNORECASE
)

P = TypeVar("P", Elder, Wish)


def meant(walk: Walk, people: Sequence[P]) -> tuple[P, ...]:
    """Those of `people` whom the message names, by what the relative calls them or by the relation; a name tells more than a relation."""
    words = _words(walk.incoming.text)
    by_name = tuple(one for one in people if words & _own_words(one))
    if by_name:
        return by_name
    said = {
        part
        for entity in walk.understanding.entities
        if entity.entity == "relation"
        for part in entity.value.split("/")
    }
    said |= words
    return tuple(one for one in people if said & (set(one.relation.split("/")) | _called_words(one)))


def names_somebody(walk: Walk) -> bool:
    """Whether the message names a relation at all, of those who are linked or of anybody."""
    everybody: tuple[Elder | Wish, ...] = (*walk.family.elders, *walk.family.wishes)
    return walk.understanding.entity("relation") is not None or any(
        _own_words(one) & _words(walk.incoming.text) for one in everybody
    )


def says_pronoun(walk: Walk) -> bool:
    """Whether somebody is spoken of as "henne" or "honom"."""
    return _PRONOUN.search(walk.incoming.text) is not None


def whom(one: Elder | Wish) -> Helped:
    """How the relative is told of them."""
    return person(one.relation, one.called) or Helped("den du hjälper", "the person you help")


def _words(text: str) -> set[str]:
    """The words of a text, those in the genitive without their s too."""
    words = re.findall(r"[^\W\d_]+", text.lower().replace("'s", ""))
    return {*words, *(word[:-1] for word in words if word.endswith("s") and len(word) > 2)}


def _called_words(one: Elder | Wish) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", one.called.lower())) - _NOBODYS


def _own_words(one: Elder | Wish) -> set[str]:
    """The words of what they are called that are no relation: a name."""
    return _called_words(one) - _RELATION_WORDS
