"""GET /metrics: figures from the rows themselves, so that every process tells the same; of Rasa each tells what it sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from bot.store.database import Database, DatabaseAway
from bot.store.tables import CaseRow, InboxRow, MessageRow, OutboxRow


class _Rows(Collector):
    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("lotsen_database_up", "Whether the database answers")
        try:
            found = list(self._counted())
        except DatabaseAway:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from found

    def _counted(self) -> Iterator[Metric]:
        with self._database.reading() as session:
            outbox = GaugeMetricFamily("lotsen_outbox_messages", "Messages out by state", labels=["channel", "status"])
            for channel, status, number in session.execute(
                select(OutboxRow.channel, OutboxRow.status, func.count()).group_by(OutboxRow.channel, OutboxRow.status)
            ):
                outbox.add_metric([channel, status], number)
            cases = GaugeMetricFamily("lotsen_cases", "Cases by status and urgency", labels=["status", "urgency"])
            for status, urgency, number in session.execute(
                select(CaseRow.status, CaseRow.urgency, func.count()).group_by(CaseRow.status, CaseRow.urgency)
            ):
                cases.add_metric([status, urgency], number)
            waiting = GaugeMetricFamily("lotsen_inbox_waiting", "Incoming messages that no turn has dealt with")
            waiting.add_metric(
                [], session.scalar(select(func.count()).select_from(InboxRow).where(InboxRow.handled_at.is_(None))) or 0
            )
            messages = CounterMetricFamily(
                "lotsen_messages", "Messages stored", labels=["channel", "direction", "author"]
            )
            for channel, direction, author, number in session.execute(
                select(MessageRow.channel, MessageRow.direction, MessageRow.author, func.count()).group_by(
                    MessageRow.channel, MessageRow.direction, MessageRow.author
                )
            ):
                messages.add_metric([channel, direction, author], number)
            doubts = CounterMetricFamily(
                "lotsen_outbox_doubts",
                "Sends of which it was not known whether the provider had taken them",
                labels=["channel"],
            )
            for channel, number in session.execute(
                select(OutboxRow.channel, func.sum(OutboxRow.doubts)).group_by(OutboxRow.channel)
            ):
                doubts.add_metric([channel], float(number or 0))
        yield from (outbox, cases, waiting, messages, doubts)


class _Rasa(Collector):
    def __init__(self, available: Callable[[], bool]) -> None:
        self._available = available

    def collect(self) -> Iterator[Metric]:
        gauge = GaugeMetricFamily(
            "lotsen_rasa_available", "Whether Rasa answers this process; the embedded interpreter does while it is 0"
        )
        gauge.add_metric([], self._available())
        yield gauge


def make_registry(database: Database, rasa_available: Callable[[], bool] | None = None) -> CollectorRegistry:
    """A registry of its own, so that nothing else in the process adds to it. `rasa_available` when Rasa is used."""
    registry = CollectorRegistry()
    registry.register(_Rows(database))
    if rasa_available:
        registry.register(_Rasa(rasa_available))
    return registry
