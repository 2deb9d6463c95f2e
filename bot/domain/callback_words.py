"""What somebody says of being phoned: that any time will do, which times, or that they would rather be written to."""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_WHEN = re.compile(
    r"\b(?:nar som helst|nar ni (?:vill|kan|har tid|hinner)|nar du (?:vill|kan|har tid|hinner)|nar det (?:passar|gar)|spelar ingen roll|kvittar|vilken tid som helst|alla tider"
    r"|sa (?:fort|snart|snabbt)(?: som)?(?: mojligt| ni| du| nagon| det| nan)?|genast|omgaende|direkt|nu pa en gang|meddetsamma|med detsamma|med en gang|hemma (?:hela|alltid|jamt|mest|idag|i dag|nu|efter|fram)"
    r"|alltid hemma|hela (?:dagen|veckan|tiden|formiddagen|eftermiddagen)|dygnet runt|(?:inte |ej |helst )*(?:fore|innan|efter|mellan|vid|runt|kring|till|tidigast|senast) (?:kl(?:ockan)? )?(?:\d|ett|tva|tre|fyra|fem|sex|sju|atta|nio|tio|elva|tolv|lunch|middag|maten|frukost|jobbet|skolan|tv\b)\w*"
    r"|pa (?:formiddagen|eftermiddagen|kvallen|morgonen|dagen|lunchen)|(?:any ?time|whenever|as soon as|asap|right away|straight away|all day|before \w+|not before|after \w+|between \w+))\b"
)
_AT_A_TIME = r"(?! (?:mig |mej |upp |me )*(?:fore|forran|innan|efter|mellan|till|pa|i ?dag|i ?mor\w+|i ?kvall|kl\w*|nu|just|sa|for|forst|om|forst|\d|mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag|before|until|after|on|at|too|so|today|tomorrow|in the|now)\b)"
"""What follows when it is only then that nobody should phone: "ring inte före tio"."""
_WRITES = re.compile(
    r"\b(?:dov\w*|horselskad\w*|skriv(?:a|er)? (?:hellre|i ?stallet|till mig|bara|sms|garna)|hellre (?:skriv\w*|sms\w*|ett sms|meddelande)|sms\w* (?:hellre|i ?stallet|gar battre)"
    rf"|(?:ring|ringa|ringer)(?: (?:mig|mej|hit|upp|absolut|helst|snalla|for all del))* (?:inte|ej){_AT_A_TIME}|inte (?:ringa|bli uppringd){_AT_A_TIME}|(?:slippa|slipper|slapp) (?:bli uppringd|telefon\w*|samtal|prata)|inte (?:prata|tala|svara) i (?:telefon\w*|mobil\w*|luren)"
    rf"|(?:vill|orkar|kan) inte (?:ha |ta )?(?:nagot |nat |nagra |emot )?(?:telefon)?samtal|kan inte (?:prata|tala)(?! svenska)|stum|i ?m deaf|deaf|hard of hearing|(?:text|write to|write) me instead|(?:do not|don t|dont|not) (?:call|phone|ring)(?: (?:me|us))*{_AT_A_TIME})\b"
)


_HEARS_BADLY = re.compile(
    r"\b(?:hor (?:\w+ )?(?:daligt|illa|inte|ingenting)|nedsatt horsel|dalig horsel|hard of hearing)\b(?!.* men )"
)


def says_when(text: str) -> bool:
    """Any words about when to phone: "när som helst", "så fort ni kan", "inte före nio". Days and hours are found by the interpreter too."""
    return _WHEN.search(fold(text)) is not None


def would_rather_write(text: str) -> bool:
    """ "Jag är döv, skriv i stället", "ring inte"."""
    return _WRITES.search(fold(text)) is not None


def hears_badly(text: str) -> bool:
    """ "Jag hör dåligt": an answer to when to phone, it means that they would rather be written to; whoever asks to be phoned may well say it too."""
    return _HEARS_BADLY.search(fold(text)) is not None
