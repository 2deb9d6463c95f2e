"""What somebody says who wants to follow another person's matters: that they do, whose, on which number, and who they are.

Precision goes before recall: a text that only tells of a relative's trouble, or a number to be phoned on, is no wish to follow anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.found_words import folded
from bot.domain.relations import HELPED, Helped, helped

LONGEST_NAME = 30
LONGEST_CALLED = 40

_FOLLOWS = re.compile(
    r"(?<!inte )(?<!ej )\bfolj(?:a|er)?\b(?!\s+(?:steg|guide|anvisning|instruktion|med strommen|er\b|dessa|de har|det har|dina|din|hur man))"
    r"|\b(?:koppla|kopplas|kopplad|kopplar)\b(?=.{0,25}\b(?:till|ihop|min|mig|med|oss)\b)|\bfa veta\b|\b(?:fa|ha|behover|onskar) (?:samtycke|insyn|koll|besked|information|info)\b"
    r"|\bsamtycke (?:fran|av)\b|\b(?:se|veta|hora|kolla|halla koll pa) hur det gar\b|\b(?:hjalpa|vara med)\b.{0,30}\barende"
    r"|\b(?:jag|vi) ar (?:nara |hans |hennes |deras )?anhorig\w*\b|\banhorig till\b|\bsom anhorig\b"
    r"|\b(?:follow|keep track of|be kept informed|get updates|see how it goes)\b|\b(?:i am|im|as) (?:a |the )?(?:relative|next of kin)\b|\blink me\b"
)
_FOLLOWS_IT = re.compile(r"\bfolj(?:a|er)?\b|\bfollow\b")
_ANSWERED = re.compile(
    r"\b(?:har |ska ha |hon |han |de |dom )*(?:svarat|svarade|sagt|sa|skrivit|skrev|tackat|godkant|godkande|skickat|answered|replied|said|says she|says he)\b.{0,25}\b(?:ja|jo|nej|ok|okej|yes|no)\b"
    r"|\b(?:fatt|fick|ser)(?: ni| du)? (?:ett |nagot |nat |hennes |hans )?(?:svar|ja)\b.{0,8}\b(?:fran|av|from|\W*$)|\b(?:fatt|fick) (?:ni|du) (?:ett |nagot |nat |hennes |hans )?(?:svar|ja)\b|\b(?:svarade|svarat|answered) (?:hon|han|de|dom|she|he)\b"
    r"|\bhar (?:\w+ ){1,3}(?:svarat|godkant|accepterat|sagt (?:nagot|nat)|hort av sig)\b|\bfar jag (?:folja|se|veta)\b.{0,25}\b(?:nu|an)\b|\bvarfor (?:far|kan) jag (?:inte|ej)\b.{0,20}\b(?:folja|se|veta)\b"
)
_ANOTHER = re.compile(r"\b(?:ocksa|aven|likasa|samma for|samma med|too|also)\b|^\W*(?:och|o|sen|and) ")
_LONGEST_ANOTHER = 12
_OWN_MATTER = re.compile(r"\b(?:mitt|eget|my) (?:eget )?(?:arende|case)\b")
_TO_BE_PHONED = re.compile(
    r"\b(?:ring|ringa|ringer|na mig|nar mig|nas jag|jag nas|kontakta mig|call me|phone me|reach me|call back|callback|aterkom\w*)\b"
)
_FROM_ELSEWHERE = re.compile(
    r"\b(?:ringde|ringt|uppringd\w*|missat samtal|okant nummer|okand\w*|samtal fran|sms fran|meddelande fran|mejl fran|blocka\w*|sparra\w*"
    r"|called (?:me|him|her|my)|unknown number|text from|call from)\b"
)
_OWN_NUMBER = re.compile(
    r"(?:\bmitt|\bmy|\bjag har|\bjag nas|\bmig)\s+(?:eget |egna |mobil\w* |own )?(?:telefon\w* |tel |mobil\w* )?(?:nummer|nr|number|pa)?\s*(?:ar|is|:)?\s*$"
)
_NAMED = re.compile(
    r"\b(?:jag heter|mitt namn är|namnet är|undertecknad|jag kallas|my name is|mvh|m v h|hälsningar(?: från)?|hälsn|hälsning|vänligen|hälsar|regards|i am called)[\s,:/.-]+([^\W\d_][^\n,.;:!?()0-9]*)",
    re.IGNORECASE,
)
_I_AM = re.compile(r"\b(?:[Jj]ag är|[Dd]et är|I am|I'm)\s+([A-ZÅÄÖÉ][^\W\d_]+(?:[ -][A-ZÅÄÖÉ][^\W\d_]+)?)")
_NAMED_FIRST = re.compile(
    r"\b([A-ZÅÄÖÉ][^\W\d_]+(?:[ -][A-ZÅÄÖÉ][^\W\d_]+)?)\s+(?:heter jag|är mitt namn|är namnet|kallas jag|is my name)\b"
)
_HERE = re.compile(
    r"^\W*(?:(?:[Hh]ej\w*|[Gg]od(?: \w+)?|[Hh]allå|[Hh]ello|[Hh]i)\W+)?(?:[Hh]är är |[Dd]et här är )?([A-ZÅÄÖÉ][^\W\d_]+(?:[ -][A-ZÅÄÖÉ][^\W\d_]+)?) (?:här|here)(?: igen| again)?\s*(?:[,.!:;]|$)"
    r"|^\W*(?:[Hh]ej\w*\W+)?[Hh]är är ([A-ZÅÄÖÉ][^\W\d_]+(?:[ -][A-ZÅÄÖÉ][^\W\d_]+)?)\s*(?:[,.!:;]|$)|(?:^|[\s.!?])//? ?([A-ZÅÄÖÉ][^\W\d_]+)\s*$"
)
"""Somebody who says who writes: "Lena här, ", "/ Lena"."""
_IS_HERE = frozenset(
    """
    bor sitter star ar finns ligger kommer laser ser skriver vantar inget ingen allt jag vi den det detta nu nagot
    nagon vad inte bara precis hjalp var vart hur kursen tiden hit du ni man klart redan mitt min dottern dotter son
    sonen barnbarn barnbarnet syster bror granne grannen frun fru maken hustrun anhorig hon han de alla
    """.split()
)
_SAYS_OWN = re.compile(r"^\W*(?:[Hh]ej\w*\W+)?(?:[Dd]et är|[Jj]ag är|I am|I'm|[Tt]his is)\s+[A-ZÅÄÖÉ]")
_ENDS_A_NAME = frozenset(
    """
    och jag är vill som på från har hjälper hjälp min mitt mina din till med i barnbarn dotter son and i'm am want
    önskar undrar behöver skriver ber söker kan here här
    who from my the dottern sonen anhörig det den kan skulle ska
    """.split()
)
_AUTHORITY = re.compile(
    r"bank|polis|police|myndighet|kommun|skatte|forsakringskass|pension|support|microsoft|google|apple\b|telegram|1177|vardcentral|sjukhus|\bvard\b|handlagg"
    r"|kundtjanst|sakerhet|security|swish|nordea|\bseb\b|kronofog|socialtjanst|hemtjanst|bibliotek|lotsen|postnord|\bpost\b|kivra|apotek|advokat|official|service|admin|region"
    r"|tekniker|\bit\b|operator|telia|tele2|telenor|\bbot\b|hjalpen|oversyn|inkasso"
)
_WEB = re.compile(r"https?:|www|\.(?:se|com|nu|net|org|me|info|ru|io)\b|@", re.IGNORECASE)
_SECRET = r"(?:koden?|koder(?:na)?|pin\w*|losenord\w*|engangskod\w*|inloggning\w*|bankid\w*|bankdosa\w*|dosan?|kontonummer|kortnummer|passwords?|codes?|pin)"
_WANTS_SECRET = re.compile(
    rf"\b(?:vill ha|behover|fa|far|ge|skick\w*|sag|hamta|lasa upp|se|mejla|want|need|get|give|send|tell)\b.{{0,30}}\b{_SECRET}\b"
    r"|\b(?:ta ut|fora over|overfora|flytta|tomma|transfer|withdraw)\b.{0,30}\b(?:pengar\w*|konto\w*|money|account)\b"
    r"|\blogga in (?:som|i stallet for) (?:henne|honom|min|mamma|pappa)\b"
)
_FORGOT = re.compile(r"\b(?:glomt|glommer|tappat|minns inte|kommer inte ihag|sparrat|last sig|forgot\w*|lost)\b")
_NEEDS_OWNER = frozenset(
    """
    man make husband fru hustru wife sambo sarbo partner granne neighbour neighbor van vaninna kompis friend
    brukare klient client mor far syster bror sister brother
    """.split()
)
"""Said with "min" before them: without it a name stands better alone, "Sven" and not "man Sven"."""
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a wish to follow somebody, kept while the number is asked for. `relation` is as the interpreter names it."""

    relation: str = ""
    called: str = ""
    name: str = ""
    doubt: str = ""

    def pack(self) -> str:
        """As one string, for the open question."""
        return "\n".join((self.relation, self.called, self.name, self.doubt))

    @classmethod
    def unpack(cls, packed: str) -> Told:
        relation, called, name, doubt, *_ = (*packed.split("\n"), "", "", "", "")
        return cls(relation, called, name, doubt)


