"""Reads YAML so that every value knows its line, and stays the text that was written.

Plain YAML turns 10:30 into 630, ``on`` into true and 2026-02-31 into an exception without a line; an editor should
meet none of that. What a text means is decided, and complained about with its line, by whoever reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.domain.finding import ContentError, Finding

_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader, ten times as quick, where PyYAML was built with it."""


class YamlFault(Exception):
    """The file is not YAML, or not shaped as expected. ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message

    def in_file(self, path: Path) -> FileFault:
        """The same, said with the file that it was found in."""
        return FileFault(path, self.line, self.message)


@dataclass(frozen=True)
class FileFault:
    """One thing wrong in a file: where, what, and what to do about it."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Marked:
    """A value with the line it starts on: text, a list, or a mapping by key."""

    line: int
    value: str | list[Marked] | dict[str, Marked]

    def text(self, what: str) -> str:
        """The text, stripped. Raises YamlFault when it is something else or empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise YamlFault(self.line, f"{what} must be a text: write it after the colon")
        return self.value.strip()

    def items(self, what: str) -> list[Marked]:
        """The list. Raises YamlFault when it is something else."""
        if not isinstance(self.value, list):
            raise YamlFault(self.line, f"{what} must be a list: [one, two] or a line with - for each")
        return self.value

    def mapping(self, what: str) -> dict[str, Marked]:
        """The mapping. Raises YamlFault when it is something else."""
        if not isinstance(self.value, dict):
            raise YamlFault(self.line, f"{what} must have keys of its own: indent them on the lines below")
        return self.value


def read_marked(path: Path) -> Marked:
    """The whole file. Raises YamlFault when it is empty, no YAML, uses aliases, or names a key twice."""
    try:
        node = _compose(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlFault(mark.line + 1 if mark else 1, f"this is not YAML: {error.problem}; mend the line") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise YamlFault(1, f"this is not YAML in UTF-8: {error}; save the file as UTF-8") from error
    if node is None:
        raise YamlFault(1, "the file is empty: fill it in or remove it")
    return _marked(node, set())


def mark_plain(value: object) -> tuple[Marked, dict[int, str]]:
    """Plain values (texts, numbers, truths, lists, mappings) as if they stood in a file, each on a line of its own.

    The second part names the value of each line by its keys: "hours.staffed.monday", "exceptions.2". The whole has the name "".
    """
    names: dict[int, str] = {}
    return _mark(value, "", names), names


def _mark(value: object, name: str, names: dict[int, str]) -> Marked:
    line = len(names) + 1
    names[line] = name
    inside = f"{name}." if name else ""
    if isinstance(value, dict):
        return Marked(line, {str(key): _mark(child, f"{inside}{key}", names) for key, child in value.items()})
    if isinstance(value, list | tuple):
        return Marked(line, [_mark(child, f"{inside}{at}", names) for at, child in enumerate(value, start=1)])
    if isinstance(value, bool):
        return Marked(line, "true" if value else "false")
    return Marked(line, "" if value is None else str(value))


def _compose(text: str) -> yaml.Node | None:
    """The text's nodes. What is wrong with it is always told in the words of the slow loader, so that they are the same everywhere."""
    try:
        return yaml.compose(text, Loader=_QUICK)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _marked(node: yaml.Node, seen: set[int]) -> Marked:
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise YamlFault(line, "this is used in two places by an alias (*): write it out in both")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return Marked(line, str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return Marked(line, [_marked(child, seen) for child in node.value])
    found: dict[str, Marked] = {}
    for key, child in node.value:
        name = str(key.value)
        if name in found:
            raise YamlFault(key.start_mark.line + 1, f"{name!r} is there twice: remove one of them")
        # A value on the lines below its key is complained about at the key, where the editor looks.
        found[name] = Marked(key.start_mark.line + 1, _marked(child, seen).value)
    return Marked(line, found)


class MarkedDict(dict[str, Any]):
    """A mapping as plain values that knows its line and the line of each key."""

    line: int
    lines: dict[str, int]


class MarkedList(list[Any]):
    """A list as plain values that knows the line of each item."""

    line: int
    lines: list[int]


def read(path: Path, root: Path | None = None) -> MarkedDict:
    """The file's mapping as plain values: texts, MarkedList and MarkedDict; an empty value is None.

    Raises ContentError, with file and line, when it is no readable YAML mapping.
    """
    name = str(path.relative_to(root)) if root and path.is_relative_to(root) else str(path)
    try:
        data = _plain(read_marked(path))
    except OSError as error:
        fault = Finding(name, 1, "unreadable", f"cannot be read: {error.strerror}", "look at the path and its rights")
        raise ContentError([fault]) from error
    except YamlFault as error:
        raise ContentError([Finding(name, error.line, "not-yaml", error.message)]) from error
    if not isinstance(data, MarkedDict):
        raise ContentError(
            [Finding(name, 1, "not-a-mapping", "must hold `key: value` lines", "begin with the file's first key")]
        )
    return data


def _plain(marked: Marked) -> Any:
    if isinstance(marked.value, str):
        return marked.value or None
    if isinstance(marked.value, list):
        made = MarkedList(_plain(item) for item in marked.value)
        made.line, made.lines = marked.line, [item.line for item in marked.value]
        return made
    mapping = MarkedDict({key: _plain(value) for key, value in marked.value.items()})
    mapping.line, mapping.lines = marked.line, {key: value.line for key, value in marked.value.items()}
    return mapping
