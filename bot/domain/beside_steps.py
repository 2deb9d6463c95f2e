"""What people say beside the steps of a guide: that they must wait, that they are back, that they are ashamed, or a fact about themselves.

Only a short message that says nothing else counts; whatever holds a need, a trouble or a danger besides is read as that.
"""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_LONGEST = 12
"""Words: a longer message tells of something else besides."""

_OPENS = r"(?:(?:ok|okej|oj|hej|hejsan|hallo|god ?morgon|god ?dag|god ?kvall|men|ja|jo|nej|nja|jaha|sa|da|bra|nu|och|na|nae|tack|forlat|ursakta|fint|vanta|hm+|igen|well|and|but) )*"
_CLOSES = (
    r"(?: (?:tack|bara|lite|nu|sa|da|har|forst|strax|snart|sen|igen|va|ju|ok|okej|snalla|ar du snall|en stund|ett tag|ett ogonblick|en minut"
    r"|i ?dag|i ?kvall|ha det bra|hej|hej da|please|first|now|again|thanks|today))*"
)
_I = r"(?:jag|ja|vi|i|we)"
_MUST = rf"(?:{_I} )?(?:maste|ska(?:ll)?|far|behover|vill|bor|tanker|tankte)(?: (?:{_I}|nog|bara|forst|nu|lite|val|ju|genast|ner|ut|ivag|och))*"
_SOMEBODY = (
    r"(?:(?:min|mitt|mina|my) )?(?:dotter\w*|son(?:en)?|sonson|barnbarn\w*|man|maken|fru|frun|sambon?|grannen?|syster|syrran|bror|brorsan|mamma|pappa"
    r"|van|vaninna|kompis|hemtjansten|daughter|husband|wife|neighbou?r)"
)
_THING = (
    r"(?:\w*glasogon\w*|brillorna|telefonen|mobilen|laddaren|\w*dosan?|plattan|datorn|\w*kortet|passet|leg\w*|papp\w*|pennan?|brevet|kuvertet|boken|posten|tidningen|kaffe\w*"
    r"|mina \w+|min \w+|mitt \w+|my \w+|den|det|dem|dom)"
)
_LATER = (
    r"(?:i ?mor(?:gon|ron|rn|n)|i ?kvall|i ?eftermiddag|sen|senare|sedan|efterat|en annan (?:dag|gang)|nasta vecka|i helgen|om (?:en|ett) \w+|nar .+"
    r"|efter \w+|pa \w+dag|later|tomorrow|another (?:day|time)|after \w+)"
)
_GOES_ON = (
    r"(?:fortsatt\w*|ta|tar|gor\w*|provar?|forsoker?|hors|hor av mig|aterkomm\w*|komm\w* tillbaka|komm\w* igen|vantar?)"
)

