"""What a message means in the state the conversation is in. Read from above: what stands first wins.

1. After STOPP nothing is sent; danger opens a case silently.   2. Danger, and that there was none.   3. Edited messages move nothing.   4. STOPP.
5. Two machines talking.   6. Languages we do not write.   7. Privacy and the choice of language.   8. Who follows whom: the elder's answer, a new wish, how somebody fares.   9. A person who has the case.
10. Whatever is no text.   11. Keywords.   12. What is said beside the steps.   13. The open question.   14. The open guide.   15. A need, or something we do not know.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.case import URGENCY_OF, Reason
from bot.domain.events import Remarked
from bot.domain.keywords import Keyword, wish
from bot.domain.message import Kind
from bot.domain.stopping import starts_again
from bot.engine import (
    beside_steps,
    comfort,
    danger,
    guide,
    handover,
    helping,
    inside_guide,
    languages,
    leaving,
    new_need,
    odd_input,
    on_telegram,
    open_step,
    others_bankid,
    own_addresses,
    own_bookings,
    passing_on,
    questions,
    relatives_ask,
    relatives_consent,
    relatives_end,
    relatives_invite,
    relatives_late,
    relatives_leave,
    safety,
    same_person,
    scope_of_leave,
    shared_phone,
    taken_back,
    together,
    where,
)
from bot.engine.secrets import warn_of_secrets
from bot.engine.walk import Walk


def triage(walk: Walk) -> None:
    """Decides, and lets the walk say and do it."""
    where.note_home(walk)
    if walk.conversation.opted_out:
        if starts_again(walk.incoming.text) and safety.danger_told(walk) is None:
            guide.start(walk, walk.world.flows["start"])
        else:
            safety.after_stop(walk)
        return
    languages.notice_english(walk)
    if taken_back.heard(walk):
        return
    told = safety.danger_told(walk)
    if told and not safety.adds_nothing(walk, told) and not _is_no_danger(walk):
        safety.answer_danger(walk, told)
        relatives_consent.pressed_too(walk)
        relatives_end.ended_in_danger(walk)
        return
    if walk.incoming.kind == Kind.EDIT:
        odd_input.edited(walk)
        return
    if not walk.conversation.halted and relatives_end.ended_by_words(walk):
        return
    means_stop = walk.means("stop") and not leaving.is_meant(walk)
    if walk.incoming.carrier_opt == "stop" or walk.word == Keyword.STOP or means_stop:
        guide.start(walk, walk.world.flows["stop"])
        return
    if walk.conversation.halted:
        safety.while_halted(walk)
        return
    if languages.not_written(walk):
        walk.say("other_language")
        walk.open_case(Reason.NOT_UNDERSTOOD, URGENCY_OF[Reason.NOT_UNDERSTOOD], None)
        return
    warn_of_secrets(walk)
    if same_person.asked_first(walk):
        return
    if (
        scope_of_leave.changed(walk)
        or relatives_end.told_what_is_seen(walk)
        or _privacy(walk)
        or languages.chosen(walk)
        or odd_input.passed_on(walk)
        or on_telegram.declined(walk)
        or _about_links(walk)
    ):
        return
    if (
        passing_on.answered(walk)
        or passing_on.own_name_told(walk)
        or together.answered(walk)
        or relatives_leave.may_be_meant(walk)
        or relatives_ask.asked_without_leave(walk)
    ):
        return
    if own_bookings.asked(walk) or handover.listens(walk) or odd_input.answered(walk):
        return
    _talk(walk)
    comfort.condole(walk)
    relatives_consent.repeat_question(walk)
    own_addresses.remind(walk)


def _is_no_danger(walk: Walk) -> bool:
    """What only the interpreter takes for danger, and is but a number, who somebody is or writes, or what somebody may see and do."""
    return (
        relatives_ask.is_plain_wish(walk)
        or own_addresses.is_plain_number(walk)
        or same_person.is_plain_answer(walk)
        or relatives_end.is_plain_end(walk)
        or scope_of_leave.is_plain(walk)
        or together.is_plain(walk)
        or shared_phone.is_plain(walk)
        or _is_no_fraud(walk)
    )


def _is_no_fraud(walk: Walk) -> bool:
    """What is taken for a fraud, and is a BankID used with leave, or an elder's words about the question who may follow."""
    return walk.understanding.intent == "fraud_suspected" and (
        others_bankid.is_no_fraud(walk) or relatives_consent.is_no_danger(walk) or relatives_late.is_doubt(walk)
    )


def _about_links(walk: Walk) -> bool:
    """The leave to follow somebody: the elder's answer, what the relative may do, and a new wish."""
    if own_addresses.answers_join(walk) or relatives_consent.answered(walk) or relatives_consent.pressed_later(walk):
        return True
    if relatives_late.answered(walk):
        return True
    question = walk.conversation.question
    if question and question.kind in relatives_end.OURS and questions.answered(walk):
        return True
    if own_addresses.asks_to_join(walk) or others_bankid.answered(walk):
        return True
    return relatives_invite.heard(walk) or relatives_ask.heard(walk)


def _talk(walk: Walk) -> None:
    together.follow_paused(walk)
    if together.caught_up(walk):
        return
    if walk.word in _BY_KEYWORD or walk.incoming.kind == Kind.START:
        walk.set(not_understood=0)
        _BY_KEYWORD.get(walk.word, new_need.greet)(walk)
        return
    if shared_phone.noticed(walk):
        return
    if leaving.heard(walk):
        return
    if danger.asks_about_lost_money(walk):
        return
    if new_need.not_this(walk):
        return
    if open_step.error(walk) is None and helping.corrected(walk):
        guide.repeat(walk)
        return
    if beside_steps.heard(walk) or questions.answered(walk) or comfort.heard(walk) or beside_steps.told(walk):
        return
    if not inside_guide.answered(walk):
        new_need.answer(walk)


def _privacy(walk: Walk) -> bool:
    if walk.word == Keyword.ERASE:
        walk.open_case(Reason.PRIVACY, URGENCY_OF[Reason.PRIVACY], None)
        walk.say("erasure_requested")
    elif walk.word == Keyword.RELATIVE_STOP:
        relatives_end.stop_all(walk)
    elif walk.word == Keyword.RELATIVE:
        relatives_end.tell(walk)
    elif walk.word == Keyword.PRIVACY or walk.means("privacy"):
        guide.answer_page(walk, walk.world.flows["privacy"])
    else:
        return False
    walk.set(not_understood=0)
    return True


def _menu(walk: Walk) -> None:
    guide.start(walk, walk.world.flows["menu"])


def _wish(walk: Walk) -> None:
    if wanted := wish(walk.incoming.text):
        walk.events.append(Remarked("wish", wanted))
        walk.say("wish_thanks")
    else:
        walk.say("wish_how")


def _resume(walk: Walk) -> None:
    if walk.conversation.position:
        guide.repeat(walk)
    elif walk.conversation.paused:
        guide.resume(walk, walk.conversation.paused[-1])
    else:
        new_need.say_what_i_do(walk)


_BY_KEYWORD: dict[Keyword | None, Callable[[Walk], None]] = {
    Keyword.PERSON: new_need.ask_for_person,
    Keyword.MENU: _menu,
    Keyword.WISH: _wish,
    Keyword.RESUME: _resume,
    Keyword.START: new_need.greet,
}
