"""Stand-ins for what services get from outside, and a world small enough to see through. Every text of it is its own key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from bot.domain.address import Address
from bot.domain.case import Reason, Urgency
from bot.domain.duty import DutyPerson, Municipality, Organisation, SendingNumber, Shift, Team, Unit
from bot.domain.gazetteer import Gazetteer
from bot.domain.message import Kind
from bot.engine.flow import Bilingual, Flow, Step
from bot.engine.texts import Texts
from bot.engine.world import World
from bot.services.deliver_outbox import Delivering
from bot.services.ports import LookUpAway, Sender, SendResult, Sent
from bot.services.receive_message import Intake, Received, receive_message
from bot.services.take_turn import Thinking, take_turn
from bot.store.database import Database
from bot.store.outbox import Outgoing
from nlu.danger import DangerRule, DangerRules
from nlu.understanding import Context, Entity, RankedIntent, Understanding

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Ten in the morning in Sweden; somebody is on duty."""
SVEA, KURT, ASTRID = "+46701740605", "+46701740606", "+46701740607"
OUR_NUMBER, VARA_NUMBER = "+46701740690", "+46701740691"
DUTY_PHONE = "+46701740699"


class SettableClock:
    """Real time, as the test has it."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **time: float) -> datetime:
        self.at += timedelta(**time)
        return self.at


@dataclass
class CountedWakeup:
    """How often workers were woken."""

    woken_for_turns: int = 0
    woken_for_outbox: int = 0

    def turns(self) -> None:
        self.woken_for_turns += 1

    def outbox(self) -> None:
        self.woken_for_outbox += 1


@dataclass
class ToldInterpreter:
    """Understands what it was told to; nothing else. `before` is called with each text first, and may raise."""

    told: dict[str, Understanding] = field(default_factory=dict)
    before: Callable[[str], None] | None = None
    heard: list[str] = field(default_factory=list)

    def understand(self, text: str, language: str | None = None, context: Context = Context()) -> Understanding:
        self.heard.append(text)
        if self.before:
            self.before(text)
        return self.told.get(text) or understood(text, "out_of_scope", accepted=False)


def understood(
    text: str, intent: str, accepted: bool = True, entities: Iterable[Entity] = (), language: str = "sv"
) -> Understanding:
    """`text` as meaning `intent`."""
    return Understanding(text, intent, 0.9, accepted, (RankedIntent(intent, 0.9),), tuple(entities), language)


class CarrierStandIn:
    """Takes every message unless told otherwise. `will` are the results of the next sends; `known` what a look-up finds for a text."""

    def __init__(self, channel: str = "sms") -> None:
        self.channel = channel
        self.will: list[SendResult] = []
        self.known: dict[str, tuple[str, ...]] = {}
        self.look_up_away = False
        self.taken: list[Outgoing] = []
        self.looked_up: list[int] = []

    def send(self, outgoing: Outgoing) -> SendResult:
        self.taken.append(outgoing)
        return self.will.pop(0) if self.will else Sent(f"SM{len(self.taken):032}")

    def candidates(self, outgoing: Outgoing) -> tuple[str, ...]:
        self.looked_up.append(outgoing.id)
        if self.look_up_away:
            raise LookUpAway("503 from the message list")
        return self.known.get(outgoing.text, ())

    @property
    def texts(self) -> list[str]:
        return [outgoing.text for outgoing in self.taken]


class EveryText(dict[str, Bilingual]):
    """Any key's text is the key."""

    def __missing__(self, key: str) -> Bilingual:
        return Bilingual(key, f"{key} in English")


def _page(name: str, *steps: Step) -> Flow:
    return Flow(name, "page", (name,), Bilingual(name, name), steps)


def _guide(name: str, steps: int) -> Flow:
    made = (Step(f"{name}-{i}", "step", Bilingual(f"{name} {i}.", f"{name} {i}.")) for i in range(1, steps + 1))
    return Flow(name, "guide", (name,), Bilingual(name, name), tuple(made))


def _say(text: str) -> Step:
    return Step(f"say-{text.replace(' ', '-')}", "say", Bilingual(text, text))


