"""Placeholders are counted with the longest value they can get."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.checks.longest import longest

from .samples import content
from .test_configuration import EKBY, FACTS, SOUND

TEXTS = """texts:
  when_soon: {sv: snart, en: soon}
  when_weekday: {sv: "på {day} efter {clock}", en: "on {day} after {clock}"}
  weekday_0: {sv: måndag, en: Monday}
  weekday_2: {sv: onsdagen, en: Wednesday}
  secret_kod: {sv: en kod, en: a code}
  kontaktcenter: {sv: kommunen, en: the municipality}
"""


def test_values(tmp_path: Path) -> None:
    sample = tmp_path / "sample"
    sample.mkdir()
    (sample / "texts.yml").write_text(TEXTS, encoding="utf-8")
    flows = tmp_path / "flows"
    flows.mkdir()
    made = content(flows, sample)
    here = replace(EKBY, facts={**FACTS, "en": {"kontaktcenter": "the contact centre of Ekby", "bibliotek": ""}})
    widest = longest(made, replace(SOUND, municipalities=(here,)))
    assert widest.fill("{when}.", "sv") == "på onsdagen efter 10.30."
    assert widest.fill("{when}.", "en") == "on Wednesday after 10.30."
    assert widest.fill("{kontaktcenter}", "sv") == "Kontaktcenter Ekby"
    assert widest.fill("{kontaktcenter}", "en") == "the contact centre of Ekby"
    assert longest(made).fill("{kontaktcenter}", "sv") == "kommunen"
    assert widest.fill("{title}", "sv") == "Rubrik"
    assert "en kod" in widest.fill("{kinds}", "sv")
    assert widest.fill("{nobody}", "sv") == "{nobody}"
