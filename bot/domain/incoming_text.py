"""Makes any incoming text safe to store, read and show: the first thing that happens to it."""

from __future__ import annotations

import unicodedata

LONGEST = 4096
"""Characters kept of one message: Telegram's own limit; an SMS has at most 1,600."""

_KEPT_CONTROLS = "\n\t"


def clean(text: str) -> str:
    """The text in NFC, without control and format characters (NUL, zero width, direction marks) and lone surrogates.

    Line breaks are kept as \\n. A text longer than LONGEST is cut there.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    plain = unicodedata.normalize("NFC", whole.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in plain if c in _KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return "".join(kept).strip()[:LONGEST]
