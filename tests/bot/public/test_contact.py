"""How to reach us, as words, links and codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.duty import SendingNumber
from bot.public.contact import QUIET_ZONE, Contact, code, code_as_svg, contact_of
from tests.stand_ins import OUR_NUMBER, VARA_NUMBER, WITHOUT_TELEGRAM

KALMAR, VARA = WITHOUT_TELEGRAM.municipalities


@pytest.mark.parametrize(
    ("number", "shown"),
    [("+46701740690", "070-174 06 90"), ("+4748012345", "+47 48 01 23 45"), ("", ""), ("nonsense", "nonsense")],
)
def test_a_number_is_written_as_people_write_it(number: str, shown: str) -> None:
    assert Contact(number).shown == shown


def test_links() -> None:
    assert (Contact(OUR_NUMBER, "lotsen_bot").sms_link, Contact(OUR_NUMBER, "lotsen_bot").telegram_link) == (
        "sms:+46701740690",
        "https://t.me/lotsen_bot",
    )
    assert (Contact("").sms_link, Contact("").telegram_link) == ("", "")


def test_the_municipalitys_own_number_else_the_groups() -> None:
    assert contact_of(WITHOUT_TELEGRAM, VARA).number == VARA_NUMBER
    group = replace(WITHOUT_TELEGRAM, numbers=(SendingNumber("+46701740699"), SendingNumber(OUR_NUMBER, "kalmar")))
    assert [contact_of(group, one).number for one in (KALMAR, VARA, None)] == [
        OUR_NUMBER,
        "+46701740699",
        "+46701740699",
    ]
    assert contact_of(replace(WITHOUT_TELEGRAM, numbers=()), KALMAR).number == ""


def test_telegram_where_it_is_answered() -> None:
    some = replace(WITHOUT_TELEGRAM, municipalities=(replace(KALMAR, telegram=True), VARA))
    assert [contact_of(some, one, "b").telegram for one in (*some.municipalities, None)] == ["b", "", "b"]
    assert contact_of(WITHOUT_TELEGRAM, None, "b").telegram == ""


@pytest.mark.parametrize(
    ("home", "link"),
    [
        ("kalmar", "?start=kalmar"),
        ("upplands-vasby", "?start=upplands-vasby"),
        ("", ""),
        ("mjölby", ""),
        ("x" * 65, ""),
    ],
)
def test_the_link_tells_the_bot_the_municipality(home: str, link: str) -> None:
    assert Contact(OUR_NUMBER, "lotsen_bot", home).telegram_link == f"https://t.me/lotsen_bot{link}"


def test_a_code_has_its_three_corners_and_its_quiet_zone() -> None:
    matrix = code("sms:+46701740690")
    size = len(matrix)
    assert size >= 21 and all(len(row) == size for row in matrix)
    for y, x in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert all(matrix[y][x + i] and matrix[y + 6][x + i] for i in range(7)), (
            "a finder pattern (ISO/IEC 18004, 6.3.3)"
        )
        assert not any(matrix[y + 1][x + i] for i in range(1, 6))
    svg = code_as_svg("sms:+46701740690")
    assert svg.startswith(f'<svg viewBox="0 0 {size + 2 * QUIET_ZONE} {size + 2 * QUIET_ZONE}"')
    assert "style" not in svg and 'fill="#fff"' in svg
