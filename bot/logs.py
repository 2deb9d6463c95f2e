"""Structured logs: one JSON line an event, or readable lines in a terminal. Texts, addresses and secrets are never logged."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

_NOISY = (
    "httpx",
    "httpcore",
    "telegram",
    "urllib3",
    "twilio",
    "apscheduler",
    "uvicorn.access",
    "twilio.http_client",
    "alembic",
)
"""Libraries that log addresses with tokens or phone numbers in them."""


def set_up_logs(level: str) -> None:
    """Sends every log to standard error."""
    logging.basicConfig(level=level.upper(), format="%(levelname)s %(name)s %(message)s", stream=sys.stderr, force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=False)
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
