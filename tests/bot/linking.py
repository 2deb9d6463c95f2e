"""A relative, an elder and whoever else, each with a telephone, on one database with the real texts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import select

from bot.domain.message import Kind
from bot.store.database import Database
from bot.store.tables import CaseRow, LinkRow, OutboxRow
from nlu.numbers import find_phone_numbers
from nlu.understanding import Context, Entity, Understanding
from tests.bot.engine.talk import world
from tests.stand_ins import ASTRID, KURT, SVEA, Post, SettableClock, ToldInterpreter

ELDER, RELATIVE, OTHER = SVEA, KURT, ASTRID
TELEGRAM = "tg:4712"
_RELATIONS = {"pappa": "pappa", "pappas": "pappa", "mamma": "mamma", "mammas": "mamma", "mormor": "mormor"}


class ReadsNumbers(ToldInterpreter):
    """Finds numbers and relations as the real one does; what else it means it must be told."""

    def understand(self, text: str, language: str | None = None, context: Context = Context()) -> Understanding:
        found = super().understand(text, language, context)
        related = [
            Entity("relation", _RELATIONS[w], text.casefold().index(w), text.casefold().index(w) + len(w))
            for w in text.casefold().split()
            if w in _RELATIONS
        ]
        return replace(found, entities=(*found.entities, *find_phone_numbers(text), *related))


@dataclass
class Linking:
    """What everybody writes, and what goes out to whom."""

    database: Database
    clock: SettableClock = field(default_factory=SettableClock)
    post: Post = field(init=False)
    seen: int = 0

    def __post_init__(self) -> None:
        self.post = Post(self.database, clock=self.clock, interpreter=ReadsNumbers(), world=world())

    def says(self, who: str, text: str, means: str | None = None, **more: object) -> list[str]:
        """What goes out to the one who wrote."""
        return [out for to, out in self.sends(who, text, means, **more) if to == who]

    def sends(self, who: str, text: str, means: str | None = None, **more: object) -> list[tuple[str, str]]:
        """What goes out to anybody because of it, with its address."""
        self.post.says(text, means, who, **more)
        with self.database.reading() as session:
            rows = list(session.scalars(select(OutboxRow).where(OutboxRow.id > self.seen).order_by(OutboxRow.id)))
            self.seen = max((row.id for row in rows), default=self.seen)
            return [(row.address, row.text) for row in rows]

    def to(self, who: str) -> list[str]:
        """Everything that was ever queued to somebody."""
        with self.database.reading() as session:
            return list(session.scalars(select(OutboxRow.text).where(OutboxRow.address == who).order_by(OutboxRow.id)))

    def asks(self, who: str = RELATIVE, number: str = "070-174 06 05", **more: object) -> list[str]:
        """The relative wants to follow their father, and is named Anna."""
        return self.says(
            who, f"jag heter Anna och vill följa min pappas ärende, hans nummer är {number}", "relative_help", **more
        )

    def agreed(self) -> None:
        """The relative has asked, and the elder has said yes."""
        self.asks()
        self.says(ELDER, "JA")

    def links(self) -> list[LinkRow]:
        with self.database.reading() as session:
            return list(session.scalars(select(LinkRow).order_by(LinkRow.id)))

    def status(self) -> list[str]:
        return [link.status for link in self.links()]

    def cases(self) -> list[CaseRow]:
        with self.database.reading() as session:
            return list(session.scalars(select(CaseRow).order_by(CaseRow.id)))


def card(number: str, name: str) -> dict[str, object]:
    """A contact card, as Telegram hands it over."""
    return {"kind": Kind.CONTACT, "text": f"{number} {name}"}
