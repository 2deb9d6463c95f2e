"""The server: wires channels, console and workers around the parts. Nothing happens at import."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.channels.email.outbound import SmtpSender
from bot.channels.phone import webhook as phone
from bot.channels.phone.outbound import PhoneSender
from bot.channels.telegram import webhook as telegram
from bot.channels.telegram.commands import announce_commands
from bot.channels.telegram.files import TelegramFiles
from bot.channels.telegram.outbound import TelegramSender
from bot.channels.telegram.own_name import own_name
from bot.channels.twilio_sms import webhook as twilio
from bot.channels.twilio_sms.outbound import TwilioSender
from bot.console import routes as console
from bot.logs import set_up_logs
from bot.measures import make_registry
from bot.public import routes as public
from bot.services.ask_how_it_went import ask_how_it_went
from bot.services.attachments import Fetcher, Fetching, NoFetcher, fetch_one
from bot.services.deliver_outbox import Delivering, deliver_one
from bot.services.join_addresses import tend_joins
from bot.services.keep_places import keep_places
from bot.services.plan_courses import plan_courses
from bot.services.plan_loans import plan_loans
from bot.services.ports import Sender
from bot.services.take_turn import take_turn
from bot.services.tend_bookings import tend_bookings
from bot.services.tend_cases import tend_cases
from bot.services.tend_links import tend_links
from bot.services.tend_loans import tend_loans
from bot.services.tending import Tending
from bot.services.tidy import tidy
from bot.services.work_cases import CaseDesk
from bot.settings import load_settings, secret_key
from bot.store import attachments, conversations, outbox
from bot.store.migrate import migrate
from bot.wiring import Parts, assemble, interpreter_for, real_time
from bot.workers import Workers
from nlu.rasa.server import PAUSE_S

TURN_WORKERS = 2
"""As many as the interpreter's threads gain from; more only wait for each other."""
SENDERS = 6
"""Sends under way at once for each channel; each waits for the provider most of its time."""
EMAIL_SENDERS = 2
"""E-mails are few."""
INTAKE_THREADS = 8
DUE_S = 30
_STOP_S = 10.0
_BUSY_LOOK_S = 0.2
"""How often a sender looks while only the rate holds messages back."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Running:
    """What lives as long as the server."""

    parts: Parts
    intake_pool: ThreadPoolExecutor
    workers: list[Workers] = field(default_factory=list)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    ready: bool = False
    telegram_name: str = ""
    """The bot's own, once Telegram has told it."""


