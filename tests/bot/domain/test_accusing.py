"""Whom an elder accuses."""

from __future__ import annotations

import pytest

from bot.domain.accusing import accuses

NAMES = ["Karin Ek", "Bo"]


@pytest.mark.parametrize(
    "text",
    [
        "karin lurar mig på pengar",
        "Karin har tagit mina pengar",
        "jag är lurad av Karin",
        "Karin hotar mig",
        "karin har swishat bort mina pengar",
        "jag är rädd för karin",
        "Karin slår mig",
        "Karin took my card",
    ],
)
def test_by_name(text: str) -> None:
    assert accuses(text, NAMES) == ["Karin Ek"]


@pytest.mark.parametrize(
    "text",
    [
        "min dotter har swishat bort pengar",
        "min son stjäl från mig",
        "jag blev lurad av min dotter",
        "dottern har tömt kontot",
        "my son took my money",
    ],
)
def test_somebody_close_may_be_any_of_them(text: str) -> None:
    assert accuses(text, NAMES) == NAMES


@pytest.mark.parametrize(
    "text",
    [
        "någon har tagit mina pengar",
        "karin säger att det är bluff",
        "banken ringde, min dotter tror att de lurar mig",
        "karin hjälper mig, jag har blivit lurad av en man",
        "jag har swishat fel",
        "Karin kommer på söndag",
        "min son sa att ni lurar mig",
    ],
)
def test_accuses_nobody_of_them(text: str) -> None:
    assert accuses(text, NAMES) == []
