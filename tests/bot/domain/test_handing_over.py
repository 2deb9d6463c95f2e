"""When the person must have said yes before another unit reads their case."""

from __future__ import annotations

import pytest

from bot.domain.handing_over import Home, needs_consent

NOBODYS = Home()
KALMAR, LIBRARY, CENTRE = Home("kalmar"), Home("kalmar", "library"), Home("kalmar", "centre")
VARA = Home("vara", "library")


@pytest.mark.parametrize(
    ("case", "giver", "to", "needed"),
    [
        (LIBRARY, LIBRARY, CENTRE, True),
        (LIBRARY, LIBRARY, VARA, True),
        (LIBRARY, LIBRARY, LIBRARY, False),
        (LIBRARY, KALMAR, CENTRE, True),  # an account of the whole municipality gives away a unit's case
        (LIBRARY, NOBODYS, CENTRE, True),
        (KALMAR, LIBRARY, CENTRE, True),  # every unit's, but the library has worked with it
        (KALMAR, LIBRARY, LIBRARY, False),
        (KALMAR, KALMAR, LIBRARY, False),
        (KALMAR, NOBODYS, CENTRE, False),
        (KALMAR, VARA, CENTRE, False),
        (KALMAR, KALMAR, VARA, True),
        (NOBODYS, LIBRARY, CENTRE, True),
        (NOBODYS, LIBRARY, VARA, True),
        (NOBODYS, LIBRARY, LIBRARY, False),
        (NOBODYS, NOBODYS, VARA, False),
    ],
)
def test_a_unit_that_may_not_read_it_yet_needs_the_persons_yes(case: Home, giver: Home, to: Home, needed: bool) -> None:
    assert needs_consent(case, giver, to) is needed
