"""config/loans: what is shipped can be read, and every fault is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.loan_files import read_loans

ROOT = Path(__file__).parents[2]
GOOD = """\
municipality: Vara
loans:
  - id: vara-platta
    unit: bibliotek
    title: {sv: Surfplatta, en: Tablet}
    days: 28
    wiping: [Logga ut]
    units:
      - {label: Platta 1, home: vara-bibliotek}
"""


def _faults(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "vara.yml").write_text(text, encoding="utf-8")
    return [f"{fault.line}: {fault.message}" for fault in read_loans(tmp_path)[1]]


def test_the_shipped_files() -> None:
    plans, faults = read_loans(ROOT / "config" / "loans")
    assert faults == []
    assert {plan.municipality for plan in plans} == {"Kalmar", "Mjölby", "Vara", "Kungsbacka"}
    assert all(plan.sample and plan.units and plan.wiping for plan in plans)
    assert any("programmering" in plan.id for plan in plans)


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    assert _faults(tmp_path, GOOD) == []
    (plan,) = read_loans(tmp_path)[0]
    assert (plan.days, plan.contents, plan.tags, plan.sample) == (28, {}, (), False)
    assert [(unit.label, unit.home) for unit in plan.units] == [("Platta 1", "vara-bibliotek")]


def test_no_folder_is_no_loans(tmp_path: Path) -> None:
    assert read_loans(tmp_path / "none") == ([], [])


@pytest.mark.parametrize(
    ("mends", "broken", "message"),
    [
        ("municipality: Vara\n", "", "1: 'municipality' is missing: add it at the top level"),
        ("    days: 28\n", "", "3: the loan has no 'days': add it"),
        ("days: 28", "days: många", "6: days is 'många': write a number from 1 to 365"),
        ("days: 28", "days: 0", "6: days is '0': write a number from 1 to 365"),
        ("wiping: [Logga ut]", "wiping: []", "7: wiping is empty: write at least one thing that is done before the next one gets it"),
        ("{sv: Surfplatta, en: Tablet}", "{sv: Surfplatta}", "5: title is missing in 'en': residents read both languages"),
        ("    days: 28\n", "    days: 28\n    contents: {sv: [laddare]}\n", "7: contents is missing in 'en': residents read both languages"),
        ("{label: Platta 1, home: vara-bibliotek}", "{label: Platta 1}", "9: the unit has no 'home': write it as {label: Platta 1, home: kungsbacka-fyren}"),
        (
            "      - {label: Platta 1, home: vara-bibliotek}\n",
            "      - {label: A, home: x}\n      - {label: A, home: y}\n",
            "10: 'A' is the label of two units: change one",
        ),
        ("    units:\n      - {label: Platta 1, home: vara-bibliotek}\n", "    units: []\n", "8: units is empty: write at least one"),
        ("label: Platta 1", f"label: {'P' * 61}", "9: the label 'PPPPPPPPPPPPPPPPPPPP'... is too long: write at most 60 characters"),
        ("    unit: bibliotek\n", "    unit: bibliotek\n    colour: red\n", "5: a loan has no 'colour': remove it, or use one of contents, days, id, sample, tags, title, unit, units, wiping"),
    ],
)  # fmt: skip
def test_each_fault(tmp_path: Path, mends: str, broken: str, message: str) -> None:
    assert mends in GOOD
    assert _faults(tmp_path, GOOD.replace(mends, broken)) == [message]


def test_the_same_id_twice(tmp_path: Path) -> None:
    entry = GOOD.partition("loans:\n")[2]
    assert _faults(tmp_path, GOOD + entry) == ["10: 'vara-platta' is the id of two loans: change one"]
    assert len(read_loans(tmp_path)[0]) == 1
