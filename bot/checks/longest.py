"""The longest value that each {placeholder} of a text can get, so that lengths are counted at their worst."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.checks.text_keys import FAMILIES
from bot.domain.conversation import Language
from bot.domain.duty import Organisation
from bot.domain.relations import HELPED as RELATIONS
from bot.domain.relations import Helped
from bot.domain.sms_text import septets
from bot.engine.texts import Texts
from bot.flows import Content

PLACEHOLDER = re.compile(r"\{(\w+)\}")

EVERYWHERE = frozenset({"kontaktcenter", "bibliotek", "when"})
"""What every text may use, those of flows too."""

HELPED = frozenset({"vem", "vems"})
"""What the voice for a helper may use besides: the person who is helped."""

_NAME = "N" * 40
"""A town as the resident wrote it: the engine cuts it at 40 characters, and no Swedish locality's name is longer."""

_CALLED = "N" * 30
"""What a relative calls the elder: bot/services/make_link.py cuts nothing, and takes no more than this."""

_NUMBER = "070-174 06 05"
_RELATIVE = "N" * 33
"""A relative who gives no name is "den som har nummer 070-174 06 05"; names are cut before that (bot/domain/asking.py)."""

_CLOCK = "10.30"
_STEP = "10"
_KM = "100"
_CHOICES = "9"


@dataclass(frozen=True, slots=True)
class Longest:
    """For each language, placeholder and longest value."""

    values: Mapping[Language, Mapping[str, str]]

    def fill(self, text: str, language: Language) -> str:
        """`text` with every known placeholder at its longest."""
        values = self.values[language]
        return PLACEHOLDER.sub(lambda found: values.get(found.group(1), found.group()), text)


def longest(content: Content, organisation: Organisation | None = None) -> Longest:
    """From the texts and titles, and the municipalities' local facts."""
    return Longest({"sv": _values(content, organisation, "sv"), "en": _values(content, organisation, "en")})


def _values(content: Content, organisation: Organisation | None, language: Language) -> dict[str, str]:
    texts = content.texts
    day = _widest(_written(texts, language, "weekday_"))
    when = [
        text.replace("{clock}", _CLOCK).replace("{day}", day)
        for key, text in ((k, b.in_(language)) for k, b in texts.by_key.items())
        if key.startswith("when_")
    ]
    joined = ", ".join(_written(texts, language, "secret_", FAMILIES["secret_"]))
    unit = _widest(unit.name for m in organisation.municipalities for unit in m.units) if organisation else ""
    values = {
        "when": _widest(when),
        "day": day,
        "clock": _CLOCK,
        "at": _STEP,
        "of": _STEP,
        "last": _CHOICES,
        "km": _KM,
        "name": _NAME,
        "kinds": joined + "".join(_written(texts, language, "", ("and",))),
        "title": _widest(flow.title.in_(language) for flow in content.flows.values()),
        "unit": unit,
        "who": f"{_NAME} på {unit}",
        "called": _CALLED,
        "relative": _RELATIVE,
        "sender": f"{_widest(m.name for m in organisation.municipalities) if organisation else ''} och Lotsen",
        "number": _NUMBER,
        "until": "30 september 2027",
        "may": _widest(_written(texts, language, "link_by_staff_may_")),
        "vem": _widest(Helped(*names).called(language) for names in RELATIONS.values()),
        "whom": _widest(Helped(*names).called(language) for names in RELATIONS.values()),
        "vems": _widest(Helped(*names).owner(language) for names in RELATIONS.values()),
    }
    for fact in ("kontaktcenter", "bibliotek"):
        local = [m.facts.get(language, {}).get(fact, "") for m in organisation.municipalities] if organisation else []
        values[fact] = _widest([*local, *_written(texts, language, "", (fact,))])
    return values


def _written(texts: Texts, language: Language, start: str, endings: Iterable[str] | None = None) -> list[str]:
    if endings is None:
        return [text.in_(language) for key, text in texts.by_key.items() if key.startswith(start)]
    return [texts.by_key[start + end].in_(language) for end in endings if start + end in texts.by_key]


def _widest(texts: Iterable[str]) -> str:
    return max(texts, key=septets, default="")
