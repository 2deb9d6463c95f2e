"""Who said something that was taken for danger, and then that it was none: a kind answer, and the guide back. The case stays for a human to look at."""

from __future__ import annotations

import re

from bot.domain.case import Reason, Status
from bot.domain.events import CaseNoted
from bot.engine import guide
from bot.engine.danger import DANGER
from bot.engine.walk import Walk

_TAKEN_BACK = re.compile(
    r"\b(?:(?:det )?(?:var|är|e|va) (?:det )?(?:inget|ingenting|inge|ingen fara|inte (?:så )?(?:farligt|allvarligt|det jag mena\w*)|lugnt|bara (?:spisen|maten|på skoj|ett skämt|skoj)|falskt? (?:alarm|larm))"
    r"|(?:inget|ingenting|inge|inte) (?:farligt|allvarligt|akut|särskilt|har hänt|hände|nödläge)|ingen (?:fara|panik|nödsituation|olycka|brådska|som är i fara|är i fara|har lurat)"
    r"|(?:skrev|skrivit|uttryckte|tryckte|hamnade|blev|sa) (?:\w+ )?(?:fel|galet|tokigt)|fel ord|uttryckte mig|menade|mena(?:r|de)? (?:bara|inte|att|den|det|spisen|mobilen|telefonen|datorn|dosan)"
    r"|allt (?:är|e|ä) (?:bra|väl|ok|okej|lugnt|under kontroll|i sin ordning)|(?:vi|jag|alla|hon|han) mår bra|det är (?:bra|lugnt) (?:nu|med)|missförstånd\w*|missförstå\w*|missuppfatt\w*|misstag"
    r"|falskt? (?:alarm|larm)|(?:jag )?(?:skojade|skämtade|skoja|skämta)(?: bara)?|behöver (?:ingen|inte) (?:ambulans|hjälp|112|polis|ringa)|behövs (?:inte|ingen)|glöm det(?: där)?|strunta i det"
    r"|inte (?:alls )?lurad|ingen bluff|inget bedrägeri|(?:var|är) (?:bara )?(?:min|mitt) (?:son|dotter|barnbarn|bank|man|fru)\b"
    r"|(?:it was |its |it s )?nothing(?: serious| happened)?|false alarm|my mistake|by mistake|i meant|no danger|no emergency|all is (?:well|good|fine)|everything is (?:fine|ok|okay|good)|i(?: a|')?m (?:fine|ok|okay)|just kidding|wrong word)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:men|fast|but|though|(?:det|allt) (?:är|e) inte bra|inte lugnt|inte ok|mår inte bra|orkar|rädd|ont|hjälp mig|dö|leva|farväl|hejdå|adjö|tack för allt|spelar ingen roll|ingen idé|vill inte|säger (?:han|hon|hen|dom|de|min|pappa|mamma)|sa (?:han|hon|hen|dom|de)|(?:han|hon|hen|dom|de) (?:säger|sa|sade|påstår|tycker|menar)|says|said|tvingar|tvingat"
    r"|slog|slår|slagit|slagen|sparka\w*|stryp\w*|kniv\w*|hot\w*|bråk\w*|arg|(?:är|va|var) full|packad|blöder|blod\w*|andas inte|vaknar inte|svarar inte|kommer inte|hit (?:me|him|her)|hits|knife|drunk|angry|bleed\w*)\b",
    re.IGNORECASE,
)
"""Words beside which "det är inget" takes nothing back."""
_UP = re.compile(
    r"\b(?:(?:han|hon|hen|jag|mamma|pappa|mormor|morfar|farmor|farfar|mannen|frun|he|she) (?:har kommit|kommit|kom|är|e|ä|tog sig|reste sig|is|s|got)|(?:är|e|ä|kom) (?:han|hon|hen|jag))(?: (?:själv|nu|redan|back))*"
    r" (?:upp|uppe|på benen|på fötter|up)(?: (?:igen|nu|själv|till slut|again|now|tack och lov|gudskelov|thank god))*[\s.!]*(?:$|,|och (?:mår bra|det är bra)\b)",
    re.IGNORECASE,
)
"""Who had fallen is up again."""
_LONGEST = 20


def heard(walk: Walk) -> bool:
    """Acts on the words that there was no danger, while the case of one waits; False when the message says something else."""
    case = walk.conversation.case
    if (
        case is None
        or case.status != Status.WAITING
        or walk.word is not None
        or not set(DANGER.values()) & set(case.reasons)
    ):
        return False
    text = walk.incoming.text
    if walk.understanding.danger_rule is not None or len(text.split()) > _LONGEST:
        return False
    if not (_TAKEN_BACK.search(text) or _UP.search(text)) or _DOUBT.search(text):
        return False
    walk.events.append(CaseNoted(text))
    walk.set(question=None, not_understood=0, meanwhile=True)
    if _was_violence(walk):
        walk.say("violence_taken_back")
    elif Reason.FRAUD in case.reasons:
        walk.say("fraud_taken_back")
    else:
        walk.say("danger_taken_back")
    paused = walk.conversation.paused
    position = walk.conversation.position
    if position and position.flow in guide.SAFETY:
        walk.set(position=None)
        position = None
    if position:
        guide.repeat(walk)
    elif paused:
        guide.resume(walk, paused[-1])
    else:
        walk.say("what_now")
    return True


def _was_violence(walk: Walk) -> bool:
    """Whether the last answer was to somebody who is beaten or threatened: they often say afterwards that it was nothing."""
    steps = walk.world.flows["emergency"].every_step()
    told = next((step.text for step in steps if step.id == "say-violence"), None)
    return told is not None and told.in_(walk.language) in walk.conversation.last_answer
