"""What tests of the cases' services share."""

from __future__ import annotations

import pytest

from bot.services.work_cases import CaseDesk
from tests.stand_ins import Post


@pytest.fixture
def desk(post: Post) -> CaseDesk:
    """The desk that works `post`'s cases; each file has its own post."""
    return CaseDesk(post.database, post.world, post.clock, post.wakeup)
