"""A Saturday morning: twelve residents as they really write, with cases in every state. For tests, pictures and measurements.

Everybody is invented. Numbers are from PTS's series for fiction (070-174 06 05 to 99).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import flows
from bot.configuration import load_configuration
from bot.domain.address import Address
from bot.domain.case import Reason, Status, Urgency
from bot.domain.conversation import Conversation, Position
from bot.domain.gazetteer import Gazetteer
from bot.engine.world import World
from bot.services.keep_places import keep_places
from bot.services.plan_courses import plan_courses
from bot.services.plan_loans import plan_loans
from bot.store import conversations
from bot.store.database import Database
from bot.store.tables import (
    AttachmentRow,
    AuditRow,
    CaseNoteRow,
    CaseRow,
    DeedRow,
    LinkRow,
    MessageRow,
    OutboxRow,
    RemarkRow,
    UserRow,
)
from bot.wiring import make_world

MORNING = datetime(2026, 11, 28, 9, 42, tzinfo=UTC)
"""A quarter to eleven in Sweden."""
ROOT = Path(__file__).parents[3]
INTRODUCED = "Hej! Jag är kommunens automatiska hjälp, en dator. Skriv MÄNNISKA om du vill ha en person. "
HANDED_OVER = "Nu får en människa se det du skrivit och svarar dig här."


@dataclass(frozen=True, slots=True)
class Line:
    """Something said or noted so many minutes before the morning's now. `state` is what became of a message out, `error` why."""

    ago: int
    author: str  # resident, relative, bot, karin, bo; note: a note by Karin; event
    text: str
    kind: str = "text"
    state: str = "delivered"
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who needs help, and how far it has come."""

    name: str
    address: str
    need: str | None
    lines: tuple[Line, ...]
    summary: str
    reasons: tuple[Reason, ...] = (Reason.STUCK,)
    urgency: Urgency = Urgency.NORMAL
    municipality: str | None = "kalmar"
    unit: str | None = "bibliotek"
    language: str = "sv"
    status: Status = Status.WAITING
    has_it: str = ""  # karin, bo
    outcome: str | None = None
    helped: str = ""
    named: bool = False
    opted_out: bool = False
    alarm: int = 0
    position: Position | None = None
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def channel(self) -> str:
        return "telegram" if self.address.startswith("tg:") else "sms"


RESIDENTS = (
    Resident(
        "Sven",
        "+46701740608",
        "fraud_suspected",
        (
            Line(6, "resident", "en man från banken ringde o sa att mitt konto höll på att tömmas, jag läste upp koderna från dosan för honom. nu är det borta pengar"),
            Line(
                6,
                "bot",
                "Stopp! Lägg på om någon är i telefonen. Ring din bank genast och säg att kontot måste spärras. Numret står på kortets baksida. "
                "Ring sedan polisen på 114 14, eller 112 om det pågår nu. Lämna aldrig ut koder. En människa svarar dig här också.",
            ),
            Line(4, "resident", "banken har stängt telefonen på lördagar säger dom, vad gör jag"),
        ),
        'Behov: Misstänkt bluff eller bedrägeri. Läge: koder eller pengar kan vara borta. Bank: Swedbank. Skrev: "en man från banken ringde o sa att mitt konto höll på att tömmas, jag läste upp koderna från dosan för honom. nu är det borta pengar"',
        reasons=(Reason.FRAUD,),
        urgency=Urgency.HIGH,
        known={"bank": "Swedbank"},
    ),
    Resident(
        "Gunvor",
        "+46701740605",
        "bankid_locked",
        (
            Line(52, "resident", "hej jag har glömt min kod till bank id och ska ändå skicka in pappren till bostadstillegg, är 84 år"),
            Line(52, "bot", INTRODUCED + "1 av 4. En glömd kod går inte att få tillbaka. Din bank ger dig ett nytt BankID i stället. Det är inte ditt fel. Leta fram bankdosan om du har en. Svara KLART."),
            Line(49, "resident", "klart har dosan"),
            Line(49, "bot", "2 av 4. Logga in i banken med dosan. Välj Skaffa nytt BankID och följ stegen. Svara KLART när du har gjort det, eller FASTNAT."),
            Line(44, "resident", "hittar inget sånt i appen"),
            Line(44, "bot", "Det är inte ditt fel, bankernas appar ser olika ut. Leta efter Mer eller tre streck. Svara KLART eller FASTNAT."),
            Line(38, "resident", "fastnat"),
            Line(38, "bot", HANDED_OVER),
            Line(24, "resident", "har ni öppet idag så kan jag komma"),
        ),
        'Behov: Glömd kod, låst eller utgånget BankID. Kom till steg 2 av 4 i Glömd kod, låst eller utgånget BankID. Fastnade 2 gånger på det. Enhet: iPhone. Bank: Handelsbanken. Skrev: "hittar inget sånt i appen"',
        known={"device": "iPhone", "bank": "Handelsbanken"},
        position=Position("bankid_locked", "with-device", (("which", "forgotten", False),), stuck=2),
        named=True,
        alarm=1,
    ),
    Resident(
        "Amira",
        "tg:88001",
        "relative_help",
        (
            Line(31, "relative", "Hej, det gäller min mamma i Lindsdal. Hon får inte upp sin tid på 1177 och jag bor i Umeå"),
            Line(31, "bot", INTRODUCED + "Fint att du hjälper till. Använd aldrig hennes BankID; det finns ombud. Vill du att en människa hör av sig? Svara JA."),
            Line(29, "relative", "", kind="photo"),
            Line(29, "bot", "Jag kan inte se bilder, men en människa kan. Skriv gärna vad som står på den."),
            Line(28, "relative", "ja gärna en människa. Mamma hör dåligt så ring inte henne"),
            Line(28, "bot", HANDED_OVER),
        ),
        'Behov: Hjälpa någon annan. Gäller: mamma. Ort: Lindsdal. Skrev: "ja gärna en människa. Mamma hör dåligt så ring inte henne"',
        reasons=(Reason.ASKED,),
        unit=None,
        known={"relation": "mamma"},
    ),
    Resident(
        "Kurt",
        "+46701740606",
        "swish",
        (
            Line(17, "resident", "swish säger fel när jag ska betala frissan"),
            Line(17, "bot", INTRODUCED + "1 av 4. Swish behöver BankID. Prova först att logga in i bankens app med BankID. Svara KLART eller FASTNAT."),
            Line(15, "resident", "de går bra men swish snurrar bara"),
            Line(15, "bot", "2 av 4. Öppna Play Butik, sök Swish och tryck Uppdatera om det står så. Gör det aldrig via en länk i sms."),
            Line(11, "resident", "FASTNAT"),
            Line(11, "bot", HANDED_OVER),
        ),
        'Behov: Skaffa och använda Swish. Fastnade en gång på det. Enhet: Samsung. Skrev: "de går bra men swish snurrar bara"',
        municipality="vara",
        position=Position("swish", "broken-update", (("which", "broken", False),), stuck=1),
        known={"device": "Samsung"},
    ),
    Resident(
        "Mary",
        "+46701740609",
        "digital_mail",
        (
            Line(95, "resident", "hello i got letter about Kivra but do not understand, is it real? i only speak little swedish"),
            Line(95, "bot", "Hello! I am the municipality's automatic help, a computer. Write PERSON for a human. Kivra is a real mailbox on your phone. Is the letter on paper or in a text message?"),
            Line(90, "resident", "paper. PERSON please"),
            Line(90, "bot", "A person will answer you here."),
        ),
        'Behov: Digital post: Kivra och andra brevlådor. Skrev: "hello i got letter about Kivra but do not understand, is it real? i only speak little swedish"',
        reasons=(Reason.ASKED,),
        language="en",
        alarm=2,
    ),
    Resident(
        "Yusuf",
        "+46701740610",
        None,
        (
            Line(9, "resident", "مرحبا أحتاج إلى مساعدة في BankID"),
            Line(9, "bot", "Jag kan bara svenska och engelska, men en människa läser det du skrev. / I only write Swedish and English, but a person reads what you wrote.", state="sent"),
        ),
        'Skrev: "مرحبا أحتاج إلى مساعدة في BankID"',
        reasons=(Reason.NOT_UNDERSTOOD,),
        municipality=None,
        unit=None,
    ),
    Resident(
        "Bengt",
        "+46701740611",
        "print_scan",
        (
            Line(130, "resident", "kan nån ringa mej, ja behöver skriva ut en blankett"),
            Line(130, "bot", INTRODUCED + "En människa ringer dig. När passar det?", state="undelivered", error="30006"),
            Line(126, "resident", "efter två"),
        ),
        'Behov: Skriva ut, skanna eller bifoga papper. Skrev: "kan nån ringa mej, ja behöver skriva ut en blankett"',
        reasons=(Reason.CALLBACK, Reason.UNREACHABLE),
        urgency=Urgency.HIGH,
        unit="medborgarservice",
    ),
    Resident(
        "Astrid",
        "+46701740607",
        "health_1177",
        (
            Line(180, "resident", "hur bokar jag om tid på 1177"),
            Line(180, "bot", INTRODUCED + "Logga in på 1177 och välj Bokade tider. Svara KLART eller FASTNAT."),
            Line(170, "resident", "vill prata med en människa"),
            Line(170, "bot", HANDED_OVER),
            Line(60, "note", "Ringde vårdcentralen: tiden går att boka om på telefon också, de öppnar måndag kl 8."),
            Line(55, "karin", "Karin, Kalmar stadsbibliotek: Hej Astrid! Du kan också ringa vårdcentralen på måndag efter 8, så bokar de om tiden åt dig."),
        ),
        'Behov: 1177: logga in, boka tid, recept, journal. Skrev: "vill prata med en människa"',
        reasons=(Reason.ASKED,),
        status=Status.ANSWERED,
        has_it="karin",
        named=True,
    ),
    Resident(
        "Elsa",
        "+46701740612",
        "pension",
        (
            Line(45, "resident", "jag får inte in blanketten till pensionsmyndigheten"),
            Line(45, "bot", INTRODUCED + "Vad vill du göra? 1. Bostadstillägg 2. Ändra konto 3. Annat"),
            Line(43, "resident", "STOPP"),
            Line(43, "bot", "Du får inga fler meddelanden. Skriv START om du ändrar dig.", state="cancelled"),
            Line(40, "resident", "jag blir så arg på det här, jag orkar inte"),
        ),
        'Behov: Pension, bostadstillägg (Pensionsmyndigheten). Skrev: "jag blir så arg på det här, jag orkar inte"',
        reasons=(Reason.NOT_UNDERSTOOD,),
        status=Status.CLAIMED,
        has_it="karin",
        opted_out=True,
    ),
    Resident(
        "Ingrid",
        "+46701740613",
        "emergency",
        (
            Line(14, "resident", "min man har ramlat i badrummet han svarar inte riktigt"),
            Line(14, "bot", "Ring 112 nu, direkt. Jag kan inte ringa åt dig. Stanna hos honom tills hjälpen kommer."),
            Line(12, "resident", "har ringt dom kommer"),
        ),
        'Behov: Det är fara för liv eller hälsa. Gäller: make. Skrev: "min man har ramlat i badrummet han svarar inte riktigt"',
        reasons=(Reason.EMERGENCY,),
        urgency=Urgency.CRITICAL,
        status=Status.CLAIMED,
        has_it="bo",
        known={"relation": "man"},
    ),
    Resident(
        "Lars-Erik",
        "+46701740614",
        "forgotten_password",
        (
            Line(1500, "resident", "kommer inte in på mejlen"),
            Line(1500, "bot", INTRODUCED + "1 av 5. Titta hemma: många har lösenordet på en lapp. Svara KLART eller FASTNAT."),
            Line(1480, "resident", "fastnat, ring mig"),
            Line(1400, "karin", "Karin, Kalmar stadsbibliotek: Hej! Jag ringer dig strax."),
            Line(1390, "note", "Visade hur man trycker på Glömt lösenord."),
            Line(1380, "resident", "tack så hemskt mycket!"),
        ),
        'Behov: Glömt lösenord. Skrev: "fastnat, ring mig"',
        status=Status.RESOLVED,
        has_it="karin",
        outcome="solved",
        helped="Koden för nytt lösenord gick till ett gammalt nummer. Byttes på mejlens sida.",
        named=True,
    ),
    Resident(
        "Rolf",
        "tg:88002",
        "course_list",
        (
            Line(4300, "resident", "har ni nån kurs om mobilen"),
            Line(4300, "bot", INTRODUCED + "Mobilen från början: torsdag kl. 10, Stadsbiblioteket. Svara 1 för att boka."),
            Line(4290, "resident", "kan en människa hjälpa mig att anmäla mig"),
            Line(4200, "bo", "Bo, Kalmar stadsbibliotek: Klart, du är anmäld till torsdag kl. 10."),
        ),
        'Behov: Kurser nära dig. Skrev: "kan en människa hjälpa mig att anmäla mig"',
        reasons=(Reason.ASKED,),
        status=Status.RESOLVED,
        has_it="bo",
        outcome="visit_booked",
    ),
)  # fmt: skip


def real_world() -> World:
    """The guides and sample municipalities that the product comes with; no gazetteer, which takes a while to read."""
    configuration = load_configuration(ROOT / "config")
    return make_world(flows.load(), configuration, Gazetteer((), (), ()))


def fill(database: Database, now: datetime, karin: UserRow, bo: UserRow) -> dict[str, int]:
    """Writes the morning into a database; the cases' ids by the residents' names."""
    handledare = {"karin": karin, "bo": bo}
    with database.writing() as session:
        ids = {one.name: _write(session, one, now, handledare) for one in RESIDENTS}
        session.add(
            RemarkRow(
                conversation_id=None,
                municipality="kalmar",
                at=now - timedelta(hours=3),
                kind="wish",
                text="fler kurser på kvällstid, jag jobbar på dagarna",
            )
        )
        session.add(
            RemarkRow(
                conversation_id=None,
                municipality="vara",
                at=now - timedelta(days=2),
                kind="feedback",
                text="det gick jättebra med bankid tack",
            )
        )
    return ids


def _write(session: Session, one: Resident, now: datetime, handledare: Mapping[str, UserRow]) -> int:
    def ago(minutes: int) -> datetime:
        return now - timedelta(minutes=minutes)

    began = ago(one.lines[0].ago)
    opened = ago(next((line.ago for line in one.lines if HANDED_OVER in line.text), one.lines[0].ago))
    row, conversation = conversations.begin(session, Address(one.address), one.municipality, one.unit, began)
    state = Conversation(
        language="en" if one.language == "en" else "sv", introduced_at=began, opted_out=one.opted_out, municipality=one.municipality,
        unit=one.unit, position=one.position, known=dict(one.known), case_closed=one.status == Status.RESOLVED,
    )  # fmt: skip
    conversation.state = state.to_json()
    owner = handledare.get(one.has_it)
    last = ago(one.lines[-1].ago)
    waits = one.status in (Status.WAITING, Status.CLAIMED)
    case = CaseRow(
        conversation_id=conversation.id, address=row.text, channel=one.channel, language=one.language, municipality=one.municipality,
        unit=one.unit, team=f"{one.municipality}-{one.unit}" if one.unit else "gemensam", status=one.status, urgency=one.urgency,
        reasons=list(one.reasons), topic=one.need, summary=one.summary, opened_at=opened, waiting_since=opened if waits else None,
        claimed_by=owner.id if owner else None, claimed_at=last if owner else None,
        resolved_at=last if one.status == Status.RESOLVED else None, outcome=one.outcome, helped=one.helped,
        person_name=one.name if one.named else None, alarm=one.alarm,
    )  # fmt: skip
    session.add(case)
    session.flush()
    for line in one.lines:
        if line.author in ("note", "event"):
            author = handledare["karin"].id if line.author == "note" else None
            session.add(
                CaseNoteRow(case_id=case.id, at=ago(line.ago), user_id=author, kind=line.author, text=line.text)
            )
        else:
            _say(session, conversation.id, one, line, ago(line.ago), handledare)
    if owner:
        session.add(AuditRow(at=last, user_id=owner.id, act="claim", case_id=case.id))
    return case.id


def _say(
    session: Session, conversation_id: int, one: Resident, line: Line, at: datetime, handledare: Mapping[str, UserRow]
) -> None:
    writer = handledare.get(line.author)
    is_in = line.author in ("resident", "relative")
    message = MessageRow(
        conversation_id=conversation_id, at=at, direction="in" if is_in else "out", author="handledare" if writer else line.author,
        user_id=writer.id if writer else None, channel=one.channel, kind=line.kind, text=line.text,
    )  # fmt: skip
    session.add(message)
    session.flush()
    if not is_in:
        session.add(
            OutboxRow(
                conversation_id=conversation_id, message_id=message.id, address=one.address, channel=one.channel, sender="", text=line.text,
                buttons=[], priority=10, status=line.state, error=line.error, queued_at=at, next_attempt_at=at,
            )
        )  # fmt: skip


def fill_family(database: Database, now: datetime, ids: Mapping[str, int]) -> None:
    """Relatives: Gunvor's daughter, somebody whom a handledare must look at, a question that waits, a no; and the picture that Amira sent."""
    with database.writing() as session:
        of = {name: session.get_one(CaseRow, number) for name, number in ids.items()}
        for name, elder, address, called, columns in _LINKS:
            _, relative = conversations.begin(
                session, Address(address), "kalmar", "bibliotek", now - timedelta(days=22)
            )
            row = of[elder]
            assert row.conversation_id is not None
            session.add(
                LinkRow(
                    municipality="kalmar", unit="bibliotek", relative_id=relative.id, relative_channel="telegram", relative_name=name,
                    elder_id=row.conversation_id, elder_address=row.address or "", called=called, relation="",
                    **{"asked_at": now - timedelta(days=21), "reason": "", "scope": "follow", **columns(now)},
                )
            )  # fmt: skip
        session.flush()
        for minutes, kind, about in ((46, "guide", "bankid_locked"), (20, "noted", str(of["Gunvor"].id))):
            session.add(DeedRow(link_id=1, at=now - timedelta(minutes=minutes), kind=kind, about=about))
        noted = "Anhörig (Lisa): Mamma hör dåligt i telefon, skriv gärna i stället."
        session.add(
            CaseNoteRow(
                case_id=of["Gunvor"].id, at=now - timedelta(minutes=20), user_id=None, kind="relative", text=noted
            )
        )
        photo = session.scalars(select(MessageRow.id).where(MessageRow.kind == "photo").order_by(MessageRow.id)).first()
        session.add(
            AttachmentRow(
                message_id=photo,
                channel="telegram",
                file_id="",
                status="here",
                media_type="image/jpeg",
                content=_picture(),
                next_attempt_at=now,
            )
        )


