"""The resident's own loans: where to fetch or leave one, more time, giving one up, and trouble with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain.case import Reason
from bot.domain.conversation import Question
from bot.domain.events import LoanCancelled, LoanExtended
from bot.domain.loan import Loan, LoanStatus, is_late, longer, staffed_at
from bot.domain.opening_hours import STOCKHOLM, describe_date
from bot.engine import limits
from bot.engine.answers import agrees_to, says_no, says_yes
from bot.engine.offers import offer_person, yes_or_no
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.words import holds
from nlu.labels import SAFETY

_LONGER = (
    "längre", "förläng*", "vecka till", "veckor till", "dagar till", "månad till", "lite till", "ytterligare", "behålla", "mer tid", "ha kvar",
    "longer", "renew*", "extend*", "more week", "more time", "keep it", "keep the",
)  # fmt: skip
_RETURN = (
    "lämna*", "återlämn*", "inlämn*", "tillbaka", "åter", "lånet går ut", "ska in", "skulle in", "vara inne",
    "return*", "hand in", "hand it in", "bring back", "bring it back", "give back",
)  # fmt: skip
_OF_WHAT_WAITS = (
    "ha den", "ha det", "ha plattan", "låna den", "hämta den", "hämtar jag den", "hämta plattan", "hämtar jag", "kan jag hämta", "vara tillbaka", "lämna tillbaka", "have it", "keep it", "want it",
)  # fmt: skip
_OF_A_LOAN = (
    "förläng*",
    "vecka till",
    "låna längre",
    "lämna*",
    "återlämn*",
    "inlämn*",
    "jag lånade",
    "jag lånat",
    "renew*",
    "return*",
    "hand in",
    "i borrowed",
)
"""Said by somebody who has something at home. When it is not in this conversation it was lent at the desk, and a person knows."""
_SURELY_A_LOAN = (
    "lån", "lånet", "lånen", "låna", "lånad*", "lånade", "lånat", "förläng*", "lämna tillbaka", "lämnar tillbaka", "återlämn*",
    "loan*", "borrow*", "renew*", "bring back", "bring it back", "return it",
)  # fmt: skip
_NO_LONGER = ("inte längre", "no longer", "not any longer")
_GIVE_UP = (
    "avboka*",
    "avbeställ*",
    "ångra*",
    "avsäg*",
    "inte längre",
    "vill inte ha",
    "behöver inte",
    "ta bort mig",
    "cancel*",
    "do not need",
    "dont need",
)
_TROUBLE = (
    "trasig*", "sönder", "sprick*", "spruck*", "tappa*", "ramla*", "spill*", "saknas", "borta", "försvunn*", "stulen", "stulet", "fungerar inte",
    "funkar inte", "går inte", "startar inte", "urladdad", "vägrar", "lösenord*", "kod", "administratör*", "broken", "broke", "cracked", "dropped", "spilled",
    "missing", "stolen", "lost", "password*", "does not work", "doesnt work",
)  # fmt: skip
_HOW_LONG = (
    "hur länge", "hur lång tid", "hur många dagar", "hur många veckor", "när ska den vara", "när ska den tillbaka", "när ska jag lämna", "när måste jag lämna",
    "vara tillbaka", "how long", "how many days", "how many weeks", "when must i return",
)  # fmt: skip
_WHERE_AM_I = (
    "kö",
    "kön",
    "min tur",
    "hämta*",
    "väntar",
    "väntelist*",
    "queue",
    "waiting",
    "my turn",
    "fetch*",
    "pick up",
    "collect*",
    "mitt lån",
    "my loan",
)


def answered(walk: Walk) -> bool:
    """Acts on the resident's own loan, when the message is about that."""
    text = walk.incoming.text
    for words, statuses, act in _ABOUT:
        mine = walk.shelf.with_status(*statuses)
        if mine and holds(text, words):
            _which(walk, mine, act)
            return True
    if not walk.shelf.loans and holds(text, _OF_A_LOAN):
        walk.say("no_loan")
        offer_person(walk, Reason.ASKED)
        return True
    return False


def overheard(walk: Walk) -> bool:
    """Acts on the loan of a resident who speaks of one in words that were not understood for sure: "när ska jag lämna tillbaka"."""
    unsure = not walk.understanding.accepted or walk.means("out_of_scope", "back")
    open_guide = walk.conversation.position is not None
    if walk.word or open_guide or not unsure or not walk.shelf.loans:
        return False
    if not (holds(walk.incoming.text, _SURELY_A_LOAN) or _just_told(walk) or _is_about_what_waits(walk)):
        return False
    return answered(walk)


def _just_told(walk: Walk) -> bool:
    """A short remark right after one of the resident's loans was told of is about it: "när ska jag hämta den", "jag vill inte ha den"."""
    last, short = walk.conversation.last_answer, len(walk.incoming.text.split()) <= limits.SHORT_REMARK
    return (
        short
        and walk.understanding.intent not in SAFETY
        and any(loan.type.title_in(walk.language) in last for loan in walk.shelf.loans)
    )


def _is_about_what_waits(walk: Walk) -> bool:
    """A short word of a thing that is put aside or queued for, of one who has nothing else booked: "jag vill inte ha den längre"."""
    text = walk.incoming.text
    waits = walk.shelf.with_status(LoanStatus.OFFERED, LoanStatus.QUEUED)
    short = len(text.split()) <= limits.SHORT_REMARK and walk.understanding.intent not in SAFETY
    return bool(waits) and short and not walk.programme.bookings and holds(text, _OF_WHAT_WAITS)


def is_about_own(walk: Walk) -> bool:
    """Whether the message is about a loan that the resident has."""
    return any(walk.shelf.with_status(*statuses) and holds(walk.incoming.text, words) for words, statuses, _ in _ABOUT)


