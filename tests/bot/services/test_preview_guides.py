"""Every shipped guide can be shown whole, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.configuration import load_configuration
from bot.domain.sms_text import unusual
from bot.flows import load_strictly
from bot.services.preview_guides import as_text, preview, previews

ORGANISATION = load_configuration(Path(__file__).parents[3] / "config").organisation
CONTENT = load_strictly()
GUIDES = sorted(name for name, flow in CONTENT.flows.items() if flow.kind == "guide")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_text_of_every_guide_is_there(language: str) -> None:
    for name in GUIDES:
        flow = CONTENT.flows[name]
        shown = preview(CONTENT, ORGANISATION, name, language)  # type: ignore[arg-type]
        texts = [one.text for line in shown.lines for one in line.bubbles] + [one.text for one in shown.errors]
        wanted = sum(
            (step.text is not None) + (step.helper is not None) + (step.if_stuck is not None) + len(step.errors)
            for step in flow.every_step()
        )
        assert len(texts) == wanted + len(flow.errors), name
        assert not [text for text in texts if "{" in text or unusual(text)], name
        assert {line.id for line in shown.lines if line.kind != "option"} == {step.id for step in flow.every_step()}
        assert all(one.segments in (1, 2) for line in shown.lines for one in line.bubbles)


def test_the_map_tells_what_leads_where() -> None:
    shown = preview(CONTENT, ORGANISATION, "bankid_new_phone", "sv")
    options = [line for line in shown.lines if line.kind == "option"]
    assert "tappat" in options[0].leads
    assert options[1].leads == ""
    assert [line.depth for line in shown.lines[:3]] == [0, 1, 2]
    text = list(as_text(shown))
    assert text[0].startswith("Flytta BankID till en ny telefon (bankid_new_phone): ")
    assert any(line.startswith("  > ") for line in text)
    assert "  > (otherwise)" in text
    assert any("if_stuck, " in line for line in text)


def test_a_page_is_no_guide() -> None:
    with pytest.raises(KeyError):
        preview(CONTENT, ORGANISATION, "human", "sv")


def test_all_guides_are_listed_by_name() -> None:
    assert [row.name for row in previews(CONTENT, ORGANISATION)] == GUIDES
