"""The page of the audit log, and its file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.console.audit_words import AUDIT_WORDS
from bot.store import users
from tests.bot.console.stand import Desk, Stand

ROOT = Path(__file__).parents[4]
_WHO = r"<span><strong>(\w+)</strong>"
_ACT = re.compile(r"""(?:audit\(\n?[^"\n]*?|\.note\(|_done\([^"\n]*?)"(\w+)"(?: if \w+ else "(\w+)")?""")


@pytest.fixture
def sam(at_desk: Callable[..., Desk]) -> Desk:
    return at_desk("Sam", "samordnare", "kalmar")


def test_who_read_a_case_is_told_in_words(sam: Desk, at_desk: Callable[..., Desk], stand: Stand) -> None:
    anna, case = at_desk("Anna", municipality="kalmar"), stand.case()
    anna.get(f"/console/cases/{case}")
    anna.act(case, "claim")
    page = sam.get("/console/audit").text
    assert re.search(r"<strong>Anna</strong> läste ärendet", page)
    assert re.search(r"<strong>Anna</strong> tog ärendet", page)
    assert f'href="/console/cases/{case}">Ärende {case}</a>' in page
    assert page.index("tog ärendet</span>") < page.index("läste ärendet</span>")
    assert "read the case" in (sam.get("/console/language/en"), sam.get("/console/audit"))[1].text


def test_it_is_looked_through_by_person_case_act_and_day(sam: Desk, at_desk: Callable[..., Desk], stand: Stand) -> None:
    anna, bo = at_desk("Anna", municipality="kalmar"), at_desk("Bo", municipality="kalmar")
    one, two = stand.case(), stand.case("+46701740606")
    anna.get(f"/console/cases/{one}")
    bo.get(f"/console/cases/{two}")

    def found(query: str) -> list[str]:
        return re.findall(_WHO, sam.get(f"/console/audit?{query}").text)

    assert found("") == ["Bo", "Anna"]
    assert found(f"person={anna.user.id}") == ["Anna"]
    assert found(f"case={two}&act=view") == ["Bo"]
    assert found(f"case=%23{two}") == ["Bo"]
    assert found("act=claim") == []
    assert found("day=2026-11-23") == ["Bo", "Anna"]
    assert found("day=2026-11-24") == []
    assert "Rensa" in sam.get("/console/audit?act=claim").text
    assert f'<option value="{anna.user.id}" selected>' in sam.get(f"/console/audit?person={anna.user.id}").text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("case=x", "med siffror"),
        ("person=x", "Välj en person"),
        ("day=2026-02-31", "Den dagen finns inte"),
        ("day=9999-12-31", "Den dagen finns inte"),
        (f"case={'9' * 30}", "siffror"),
    ],
)
def test_what_cannot_be_looked_for_is_told(sam: Desk, query: str, said: str) -> None:
    answer = sam.get(f"/console/audit?{query}")
    assert (answer.status_code, said in answer.text) == (422, True)
    assert sam.get(f"/console/audit.csv?{query}").status_code == 400


def test_pages(sam: Desk, stand: Stand) -> None:
    with stand.database.writing() as session:
        for _ in range(120):
            users.audit(session, stand.clock(), sam.user.id, "view")
    page = sam.get("/console/audit?act=view")
    seen = [len(re.findall(_WHO, page.text))]
    for _ in range(2):
        older = re.search(r'href="([^"]+)" rel="next"', page.text)
        assert older
        page = sam.get(older[1].replace("&amp;", "&"))
        seen.append(len(re.findall(_WHO, page.text)))
    assert seen == [50, 50, 20]
    assert 'rel="next"' not in page.text
    newer = re.search(r'href="([^"]+)" rel="prev"', page.text)
    assert newer
    assert len(re.findall(_WHO, sam.get(newer[1].replace("&amp;", "&")).text)) == 50


def test_the_file_opens_in_a_spreadsheet_and_starts_no_formula(
    sam: Desk, at_desk: Callable[..., Desk], stand: Stand
) -> None:
    bad = at_desk('=HYPERLINK("http://evil.example")', municipality="kalmar")
    case = stand.case()
    bad.get(f"/console/cases/{case}")
    answer = sam.get("/console/audit.csv?act=view")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="logg-2026-11-23.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["När", "Vem", "Händelse", "Ärende", "Gäller", "Mer", "act"]
    assert rows[1] == [
        "2026-11-23 10:00:00+01:00",
        '\'=HYPERLINK("http://evil.example")',
        "läste ärendet",
        str(case),
        "",
        "",
        "view",
    ]
    assert "hämtade uppgifter" in sam.get("/console/audit").text


def test_how_much_a_search_found_is_told_in_words(sam: Desk) -> None:
    sam.get("/console/search?q=bankid")
    assert "0 träffar" in sam.get("/console/audit").text


def test_every_act_that_is_written_down_has_its_word() -> None:
    found = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for one, other in _ACT.findall(path.read_text(encoding="utf-8")):
            found |= {one, other} - {""}
    found |= {
        f"loan_{event}"
        for event in re.findall(
            r'_move\(session, unit, user, "(\w+)"', (ROOT / "bot/services/work_loans.py").read_text(encoding="utf-8")
        )
    }
    assert {
        "view",
        "claim",
        "sign_in",
        "account_disable",
        "course_change",
        "course_away",
        "course_back",
        "loan_wipe",
    } <= found
    assert sorted(act for act in found if f"audit_act.{act}" not in AUDIT_WORDS) == []
