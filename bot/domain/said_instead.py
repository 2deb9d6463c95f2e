"""Somebody who was misunderstood: what they meant instead, or only that it was not this."""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_LONGEST = 10
"""Words of a message that only says that it was not this."""

_NO = r"(?:(?:nej|nä|nää|nae|näe|fel|oj|men|hallå|no|inte det|inte så|det (?:var|är|e) (?:inte det|inte så|fel)(?: (?:jag|ja) (?:menade|mena|ville|vill|frågade))?|det blev fel|du missförstod(?: mig)?|ursäkta|förlåt|sorry)[\s,.!:;-]+)"
_I = r"(?:jag|ja|vi|i|we)"
_MEANT = rf"(?:{_I}\s+)?(?:menade|mena|menar|meant|mean)"
_WANTED = rf"(?:det\s+(?:var|är|e|gäller|gällde)|{_I}\s+(?:ville|vill|skulle|ska|tänkte|behövde|behöver|sökte|söker|frågade|frågar|undrade|undrar|wanted|want|asked))"
_FILL = r"(?:\s+(?:ju|bara|egentligen|alltså|nog|faktiskt|istället|i stället|att|det här med|om|efter|på|just|ha|få|veta|hjälp med|that|to|about))*"
_INSTEAD = re.compile(rf"^\W*(?:{_NO}+{_WANTED}|{_NO}*{_MEANT}){_FILL}[\s,:]+(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
_NOTHING_TOLD = re.compile(r"^(?:inte|ej|not|det|så|that|it)\b", re.IGNORECASE)

_NAME = 2
_ASKS_OR_WANTS = re.compile(
    r"(?:(?:och|men|hej|ja|jo|nej|tack|sen|da|and|but|then) )*(?:hur (?:ser|gor|far|hittar|bokar|fornyar|kommer|soker|skaffar|betalar|laser|andrar) (?:jag|man|vi)"
    r"|(?:jag|ja|vi|nu) (?:vill|vill jag|skulle|behover|ska)\b|kan (?:jag|man) (?:se|boka|fornya|lasa|soka)|how (?:do|can) (?:i|we)|(?:i|we) (?:want|need|would like))\b"
)
_I_SAID = r"(?:jag|ja|vi) (?:menade|mena|menar|ville|vill|tankte|fragade|undrade|sokte|skrev|bad)(?: (?:ha|fa|om|efter|veta|pa|hjalp med|gora))*"
_ONLY_NOT_THIS = re.compile(
    r"(?:(?:nej|nae|na|men|fel|oj|hallo|stopp|ursakta|forlat|du) )*(?:"
    rf"(?:det|detta|det har) (?:var|ar|e) inte (?:det|sa|dar|vad|alls det|riktigt det)(?: som)?(?: {_I_SAID})?"
    rf"|inte (?:det|sa)(?: som)? {_I_SAID}"
    rf"|sa {_I_SAID} inte|{_I_SAID} inte (?:det|det har|sa)|du (?:har )?(?:missforst\w+|missuppfatt\w+)(?: mig)?|missforst\w+ mig|(?:det )?(?:ar|e|var|blev|blir) (?:helt )?(?:fel|galet|tokigt) (?:sak|guide|amne|svar|hjalp)?"
    r"|fel (?:sak|guide|amne|svar|hjalp)|(?:det )?galler (?:inte det|nagot annat|nat annat|en annan sak)|(?:det har|det) galler (?:inte det|nagot annat|nat annat|en annan sak)(?: har)?"
    r"|that is not what i (?:meant|asked|wanted)|not what i (?:meant|asked|wanted)|you misunderstood(?: me)?|wrong (?:guide|thing|answer)"
    r")(?: (?:nu|alls|ju|tyvarr|du|har|nej|igen))*"
)


def meant_instead(text: str) -> str | None:
    """What was meant: "nej jag menade att jag glömt lösenordet" gives "jag glömt lösenordet". None when the message corrects nothing, or tells nothing else."""
    found = _INSTEAD.match(text)
    rest = found["rest"].strip() if found else ""
    return rest if rest and not _NOTHING_TOLD.match(rest) else None


def asks_or_wants(text: str) -> bool:
    """Whether a message begins by asking how, or by what is wanted, and is no mere word: "hur ser jag mina provsvar"."""
    plain = fold(text)
    return len(plain.split()) > _NAME and _ASKS_OR_WANTS.match(plain) is not None


def says_not_this(text: str) -> bool:
    """ "Nej det var inte det jag menade", "du missförstod mig", "fel sak": and nothing of what was meant."""
    plain = fold(text)
    return 0 < len(plain.split()) <= _LONGEST and _ONLY_NOT_THIS.fullmatch(plain) is not None