FLOWS = (
    _guide("swish", 3),
    _guide("print_scan", 2),
    _page("human", Step("open", "open_case", reason=Reason.ASKED), _say("a person comes")),
    _page("emergency", Step("open", "open_case", reason=Reason.EMERGENCY), _say("call 112")),
    _page(
        "fraud_suspected", Step("open", "open_case", reason=Reason.FRAUD, urgency=Urgency.HIGH), _say("call the bank")
    ),
    _page("stop", Step("opt-out", "act", target="opt_out")),
    _page("start", Step("opt-in", "act", target="opt_in"), _say("welcome back")),
    _page("menu", Step("show", "act", target="show_menu")),
    _page("privacy", _say("what is stored")),
)

_OFFICE = (Shift(frozenset(range(5)), time(9), time(16)),)
KALMAR_TEAM = Team("kalmar", "Kalmar", _OFFICE, (DutyPerson("first", DUTY_PHONE),))
VARA_TEAM = Team("vara", "Vara", _OFFICE)
DEFAULT_TEAM = Team("default", "Everybody's", _OFFICE)
ORGANISATION = Organisation(
    name="Four municipalities",
    municipalities=(
        Municipality("kalmar", "Kalmar", "0880", (Unit("library", "The library", KALMAR_TEAM),), telegram=True),
        Municipality("vara", "Vara", "1470", (Unit("library", "The library", VARA_TEAM),), telegram=True),
    ),
    default_team=DEFAULT_TEAM,
    numbers=(SendingNumber(OUR_NUMBER, "kalmar", "library"), SendingNumber(VARA_NUMBER, "vara", "library")),
)
WITHOUT_TELEGRAM = replace(
    ORGANISATION, municipalities=tuple(replace(one, telegram=False) for one in ORGANISATION.municipalities)
)
WORLD = World({flow.name: flow for flow in FLOWS}, Texts(EveryText()), (), Gazetteer((), (), ()), ORGANISATION)


def _rule(name: str, intent: str, kind: str, phrase: str) -> DangerRule:
    return DangerRule(name, intent, kind, True, (phrase,), (), (phrase,), ())


DANGER = DangerRules(
    (_rule("life", "emergency", "life", "andas inte"), _rule("loss", "fraud_suspected", "loss", "lurad")), {}
)


@dataclass
class Post:
    """Everything between a resident and a handledare on one database, one step at a time."""

    database: Database
    clock: SettableClock = field(default_factory=SettableClock)
    wakeup: CountedWakeup = field(default_factory=CountedWakeup)
    interpreter: ToldInterpreter = field(default_factory=ToldInterpreter)
    carrier: CarrierStandIn = field(default_factory=CarrierStandIn)
    gather: timedelta = timedelta(seconds=2)
    world: World = WORLD
    owner: str = "this worker"
    rate: float = 0
    _keys: int = 0

    @property
    def intake(self) -> Intake:
        return Intake(self.database, ORGANISATION, DANGER, self.wakeup, self.gather)

    @property
    def thinking(self) -> Thinking:
        return Thinking(self.database, self.interpreter, lambda: self.world, self.clock, self.wakeup, self.owner)

    @property
    def delivering(self) -> Delivering:
        sender: Sender = self.carrier
        return Delivering(self.database, sender, self.clock, self.owner, self.rate, self.world)

    def comes(
        self,
        text: str,
        means: str | None = None,
        sender: str = SVEA,
        key: str | None = None,
        to: str = OUR_NUMBER,
        **more: object,
    ) -> bool:
        """A message comes in; `means` is the intent that it will be understood as."""
        if means:
            self.interpreter.told[text] = understood(text, means)
        self._keys += 1
        more.setdefault("kind", Kind.TEXT)
        received = Received(key or f"SM{self._keys}", Address(sender), to, text, **more)  # type: ignore[arg-type]
        return receive_message(self.intake, received, self.clock())

    def think(self) -> int:
        """Takes turns while any conversation is due; how many."""
        turns = 0
        while take_turn(self.thinking):
            turns += 1
            assert turns < 1000, "turns never end"
        return turns

    def says(self, text: str, means: str | None = None, sender: str = SVEA, **more: object) -> int:
        """A message comes in, gathering ends, and a turn is taken."""
        self.comes(text, means, sender, **more)  # type: ignore[arg-type]
        self.clock.at += self.gather
        return self.think()
