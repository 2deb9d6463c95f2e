"""Content to break: a sound minimum of flows and texts, made fresh, with the files of one broken sample laid over it.

A sample's texts.yml ends inside `texts:`; the texts that it does not write are added after it, so that its lines stay.
A sample's without.txt names, one a line, the files and texts that are left out.
"""

from __future__ import annotations

import functools
import re
from datetime import date
from pathlib import Path

from bot.checks import check_flows, intents, text_keys
from bot.checks.needs import REQUIRED
from bot.domain.finding import Finding
from bot.flows import Content, load
from nlu.labels import KNOWN

BROKEN = Path(__file__).parent / "broken"
TODAY = date(2026, 11, 22)
EXAMPLES = {"no-examples", "few-examples", "bad-examples", "same-example", "personal-data", "same-words"}
"""Samples of training examples; all others are flows and texts."""


@functools.cache
def asked() -> dict[str, frozenset[str]]:
    """The texts that the code asks for."""
    return text_keys.asked_for(text_keys.askings())


def content(folder: Path, sample: Path | None = None) -> Content:
    """The sound minimum, written into the empty `folder`, with the sample's files over it."""
    without = (sample / "without.txt") if sample else None
    left_out = without.read_text(encoding="utf-8").split() if without and without.exists() else []
    for name in REQUIRED:
        (folder / f"{name}.yml").write_text(_sound(name), encoding="utf-8")
    texts = "texts:\n"
    for path in sorted(sample.glob("*.yml")) if sample else ():
        if path.name == "texts.yml":
            texts = path.read_text(encoding="utf-8")
        else:
            (folder / path.name).write_bytes(path.read_bytes())
    written = set(re.findall(r"^  (\w+):", texts, re.MULTILINE))
    missing = sorted(asked().keys() - written - set(left_out))
    texts += "".join(f"  {key}: {{sv: Ord., en: Words.}}\n" for key in missing)
    (folder / "texts.yml").write_text(texts, encoding="utf-8")
    for name in left_out:
        (folder / name).unlink(missing_ok=True)
    return load(folder)


def found(folder: Path, fault: str) -> list[Finding]:
    """What is found in the broken sample of that fault."""
    sample = BROKEN / fault
    if fault not in EXAMPLES:
        return check_flows(content(folder, sample), asked(), TODAY)
    written, findings = intents.read(sample)
    labels = {path.stem for path in sample.glob("*.yml")}
    least = {"sv": 3} if fault == "few-examples" else {}
    if fault == "no-examples":
        labels.add("pension")
    faults = [*findings, *intents.check(written, str(sample), labels & KNOWN if not findings else (), least)]
    shown = [Finding(str(Path(f.file).relative_to(BROKEN)), f.line, f.id, f.message, f.hint) for f in faults]
    return sorted(Finding(f.file, f.line, f.id, f.message.replace(f"{BROKEN}/", ""), f.hint) for f in shown)


def _sound(name: str) -> str:
    intent = name if name in KNOWN else ""
    return (
        f"flow: {name}\nkind: page\nintents: [{intent}]\ntitle: {{sv: Rubrik, en: Heading}}\nreviewed: 2026-11-01\n"
        "sources: [source]\nleft_out: Inget.\nsteps:\n  - id: say\n    say: {sv: Ring 112 nu., en: Call 112 now.}\n"
    )
