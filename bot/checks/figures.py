"""What each guide costs and how hard it is to read, for `lotsen check --figures` and docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bot.checks.longest import PLACEHOLDER, longest
from bot.checks.readability import flow_lix
from bot.checks.rehearsal import answers_by_way
from bot.checks.sent import LANGUAGES, flow_texts
from bot.domain.duty import Organisation
from bot.domain.sms_text import segments
from bot.flows import Content

AIM_MOST = 12
"""SMS from the first text to the last step, on the dearest way through a guide."""
AIM_MEDIAN = 7

_LOCAL = ("kontaktcenter", "bibliotek")


@dataclass(frozen=True, slots=True)
class GuideFigures:
    """One guide. `steps` and `cost` (SMS segments, introduction not counted) are those of its dearest way, `usual` those of the middle one."""

    name: str
    steps: int
    cost: int
    usual: float
    lix: float
    lacks: tuple[str, ...]
    """Municipalities that have no words of their own for a local fact that the guide uses."""


def figures(content: Content, organisation: Organisation) -> list[GuideFigures]:
    """One row for each guide, dearest first. Local facts count at their longest."""
    rows = [figures_of(content, name, organisation) for name, flow in content.flows.items() if flow.kind == "guide"]
    return sorted(rows, key=lambda row: (-row.cost, row.name))


def guide_figures(content: Content, organisation: Organisation) -> str:
    """The figures as a Markdown table, and what they come to."""
    rows = figures(content, organisation)
    lines = ["| guide | steps | SMS, dearest way | SMS, middle way | LIX |", "|---|---|---|---|---|"]
    lines += [f"| {row.name} | {row.steps} | {row.cost} | {row.usual:g} | {row.lix:.0f} |" for row in rows]
    whole = sum(not row.lacks for row in rows)
    lines += [
        "",
        f"{len(rows)} guides. SMS from first text to last step: at most {max(row.cost for row in rows)} (aim {AIM_MOST}), "
        f"median {median(row.usual for row in rows):g} (aim {AIM_MEDIAN}). LIX: at most {max(row.lix for row in rows):.0f}.",
        f"Guides whose local facts every municipality has given: {whole} of {len(rows)}.",
    ]
    return "\n".join(lines)


def figures_of(content: Content, name: str, organisation: Organisation) -> GuideFigures:
    """The figures of one guide. It plays every way through it in both languages, which takes a tenth of a second."""
    widest = longest(content, organisation)
    flow = content.flows[name]
    ways = [
        [answer for answer in way if answer.steps]
        for language in LANGUAGES
        for way in answers_by_way(content, flow, widest, language)
    ]
    costs = [sum(segments(answer.text) for answer in way) for way in ways]
    dearest = max(range(len(ways)), key=lambda at: costs[at])
    return GuideFigures(
        name,
        len(ways[dearest]),
        costs[dearest],
        median(costs),
        flow_lix(content, name),
        tuple(_lacking(content, name, organisation)),
    )


def _lacking(content: Content, name: str, organisation: Organisation) -> Iterator[str]:
    used = {
        (sent.language, fact)
        for sent in flow_texts(content, name, content.flows[name])
        for fact in PLACEHOLDER.findall(sent.text)
        if fact in _LOCAL
    }
    for municipality in organisation.municipalities:
        if any(not municipality.facts.get(language, {}).get(fact) for language, fact in used):
            yield municipality.id
