"""What the page of a case needs beside the reply box: drafts, ready words, who else is there, and what may be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.console.site import Site, Staff
from bot.domain.introduction import shown_name
from bot.services import keep_drafts, reply_texts
from bot.services.read_answering import Answering, answering
from bot.services.read_queue import CaseLine
from bot.services.reply_texts import ReadyReply
from bot.store import drafts


@dataclass(frozen=True, slots=True)
class PutIn:
    """Ready words that the address of the page asks for: a canned reply, or a step of a guide. Unknown ones put in nothing."""

    reply: str = ""
    guide: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Pages call it `answer`. `put_in` are the ready words that were asked for, `reply` and `note` what stands in the boxes."""

    now: Answering
    ready: list[ReadyReply]
    ready_language: str
    put_in: str
    reply: str
    note: str
    kept: bool
    """Whether there is a draft of a reply."""


def beside(site: Site, staff: Staff, case: CaseLine, now: datetime, put_in: PutIn, opens: bool) -> Beside:
    """For somebody who may see the case. `now` is business time; `opens` tells colleagues that they have it open. Raises DatabaseAway."""
    if opens and staff.may_act:
        keep_drafts.look_at(site.database, site.clock, staff.who, case.id, False)
    world = site.world()
    found = answering(site.database, site.clock, world.organisation, staff.user, case.id)
    shown = shown_name(staff.user.shown_as, staff.user.name)
    ready = reply_texts.ready_replies(world, case, shown, staff.language, now)
    words = next((one.text for one in ready if one.id == put_in.reply), "")
    flow = world.flows.get(put_in.guide)
    if not words and flow is not None:
        words = reply_texts.step_text(world, case, flow, put_in.step, now)
    draft = found.drafts.get(drafts.REPLY, "")
    text = draft if words in draft else f"{draft}\n{words}".strip()
    return Beside(
        found, ready, reply_texts.language_of(case), words, text, found.drafts.get(drafts.NOTE, ""), bool(draft)
    )