_PAUSES = (
    r"(?:vanta|vant|droj|paus|pausa|avvakta|hang kvar)(?: (?:pa mig|nu))*(?: lite| litet| ett tag| en \w+)*(?: (?:jag |vi )?(?:ska|maste|letar|hamtar|kollar|fixar|far) .{0,30})?",
    r"(?:strax|snart|alldeles strax|ogonblick|ett ogonblick|ett tag|en (?:stund|sekund|minut|liten stund)|ta det lugnt|lugn|kommer (?:strax|snart))",
    rf"(?:{_I} )?(?:ar |e )?(?:inte (?:riktigt )?(?:klar |fardig )?an|haller pa(?: an)?)",
    rf"(?:(?:{_MUST}|tar|tar {_I}|kan vi|kan jag) (?:ta |ha )?|)(?:en (?:liten )?|lite )(?:paus|rast|stund|tupplur|fika|kaffepaus|betanketid|tid pa mig|mer tid)",
    rf"{_MUST} (?:kolla|titta|fundera|tanka) (?:efter|forst|(?:i|med|pa|over) (?!\d)\w+(?: \w+){{0,2}})",
    r"(?:kan du |jag |vi )?vantar?(?: lite)? (?:tills|pa|till|medan) .{1,30}",
    rf"(?:{_MUST}|) ?(?:ga och )?(?:hamta|leta(?: efter| fram| upp| reda pa| ratt pa)?|soka(?: efter| fram| upp)|hitta|plocka fram|ta fram|ladda|satta pa(?: mig)?|lana)(?: (?:bara|forst|lite))* {_THING}",
    rf"{_MUST} (?:ata|fika|dricka|sova|vila|laga|handla|ga|springa|duscha|oppna|lagga mig|satta pa kaffe\w*|pa (?:toa|toaletten|do)|se)(?: (?:lunch|middag|frukost|mat|kaffe"
    r"|ut|hem|ivag|ifran|forst|mig|till (?:affaren|posten|dorren|toaletten|toa)|pa (?:toa|toaletten|en promenad)|dorren|och oppna|och lagga mig))*",
    rf"(?:{_I} ringer(?: upp)?|ringer(?: upp)?|{_MUST} (?:ringa|fraga|hora med|prata med|vanta pa|invanta)) {_SOMEBODY}",
    rf"(?:{_I}|det)(?: (?:far|kan|ska(?:ll)?|vill))?(?: {_I})? {_GOES_ON}(?: (?:det|detta|mig|oss|med|resten|pa|nog|har|da|hellre|val|{_I}))* {_LATER}",
    rf"(?:kan|far|gar det att|kan man) ?{_I}? ?(?:fortsatta|ta|gora)(?: (?:det|med|resten|har))* {_LATER}|(?:kan|far) {_I} (?:aterkomma|vanta)(?: lite)?(?: {_LATER})?",
    rf"(?:{_I} )?(?:aterkommer|hor av mig|kommer tillbaka|skriver)(?: {_LATER})?",
    rf"(?!nar |efter |after ){_LATER}|inte (?:nu|i ?dag)|not now|not yet",
    rf"(?:det )?far det vanta(?: till)? {_LATER}|det far vanta(?: till)?(?: {_LATER})?",
    r"(?:nu )?(?:far det |det far |det )?(?:vara|racker(?: det)?|slutar vi|slutar jag|vi slutar|bryter vi)(?: (?:det|sa|nog|bra|med|har))* (?:for )?i ?(?:dag|kvall)",
    r"(?:jag )?(?:hinner|har) inte(?: mer| tid)*",
    r"(?:jag |ja )?(?:orkar|hinner|kan|gitter) inte(?: med)?(?: mer| mera| fler| langre)?(?: det har)?(?: just)? (?:nu|i ?dag|i ?kvall)|(?:nu )?(?:jag )?(?:blev|ar|har blivit)(?: jag)?(?: sa| lite| for)* trott(?: nu)?",
    r"(?:jag |ja )?(?:far|ska|maste|vill)(?: val| nog| bara)* (?:fundera|tanka)(?: (?:pa|over) (?:det|saken|detta))?(?: lite| forst)*",
    r"(?:det|nagon|nan) (?:ringer|knackar) pa dorren",
    r"(?:wait|hold on|hang on|brb|be right back|(?:just )?(?:a|one) (?:moment|minute|second|sec)|wait a (?:moment|minute|second)|give me a (?:moment|minute|second)|back soon)",
    rf"i (?:have to|need to|must) (?:get|fetch|find|look for|eat|rest)(?: {_THING})?|(?:i ll|i will|we ll|let me|let s) (?:be back|continue|go on|do (?:it|this)|get {_THING})(?: {_LATER})?",
)

