"""The end of a leave, by the elder or by the relative, and the list of who follows whom."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain import consenting, plain_yes, withdrawing
from bot.domain.accusing import accuses
from bot.domain.asking import names_joined
from bot.domain.conversation import Question
from bot.domain.events import LinkDoubted, LinkEnded
from bot.domain.link import Doubt, Helper, Scope
from bot.domain.message import Kind
from bot.engine import relatives_leave
from bot.engine.scope_of_leave import ask_scope, day
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.whose_elder import says_pronoun, whom
from nlu.labels import TOPICS

OURS = frozenset({"which_relative", "scope", "unfollow", "rescope"})
"""Kinds of question about who follows whom."""


def stop_all(walk: Walk) -> None:
    """ANHÖRIG STOPP: every leave and question ends. Who is a relative only follows no longer."""
    family = walk.family
    _forget_questions(walk)
    for link_id in family.held:
        walk.events.append(LinkEnded(link_id, by_elder=True))
    as_elder = _followers(walk)
    if as_elder:
        walk.events.extend(LinkEnded(link_id, by_elder=True) for link_id in as_elder)
        walk.say("link_ended", relative=_joined(walk, as_elder.values()))
        return
    following = relatives_leave.followed(walk)
    if not following or family.held:
        walk.say("no_relative")
        return
    relatives_leave.leave(walk, following)


def ended_by_words(walk: Walk) -> bool:
    """ "Ta bort Anna" of an elder, "sluta följa mamma" of a relative; read before STOPP, which both sound like."""
    if walk.word is not None or walk.incoming.kind != Kind.TEXT or walk.incoming.carrier_opt is not None:
        return False
    text = walk.incoming.text
    named = consenting.named(text, _followers(walk).values())
    if named and consenting.ends_it(text):
        _end_named(walk, named)
        return True
    if _withdrawn(walk, named):
        return True
    return relatives_leave.heard(walk)


def told_what_is_seen(walk: Walk) -> bool:
    """ "Vad kan Karin se?", "får hon läsa det jag skriver": what those who follow see, and what never."""
    helpers = walk.family.helpers
    if walk.word is not None or walk.incoming.kind != Kind.TEXT or walk.conversation.case is not None or not helpers:
        return False
    text = walk.incoming.text
    named = consenting.named(text, (one.relative_name for one in helpers))
    if (
        not plain_yes.asks_what_they_see(text)
        or not (named or says_pronoun(walk))
        or (walk.understanding.accepted and walk.understanding.intent in TOPICS)
    ):
        return False
    of_them = [one for one in helpers if not named or one.relative_name in named]
    walk.set(not_understood=0)
    walk.say("link_sees", relative=_joined(walk, (one.relative_name for one in of_them)))
    return True


def is_plain_end(walk: Walk) -> bool:
    """Whether what only the interpreter takes for danger says but that somebody shall follow no longer."""
    if walk.understanding.danger_rule is not None or walk.word is not None or consenting.is_pressed(walk.incoming.text):
        return False
    followers = _followers(walk)
    text = walk.incoming.text
    named = consenting.named(text, followers.values())
    if not withdrawing.says_nothing_else(text, followers.values()):
        return False
    return bool(followers) and (
        withdrawing.ends_following(text, bool(named)) or (bool(named) and consenting.ends_it(text))
    )


def ended_in_danger(walk: Walk) -> None:
    """A danger is told, and with it who does it or that somebody shall follow no longer: nothing goes through until a handledare has looked, and nobody is told."""
    followers = _followers(walk)
    held = {event.link_id for event in walk.events if isinstance(event, LinkDoubted)}
    followers = {link_id: name for link_id, name in followers.items() if link_id not in held}
    accused = accuses(walk.incoming.text, followers.values())
    if accused:
        walk.events.extend(
            LinkDoubted(link_id, Doubt.ACCUSED, walk.incoming.text)
            for link_id, name in followers.items()
            if name in accused
        )
        return
    named = consenting.named(walk.incoming.text, followers.values())
    if followers and walk.word is None and withdrawing.ends_following(walk.incoming.text, bool(named)):
        ended = [link_id for link_id, name in followers.items() if not named or name in named]
        walk.events.extend(LinkDoubted(link_id, Doubt.DANGER, walk.incoming.text) for link_id in ended)


def _withdrawn(walk: Walk, named: list[str]) -> bool:
    """ "Hon ska inte se mina saker längre": the one whom it can be about; of several who are not told apart the list says how."""
    text, followers = walk.incoming.text, _followers(walk)
    if not followers or consenting.is_pressed(text):
        return False
    if withdrawing.asks_how_to_end(text, bool(named)):
        tell(walk)
        return True
    if not withdrawing.ends_following(text, bool(named)):
        return False
    names = named or list(dict.fromkeys(followers.values()))
    if len(names) == 1 or named:
        _end_named(walk, names)
    else:
        tell(walk)
    return True


def tell(walk: Walk) -> None:
    """ANHÖRIG: who may follow, what, and until when; and whom one follows oneself."""
    family = walk.family
    walk.set(not_understood=0)
    if not family.helpers and not family.elders:
        waiting = [one.relative_name for one in family.questions]
        if waiting:
            walk.say("link_explained", relative=_joined(walk, waiting))
        elif relatives_leave.waiting(family.wishes):
            walk.say("link_no_answer_yet")
        else:
            walk.say("link_how")
        return
    if family.helpers:
        walk.say("link_list")
        walk.parts.append(" ".join(_line(walk, one) for one in family.helpers))
        walk.say("link_list_end")
    if family.elders:
        walk.say("link_following", called=_joined(walk, (whom(one).called(walk.language) for one in family.elders)))
    question = walk.conversation.question
    if not family.helpers or (question is not None and not question.soft):
        return
    if len(family.helpers) == 1:
        ask_scope(walk, family.helpers[0].link_id, family.helpers[0].relative_name)
        return
    labels = tuple(one.relative_name for one in family.helpers)
    walk.say("link_change_which")
    walk.parts.append(numbered(labels))
    offer_numbers(walk, labels)
    walk.set(question=Question("rescope", tuple(str(one.link_id) for one in family.helpers), labels, soft=True))


def rescope(walk: Walk, question: Question, option: str) -> None:
    """Which of several relatives the scope is to be changed for."""
    helper = next((one for one in walk.family.helpers if str(one.link_id) == option), None)
    walk.set(question=None, not_understood=0)
    if helper is None:
        walk.say("link_nothing_open")
    else:
        ask_scope(walk, helper.link_id, helper.relative_name)


def _end_named(walk: Walk, named: list[str]) -> None:
    ended = {link_id: name for link_id, name in _followers(walk).items() if name in named}
    _forget_questions(walk)
    walk.events.extend(LinkEnded(link_id, by_elder=True) for link_id in ended)
    walk.set(not_understood=0)
    walk.say("link_ended", relative=_joined(walk, ended.values()))


def _followers(walk: Walk) -> dict[int, str]:
    """Who follows this person or has asked to, by the link."""
    followers = {one.link_id: one.relative_name for one in walk.family.helpers}
    return followers | {one.link_id: one.relative_name for one in walk.family.questions}


def _line(walk: Walk, helper: Helper) -> str:
    until = day(helper.ends_at, walk.language)
    texts, language, name = walk.world.texts, walk.language, helper.relative_name
    if helper.scope == Scope.BOOK:
        return texts.get("link_line_book", language, relative=name, until=until)
    if helper.scope == Scope.REMINDERS:
        return texts.get("link_line_reminders", language, relative=name, until=until)
    return texts.get("link_line_follow", language, relative=name, until=until)


def _forget_questions(walk: Walk) -> None:
    question = walk.conversation.question
    if question and question.kind in OURS:
        walk.set(question=None)


def _joined(walk: Walk, names: Iterable[str]) -> str:
    return names_joined(dict.fromkeys(names), walk.world.texts.get("and", walk.language))
