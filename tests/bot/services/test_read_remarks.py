"""Wishes and opinions as they are read, on both databases."""

from __future__ import annotations

from datetime import timedelta

from bot.services.read_remarks import remarks
from bot.services.viewer import Viewer
from bot.store.database import Database
from bot.store.tables import RemarkRow
from tests.stand_ins import MONDAY, SettableClock


def test_newest_first_of_ones_municipality_and_of_none(database: Database) -> None:
    with database.writing() as session:
        for i, municipality in enumerate(("kalmar", None, "vara")):
            at = MONDAY + timedelta(minutes=i)
            session.add(RemarkRow(conversation_id=None, municipality=municipality, at=at, kind="wish", text=f"nr {i}"))
    clock = SettableClock()
    assert [remark.text for remark in remarks(database, clock, Viewer(1)).remarks] == ["nr 2", "nr 1", "nr 0"]
    assert [remark.text for remark in remarks(database, clock, Viewer(1, ("kalmar",))).remarks] == ["nr 1", "nr 0"]
    assert remarks(database, clock, Viewer(1)).now == MONDAY
