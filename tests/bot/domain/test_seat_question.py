"""What is said of a course by somebody who was asked whether they want a seat."""

from __future__ import annotations

import pytest

from bot.domain.seat_question import About, asks, leaves, takes, thinks, wants_both

_ASKED = {
    About.COST: ["kostar det något?", "e de gratis", "vad är avgiften", "måste man betala nåt", "what does it cost", "va e priset", "är det dyrt"],
    About.PLACE: ["var ligger det?", "va e de nånstans", "vilket bibliotek", "vilken adress", "where is it", "var", "var håller ni till", "är det på biblioteket"],
    About.WAY: ["hur kommer jag dit", "går det buss", "finns det parkering", "hur hittar man dit", "is there parking"],
    About.COMPANY: ["kan jag ta med mig min man?", "far frun komma me", "kan vi komma två", "får dottern följa med", "can my wife come", "jag vill ta med en väninna"],
    About.BRING: ["behöver jag ha med mig dator?", "maste ja ta me egen telefon", "vad ska jag ha med mig", "ska man ta med laddare", "do I need a computer", "har ni datorer där"],
    About.LENGTH: ["hur lång tid tar det?", "hu länge håller de på", "när slutar den", "how long is it", "hur många gånger är det", "är det hela dagen"],
    About.WHEN: ["vilken tid sa du?", "är den på en tisdag?", "när är det", "vilket datum var det", "är det förmiddag", "what time was it", "hur dags"],
    About.ACCESS: ["finns det hiss?", "e de trappor dit", "jag har rullator", "finns det toalett", "jag hör dåligt", "kommer man in med rullstol"],
    About.LEVEL: ["är det svårt?", "är det för nybörjare", "jag kan ju ingenting", "är jag för gammal", "måste man va bra på mobiler", "is it difficult"],
    About.SEATS: ["hur många är ni", "finns det platser kvar", "är det fullt", "hur stor är gruppen", "how many are there"],
    About.LANGUAGE: ["är det på svenska", "is it in English", "vilket språk"],
    About.OTHER_TIME: ["finns det en senare?", "kan jag få en annan dag", "nån annan tid", "is there another time"],
    About.OTHER_COURSE: ["en annan", "finns det nåt annat", "nej en annan kurs"],
    About.SOMETHING: ["får man fika", "vem håller i kursen", "bjuds det på kaffe?", "är det roligt"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "about"), [(text, about) for about, texts in _ASKED.items() for text in texts])
def test_what_is_asked_about(text: str, about: About) -> None:
    assert asks(text) == about
    assert not takes(text)


@pytest.mark.parametrize("text", ["boka den", "den tar jag", "ok anmäl mig", "det blir bra", "jo det passar", "de går bra", "jag vill ha den platsen", "då säger vi så", "ta den", "sign me up", "skriv upp mig", "ja den passar bra"])  # fmt: skip
def test_a_yes_in_own_words(text: str) -> None:
    assert takes(text)
    assert not leaves(text)


@pytest.mark.parametrize("text", ["nej den passar inte", "har inte tid då", "jag kan inte då", "jag hinner inte", "jag är bortrest", "det är för tidigt", "I can't make it", "den vill jag inte ha", "nä jag avstår"])  # fmt: skip
def test_a_no_in_own_words(text: str) -> None:
    assert leaves(text)
    assert not takes(text)


@pytest.mark.parametrize("text", ["vänta lite jag ska titta i almanackan", "hm vet inte", "jag måste fråga min dotter först", "jag återkommer", "kanske", "låt mig fundera", "jag kan inte bestämma mig", "let me check", "det låter bra men jag vill fråga min fru först"])  # fmt: skip
def test_thinking_it_over_is_neither(text: str) -> None:
    assert thinks(text)
    assert not leaves(text) and asks(text) is None


@pytest.mark.parametrize(
    "text", ["boka inte den", "avboka", "jag vet inte om det passar", "passar det bra?", "ja om det är gratis"]
)
def test_what_is_no_yes(text: str) -> None:
    assert not takes(text)


def test_both() -> None:
    assert wants_both("båda två") and wants_both("ja bägge tack")
    assert not wants_both("inte båda")


def test_what_asks_nothing_is_about_nothing() -> None:
    assert asks("tack") is None
    assert asks("") is None
