"""Ready words for a reply, in the resident's language and with local facts filled in: canned replies, and steps of guides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversation import Conversation, Language
from bot.domain.message import Incoming
from bot.engine.flow import Flow
from bot.engine.steps.choose import numbered
from bot.engine.walk import Walk
from bot.engine.world import World
from bot.services.read_queue import CaseLine
from nlu.understanding import Understanding


@dataclass(frozen=True, slots=True)
class ReadyReply:
    """A canned reply as it would be sent: `title` is in the handledare's language, `text` in the resident's."""

    id: str
    title: str
    text: str


def language_of(case: CaseLine) -> Language:
    """The language that ready words are in: the resident's, and Swedish for one that we do not write."""
    return "en" if case.language == "en" else "sv"


def ready_replies(world: World, case: CaseLine, shown: str, language: Language, now: datetime) -> list[ReadyReply]:
    """Every canned reply for this resident. `shown` is how they see the handledare, `language` the handledare's own."""
    walk = _silent(world, case, now)
    return [
        ReadyReply(reply.id, reply.title[language], walk.fill(reply.text[walk.language], namn=shown))
        for reply in world.replies
    ]


def step_text(world: World, case: CaseLine, flow: Flow, step_id: str, now: datetime) -> str:
    """What the resident would read at this step, a question with its numbered answers; empty when there is no such step or it has no text."""
    step = flow.step(step_id)
    if step is None or step.text is None:
        return ""
    walk = _silent(world, case, now)
    text = walk.fill(step.text.in_(walk.language))
    labels = tuple(option.label.in_(walk.language) for option in step.options if option.label)
    return f"{text} {numbered(labels)}" if step.kind == "choose" and labels else text


def _silent(world: World, case: CaseLine, now: datetime) -> Walk:
    language = language_of(case)
    nothing = Understanding("", "out_of_scope", 0.0, False, (), (), language)
    incoming = Incoming("", "telegram" if case.channel == "telegram" else "sms")
    return Walk(Conversation(language=language, municipality=case.municipality), incoming, nothing, world, now)
