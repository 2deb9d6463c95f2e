"""Whose need a message tells: another person's, who is helped by the one who writes, or the writer's own.

Precision comes before recall, by far. Who writes for their mother and is spoken to as though for themselves loses nothing; an old woman who writes "min dotter
säger att jag ska ha BankID" and is told what to ask her daughter to do is lost. So a message must name one person whom people usually help, say by one of
the ways below that the need is theirs, and hold no word of the writer's own need, of a helper, or of the dead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAMED: Mapping[str, str] = {
    "mamma": "mamma mamman mamm mama mamsen morsan morsa mum mom mummy mother",
    "pappa": "pappa pappan papa farsan farsa dad daddy father",
    "föräldrar": "föräldrar föräldrarna parents",
    "svärmor": "svärmor svärmodern svärmorsan mother-in-law motherinlaw",
    "svärfar": "svärfar svärfarsan father-in-law fatherinlaw",
    "svärföräldrar": "svärföräldrar svärföräldrarna svärisar in-laws",
    "styvmor": "styvmor styvmamma bonusmamma stepmother stepmom",
    "styvfar": "styvfar styvpappa bonuspappa stepfather stepdad",
    "mormor": "mormor",
    "farmor": "farmor",
    "morfar": "morfar",
    "farfar": "farfar",
    "mormor/farmor": "grandmother grandma granny nana gran",
    "morfar/farfar": "grandfather grandpa granddad grandad",
}
"""Relations that need no "min" before them, with the words for them."""

_OWNED: Mapping[str, str] = {
    "mamma": "mor moder",
    "pappa": "far fader",
    "man": "man make husband hubby",
    "fru": "fru hustru frun wife",
    "sambo": "sambo",
    "särbo": "särbo",
    "partner": "partner spouse",
    "syster": "syster syrra storasyster lillasyster sister",
    "bror": "bror brorsa storebror lillebror brother",
    "moster": "moster",
    "faster": "faster",
    "moster/faster": "aunt auntie",
    "farbror": "farbror",
    "morbror": "morbror",
    "farbror/morbror": "uncle",
    "granne": "granne grannfru neighbour neighbor",
    "vän": "vän väninna kompis polare friend",
    "klient": "brukare vårdtagare klient omsorgstagare client",
}
"""Relations that are taken for one only with "min", "en" or the like: "man" is anybody, "far" is danger."""

_DEFINITE: Mapping[str, str] = {
    "granne": "grannen grannfrun granntanten granngubben granngumman",
    "moster": "moster mostern",
    "faster": "fastern",
    "farbror": "farbror",
    "morbror": "morbror",
    "syster": "syrran",
    "bror": "brorsan",
    "fru": "frugan",
    "sambo": "sambon",
    "vän": "väninnan kompisen",
    "klient": "brukaren vårdtagaren klienten omsorgstagaren",
}
"""Such as are definite by themselves, or stand before a name ("moster Stina")."""

_DETERMINER = r"(?:min|mitt|mina|vår|våra|en|våran|my|our|an?)"
_ADJECTIVE = r"(?:gamla|gammal|kära|stackars|äldre|sjuka|lilla|snälla|blinda|senila|old|elderly|dear|poor|blind|\d{2,3}[- ]?åriga|\d{2,3}[- ]year[- ]old)"
_PROPER = r"(?-i:\s+[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?)?"


def _person() -> re.Pattern[str]:
    bare, owned = (
        _alternatives(table)
        for table in ({k: f"{v} {_DEFINITE.get(k, '')}" for k, v in {**_DEFINITE, **_NAMED}.items()}, _OWNED)
    )
    before = rf"{_DETERMINER}\s+(?:{_ADJECTIVE}\s+)*"
    return re.compile(
        rf"(?<![\w-])(?:{before}(?P<owned>{owned}|{bare})|(?:{_ADJECTIVE}\s+)*(?P<bare>{bare}))(?P<of>'?s|'|:s)?{_PROPER}(?![\w-])",
        re.IGNORECASE,
    )


def _alternatives(table: Mapping[str, str]) -> str:
    return "|".join(
        sorted({re.escape(word) for words in table.values() for word in words.split()}, key=len, reverse=True)
    )


_RELATION = {
    word: relation
    for table in (_OWNED, _DEFINITE, _NAMED)
    for relation, words in table.items()
    for word in words.split()
}
_PERSON = _person()

_HELPERS = re.compile(
    r"\b(?:son|sonen|dotter|dottern|dottra|döttrar|barn|barnen|barnbarn\w*|sonson\w*|dotterson\w*|sondotter\w*|dotterdotter\w*|svärson\w*|svärdotter\w*"
    r"|grabben|tösen|god(?:e)? man(?:nen)?|godman|förvaltare\w*|syskonbarn\w*|brorson\w*|brorsdotter\w*|systerson\w*|systerdotter\w*|pojkvän\w*|flickvän\w*"
    r"|daughter\w*|sons?|grandson\w*|granddaughter\w*|grandchild\w*|kids?|child|children|niece|nephew|boyfriend|girlfriend)\b"
)
_WHO_I_AM = re.compile(
    r"\b(?:jag är|jag är alltså|som är|är) (?:hennes |hans |en )?(?:son|dotter|barnbarn|sonson|dotterson|svärson|svärdotter|anhörig|närstående|granne)(?: till @)?(?!\w)"
    r"|\bi am (?:her|his|the) (?:son|daughter|grandson|granddaughter|grandchild)(?: of @)?(?!\w)"
)
_NO_NEED_OF_THEIRS = re.compile(
    r"\b(?:död|döde|döda|dod|dött|dott|dog|avled|avliden|avlidna|avlidne|bort gått|gått bort|gick bort|dödsbo\w*|begravning\w*|bouppteckning\w*|bortgång\w*|arv|arvet|ärvt|änka|änkling|dead|death|died|passed away|"
    r"deceased|estate|widow|funeral|pengar|pengarna|kronor|swisha|swishat|swishade|skickat|skicka|lägga till|lånat|lånade|lurat|lurad|lurade|bedragen|utger|låtsas|påstår|"
    r"money|transferred|transfer|scammed|pretends?)\b"
)
_SPEAKS_OR_HELPS = (
    "säger|säjer|sa|sade|sagt|tycker|tyckte|tror|trodde|vill att|ville att|bad|ber|frågar|frågade|tjatar|rekommenderar|rekommenderade|tipsade|tipsat|berättade|berättar|"
    "skrev|skriver|ringde|ringer|ringt|skickade|skickar|lovade|lovat|visade|visar|visat|lärde|lärt|brukar|brukade|sköter|skötte|fixar|fixade|fixat|ordnar|ordnade|ordnat|"
    "hjälper|hjälpte|hjälpt|hjälpa|gör|gjorde|gjort|installerade|installerat|betalar|betalade|gav|gett|köpte till|hälsar|"
    "says|said|thinks|told|tells|helps|helped|helping|usually|called|calls|sent|sends|gave|asks|asked|fixed|fixes|does"
)
_FILL = (
    r"(?:(?:som|är|bor|i|på|nu|också|ju|tyvärr|då|och|hon|han|de|dom|har|fyllt|snart|nästan|över|gammal|gamla|år|åring|åringen|\d{2,3}|hemma|själv|alltid|fortfarande|"
    r"verkligen|plötsligt|precis|just|nyligen|igår|idag|i dag|who|is|and|she|he|they|now|just|recently|years?|old|also|still|suddenly) ){0,7}"
)
_DENIED = re.compile(
    rf"@ {_FILL}(?:{_SPEAKS_OR_HELPS})\b"
    r"|\b(?:av|från|enligt|utan|genom|via|hos|med|mot|som|eftersom|sedan|sen|därför att|nu när|ringa|ringa till|ringde|hälsa|fråga|frågat|frågade|"
    r"from|with|without|by|according to|because|since|ask|asked|of|hej|hejsan|hallå|hello|hi|dear|säg åt|säga åt|inte|inte för|inte åt|not|not for) @(?!\w)"
    r"|\b(?<!hjälp )(?<!hjälper )(?<!hjälpa )(?<!help )(?<!helping )(?:med|använda|använder|låna|lånar|via|från|på|slog|slagit|skrev|skrivit|tog|fick|ärvde|with|use|using|borrow) @s\b|@ (?:och|and|samt) @|\bbåda|\bboth\b"
)
_USES = (
    r"(?:logga|komma|få|hitta|öppna|använda|betala|se|läsa|hantera|ladda|installera|legitimera|identifiera|skaffa|förnya|boka|minnas|ansöka|söka|skriva|starta|nå|deklarera|"
    r"swisha|byta|skanna|scanna|aktivera|ta sig|öppna|log|get|find|open|use|pay|see|read|download|install|renew|book|remember|apply|start|access|sign|connect|scan|print)"
)
_NOT = r"(?:inte|ej|inet|itne|nte|aldrig|icke|inte längre|ine)"
_NEEDS = "|".join(
    (
        rf"kan {_NOT} (?:längre )?{_USES}",
        rf"har {_NOT} (?:längre )?(?:något|nåt|någon|bankid|bank|telefon|mobil|smart|dator|e|internet|swish|koll|kunnat|lyckats|kommit in|kommit åt|tillgång)",
        r"har (?:inget|ingen|inga|glömt|tappat|förlorat|bytt|problem|svårt|strul|trassel|krångel|låst|råkat|raderat|blivit av med|ny|nytt|nya|bara en|slut på|fel)",
        r"har (?:fått|köpt|skaffat) (?:en |ett |sin |sitt )?(?:ny|nytt|nya|problem|bankid|telefon|mobil|dator|surfplatta|platta|padda|ipad|iphone|fel|brev från|smartphone|dosa|ett sms)",
        r"(?:glömde|glömmer|glömt|tappade|tappat|bytte|bytt|låste|raderade|förlorade|missade)",
        rf"kommer {_NOT} (?:längre )?(?:åt|in|ihåg|vidare|fram|igång)",
        rf"(?:kom|komer) {_NOT} (?:åt|in|vidare)",
        rf"får (?:{_NOT} (?:upp|in|igång|det|den|koden|bankid|till|logga|fram|sitt|sin|tag|bankid|swish)|fel|felmeddelande|bara fel|upp fel|ingen kod|inga sms|inget sms)",
        rf"(?:vill|vill gärna|skulle vilja|önskar|ska|skall|behöver|måste|tänker|försöker|borde) (?:kunna |börja |få |ha |även |också )*(?:{_USES}|skaffa|byta|logga|ansöka|förnya|beställa|"
        r"betala|deklarera|boka|installera|ladda|söka|lära|använda|komma|hjälp|bankid|mobilt|swish|1177|freja|kivra|ett bankid|ett nytt|en ny|ny|nytt|stöd|kurs|identifiera|ringa video)",
        rf"(?:förstår|fattar|begriper|vet|lyckas|hittar|ser|klarar|orkar|minns|kan) {_NOT} (?:hur|längre |med |av )?(?:att )?(?:man |hon |han )?(?:{_USES}|hur|koden|var|gör|tekniken|bankid|appen|något|att)",
        r"undrar (?:hur|om|var|vad|när|varför)",
        r"är (?:utelåst|utlåst|låst ute|spärrad|låst|dålig på|osäker på|inte bra på|ovan vid)",
        rf"(?:som )?{_NOT} (?:kan|kommer|får|har|vet|förstår|hittar|minns) (?:{_USES}|in|åt|ihåg|vidare|bankid|hur|något|koden|till|med)",
        r"saknar (?:bankid|e|dator|smartphone|smart|mobil|telefon)",
        r"(?:can t|cant|cannot|can not|couldn t|could not|is unable to|is not able to|isn t able to) (?:even )?"
        + _USES,
        r"(?:has|have|ve|s) (?:just )?(?:lost|forgotten|forgot|got a new|gotten|bought|changed|no|never|a new|an old|problems?|trouble|difficulty|locked|been locked out)",
        r"(?:has not|hasn t|hasnt|have not|haven t|does not have|doesn t have|doesnt have|don t have) (?:got |a |an |any )*(?:bankid|smartphone|phone|computer|e|code|internet)",
        r"(?:forgot|lost|forgets|changed|bought a new)",
        r"(?:needs?|wants?|would like|is trying|are trying|tries|wishes) (?:some |to |a |an |new |his |her |their )*(?:help|bankid|get|log|renew|book|apply|pay|install|download|use|order|new|learn|sign|change|order)",
        r"(?:does not|doesn t|doesnt|do not|don t) (?:know|understand|remember|find|see|manage|get)",
        r"(?:is|are) (?:locked out|not good with|bad with|struggling with|unsure)",
        r"wonders (?:how|if|where|what|when|why)",
    )
)
_THING = (
    r"(?:nya |gamla |new |old |mobila |mobilt |mobile |digitala )?(?:bank ?id|telefon\w*|mobil\w*|kod\w*|pin\w*|lösenord\w*|konto\w*|dator\w*|surfplatta\w*|platta\w*|padda\w*|ipad\w*|iphone\w*|1177|"
    r"swish|mejl\w*|mail\w*|epost|e post|app\w*|freja|kivra|post|brevlåda|legitimation|bankdosa|dosa|journal\w*|recept\w*|pension\w*|skärm\w*|wifi|internet|inloggning\w*|"
    r"läkartid\w*|deklaration\w*|medicin\w*|phone|smartphone|computer|tablet|code|password|account|login|log in|email|prescriptions?|screen|bank|hemtjänst\w*|ansökan)"
)
_DO = (
    r"(?:skaffa|ordna|fixa|installera|ladda (?:ner|hem)|boka|beställa?|förnya|ansöka|söka|aktivera|få igång|sätta upp|köpa|hjälp|stöd|bankid|telefon|mobil|kurs|tid|"
    r"get|arrange|install|download|book|order|renew|set up|apply|help|bankid)"
)
_WILL = r"(?:vill|ska|skall|skulle vilja|försöker|måste|behöver|får|kan|tänkte|håller på|har lovat|sitter|want|would like|am trying|m trying|try|need|have|am|m|d like)"
_I_HELP = re.compile(
    rf"\b(?:jag |vi |i |we )?(?:(?:{_WILL}) )?(?:gärna |just nu |nu )?(?:att |och |to )?(?:försöker |försöka |trying to )?(?:att )?hjälp(?:a|er)?(?: till)?(?: med)?(?: att)? (?:till )?@(?!\w)s?"
    rf"|\b(?:jag |vi |i |we |im )?(?:(?:{_WILL}) )?(?:to |and )?(?:help|helping|assist|assisting)(?: with| out)? @(?!\w)s?"
    r"|\b(?:jag |vi )?(?:behöver|vill ha|söker|önskar) (?:lite |er )?hjälp med @s|\b(?:i |we )?(?:need|want|would like) (?:some )?help with @s"
    r"|\bhjälpa? (?:mig|oss) (?:att )?(?:hjälpa |med )(?:åt |för )?@"
    r"|\bhelp (?:me|us) (?:to )?(?:help |with )@"
    rf"|\b(?:jag |vi |i |we )?(?:{_WILL} )?(?:to )?{_DO}(?: \w+){{0,4}} (?:åt|till|för|for) @(?= |$)"
    r"|\b(?:jag|vi|i|we) (?:skriver|frågar|ringer|undrar|hör av mig|am writing|write|am asking|ask)(?: här)? (?:åt|för|å|for|on behalf of)(?: @| min @)"
    r"|\bon behalf of @|\bi @s ställe|\bför @s räkning"
)
_BESIDE = re.compile(
    r"\b(?:jag |vi )?(?:sitter|är|befinner mig)(?: här| nu| just nu| hemma)* (?:med|hos|bredvid|ihop med|tillsammans med) @(?! \w*s\b)|\b(?:i am|im|i m) (?:sitting )?(?:with|at|here with) @"
    r"|\b(?:jag |i )(?:undrar|wonder)\b(?: över)?|\bhur (?:gör|kan|ska|hjälper|skall) (?:jag|vi)(?: göra| hjälpa| bäst)*|\bvad (?:gör|ska|kan|bör) (?:jag|vi)(?: göra)?"
    r"|\bwhat (?:do|should|can) (?:i|we)(?: do)?|\bhow (?:do|can|should) (?:i|we)(?: help| do)?|\bjag heter \w+|\bjag bor i \w+"
)
_OWN = re.compile(r"\b(?:jag|ja|mig|mej|min|mitt|mina|vi|oss|vår|vårt|våra|i|im|ive|me|my|mine|we|us|our|själva)\b")
_THEIRS = re.compile(
    rf"@ {_FILL}(?:{_NEEDS})\b|@s {_THING}|(?<!\w)(?:åt) @(?= |$)|(?<!\w)(?:för|for) @(?= ?$| (?:som|på|i|med|hur|who|on|in|with|how)\b)"
)
_GREETING = re.compile(r"^\W*(?:hej|hejsan|hejhej|hallå|god dag|hello|hi)\s*[!.,]", re.IGNORECASE)
_IT_CONCERNS = re.compile(
    r"^(?:det )?(?:gäller|handlar om|rör|är (?:för|till|åt)|it is (?:for|about)|its (?:for|about)|for|för|åt) @(?: som .*| who .*)?$"
)
_SELF = re.compile(
    r"(?:nej |nä |no )?(?:(?:det )?(?:gäller|är (?:för|till|åt)|handlar om|rör) (?:mig|mej)(?: själv)?(?: det gäller)?|(?:det )?är (?:jag|mig|mej)(?: själv)?(?: som (?:behöver|ska ha|har problem|vill ha) .*| det gäller)?"
    r"|(?:för|åt|till) (?:mig|mej) själv|jag själv|bara (?:jag|mig)|(?:it is|its|it s|this is) (?:for|about)? ?(?:me|myself)|for myself|i am the one .*|jag hjälper ingen(?: annan)?)(?: tack| thanks)?"
)


def whose_need(text: str) -> str | None:
    """The relation, by its name in HELPED, of the one person whose need `text` tells; None when it is the writer's own or it is not sure."""
    plain, relations = _plain(text)
    if len(relations) != 1 or _NO_NEED_OF_THEIRS.search(plain):
        return None
    plain = _without(_WHO_I_AM, plain)
    if _HELPERS.search(plain):
        return None
    helps = _I_HELP.search(plain) is not None
    beside = _without(_BESIDE, plain)
    rest = _I_HELP.sub(" ; ", beside)
    if _DENIED.search(_I_HELP.sub(" ; ", beside)) or _OWN.search(rest):
        return None
    return next(iter(relations)) if helps or _THEIRS.search(beside) or _IT_CONCERNS.search(plain.strip()) else None


