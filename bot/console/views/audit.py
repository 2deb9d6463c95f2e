"""The audit log: who saw and did what, and when."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.audit_details import detail_of
from bot.console.audit_words import AUDIT_WORDS
from bot.console.site import Site, Staff
from bot.console.teller import Teller
from bot.console.trust import HOME
from bot.console.words import has
from bot.domain.opening_hours import STOCKHOLM
from bot.services import read_audit
from bot.services.read_audit import Entry
from bot.store.audit_log import Wanted

PAGE = f"{HOME}/audit"
_COLUMNS = ("audit.when", "audit.who", "audit.act", "audit.case", "audit.about", "audit.detail")
_FAULTS = {"person": "audit.fault_person", "case": "audit.fault_case", "day": "audit.fault_day"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


def add(router: APIRouter, site: Site) -> None:
    """/console/audit and /console/audit.csv, filtered by the same words of the address."""

    @router.get("/audit")
    def page(
        person: str = "", case: str = "", act: str = "", day: str = "", before: int | None = None, after: int | None = None,
        staff: Staff = Depends(site.overseer),
    ) -> Response:  # fmt: skip
        asked = {"person": person, "case": case, "act": act, "day": day}
        chosen = {name: text.strip() for name, text in asked.items() if text.strip()}
        wanted, fault = _wanted(chosen)
        found = read_audit.audit_page(
            site.database, site.clock, site.world().organisation, staff.user, wanted, before, after
        )
        teller = site.teller(staff, found.now)
        acts = sorted(_acts(teller), key=lambda pair: pair[0].casefold())
        return site.page(
            "audit.html", staff, found.now, status=422 if fault else 200, entries=found.entries, people=found.people, acts=acts, asked=asked,
            chosen=bool(chosen), fault=fault, in_words=lambda entry: act_name(teller, entry.act), detail=lambda entry: detail_of(teller, entry),
            newest=_address(PAGE, chosen), newer=found.newer and _address(PAGE, {**chosen, "after": found.newer}),
            older=found.older and _address(PAGE, {**chosen, "before": found.older}), file=_address(f"{PAGE}.csv", chosen), most=f"{read_audit.MOST_EXPORTED:,}".replace(",", " "),
            pulse=site.pulse(staff),
        )  # fmt: skip

    @router.get("/audit.csv")
    def file(
        person: Annotated[str, Query()] = "",
        case: str = "",
        act: str = "",
        day: str = "",
        staff: Staff = Depends(site.overseer),
    ) -> Response:
        wanted, fault = _wanted(
            {"person": person.strip(), "case": case.strip(), "act": act.strip(), "day": day.strip()}
        )
        if fault:
            raise HTTPException(400)
        entries = read_audit.export(site.database, site.clock, site.world().organisation, staff.user, wanted)
        name = f"logg-{site.clock().astimezone(STOCKHOLM).date().isoformat()}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(_as_csv(site.teller(staff), entries), media_type="text/csv; charset=utf-8", headers=headers)


def _acts(teller: Teller) -> list[tuple[str, str]]:
    return [(teller.w(key), key.removeprefix("audit_act.")) for key in AUDIT_WORDS if key.startswith("audit_act.")]


def act_name(teller: Teller, act: str) -> str:
    """The act in words; its own name when there are none."""
    return teller.w(f"audit_act.{act}") if has(f"audit_act.{act}") else act


def _as_csv(teller: Teller, entries: list[Entry]) -> bytes:
    """With semicolons and a byte order mark, as a Swedish spreadsheet opens it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([*map(teller.w, _COLUMNS), "act"])
    for entry in entries:
        at = entry.at.astimezone(STOCKHOLM).isoformat(sep=" ", timespec="seconds")
        cells = [
            at,
            entry.who or teller.w("audit.nobody"),
            act_name(teller, entry.act),
            entry.case_id or "",
            entry.about or "",
            entry.detail,
            entry.act,
        ]
        writer.writerow([_harmless(str(cell)) for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _wanted(chosen: dict[str, str]) -> tuple[Wanted, str]:
    """What is looked for, and the word for what could not be understood."""
    fault = ""
    numbers: dict[str, int | None] = {"person": None, "case": None}
    for name in numbers:
        text = chosen.get(name, "").removeprefix("#")
        if text.isdecimal() and len(text) <= 12:
            numbers[name] = int(text)
        elif text:
            fault = _FAULTS[name]
    since = until = None
    if text := chosen.get("day", ""):
        try:
            on = date.fromisoformat(text)
            since = datetime.combine(on, time(), tzinfo=STOCKHOLM)
            until = datetime.combine(on + timedelta(days=1), time(), tzinfo=STOCKHOLM)
        except (ValueError, OverflowError):
            fault = _FAULTS["day"]
    return Wanted(numbers["person"], numbers["case"], chosen.get("act") or None, since, until), fault


def _address(page: str, chosen: Mapping[str, object]) -> str:
    return page + (f"?{urlencode(chosen)}" if chosen else "")
