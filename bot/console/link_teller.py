"""Says what a page has to say of links between relatives and elders, in one language. Templates call it `l`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.console import times
from bot.console.teller import Teller
from bot.console.words import has
from bot.domain.link import EndedBy, LinkStatus
from bot.domain.opening_hours import STOCKHOLM
from bot.services.read_links import DeedLine, LinkLine
from bot.services.see_attachment import Attached

_BEGINNINGS = ("din ", "ditt ", "dina ")
"""How the relative is told of the elder: "din mamma". Staff are told "mamma"."""


@dataclass(frozen=True, slots=True)
class LinkTeller:
    """`t` says the rest."""

    t: Teller

    def called(self, link: LinkLine) -> str:
        """What the relative calls the elder, without "din"."""
        return next(
            (link.called.removeprefix(each) for each in _BEGINNINGS if link.called.startswith(each)), link.called
        )

    def quoted(self, link: LinkLine) -> str:
        return self.t.w("links.quoted", called=self.called(link))

    def day(self, at: datetime) -> str:
        return times.date_of(at.astimezone(STOCKHOLM).date(), self.t.language)

    def by(self, link: LinkLine) -> str:
        """By whom or by what it ended; empty while it has not."""
        if link.ended_by is None:
            return ""
        name = link.ended_by_name or self.t.w("author.somebody")
        return (
            self.t.w(f"link_by.{link.ended_by}", name=name)
            if link.ended_by == EndedBy.HANDLEDARE
            else self.t.w(f"link_by.{link.ended_by}")
        )

    def status(self, link: LinkLine) -> str:
        """How it stands: "Pågår", "Slut, av den äldre". A no is the elder's, unless a handledare said it."""
        said = self.t.w(f"link_status.{link.status}")
        told = link.status == LinkStatus.ENDED or (
            link.status == LinkStatus.DECLINED and link.ended_by not in (None, EndedBy.ELDER)
        )
        return ", ".join(filter(None, (said, self.by(link) if told else "")))

    def lasts(self, link: LinkLine) -> str:
        """Since when and until when, as far as it has come."""
        match link.status:
            case LinkStatus.ACTIVE:
                said = [("links.since", link.started_at), ("links.until", link.ends_at)]
            case LinkStatus.ASKED:
                said = [("links.was_asked", link.asked_at), ("links.answer_by", link.ends_at)]
            case LinkStatus.HELD:
                said = [("links.since", link.asked_at)]
            case _:
                return self.day(link.ended_at or link.asked_at)
        return ", ".join(self.t.w(key, day=self.day(at)) for key, at in said if at)

    def reason(self, link: LinkLine) -> str:
        """Why it is held, made or ended; a doubt of the machine's in words."""
        return self.t.w(f"doubt.{link.reason}") if has(f"doubt.{link.reason}") else link.reason

    def deed(self, deed: DeedLine) -> str:
        return self.t.w(f"deed.{deed.kind}", name=deed.relative_name, what=self._what(deed))

    def file_word(self, file: Attached) -> str:
        """Why there is nothing to look at."""
        return self.t.w(f"file.{file.status}") if has(f"file.{file.status}") else self.t.w("file.unknown")

    def _what(self, deed: DeedLine) -> str:
        if deed.flow:
            flow = self.t.world.flows.get(deed.flow)
            return flow.title.in_(self.t.language) if flow else self.t.w("deeds.unseen")
        if deed.group is None:
            return self.t.w("deeds.unseen")
        group = deed.group
        place = next((place.name for place in self.t.world.places if place.id == group.place), group.place)
        return f"{group.title.get(self.t.language) or group.title['sv']}, {self.t.coming(group.starts_at)}, {place}"
