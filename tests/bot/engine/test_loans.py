"""What may be borrowed, and borrowing it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.events import Event, LoanCancelled, LoanExtended, LoanWanted
from bot.domain.loan import Loan, LoanStatus
from tests.bot.engine.talk import Talk
from tests.bot.lending import BRANCH, LAPTOP, LIBRARY, TABLET, shelf

KALMAR = {"place": "Kalmar"}


def _talk(*loans: Loan, language: str = "sv") -> Talk:
    return Talk(shelf=shelf(*loans), language=language)  # type: ignore[arg-type]


def _lending(talk: Talk) -> list[Event]:
    return [event for event in talk.events if isinstance(event, LoanWanted | LoanExtended | LoanCancelled)]


def test_a_list_and_one_by_number() -> None:
    talk = _talk()
    answer = talk.says("vad kan man låna", "device_loan", entities=KALMAR)
    assert "1 Surfplatta (28 dagar)" in answer
    assert "2 Bärbar dator (14 dagar), kö" in answer
    assert talk.segments <= 3
    assert [button.says for button in talk.buttons] == ["1", "2"]
    assert "Hämtas på Kalmar stadsbibliotek" in talk.says("1")
    talk.says("JA")
    assert _lending(talk) == [LoanWanted(TABLET.id, LIBRARY)]
    assert "undanlagd åt dig. Hämta senast måndag 30 november, Kalmar stadsbibliotek" in talk.answer
    assert talk.segments <= 2


def test_what_the_message_names_comes_at_once() -> None:
    talk = _talk()
    assert "1 Surfplatta" not in talk.says("kan jag låna en surfplatta", "device_loan", entities=KALMAR)
    assert "Vill du låna?" in talk.answer
    assert talk.conversation.question
    assert talk.conversation.question.kind == "borrow"


def test_a_kit_says_what_is_in_it_and_a_queue_how_long_it_is() -> None:
    talk = _talk()
    assert "(dator, laddare)" in talk.says("låna dator", "device_loan", entities=KALMAR)
    assert "2 står i kö" in talk.answer
    talk.says("ja")
    assert _lending(talk) == [LoanWanted(LAPTOP.id, waits=True)]
    assert "Du är nummer 3" in talk.answer


def test_no_thank_you() -> None:
    talk = _talk()
    talk.says("låna surfplatta", "device_loan", entities=KALMAR)
    assert "lånar du inget" in talk.says("nej")
    assert _lending(talk) == []


def test_something_else_than_yes_or_no_is_no_answer() -> None:
    talk = _talk()
    talk.says("låna surfplatta", "device_loan", entities=KALMAR)
    assert "Närmaste hjälp" in talk.says("var finns hjälp", "find_place", entities=KALMAR)


def test_a_number_that_is_not_in_the_list() -> None:
    talk = _talk()
    talk.says("vad kan man låna", "device_loan", entities=KALMAR)
    assert "från 1 till 2" in talk.says("7")
    assert "28 dagar" in talk.says("ettan")


def test_words_beside_the_numbers() -> None:
    talk = _talk()
    talk.says("vad kan man låna", "device_loan", entities=KALMAR)
    assert "(dator, laddare)" in talk.says("en dator vill jag ha", "computer_tablet")
    talk.says("vad kan man låna", "device_loan", entities=KALMAR)
    assert "lånar du inget" in talk.says("nej")


def test_where_is_asked_and_remembered() -> None:
    talk = _talk()
    assert "I vilken ort är du" in talk.says("vad kan man låna", "device_loan")
    assert "vad du kan låna" in talk.says("ja")
    assert "1 Surfplatta" in talk.says("kalmar", entities=KALMAR)
    assert "1 Surfplatta" in talk.says("vad kan man låna", "device_loan")


def test_the_thing_is_kept_while_the_town_is_asked() -> None:
    talk = _talk()
    talk.says("får man låna en surfplatta", "device_loan")
    assert "Surfplatta" in talk.says("kalmar", entities=KALMAR) and "Vill du låna?" in talk.answer


def test_nothing_is_lent_there() -> None:
    talk = _talk()
    assert "inget att låna nära Kiruna" in talk.says(
        "låna platta i kiruna", "device_loan", entities={"place": "Kiruna"}
    )
    assert "inget att låna" in Talk().says("låna platta", "device_loan", entities=KALMAR)


def test_ones_own_municipality_comes_first_and_only_once() -> None:
    theirs = replace(TABLET, id=7, municipality="mjolby", homes=("mjolby-bibliotek",), free_at=("mjolby-bibliotek",))
    talk = Talk(shelf=shelf(types=(theirs, TABLET)))
    talk.says("låna surfplatta", "device_loan", entities=KALMAR)
    assert "Kalmar stadsbibliotek" in talk.answer


def test_the_nearest_one_is_fetched() -> None:
    both = replace(TABLET, homes=(BRANCH, LIBRARY), free_at=(LIBRARY, BRANCH))
    talk = Talk(shelf=shelf(types=(both,)))
    assert "Lindsdals bibliotek" in talk.says("låna surfplatta", "device_loan", entities={"place": "Lindsdal"})
    talk.says("JA")
    assert _lending(talk) == [LoanWanted(TABLET.id, BRANCH)]


def test_it_was_taken_away_meanwhile() -> None:
    talk = _talk()
    talk.says("vad kan man låna", "device_loan", entities=KALMAR)
    talk.shelf = shelf(types=(LAPTOP,))
    assert "går inte att låna längre" in talk.says("1")
    talk = _talk()
    talk.says("låna surfplatta", "device_loan", entities=KALMAR)
    talk.shelf = shelf(types=())
    assert "går inte att låna längre" in talk.says("JA")
    assert _lending(talk) == []


def test_the_last_one_was_taken_meanwhile() -> None:
    talk = _talk()
    talk.says("låna surfplatta", "device_loan", entities=KALMAR)
    talk.shelf = shelf(types=(replace(TABLET, free_at=()),))
    assert "Nu står du i kö" in talk.says("JA")
    assert _lending(talk) == [LoanWanted(TABLET.id, waits=True)]


def test_who_has_one_gets_no_second() -> None:
    talk = _talk(Loan(3, TABLET, LoanStatus.QUEUED, number=2))
    assert "Du är nummer 2" in talk.says("låna surfplatta", "device_loan", entities=KALMAR)
    assert talk.conversation.question is None


def test_the_open_guide_stays() -> None:
    talk = _talk()
    talk.says("skaffa swish", "swish")
    at = talk.step
    talk.says("låna surfplatta", "device_loan", entities=KALMAR)
    talk.says("nej")
    assert talk.step == at


def test_in_english() -> None:
    talk = _talk(language="en")
    assert "2 Laptop (14 days), waiting list" in talk.says(
        "what can I borrow", "device_loan", entities=KALMAR, language="en"
    )
    talk.says("1")
    assert "Fetch it at the latest on Monday 30 November" in talk.says("ok", "affirm")
