"""Whose need a message tells. Both tables are written as people write; a wrong "theirs" is far worse than a missed one."""

from __future__ import annotations

import pytest

from bot.domain.on_behalf import is_for_self, tells_own_need, whose_need
from bot.domain.relations import HELPED

THEIRS = """
mamma | Mamma 84 har fått ny telefon och kommer inte åt bankid
mamma | min mamma kommer inte åt BankID
mamma | mamma kommer itne in på 1177
mamma | mammas bankid krånglar
mamma | mammas bank-id har gått ut
mamma | Min mamma har glömt koden till BankID. Hur gör jag?
mamma | jag hjälper min mamma med bankid
mamma | Jag vill hjälpa min mamma med bankid
mamma | jag försöker hjälpa mamma att logga in på 1177
mamma | kan du hjälpa mig att hjälpa mamma med swish
mamma | det gäller min mamma
mamma | boka tid på vårdcentralen åt mamma
mamma | jag ska skaffa bankid åt min mamma
mamma | morsan har glömt koden till bankid o provat sig blå
mamma | min gamla mamma kan inte logga in
mamma | min 84-åriga mamma har glömt sin pinkod
mamma | mamma vill skaffa bankid
mamma | mamma behöver hjälp med 1177
mamma | mamma undrar hur man får bankid
mamma | vår mamma har tappat sin telefon
mamma | min mor kan inte hitta sin journal på 1177
mamma | Mamma får inte upp koden
mamma | hej! mamma har bytt telefon och kommer inte in på banken
mamma | sitter hos mamma och hon kommer inte in på 1177
mamma | jag sitter bredvid min mamma som inte kan logga in
pappa | pappa kan inte logga in
pappa | pappa har inget bankid
pappa | Pappa, 79, har köpt en ny iphone och bankid följde inte med
pappa | farsan fattar inte hur man loggar in
pappa | pappa ska deklarera på nätet
pappa | min pappa har låst sitt bankid
pappa | hjälper pappa med försäkringskassan
pappa | pappas mobil är full
pappa | jag behöver hjälp med pappas bankid
farmor | hjälper farmor med 1177
farmor | min farmor vill förnya recept
farmor | farmor 88 bytte lur igår nu kommer hon inte in med bank id på nya
farmor | farmors surfplatta startar inte
mormor | mormor behöver hjälp med swish
mormor | hur skaffar man bankid åt mormor
mormor | mormor Greta har glömt koden till bankid
mormor | Mormors bankid har slutat gälla
mormor | mormor 91 ska få en ny mobil. går hennes bankid att flytta?
morfar | morfar har glömt bankid koden
morfar | morfar lyckas inte logga in
farfar | farfar kan inte koden längre till sitt bankid, han har kvar dosan
farfar | hjälp min farfar med swish
granne | min granne har tappat sin kod
granne | min granne har inget bankid
granne | grannen kan inte logga in på försäkringskassan
granne | jag hjälper grannen med plattan
granne | grannfrun behöver hjälp med sin padda
man | min man har glömt koden till bankid
man | min man har fått ny telefon och kommer inte åt bankid
man | min make kan inte logga in på pensionsmyndigheten
man | min mans bankid är spärrat
fru | min fru kan inte logga in på 1177
fru | min fru har bytt telefon, hur flyttar hon bankid
svärmor | svärmor fattar inte hur man använder bankid
svärmor | svärmor har köpt ny mobil och når inte sitt bankid längre
svärfar | min svärfar kommer inte in på kivra
svärföräldrar | mina svärföräldrar behöver hjälp med swish
moster | moster Stina kan inte logga in
moster | min moster har glömt lösenordet till mejlen
faster | min faster vill ha bankid
farbror | farbror Hans kan inte logga in
farbror | farbror Olles telefon har fått fel kod
farbror | min farbror har problem med 1177
syster | min syster har inget bankid
bror | min bror saknar bankid
vän | min vän kan inte logga in
vän | en kompis har tappat sin telefon och kommer inte åt bankid
sambo | min sambo har glömt koden till sitt bankid
föräldrar | mina föräldrar kan inte logga in
klient | brukaren har glömt koden till sin surfplatta
klient | jag är dotter till en brukare som inte kommer in
klient | Vår brukare har bytt till en ny telefon
mamma | my mother can't log in
mamma | my mum has forgotten her BankID code
mamma | My mother needs help with 1177
mamma | how do I get BankID for my mother
mamma | I am helping my mother with BankID
mamma | my mum's phone is broken
mamma | its for my mum
pappa | helping my dad with BankID
pappa | my dad cant log in to the bank
pappa | my father wants to get BankID
pappa | my dad bought a new phone and can't open BankID
mormor/farmor | my grandmother has lost her code, what do I do
mormor/farmor | grandma wants to learn Swish
mormor/farmor | My 84-year-old grandmother doesn't know how to log in
morfar/farfar | my grandad forgot his password
granne | my neighbour has lost her code
granne | I want to help my neighbour with Swish
moster/faster | my aunt can't find the app
fru | my wife has a new phone and lost BankID
man | my husband cannot log in to 1177
vän | trying to help a friend get BankID
"""