def create_app(parts: Parts | None = None) -> FastAPI:
    """The whole product, of these parts or of newly assembled ones.

    Raises ContentError when settings or content are broken: nothing starts on those.
    """
    if parts is None:
        settings = load_settings()
        set_up_logs(settings.log_level)
        parts = assemble(settings)
        migrate(parts.database.url)
    settings = parts.settings
    running = Running(parts, ThreadPoolExecutor(INTAKE_THREADS, thread_name_prefix="intake"))
    bot = telegram.make_bot(settings.telegram_token, settings.telegram_api_base) if settings.telegram_token else None
    intake = parts.intake()
    receiver = f"bot:{(settings.telegram_token or '').partition(':')[0]}"
    telegram_intake = (
        telegram.TelegramIntake(
            bot, intake, real_time, running.intake_pool, receiver, lambda: _for_groups(parts, running)
        )
        if bot
        else None
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        interpreter = await loop.run_in_executor(None, interpreter_for, parts)
        await loop.run_in_executor(None, keep_places, parts.database, parts.configuration.places, real_time)
        thinking = parts.thinking(interpreter)
        parts.wakeup.start()
        running.workers.append(_turn_workers(parts, lambda: take_turn(thinking)))
        senders: list[Sender] = [_sms_sender(parts), TelegramSender(bot, loop) if bot else PhoneSender("telegram")]
        if settings.smtp_on:
            senders.append(SmtpSender(settings.smtp_url or "", settings.smtp_password, settings.smtp_from or ""))
        running.workers.extend(_send_workers(parts, sender) for sender in senders)
        running.workers.append(_file_workers(parts, TelegramFiles(bot, loop) if bot else NoFetcher("telegram")))
        for workers in running.workers:
            workers.start()
        scheduler = BackgroundScheduler(timezone="UTC")
        scheduler.add_job(lambda: tidy(parts.database, real_time()), "interval", hours=1, jitter=60)
        tending = Tending(parts.database, lambda: parts.world, real_time, parts.wakeup)
        await loop.run_in_executor(None, _tend, parts, tending)
        scheduler.add_job(lambda: ask_how_it_went(tending), "interval", seconds=DUE_S, max_instances=1, coalesce=True)
        scheduler.add_job(lambda: _tend(parts, tending), "interval", seconds=DUE_S, max_instances=1, coalesce=True)
        scheduler.add_job(lambda: tend_cases(tending), "interval", seconds=DUE_S, max_instances=1, coalesce=True)
        if parts.rasa:
            scheduler.add_job(parts.rasa.look, "interval", seconds=PAUSE_S, next_run_time=real_time())
        scheduler.start()
        if bot and telegram_intake:
            running.tasks.append(asyncio.create_task(_telegram_comes_in(parts, telegram_intake)))
            running.tasks.append(asyncio.create_task(_learn_name(telegram_intake, running)))
            running.tasks.append(asyncio.create_task(announce_commands(bot)))
        running.ready = True
        _log.info("ready", public_url=settings.public_url)
        try:
            yield
        finally:
            running.ready = False
            scheduler.shutdown(wait=False)
            for task in running.tasks:
                task.cancel()
            for task in running.tasks:
                with suppress(asyncio.CancelledError):
                    await task
            for workers in running.workers:
                workers.stop()
            parts.wakeup.stop()
            for workers in running.workers:
                await loop.run_in_executor(None, workers.join, _STOP_S)
            running.intake_pool.shutdown(wait=True)
            parts.database.close()

    app = FastAPI(title="Lotsen", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    _add_health(app, running)
    if settings.twilio_on:
        token = settings.twilio_auth_token or ""
        app.include_router(
            twilio.make_webhook(intake, parts.world, real_time, token, settings.public_url, running.intake_pool)
        )
    if telegram_intake and settings.telegram_mode == "webhook":
        app.include_router(telegram.make_webhook(telegram_intake, settings.telegram_webhook_secret or ""))
    if settings.phone_on:
        simulated = frozenset(
            c for c, real in (("sms", settings.twilio_on), ("telegram", settings.telegram_on)) if not real
        )
        app.mount("/phone/static", StaticFiles(directory=phone.STATIC))
        number = parts.configuration.organisation.default_number
        app.include_router(phone.make_phone(intake, parts.database, real_time, simulated, number))
    app.mount("/program/static", StaticFiles(directory=public.STATIC))
    app.include_router(
        public.make_public(
            parts.database, lambda: parts.world, real_time, settings.public_url, lambda: running.telegram_name
        )
    )
    desk = CaseDesk(parts.database, parts.world, real_time, parts.wakeup)
    app.mount("/console/static", StaticFiles(directory=console.STATIC))
    secure = settings.public_url.startswith("https://")
    rasa = parts.rasa
    app.include_router(
        console.make_console(
            desk, parts.database, lambda: parts.world, real_time, secret_key(settings), secure,
            rasa_away=lambda: rasa is not None and not rasa.available, places_changed=parts.current.look_again, public_url=settings.public_url,
            require_codes=settings.totp_required,
        )
    )  # fmt: skip
    return app


def _tend(parts: Parts, tending: Tending) -> None:
    """New groups of the courses' plans, new things to lend, and what is due to those who have booked, borrow or are linked."""
    plan_courses(parts.database, parts.configuration.courses, real_time)
    plan_loans(parts.database, parts.configuration.loans, real_time)
    tend_bookings(tending)
    tend_loans(tending)
    tend_links(tending)
    tend_joins(tending)


def _turn_workers(parts: Parts, step: Callable[[], bool]) -> Workers:
    def next_at():  # type: ignore[no-untyped-def]
        with parts.database.reading() as session:
            return conversations.next_due(session)

    return Workers("turns", TURN_WORKERS, step, parts.wakeup.turns_signal, next_at, real_time)


def _send_workers(parts: Parts, sender: Sender) -> Workers:
    rate = parts.settings.sms_rate if sender.channel == "sms" else 0.0
    delivering = Delivering(parts.database, sender, real_time, parts.owner, rate, parts.world)

    def next_at():  # type: ignore[no-untyped-def]
        with parts.database.reading() as session:
            return outbox.next_attempt(session, sender.channel)

    step, signal = lambda: deliver_one(delivering), parts.wakeup.outbox_signal
    return Workers(f"send-{sender.channel}", SENDERS, step, signal, next_at, real_time, least_s=_BUSY_LOOK_S)


def _file_workers(parts: Parts, fetcher: Fetcher) -> Workers:
    """One thread: a picture that is drawn anew fills memory while it is."""
    fetching = Fetching(parts.database, fetcher, real_time, parts.owner)

    def next_at():  # type: ignore[no-untyped-def]
        with parts.database.reading() as session:
            return attachments.next_attempt(session, fetcher.channel)

    return Workers(
        f"files-{fetcher.channel}", 1, lambda: fetch_one(fetching), parts.wakeup.turns_signal, next_at, real_time
    )


def _for_groups(parts: Parts, running: Running) -> str:
    """What a group is told before it is left."""
    link = f"https://t.me/{running.telegram_name}" if running.telegram_name else ""
    texts = parts.world.texts
    return "\n".join(filter(None, (texts.get("telegram_group", "sv"), texts.get("telegram_group", "en"), link)))


def _sms_sender(parts: Parts) -> Sender:
    settings = parts.settings
    if not (settings.twilio_account_sid and settings.twilio_auth_token):
        return PhoneSender("sms")
    return TwilioSender(
        settings.twilio_account_sid,
        settings.twilio_auth_token.partition(",")[0],
        settings.twilio_api_base,
        f"{settings.public_url}/twilio/status",
        settings.twilio_number,
        settings.twilio_messaging_service_sid,
    )


async def _telegram_comes_in(parts: Parts, intake: telegram.TelegramIntake) -> None:
    if parts.settings.telegram_mode == "webhook":
        url = f"{parts.settings.public_url}/telegram/webhook"
        await telegram.announce_webhook(intake.bot, url, parts.settings.telegram_webhook_secret or "")
    else:
        await telegram.poll(intake, parts.owner)


async def _learn_name(intake: telegram.TelegramIntake, running: Running) -> None:
    running.telegram_name = await own_name(intake.bot)


def _add_health(app: FastAPI, running: Running) -> None:
    rasa = running.parts.rasa
    registry = make_registry(running.parts.database, (lambda: rasa.available) if rasa else None)

    @app.get("/healthz")
    def healthz() -> Response:
        return PlainTextResponse("ok")

    @app.get("/readyz")
    def readyz() -> Response:
        alive = running.ready and all(workers.alive() for workers in running.workers)
        good = alive and running.parts.database.ready()
        return PlainTextResponse("ready" if good else "not ready", 200 if good else 503)

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    @app.get("/")
    def front(request: Request) -> Response:
        return RedirectResponse("/phone" if running.parts.settings.phone_on else "/console")
