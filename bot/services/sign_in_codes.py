"""Codes at sign-in from an app on the phone (TOTP, RFC 6238: SHA-1, six digits, half a minute each), and recovery codes for when the phone is away."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

import pyotp

from bot.services import brake
from bot.services.brake import digest
from bot.services.passwords import WrongPassword, is_right
from bot.services.ports import Clock
from bot.store import users
from bot.store.clock import business_time
from bot.store.database import Database
from bot.store.tables import UserRow

ISSUER = "Lotsen"
RECOVERY_CODES = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without what is read as something else: 0 and o, 1, i and l."""
_GROUPS, _IN_GROUP = 3, 5
_SECRET = re.compile(r"[A-Z2-7]{32}")
_WINDOW = (-1, 0, 1)
"""Steps that a code may be early or late by (RFC 6238, 5.2 and 6)."""


class WrongCode(Exception):
    """Not the code, or one that was taken before."""


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 (4, R6) recommends."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Whether it has the shape of one of ours."""
    return bool(_SECRET.fullmatch(text))


def address(secret: str, email: str) -> str:
    """What the QR code holds, for the app to read."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def in_groups(secret: str) -> str:
    """The secret as somebody types it into the app."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def turn_on(database: Database, clock: Clock, user_id: int, secret: str, code: str) -> list[str]:
    """From now on this account has a code at sign-in; its recovery codes, shown this once. Raises WrongCode, DatabaseAway."""
    now = clock()
    if not is_secret(secret):
        raise WrongCode
    with database.writing() as session:
        user = session.get_one(UserRow, user_id, with_for_update=True)
        if user.totp_secret:  # in another window; what is there stays
            raise WrongCode
        user.totp_secret, user.totp_used = secret, None
        if not take(user, code, now):
            raise WrongCode  # and nothing is kept
        codes = _renew(user)
        users.audit(session, business_time(session, now), user_id, "code_on", about=user_id)
    return codes


def turn_off(database: Database, clock: Clock, user_id: int, password: str) -> None:
    """No code is asked for any more. Raises WrongPassword, TooManyTries, DatabaseAway."""
    check_password(database, clock, user_id, password)
    with database.writing() as session:
        clear(session.get_one(UserRow, user_id, with_for_update=True))
        users.audit(session, business_time(session, clock()), user_id, "code_off", about=user_id)


def renew_recovery_codes(database: Database, clock: Clock, user_id: int, password: str) -> list[str]:
    """New recovery codes, shown this once; the old ones count no more. Raises WrongPassword, TooManyTries, WrongCode, DatabaseAway."""
    check_password(database, clock, user_id, password)
    with database.writing() as session:
        user = session.get_one(UserRow, user_id, with_for_update=True)
        if not user.totp_secret:
            raise WrongCode
        codes = _renew(user)
        users.audit(session, business_time(session, clock()), user_id, "code_renew", about=user_id)
    return codes


def check_password(database: Database, clock: Clock, user_id: int, password: str) -> None:
    """Whether whoever is signed in knows the password too: a console may stand open in a library. Raises WrongPassword, TooManyTries, DatabaseAway."""
    now = clock()
    with database.reading() as session:
        user = session.get_one(UserRow, user_id)
        guessed = [brake.passwords_of(user.email)]
        brake.check(session, guessed, now)
    if is_right(user.password_hash, password):
        return
    with database.writing() as session:
        brake.failed(session, guessed, now)
        users.audit(session, business_time(session, now), None, "sign_in_failed", about=user_id)
    raise WrongPassword


def take(user: UserRow, code: str, now: datetime) -> bool:
    """Whether this is a code of now that was not taken before; then it is taken. The row is locked by the caller."""
    digits = re.sub(r"\s", "", code)
    totp = pyotp.TOTP(user.totp_secret or "")
    step = totp.timecode(now)
    for at in (step + ahead for ahead in _WINDOW):
        if pyotp.utils.strings_equal(digits, totp.generate_otp(at)) and (user.totp_used is None or at > user.totp_used):
            user.totp_used = at
            return True
    return False


def spend(user: UserRow, code: str) -> bool:
    """Whether this is a recovery code that was not used before; then it is used. The row is locked by the caller."""
    wanted = _hash(code)
    left = [each for each in user.recovery_hashes if each != wanted]
    found = len(left) < len(user.recovery_hashes)
    user.recovery_hashes = left
    return found


def clear(user: UserRow) -> None:
    """Without a code at sign-in. The row is locked by the caller."""
    user.totp_secret, user.totp_used, user.recovery_hashes = None, None, []


def _renew(user: UserRow) -> list[str]:
    codes = [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
        for _ in range(RECOVERY_CODES)
    ]
    user.recovery_hashes = [_hash(code) for code in codes]
    return codes


def _hash(code: str) -> str:
    return digest("recovery:" + re.sub(r"[\s-]", "", code.casefold()))