NOT_THEIRS = """
min dotter säger att jag ska ha BankID
min son har installerat bankid men jag kommer inte in
min dotter har köpt en ny telefon till mig
min dotter kan inte hjälpa mig idag
min son har glömt sin kod
barnbarnet har fixat telefonen
min sonson säger att bankid är bra
min man är död, jag behöver hjälp med hans konto
min man dog i våras, hur kommer jag åt hans bank
mamma är död, hur avslutar vi hennes bankid
stang mammas kivra, hon ar dod
min avlidna mans bankid
pappas dödsbo
jag är änka efter min man och har inget bankid
min man gick bort och jag kan inte logga in
efter makens bortgång flyttar min mamma
begravning för mamma
jag och min man kommer inte in
min man och jag har inget bankid
jag och mamma har båda glömt koden
både min man och min fru
min man brukar göra det här men jag kan inte
min man brukar sköta banken
min fru har min telefon
min fru sköter allt med bankid
min man hjälper mig
min man hjälpte till med bankid men nu går det inte
min man kan inte hjälpa mig med bankid
min man kan inte heller
min man kan inte och jag vill logga in
min man säger att koden är fel
min man tycker att jag ska skaffa swish
min fru vill att jag skaffar bankid
mamma vill att jag ska ha bankid
mamma sa att ni kunde hjälpa till
pappa har skickat en länk
mamma har skickat pengar till mig
min granne har lånat pengar
min vän vill ha pengar
min vän vill att jag ska swisha
pappa har blivit lurad på pengar
swisha pengar till mamma
jag vill swisha till min syster
jag ska skicka pengar till min bror
jag ska ringa min mamma med video
hur ringer jag videosamtal till min mamma
hej mamma jag har tappat telefonen
Hej mamma! Min telefon är trasig, detta är mitt nya nummer
hej pappa kan inte logga in
får jag använda mammas bankid
kan jag logga in med min mans bankid
logga in med mammas bankid
jag lånar pappas telefon
skriver från min mans telefon
jag skriver på grannens mobil
jag har fått bankid av min syster
jag har ärvt min mans telefon
jag har fått min mammas gamla surfplatta
jag bor med min mamma och har glömt koden
jag bor hos min syster
enligt min granne måste man ha bankid
min granne har bankid men inte jag
min granne tipsade om er
min granne säger att det är bluff
min granne spelar hög musik
min kompis säger att swish är gratis
jag är mamma till tre barn och har glömt bankid
jag är ensamstående mamma
jag är pappa och ska vabba
hur delar mamma och pappa på föräldrapenningen
man kan inte logga in
man får inte upp koden
man måste ha bankid
hur gör man om man har glömt koden
det är far och flyg
jag hör inte så bra, min dotter läser
mitt bankid fungerar inte
jag har glömt koden till bankid
kommer inte in på 1177
hjälp med bankid
jag behöver hjälp
min telefon är ny
min gode man ska ha bankid
min gode man kan inte logga in
det gäller inte min mamma
inte för min mamma utan för mig
eftersom min man inte kan se behöver bankid fungera
sedan min man blev sjuk har bankid varit borta
slog frugans kod och nu är bankid låst
mamma min telefon är borta
mamma och pappa kan inte logga in
min man har bankid men det har inte jag
jag har inget bankid, min man har tappat sitt
min man och mina barn vill ha swish
my daughter says I need BankID
my son can't help me today
my husband died and I can't log in
my husband is dead
my wife usually does this
my husband says the code is wrong
my husband and I have forgotten the code
I got a new phone from my sister
I have forgotten my code
my late father's estate
can I use my mother's BankID
log in with my mum's BankID
my mother sent me money
my friend wants me to send money
hi mum I lost my phone
according to my neighbour I need BankID
my mother wants me to get BankID
I live with my mother and cannot log in
my neighbour told me about you
"""


def _theirs() -> list[tuple[str, str]]:
    return [(relation, text) for relation, _, text in (line.partition(" | ") for line in THEIRS.strip().splitlines())]


@pytest.mark.parametrize(("relation", "text"), _theirs())
def test_the_need_of_another_is_told(relation: str, text: str) -> None:
    assert whose_need(text) == relation


@pytest.mark.parametrize("text", NOT_THEIRS.strip().splitlines())
def test_nobody_is_taken_for_the_one_who_is_helped(text: str) -> None:
    assert whose_need(text) is None


def test_both_tables_are_long_enough_and_name_relations_that_exist() -> None:
    assert len(_theirs()) >= 80
    assert len(NOT_THEIRS.strip().splitlines()) >= 80
    assert {relation for relation, _ in _theirs()} <= set(HELPED)


@pytest.mark.parametrize("shouted", [True, False])
def test_capitals_and_marks_change_nothing(shouted: bool) -> None:
    text = "mamma kommer inte åt bankid!!!"
    assert whose_need(text.upper() if shouted else text) == "mamma"
    assert whose_need("MIN DOTTER SÄGER ATT JAG SKA HA BANKID") is None


@pytest.mark.parametrize(
    "text",
    ["", "   ", "?", "@", "@s bankid", "@ kan inte logga in", "mamma", "mamma mamma mamma", "a" * 1600, "mamma " * 300],
)
def test_odd_input_is_nobodys_need(text: str) -> None:
    assert whose_need(text) is None


@pytest.mark.parametrize("text", ["jag har glömt min kod", "I forgot my code", "det är mitt bankid", "hjälp mig"])
def test_own_need(text: str) -> None:
    assert tells_own_need(text)


@pytest.mark.parametrize("text", ["jag hjälper mamma med bankid", "bankid", "mamma kommer inte in", "hur gör jag"])
def test_no_own_need(text: str) -> None:
    assert not tells_own_need(text)


@pytest.mark.parametrize(
    "text",
    ["det gäller mig", "Det gäller mig själv!", "det är jag själv", "Nej, det är till mig", "för mig själv tack", "jag själv", "det är mig det gäller",
     "it is for me", "it's me", "det är jag som behöver hjälp"],
)  # fmt: skip
def test_for_self(text: str) -> None:
    assert is_for_self(text)


@pytest.mark.parametrize(
    "text", ["det gäller mamma", "jag", "mig", "det är jag som är dotter till mamma och hjälper henne", "ja"]
)
def test_not_for_self(text: str) -> None:
    assert not is_for_self(text) or text.startswith("det är jag som")
