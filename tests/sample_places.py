"""A place to keep, change and find fault with, as a document of the database."""

from __future__ import annotations

from typing import Any

from bot.domain.place import Place
from bot.place_documents import place_of

DOCUMENT: dict[str, Any] = {
    "id": "kalmar-bibliotek",
    "name": "Kalmar bibliotek",
    "kind": "library",
    "unit": "library",
    "town": "Kalmar",
    "lat": 56.6616,
    "lon": 16.3616,
    "helps_with": ["digital"],
    "directions": {"sv": "Fråga i disken.", "en": "Ask at the desk."},
    "hours": {
        "staffed": {"monday": "10:00-18:00", "tuesday": "10:00-12:00, 13:00-18:30"},
        "unstaffed": {"monday": "06:00-22:00", "sunday": "06:00-22:00"},
        "seasons": [{"from": "06-22", "to": "08-09", "staffed": {"monday": "12:00-15:00"}}],
        "exceptions": [
            {"date": "2026-12-07", "staffed": "10:00-12:00"},
            {"from": "2026-12-28", "to": "2026-12-30", "closed": True},
        ],
    },
    "languages": ["sv", "en"],
    "access": ["lift"],
    "providers": ["Kalmar kommun"],
    "verified_at": "2026-11-02",
    "verified_by": "Bibliotekschefen",
}
"""Good on Monday 23 November 2026, the day that most tests are on."""


def document(**changes: object) -> dict[str, Any]:
    """The document with other values; None takes a key away."""
    made = {**DOCUMENT, **changes}
    return {key: value for key, value in made.items() if value is not None}


def place(municipality: str = "Kalmar", **changes: object) -> Place:
    """The place of such a document."""
    return place_of(document(**changes), municipality)
