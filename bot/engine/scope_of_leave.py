"""What a relative may do with the elder's leave: asked after the yes, and whenever the elder wants to change it."""

from __future__ import annotations

from datetime import datetime

from bot.domain import consenting, withdrawing
from bot.domain.conversation import Question
from bot.domain.events import LinkEnded, LinkScoped
from bot.domain.link import Helper, Scope
from bot.domain.message import Kind
from bot.domain.opening_hours import STOCKHOLM, describe_year_day
from bot.engine.answers import says_no
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk


def scoped(walk: Walk, question: Question, option: str) -> None:
    """What the relative may do from now on."""
    helper = next((one for one in walk.family.helpers if str(one.link_id) == question.about), None)
    walk.set(question=None, not_understood=0)
    if helper is None:
        walk.say("link_nothing_open")
        return
    _set(walk, helper, Scope(option))


def changed(walk: Walk) -> bool:
    """The elder says what a relative may do, in a sentence: less is done at once, more is asked by its number."""
    helper = _meant(walk)
    if helper is None or walk.conversation.case is not None:
        return False
    named = bool(consenting.named(walk.incoming.text, (helper.relative_name,)))
    less = withdrawing.narrows(walk.incoming.text, named)
    if not less and not withdrawing.widens(walk.incoming.text, named):
        return False
    walk.set(not_understood=0)
    if less:
        scope = Scope(less) if helper.scope.holds(Scope(less)) else helper.scope
        _set(walk, helper, scope)
    else:
        ask_scope(walk, helper.link_id, helper.relative_name)
    return True


def is_plain(walk: Walk) -> bool:
    """Whether what only the interpreter takes for danger says but what a relative may do: "han ska bara få se"."""
    helper = _meant(walk)
    if helper is None or walk.understanding.danger_rule is not None or consenting.is_pressed(walk.incoming.text):
        return False
    named = bool(consenting.named(walk.incoming.text, (helper.relative_name,)))
    return bool(withdrawing.narrows(walk.incoming.text, named)) and withdrawing.says_nothing_else(
        walk.incoming.text, (helper.relative_name,)
    )


def _meant(walk: Walk) -> Helper | None:
    """The one relative that a sentence of the elder can be about."""
    helpers = walk.family.helpers
    if walk.word is not None or walk.incoming.kind != Kind.TEXT or walk.incoming.channel != "sms":
        return None
    named = consenting.named(walk.incoming.text, (one.relative_name for one in helpers))
    meant = [one for one in helpers if one.relative_name in named] or list(helpers)
    return meant[0] if len(meant) == 1 else None


def _set(walk: Walk, helper: Helper, scope: Scope) -> None:
    question = walk.conversation.question
    if question and question.kind in ("scope", "rescope"):
        walk.set(question=None)
    if scope != helper.scope:
        walk.events.append(LinkScoped(helper.link_id, scope))
    if scope == Scope.FOLLOW:
        walk.say("link_scoped_follow", relative=helper.relative_name)
    elif scope == Scope.REMINDERS:
        walk.say("link_scoped_reminders", relative=helper.relative_name)
    else:
        walk.say("link_scoped_book", relative=helper.relative_name)


def scope_as_it_is(walk: Walk, question: Question) -> bool:
    """NEJ to the question what more: it stays as it is. Who says besides that they regret, or that nothing is allowed, takes the leave back."""
    helper = next((one for one in walk.family.helpers if str(one.link_id) == question.about), None)
    if helper is not None and walk.word is None and withdrawing.regrets(walk.incoming.text):
        walk.set(question=None, not_understood=0)
        walk.events.append(LinkEnded(helper.link_id, by_elder=True))
        walk.say("link_ended", relative=helper.relative_name)
        return True
    if not says_no(walk):
        return False
    walk.set(question=None, not_understood=0)
    walk.say(
        "link_stays_so",
        relative=helper.relative_name if helper else walk.world.texts.get("link_the_relative", walk.language),
    )
    return True


def ask_scope(walk: Walk, link_id: int, name: str) -> None:
    """Asks what the relative may do; whoever does not answer lets it be."""
    texts, language = walk.world.texts, walk.language
    labels = (
        texts.get("link_may_follow", language),
        texts.get("link_may_reminders", language),
        texts.get("link_may_book", language),
    )
    walk.say("link_scope", relative=name)
    walk.parts.append(numbered(labels))
    offer_numbers(walk, labels)
    walk.set(question=Question("scope", tuple(Scope), labels, about=str(link_id), soft=True))


def day(at: datetime, language: str) -> str:
    """A day far ahead: "23 november 2027"."""
    return describe_year_day(at.astimezone(STOCKHOLM).date(), language)
