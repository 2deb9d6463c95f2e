"""Reads YAML so that every fault can be told with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.domain.finding import ContentError, Finding
from bot.text_yaml import Marked, YamlFault, read_marked

__all__ = ["Marked", "MarkedDict", "MarkedList", "YamlFault", "read", "read_marked"]


class MarkedDict(dict[str, Any]):
    """A mapping that knows its line and the line of each key (counted from 1)."""

    line: int
    lines: dict[str, int]


class MarkedList(list[Any]):
    """A list that knows its line and the line of each item."""

    line: int
    lines: list[int]


class _Loader(yaml.SafeLoader):
    pass


def _value(loader: _Loader, node: yaml.Node) -> Any:
    try:
        return loader.construct_object(node, deep=True)  # type: ignore[no-untyped-call]
    except ValueError as error:  # a date such as 2026-02-31
        raise yaml.constructor.ConstructorError(None, None, f"{node.value!r}: {error}", node.start_mark) from error


def _mapping(loader: _Loader, node: yaml.MappingNode) -> MarkedDict:
    made = MarkedDict()
    made.line, made.lines = node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = str(_value(loader, key_node))
        if key in made:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        made[key] = _value(loader, value_node)
        made.lines[key] = key_node.start_mark.line + 1
    return made


def _sequence(loader: _Loader, node: yaml.SequenceNode) -> MarkedList:
    made = MarkedList(_value(loader, item) for item in node.value)
    made.line, made.lines = node.start_mark.line + 1, [item.start_mark.line + 1 for item in node.value]
    return made


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG, _sequence)


def read(path: Path, root: Path | None = None) -> MarkedDict:
    """The file's mapping. Raises ContentError, with file and line, when it is no readable YAML mapping."""
    name = str(path.relative_to(root)) if root and path.is_relative_to(root) else str(path)
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader with marks
    except OSError as error:
        raise ContentError([Finding(name, 1, "unreadable", f"cannot be read: {error.strerror}", "look at the path and its rights")]) from error
    except UnicodeDecodeError as error:
        raise ContentError([Finding(name, 1, "not-utf8", "is not UTF-8", "save the file as UTF-8")]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ContentError([Finding(name, line, "not-yaml", f"is no YAML: {error.problem}", "look at indentation, colons and quotes")]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ContentError([Finding(name, 1, "not-yaml", f"is no YAML: {error}", "look for stray control characters")]) from error
    if not isinstance(data, MarkedDict):
        raise ContentError([Finding(name, 1, "not-a-mapping", "must hold `key: value` lines", "begin with the file's first key")])
    return data