_WILL_TRY = (
    rf"(?:(?:da|sa|det|nu) )+(?:gor|provar|forsoker|testar|ska|far) {_I}(?: nog| val)*(?: (?:forsoka |prova )?(?:gora|prova|forsoka|testa|se))?(?: (?:sa|det|detta|det har|pa|med det|igen|om det gar|en gang till|direkt|genast|pa en gang))*",
    rf"(?:{_I} )?(?:ska|skall|far|vill|kan)(?: (?:val|nog|ju|bara))* (?:forsoka |prova )?(?:gora|prova|forsoka|testa)(?: (?:sa|det|detta|det har|pa|med det|igen|om det gar|en gang till|direkt|genast))*",
    rf"{_I} (?:provar|forsoker|testar)(?: (?:sa|det|detta|det har|pa|med det|igen|om det gar|en gang till))*",
    r"(?:nu |da )?(?:ska|far) (?:vi|jag|ja) (?:se|prova|forsoka)(?: (?:da|om det gar|hur det gar|pa det|det))*",
    r"(?:i ll|i will|let me) (?:try|do)(?: (?:it|that|this|again|so))*",
)
_WE_GO = r"(?:kor|fortsatt(?:er|a)?|borjar?|gar|ga|tar|ta|prova|komma)"
_GOING_ON = (
    rf"{_WE_GO}(?: {_I})?(?: (?:vidare|igang|det|pa|med det|dar {_I} (?:var|slutade)))*",
    rf"(?:kan|ska(?:ll)?|vill|far) {_I} {_WE_GO}(?: (?:vidare|igang|det|pa|upp|med det|dar {_I} (?:var|slutade)))*",
    r"(?!.*\b(?:sen|snart|strax)\b)(?:vi|jag|ja) (?:fortsatter|kor)(?: vidare| pa)?",
    r"(?:let s|lets|we can|shall we) (?:go on|continue|carry on)",
)
_RETURNS = (
    *_GOING_ON,
    rf"(?:(?:ar|e|sitter) {_I}|{_I} (?:ar|e|sitter)) (?:tillbaka?s?(?: fran \w+)?|tebax|ater|har|pa plats|redo|beredd|klar att fortsatta)|tillbaka (?:nu|igen)|redo",
    rf"(?:{_I} har|har {_I}) (?:tid|atit|vilat|sovit|fikat|\w*glasogon\w*|mina glasogon|hjalp)(?: pa mig)?",
    rf"(?:ar|e|kom|sitter) {_SOMEBODY} (?:har|hit|hemma|pa plats|bredvid(?: mig)?)",
    rf"(?:var|vart|vad|hur) (?:langt )?(?:var|ar|hade|kom|holl|slutade|stannade|gjorde|sa) (?:det )?(?:{_I}|du)(?: (?:nanstans|nagonstans|hallde|pa med|pa|med|kommit|senast|sist|nyss|hunnit|i))*",
    rf"vilket steg (?:var|ar|skulle)(?: (?:det|{_I}|pa|vid|med|ta))*",
    r"(?:i m|i am|we are|we re) (?:back|ready|here)|back|where (?:were we|was i)|i (?:have|got) my (?:glasses|phone)",
)
_AFTER_A_PAUSE = (
    r"(?:har|ar|hittade|fick|hamtade|sitter|tog|kan|finns) (?!.*\b(?:klart?|gjort|fardigt?|fixat|ordnat|inne|inloggad)\b).+",
    r"(?:jag )?(?:har )?(?:hittat|hittade|hamtat|hamtade|fatt tag i|fick tag i) .+",
    r"hej|hejsan|hallo|god (?:morgon|kvall|dag)|nu|sa|da",
    r"i (?:have|found|got) .+",
)

