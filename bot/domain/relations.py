"""Whom somebody helps, as the interpreter names the relation (data/names.yml), and how that person is spoken of.

Only relations in which the one spoken of is usually the one helped: a daughter, a grandchild or a god man is usually the helper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

HELPED: Mapping[str, tuple[str, str]] = {
    "mamma": ("din mamma", "your mother"),
    "pappa": ("din pappa", "your father"),
    "föräldrar": ("dina föräldrar", "your parents"),
    "svärmor": ("din svärmor", "your mother-in-law"),
    "svärfar": ("din svärfar", "your father-in-law"),
    "svärföräldrar": ("dina svärföräldrar", "your parents-in-law"),
    "styvmor": ("din styvmor", "your stepmother"),
    "styvfar": ("din styvfar", "your stepfather"),
    "mormor": ("din mormor", "your grandmother"),
    "farmor": ("din farmor", "your grandmother"),
    "morfar": ("din morfar", "your grandfather"),
    "farfar": ("din farfar", "your grandfather"),
    "mormor/farmor": ("din mormor eller farmor", "your grandmother"),
    "morfar/farfar": ("din morfar eller farfar", "your grandfather"),
    "man": ("din man", "your husband"),
    "fru": ("din fru", "your wife"),
    "sambo": ("din sambo", "your partner"),
    "särbo": ("din särbo", "your partner"),
    "partner": ("din partner", "your partner"),
    "syster": ("din syster", "your sister"),
    "bror": ("din bror", "your brother"),
    "moster": ("din moster", "your aunt"),
    "faster": ("din faster", "your aunt"),
    "moster/faster": ("din moster eller faster", "your aunt"),
    "farbror": ("din farbror", "your uncle"),
    "morbror": ("din morbror", "your uncle"),
    "farbror/morbror": ("din farbror eller morbror", "your uncle"),
    "granne": ("din granne", "your neighbour"),
    "vän": ("din vän", "your friend"),
    "klient": ("personen", "the person"),
}


_HER = re.compile(r"\b(?:hon|henne|hennes|she|her)\b", re.IGNORECASE)
_HIS = re.compile(r"\b(?:han|honom|hans|he|him|his)\b", re.IGNORECASE)
_WOMAN = re.compile(r"(?:mother|wife|sister|aunt|mother-in-law)$")
_MAN = re.compile(r"(?:father|husband|brother|uncle|father-in-law)$")


@dataclass(frozen=True, slots=True)
class Helped:
    """The one who is helped, as the helper is told of them: "din mamma", "farbror Olle"."""

    sv: str
    en: str

    def called(self, language: str) -> str:
        return self.sv if language == "sv" else self.en

    def owner(self, language: str) -> str:
        """The genitive: "din mammas", "Hans", "your mother's"."""
        name = self.called(language)
        if language == "sv":
            return name if name.endswith(("s", "x", "z")) else f"{name}s"
        return f"{name}'" if name.endswith("s") else f"{name}'s"


def may_be_spoken_of(relation: str, text: str) -> bool:
    """Whether a pronoun of the text may stand for somebody of that relation: "henne" is no pappa."""
    word = HELPED[relation][1] if relation in HELPED else ""
    if _MAN.search(word) or _WOMAN.search(word):
        return (_HIS if _MAN.search(word) else _HER).search(text) is not None
    return bool(word) and bool(_HER.search(text) or _HIS.search(text))


def helped(relation: str | None, called: str = "") -> Helped | None:
    """Who is helped; `called` is what the helper calls them, when they have said so. None when the relation tells of no one who is helped."""
    if called:
        return Helped(called, called)
    names = HELPED.get(relation or "")
    return Helped(*names) if names else None
