"""What a text tells of a BankID in the wrong hands with leave, and what tells of something worse."""

from __future__ import annotations

import pytest

from bot.domain.others_bankid import Use, asks_first, tells_trouble, told, with_leave


@pytest.mark.parametrize(
    "text",
    [
        "jag brukar logga in med mammas bankid",
        "får jag använda pappas bankid om han säger ja",
        "jag har min mans kod, kan jag legitimera mig åt honom",
        "mor har gett mig sin dosa så jag sköter hennes bank",
        "can I use my mother's BankID for her",
        "kan du hjälpa mig skaffa bankid i svärmors namn på min telefon",
        "far jag anvanda mammas bankid",
        "jag har mammas bankid på min telefon, är det ok",
        "jag lånar min sambos bank-id för att deklarera",
        "jag brukar knappa in koden åt gubben",
        "jag fixar farmors bank med dosan hon gav mig",
        "my husband gave me his code so I can log in for him",
        "jag fick dosan av mamma",
    ],
)
def test_the_writer_uses_anothers(text: str) -> None:
    assert told(text) is Use.OTHERS
    assert with_leave(text, Use.OTHERS)


@pytest.mark.parametrize(
    "text",
    [
        "vi delar på ett bankid jag och gubben",
        "min fru och jag har samma bankid",
        "kan man ha ett gemensamt bankid som makar",
    ],
)
def test_two_share_one(text: str) -> None:
    assert told(text) is Use.SHARED


@pytest.mark.parametrize(
    ("text", "leave"),
    [
        ("min dotter använder mitt bankid, det är jag som bett henne", True),
        ("barnbarnet loggar in med mitt bank-id, jag litar på honom", True),
        ("kan min dotter använda mitt bankid", True),
        ("får man låna ut sitt bankid till sin dotter", True),
        ("min son har mitt bankid på sin telefon så han kan betala mina räkningar", True),
        ("dottern fick låna mitt bankid så att hon kan sköta mina ärenden", True),
        ("min dotter använder mitt bankid", False),
    ],
)
def test_somebody_close_uses_the_writers(text: str, leave: bool) -> None:
    assert told(text) is Use.LENT
    assert with_leave(text, Use.LENT) is leave


@pytest.mark.parametrize(
    "text",
    [
        "någon har använt mitt bankid",
        "min son har tagit mitt bankid och tömt kontot",
        "min sonson har använt mitt bankid utan lov",
        "min dotter har använt mitt bankid och jag visste inget",
        "min dotter har mitt bankid och nu är pengarna borta",
        "min man har använt mitt bankid för att ta lån i mitt namn",
        "en främling bad mig logga in med hans bankid",
        "de ringde från banken och ville att jag skulle använda mammas bankid",
        "en snubbe betalar 4k om han får låna mitt bankid",
        "jag gav min kod till en man som ringde",
        "min son skrev från ett nytt nummer och jag gav honom mitt bankid",
    ],
)
def test_what_is_worse_is_left_to_others(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "mammas bankid fungerar inte",
        "hur skaffar mamma bankid",
        "jag har glömt koden till mammas bankid",
        "jag har problem med mammas bankid",
        "min son har lagt in mitt bankid i min telefon",
        "kan jag ha samma bankid på två telefoner",
        "pappa har fått en ny samsung, hur flyttar vi hans bankid dit från den gamla",
        "jag har mammas kod till telefonen",
        "jag fick en kod av banken",
        "hur loggar jag in med mitt eget bankid",
        "sonen är 15, måste båda föräldrar skriva på för hans bankid",
        "jag har lånat en bok och ett bankkort finns i väskan",
    ],
)
def test_no_such_use(text: str) -> None:
    assert told(text) is None


def test_a_stranger_spoken_of_as_him_gives_no_leave() -> None:
    assert told("jag legitimerade mig åt honom") is Use.OTHERS
    assert not with_leave("jag legitimerade mig åt honom", Use.OTHERS)


def test_a_question_tells_of_nothing_done() -> None:
    assert asks_first("hej, får min dotter använda mitt bankid")
    assert not asks_first("min dotter får använda mitt bankid")


def test_trouble_is_more_than_a_question_of_leave() -> None:
    assert tells_trouble("har bytt telefon och hade mammas bankid i den gamla")
    assert not tells_trouble("kan jag lägga in min mans bankid i min telefon")


@pytest.mark.parametrize(
    "text",
    [
        "mamma har gett mig koden så det är ok",
        "pappa gav mig sin dosa och mamma har sagt mig koden",
        "my mother has told me the code",
    ],
)
def test_a_code_that_was_given_by_somebody_close(text: str) -> None:
    use = told(text)
    assert use is not None
    assert with_leave(text, use)