_SMALL = (
    r"(?:dum|dumma|dum i huvudet|korkad|trog|klantig|klumpig|gammal|lang?sam|okunnig|hopplos|virrig|senil|fumlig|glomsk|oduglig|dalig|kass|oteknisk|till besvar|besvarlig|till last"
    r"|(?:en |en riktig |teknisk )*idiot|idiotisk|bakom flotet|ledsen pa mig sjalv)"
)
_MUCH = r"(?:(?:ju|nog|val|bara|alldeles|helt|sa|for|valdigt|riktigt|lite|kanske|tyvarr|\d+) )*"
_ASHAMED = (
    rf"(?:jag|vi) (?:ar|e|kanner mig|blir|kanns) {_MUCH}{_SMALL}(?: och {_SMALL})?(?: (?:for|som|pa) (?:\w+ ?){{1,6}})?",
    rf"jag ar {_MUCH}(?:ar )?och {_MUCH}{_SMALL}",
    r"(?:(?:det har|sant har|sant|detta|tekniken|datorer|telefoner) )?(?:kan|lar|kommer|begriper|fattar|klarar) jag (?:mig )?(?:nog |val |ju )?aldrig(?: (?:att|lara|mig|klara|det|har|forsta|fatta|av))*",
    r"jag (?:kommer |lar |lar mig |fattar |begriper |klarar )(?:nog |val |ju )?aldrig(?: (?:att|lara|mig|klara|det|detta|har|forsta|fatta|sant|begripa|av))*",
    r"kommer (?:nog |val )?aldrig (?:att )?(?:klara|lara mig|forsta|fatta)(?: (?:det|detta|har|sant))*",
    r"(?:jag )?skams(?: (?:sa|lite|over mig sjalv|over att jag \w+|ogonen ur mig))*",
    r"(?:(?:det ar|det kanns|kanns) )?(?:sa |lite |valdigt )?(?:pinsamt|genant|skamligt)",
    rf"(?:forlat |ursakta |sorry )?(?:mig )?(?:att |for att |om )?jag (?:ar|kanner mig) {_MUCH}{_SMALL}(?: \w+){{0,4}}",
    r"(?:forlat |ursakta |sorry )?(?:mig )?(?:att |for att |om )jag (?:ar|fragar|besvarar|stor|tar|maste|behover|skriver)(?: (?!hjalp)[a-z]+){0,6}",
    r"jag vill inte (?:vara till besvar|besvara|stora)(?: \w+){0,3}",
    rf"(?:(?:usch|fy|oj|men|herregud|suck) )+(?:vad |sa )?(?:jag ar |ar jag )?{_MUCH}{_SMALL}(?: (?:jag ar|ar jag))?",
    r"(?:allt|det|det har|sant har|tekniken) (?:ar|har blivit|gar|kanns) (?:sa |for |alldeles for |valdigt )*(?:krangligt|svart|fort|mycket|besvarligt|jobbigt) (?:nu for tiden|numera|for mig|for en gammal|for gamla)(?: \w+){0,4}",
    r"(?:jag )?(?:kan|begriper|forstar) (?:ju )?(?:ingenting|inget|inte ett dugg) (?:om|av) (?:datorer|telefoner|teknik\w*|sant|sadant)(?: har)?",
    r"(?:det ar )?mitt (?:eget )?fel",
    r"i (?:m|am|feel) (?:so |just |too )*(?:stupid|dumb|old|slow|useless|hopeless|ashamed|embarrassed|an idiot)(?: (?:for|to|at) \w+)*|i (?:will|ll|can) never (?:learn|understand|manage)(?: \w+){0,2}"
    r"|this is (?:so )?embarrassing|it s my (?:own )?fault",
)
_ASKS = re.compile(
    r"\b(?:hur|vad|var|vart|nar|vem|vilken|hjalp\w*|vill|behover|undrar|ring|how|what|where|help|want|need)\b"
)
_OF_MONEY_OR_LIFE = re.compile(
    r"\b(?:pengar\w*|kod\w*|lur\w+|konto\w*|swisha\w*|betala\w*|leva|do|livet|money|code|scam\w*)\b"
)

_DONE = r"(?:gjort|klar|klart|fixat|provat|forsokt|hamtat|tryckt|skrivit|loggat|valt|laddat|oppnat|svarat|godkant|kopplat|bytt|hittat|installerat)"
_PLAIN = (
    r"(?:jag|vi) har (?:en |ett )?(?:swedbank|nordea|handelsbanken|seb|ica banken|lansforsakringar|danske bank|sparbanken|samsung|iphone|android|telia|tele2|telenor)(?: telefon| som bank)?",
    r"(?:jag|hon|han|min \w+) (?:ar|fyller|blir|fyllde)(?: (?:snart|nu|redan|nastan))* \d{2,3}(?: ar| bast| i ar| gammal)*",
    r"(?:jag|vi) bor (?:i|pa|utanfor|vid|nara) \w+(?: \w+)?",
    r"(?:telefonen|mobilen|datorn|plattan|surfplattan) ar (?:helt |ganska )?(?:ny|nytt|gammal|gammalt)",
)
_TELLS = (
    *_PLAIN,
    rf"(?:jag|vi) (?:har|ager)(?: (?:ju|redan|bara|nog))* (?!(?:redan |ont |svart ){{0,2}}(?:{_DONE}|ont|svart)\b)(?:en|ett|den|det|min|mitt|mina|tva|bara) \w+(?: \w+){{0,4}}",
    r"(?:jag|vi) har redan (?:borjat|flyttat|varit|bott|byggt|pratat|ringt|sokt|haft)(?: \w+){0,4}",
    r"(?:jag|vi|hon|han|min \w+) (?:bor|kommer fran|ar fran)(?: \w+){1,4}",
    r"(?:jag|vi) ar (?:pensionarer|pensionar|pa landet|pa biblioteket|ankling|anka|gift|skild|student|ensamstaende)",
    r"(?:min|mitt) \w+ (?:heter|sitter|jobbar|bor|hjalper|ar (?:har|hemma|hos|pa|ute|bredvid|ny|nytt|gammal|gammalt))(?: \w+){0,4}",
    r"(?:telefonen|mobilen|datorn|plattan|surfplattan|det|den) ar (?:en |ett |min |mitt )?(?:ny|nytt|gammal|gammalt|samsung|iphone|android|lanad|rod|svart|vit|bla|liten|stor)(?: \w+){0,3}",
    r"det (?:ar|var) (?:min|mitt) \w+ som (?:gav|kopte|fixade|installerade|skaffade)(?: \w+){0,4}",
    r"jag heter \w+(?: \w+)?",
    r"(?:i have an?|i live in|i am|i m|my (?:phone|husband|wife|daughter|son) is) (?:\d+|old|new|\w+ \w+)(?: \w+){0,3}",
)
_TROUBLE = re.compile(
    r"\b(?:inte|ingen|inget|inga|ej|aldrig|fel|saknas|borta|trasig\w*|sonder|spar\w+|last|krangl\w*|lur\w+|ont|sjuk|not|no|never|wrong|cant|pain)\b"
)


