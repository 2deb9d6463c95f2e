"""The texts that belong to no flow, by key; an editor writes them in bot/flows/texts.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.conversation import Language
from bot.engine.flow import Bilingual


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the menu: which flow, and how it is called there."""

    flow: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that several guides are about: who names it and no more ("hjälp med BankID") is asked which of them."""

    words: tuple[str, ...]
    flows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text by key, the menu, and the subjects."""

    by_key: Mapping[str, Bilingual]
    menu: tuple[MenuItem, ...] = ()
    subjects: tuple[Subject, ...] = ()

    def get(self, key: str, language: Language, **values: str) -> str:
        """The text with {placeholders} filled in. Raises KeyError for a key that texts.yml lacks."""
        text = self.by_key[key].in_(language)
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text
