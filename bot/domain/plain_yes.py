"""Whether an elder's words are a plain yes to a relative, or only stand near one: a question, a condition, a maybe, another person's words.

A leave is never guessed. A sentence lets somebody follow when nothing stands in it but the yes itself and words that belong to it; for anything
else the question is put again, which costs one SMS, while a leave taken by mistake shows a person's matters.
"""

from __future__ import annotations

import re

from bot.domain import consenting
from bot.domain.consenting import CLOSE
from bot.domain.found_words import bare, folded

_YES = frozenset(
    """
    ja jo jaa joo japp jepp jada jamen joda jajamen jajaman jajamensan javisst jovisst javars absolut visst
    sjalvklart naturligtvis givetvis garna ok okej okey okay oki okidoki yes yeah yep sure certainly definitely
    godkanner samtycker tillater accepterar
    """.split()
)
_AND_SO = frozenset(
    """
    tack tackar del ho la fal ni er sa snalla det de dom hon han hen dem henne honom hennes hans far kan ska skall
    hjalpa hjalper folja foljer mig mej at min mitt mina ar e bra gar fint toppen utmarkt val ju da nu a och att
    gora for till pa vad jag vill alltid inga inget problem hinder fara bli blir litar tycker brukar snall duktig
    rar sot kanner vet vem som anhorig detta svar svaret arende arenden kor garna valdigt jattebra jattegarna
    mycket vore skulle roligt skont forstas klart ocksa med se titta lasa thank thanks you please she he they may
    can help follow me my of course that is thats fine it its good great the i agree consent allow to do so with
    """.split()
)
_GREETING = frozenset(["hej", "hejsan", "hejhej", "halla", "hello", "hi"])
_KIN = re.compile(CLOSE)
_MOST = 12
_MOST_PERMITS = 20
_NO_YES = re.compile(
    r"\b(?:vem|vad|vilken|who|what) (?:hon|han|hen|de|dom|det|jag|is|are)\b(?<!vet vem hon)(?<!vet vem han)(?<!vet vem det)(?<!vet vem de)"
    r"|^\W*(?:(?:ja|jo|jaha|hej|hejsan|halla|hello|hi|yes)\W+)+(?:ar|e|har|far|kan|ska|vill|is|are|can|may) (?!garna\b|visst\b|absolut\b)[a-z]+\b|\bvem (?:ar|e)\b|\bvad (?:ar|e|ska|far|kan|vill)\b|\bsaga ja\b|(?<!for )\b(?:bra|fint|toppen|jattebra) med (?:mig|mej)\b|\bska jag\b|\bkan jag\b|\bfar jag\b|\bvill jag se\b|\bjag (?:vill|ska|skall) (?:se|titta|lasa|folja|hjalpa)\b|\bhjalpa (?:henne|honom|dem)\b"
)

