"""What a relative says who wants to follow somebody's matters no longer: "sluta följa mamma", "jag behöver inte hålla koll på henne längre".

Only read where they follow somebody, or wait to. A text about the messages of all the help is STOPP and not read here, unless it names whose.
"""

from __future__ import annotations

import re

from bot.domain.found_words import bare

_FOLLOW = (
    r"(?:folj(?:a|er|t|e)?(?! (?:med|steg\w*|guide\w*|instruktion\w*|anvisning\w*|den har|det har|dina|din|hur)\b)|(?:hall(?:a|er)?|ha|har) (?:nagon |nan )?(?:koll|uppsikt|insyn|ett oga)|bevaka\w*"
    r"|(?:vara|sta|bli)(?: kvar| med)? (?:som )?(?:kopplad|kontakt\w*|anhorig\w*|foljare)|follow(?:ing)?|keep(?:ing)? track)"
)
_HELP = r"hjalpa(?! (?:\w+ ){0,3}(?:med|att|till)\b)"
_WEAKER = r"(?:veta|hora|fa reda pa|kolla|se hur det gar|(?:ha|fa) (?:nagon |nagra |fler |mer |mera )*(?:info\w*|besked|koll|rapporter|uppdatering\w*)|know|hear)"
_WANT_NOT = (
    r"(?:sluta|slutar|slutat|avsluta|stop|quit|(?:vill|ska|skall|behover|orkar|tanker|maste|onskar|tankte)(?: jag| vi)?(?: nu| faktiskt| verkligen)? (?:inte|ej|aldrig)|slipp(?:a|er)|inte langre"
    r"|(?:dont|do not|no longer|not) (?:want|need|wish)(?: to)?)"
)
_ANY_MORE = r"(?:langre|mer|mera|fler|any ?more|any longer)"
_TEXTS = (
    r"(?:sms\w*|mess|meddelande\w*|info\w*|besked|uppdatering\w*|notis\w*|rapport\w*|texts?|messages?|updates?|news)"
)
_NO_TEXTS = r"(?:inga|inget|ingen|slipp(?:a|er)|racker (?:det )?med|no more|(?:vill|behover|ska|skall)(?: jag)? (?:inte|ej)(?: langre)?(?: ha| fa)?|sluta(?: att)? (?:skicka|messa|smsa|sms a|skriva)\w*|stop sending(?: me)?|(?:dont|do not) (?:want|send))"
_ABOUT = r"(?:om|angaende|rorande|kring|fran|about|on)"
_LEAVES = re.compile(
    rf"\b{_WANT_NOT}\b.{{0,25}}\b(?:{_FOLLOW}|{_HELP})\b"
    rf"|\b{_WANT_NOT}\b.{{0,25}}\b{_WEAKER}\b.{{0,40}}\b{_ANY_MORE}\b"
    rf"|\b{_ANY_MORE}\b.{{0,15}}\b{_FOLLOW}\b"
    rf"|\b{_FOLLOW}\b.{{0,25}}\binte langre\b"
    rf"|\bsluta(?: att)? (?:meddela|informera|messa|smsa|paminna|beratta|update)\b.{{0,15}}\b{_ABOUT} (?!du\b|ni\b|jag\b|det\b|er\b|dig\b)"
    rf"|\b{_NO_TEXTS}\b.{{0,25}}\b{_TEXTS}\b.{{0,12}}\b{_ABOUT} (?!du\b|ni\b|jag\b|det\b|er\b|dig\b|kommunen\b|banken\b|you\b)"
    r"|\b(?:ta|tag|tar|plocka|koppla|stryk|avregistrera|anmal|remove|unlink|disconnect|take)\b.{0,12}\b(?:mig|mej|me)\b.{0,20}\b(?:som (?:anhorig\w*|foljare|kontakt\w*)|(?:ifran|fran|from) (?!listan|registret|the list|er\b)|as (?:a )?(?:relative|follower))"
    r"|\b(?:avsluta|avbryt|bryt|sag upp|ta bort|tag bort|stang|lagg ner|upphav|end|cancel|remove)\b.{0,20}\b(?:koppling\w*|foljning\w*|foljandet|bevakning\w*|anhorigkoppling\w*|the link)\b"
    r"|\b(?:ar|e) (?:inte|ej) (?:langre )?(?:\w+ )?(?:anhorig\w*|god man|kontaktperson|forvaltare)\b(?: \w+){0,3}? (?:langre|mer)\b|\b(?:ar|e) (?:inte|ej) langre (?:\w+ )?(?:anhorig\w*|god man|kontaktperson|forvaltare)\b"
)
_LEAVES_PLAINLY = re.compile(r"\bslutar?(?: att)? folja\b|\bstop following\b")
_MAYBE = re.compile(
    r"\b(?:klarar|skoter|fixar|reder|manages)\b(?: \w+){0,3}? (?:sjalv|pa egen hand|utan (?:mig|mej|hjalp)|(?:her|him)self|on (?:her|his) own)\b|\b(?:tar|tagit|tog|takes|taken) (?:nu )?over\b"
    r"|\b(?:kan|vill|ska|skall|far|maste)(?: jag)?(?: nu| val)? slapp(?:a|er)\b|\b(?:behovs|behover) (?:jag )?(?:inte|ej) (?:langre|mer)\b|\b(?:har|hinner)(?: jag)? (?:inte|ej)(?: tid)? (?:med|langre)\b.{0,30}\blangre\b|\bpaminnelser?\b"
)
_DIALECT = re.compile(r"\b(?:ente|itte|inge|int)\b")
_DEAD = re.compile(
    r"\b(?:ar|e) (?:nu )?(?:dod(?! (?:trott|sur|arg|radd|less|sjuk))|bortgangen|avliden|borta for alltid|dead)\b|\b(?:har |hon |han )?(?:dott|avlidit|avled|gatt bort|gick bort|somnat in|somnade in|passed away|died)\b|\bdog (?!skarmen|telefonen|mobilen|datorn)"
)
_LONGEST_DEATH = 25


def leaves(text: str) -> bool:
    """Whether a relative says that they follow no longer: "sluta följa mamma"."""
    return bool(_LEAVES.search(_DIALECT.sub("inte", bare(text))))


def leaves_plainly(text: str) -> bool:
    """The same in so many words, so that it is meant though nobody is followed."""
    return bool(_LEAVES_PLAINLY.search(bare(text)))


def may_leave(text: str) -> bool:
    """Whether it may be meant, so that it is asked: another takes over, or the elder manages alone."""
    return "?" not in text and bool(_MAYBE.search(bare(text)))


def tells_of_death(text: str) -> bool:
    """Whether the words say that somebody has died. Whose it is must be named besides."""
    plain = bare(text)
    return bool(_DEAD.search(plain)) and len(plain.split()) <= _LONGEST_DEATH