def wants_to_follow(text: str) -> bool:
    """Whether the words say that somebody wants to follow another person's matters, or be told of them."""
    plain = folded(text)
    return bool(_FOLLOWS.search(plain)) and not _OWN_MATTER.search(plain)


def says_they_answered(text: str) -> bool:
    """Whether it is told or asked that the one who was asked has answered: "mamma säger att hon svarat ja"."""
    return bool(_ANSWERED.search(folded(text)))


def adds_another(text: str) -> bool:
    """ "Och pappa också": one more to follow, of somebody who has asked for another."""
    return bool(_ANOTHER.search(folded(text))) and len(text.split()) <= _LONGEST_ANOTHER


def says_follow(text: str) -> bool:
    """Whether it is said in so many words: "följa"."""
    return bool(_FOLLOWS_IT.search(folded(text)))


def number_is_for_something_else(text: str) -> bool:
    """Whether a number in the text is there to be phoned on, or is one that somebody was phoned from."""
    plain = folded(text)
    return bool(_TO_BE_PHONED.search(plain) or _FROM_ELSEWHERE.search(plain))


def others_number(text: str, numbers: Sequence[tuple[str, int]]) -> str | None:
    """The first of the numbers (E.164, and where it begins) that is not said to be the writer's own; None when there is none."""
    plain = folded(text)
    return next(
        (number for number, start in numbers if not _OWN_NUMBER.search(plain[max(0, start - 40) : start])), None
    )