_UNDECIDED = re.compile(
    r"\b(?:svarar?|aterkommer|hor av mig|bestammer(?: mig)?|tar det|far se|later)\b.{0,20}\b(?:senare|sen|sedan|imorgon|i morgon|sen i ?kvall|ikvall|i kvall|en annan dag|later|tomorrow)\b|^\W*(?:senare|imorgon|i morgon|sen|en annan gang|inte nu|later|not now)\W*$"
    r"|\b(?:ska|skall|vill|maste|far|behover|let me|need to) (?:jag )?(?:bara )?(?:fa )?(?:forst )?(?:tanka|fundera|sova pa|think)\b|\b(?:prata|tala|fraga|radgora|kolla|stamma av)(?: med)? .{1,30}\b(?:forst|innan)\b|\binte (?:riktigt )?bestamt (?:mig|mej)\b"
    r"|\bvet (?:inte|ej)(?: riktigt| an| alls| faktiskt| om (?:jag|det|hon|han)\b.{0,30}| vad jag (?:ska|skall|vill)\b.{0,15})?\W*$|^\W*(?:kanske|maybe|osaker|tveksam)\b|\bar (?:lite |mycket |ratt )?(?:osaker|tveksam)\b|\b(?:jag )?aterkommer\b|\b(?:im|i am) not sure\b|\b(?:i )?dont know(?: yet)?\W*$|\baterkomma\b|\bvanta (?:lite )?med (?:det|svaret|att svara)\b"
)
_LIMITS = re.compile(
    r"\b(?:men|fast|fastan|bara|endast|om (?:hon|han|hen|de|dom|det|jag)|forutsatt|utom|forutom|inte|ej|but|only|if|unless|except|as long as)\b"
)
_ASKS_WHAT = re.compile(
    rf"\b(?:far|kan|kommer|ska|skall|can|may|will|could) (?:val |da )?(?:hon|han|hen|de|dom|ni|man|andra|nagon|(?!jag\b|vi\b|du\b|inte\b|ej\b|det\b|i\b|we\b|you\b|not\b)[a-z]+|(?:min|mitt) {CLOSE}|she|he|they)(?: da| nu| ocksa| val| att)? (?:fa |kunna |be able to )?"
    r"(?:se|lasa|veta|komma at|boka|bestamma|titta|kolla|ta|gora|andra|see|read|know|book|take|change|do)\b|\bvad (?:far|kan|kommer|ska) (?:hon|han|hen|de|dom|[a-z]+)(?: att)? (?:fa )?(?:se|veta|lasa|gora)\b|\bvad (?:ser|laser|vet) (?:hon|han|hen|de|dom)\b"
    r"|\bser (?:hon|han|hen|de|dom) (?:mina|mitt|min|vad|allt)\b|\bwhat (?:can|may|will) (?:she|he|they)\b"
)
_DONE = re.compile(
    r"\b(?:gett|gav|lamnat|skickat|betalat|betalade|swishat|swishade|ringde|ringt|klickat|klickade|blivit|blev|tagit|tog|stulit|stal|lurat|lurade|lurar|lurad|tomt|tomde|borta|forsvunn\w*|paid|gave|clicked|stole|stolen|gone|took)\b"
)
_BY_ANOTHER = re.compile(
    rf"\b(?:jag|det har|det|this|i) (?:ar|e|is|am) (?!min\b|mitt\b|my\b)(?:[a-z]+s |hennes |hans |her |his )(?:{CLOSE})\b|\b(?:skriver|svarar|sms:?ar|messar|writing|answering)(?: nu| har| det har)? (?:at|for|istallet for|i stallet for|a|on behalf of) (?!mig\b|mej\b|me\b)"
    rf"|\b(?:haller i|har|lanar|sitter med|tagit hand om|har hand om) (?:\w+s|hennes|hans) (?:telefon|mobil|lur)\w*|\b(?:detta|det har|det|this) (?:ar|e|is) (?:\w+s|hennes|hans|her|his) (?:telefon|mobil|nummer|lur|phone|number)\w*"
    r"|\b(?:mamma|pappa|mormor|farmor|morfar|farfar|mor|hon|han|she|he|mum|dad) (?:sager|svarar|halsar|tycker|godkanner|says|agrees)(?: att)?(?: hon| han| det)?\b.{0,12}\b(?:ja|nej|ok|okej|bra|garna|gar|yes|no|fine)\b"
    r"|\b(?:mamma|pappa|mormor|farmor|morfar|farfar|hon|han) (?:ligger|kan inte svara|sover|orkar inte svara|bor pa)\b|\bfragat (?:mamma|pappa|henne|honom)\b"
)
_LONGEST = 16


def lets(text: str, names: list[str], affirmed: bool = False) -> bool:
    """Whether the words let them follow. `names` are how those call themselves who asked; `affirmed`: the interpreter is sure of a yes, so that its word may be missing ("det är min dotter")."""
    if "?" in text or is_by_another(text) or is_undecided(text):
        return False
    plain = bare(text)
    words = re.findall(r"[a-z]+", plain)
    if (
        not words
        or len(words) > (_MOST_PERMITS if consenting.permits(text) else _MOST)
        or _NO_YES.search(plain)
        or (consenting.is_about_own_matter(text) and not consenting.permits(text))
    ):
        return False
    if consenting.permits(text):
        return not _asks(plain)
    rest = [word for word in words if word not in _GREETING]
    if not (affirmed or any(word in _YES for word in rest)) or not rest or (len(rest) < len(words) and len(rest) == 1):
        return False
    own = {part for name in names for part in re.findall(r"[a-z]+", folded(name))}
    return all(word in _YES or word in _AND_SO or word in own or _KIN.fullmatch(word) for word in rest)


def is_undecided(text: str) -> bool:
    """Whether the writer wants to think it over, ask somebody first, or does not know."""
    return len(text.split()) <= _LONGEST and bool(_UNDECIDED.search(bare(text)))


def has_a_condition(text: str) -> bool:
    """Whether a yes is bound to something: "ja men bara om kurser", "hon får om hon inte ser mina pengar"."""
    plain = bare(text)
    begins = consenting.says_yes_first(text) or re.search(
        r"\b(?:hon|han|hen|de|dom|she|he|they) (?:far|kan|may|can)\b", plain
    )
    return bool(begins) and len(text.split()) <= _LONGEST and bool(_LIMITS.search(plain)) and not _DONE.search(plain)


def asks_what_they_see(text: str) -> bool:
    """Whether the writer asks what a relative may see or do: "får hon se mina pengar då"."""
    plain = bare(text)
    return len(text.split()) <= _LONGEST and bool(_ASKS_WHAT.search(plain)) and not _DONE.search(plain)


def is_by_another(text: str) -> bool:
    """Whether somebody answers for the elder: "Karin skriver åt mamma: ja", "jag är Gretas son, det går bra"."""
    return bool(_BY_ANOTHER.search(bare(text)))


def _asks(plain: str) -> bool:
    return re.match(r"\W*(?:hur|vem|vad|varfor|nar|vilken|how|who|what|why)\b", plain) is not None
