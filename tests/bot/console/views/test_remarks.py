"""Wishes and opinions."""

from __future__ import annotations

from collections.abc import Callable

from bot.store.tables import RemarkRow
from tests.bot.console.stand import Desk, Stand


def test_the_newest_stands_first_and_is_text(at_desk: Callable[..., Desk], stand: Stand) -> None:
    with stand.database.writing() as session:
        for kind, municipality, text in (
            ("wish", "kalmar", "kurs i <b>foto</b>"),
            ("feedback", None, "bra hjälp"),
            ("wish", "vara", "fler datorer"),
        ):
            session.add(
                RemarkRow(
                    conversation_id=None,
                    municipality=municipality,
                    at=stand.clock.pass_(minutes=1),
                    kind=kind,
                    text=text,
                )
            )
    page = at_desk("Karin").get("/console/remarks").text
    places = [page.index(text) for text in ("fler datorer", "bra hjälp", "kurs i &lt;b&gt;foto&lt;/b&gt;")]
    assert places == sorted(places)
    assert "Önskemål</strong>, Vara" in page
    assert "Synpunkt</strong>, Okänd kommun" in page
    ours = at_desk("Vera", municipality="vara").get("/console/remarks").text
    assert "fler datorer" in ours
    assert "bra hjälp" in ours
    assert "kurs i" not in ours


def test_none_yet(karin: Desk) -> None:
    assert "Inga önskemål eller synpunkter ännu." in karin.get("/console/remarks").text
