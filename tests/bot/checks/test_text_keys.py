"""Which texts the code asks for: found in its source, so that none can be forgotten."""

from __future__ import annotations

from pathlib import Path

from bot.checks.text_keys import BY_VARIABLE, FAMILIES, Asking, asked_for, askings

SOURCE = """
def f(walk, kind, key):
    walk.say("plain")
    walk.say("yes" if kind else "no", title="T")
    walk.say(f"got_{kind}")
    walk.say(key)
    walk.world.texts.get("deep", walk.language, km="1")
    other.say("not ours")
    conversation.get("not ours")
"""


def test_reads_the_calls_that_ask_for_texts(tmp_path: Path) -> None:
    (tmp_path / "room.py").write_text(SOURCE, encoding="utf-8")
    nothing: frozenset[str] = frozenset()
    assert sorted(askings(tmp_path), key=lambda asking: (asking.line, str(asking.key))) == [
        Asking("room.py", 3, "plain", nothing),
        Asking("room.py", 4, "no", frozenset({"title"})),
        Asking("room.py", 4, "yes", frozenset({"title"})),
        Asking("room.py", 5, "got_*", nothing),
        Asking("room.py", 6, None, nothing),
        Asking("room.py", 7, "deep", frozenset({"km"})),
    ]


def test_families_become_their_members() -> None:
    keys = asked_for([Asking("room.py", 1, "got_*", frozenset())])
    assert {"got_contact", "got_own_contact", "got_other"} <= keys.keys()
    assert "got_*" not in keys


def test_every_family_in_the_code_is_known() -> None:
    beginnings = {asking.key[:-1] for asking in askings() if asking.key and asking.key.endswith("*")}
    assert beginnings == set(FAMILIES)


def test_every_variable_in_the_code_is_looked_after() -> None:
    """Whoever adds a call with a variable adds its keys to BY_VARIABLE, and the call here."""
    variables = sorted((asking.file, *sorted(asking.placeholders)) for asking in askings() if asking.key is None)
    assert variables == [
        ("engine/comfort.py",),
        ("engine/comfort.py",),
        ("engine/duty_words.py", "clock", "day"),
        ("engine/new_need.py",),
        ("engine/walk.py",),
        ("engine/walk.py",),
        ("services/link_relatives.py", "called"),
        ("services/link_work.py", "called", "may", "name"),
        ("services/tell_deeds.py", "deeds"),
        ("services/write_first.py",),
    ]
    assert BY_VARIABLE["when_weekday"] == {"clock", "day"}


def test_the_engine_asks_for_many_texts() -> None:
    assert len(asked_for(askings())) > 60
