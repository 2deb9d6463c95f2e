"""Makes any incoming text safe to store, read and show: the first thing that happens to it."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4096
"""Characters kept of one message: Telegram's own limit; an SMS has at most 1,600."""

_KEPT_CONTROLS = "\n\t"
_LINE_BREAK = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text in NFC, without control and format characters (NUL, zero width, direction marks) and lone surrogates.

    Line breaks of every kind become \\n. A text longer than LONGEST is cut there.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    broken = _LINE_BREAK.sub("\n", whole)
    kept = (c for c in broken if c in _KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    # NFC comes last: what stood apart over an invisible character may belong together once that is gone.
    return unicodedata.normalize("NFC", "".join(kept)).strip()[:LONGEST].rstrip()
