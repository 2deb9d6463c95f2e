"""The conversations that editors wrote, played against the real interpreter, engine and store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.configuration import load_configuration
from bot.conversation_files import ConversationTest, read_all
from bot.domain.finding import Finding
from bot.flows import load_strictly
from bot.gazetteer_files import load_gazetteer
from bot.play_conversations import Machine, play, play_all
from bot.settings import load_settings
from bot.store.migrate import migrate
from bot.wiring import DANGER, GAZETTEER, make_interpreter, make_world
from nlu.danger import DangerRules

FOLDER = Path(__file__).parent / "conversations"
TESTS, FAULTS = read_all(FOLDER)
FILES = sorted({test.file for test in TESTS})
LEAST_OF_A_GUIDE = 3


@pytest.fixture(scope="module")
def machine() -> Machine:
    settings = load_settings()
    configuration = load_configuration(settings.config_folder, settings.twilio_number)
    gazetteer, danger = load_gazetteer(GAZETTEER), DangerRules.load(DANGER)
    world = make_world(load_strictly(), configuration, gazetteer)
    return Machine(
        world, make_interpreter(settings, gazetteer, danger, None), danger, configuration.courses, configuration.loans
    )


def test_they_are_well_formed() -> None:
    assert FAULTS == []
    titles = Counter((test.file, test.title) for test in TESTS)
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_guide_has_three() -> None:
    guides = {name for name, flow in load_strictly().flows.items() if flow.kind == "guide"}
    written = Counter(Path(test.file).stem for test in TESTS)
    assert len(guides) >= 29
    assert {name for name in guides if written[name] < LEAST_OF_A_GUIDE} == set()


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
def test_they_go_as_they_should(machine: Machine, file: str) -> None:
    found = [
        finding for _, faults in play_all(machine, [test for test in TESTS if test.file == file]) for finding in faults
    ]
    assert "\n".join(map(str, found)) == ""


@pytest.mark.slow
def test_a_wrong_expectation_is_told_with_its_line(machine: Machine, tmp_path: Path) -> None:
    told = list(
        _faults(machine, tmp_path, "== Fel\n> hur skaffar jag swish\n< kaffe\n! swish\nstep: none\ncase: fraud\n")
    )
    assert [fault.line for fault in told] == [3, 4, 5, 6]
    assert 'must hold "kaffe"' in told[0].message
    assert "the answer to" in told[0].message
    assert "the open step is 'connect'" in told[2].message or "the open step is" in told[2].message
    assert "the case is none" in told[3].message


def _faults(machine: Machine, folder: Path, text: str) -> Iterator[Finding]:
    from bot.conversation_files import read_text

    tests: list[ConversationTest]
    tests, found = read_text("wrong.txt", text)
    assert found == []
    url = f"sqlite:///{folder / 'played.db'}"
    migrate(url)
    yield from play(machine, tests[0], url)
