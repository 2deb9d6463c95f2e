"""`lotsen chat`: a resident's phone in the terminal. The same way as every message goes, without a server."""

from __future__ import annotations

import uuid

import typer

from bot.channels.phone.outbound import PhoneSender
from bot.domain.address import Address
from bot.domain.sms_text import segments
from bot.services.deliver_outbox import Delivering, deliver_one
from bot.services.keep_places import keep_places
from bot.services.receive_message import Received, receive_message
from bot.services.take_turn import take_turn
from bot.store import outbox
from bot.wiring import Parts, real_time
from nlu.understanding import Interpreter


def chat(parts: Parts, interpreter: Interpreter, written: str) -> None:
    """Reads lines until the end of input and prints what comes back."""
    address = Address.parse(written)
    keep_places(parts.database, parts.configuration.places, real_time)
    thinking = parts.thinking(interpreter)
    intake = parts.intake()
    delivering = Delivering(parts.database, PhoneSender(address.channel), real_time, parts.owner, 0, parts.world)
    shown = _newest(parts, address)
    typer.echo(f"You are {address.text}. Write as a resident; Ctrl-D ends.")
    while True:
        try:
            text = input("> ")
        except (EOFError, KeyboardInterrupt):
            typer.echo("")
            return
        received = Received(
            key=str(uuid.uuid4()),
            sender=address,
            receiver=parts.configuration.organisation.default_number,
            text=text,
            pressed=True,
        )
        receive_message(intake, received, real_time())
        while take_turn(thinking):
            pass
        while deliver_one(delivering):
            pass
        shown = _print_new(parts, address, shown)


def _newest(parts: Parts, address: Address) -> int:
    with parts.database.reading() as session:
        return max((row.id for row in outbox.listed(session, address.text)), default=0)


def _print_new(parts: Parts, address: Address, after: int) -> int:
    with parts.database.reading() as session:
        rows = [row for row in outbox.listed(session, address.text) if row.id > after]
    for row in rows:
        buttons = "  ".join(f"[{button['label']}]" for button in row.buttons) if address.channel == "telegram" else ""
        typer.echo(f"  {row.text}\n  ({segments(row.text)} SMS) {buttons}".rstrip())
    return max((row.id for row in rows), default=after)