def own_name(text: str) -> str:
    """How the writer calls themselves in the text; empty when they do not."""
    for found in _NAMED.finditer(text):
        words = found.group(1).split()
        kept: list[str] = []
        for word in words[:3]:
            if word.casefold() in _ENDS_A_NAME:
                break
            kept.append(word)
        if kept:
            return " ".join(kept)
    said = _NAMED_FIRST.search(text) or _I_AM.search(text) or _HERE.search(text)
    name = next(filter(None, said.groups()), "") if said else ""
    return "" if _is_relation(name) or folded(name).split(" ")[0] in _IS_HERE else name


def name_to_keep(text: str) -> str:
    """The name of whoever says it before there is a use for it; empty where it may be anything else ("det är Viktigt att")."""
    stated = _NAMED.search(text) or _NAMED_FIRST.search(text) or _HERE.search(text) or _SAYS_OWN.search(text)
    name = clean_name(own_name(text)) if stated else ""
    return "" if is_doubtful_name(name) else name


def clean_name(name: str) -> str:
    """Letters, spaces and hyphens only, LONGEST_NAME characters at most, the first one a capital."""
    letters = "".join(c if c.isalpha() or c in " -'" else " " for c in name)
    short = " ".join(letters.split())[:LONGEST_NAME].strip(" -'")
    return short[:1].upper() + short[1:]


def is_doubtful_name(name: str) -> bool:
    """Whether it looks like an authority, a bank or a support desk, or holds digits or a web address: not what relatives are called."""
    return bool(_AUTHORITY.search(folded(name)) or _DIGITS.search(name) or _WEB.search(name))


def wants_secrets(text: str) -> bool:
    """Whether the writer asks for another person's codes or money. That somebody has forgotten a code is no such thing."""
    plain = folded(text)
    return bool(_WANTS_SECRET.search(plain)) and not _FORGOT.search(plain)


def called_in(text: str, relation_word: str) -> str:
    """How the elder is called when a name follows the relation: "farbror Olle"; else empty. `relation_word` is as it stands in the text."""
    if not relation_word:
        return ""
    found = re.search(rf"\b{re.escape(relation_word)}\s+([A-ZÅÄÖÉ][^\W\d_]+)", text)
    if found is None or found.group(1).casefold() in ("och", "har", "som", "bankid", "swish", "hennes", "hans"):
        return ""
    if folded(relation_word) in _NEEDS_OWNER:
        return found.group(1)[:LONGEST_CALLED]
    return f"{relation_word} {found.group(1)}"[:LONGEST_CALLED]


def related_to(text: str) -> str:
    """Whom somebody says they are a relative of by name: "anhörig till Olle"."""
    found = re.search(
        r"\b(?:[Aa]nhörig till|[Ff]ölja|[Hh]jälpa|[Ff]ollow|[Hh]elp|relative of)\s+([A-ZÅÄÖÉ][^\W\d_]+)", text
    )
    return found.group(1)[:LONGEST_CALLED] if found else ""


def called(told: Told, language: str) -> str:
    """How the elder is spoken of to the relative: by their own words, by the relation, or as the one who is helped."""
    return (helped(told.relation, told.called) or Helped(*HELPED["klient"])).called(language)


def names_joined(names: Iterable[str], last: str) -> str:
    """ "Anna, Bo och Eva"; `last` is the word before the last one."""
    listed = list(names)
    return ", ".join(listed[:-1]) + f" {last} " + listed[-1] if listed[1:] else "".join(listed)


def _is_relation(word: str) -> bool:
    return folded(word).startswith(("mamma", "pappa", "mormor", "farmor", "morfar", "farfar", "anhorig"))
