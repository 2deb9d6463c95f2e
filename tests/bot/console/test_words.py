"""Every word that a page asks for exists, in both languages, and nothing else is kept."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from bot.console.course_typed import LANGUAGES as COURSE_LANGUAGES
from bot.console.place_form import ACCESS
from bot.console.place_form import LANGUAGES as SPOKEN
from bot.console.views.case import OUTCOMES
from bot.console.words import LANGUAGES, WORDS, has, word
from bot.domain.account import ROLES
from bot.domain.case import Reason, Status, Urgency
from bot.domain.course import CourseKind
from bot.domain.course_draft import LEVELS
from bot.domain.delivery import Delivery
from bot.domain.link import Deed, EndedBy, LinkStatus, Scope
from bot.domain.message import Kind
from bot.domain.place import PlaceKind
from bot.domain.place_state import Concern
from bot.services.call_back import CallResult
from bot.services.make_link import Side
from bot.services.open_case_for import Came
from bot.services.read_courses import Period
from bot.services.read_links import Standing
from bot.services.read_queue import View

CONSOLE = Path(__file__).parents[3] / "bot" / "console"
_LITERAL = re.compile(r"""["']([a-z_]+\.[A-Za-z0-9_]+)["']""")


def _used() -> set[str]:
    sources = [
        *CONSOLE.rglob("*.html"),
        *(path for path in CONSOLE.rglob("*.py") if not path.name.endswith("words.py")),
    ]
    return {found for path in sources for found in _LITERAL.findall(path.read_text(encoding="utf-8"))}


def _whys() -> set[str]:
    """Every reason that a fault with a course is raised for."""
    source = Path(__file__).parents[3] / "bot"
    paths = [source / "domain/course_draft.py", source / "console/course_typed.py"]
    paths += [source / f"services/{name}.py" for name in ("run_courses", "book_for")] + [
        source / "console/views/course_acts.py"
    ]
    found = {why for path in paths for why in re.findall(r'Fault\([\w".]+, "(\w+)"', path.read_text(encoding="utf-8"))}
    assert len(found) > 20
    return found | {"called_off", "drop_in", "has_been"}


def test_every_word_that_is_asked_for_exists() -> None:
    prefixes = {key.partition(".")[0] for key in WORDS}
    asked = {key for key in _used() if key.partition(".")[0] in prefixes and not key.endswith((".html", ".py"))}
    assert len(asked) > 80
    assert sorted(asked - WORDS.keys()) == []


def test_every_value_of_the_domain_has_its_word() -> None:
    wanted = [f"urgency.{x}" for x in Urgency] + [f"status.{x}" for x in Status] + [f"reason.{x}" for x in Reason]
    wanted += [f"delivery.{x}" for x in Delivery] + [f"view.{x}" for x in View] + [f"role.{x}" for x in ROLES]
    wanted += [f"outcome.{x}" for x in (*OUTCOMES, "bot")] + [f"kind.{x}" for x in Kind]
    wanted += (
        [f"course_kind.{x}" for x in CourseKind] + [f"period.{x}" for x in Period] + [f"level.{x}" for x in LEVELS]
    )
    wanted += [f"language.{x}" for x in COURSE_LANGUAGES] + [f"course_fault.{x}" for x in _whys()]
    wanted += [f"place_kind.{x}" for x in PlaceKind] + [f"concern.{x}" for x in Concern]
    wanted += [f"spoken.{x}" for x in SPOKEN] + [f"access.{x}" for x in ACCESS]
    wanted += [f"call.{x}" for x in CallResult] + [
        f"{kind}.{x}" for kind in ("came", "new_came", "channel") for x in Came
    ]
    wanted += [f"link_status.{x}" for x in LinkStatus] + [f"link_by.{x}" for x in EndedBy] + [f"deed.{x}" for x in Deed]
    wanted += (
        [f"link_scope.{x}" for x in Scope]
        + [f"link_scope_hint.{x}" for x in Scope]
        + [f"link_standing.{x}" for x in Standing]
    )
    wanted += [f"new_link_of.{x}" for x in Side]
    assert [key for key in wanted if not has(key)] == []


def test_no_word_is_left_over() -> None:
    built = (
        "urgency",
        "status",
        "reason",
        "delivery",
        "view",
        "role",
        "outcome",
        "kind",
        "channel",
        "language",
        "fault",
    )
    built += ("course_kind", "level", "period", "course_warning", "course_fault")
    built += ("bubble", "in", "part", "flash", "error", "author", "note", "done", "remark")
    built += ("loan_state", "loan_done")
    built += ("duty_state", "duty_done")
    built += ("account_done", "account_fault", "audit_act")
    built += ("filter", "found")
    built += ("brief", "call", "came", "new_came", "audit_numbered")
    built += ("place_kind", "concern", "spoken", "access", "place_fault", "place_done")
    built += ("link_status", "link_by", "link_scope", "link_scope_hint", "link_standing", "link_fault", "link_done")
    built += ("new_link_of", "new_link_how", "deed", "file", "doubt")
    left = {key for key in WORDS if key.partition(".")[0] not in built} - _used()
    assert sorted(left) == []


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_have_the_same_placeholders(key: str) -> None:
    swedish, english = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in WORDS[key])
    assert swedish == english
    assert all(text.strip() for text in WORDS[key])


def test_a_word_is_filled_in() -> None:
    assert word("taken.title", "sv", name="Karin") == "Karin har redan tagit det"
    assert word("taken.title", "en", name="Karin") == "Karin has already taken it"
    assert LANGUAGES == ("sv", "en")
    with pytest.raises(KeyError):
        word("no.such", "sv")
