"""The choice between Swedish and English, by a link."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from bot.console.site import Site
from bot.console.trust import HOME, local_path
from bot.console.words import LANGUAGES


def add(router: APIRouter, site: Site) -> None:
    """/console/language/sv and /console/language/en."""

    @router.get("/language/{chosen}")
    def choose(chosen: str, next: str = HOME) -> Response:
        response = site.go_to(local_path(next))
        for language in LANGUAGES:
            if language == chosen:
                site.remember_language(response, language)
        return response
