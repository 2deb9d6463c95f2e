"""Cuts a message into the parts that may each hold a need of their own."""

import re

# Words a part must have to be a need of its own, and how many parts are read.
SHORTEST = 3
MOST_PARTS = 4

_BORDER = re.compile(
    r"[.!?\n;,]+\s*|\s+(?:och sen|och sedan|och så|sen så|dessutom|också|samt|även|and also|also|plus|och)\s+",
    re.IGNORECASE,
)


_ANOTHER = re.compile(
    r"\b(?:och sen|och sedan|och så|sen så|sen vill|sen behöver|dessutom|en sak till|en fråga till|två saker|två frågor|and also|one more thing|two things)\b",
    re.IGNORECASE,
)


def tells_of_another(text: str) -> bool:
    """Whether the words themselves say that another need follows ("och så behöver jag ...")."""
    return _ANOTHER.search(text) is not None


def parts_of(text: str) -> list[str]:
    """The parts of `text` in the order they are told; fewer than two when it is all of a piece."""
    parts = [part.strip() for part in _BORDER.split(text) if part and len(part.split()) >= SHORTEST]
    return parts[:MOST_PARTS] if len(parts) > 1 else []
