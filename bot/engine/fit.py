"""An answer within what it may cost: parts that may give way do so, in order, until the rest fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.sms_text import prepare


def fitted(parts: Sequence[str], shorter: Mapping[str, str], most: int) -> str:
    """The parts as one text of at most `most` SMS segments, or as near to it as `shorter` allows.

    `shorter` gives, for a part, what may stand in its place, and for that again; an empty text leaves the part out. First parts get shorter, then parts are left out;
    the first that may, before the next.
    """
    kept = list(parts)
    for leave_out in (False, True):
        for at in range(len(kept)):
            while kept[at] in shorter and (not shorter[kept[at]]) == leave_out:
                if prepare(_joined(kept)).segments <= most:
                    return _joined(kept)
                kept[at] = shorter[kept[at]]
    return _joined(kept)


def _joined(parts: Sequence[str]) -> str:
    return " ".join(part.strip() for part in parts if part.strip())
