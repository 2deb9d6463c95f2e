import pytest

from nlu.named import find_named


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("min mammas mobil", "relation", "mamma"),
        ("min man vill", "relation", "man"),
        ("grannen frågar", "relation", "granne"),
        ("på min ipad", "device", "surfplatta"),
        ("handelsbankens app", "bank", "Handelsbanken"),
        ("forsakringskasan", "authority", "Försäkringskassan"),
    ],
)
def test_named(text: str, entity: str, value: str) -> None:
    assert (entity, value) in [(found.entity, found.value) for found in find_named(text)]


def test_man_alone_is_anyone() -> None:
    assert find_named("hur gör man") == []