def _picture() -> bytes:
    """A screenshot of nothing."""
    drawn = Image.new("RGB", (540, 960), "#e8eef5")
    for i in range(6):
        drawn.paste("#2b5d8a" if i == 0 else "#ffffff", (30, 60 + 140 * i, 510, 160 + 140 * i))
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=70)
    return kept.getvalue()


_LINKS: tuple[tuple[str, str, str, str, Callable[[datetime], dict[str, object]]], ...] = (
    ("Lisa", "Gunvor", "tg:88010", "din mamma", lambda now: {
        "status": "active", "scope": "book", "started_at": now - timedelta(days=20), "ends_at": now + timedelta(days=345)}),
    ("Kundservice", "Sven", "tg:88011", "din farbror", lambda now: {
        "status": "held", "reason": "Den anhöriga kallar sig något som liknar en myndighet, en bank eller en webbadress.", "asked_at": now - timedelta(hours=2)}),
    ("Jonas", "Mary", "tg:88012", "din moster", lambda now: {
        "status": "asked", "asked_at": now - timedelta(hours=5), "ends_at": now + timedelta(hours=67)}),
    ("Pelle med ett mycket långt nam", "Ingrid", "tg:88013", "farmor Ingrid på Norra Vägen 3", lambda now: {
        "status": "declined", "asked_at": now - timedelta(days=3), "ended_at": now - timedelta(days=2), "ended_by": "elder"}),
)  # fmt: skip


def fill_plans(database: Database, now: datetime) -> None:
    """The places, groups and things to lend that the samples plan, as seen at `now`."""
    configuration = load_configuration(ROOT / "config")
    keep_places(database, configuration.places, lambda: now)
    plan_courses(database, configuration.courses, lambda: now)
    plan_loans(database, configuration.loans, lambda: now)
