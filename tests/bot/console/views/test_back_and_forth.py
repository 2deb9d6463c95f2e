"""Between a handledare at the console and a resident with a phone: what each sees of the other."""

from __future__ import annotations

import pytest

from tests.bot.console.stand import CONSOLE_WORLD, Desk, Stand
from tests.stand_ins import Post


@pytest.fixture
def post(stand: Stand) -> Post:
    """Svea was in the middle of a guide and asked for a person."""
    made = Post(stand.database, stand.clock, stand.wakeup, world=CONSOLE_WORLD)
    made.says("swish", "swish")
    made.says("KLART")
    made.says("MÄNNISKA")
    return made


def test_thanks_reopens_nothing_but_that_it_did_not_work_does(karin: Desk, stand: Stand, post: Post) -> None:
    karin.act(1, "reply", text="Starta om telefonen.", version=stand.row(1).version)
    karin.act(1, "resolve", outcome="solved", helped="Starta om")
    post.says("tack så mycket", "thanks")
    assert stand.row(1).status == "resolved"
    post.says("det funkade inte", "stuck")
    row = stand.row(1)
    assert (row.status, row.claimed_by, row.waiting_since) == ("waiting", None, stand.clock())
    page = karin.get("/console/cases/1").text
    for words in (
        "Öppnat igen: det fungerade inte.",
        "tack så mycket",
        "Ta ärendet",
        "Resultat förra gången",
        "Det här gjordes förra gången:",
    ):
        assert words in page, words
    assert "Det här hjälpte:" not in page, "it did not"


def test_handed_back_the_machine_goes_on_with_the_guide(karin: Desk, stand: Stand, post: Post) -> None:
    assert 'id="hand-back"' in karin.get("/console/cases/1").text
    page = karin.get("/console/cases/1/hand-back").text
    assert 'value="swish-2" checked' in page
    karin.act(1, "hand-back", guide="swish", step="swish-2")
    post.says("KLART")
    page = karin.get("/console/cases/1").text
    assert "swish 3." in page, "what the machine said afterwards is read in the closed case"
    assert "Karin lät Lotsen fortsätta" in page


def test_the_machine_is_silent_while_somebody_has_the_case(karin: Desk, stand: Stand, post: Post) -> None:
    karin.act(1, "claim")
    before = karin.get("/console/cases/1").text.count('class="message bot"')
    post.says("KLART")
    post.says("jag har en fråga till", "swish")
    page = karin.get("/console/cases/1").text
    assert page.count('class="message bot"') == before
    assert "jag har en fråga till" in page
