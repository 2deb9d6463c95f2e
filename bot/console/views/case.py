"""One case: the conversation as it went, the facts, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Depends
from starlette.responses import Response

from bot.console.answering import PutIn, beside
from bot.console.case_brief import brief, is_quoted, own_words
from bot.console.link_teller import LinkTeller
from bot.console.site import Site, Staff
from bot.console.words import has
from bot.domain.case import Reason, Status
from bot.domain.link import Deed
from bot.services import read_cases, read_links, see_attachment
from bot.services.call_back import CallResult
from bot.services.read_cases import CasePage, Done, Noted, Said
from bot.services.read_links import DeedLine

OUTCOMES = ("solved", "advice_given", "visit_booked", "unreachable", "other")
LONGEST_REPLY = {"sms": 1600, "telegram": 4000}
"""Characters that one message of the channel takes; a longer text is better said in two replies."""
LONGEST_NOTE = 4000
LONGEST_HELPED = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a form that was sent: which one, a key of the words with its values, and what had been written."""

    form: str
    key: str
    text: str = ""
    values: tuple[tuple[str, object], ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    """What had been chosen beside it, by field."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the conversation: exactly one of the four, or that something was said with another unit."""

    at: datetime
    said: Said | None = None
    noted: Noted | None = None
    done: Done | None = None
    deed: DeedLine | None = None
    hidden: bool = False


def entries(page: CasePage, deeds: Iterable[DeedLine] = ()) -> list[Entry]:
    """Messages, notes, what was done, and what relatives did, in the order in which they happened; what happened at once in the order that makes sense."""
    found = [Entry(at, hidden=True) for at in page.hidden]
    found += [Entry(done.at, done=done) for done in page.done if done.act in ("open", "claim")]
    found += [Entry(said.at, said=said) for said in page.said]
    found += [Entry(noted.at, noted=noted) for noted in page.noted]
    found += [Entry(deed.at, deed=deed) for deed in deeds]
    found += [Entry(done.at, done=done) for done in page.done if done.act not in ("open", "claim")]
    return sorted(found, key=lambda entry: entry.at)


def case_response(
    site: Site,
    staff: Staff,
    case_id: int,
    template: str,
    status: int = 200,
    done: str = "",
    fault: Fault | None = None,
    put_in: PutIn = PutIn(),
) -> Response:
    """The page of a case, or its changing parts. Raises CaseNotFound, DatabaseAway."""
    version = read_cases.case_version(
        site.database, staff.who, case_id, site.clock()
    )  # before the page, so that a change in between is noticed
    page = read_cases.case_page(site.database, site.clock, staff.who, case_id)
    links = read_links.links_of_case(site.database, site.clock, staff.who, case_id)
    case = page.case
    is_open = case.status != Status.RESOLVED
    mine = case.claimed_by == staff.user.id
    free = case.status == Status.WAITING or case.claimed_by is None
    teller = site.teller(staff, page.now)
    phone, callback = teller.phone(case.address), Reason.CALLBACK in case.reasons
    answer = beside(site, staff, case, page.now, put_in, opens=template == "case.html")
    if done == "reply" and answer.now.sending:
        done = ""  # the notice with which it can be taken back says it
    return site.page(
        template,
        staff,
        page.now,
        status,
        page=page,
        answer=answer,
        case=case,
        entries=entries(
            page, [deed for deed in links.deeds if deed.kind != Deed.NOTED]
        ),  # what was added stands there as a note
        links=links,
        l=LinkTeller(teller),
        attached=see_attachment.attached(site.database, [said.id for said in page.said]),
        version=version,
        heard=last.id if (last := read_cases.last_heard(page)) else 0,
        pulse=site.pulse(staff),
        is_open=is_open,
        mine=mine and not free,
        free=free,
        may_reply=is_open and (mine or free) and staff.may_act and page.conversation is not None and not page.opted_out,
        may_close=is_open and (mine or free) and staff.may_act,
        may_call=(mine or free) and staff.may_act and is_open and (bool(phone) or callback),
        phone=phone,
        callback=callback,
        brief=brief(teller, page, links),
        own_words=own_words(case.summary),
        quoted=is_quoted(case.summary),
        call_results=tuple(CallResult),
        longest_helped=LONGEST_HELPED,
        outcomes=OUTCOMES,
        longest_reply=LONGEST_REPLY.get(case.channel, LONGEST_REPLY["telegram"]),
        longest_note=LONGEST_NOTE,
        most_messages=read_cases.MOST_MESSAGES,
        flash=f"flash.{done}" if has(f"flash.{done}") else "",
        done=done if has(f"flash.{done}") else "",
        fault=fault,
    )


def add(router: APIRouter, site: Site) -> None:
    """/console/cases/{id}, and the parts of it that are exchanged when something changed."""

    @router.get("/cases/{case_id}")
    def page(
        case_id: int,
        done: str = "",
        reply: str = "",
        guide: str = "",
        step: str = "",
        staff: Staff = Depends(site.staff),
    ) -> Response:
        put_in = PutIn(reply, guide, step)
        response = case_response(site, staff, case_id, "case.html", done=done, put_in=put_in)
        read_cases.note_view(site.database, site.clock, staff.who, case_id)
        return response

    @router.get("/cases/{case_id}/part")
    def part(case_id: int, staff: Staff = Depends(site.staff)) -> Response:
        return case_response(site, staff, case_id, "_case.html")
