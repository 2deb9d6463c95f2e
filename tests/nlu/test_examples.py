from pathlib import Path

import pytest

from nlu.examples import Example, ExamplesError, load_examples

GOOD = """# swish: pay by telephone
version: "3.1"
nlu:
- intent: swish
  examples: |
    - hur får jag swish
    - "citat" : och kolon - streck
- intent: swish
  metadata:
    language: en
  examples: |
    - How do I get Swish?
"""


def write(folder: Path, text: str, name: str = "swish.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_texts_and_languages(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert load_examples(tmp_path) == [
        Example("hur får jag swish", "swish", "sv"),
        Example('"citat" : och kolon - streck', "swish", "sv"),
        Example("How do I get Swish?", "swish", "en"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD.replace("- hur får", "hur får"), 6, "does not start with '- '"),
        (GOOD.replace("intent: swish\n  meta", "intent: swich\n  meta"), 8, "unknown intent 'swich'"),
        (GOOD.replace("language: en", "lang: en"), 10, "no language in metadata"),
        (GOOD.replace("nlu:", "nul:"), 1, "the key 'nlu'"),
        (GOOD.replace("- intent: swish\n  examples", "- examples", 1), 4, "the key 'intent' is missing"),
        ("nlu: [", 1, "not valid YAML"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ExamplesError) as raised:
        load_examples(tmp_path)
    assert str(raised.value).startswith(f"{path}:{line}: ")
    assert said in str(raised.value)


def test_a_file_is_named_after_its_intent(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "betala.yml")
    with pytest.raises(ExamplesError, match="a file of another name"):
        load_examples(tmp_path)


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ExamplesError, match="no example files"):
        load_examples(tmp_path)
