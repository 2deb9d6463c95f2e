"""Finding a case again: by number, name, or words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from bot.console.site import Site, Staff
from bot.domain.found_words import excerpt
from bot.services.search_cases import LONGEST_QUERY, MOST_HITS, search_cases


def add(router: APIRouter, site: Site) -> None:
    """/console/search."""

    @router.get("/search")
    def search(q: Annotated[str, Query(max_length=1000)] = "", staff: Staff = Depends(site.staff)) -> Response:
        query = " ".join(q.split())[:LONGEST_QUERY]
        found = search_cases(site.database, site.clock, staff.who, query) if query else None
        now = found.now if found else None
        return site.page(
            "search.html", staff, now, query=query, found=found, most=MOST_HITS, longest=LONGEST_QUERY, excerpt=excerpt
        )
