"""How people say in their own words that a step is done, has not worked, or should be told again, where the interpreter is not sure.

Each counts only when the message says nothing else. KLART and its like are keywords.
"""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_LONGEST = 9
"""Words: a longer message tells of more than the step."""

_OPENS = r"(?:(?:hej|hejsan|god ?morgon|god ?dag|god ?kvall|tack|ok|okej|ja|jo|jadå|jada|jajamen|japp|sa|da|nu|sadar|sa dar|men|och|hej|aha|jaha|bra|oj|ah|yes|now) )*"
_CLOSES = r"(?: (?:nu|ja|tack|da|till slut|igen|i alla fall|bra|fint|latt|galant|utmarkt|redan|sen|innan|forut|tidigare|sen innan|sedan innan|for lange sen|sedan lange|i gar|igar|ju))*"

_DONE = re.compile(
    rf"{_OPENS}(?:"
    r"(?:det |den )?(?:fixade|ordnade|klarade|loste|gjorde|lyckades|gick|funkade|fungerade|tog)(?: (?:jag|vi|det|den|sig|med det|vagen|igenom|fast|emot))*"
    r"|(?:jag|vi) (?:fixade|ordnade|klarade|loste|gjorde|lyckades|fick till|fick ihop|kom in|kom igenom|kom vidare)(?: (?:det|den|med det))*"
    r"|(?:det |dar |har )?(?:star|syns|visas|dok|kom|kommer)(?: (?:det|dar|upp|fram|en|ett|nagot|nat|ar|jag|den|med))* ?(?:valkommen\w*|gron \w+|bock\w*|tack|klart|godkant|godkand|inloggad|lyckades|lyckat)(?: \w+){0,2}"
    r"|(?:det |den |dom |de |allt )?(?:ar |var |blev |e |har )?(?:jag |vi |det |den )?(?:redan )?(?:gjort|gjord|gjorda|klart?|fixat|ordnat|avklarat|installerad|installerat|hamtat|hamtad|nedladdad|ifyllt|inskrivet)(?: det| den)?"
    r"|(?:den|det) (?:dok upp|kom(?: upp| fram| in| ner)?|blev (?:ratt|bra|gjort))|(?:den|det|nu) syns"
    r"|sadar|sa dar|da sa|fixat"
    r"|(?:(?:nu |det )?(?:ar|e) (?:jag |ja |vi )?)?(?:fardig|klar) (?:med|dar)(?: (?:det|den|det har|steget|detta))?|det (?:ar|e) (?:jag|ja|vi) (?:klar|fardig) med"
    r"|(?:nu )?(?:har )?(?:jag |ja )?(?:har )?(?:tryckt|klickat|skrivit in|valt|loggat in|oppnat|startat om|laddat ner|hamtat)(?: (?:pa|in|ner|hem))*(?: (?:den|det|dar|knappen|rutan|appen))?"
    r"|(?:ar|kom|e) (?:jag |vi )?(?:inne|inloggad|igenom|framme|med)"
    r"|(?:den|det|en sadan|en san) har jag|(?:det|de|den|dom|detta) (?:hjalpte|hjalper|loste sig|ordnade sig)|(?:nu )?(?:har|ser|hittade) (?:jag|ja|vi) (?:en|den|det|de|dom|ett)|(?:jag|ja|vi) (?:har en|ser den|ser det|hittade den|hittade det)"
    r"|(?:(?:nu )?(?:ar|e) (?:jag|ja|vi)|(?:jag|ja|vi) (?:ar|e)) (?:klar|fardig|med)|nu (?:hors|syns|lyser|ringer|blinkar|startar|startade|later) (?:det|den)(?: \w+)?|nu (?:hor|ser) (?:jag|ja|vi)(?: (?:det|den|ljudet|bilden|dem|dom))?"
    r"|(?:den|det|de) kom fram|(?:nu )?(?:kom|kommer|gick) (?:den|det) (?:fram|igang|upp|igenom)"
    r"|(?:(?:kan|far|vill) (?:jag|vi|man) )?(?:(?:hoppa|hoppar)(?: (?:jag|vi))? over|skippa|skippar)(?: (?:det|det har|detta|steget|den))*|skip(?: (?:it|this|this step|that))?"
    r"|(?:it )?(?:worked|works|did it|done that|i did it|already done|i have done it|got it)"
    rf"){_CLOSES}"
)
_SOLVED = re.compile(
    rf"{_OPENS}(?:(?:hurra|harligt|skont|tank|jippi|yes) )*(?:"
    r"(?:nu )?(?:funkar|fungerar|gar|kom|kommer|ar|e) (?:det|den|allt|natet|internet|wifi|telefonen|datorn|bankid|swish|appen|ljudet|bilden)(?: (?:har|igang|tillbaka|som|det|ska|vanligt|den|bra))* (?:igen|tillbaka|som det ska|som vanligt)"
    r"|(?:det|den|allt|natet|internet|wifi|telefonen|datorn|bankid|swish|appen|ljudet|bilden) (?:funkar|fungerar|ar|e|kom|gar)(?: nu)?(?: (?:igang|bra|tillbaka))? (?:igen|som det ska|som vanligt)"
    r"|(?:min |mitt |mina )?(?:son|sonen|dotter|dottern|barnbarn\w*|granne|grannen|man|fru|sambo|kompis|dotterson|sonson|hemtjansten) (?:har )?(?:fixade?|ordnade?|ordnat|loste|lost|hjalpte|hjalpt)(?: (?:det|mig|den|med|at|oss|allt))*"
    r"|(?:nu )?(?:(?:jag|ja) )?(?:minns|kom pa|kom ihag|kommer ihag|hittade)(?: (?:jag|ja))? (?:koden|losenordet|pinkoden)|(?:jag|ja) (?:minns|kom pa|kommer ihag) (?:den|det) nu"
    r"|(?:problemet|det|felet|saken) (?:ar|e) (?:lost|ordnat|fixat|avhjalpt|ur varlden)|(?:det|de) (?:loste|ordnade) sig(?: (?:sjalv|sjalvt|av sig sjalv|anda))*"
    r"|(?:jag )?(?:behover|behovs) (?:ingen|inte mer|inte|inget|ingen mer) (?:hjalp|mer)(?: (?:langre|mer|med det))*|(?:det )?behovs (?:inte|inget)(?: (?:mer|langre))*"
    r"|it (?:works|is working) (?:(?:now|again|as it should)(?: now| again)*)|(?:it is|it s|problem|the problem is) solved|my (?:son|daughter|neighbou?r) (?:fixed|did|solved) it"
    rf"){_CLOSES}"
)
_BACK = re.compile(
    rf"{_OPENS}(?:"
    r"(?:va|vad|hur) (?:sa|skrev|stod|var)(?: du| det)? (?:fore|innan|forut|tidigare|forra|i forra)(?: (?:det|det har|detta|gangen|steget))*"
    r"|(?:ga |backa |hoppa |ta |kan du ta |kan vi ta |visa |vill se )?(?:ett |en )?(?:steg )?(?:tillbaka|bakat)(?: (?:ett|en)(?: steg| gang)?)?"
    r"|backa(?: ett| ett steg)?|(?:ta |visa |till |om )*(?:det )?(?:forra|foregaende|steget (?:innan|fore))(?: steget| meddelandet)?"
    r"|(?:what did you say before|the (?:step before|previous (?:step|one))|(?:go )?one step back)"
    rf"){_CLOSES}"
)
_AGAIN = re.compile(
    rf"{_OPENS}(?:"
    r"(?:jag |vi )?(?:hangde|hanger|hann|hinner|uppfattade) inte(?: med| riktigt)*|(?:det gick |det ar |du gar |gar |lite )?(?:for fort|for snabbt)(?: \w+){0,2}"
    r"|(?:kan du |ta det |lite |och |skriv )*(?:langsammare|saktare|lugnare|lugnt och stilla)"
    r"|(?:kan du |snalla )?(?:ta|sag|skriv|upprepa|forklara|beratta)(?: (?:det|om|allt|steget))*(?: (?:en gang till|igen|om))+(?: langsammare| saktare| tydligare)*"
    r"|(?:jag )?(?:tappade|har tappat) (?:bort mig|traden)|vad (?:sa|skrev) du(?: nyss| sist)?|va"
    r"|(?:vad|var|vart|vilken|vilket|hur|nar)(?: \w+){0,6} (?:sa|skrev|menade) du(?: att jag (?:skulle|ska) \w+)?|(?:vad|var|vart|vilken|vilket)(?: \w+)? (?:var|skulle) det (?:nu )?(?:jag )?(?:skulle|ska)?(?: \w+){0,2}"
    r"|(?:say|tell me|write) (?:it|that) again|slower|too fast|i did not follow"
    rf"){_CLOSES}"
)
_ASKS = re.compile(
    r"(?:(?:men|och|fast|oj|jaha|but|and) )*(?:maste|behover|far|kostar|varfor|hur|vem|must|why|how|do) (?:jag|man|det|vi|kommer|i|it|one|da|sa|gor)\b|(?:men )?(?:varfor|why|vad (?:menas|betyder|innebar|menar du)|what (?:does|is meant))\b"
)
_TROUBLE = re.compile(
    r"\b(?:inte|int|inget|ingen|inga|inge|ingenting|ej|fel|upptagen|upptaget|snurrar|hanger|hangt|fryst|stannat|star still|tyst|svart|avbrots|bryts|dog|dott|slocknade|forsvann|forsvunnen|borta|fastnar|krangl\w*"
    r"|not|cant|doesnt|dont|wont|nothing|wrong|error|busy|stuck|frozen|black|gone)\b"
)


