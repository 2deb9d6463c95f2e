"""What a samordnare changes in the console is what the next resident is told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from bot.services.edit_places import PlaceDesk
from bot.services.keep_places import CurrentWorld, keep_places
from bot.services.take_turn import Thinking, take_turn
from bot.services.viewer import Viewer
from bot.store import users
from bot.store.database import Database
from bot.store.tables import MessageRow, PlaceRow
from nlu.understanding import Entity
from tests.bot.engine.talk import world as shipped
from tests.stand_ins import KURT, SVEA, Post, understood

ASKS = "var finns hjälp i Kalmar"


@dataclass
class Told:
    """Residents who ask, and what each is told."""

    post: Post
    thinking: Thinking

    def asks(self, sender: str) -> str:
        self.post.interpreter.told[ASKS] = understood(ASKS, "find_place", entities=[Entity("place", "Kalmar", 0, 0)])
        self.post.comes(ASKS, sender=sender)
        self.post.clock.at += self.post.gather
        while take_turn(self.thinking):
            pass
        with self.post.database.reading() as session:
            answers = session.scalars(
                select(MessageRow.text).where(MessageRow.direction == "out").order_by(MessageRow.id.desc())
            )
            return answers.first() or ""


def test_the_next_answer_has_what_the_console_changed(database: Database) -> None:
    post = Post(database)
    keep_places(database, shipped().places, post.clock)
    world = CurrentWorld(database, shipped(), post.clock)
    told = Told(post, Thinking(database, post.interpreter, world, post.clock, post.wakeup, "here"))
    with database.writing() as session:
        sam = Viewer(users.add(session, "sam@kalmar.example", "Sam", "samordnare", "none", post.clock()).id)
        row = session.get_one(PlaceRow, "kalmar-stadsbibliotek")
        document, version = row.document, row.version
    assert "Kalmar stadsbibliotek: öppet nu till 20" in told.asks(SVEA)

    desk = PlaceDesk(database, post.clock, world.look_again)
    shorter = {**document, "hours": {"staffed": {"monday": "10-11.30"}}}
    desk.change(sam, "kalmar-stadsbibliotek", "Kalmar", shorter, version)
    assert "Kalmar stadsbibliotek: öppet nu till 11.30" in told.asks(KURT)

    desk.remove(sam, "kalmar-stadsbibliotek")
    answer = told.asks(SVEA)
    assert answer and "Kalmar stadsbibliotek" not in answer
