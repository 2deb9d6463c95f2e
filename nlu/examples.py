"""Reads training examples: one file per intent, in Rasa's training-data format (version 3.1).

Format: https://legacy-docs-oss.rasa.com/docs/rasa/training-data-format/ (`nlu`, `intent`, `metadata`, `examples`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu.labels import KNOWN

DEFAULT_LANGUAGE = "sv"


class ExamplesError(Exception):
    """The examples cannot be used. The text says which file and line, what is wrong and what to do."""

    def __init__(self, path: Path, line: int, fault: str, hint: str) -> None:
        super().__init__(f"{path}:{line}: {fault}. {hint}")


@dataclass(frozen=True, slots=True)
class Example:
    """A text as someone wrote it, the need it stands for and its language (ISO 639-1)."""

    text: str
    intent: str
    language: str


def load_examples(folder: Path) -> list[Example]:
    """Every example in the `*.yml` files of `folder`, ordered by file name and line.

    Raises ExamplesError for a folder without files, a file that is not YAML or not in the format, a label that is not
    known, or a file that is not named after its intent.
    """
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise ExamplesError(folder, 1, "no example files here", "Put one <intent>.yml per intent in this folder.")
    return [example for path in paths for example in load_file(path)]


def load_file(path: Path) -> list[Example]:
    """The examples of one file. Raises ExamplesError as `load_examples` does."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ExamplesError(path, line, f"not valid YAML ({error.problem})", "Check indentation and quotes.") from error
    except UnicodeDecodeError as error:
        raise ExamplesError(path, 1, "not UTF-8", "Save the file as UTF-8.") from error
    blocks = _mapping(path, root).get("nlu")
    if not isinstance(blocks, yaml.SequenceNode) or not blocks.value:
        raise ExamplesError(
            path, 1, "the key 'nlu' with a list is missing", "Write 'nlu:' and '- intent: ...' below it."
        )
    return [example for block in blocks.value for example in _block(path, block)]


def _mapping(path: Path, node: yaml.Node | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node else 1
        raise ExamplesError(path, line, "a mapping of keys was expected", "Write 'key: value' lines.")
    return {str(key.value): value for key, value in node.value}


def _block(path: Path, node: yaml.Node) -> Iterator[Example]:
    line = node.start_mark.line + 1
    keys = _mapping(path, node)
    for name in ("intent", "examples"):
        if not isinstance(keys.get(name), yaml.ScalarNode):
            raise ExamplesError(
                path, line, f"the key '{name}' is missing", "Each block has 'intent' and 'examples: |'."
            )
    intent, examples = str(keys["intent"].value), keys["examples"]
    if intent not in KNOWN:
        raise ExamplesError(path, line, f"unknown intent '{intent}'", "Add it to nlu/labels.py, or mend the name.")
    if path.stem != intent:
        raise ExamplesError(path, line, f"intent '{intent}' in a file of another name", f"Move it to {intent}.yml.")
    language = DEFAULT_LANGUAGE
    if "metadata" in keys:
        language = _language(path, keys["metadata"])
    yield from _lines(path, intent, language, examples)


def _language(path: Path, node: yaml.Node) -> str:
    code: Any = getattr(_mapping(path, node).get("language"), "value", None)
    if not isinstance(code, str) or not (len(code) in (2, 3) and code.isalpha() and code.islower()):
        raise ExamplesError(
            path, node.start_mark.line + 1, "no language in metadata", "Write 'language: en' or the like."
        )
    return code


def _lines(path: Path, intent: str, language: str, node: yaml.Node) -> Iterator[Example]:
    """A block scalar's text begins on the line after its mark."""
    first = node.start_mark.line + 2
    found = False
    for number, row in enumerate(str(node.value).splitlines(), start=first):
        if not row.strip():
            continue
        text = row[2:].strip() if row.startswith("- ") else ""
        if not text:
            raise ExamplesError(
                path, number, "an example does not start with '- '", "Write one example a line, '- text'."
            )
        found = True
        yield Example(text, intent, language)
    if not found:
        raise ExamplesError(path, first, f"no examples for '{intent}'", "Write at least one, '- text'.")
