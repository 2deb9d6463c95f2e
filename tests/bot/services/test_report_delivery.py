"""A provider's reports: late, twice, in the wrong order, or of somebody else's message."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import select

from bot.services.deliver_outbox import deliver_one
from bot.services.ports import TryLater
from bot.services.report_delivery import report_delivery
from bot.store.database import Database
from bot.store.tables import AddressRow, CaseRow, OutboxRow
from tests.stand_ins import Post

SID = f"SM{1:032}"


@pytest.fixture
def post(database: Database) -> Post:
    """One answer has been sent."""
    made = Post(database)
    made.says("swish", "swish")
    deliver_one(made.delivering)
    return made


def _report(post: Post, status: str, error: str | None = None, outbox_id: int | None = 1, sid: str = SID) -> bool:
    return report_delivery(post.database, post.world, outbox_id, sid, status, error, post.clock())


def _row(post: Post) -> OutboxRow:
    with post.database.reading() as session:
        return session.get_one(OutboxRow, 1)


def _cases(post: Post) -> list[CaseRow]:
    with post.database.reading() as session:
        return list(session.scalars(select(CaseRow)))


@pytest.mark.parametrize("order", list(permutations(("queued", "sent", "delivered"))), ids="-".join)
def test_in_any_order_a_delivered_message_ends_as_delivered(post: Post, order: tuple[str, ...]) -> None:
    for status in order:
        _report(post, status)
    assert (_row(post).status, _row(post).error) == ("delivered", None)


@pytest.mark.parametrize("order", list(permutations(("sent", "undelivered", "queued"))), ids="-".join)
def test_in_any_order_an_undelivered_message_ends_as_undelivered_with_one_case(
    post: Post, order: tuple[str, ...]
) -> None:
    for status in order:
        _report(post, status, "30003" if status == "undelivered" else None)
    assert (_row(post).status, _row(post).error) == ("undelivered", "30003")
    (case,) = _cases(post)
    assert (case.reasons, case.urgency) == (["unreachable"], "high")
    with post.database.reading() as session:
        assert session.scalars(select(AddressRow.blocked_at)).one() is not None


def test_a_report_twice_changes_nothing_the_second_time(post: Post) -> None:
    assert [_report(post, "failed", "30005"), _report(post, "failed", "30005")] == [True, False]
    assert len(_cases(post)) == 1


def test_a_report_finds_its_message_by_the_providers_id_alone(post: Post) -> None:
    assert _report(post, "delivered", outbox_id=None)
    assert _row(post).status == "delivered"


@pytest.mark.parametrize(("outbox_id", "sid"), [(None, "SMother"), (1, "SMother"), (4711, SID)])
def test_a_report_of_another_message_changes_nothing(post: Post, outbox_id: int | None, sid: str) -> None:
    assert not _report(post, "failed", "30005", outbox_id, sid)
    assert (_row(post).status, _cases(post)) == ("sent", [])


def test_a_status_that_nobody_knows_changes_nothing(post: Post) -> None:
    assert not _report(post, "teleported")
    assert _row(post).status == "sent"


def test_an_opt_out_at_the_carrier_is_no_case(post: Post) -> None:
    assert _report(post, "undelivered", "21610")
    assert _cases(post) == []
    with post.database.reading() as session:
        assert session.scalars(select(AddressRow.opted_out_at)).one() is not None


def test_a_report_settles_a_doubt_before_the_look_up(database: Database) -> None:
    post = Post(database)
    post.says("swish", "swish")
    post.carrier.will = [TryLater("timed out", doubtful=True)]
    deliver_one(post.delivering)
    assert _row(post).status == "doubtful"
    assert _report(post, "queued")
    post.clock.pass_(minutes=5)
    assert not deliver_one(post.delivering)
    assert (_row(post).status, _row(post).provider_id, len(post.carrier.taken)) == ("sent", SID, 1)
