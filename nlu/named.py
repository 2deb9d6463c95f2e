"""Relations, devices, banks and authorities by name, with inflection and a slip or two."""

from collections.abc import Iterator, Mapping

from rapidfuzz.distance import OSA

from nlu.normalise import fold, words
from nlu.understanding import Entity

FUZZY_FROM = 7

# value: the words that mean it, without inflection.
RELATIONS = {
    "mamma": "mamma mor moder morsan mother mom mum", "pappa": "pappa far farsan father dad", "svärmor": "svärmor svärmamma",
    "svärfar": "svärfar svärpappa", "mormor": "mormor", "farmor": "farmor", "morfar": "morfar", "farfar": "farfar",
    "granne": "granne grannen grannfrun grannfru grannar neighbour neighbor", "man": "maken make mannen gubben husband",
    "fru": "fru frun hustru hustrun maka makan wife", "sambo": "sambo sambon särbo särbon", "son": "son sonen grabben",
    "dotter": "dotter dottern daughter", "syster": "syster systern syrran sister", "bror": "bror brodern brorsan brother",
    "barnbarn": "barnbarn barnbarnet sonson dotterson sondotter dotterdotter", "moster": "moster faster tant aunt",
    "farbror": "farbror morbror uncle", "vän": "vän vännen väninna väninnan kompis kompisen friend",
    "klient": "brukare brukaren vårdtagare vårdtagaren klient klienten kund kunden", "grandmother": "grandmother grandma",
    "grandfather": "grandfather grandpa",
}  # fmt: skip
DEVICES = {
    "iphone": "iphone iphonen iphon ajfon", "android": "android samsung samsungen galaxy huawei motorola nokia oneplus pixel xiaomi",
    "surfplatta": "surfplatta surfplattan platta plattan läsplatta läsplattan ipad ipaden padda paddan tablet",
    "dator": "dator datorn datan laptop laptopen computer pc mac macbook chromebook",
    "knapptelefon": "knapptelefon knapptelefonen doro dorotelefon seniortelefon vikmobil",
    "mobil": "mobil mobilen telefon telefonen smartphone smartphonen phone",
}  # fmt: skip
BANKS = {
    "Swedbank": "swedbank swedbanken sparbanken sparbank", "SEB": "seb", "Handelsbanken": "handelsbanken shb",
    "Nordea": "nordea", "Danske Bank": "danskebank danske", "Länsförsäkringar": "länsförsäkringar länsis",
    "ICA Banken": "icabanken ica", "Skandia": "skandia skandiabanken", "Ikano": "ikano ikanobanken", "SBAB": "sbab",
    "Marginalen": "marginalen", "Avanza": "avanza", "Resurs": "resurs resursbank",
}  # fmt: skip
AUTHORITIES = {
    "Försäkringskassan": "försäkringskassan fk kassan försäkringkassan", "Skatteverket": "skatteverket skatten skattemyndigheten",
    "Pensionsmyndigheten": "pensionsmyndigheten", "Arbetsförmedlingen": "arbetsförmedlingen af ams", "CSN": "csn",
    "1177": "1177 vårdguiden", "Migrationsverket": "migrationsverket", "Kronofogden": "kronofogden",
    "Polisen": "polisen polismyndigheten", "Transportstyrelsen": "transportstyrelsen", "Kommunen": "kommunen",
}  # fmt: skip
_GROUPS: Mapping[str, Mapping[str, str]] = {
    "relation": RELATIONS,
    "device": DEVICES,
    "bank": BANKS,
    "authority": AUTHORITIES,
}
_MEANS = {
    fold(word): (group, value)
    for group, values in _GROUPS.items()
    for value, row in values.items()
    for word in row.split()
}
_LONG = [word for word in _MEANS if len(word) >= FUZZY_FROM]
# "min man" is a husband, "man" alone is anyone; "ica" and "far" need care too.
_ONLY_AFTER = {"man": frozenset({"min", "din", "hennes"}), "far": frozenset({"min", "din", "hennes", "hans", "var"}),
               "mor": frozenset({"min", "din", "hennes", "hans", "var"}), "ica": frozenset()}  # fmt: skip


def find_named(text: str) -> list[Entity]:
    """`relation`, `device`, `bank` and `authority` entities, in order, each value once."""
    seen: set[tuple[str, str]] = set()
    found: list[Entity] = []
    for entity in _all_named(text):
        if (entity.entity, entity.value) not in seen:
            seen.add((entity.entity, entity.value))
            found.append(entity)
    return found


def _all_named(text: str) -> Iterator[Entity]:
    before = ""
    for word in words(text, 400):
        meaning = _meaning(word.folded, before)
        if meaning:
            yield Entity(meaning[0], meaning[1], word.start, word.end)
        before = word.folded


def _meaning(folded: str, before: str) -> tuple[str, str] | None:
    if folded in _ONLY_AFTER:
        return ("relation", "man") if folded == "man" and before in _ONLY_AFTER["man"] else (
            _MEANS.get(folded) if before in _ONLY_AFTER[folded] else None)  # fmt: skip
    for form in (folded, folded[:-1] if folded.endswith("s") else ""):
        if form in _MEANS and form not in _ONLY_AFTER:
            return _MEANS[form]
    if len(folded) < FUZZY_FROM:
        return None
    limit = 1 if len(folded) < 11 else 2
    near = [word for word in _LONG if abs(len(word) - len(folded)) <= limit
            and OSA.distance(word, folded, score_cutoff=limit) <= limit]  # fmt: skip
    return _MEANS[near[0]] if near else None
