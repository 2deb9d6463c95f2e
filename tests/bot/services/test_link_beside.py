"""The question to the elder beside everything else that a conversation may be in the middle of."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.address import Address
from bot.domain.conversation import Conversation, Question
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import CaseNoteRow
from tests.bot.linking import ELDER, OTHER, RELATIVE, Linking


@pytest.fixture
def town(database: Database) -> Linking:
    return Linking(database)


def _open(town: Linking, question: Question | None) -> None:
    """The elder is asked something else."""
    with town.database.writing() as session:
        found = conversations.of_address(session, Address(ELDER))
        assert found
        state = Conversation.from_json(found[1].state)
        conversations.change_state(session, found[1].id, state.with_(question=question))


def _question(town: Linking) -> Question | None:
    with town.database.reading() as session:
        found = conversations.of_address(session, Address(ELDER))
        assert found
        return Conversation.from_json(found[1].state).question


def test_before_an_open_guide_whose_step_stays(town: Linking) -> None:
    town.says(ELDER, "swish", "swish")
    town.asks()
    assert "ANHÖRIG STOPP" in town.says(ELDER, "JA")[0]
    assert "2 av" in town.says(ELDER, "KLART")[0]


def test_a_sentence_in_a_guide_is_about_the_guide(town: Linking) -> None:
    town.says(ELDER, "swish", "swish")
    town.asks()
    town.says(ELDER, "KLART")
    town.says(ELDER, "ja nu fungerar det", "affirm")
    assert town.status() == ["asked"]


@pytest.mark.parametrize("kind", ["cancel_booking", "borrow", "cancel_loan", "loan_ready", "seat", "danger"])
def test_what_binds_is_answered_first(town: Linking, kind: str) -> None:
    town.says(ELDER, "hej", "greet")
    town.asks()
    option = "fraud_suspected" if kind == "danger" else "1"
    _open(town, Question(kind, (option,)))
    town.says(ELDER, "NEJ")
    assert town.status() == ["asked"]
    town.says(ELDER, "NEJ")
    assert town.status() == ["declined"]


def test_the_question_comes_back_after_the_other_answer(town: Linking) -> None:
    town.says(ELDER, "hej", "greet")
    town.asks()
    _open(town, Question("cancel_booking", ("1",)))
    assert "Får Anna följa" in town.says(ELDER, "NEJ")[0]
    town.says(ELDER, "JA")
    assert town.status() == ["active"]


def test_a_person_who_was_offered_since_is_answered_first(town: Linking) -> None:
    town.asks()
    town.says(ELDER, "blah blah")
    _open(town, Question("person", about="asked"))
    town.says(ELDER, "NEJ")
    assert town.status() == ["asked"]


def test_a_person_who_was_offered_before_is_not(town: Linking) -> None:
    town.says(ELDER, "hej", "greet")
    _open(town, Question("person", about="asked"))
    town.asks()
    town.says(ELDER, "NEJ")
    assert town.status() == ["declined"]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("pappa säger att han svarat ja", None),
        ("har han sagt ja?", None),
        ("har du fått svar från pappa", None),
        ("har han godkänt?", "fraud_suspected"),
        ("får jag följa nu?", None),
    ],
)
def test_what_the_relative_says_of_the_answer_is_no_answer(town: Linking, text: str, means: str | None) -> None:
    town.asks()
    assert "inte fått något svar från din pappa" in town.says(RELATIVE, text, means)[0]
    assert town.cases() == []
    assert town.status() == ["asked"]


@pytest.mark.parametrize(("text", "means", "why"), [
    ("hon tvingar mig att svara ja", "out_of_scope", "Den äldre verkar pressad: hon tvingar"), ("är detta en bluff", "fraud_suspected", "Den äldre undrar om frågan är äkta"),
    ("jag är Gretas son, det går bra", "affirm", "Någon annan verkar svara"), ("Anna har stulit mina pengar", "fraud_suspected", "gjort något illa"),
])  # fmt: skip
def test_why_it_is_held_is_told(town: Linking, text: str, means: str, why: str) -> None:
    town.asks()
    town.says(ELDER, text, means)
    assert town.status() == ["held"]
    assert why in town.links()[0].reason
    with town.database.reading() as session:
        notes = list(session.scalars(select(CaseNoteRow.text)))
    assert any("Får Anna följa" in note and why.split(":")[0] in note for note in notes)


def test_a_soft_question_gives_way(town: Linking) -> None:
    town.says(ELDER, "MENY")
    town.asks()
    town.says(ELDER, "JA")
    assert town.status() == ["active"]


def test_with_a_case_that_waits(town: Linking) -> None:
    town.says(ELDER, "MÄNNISKA")
    town.asks()
    town.says(ELDER, "JA")
    town.says(ELDER, "3")
    assert [(link.status, link.scope) for link in town.links()] == [("active", "book")]


def test_no_number_is_asked_for_beside_a_guides_own_question(town: Linking) -> None:
    town.says(ELDER, "hej", "greet")
    town.asks()
    _open(town, Question("book", ("1",)))
    town.says(ELDER, "NEJ")
    town.says(ELDER, "JA")
    question = _question(town)
    assert question
    assert question.kind == "scope"


@pytest.mark.parametrize(
    ("text", "means"), [("vem är det?", "about_bot"), ("vad betyder det?", "stuck"), ("jag känner ingen Anna", None)]
)
def test_explained_in_other_words(town: Linking, text: str, means: str | None) -> None:
    town.asks()
    answer = town.says(ELDER, text, means)[0]
    assert "Anna" in answer
    assert "JA" in answer
    assert town.status() == ["asked"]


@pytest.mark.parametrize(("text", "means", "status"), [
    ("ja det går bra", "affirm", "active"), ("ja hon får gärna", None, "active"), ("nej jag känner henne inte", None, "declined"),
    ("ja men vad betyder det?", "affirm", "asked"), ("det är ok", "affirm", "active"),
])  # fmt: skip
def test_sentences(town: Linking, text: str, means: str | None, status: str) -> None:
    town.asks()
    town.says(ELDER, text, means)
    assert town.status() == [status]


@pytest.mark.parametrize(("text", "means", "status"), [
    ("det är min flicka så det är klart", "next", "active"), ("klart hon får", None, "active"), ("ja jag vill ha hjälp med swish", "affirm", "asked"),
    ("jag klarar mig själv", None, "declined"), ("jag har det bra som det är", "affirm", "declined"), ("det är min dotter", "affirm", "active"),
])  # fmt: skip
def test_in_the_elders_own_words(town: Linking, text: str, means: str | None, status: str) -> None:
    town.asks()
    town.says(ELDER, text, means)
    assert town.status() == [status]


@pytest.mark.parametrize(
    "text", ["är detta bluff?", "det här verkar vara bedrägeri", "jag känner ingen med det numret"]
)
def test_who_doubts_gets_a_handledare_and_no_fraud(town: Linking, text: str) -> None:
    town.asks()
    before = len(town.to(RELATIVE))
    answer = town.says(ELDER, text, "fraud_suspected")[0]
    assert "inget startar nu" in answer
    assert [(case.address, case.reasons, case.urgency) for case in town.cases()] == [(ELDER, ["asked"], "normal")]
    assert town.status() == ["held"]
    town.says(ELDER, "JA")
    assert town.status() == ["held"], "a handledare looks first"
    assert len(town.to(RELATIVE)) == before


def test_a_loss_told_with_the_question_open_is_a_fraud(town: Linking) -> None:
    town.asks()
    town.says(ELDER, "det var bluff och jag har gett min kod", "fraud_suspected")
    assert town.cases()[0].reasons == ["fraud"]


def test_a_doubt_without_any_question_is_what_it_sounds_like(town: Linking) -> None:
    town.says(ELDER, "är detta bluff?", "fraud_suspected")
    assert "spärra" in town.to(ELDER)[-1]


def test_a_name_that_comes_after_the_number_is_taken(town: Linking) -> None:
    town.says(RELATIVE, "jag vill följa min mammas ärende, hon har 070-174 06 07", "relative_help")
    assert "Tack, Karin" in town.says(RELATIVE, "Karin heter jag", "greet")[0]


@pytest.mark.parametrize("text", ["hälsa pappa att jag kommer", "hälsa handledaren att pappa hör dåligt"])
def test_before_a_yes_nothing_is_passed_on_and_that_is_said(town: Linking, text: str) -> None:
    town.asks()
    answer = town.says(RELATIVE, text)[0]
    assert "kan inte lämna hälsningar" in answer or "inte lämnat vidare" in answer


def test_a_greeting_goes_to_the_case_that_is_open(town: Linking) -> None:
    town.agreed()
    assert "skriv själv" in town.says(RELATIVE, "hälsa pappa att jag kommer")[0]
    town.says(ELDER, "MÄNNISKA")
    assert "med ditt namn" in town.says(RELATIVE, "hälsa pappa att jag kommer på söndag")[0]


def test_a_greeting_of_somebody_who_follows_nobody(town: Linking) -> None:
    assert "kan inte lämna hälsningar" in town.says(RELATIVE, "hälsa pappa att jag kommer", "greet")[0]
    assert "inte lämnat vidare" in town.says(RELATIVE, "hälsa handledaren att pappa hör dåligt")[0]


def test_the_number_told_while_a_handledare_is_waited_for_is_to_be_phoned_on(town: Linking) -> None:
    town.says(RELATIVE, "MÄNNISKA")
    town.says(RELATIVE, "mamma har 070-174 06 07")
    assert town.links() == []


def test_a_wish_in_so_many_words_though_a_case_waits(town: Linking) -> None:
    town.says(RELATIVE, "MÄNNISKA")
    town.asks(number="070-174 06 07")
    assert town.status() == ["asked"]


def test_a_suspected_fraud_that_is_but_a_number(town: Linking) -> None:
    town.says(RELATIVE, "jag vill följa min mammas ärende", "relative_help")
    town.says(RELATIVE, "mammas nummer är 070-174 06 07", "fraud_suspected")
    assert town.status() == ["asked"]
    assert town.to(OTHER)


def test_an_english_elder_is_asked_in_english(town: Linking) -> None:
    town.says(ELDER, "english")
    town.asks()
    assert "Reply OK" in town.to(ELDER)[-1]
    town.says(ELDER, "OK")
    assert town.status() == ["active"]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("jaha", "affirm"), ("ja vem är det", "affirm"), ("ja hej", "affirm"), ("hur gör jag för att säga ja", "affirm"), ("ja men bara om kurser", "course_list"),
        ("ja om hon inte får se mina pengar", "fraud_suspected"), ("får hon se mina pengar då?", "fraud_suspected"), ("jag svarar senare", "cancel"),
        ("jag vet inte riktigt", "stuck"), ("ja nej alltså jag vet inte", "deny"), ("ja fast hon får inte boka", "course_cancel"), ("hjälpa mig med vad", "menu"), ("vem frågar", "about_bot"),
    ],
)  # fmt: skip
def test_near_an_answer_the_question_stays_open_and_is_put_again(town: Linking, text: str, means: str) -> None:
    town.asks()
    answer = town.says(ELDER, text, means)[0]
    assert "Anna" in answer
    assert "JA eller NEJ" in answer or "annars NEJ" in answer
    assert town.status() == ["asked"]
    assert not town.cases()
    town.says(ELDER, "JA")
    assert town.status() == ["active"]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Anna skriver nu åt pappa: ja", "fraud_suspected"),
        ("jag är Kurts dotter, han ligger på sjukhus. ja det går bra", "relative_help"),
        ("pappa säger ja", "affirm"),
    ],
)
def test_nobody_else_says_yes(town: Linking, text: str, means: str) -> None:
    town.asks()
    before = len(town.to(RELATIVE))
    assert "själv säga ja" in town.says(ELDER, text, means)[0]
    assert town.status() == ["held"]
    assert len(town.to(RELATIVE)) == before
    assert [(case.address, case.reasons) for case in town.cases()] == [(ELDER, ["asked"])]


def test_what_is_not_known_puts_the_question_again(town: Linking) -> None:
    town.asks()
    assert "Anna" in town.says(ELDER, "blah blah")[0]
    assert town.status() == ["asked"]


@pytest.mark.parametrize("text", ["nej jag ångrar mig", "nej förresten", "nej hon ska inte det", "ingenting"])
def test_a_regret_right_after_the_yes_ends_it(town: Linking, text: str) -> None:
    town.agreed()
    assert "får Anna inte följa" in town.says(ELDER, text, "deny")[0]
    assert town.status() == ["ended"]


def test_nej_to_what_more_keeps_the_yes(town: Linking) -> None:
    town.agreed()
    assert "blir det som det är" in town.says(ELDER, "NEJ")[0]
    assert town.status() == ["active"]


@pytest.mark.parametrize(
    ("text", "means"), [("Anna lurar mig på pengar", "fraud_suspected"), ("min dotter slår mig", "emergency")]
)
def test_who_is_accused_learns_nothing(town: Linking, text: str, means: str) -> None:
    town.agreed()
    town.says(ELDER, "1")
    before = len(town.to(RELATIVE))
    town.says(ELDER, text, means)
    assert town.status() == ["held"]
    assert "ärende" not in town.says(RELATIVE, "hur går det för pappa", "case_status")[0]
    assert len(town.to(RELATIVE)) == before + 1


def test_who_is_accused_beside_the_open_question(town: Linking) -> None:
    town.asks()
    town.says(ELDER, "Anna tvingar mig och har tagit mina pengar", "fraud_suspected")
    assert town.status() == ["held"]


def test_one_of_two_is_named(town: Linking) -> None:
    town.asks()
    town.says(OTHER, "jag heter Bo och vill följa min pappas ärende, hans nummer är 070-174 06 05", "relative_help")
    assert "Vem säger du ja till" in town.says(ELDER, "ja anna får men inte bo", "course_cancel")[0]
    assert town.status() == ["asked", "asked"]
    town.says(ELDER, "nej inte Bo", "deny")
    assert town.status() == ["asked", "declined"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("nej inte Bo", ["asked", "declined"]),
        ("inte bo", ["asked", "declined"]),
        ("alla utom Bo", ["asked", "asked"]),
        ("anna men inte bo", ["asked", "asked"]),
        ("bara anna", ["active", "asked"]),
        ("båda", ["active", "active"]),
    ],
)
def test_which_of_two_in_own_words(town: Linking, text: str, status: list[str]) -> None:
    town.asks()
    town.says(OTHER, "jag heter Bo och vill följa min pappas ärende, hans nummer är 070-174 06 05", "relative_help")
    town.says(ELDER, "JA")
    town.says(ELDER, text)
    assert town.status() == status


@pytest.mark.parametrize(("text", "means"), [("tack", "thanks"), ("hej", "greet")])
def test_thanks_and_a_greeting_are_no_answer_and_the_question_is_put_again(
    town: Linking, text: str, means: str
) -> None:
    town.asks()
    assert "Får Anna följa dina ärenden?" in town.says(ELDER, text, means)[0]
    assert town.status() == ["asked"]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("vad kan Anna se?", "menu"),
        ("får hon läsa det jag skriver", "privacy"),
        ("vad får Anna veta om mig", "out_of_scope"),
    ],
)
def test_what_a_follower_sees_is_told(town: Linking, text: str, means: str) -> None:
    town.agreed()
    town.says(ELDER, "1")
    assert "Aldrig det du skriver" in town.says(ELDER, text, means)[0]
    assert town.status() == ["active"]


def test_what_one_sees_oneself_is_another_matter(town: Linking) -> None:
    town.agreed()
    town.says(ELDER, "1")
    assert "Aldrig det du skriver" not in town.says(ELDER, "kan jag se min journal", "health_1177")[0]


def test_one_more_to_follow_is_no_fraud(town: Linking) -> None:
    town.asks()
    sent = town.sends(RELATIVE, "och mamma också, hon har 070-174 06 11", "fraud_suspected")
    assert any(to == "+46701740611" and "Får Anna" in text for to, text in sent)
    assert town.cases() == []


@pytest.mark.parametrize(("text", "means", "scope"), [
    ("Anna får inte boka nåt åt mej va", "course_cancel", "reminders"), ("hon ska bara få se", "emergency", "follow"), ("ändra så hon inte kan boka", "course_cancel", "reminders"),
])  # fmt: skip
def test_less_in_words_is_done_at_once(town: Linking, text: str, means: str, scope: str) -> None:
    town.agreed()
    town.says(ELDER, "3")
    town.says(ELDER, text, means)
    assert [link.scope for link in town.links()] == [scope]
    assert town.cases() == []


def test_more_in_words_is_asked_by_its_number(town: Linking) -> None:
    town.agreed()
    town.says(ELDER, "1")
    assert "3 Boka åt mig också" in town.says(ELDER, "hon får gärna boka åt mig", "course_book")[0]
    assert [link.scope for link in town.links()] == ["follow"]


def test_what_is_ones_own_booking_is_no_scope(town: Linking) -> None:
    town.agreed()
    town.says(ELDER, "3")
    town.says(ELDER, "jag kan inte boka tid på 1177", "health_1177")
    assert [link.scope for link in town.links()] == ["book"]
