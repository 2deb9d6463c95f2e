"""What a password must be. NIST SP 800-63B (5.1.1.2) asks for length and against common ones, and not for kinds of characters."""

from __future__ import annotations

import re

SHORTEST = 12
LONGEST = 200
"""Longer ones only make the server work."""
_FEWEST_DIFFERENT = 5
_OWN_AT_LEAST = 8
"""Characters beside a common word, or beside the e-mail address, that make it somebody's own."""
_COMMON = (
    "password", "lösenord", "losenord", "qwertyuiop", "qwerty", "asdfghjkl", "administrator", "welcome", "välkommen", "valkommen", "iloveyou", "letmein",
    "sommar", "vinter", "höst", "januari", "måndag", "sverige", "sweden", "stockholm", "kommun", "kommunen", "bibliotek", "biblioteket", "handledare",
    "samordnare", "lotsen", "kalmar", "kungsbacka", "mjölby", "vara", "hejsan", "hejhej", "hemligt", "changeme", "secret",
)  # fmt: skip
_ROWS = (
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyzåäö",
    "qwertyuiopåasdfghjklöäzxcvbnm",
    "qwertyuiopasdfghjklzxcvbnm",
)


def password_fault(password: str, email: str) -> str | None:
    """Why this cannot be the password of that account: short, long, common or email; None when it can."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    said = password.casefold()
    if _mostly(said, email.strip().casefold()) or _mostly(said, email.strip().casefold().partition("@")[0]):
        return "email"
    plain = re.sub(r"[\W_]", "", said)
    if len(set(plain)) < _FEWEST_DIFFERENT or any(plain in row or plain[::-1] in row for row in _ROWS):
        return "common"
    return "common" if _is_common(re.sub(r"\d", "", plain)) else None


def _mostly(said: str, part: str) -> bool:
    return len(part) > 2 and part in said and len(said.replace(part, "")) < _OWN_AT_LEAST


def _is_common(letters: str) -> bool:
    """Common words alone, one after the other, with whatever digits and marks stood between them."""
    for word in sorted(_COMMON, key=len, reverse=True):
        letters = letters.replace(word, "")
    return len(letters) < 3
