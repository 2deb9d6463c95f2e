"""Where a flow's facts come from: sources, the day of the last review, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.checks.sent import faulty_files, file_of, line_of
from bot.domain.finding import Finding
from bot.engine.flow import Flow
from bot.flows import Content

REVIEW_AFTER = timedelta(days=183)
"""Half a year: banks and authorities change their pages about as often."""


def check(content: Content, today: date) -> list[Finding]:
    """Flows without sources, without a word on what was left out, or whose review is missing, overdue or to come."""
    faulty = faulty_files(content)
    return [
        Finding(file_of(content, name), line_of(content, name, mark), fault, message, hint)
        for name, flow in content.flows.items()
        if file_of(content, name) not in faulty
        for mark, fault, message, hint in _flow(flow, today)
    ]


def _flow(flow: Flow, today: date) -> Iterator[tuple[str, str, str, str]]:
    if not any(source.strip() for source in flow.sources):
        yield ":sources", "no-sources", "the flow names no sources:", "name at least one"
    if not flow.left_out.strip():
        yield ":left_out", "no-left-out", "the flow does not say what it leaves out (left_out:)", "write it, or Inget."
    if flow.reviewed is None:
        yield ":reviewed", "not-reviewed", "nobody has reviewed the flow (reviewed:)", "check it against its sources"
    elif flow.reviewed > today:
        message = f"the flow was reviewed on {flow.reviewed}, which is still to come"
        yield ":reviewed", "reviewed-in-future", message, "write the day of the review"
    elif today - flow.reviewed > REVIEW_AFTER:
        days = (today - flow.reviewed).days
        message = f"the flow was last reviewed on {flow.reviewed}, {days} days ago; at most {REVIEW_AFTER.days}"
        yield ":reviewed", "review-overdue", message, "check it against its sources and write the day"
