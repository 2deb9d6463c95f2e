"""An elder who wants somebody to follow their matters: "jag vill att min dotter ska få se mina ärenden"."""

from __future__ import annotations

import re

from bot.domain.found_words import folded

_WHO = r"(?:(?:min|mina|mitt|var|my|our|vuxna|aldsta|yngsta) )+(?:son|soner|dotter|dottrar|barn|barnbarn|dotterson|dotterdotter|sonson|sondotter|man|fru|make|maka|sambo|bror|syster|brorson|brorsdotter|systerson|systerdotter|granne|van|vaninna|svarson|svardotter|anhorig\w*|god man|gode man|kontaktperson|daughter|sons?|children|grandson|granddaughter|husband|wife|brother|sister|neighbou?r|friend|nephew|niece)"
_LET = r"(?:ska|skall|far|fa|kan|kunna|gar det att|ges|slapps in|may|can|to|could|should|be able)"
_SEE = r"(?:folja|foljer|se|ser|lasa|ta del av|fa veta|ha koll pa|halla koll pa|ha insyn i|insyn i|insyn|fa reda pa|folja med i|follow|see|read|keep track of|know)"
_OWN = r"(?:mina|mitt|min|mig|mej|vad jag|det jag|hur det (?:gar|star|ar)|hur jag|my|me|what i|how i)"
_INVITES = re.compile(
    rf"\b{_WHO}\b(?: \w+){{0,3}}? {_LET}\b(?: \w+){{0,3}}? {_SEE}\b(?: \w+){{0,3}}? {_OWN}\b"
    rf"|\b(?:kan|far|ska|skall|can|may|could|lat|let)(?: (?:jag )?(?:lata|ge))? {_WHO}(?: \w+){{0,3}}? {_SEE}\b(?: \w+){{0,3}}? {_OWN}\b"
)
_OF_BANKS = re.compile(
    r"\b(?:bank\w*|bankid|konto\w*|swish|kod\w*|losenord\w*|journal\w*|1177|recept\w*|kivra|post\w*|mejl\w*|mail\w*|bilder|foton|telefon\w*|mobil\w*|pension\w*|skatt\w*|deklaration\w*|account|codes?|password|photos)\b"
)
"""What a relative sees elsewhere is another matter: fullmakt and ombud."""


def invites(text: str) -> bool:
    """Whether somebody asks that a relative may follow the writer's own matters with us."""
    plain = folded(text)
    return bool(_INVITES.search(plain)) and not _OF_BANKS.search(plain)
