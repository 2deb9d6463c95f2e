"""What a handledare does with a case: collisions, double presses, and what a form must hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.case import Status
from bot.store.tables import AddressRow, CaseNoteRow
from tests.bot.console.stand import Desk, Stand
from tests.stand_ins import SVEA

ACTS = ("claim", "release", "reply", "note", "resolve", "hand-back")


@pytest.fixture
def bo(at_desk: Callable[..., Desk]) -> Desk:
    return at_desk("Bo")


def test_a_whole_case(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    answer = karin.act(case, "claim")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/console/cases/{case}?done=claim#reply-text"
    assert "Ärendet är ditt." in karin.get(f"/console/cases/{case}?done=claim").text
    assert karin.act(case, "reply", text="Hej Svea,\r\nhar du bytt telefon?", version=1).status_code == 303
    assert stand.sent(case) == ["Karin: Hej Svea,\nhar du bytt telefon?"]
    assert stand.wakeup.woken_for_outbox == 1
    assert stand.row(case).status == Status.ANSWERED
    assert karin.act(case, "resolve", outcome="solved").status_code == 303
    row = stand.row(case)
    assert (row.status, row.outcome, row.claimed_by) == (Status.RESOLVED, "solved", karin.user.id)
    assert stand.acts(case) == ["claim", "view", "reply", "resolve"]


@pytest.mark.parametrize("act", ACTS)
def test_a_form_of_another_page_does_nothing(karin: Desk, stand: Stand, act: str) -> None:
    case = stand.case()
    path = f"/console/cases/{case}/{act}"
    fields = {"text": "x", "outcome": "solved", "version": "0"}
    attempts = [
        karin.client.post(path, data=fields),
        karin.client.post(path, data={**fields, "form": "0" * 64}),
        karin.post(path, headers={"Sec-Fetch-Site": "cross-site"}, **fields),
        karin.post(path, headers={"Origin": "https://evil.example"}, **fields),
    ]
    assert [answer.status_code for answer in attempts] == [403] * 4
    assert "Inget har ändrats" in attempts[0].text
    assert stand.row(case).version == 0
    assert stand.acts(case) == []


def test_a_form_of_another_session_does_nothing(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    assert karin.client.post(f"/console/cases/{case}/claim", data={"form": bo.form}).status_code == 403


def test_the_second_to_claim_is_told_who_was_first(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "claim")
    answer = bo.act(case, "claim")
    assert answer.status_code == 409
    assert "<h1>Karin har redan tagit det</h1>" in answer.text
    assert "Ta över från Karin" in answer.text
    assert stand.row(case).claimed_by == karin.user.id
    assert bo.act(case, "claim", take_over="1").status_code == 303
    assert stand.row(case).claimed_by == bo.user.id


def test_of_many_who_claim_at_once_exactly_one_wins(at_desk: Callable[..., Desk], stand: Stand) -> None:
    case = stand.case()
    desks = [at_desk(f"Nr {i}") for i in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda desk: desk.act(case, "claim").status_code, desks))
    assert sorted(answers) == [303, 409, 409, 409]
    assert stand.acts(case) == ["claim"]


def test_a_reply_to_a_case_that_a_colleague_took_is_not_sent_and_not_lost(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "claim")
    answer = bo.act(case, "reply", text="Mitt <långa> svar", version=0)
    assert answer.status_code == 409
    assert "Mitt &lt;långa&gt; svar</textarea>" in answer.text
    assert stand.sent(case) == []


@pytest.mark.parametrize("act", ["release", "resolve", "hand-back"])
def test_a_colleagues_case_is_not_released_or_closed(karin: Desk, bo: Desk, stand: Stand, act: str) -> None:
    case = stand.case()
    karin.act(case, "claim")
    assert bo.act(case, act, outcome="solved").status_code == 409
    assert stand.row(case).status == Status.CLAIMED
    assert bo.get(f"/console/cases/{case}/hand-back").status_code == 409


def test_a_reply_pressed_twice_is_sent_once(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    answers = [karin.act(case, "reply", text="Hej \u201cSvea\u201d", version=0) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert stand.sent(case) == ['Karin: Hej "Svea"']


def test_a_reply_pressed_twice_at_once_is_sent_once(karin: Desk, at_desk: Callable[..., Desk], stand: Stand) -> None:
    case = stand.case()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: karin.act(case, "reply", text="Hej", version=0).status_code, range(4)))
    assert answers == [303] * 4
    assert stand.sent(case) == ["Karin: Hej"]


def test_the_same_words_are_sent_again_when_they_are_meant(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "reply", text="Hej", version=0)
    karin.act(case, "reply", text="Hej", version=stand.row(case).version)
    assert stand.sent(case) == ["Karin: Hej", "Hej"]
    stand.clock.at += timedelta(seconds=61)
    karin.act(case, "reply", text="Hej", version=0)
    assert len(stand.sent(case)) == 3


def test_a_note_pressed_twice_is_one_note(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    for _ in range(2):
        assert karin.act(case, "note", text="Ringde, pin 1212", version=0).status_code == 303
    with stand.database.reading() as session:
        notes = session.scalars(select(CaseNoteRow)).all()
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("act", "fields", "status"),
    [
        ("claim", {}, Status.CLAIMED),
        ("resolve", {"outcome": "advice_given"}, Status.RESOLVED),
        ("hand-back", {"guide": "swish", "step": "swish-2"}, Status.RESOLVED),
    ],
)
def test_pressing_twice_does_nothing_twice(
    karin: Desk, stand: Stand, act: str, fields: dict[str, str], status: Status
) -> None:
    case = stand.case()
    answers = [karin.act(case, act, **fields).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert stand.row(case).status == status
    assert len(stand.acts(case)) == 1


def test_releasing_twice_does_nothing_twice(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "claim")
    assert [karin.act(case, "release").status_code for _ in range(2)] == [303, 303]
    assert stand.acts(case) == ["claim", "release"]
    assert stand.row(case).status == Status.WAITING


def test_what_cannot_be_done_any_more_is_told(karin: Desk, bo: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "resolve", outcome="solved")
    answer = bo.act(case, "reply", text="Hej", version=0)
    assert answer.status_code == 409
    assert "Ärendet är avslutat, så det gick inte att göra." in answer.text
    assert "Hej</textarea>" in answer.text
    assert bo.act(case, "resolve", outcome="other").status_code == 409
    assert bo.act(case, "claim").status_code == 409
    assert bo.act(case, "release").status_code == 409
    assert stand.sent(case) == []


@pytest.mark.parametrize(
    ("act", "fields", "words"),
    [
        ("reply", {"text": "  \r\n "}, "Skriv ett svar först."),
        ("reply", {"text": "å" * 1601}, "Svaret är för långt: 1601 tecken. Det får vara högst 1600."),
        ("note", {"text": ""}, "Skriv en anteckning först."),
        ("resolve", {}, "Välj hur det gick."),
        ("resolve", {"outcome": "deleted"}, "Välj hur det gick."),
    ],
)
def test_what_is_missing_is_told_beside_the_form(
    karin: Desk, stand: Stand, act: str, fields: dict[str, str], words: str
) -> None:
    case = stand.case()
    answer = karin.act(case, act, **fields)
    assert answer.status_code == 422
    assert f'role="alert" id="{act}-fault">{words}' in answer.text
    assert f'aria-describedby="{act}-fault' in answer.text
    if "å" in fields.get("text", ""):
        assert "å" * 1601 + "</textarea>" in answer.text
    assert stand.row(case).version == 0


def test_secrets_in_a_reply_are_masked(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    karin.act(case, "reply", text="Du är 19121212-1212?", version=0)
    assert stand.sent(case) == ["Karin: Du är [personnummer]?"]


def test_nobody_who_said_stopp_is_written_to(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    with stand.database.writing() as session:
        session.scalars(select(AddressRow).where(AddressRow.text == SVEA)).one().opted_out_at = stand.clock()
    answer = karin.act(case, "reply", text="Hej", version=0)
    assert answer.status_code == 409
    assert "Ring i stället" in answer.text
    assert "Hej</textarea>" in answer.text
    assert stand.sent(case) == []


def test_a_page_that_shows_less_than_was_written_closes_nothing(karin: Desk, stand: Stand) -> None:
    case = stand.case()
    page = karin.get(f"/console/cases/{case}").text
    heard = re.findall(r'form="resolve-form" name="heard" value="(\d+)"', page)[0]
    assert 'id="resolve-form"' in page
    stand.says(case, "nu ringer dom igen")
    answer = karin.act(case, "resolve", outcome="solved", helped="Ett nytt BankID", heard=heard)
    assert answer.status_code == 409
    assert "Personen har skrivit sedan du öppnade sidan." in answer.text
    assert "nu ringer dom igen" in answer.text
    assert "Ett nytt BankID</textarea>" in answer.text
    assert re.search(r'id="outcome-solved"[^>]* checked', answer.text)
    assert stand.row(case).status == Status.WAITING
    part = karin.get(f"/console/cases/{case}/part").text
    assert int(re.findall(r'name="heard" value="(\d+)"', part)[0]) > int(heard), "a live page knows"
    heard = re.findall(r'name="heard" value="(\d+)"', answer.text)[0]
    assert karin.act(case, "resolve", outcome="solved", heard=heard).status_code == 303
    assert stand.row(case).status == Status.RESOLVED