def tells_own_need(text: str) -> bool:
    """Whether the writer speaks of themselves, beside what they say of helping somebody."""
    plain, _ = _plain(text)
    return _OWN.search(_I_HELP.sub(" ; ", _without(_BESIDE, plain))) is not None


def is_for_self(text: str) -> bool:
    """Whether the message says no more than that it concerns the writer: "det gäller mig", "det är jag själv"."""
    return _SELF.fullmatch(_plain(text)[0].strip()) is not None


def _without(asides: re.Pattern[str], plain: str) -> str:
    """Without what says nothing of whose need it is, such as "jag sitter hos" and "hur gör jag"; the person stays."""
    return " ".join(asides.sub(lambda found: " ; @ " if "@" in found.group() else " ; ", plain).split())


def _plain(text: str) -> tuple[str, set[str]]:
    """Small letters without marks, with "@" for each person who may be helped ("@s" for what is theirs), and the relations that they have."""
    relations: set[str] = set()

    def mark(found: re.Match[str]) -> str:
        relations.add(_RELATION[(found["owned"] or found["bare"]).lower()])
        named_of = (
            found.group().rstrip().endswith("s") and found["of"] is None and found.group().split()[-1][:1].isupper()
        )
        return " @s " if found["of"] or (named_of and _followed_by_thing(found)) else " @ "

    text = _GREETING.sub(" ", re.sub(r"[’´`]", "'", text))
    text = re.sub(r"\b(?:god|gode)\s+man(?:nen)?\b", "godman", text, flags=re.IGNORECASE)
    marked = _PERSON.sub(mark, text).lower()
    marked = re.sub(r"\bbank[- ]?id(?:[- ]?t)?\b", "bankid", marked)
    return " ".join(re.sub(r"[^\w@]", " ", marked).split()), relations


def _followed_by_thing(found: re.Match[str]) -> bool:
    """Whether a name that ends in s is a genitive: "farbror Olles telefon", but not "farbror Hans kan inte"."""
    after = re.sub(r"[^\w ]", " ", found.string[found.end() :].lower()).strip()
    return re.match(_THING, after) is not None
