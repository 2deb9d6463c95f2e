import pytest

from nlu.named import find_named


def found(text: str, language: str = "sv") -> list[tuple[str, str]]:
    return [(entity.entity, entity.value) for entity in find_named(text, language)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("min mammas papper", "mamma"), ("mamam", "mamma"), ("morsan kan inte", "mamma"), ("min mors räkningar", "mamma"),
        ("pappan", "pappa"), ("min far är 83", "pappa"), ("farsans", "pappa"), ("svärmors", "svärmor"), ("svärmmor", "svärmor"),
        ("svär mor", "svärmor"), ("svärfar", "svärfar"), ("min farfars kort", "farfar"), ("mor mor", "mormor"), ("grannfrun", "granne"),
        ("grannen frågar", "granne"), ("min man vill", "man"), ("min mans konto", "man"), ("gubben min", "man"), ("maken", "man"),
        ("hustruns", "fru"), ("frun", "fru"), ("frugan", "fru"), ("särbo", "särbo"), ("sonen", "son"), ("jag har en son", "son"),
        ("dotterns", "dotter"), ("brorsans", "bror"), ("min brorson", "syskonbarn"), ("svägerska", "svägerska"),
        ("brukarens", "klient"), ("en kund på 88 år", "klient"), ("vår kund vill", "klient"), ("jag är god man för", "god man"),
        ("min faster", "faster"), ("en god vän", "vän"), ("barn barn", "barnbarn"),
    ],
)  # fmt: skip
def test_relation(text: str, value: str) -> None:
    assert found(text) == [("relation", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("my mum", "mamma"), ("mom's", "mamma"), ("my mother-in-law", "svärmor"), ("my husband", "man"), ("my wifes", "fru"),
     ("my neighbour", "granne"), ("grandma", "mormor/farmor"), ("a client", "klient"), ("my son", "son")],
)  # fmt: skip
def test_relation_in_english(text: str, value: str) -> None:
    assert found(text, "en") == [("relation", value)]


@pytest.mark.parametrize(
    "text",
    [
        "hur gör man", "god morgon", "var får jag hjälp", "VAR FÅR JAG HJÄLP", "jag far till kassörskan", "en unge mannen i trappan", "mannen som ringde",
        "makan till fräckhet", "2500 + moms", "jag är inte van", "jag är kund i en butik", "hur höjer jag gränsen", "hur fäster man den",
        "kompassen", "patiensen", "städerskan", "fast man inte vill", "flicknamn", "talar ingen", "ont i magen",
    ],
)  # fmt: skip
def test_no_relation(text: str) -> None:
    assert [kind for kind, _ in found(text)] == []


@pytest.mark.parametrize(
    "text", ["how to make it", "is it faster", "so far", "the blue van", "please be patient", "man"]
)
def test_no_relation_in_english(text: str) -> None:
    assert found(text, "en") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("min iphone", "iphone"), ("i phone", "iphone"), ("ajfon", "iphone"), ("samsungen", "android"), ("samsun", "android"),
        ("på min ipad", "surfplatta"), ("läs platta", "surfplatta"), ("plattan", "surfplatta"), ("paddans", "surfplatta"),
        ("surf plattan", "surfplatta"), ("surfplata", "surfplatta"), ("samsung tab", "surfplatta"), ("datorn", "dator"),
        ("chromebooken", "dator"), ("windows", "dator"), ("på datan", "dator"), ("macen", "dator"), ("dorotelefon", "knapptelefon"),
        ("doro", "knapptelefon"), ("knapp telefon", "knapptelefon"), ("smart telefon", "mobil"), ("mobiltelefonen", "mobil"),
        ("mobiln", "mobil"), ("hem telefonen", "fast telefon"),
    ],
)  # fmt: skip
def test_device(text: str, value: str) -> None:
    assert found(text) == [("device", value)]


@pytest.mark.parametrize(
    "text", ["telefonkö", "telefonkön", "mobilnr", "spisplattan", "ett plåttak", "dörrn", "pengarna på glasplattan"]
)
def test_no_device(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["call my phone number", "mobile bankid", "phone me"])
def test_no_device_in_english(text: str) -> None:
    assert found(text, "en") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("svedbank", "Swedbank"), ("swebank", "Swedbank"), ("swedbanks app", "Swedbank"), ("nordia", "Nordea"), ("nordeas", "Nordea"),
        ("handels banken", "Handelsbanken"), ("handelsbankens app", "Handelsbanken"), ("sparbanken", "Sparbanken"), ("SEB:s", "SEB"),
        ("danske bank", "Danske Bank"), ("länsförsäkringar bank", "Länsförsäkringar"), ("lansforsakringar", "Länsförsäkringar"),
        ("läns försäkringar", "Länsförsäkringar"), ("ICA Bankens", "ICA Banken"), ("skandiabanken", "Skandia"), ("ikano bank", "Ikano"),
        ("sbab", "SBAB"), ("resurs bank", "Resurs"), ("marginalen bank", "Marginalen"), ("handlar på handels", "Handelsbanken"),
    ],
)  # fmt: skip
def test_bank(text: str, value: str) -> None:
    assert found(text) == [("bank", value)]


@pytest.mark.parametrize("text", ["ica", "en resurs", "i marginalen", "banken", "sina tänder", "handels"])
def test_no_bank(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("forsakringskasan", "Försäkringskassan"), ("försäkrings kassan", "Försäkringskassan"), ("fk", "Försäkringskassan"), ("f-kassan", "Försäkringskassan"),
        ("från kassan", "Försäkringskassan"), ("a-kassan", "A-kassan"), ("skattverket", "Skatteverket"), ("skatte verket", "Skatteverket"),
        ("skattemyndigheten", "Skatteverket"), ("pensions myndiheten", "Pensionsmyndigheten"), ("arbetsförmedlinga", "Arbetsförmedlingen"),
        ("hos af", "Arbetsförmedlingen"), ("csn:s", "CSN"), ("1177", "1177"), ("elva sjuttiosju", "1177"), ("vårdcentraln", "Vårdcentralen"),
        ("polisens", "Polisen"), ("kronofogden", "Kronofogden"), ("bolagsverket", "Bolagsverket"), ("transport styrelsen", "Transportstyrelsen"),
        ("postnords", "PostNord"), ("migrationsverkets", "Migrationsverket"), ("kommunens", "Kommunen"),
    ],
)  # fmt: skip
def test_authority(text: str, value: str) -> None:
    assert found(text) == [("authority", value)]


@pytest.mark.parametrize(
    "text", ["jag stod i kassan på konsum", "en del af mit liv", "med posten", "plats, bankid låste sig", "medans"]
)
def test_no_authority(text: str) -> None:
    assert found(text) == []


def test_each_value_once_with_its_place_in_the_text() -> None:
    text = "mamma och mammas läs platta"
    assert [(e.value, text[e.start : e.end]) for e in find_named(text)] == [
        ("mamma", "mamma"),
        ("surfplatta", "läs platta"),
    ]


def test_a_slip_counts_in_languages_that_we_can_tell_words_of() -> None:
    assert found("svedbanc") == [("bank", "Swedbank")]
    assert found("svedbanc", "pl") == []
