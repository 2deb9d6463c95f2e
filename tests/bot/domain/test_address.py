import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.address import Address, AddressError


@pytest.mark.parametrize(
    "written",
    [
        "070-174 06 05",
        "0701740605",
        " 070 174 06 05 ",
        "070.174.06.05",
        "+46 70 174 06 05",
        "+46701740605",
        "+46 (0)70-174 06 05",
        "0046701740605",
        "46701740605",
    ],
)
def test_a_swedish_number_is_read_however_it_is_written(written: str) -> None:
    assert Address.parse(written) == Address("+46701740605")


def test_other_numbers_and_chats_are_read_too() -> None:
    assert Address.parse("+1 212 555 0123").text == "+12125550123"
    assert Address.parse("0480-45 00 00").text == "+46480450000"
    assert Address.parse(" tg:4711 ").text == "tg:4711"


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "1177",
        "112",
        "114 14",
        "71717",
        "72456",
        "Mjolby",
        "NORDEA123",
        "1177 Varden",
        "+46",
        "+467017406051234567",
        "tg:",
        "tg:abc",
        "tg:0",
        "tg:007",
        "tg:1 2",
        "hej",
        "ring 070-174 06 05",
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(AddressError, match=r"write \+46701740605 or tg:4711") as raised:
        Address.parse(written)
    assert not written.strip() or written not in str(raised.value).replace("+46701740605 or tg:4711", "")


@pytest.mark.parametrize(
    "text",
    [
        "0701740605",
        "+46 701740605",
        "+0701740605",
        "+4670",
        "tg:x",
        "tg:٣",
        "+4670١٧٤٠٦٠٥",
        "+46701740605\n",
        "",
        "x+46701740605",
    ],
)
def test_an_address_is_only_made_of_its_one_form(text: str) -> None:
    with pytest.raises(AddressError):
        Address(text)


def test_the_channel_and_the_chat_follow_from_the_text() -> None:
    assert (Address("+46701740605").channel, Address("tg:4711").channel) == ("sms", "telegram")
    assert (Address("tg:4711").chat_id, Address("tg:-1001234567890").chat_id) == (4711, -1001234567890)
    with pytest.raises(AddressError, match="no chat id"):
        _ = Address("+46701740605").chat_id


def test_only_the_last_digits_are_shown() -> None:
    assert Address("+46701740605").shown == "...605"


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        address = Address.parse(text)
    except AddressError:
        return
    assert Address.parse(address.text) == address


@pytest.mark.parametrize(
    ("written", "takes"),
    [
        ("070-174 06 05", True),
        ("0480-45 00 00", False),
        ("0771-11 41 14", False),
        ("+1 212 555 0123", True),
        ("tg:4711", False),
    ],
)
def test_a_landline_takes_no_sms(written: str, takes: bool) -> None:
    assert Address.parse(written).takes_sms is takes
