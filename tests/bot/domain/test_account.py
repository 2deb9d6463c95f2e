"""Who may look after whose account."""

from __future__ import annotations

import pytest

from bot.domain.account import ROLES, Standing, gives, may_manage, reaches

KALMAR, LIBRARY = Standing("samordnare", "kalmar"), Standing("samordnare", "kalmar", "bibliotek")


@pytest.mark.parametrize(
    ("actor", "other", "may"),
    [
        (Standing("admin"), Standing("admin"), True),
        (Standing("admin"), Standing("handledare", "vara", "bibliotek"), True),
        (Standing("admin", "kalmar"), Standing("admin"), False),
        (Standing("admin", "kalmar"), Standing("samordnare", "kalmar", "bibliotek"), True),
        (Standing("samordnare"), Standing("reader", "vara"), True),
        (Standing("samordnare"), Standing("samordnare", "vara"), False),
        (KALMAR, Standing("handledare", "kalmar", "bibliotek"), True),
        (KALMAR, Standing("reader", "kalmar"), True),
        (KALMAR, Standing("admin", "kalmar"), False),
        (KALMAR, Standing("handledare", "vara"), False),
        (KALMAR, Standing("handledare"), False),
        (LIBRARY, Standing("handledare", "kalmar", "bibliotek"), True),
        (LIBRARY, Standing("handledare", "kalmar"), False),
        (LIBRARY, Standing("handledare", "kalmar", "omsorg"), False),
        (LIBRARY, Standing("handledare", "vara", "bibliotek"), False),
        (Standing("handledare"), Standing("reader"), False),
        (Standing("reader"), Standing("reader"), False),
    ],
)
def test_who_may_manage_whom(actor: Standing, other: Standing, may: bool) -> None:
    assert may_manage(actor, other) is may


def test_nobody_gives_more_than_they_have() -> None:
    assert gives("admin") == ROLES
    assert gives("samordnare") == ("handledare", "reader")
    assert gives("handledare") == gives("reader") == gives("boss") == ()


def test_an_account_of_everywhere_reaches_everywhere_and_no_other_reaches_it() -> None:
    assert reaches(Standing(""), Standing("", "vara", "bibliotek"))
    assert not reaches(KALMAR, Standing("reader"))
