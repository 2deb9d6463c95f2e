import pytest

from nlu.options import find_option

MENU = ("Skaffa BankID", "BankID är spärrat", "Något annat")


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", "1"), ("1.", "1"), (" 2) ", "2"), ("ettan", "1"), ("nummer 1 tack", "1"), ("den första", "1"), ("alternativ två", "2"),
     ("ta trean", "3"), ("2:an", "2"), ("Jag väljer 3", "3"), ("number two please", "2"), ("14", "14"),
     ("nr1", "1"), ("alt 2", "2"), ("tvåa", "2"), ("fösta", "1"), ("tredej", "3"), ("1\ufe0f\u20e3", "1"), ("②", "2"), ("tian", "10"), ("2 tack så mycket", "2")],
)  # fmt: skip
def test_menu_number(text: str, value: str) -> None:
    option = find_option(text, ())
    assert option is not None
    assert option.value == value


def test_offsets_point_at_the_number() -> None:
    option = find_option("nummer 2 tack", MENU)
    assert option is not None
    assert (option.start, option.end) == (7, 8)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sista", "3"),
        ("översta", "1"),
        ("mitt bankid är spärrat", "2"),
        ("någe annat", "3"),
        ("spärat", "2"),
        ("skaffa", "1"),
        ("nåt annat", "3"),
        ("bankid är spärrat", "2"),
    ],
)
def test_the_options_own_words(text: str, value: str) -> None:
    option = find_option(text, MENU)
    assert option is not None
    assert option.value == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1177",
        "595 30",
        "bankid",
        "jag har två frågor om swish",
        "har en dator",
        "99",
        "112",
        "1 och 2",
        "ja",
        "en gång till",
        "fredag",
    ],
)
def test_no_option(text: str) -> None:
    assert find_option(text, MENU) is None