def says_done(text: str) -> bool:
    """ "Det fixade jag", "ja nu står det välkommen", "det var gjort sen innan"."""
    return "?" not in text and not _TROUBLE.search(fold(text)) and _says(text, _DONE)


def says_back(text: str) -> bool:
    """ "Vad sa du före det", "steget innan"."""
    return _says(text, _BACK)


def says_again(text: str) -> bool:
    """ "Jag hängde inte med", "ta det igen, långsammare"."""
    return _says(text, _AGAIN)


def asks_about_it(text: str) -> bool:
    """A question about the step, which is no yes to it: "måste jag verkligen det", "varför då"."""
    return _ASKS.match(fold(text)) is not None


def tells_trouble(text: str) -> bool:
    """A short remark that something is not as it should be: "den är upptagen", "det kommer inget"."""
    plain = fold(text)
    return len(plain.split()) <= _LONGEST and _TROUBLE.search(plain) is not None


def _says(text: str, pattern: re.Pattern[str]) -> bool:
    plain = fold(text)
    return 0 < len(plain.split()) <= _LONGEST and pattern.fullmatch(plain) is not None


def says_solved(text: str) -> bool:
    """ "Nu funkar det igen", "min son fixade det": the trouble itself is over, not only the step."""
    plain = fold(text)
    return "?" not in text and 0 < len(plain.split()) <= _LONGEST and _SOLVED.fullmatch(plain) is not None
