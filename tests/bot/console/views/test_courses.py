"""Courses and times in the console: the list, a group, its forms, and booking from a case."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.course import BookingStatus, CourseKind
from bot.store import courses, outbox
from bot.store.tables import AuditRow, BookingRow, CourseLeaderRow, CourseRow, MeetingRow
from tests.bot.console.stand import Desk, Stand
from tests.groups import LINDSDAL, THURSDAY, VARA_LIBRARY, add_booking, add_course, add_resident, fill
from tests.stand_ins import SVEA

NEW = {
    "title": "Mobilen från <början>",
    "kind": "course",
    "place": "kalmar-stadsbibliotek",
    "day": "8 december",
    "start": "10",
    "end": "12",
    "count": "2",
    "handledare": "Karin\r\nBo",
    "helpers": "Elsa",
    "language": "sv",
    "level": "beginner",
    "key": "the-key-of-this-form",
}
HANDLEDARE_ACTS = ("book", "cancel", "attendance", "away")
PLANNER_ACTS = ("add-leader", "remove-leader", "move", "add-meeting", "call-off", "change")


@pytest.fixture
def sam(at_desk: Callable[..., Desk]) -> Desk:
    return at_desk("Sam", role="samordnare")


def _groups(stand: Stand) -> list[CourseRow]:
    with stand.database.reading() as session:
        return list(session.scalars(select(CourseRow).order_by(CourseRow.id)))


def _meeting(stand: Stand, course: int) -> MeetingRow:
    with stand.database.reading() as session:
        return courses.meetings_of(session, course)[0]


def _leader(stand: Stand, course: int, at: int = 0) -> CourseLeaderRow:
    with stand.database.reading() as session:
        return courses.leaders_of(session, course)[at]


def _bookings(stand: Stand) -> list[BookingRow]:
    with stand.database.reading() as session:
        return list(session.scalars(select(BookingRow).order_by(BookingRow.id)))


def _sent(stand: Stand) -> list[str]:
    with stand.database.reading() as session:
        return [row.text for row in outbox.listed(session, SVEA)]


def _words(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_list_by_day_with_what_is_not_as_it_should_be(karin: Desk, stand: Stand) -> None:
    full = add_course(stand.database, title="Över", handledare=("Karin", "Bo"))
    fill(stand.database, full, 10, waiting=3)
    with stand.database.writing() as session:
        session.get_one(CourseLeaderRow, _leader(stand, full, 1).id).away = True
    few = add_course(stand.database, title="Få", starts_at=THURSDAY + timedelta(days=1), helpers=("Elsa",))
    fill(stand.database, few, 5)
    add_course(stand.database, title="Öppet", kind=CourseKind.DROP_IN, starts_at=THURSDAY - timedelta(days=2))
    words = _words(karin.get("/console/courses").text)
    for told in (
        "I morgon, tisdag 24 nov".casefold(),
        "10.00–12.00 öppet öppet hus, ingen bokning stadsbiblioteket, kalmar",
        "torsdag 26 nov 10.00–12.00 över kurs stadsbiblioteket, kalmar bokade platser: 10 av 8, 3 i kö 2 för många, en handledare är borta",
        "fredag 27 nov 10.00–12.00 få kurs stadsbiblioteket, kalmar bokade platser: 5 av 8 färre än 6",
    ):
        assert told in words.casefold(), told


def test_worse_things_are_told_too(karin: Desk, stand: Stand) -> None:
    course = add_course(stand.database, helpers=("Elsa",))
    fill(stand.database, course, 3)
    with stand.database.writing() as session:
        session.get_one(CourseLeaderRow, _leader(stand, course).id).away = True
    words = _words(karin.get("/console/courses").text)
    assert (
        "3 för många, en handledare är borta ingen handledare på plats unga handledare utan vuxen färre än 6" in words
    )


def test_filters(karin: Desk, stand: Stand) -> None:
    add_course(stand.database, title="Ett")
    add_course(stand.database, title="Två", place=LINDSDAL.id, kind=CourseKind.WORKSHOP)
    add_course(stand.database, title="Tre", municipality="vara", place=VARA_LIBRARY.id)
    for query, there in (
        ("", "EttTvåTre"),
        ("?municipality=vara", "Tre"),
        (f"?place={LINDSDAL.id}", "Två"),
        ("?kind=course&municipality=kalmar", "Ett"),
        ("?kind=nonsense", "EttTvåTre"),
        ("?period=past", ""),
    ):
        page = karin.get(f"/console/courses{query}").text
        assert "".join(title for title in ("Ett", "Två", "Tre") if f">{title}</a>" in page) == there, query
    assert "Inga kurser eller tider här." in karin.get("/console/courses?period=past").text
    assert karin.get("/console/courses?period=never").status_code == 400
    assert '<option value="vara" selected>Vara</option>' in karin.get("/console/courses?municipality=vara").text


def test_a_user_with_a_municipality_sees_and_changes_only_its_own(at_desk: Callable[..., Desk], stand: Stand) -> None:
    vera = at_desk("Vera", role="samordnare", municipality="vara")
    course = add_course(stand.database, title="Kalmars")
    assert "Kalmars" not in vera.get("/console/courses").text
    assert "Stadsbiblioteket" not in vera.get("/console/courses/new").text
    for path in (
        f"/console/courses/{course}",
        f"/console/courses/{course}/change",
        "/console/courses/4711",
        "/console/courses/abc",
    ):
        assert vera.get(path).status_code == 404
    meeting = {"meeting": _meeting(stand, course).id, "day": "8 december", "start": "10", "end": "12"}
    fields = {
        **NEW,
        **meeting,
        "leader": _leader(stand, course).id,
        "away": "1",
        "sure": "1",
        "name": "Vera",
        "number": SVEA,
        "place": VARA_LIBRARY.id,
    }
    for act in (*HANDLEDARE_ACTS, *PLANNER_ACTS):
        assert vera.post(f"/console/courses/{course}/{act}", **fields).status_code == 404, act
    assert vera.post("/console/courses/new", **NEW).status_code == 422
    assert _groups(stand)[0].version == 0
    assert len(_groups(stand)) == 1


def test_the_group_shows_who_is_in_it(karin: Desk, stand: Stand) -> None:
    course = add_course(stand.database, helpers=("Elsa",))
    fill(stand.database, course, 1, waiting=1)
    add_booking(stand.database, course, SVEA, for_whom="<b>Gunnar</b>")
    page = karin.get(f"/console/courses/{course}").text
    words = _words(page)
    assert 'href="tel:+46701740605">070-174 06 05</a>, åt &lt;b&gt;Gunnar&lt;/b&gt;' in page
    for told in (
        "Mobilen från början",
        "2 av 8, 1 i kö",
        "Färre än 6",
        "torsdag 26 nov 10.00–12.00",
        "Karin",
        "Elsa ung handledare",
        "Ta med din mobil.",
    ):
        assert told in words, told
    with stand.database.reading() as session:
        rows = session.scalars(select(AuditRow)).all()
    assert [(row.act, row.detail) for row in rows] == [("course_view", f"course:{course}")]


def test_a_reader_sees_the_group_without_names_and_numbers_and_does_nothing(
    at_desk: Callable[..., Desk], stand: Stand
) -> None:
    lars = at_desk("Lars", role="reader")
    course = add_course(stand.database, helpers=("Elsa",))
    booking = add_booking(stand.database, course, SVEA, for_whom="Gunnar")
    page = lars.get(f"/console/courses/{course}").text.partition("<main")[2].partition("</main>")[0]
    for hidden in (
        "070-174",
        "0701740605",
        "Gunnar",
        "Karin",
        "Elsa",
        "<button>",
        "Boka åt någon",
        "Ändra uppgifterna",
    ):
        assert hidden not in page.replace('<button class="quiet">', ""), hidden
    assert "Person 1" in page
    assert "namn och nummer visas inte" in page
    assert lars.get("/console/courses").status_code == 200
    assert "Lägg till en kurs" not in lars.get("/console/courses").text
    for act in (*HANDLEDARE_ACTS, *PLANNER_ACTS):
        assert lars.post(f"/console/courses/{course}/{act}", booking=booking).status_code == 403, act
    case = stand.case("tg:4711", channel="telegram")
    for path in (
        "/console/courses/new",
        f"/console/courses/{course}/change",
        f"/console/courses?case={case}",
        f"/console/courses/{course}?case={case}",
    ):
        assert lars.get(path).status_code == 403, path


def test_a_handledare_does_not_plan(karin: Desk, stand: Stand) -> None:
    course = add_course(stand.database)
    assert karin.get("/console/courses/new").status_code == 403
    assert karin.get(f"/console/courses/{course}/change").status_code == 403
    assert karin.post("/console/courses/new", **NEW).status_code == 403
    for act in PLANNER_ACTS:
        assert karin.post(f"/console/courses/{course}/{act}", sure="1", name="Bo").status_code == 403, act
    page = karin.get(f"/console/courses/{course}").text
    for act in PLANNER_ACTS:
        assert f"/{act}" not in page
    assert _groups(stand)[0].version == 0


@pytest.mark.parametrize("act", ["new", *(f"1/{act}" for act in (*HANDLEDARE_ACTS, *PLANNER_ACTS))])
def test_a_form_of_another_page_does_nothing(sam: Desk, stand: Stand, act: str) -> None:
    add_course(stand.database)
    path, fields = f"/console/courses/{act}", {**NEW, "sure": "1", "name": "Bo", "leader": "1", "away": "1"}
    attempts = [
        sam.client.post(path, data=fields),
        sam.client.post(path, data={**fields, "form": "0" * 64}),
        sam.post(path, headers={"Sec-Fetch-Site": "cross-site"}, **fields),
    ]
    assert [answer.status_code for answer in attempts] == [403] * 3
    assert [row.version for row in _groups(stand)] == [0]


def test_a_new_group_from_the_form(sam: Desk, stand: Stand) -> None:
    assert re.search(r'name="key" value="[\w-]{10,}"', sam.get("/console/courses/new").text)
    answers = [sam.post("/console/courses/new", **NEW) for _ in range(2)]
    (row,) = _groups(stand)
    assert [answer.headers["location"] for answer in answers] == [f"/console/courses/{row.id}?done=course_add"] * 2
    page = sam.get(answers[0].headers["location"]).text
    assert "Kursen eller tiden är tillagd." in page
    assert "Mobilen från &lt;början&gt;" in page
    assert "0 av 16" in page
    assert (row.created_by, row.municipality) == (sam.user.id, "kalmar")
    assert "tisdag 15 dec 10.00–12.00" in page


def test_a_new_group_sent_many_times_at_once_is_one(sam: Desk, stand: Stand) -> None:
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda _: sam.post("/console/courses/new", **NEW).status_code, range(4)))
    assert codes == [303] * 4
    assert len(_groups(stand)) == 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"day": "31 februari"}, "day", "31 februari finns inte i almanackan. Skriv en annan dag."),
        ({"day": "snart"}, "day", "Dagen gick inte att förstå. Skriv den som 8 december eller 2026-12-08."),
        ({"day": "5 november"}, "day", "Den tiden har redan varit. Skriv året också om du menar ett senare år."),
        ({"start": "12", "end": "10"}, "end", "Sluttiden måste vara efter starttiden."),
        ({"start": "sent"}, "start", "Tiden gick inte att förstå. Skriv den som 10 eller 10.30."),
        ({"title": "  "}, "title", "Skriv en rubrik."),
        ({"handledare": ""}, "handledare", "Skriv minst en handledare: utan handledare finns inga platser."),
        ({"place": ""}, "place", "Välj en plats."),
        ({"count": "många"}, "count", "Skriv ett antal från 1 till 20."),
    ],
)
def test_bad_input_keeps_what_was_typed_and_says_what_is_wrong(
    sam: Desk, stand: Stand, change: dict[str, str], field: str, words: str
) -> None:
    answer = sam.post("/console/courses/new", **{**NEW, **change, "about": "Om <allt>"})
    assert answer.status_code == 422
    assert f'<a href="#{field}">{words}</a>' in answer.text
    assert f'id="{field}-fault">{words}</p>' in answer.text
    assert re.search(rf'id="{field}"[^>]*aria-describedby="{field}-fault[^>]*aria-invalid="true"', answer.text)
    assert "Om &lt;allt&gt;</textarea>" in answer.text
    assert 'value="the-key-of-this-form"' in answer.text
    if "day" in change:
        assert f'value="{change["day"]}"' in answer.text
    assert _groups(stand) == []


def test_what_is_said_is_changed(sam: Desk, stand: Stand) -> None:
    course = add_course(stand.database)
    form = sam.get(f"/console/courses/{course}/change").text
    assert 'value="Mobilen från början"' in form
    assert 'name="day"' not in form
    fault = sam.post(f"/console/courses/{course}/change", **{**NEW, "title": ""})
    assert (fault.status_code, "Skriv en rubrik." in fault.text) == (422, True)
    answer = sam.post(f"/console/courses/{course}/change", **{**NEW, "title": "Surfplattan", "place": LINDSDAL.id})
    assert answer.headers["location"] == f"/console/courses/{course}?done=course_change"
    assert "Lindsdals bibliotek, Kalmar" in sam.get(f"/console/courses/{course}").text
    assert _groups(stand)[0].title == {"sv": "Surfplattan"}


def test_a_meeting_is_moved_and_one_is_added(sam: Desk, stand: Stand) -> None:
    course = add_course(stand.database)
    meeting = _meeting(stand, course)
    path = f"/console/courses/{course}"
    fault = sam.post(f"{path}/move", meeting=meeting.id, day="31 februari", start="10", end="9")
    assert fault.status_code == 422
    assert f'id="move-{meeting.id}-day-fault">31 februari finns inte' in fault.text
    assert f'<details id="move-{meeting.id}" open>' in fault.text
    assert 'value="31 februari"' in fault.text
    assert "Det gick inte. Inget har ändrats." in fault.text
    moved = sam.post(f"{path}/move", meeting=meeting.id, day="27 november", start="13", end="15.30")
    assert moved.headers["location"] == f"{path}?done=course_move"
    assert _meeting(stand, course).moved_at == stand.clock()
    assert "fredag 27 nov 13.00–15.30" in sam.get(path).text
    assert sam.post(f"{path}/add-meeting", day="27 november", start="14", end="16").status_code == 422
    assert sam.post(f"{path}/add-meeting", day="4 december", start="13", end="15").status_code == 303
    assert "fredag 4 dec 13.00–15.00" in sam.get(path).text
    assert sam.post(f"{path}/move", meeting="nonsense", day="4 december", start="9", end="10").status_code == 404


def test_calling_off_asks_first_and_is_then_seen(sam: Desk, stand: Stand) -> None:
    course = add_course(stand.database)
    fill(stand.database, course, 3, waiting=1)
    path = f"/console/courses/{course}"
    page = sam.get(path).text
    assert "Alla 4 som har bokat eller väntar får ett meddelande." in page
    assert "klockan 8" not in page
    unsure = sam.post(f"{path}/call-off")
    assert (unsure.status_code, 'id="sure-fault">Kryssa i' in unsure.text) == (422, True)
    assert [sam.post(f"{path}/call-off", sure="1").status_code for _ in range(2)] == [303, 303]
    page = sam.get(path).text
    assert "Gruppen är inställd." in page
    assert "Boka åt någon" not in page
    assert "/call-off" not in page
    assert "Inställd" in sam.get("/console/courses").text


def test_at_night_it_says_when_they_are_told(sam: Desk, stand: Stand) -> None:
    course = add_course(stand.database)
    fill(stand.database, course, 3)
    stand.clock.pass_(hours=11)
    assert "utan klockan 8. Börjar gruppen senast klockan 10" in sam.get(f"/console/courses/{course}").text


def test_a_handledare_falls_ill_and_another_comes(karin: Desk, sam: Desk, stand: Stand) -> None:
    course = add_course(stand.database, handledare=("Karin", "Bo"))
    fill(stand.database, course, 10)
    path = f"/console/courses/{course}"
    assert (
        karin.post(f"{path}/away", leader=_leader(stand, course, 1).id, away="1").headers["location"]
        == f"{path}?done=course_leaders"
    )
    page = karin.get(path).text
    assert "2 för många, en handledare är borta" in page
    assert "Är tillbaka" in page
    assert sam.post(f"{path}/add-leader", name="Ann").status_code == 303
    assert "10 av 16" in sam.get(path).text
    assert sam.post(f"{path}/remove-leader", leader=_leader(stand, course, 1).id).status_code == 303
    assert sam.post(f"{path}/remove-leader", leader=_leader(stand, course, 1).id).status_code == 303
    last = sam.post(f"{path}/remove-leader", leader=_leader(stand, course).id)
    assert (last.status_code, "Gruppen måste ha en handledare." in last.text) == (422, True)
    unnamed = sam.post(f"{path}/add-leader", name=" ", helper="1")
    assert (unnamed.status_code, 'id="name-fault">Skriv ett namn.' in unnamed.text) == (422, True)
    assert '<details id="add-leader" open>' in unnamed.text


def test_who_came_is_filled_in_once_it_has_begun(karin: Desk, stand: Stand) -> None:
    course = add_course(stand.database, starts_at=stand.clock() + timedelta(hours=2))
    first, second = fill(stand.database, course, 2)
    path = f"/console/courses/{course}"
    assert "Närvaron fylls i här när gruppen har börjat." in karin.get(path).text
    assert karin.post(f"{path}/attendance", **{f"came-{first}": "yes"}).status_code == 422
    stand.clock.pass_(hours=3)
    fields = {f"came-{first}": "yes", f"came-{second}": "no", "came-x": "yes", "came-4711": "maybe"}
    assert karin.post(f"{path}/attendance", **fields).headers["location"] == f"{path}?done=course_attendance"
    assert [row.attended for row in _bookings(stand)] == [True, False]
    page = karin.get(path).text
    assert re.search(rf'name="came-{first}" value="yes" checked', page)
    assert re.search(rf'name="came-{second}" value="no" checked', page)


def test_booking_for_a_number(karin: Desk, stand: Stand) -> None:
    course = add_course(stand.database)
    add_resident(stand.database, SVEA)
    path = f"/console/courses/{course}"
    wrong = karin.post(f"{path}/book", number="mormors", for_whom="Gunnar")
    assert wrong.status_code == 422
    assert 'id="number-fault">Det är inget telefonnummer.' in wrong.text
    assert 'value="mormors"' in wrong.text
    assert 'value="Gunnar"' in wrong.text
    unknown = karin.post(f"{path}/book", number="070-174 06 98")
    assert "har inte skrivit till Lotsen" in unknown.text
    answers = [karin.post(f"{path}/book", number="070-174 06 05", for_whom="Gunnar") for _ in range(2)]
    assert [answer.headers["location"] for answer in answers] == [f"{path}?done=course_booked"] * 2
    assert (
        "Platsen är bokad. Personen får ett meddelande med tid och plats."
        in karin.get(f"{path}?done=course_booked").text
    )
    assert [(row.for_whom, row.booked_by) for row in _bookings(stand)] == [("Gunnar", karin.user.id)]
    assert _sent(stand) == ["booked_for_you"]
    assert stand.wakeup.woken_for_outbox >= 1
    assert "bokat av Karin" in karin.get(path).text


def test_a_full_group_offers_the_queue(karin: Desk, stand: Stand) -> None:
    course = add_course(stand.database)
    fill(stand.database, course, 8)
    add_resident(stand.database, SVEA)
    path = f"/console/courses/{course}"
    page = karin.get(path).text
    assert "Alla platser är tagna." in page
    assert 'name="may_wait"' in page
    full = karin.post(f"{path}/book", number=SVEA)
    assert (full.status_code, 'id="book-fault">Alla platser är tagna. Kryssa i kö' in full.text) == (422, True)
    assert karin.post(f"{path}/book", number=SVEA, may_wait="1").headers["location"] == f"{path}?done=course_waits"
    assert _bookings(stand)[-1].status == BookingStatus.WAITLISTED


def test_a_booking_at_night_says_when_the_person_is_told(karin: Desk, stand: Stand) -> None:
    course, later = add_course(stand.database), add_course(stand.database)
    add_resident(stand.database, SVEA)
    by_day = add_booking(stand.database, later, SVEA)
    stand.clock.pass_(hours=11)
    path = f"/console/courses/{course}"
    answer = karin.post(f"{path}/book", number=SVEA)
    assert answer.headers["location"] == f"{path}?done=course_booked_later"
    assert "klockan 8 på morgonen" in karin.get(answer.headers["location"]).text
    answer = karin.post(f"{path}/cancel", booking=_bookings(stand)[-1].id)
    assert answer.headers["location"] == f"{path}?done=course_cancelled_unsaid"
    assert "får inget nu heller" in karin.get(answer.headers["location"]).text
    answer = karin.post(f"/console/courses/{later}/cancel", booking=by_day)
    assert answer.headers["location"].endswith("?done=course_cancelled_later")
    assert "klockan 8 på morgonen" in karin.get(answer.headers["location"]).text
    assert _sent(stand) == []


def test_a_booking_that_cannot_be_told_says_to_phone(karin: Desk, stand: Stand) -> None:
    early = add_course(stand.database, starts_at=stand.clock() + timedelta(hours=21))
    add_resident(stand.database, SVEA)
    stand.clock.pass_(hours=11)
    answer = karin.post(f"/console/courses/{early}/book", number=SVEA)
    assert answer.headers["location"].endswith("?done=course_booked_untold")
    assert "Ring i stället." in karin.get(answer.headers["location"]).text


def test_a_chair_is_given_back_for_somebody(karin: Desk, stand: Stand) -> None:
    course = add_course(stand.database)
    booking = add_booking(stand.database, course, SVEA)
    path = f"/console/courses/{course}"
    answers = [karin.post(f"{path}/cancel", booking=booking) for _ in range(2)]
    assert [answer.headers["location"] for answer in answers] == [f"{path}?done=course_cancelled"] * 2
    assert [row.status for row in _bookings(stand)] == [BookingStatus.CANCELLED]
    assert _sent(stand) == ["booking_taken_back"]
    assert "Ingen har bokat ännu." in karin.get(path).text
    assert karin.post(f"{path}/cancel", booking="4711").status_code == 404


def test_from_a_case_to_a_chair_and_back(karin: Desk, stand: Stand) -> None:
    case, course = stand.case(), add_course(stand.database)
    assert f'href="/console/courses?case={case}">Boka en kurs eller tid</a>' in karin.get(f"/console/cases/{case}").text
    listed = karin.get(f"/console/courses?case={case}").text
    assert f"Du bokar åt invånaren i ärende {case}." in listed
    assert f'href="/console/courses/{course}?case={case}"' in listed
    assert f'<input type="hidden" name="case" value="{case}">' in listed
    page = karin.get(f"/console/courses/{course}?case={case}").text
    assert 'name="number"' not in page
    answer = karin.post(f"/console/courses/{course}/book", case=case)
    assert answer.headers["location"] == f"/console/cases/{case}?done=course_booked"
    shown = karin.get(answer.headers["location"]).text
    assert "Platsen är bokad." in shown
    assert "Karin bokade en kurs eller tid" in shown
    assert _sent(stand)[-1] == "booked_for_you"
    stand.clock.pass_(minutes=2)
    twice = karin.post(f"/console/courses/{course}/book", case=case)
    assert (twice.status_code, "Personen har redan en plats" in twice.text) == (422, True)
    assert f'<input type="hidden" name="case" value="{case}">' in twice.text


def test_a_case_that_one_may_not_see_is_not_booked_for(at_desk: Callable[..., Desk], stand: Stand) -> None:
    vera = at_desk("Vera", municipality="vara")
    case, course = stand.case(), add_course(stand.database, municipality="vara", place=VARA_LIBRARY.id)
    assert vera.get(f"/console/courses?case={case}").status_code == 404
    assert vera.post(f"/console/courses/{course}/book", case=case).status_code == 404
    assert _bookings(stand) == []


def test_a_drop_in_has_nothing_to_book(karin: Desk, stand: Stand) -> None:
    course = add_course(stand.database, kind=CourseKind.DROP_IN)
    page = karin.get(f"/console/courses/{course}").text
    assert "Ingen bokning behövs" in page
    assert "/book" not in page
    add_resident(stand.database, SVEA)
    assert karin.post(f"/console/courses/{course}/book", number=SVEA).status_code == 422


def test_in_english(karin: Desk, stand: Stand) -> None:
    course = add_course(stand.database)
    karin.client.cookies.set("lotsen_language", "en")
    page = karin.get(f"/console/courses/{course}").text
    assert '<span lang="en">Mobilen från början in English</span>' in page
    assert '<dd lang="sv">Ta med din mobil.</dd>' in page
    assert "Thursday 26 Nov 10:00–12:00" in page
