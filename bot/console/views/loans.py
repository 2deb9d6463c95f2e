"""The loan desk: what is out, late, put aside, waited for and to be made ready; and one thing with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.console.trust import HOME
from bot.console.words import has
from bot.domain.address import Address, AddressError
from bot.domain.loan import LoanRefusal, LoanStatus
from bot.domain.opening_hours import STOCKHOLM, describe_date
from bot.domain.place import Place
from bot.services import read_loans
from bot.services.read_loans import UnitLine
from bot.services.work_loans import LoanDesk, LoanNotFound, NoSuchPlace, NotWiped, UnitTaken, WaitsAhead

LONGEST_NUMBER = 40


def add(router: APIRouter, site: Site) -> None:
    """/console/loans, /console/loans/units/{id} and their forms."""
    desk = LoanDesk(site.database, site.world, site.clock)

    def listed(staff: Staff, done: str = "", fault: str = "", status: int = 200) -> Response:
        found = read_loans.loan_list(site.database, site.clock, staff.user, site.world().organisation)
        return site.page(
            "loans.html", staff, found.now, status, found=found, day=_day(staff, found.now), place=_namer(site), lender=_lender(site),
            flash=_flash(done), fault=fault, pulse=site.pulse(staff),
        )  # fmt: skip

    def one(
        staff: Staff,
        unit_id: int,
        done: str = "",
        fault: str = "",
        field: str = "",
        status: int = 200,
        typed: str = "",
        ticked: list[int] | None = None,
    ) -> Response:
        try:
            unit, now = read_loans.unit_page(site.database, site.clock, staff.user, site.world().organisation, unit_id)
        except LoanNotFound:
            raise HTTPException(404) from None
        return site.page(
            "loan.html", staff, now, status, unit=unit, state=state_of(unit), day=_day(staff, now), place=_namer(site),
            places=_places(site, staff), flash=_flash(done), fault=fault, field=field, typed=typed, ticked=ticked or [], most=LONGEST_NUMBER,
            pulse=site.pulse(staff),
        )  # fmt: skip

    def does(
        staff: Staff,
        unit_id: int,
        done: str,
        act: Callable[[], object],
        typed: str = "",
        ticked: list[int] | None = None,
    ) -> Response:
        """The page of the unit, with what came of it or what stands in the way."""
        try:
            act()
        except LoanNotFound:
            raise HTTPException(404) from None
        except NoSuchPlace:
            return one(staff, unit_id, "", "loan_fault.place", "at", 422, typed)
        except NotWiped:
            return one(staff, unit_id, "", "loan_fault.not_wiped", "wipe", 422, ticked=ticked)
        except UnitTaken:
            return one(staff, unit_id, "", "loan_fault.taken", "", 409)
        except WaitsAhead:
            return one(staff, unit_id, "", "loan_fault.waits", "", 409, typed)
        except LoanRefusal as refused:
            has_one = (
                done == "hand_out"
                and refused.state in (LoanStatus.OUT, LoanStatus.OFFERED)
                and isinstance(refused.state, LoanStatus)
            )
            return one(staff, unit_id, "", "loan_fault.has_one" if has_one else "loan_fault.changed", "", 409, typed)
        return site.go_to(f"{HOME}/loans/units/{unit_id}?done={done}")

    @router.get("/loans")
    def page(done: str = "", staff: Staff = Depends(site.staff)) -> Response:
        return listed(staff, done)

    @router.get("/loans/units/{unit_id}")
    def unit(unit_id: int, done: str = "", staff: Staff = Depends(site.staff)) -> Response:
        return one(staff, unit_id, done)

    @router.post("/loans/units/{unit_id}/hand-out")
    def hand_out(
        unit_id: int,
        number: Annotated[str, Form()] = "",
        at: Annotated[str, Form()] = "",
        loan: Annotated[int | None, Form()] = None,
        staff: Staff = Depends(site.actor),
    ) -> Response:
        address = None
        if loan is None:
            try:
                address = Address.parse(number[:LONGEST_NUMBER])
            except AddressError:
                return one(staff, unit_id, "", "loan_fault.number", "number", 422, number[:LONGEST_NUMBER])
        return does(
            staff,
            unit_id,
            "hand_out",
            lambda: desk.hand_out(unit_id, staff.user, at, address, loan),
            number[:LONGEST_NUMBER],
        )

    @router.post("/loans/units/{unit_id}/receive")
    def receive(unit_id: int, at: Annotated[str, Form()] = "", staff: Staff = Depends(site.actor)) -> Response:
        return does(staff, unit_id, "receive", lambda: desk.receive(unit_id, staff.user, at))

    @router.post("/loans/units/{unit_id}/wipe")
    def wipe(
        unit_id: int, ticked: Annotated[list[int] | None, Form()] = None, staff: Staff = Depends(site.actor)
    ) -> Response:
        done = ticked or []
        return does(staff, unit_id, "wipe", lambda: desk.wipe(unit_id, staff.user, done), ticked=done)

    @router.post("/loans/units/{unit_id}/set-aside")
    def set_aside(unit_id: int, staff: Staff = Depends(site.actor)) -> Response:
        return does(staff, unit_id, "set_aside", lambda: desk.set_aside(unit_id, staff.user))

    @router.post("/loans/units/{unit_id}/put-back")
    def put_back(unit_id: int, staff: Staff = Depends(site.actor)) -> Response:
        return does(staff, unit_id, "put_back", lambda: desk.put_back(unit_id, staff.user))

    @router.post("/loans/units/{unit_id}/extend")
    def extend(unit_id: int, loan: Annotated[int, Form()], staff: Staff = Depends(site.actor)) -> Response:
        return does(staff, unit_id, "extend", lambda: desk.extend(loan, staff.user))

    @router.post("/loans/units/{unit_id}/cancel")
    def cancel(unit_id: int, loan: Annotated[int, Form()], staff: Staff = Depends(site.actor)) -> Response:
        return does(staff, unit_id, "cancel", lambda: desk.cancel(loan, staff.user))

    @router.post("/loans/{loan_id}/remove")
    def remove(loan_id: int, staff: Staff = Depends(site.actor)) -> Response:
        try:
            desk.cancel(loan_id, staff.user)
        except LoanNotFound:
            raise HTTPException(404) from None
        except LoanRefusal:
            return listed(staff, "", "loan_fault.changed", 409)
        return site.go_to(f"{HOME}/loans?done=cancel")


def state_of(unit: UnitLine) -> str:
    """The key of the word for how a unit stands."""
    if unit.loan is not None and unit.loan.late:
        return "loan_state.late"
    if unit.loan is not None and unit.loan.status == LoanStatus.OFFERED:
        return "loan_state.aside"
    return f"loan_state.{unit.state}"


def _flash(done: str) -> str:
    return f"loan_done.{done}" if has(f"loan_done.{done}") else ""


def _day(staff: Staff, now: datetime) -> Callable[[datetime], str]:
    return lambda at: describe_date(at.astimezone(STOCKHOLM).date(), now, staff.language)


def _namer(site: Site) -> Callable[[str | None], str]:
    names = {place.id: place.name for place in site.world().places}
    return lambda place_id: names.get(place_id or "", place_id or "")


def _lender(site: Site) -> Callable[[str, str], str]:
    def named(municipality: str, unit: str) -> str:
        home = site.world().organisation.municipality(municipality)
        found = next((each.name for each in home.units if each.id == unit), unit) if home else unit
        return f"{found}, {home.name}" if home else found

    return named


def _places(site: Site, staff: Staff) -> list[Place]:
    """Where things may be handed out and left: the places of the viewer's municipality."""
    home = site.world().organisation.municipality(staff.user.municipality)
    return [place for place in site.world().places if home and place.municipality == home.name]
