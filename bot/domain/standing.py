"""What a relative says who wants to know how it stands for an elder: whether they have answered, what they have booked, how far they have come.

Only read where the message names the elder, or says "hon" and the like.
"""

from __future__ import annotations

import re

_STANDS = re.compile(
    r"\b(?:hur (?:går|gick|står|ligger|är) det\b(?! till när)|hur (?:har )?det gått|hur (?:är )?läget|läget (?:för|med|i)|(?:är|finns) det (?:något|nåt) (?:nytt|ärende)"
    r"|har (?:någon|nån|ngn|ni|de|dom|en människa|människan|handledaren) (?:redan |nu )?(?:svarat|hört|ringt|hjälpt|tagit|kontaktat|skrivit)|vad (?:händer|hände|har hänt)"
    r"|status|(?:något|nåt) nytt (?:om|för|med|i|hos)|när (?:har|är|ska|börjar)\b.*\b(?:tid|tiden|bokad|bokat|kurs|kursen)|vad har \w+ (?:\w+ )?(?:bokat|bokad)|vilka? tid(?:er)?"
    r"|how (?:is|are) (?:it|things|my|the)|how s it|has (?:any|some)(?:one|body) (?:answered|called|replied|helped|taken)|what(?: s| is|s) happening|what happens|any news|when (?:is|does|are)\b"
    r".*\b(?:time|booking|appointment|course))",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\W*(?:(?:hej|hejsan|hallå|hello|hi)\W+)?(?:hur (?:går|gar|står|star|ligger) det(?: nu| då| da| idag)?|how is it going|hows it going)\W*",
    re.IGNORECASE,
)
_THEY = r"(?:hon|han|hen|de|dom|she|he|they|(?:(?:min|mitt|mina|my) )?(?:\w+ )?\w{3,}?)"
_ABOUT_THEM = re.compile(
    rf"\bhar {_THEY} (?:nu |redan |ens |an |inte )?(?:sagt|svarat|fått (?:hjälp|svar|tid|någon|nån)|bokat|anmält|skrivit|hört av sig|kontaktat er|kontaktat dig|nå(?:go|)n tid|bokningar|nåt bokat|något bokat|kommit)\b"
    rf"|\b(?:sa|sade|svarade) {_THEY} (?:ja|nej|nåt|något)\b|\bvad (?:säger|sa|sade|skrev|svarade|svarar|bokade) {_THEY}|\bfick (?:du|ni) (?:tag|svar|kontakt)\b|\bhur (?:mår|långt|ser det ut)\b"
    rf"|\bvil(?:ken|ka|ket) (?:\w+ )?(?:kurs|kurser|tid|tider|dag) (?:har|är|gäller|ska)\b|\bvad har {_THEY} (?:för tider|för bokningar|för kurs|på gång|skrivit|sagt|bokat|gjort)|\bär {_THEY} (?:klar|färdig|bokad|anmäld)\b"
    rf"|\bberätta (?:om|hur|vad)\b.*\b(?:mamma\w*|pappa\w*|henne|honom|hon|han|\w+mor|\w+far)\b|\bdid {_THEY} (?:book|answer|reply|say|write|agree)|\bwhat (?:did|has|have) {_THEY} (?:book|said|say|written|write)\w*|\bhow (?:is|are|far)\b"
    rf"|\bhas {_THEY} (?:booked|answered|replied|said|agreed)",
    re.IGNORECASE,
)


def asks_how_it_stands(text: str) -> bool:
    """Whether the text asks how somebody's matters stand."""
    return bool(_STANDS.search(text) or _ABOUT_THEM.search(text))


def asks_barely(text: str) -> bool:
    """ "Hur går det?" and no more: of whoever the writer follows, when nothing of their own is going on."""
    return bool(_BARE.fullmatch(text))
