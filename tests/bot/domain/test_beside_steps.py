from __future__ import annotations

import pytest

from bot.domain.beside_steps import is_ashamed, is_back, is_plain_fact, only_tells, pauses, returns, will_try

PAUSES = """vänta lite|Vänta, jag ska hämta glasögonen|jag måste hämta glasögonen|vi fortsätter imorgon|nu ska jag äta|återkommer|strax|ringer min dotter först|en stund bara
|maste satta pa kaffet|ska leta reda på dosan|jag gör det sen|inte nu|vi tar det en annan dag|ett ögonblick bara|kan vi fortsätta ikväll|nu räcker det för idag|tar en paus
|håller på|vänta, jag ska kolla i almanackan|nä nu får det vänta till imorgon|kaffet är klart, återkommer|en sekund bara, ska hitta läsglasögonen|hold on|one moment please|i have to get my glasses"""
RETURNS = """nu är jag tillbaka|då kör vi|var var vi?|nu har jag glasögonen|hej nu har jag tid|jag är här nu|nu kan vi fortsätta|nu är min dotter här|var var jag nånstans
|vilket steg var det nu igen|så, var höll vi på?|jaha nu sitter jag här igen|where were we|i am back"""
SHAME = """jag är så dum|det här kan jag aldrig lära mig|jag är för gammal för sånt här|förlåt att jag är så trög|jag skäms|usch vad jag är klantig|ursäkta att jag besvärar
|allt är så krångligt nu för tiden|jag är 91 och klantig|I feel so stupid"""
TELLS = """vi har redan börjat bygga|jag har den blå dosan|jag har en samsung|jag bor i Kalmar|min fru är hos frisören|jag är 84 år|jag har swedbank|telefonen är ny|det är min son som gav mig den"""
OTHERS = """hur skaffar man swish|jag har glömt koden|jag måste hämta ut recept|jag ska ringa banken|jag måste ringa 112|jag är lurad|det händer inget|hittar inte knappen|när ska jag lämna tillbaka
|nu kom jag in|jag har gjort det|jag har hämtat appen|ring mig i morgon|jag har ont i bröstet|jag orkar inte leva|jag har ingen dosa|min man svarar inte|min man har ramlat|min fru är medvetslös
|min son ringer och vill ha pengar|jag är så dum, jag gav dem koden|jag skäms, jag har blivit lurad|någon ringer på dörren och säger att de är från banken|jag är hemma och blöder
|det är mitt fel att pengarna är borta|vänta, jag fick ingen kod|strax, men hur bokar jag tid"""


def _each(said: str) -> list[str]:
    return [text.strip() for text in said.split("|")]


@pytest.mark.parametrize("text", _each(PAUSES))
def test_a_pause(text: str) -> None:
    assert pauses(text)


@pytest.mark.parametrize("text", _each(RETURNS))
def test_a_return(text: str) -> None:
    assert returns(text)
    assert not pauses(text)


@pytest.mark.parametrize("text", _each(SHAME))
def test_shame(text: str) -> None:
    assert is_ashamed(text)


@pytest.mark.parametrize("text", _each(TELLS))
def test_a_fact_about_oneself(text: str) -> None:
    assert only_tells(text)


@pytest.mark.parametrize("text", _each(OTHERS))
def test_what_says_more_is_none_of_them(text: str) -> None:
    assert not (pauses(text) or returns(text) or is_ashamed(text) or only_tells(text))


def test_more_is_a_return_right_after_a_pause() -> None:
    assert not returns("nu har jag hittat dosan")
    assert returns("nu har jag hittat dosan", after_pause=True)
    assert not returns("nu är det klart", after_pause=True)
    assert not returns("nu hittar jag ingen dosa", after_pause=True)


def test_going_on_is_not_coming_back() -> None:
    assert is_back("nu är jag tillbaka")
    assert not is_back("då går vi vidare")


def test_a_bank_or_an_age_is_plain() -> None:
    assert is_plain_fact("jag har swedbank")
    assert is_plain_fact("jag är 84 år")
    assert not is_plain_fact("jag har en knöl i bröstet")


TRIES = """ok då gör jag så|jag ska prova|det ska jag göra|nu ska vi se|jag provar|då provar jag det|det gör jag|jag ska försöka igen|då får jag prova|ja det ska jag testa|let me try that|ok jag ska göra det|ok ska göra det|ja det ska jag försöka göra"""
NO_TRIES = """ska jag göra det|får jag göra det|hur gör jag|jag har gjort det|jag har provat|jag ska betala|jag ska prova?|gör jag så|jag ska göra slut på det|jag ska göra det slut"""


@pytest.mark.parametrize("text", _each(TRIES))
def test_who_goes_and_does_it(text: str) -> None:
    assert will_try(text)


@pytest.mark.parametrize("text", _each(NO_TRIES))
def test_who_does_not_say_so(text: str) -> None:
    assert not will_try(text)


@pytest.mark.parametrize(
    "text",
    ["jag orkar inte mer nu", "orkar inte mer idag", "jag får fundera", "jag är så trött nu", "hinner inte mer nu"],
)
def test_who_must_stop_for_now(text: str) -> None:
    assert pauses(text)


@pytest.mark.parametrize(
    "text", ["jag orkar inte mer", "jag orkar inte leva", "jag är trött på livet", "jag orkar inte"]
)
def test_despair_is_no_pause(text: str) -> None:
    assert not pauses(text)


def test_a_greeting_before_the_return() -> None:
    assert returns("god morgon nu är jag tillbaka")
    assert returns("Goddag, nu är jag här igen")
    assert returns("jo vi fortsätter")
    assert not returns("vi fortsätter sen")