def pauses(text: str) -> bool:
    """ "Vänta lite", "jag måste hämta glasögonen", "kaffet är klart, återkommer"."""
    return _says_in_a_piece(text, _PAUSE)


def returns(text: str, after_pause: bool = False) -> bool:
    """ "Nu är jag tillbaka", "då kör vi", "var var vi?". `after_pause`: right after they were told to take their time, when more means the same."""
    return _says_in_a_piece(text, _RETURN) or (
        after_pause and _says(text, _RETURN_THEN) and not _TROUBLE.search(fold(text))
    )


def is_back(text: str) -> bool:
    """Whether a return says so in so many words, and not only that one may go on: "jag är tillbaka", "nu har jag glasögonen", "var var vi?"."""
    return _says_in_a_piece(text, _RETURN) and not _says(text, _GO_ON)


def will_try(text: str) -> bool:
    """ "Ok då gör jag så", "jag ska prova": the step is being done, and not yet done."""
    return "?" not in text and _says(text, _TRY)


def is_ashamed(text: str) -> bool:
    """ "Jag är så dum", "det här lär jag mig aldrig", "förlåt att jag besvärar"."""
    return _says(text, _SHAME) and not _OF_MONEY_OR_LIFE.search(fold(text))


def only_tells(text: str) -> bool:
    """A fact about oneself and no more: "jag har den blå dosan", "jag är 84 år". Nothing that tells of a trouble or asks anything."""
    return "?" not in text and _says(text, _TELL) and not _TROUBLE.search(fold(text))


def _says_in_a_piece(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether the text, or one of the short pieces that commas and stops cut it into, says it, while the others tell of no trouble and ask nothing."""
    if _says(text, pattern):
        return True
    pieces = [piece for piece in re.split(r"[,.;!\n]+", text) if piece.strip()]
    if len(pieces) < 2 or "?" in text or len(fold(text).split()) > _LONGEST:
        return False
    said = [_says(piece, pattern) for piece in pieces]
    others = [fold(piece) for piece, says in zip(pieces, said, strict=True) if not says]
    return any(said) and not any(
        _TROUBLE.search(other) or _OF_MONEY_OR_LIFE.search(other) or _ASKS.search(other) for other in others
    )


def is_plain_fact(text: str) -> bool:
    """A bank, a make, an age or a home and not a word more: no danger, whatever the interpreter suspects."""
    return _says(text, _FACT)


def _says(text: str, pattern: re.Pattern[str]) -> bool:
    plain = fold(text)
    return 0 < len(plain.split()) <= _LONGEST and pattern.fullmatch(plain) is not None


def _one_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{_OPENS}(?:{'|'.join(patterns)}){_CLOSES}")


_PAUSE, _RETURN, _GO_ON, _RETURN_THEN = _one_of(_PAUSES), _one_of(_RETURNS), _one_of(_GOING_ON), _one_of(_AFTER_A_PAUSE)
_TRY = _one_of(_WILL_TRY)
_SHAME, _TELL, _FACT = _one_of(_ASHAMED), _one_of(_TELLS), _one_of(_PLAIN)
