"""Passwords are kept as Argon2id hashes (RFC 9106), and compared in the same time whether or not there is such an account."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.domain.password import password_fault

_hasher = PasswordHasher()
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$2ZQ8bZSkpv2mwHmEQZ7bUnRSV1WkSgGJSNoXK5Xk3xM"
"""Verified against when the account does not exist, so that the answer takes as long."""


class WrongPassword(Exception):
    """No such account and password."""


class PasswordFault(ValueError):
    """The new password will not do; `why` is short, long, common or email (bot/domain/password.py)."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the new password is {why}")
        self.why = why


def hashed(password: str) -> str:
    """What is stored of it."""
    return _hasher.hash(password)


def chosen(password: str, email: str) -> str:
    """What is stored of a password that somebody has chosen for that account. Raises PasswordFault."""
    if why := password_fault(password, email):
        raise PasswordFault(why)
    return hashed(password)


def is_right(stored: str | None, password: str) -> bool:
    """Whether this is the password; `stored` None is an account that does not exist."""
    try:
        _hasher.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