def ask_to_cancel(walk: Walk) -> bool:
    """Asks whether to give up what waits to be fetched, or the place in the queue; False when there is neither."""
    mine = walk.shelf.with_status(LoanStatus.OFFERED, LoanStatus.QUEUED)
    if mine:
        _which(walk, mine, "cancel")
    return bool(mine)


def chosen(walk: Walk, question: Question, option: str) -> None:
    """Which of several loans was meant."""
    loan = walk.shelf.loan(int(option))
    walk.set(question=None, not_understood=0)
    if loan is None:
        walk.say("no_loan")
    else:
        _ACTS[question.about](walk, loan)


def cancel(walk: Walk, question: Question) -> bool:
    """JA gives it up."""
    if agrees_to(walk, "course_cancel", "device_loan"):
        _cancelled(walk, question)
    elif says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("keeps_loan")
    else:
        return False
    return True


def fetches(walk: Walk, question: Question) -> bool:
    """The answer to the news that it is the resident's turn: JA keeps it put aside, NEJ gives it up."""
    if says_yes(walk):
        loan = walk.shelf.loan(int(question.options[0]))
        walk.set(question=None, not_understood=0)
        if loan is None:
            walk.say("no_loan")
        else:
            tell(walk, loan)
    elif says_no(walk) or (walk.means("device_loan", "course_cancel") and holds(walk.incoming.text, _GIVE_UP)):
        _cancelled(walk, question)
    else:
        return False
    return True


def tell(walk: Walk, loan: Loan) -> None:
    """How the resident's own loan stands."""
    thing, place = loan.type.title_in(walk.language), place_name(walk, loan.place)
    if loan.status == LoanStatus.OFFERED and loan.fetch_by:
        walk.say("loan_to_fetch", thing=thing, place=place, day=_day(walk, loan.fetch_by))
    elif loan.status == LoanStatus.QUEUED:
        walk.say("loan_waits", thing=thing, number=str(loan.number))
    elif loan.due_at and is_late(loan.due_at, walk.now):
        walk.say("loan_return_late", thing=thing, place=place)
    elif loan.due_at:
        walk.say("loan_return", thing=thing, place=place, day=_day(walk, loan.due_at))


def place_name(walk: Walk, place_id: str | None) -> str:
    """A place as residents know it."""
    found = next((place.name for place in walk.world.places if place.id == place_id), None)
    return found or walk.fill("{bibliotek}")


def _which(walk: Walk, mine: tuple[Loan, ...], act: str) -> None:
    if len(mine) == 1:
        _ACTS[act](walk, mine[0])
        return
    labels = tuple(loan.type.title_in(walk.language) for loan in mine)
    walk.say("which_loan")
    walk.parts.append(numbered(labels))
    walk.say("choose_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question("which_loan", tuple(str(loan.id) for loan in mine), labels, about=act))


def _longer(walk: Walk, loan: Loan) -> None:
    """More time when nobody waits; else a person decides."""
    thing = loan.type.title_in(walk.language)
    if loan.type.waiting or loan.due_at is None:
        walk.say("loan_others_wait", thing=thing)
        offer_person(walk, Reason.ASKED)
        return
    until = longer(walk.now, loan.due_at, loan.type.days, staffed_at(walk.world.places, loan.place))
    if _day(walk, until) == _day(walk, loan.due_at):
        walk.say("loan_has_time", thing=thing, day=_day(walk, until))
        return
    walk.events.append(LoanExtended(loan.id))
    walk.say("loan_extended", thing=thing, day=_day(walk, until))


def _trouble(walk: Walk, loan: Loan) -> None:
    walk.say("loan_trouble")
    offer_person(walk, Reason.ASKED)


def _tell_days(walk: Walk, loan: Loan) -> None:
    walk.say("loan_days", days=str(loan.type.days))
    tell(walk, loan)


def _ask_to_cancel(walk: Walk, loan: Loan) -> None:
    walk.say("cancel_loan", thing=loan.type.title_in(walk.language))
    walk.set(question=Question("cancel_loan", options=(str(loan.id),)))
    yes_or_no(walk)


def _cancelled(walk: Walk, question: Question) -> None:
    loan = walk.shelf.loan(int(question.options[0]))
    walk.set(question=None, not_understood=0)
    if loan is None:
        walk.say("no_loan")
    elif loan.status == LoanStatus.OUT:
        tell(walk, loan)
    else:
        walk.events.append(LoanCancelled(loan.id))
        walk.say("loan_cancelled", thing=loan.type.title_in(walk.language))


def _day(walk: Walk, at: datetime) -> str:
    return describe_date(at.astimezone(STOCKHOLM).date(), walk.now, walk.language)


_OWN = (LoanStatus.OUT,)
_ABOUT: tuple[tuple[tuple[str, ...], tuple[LoanStatus, ...], str], ...] = (
    (_GIVE_UP, (LoanStatus.OFFERED, LoanStatus.QUEUED), "cancel"),
    (_NO_LONGER, _OWN, "tell"),
    (_LONGER, _OWN, "longer"),
    (_TROUBLE, _OWN, "trouble"),
    (_RETURN, _OWN, "tell"),
    (_HOW_LONG, (LoanStatus.OFFERED, LoanStatus.QUEUED), "days"),
    (_WHERE_AM_I, (LoanStatus.OFFERED, LoanStatus.QUEUED, LoanStatus.OUT), "tell"),
)
"""Words, whose loans they are about, and what is done; the first that fits wins."""
_ACTS: dict[str, Callable[[Walk, Loan], None]] = {
    "cancel": _ask_to_cancel,
    "trouble": _trouble,
    "longer": _longer,
    "tell": tell,
    "days": _tell_days,
}
