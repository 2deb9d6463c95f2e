"""Gathers every fault of an installation at once: settings, configuration, flows, texts, examples and places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.checks import check_flows, intents, needs, text_keys
from bot.checks.configuration import check as check_configuration
from bot.configuration import Configuration, load_configuration
from bot.domain.finding import ContentError, Finding
from bot.flows import load
from bot.settings import ROOT, Settings, load_settings

EXAMPLES = "data/intents"


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found, and remarks that are no faults."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def check_up(today: date) -> Checkup:
    """Looks at everything, however much of it is broken."""
    found: list[Finding] = []
    settings: Settings | None = None
    configuration: Configuration | None = None
    try:
        settings = load_settings()
        found += settings.findings()
        configuration = load_configuration(settings.config_folder, settings.twilio_number)
        found += check_configuration(configuration.organisation, configuration.places, today)
    except ContentError as error:
        found += error.findings
    content = load()
    asked = text_keys.asked_for(text_keys.askings())
    found += check_flows(content, asked, today, configuration.organisation if configuration else None)
    examples, unreadable = intents.read(ROOT / EXAMPLES)
    found += [*unreadable, *intents.check(examples, EXAMPLES)]
    without = needs.without_flow(content)
    notes = [f"needs without a guide yet, answered with the nearest place and a person: {', '.join(without)}"] if without else []
    return Checkup(tuple(sorted(set(found))), tuple(notes))
