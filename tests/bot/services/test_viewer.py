"""Secrecy between units: who sees which cases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.services.viewer import Viewer, seen_by
from bot.store.database import Database
from bot.store.tables import CaseRow

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASES = (("Vara", "bibliotek"), ("vara", None), ("Vara", "medborgarkontor"), ("Kalmar", "bibliotek"), (None, None))
"""Municipality (by name or id, as they may be stored) and unit of the cases 1 to 5."""


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (Viewer(1), [1, 2, 3, 4, 5]),
        (Viewer(1, ("vara", "Vara")), [1, 2, 3, 5]),
        (Viewer(1, ("vara", "Vara"), "bibliotek"), [1, 2, 5]),
        (Viewer(1, ("kalmar", "Kalmar"), "medborgarservice"), [5]),
    ],
)
def test_a_unit_sees_its_own_and_what_belongs_to_nobody_yet(database: Database, who: Viewer, seen: list[int]) -> None:
    with database.writing() as session:
        for municipality, unit in CASES:
            session.add(
                CaseRow(
                    channel="sms",
                    team="t",
                    status="waiting",
                    urgency="normal",
                    reasons=["asked"],
                    summary="",
                    opened_at=NOW,
                    municipality=municipality,
                    unit=unit,
                )
            )
            session.flush()
    with database.reading() as session:
        assert session.scalars(select(CaseRow.id).where(seen_by(who)).order_by(CaseRow.id)).all() == seen
