"""A relative follows somebody no longer: at once when they say so, after a question when it may only be meant."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain import leaving
from bot.domain.asking import names_joined
from bot.domain.conversation import Question
from bot.domain.events import LinkEnded
from bot.domain.link import Elder, Wish
from bot.domain.message import Kind
from bot.engine.answers import says_no
from bot.engine.offers import yes_or_no
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.whose_elder import meant, names_somebody, says_pronoun, whom
from nlu.labels import TOPICS

KIND = "unfollow"


def heard(walk: Walk) -> bool:
    """ "Sluta följa mamma": leaves the one who is meant. Read before STOPP, which it sounds like."""
    if not leaving.leaves(walk.incoming.text):
        return False
    following = followed(walk)
    if not following:
        if not leaving.leaves_plainly(walk.incoming.text):
            return False
        walk.set(not_understood=0)
        walk.say("link_follows_nobody")
        return True
    spoken_of = _meant(walk)
    if len(spoken_of) == 1:
        leave(walk, spoken_of)
    elif spoken_of or names_somebody(walk):
        _ask_whom(walk, spoken_of or following)
    elif len(following) == 1:
        leave(walk, following)
    else:
        _ask_whom(walk, following)
    return True


def may_be_meant(walk: Walk) -> bool:
    """ "Nu klarar mamma sig själv", "mamma är död": asks whether it is over; False when it tells of a need, or of nobody who is followed."""
    text, understanding, conversation = walk.incoming.text, walk.understanding, walk.conversation
    if walk.word is not None or walk.incoming.kind != Kind.TEXT or conversation.case or conversation.position:
        return False
    dead = leaving.tells_of_death(text)
    if not (dead or leaving.may_leave(text)) or (understanding.accepted and understanding.intent in TOPICS):
        return False
    spoken_of = _meant(walk)
    if not spoken_of and not names_somebody(walk) and (says_pronoun(walk) or not dead):
        spoken_of = followed(walk)
    if len(spoken_of) != 1:
        return False
    name = whom(spoken_of[0]).called(walk.language)
    walk.set(not_understood=0)
    walk.say("link_leave_after_death" if dead else "link_leave_now", called=name)
    walk.set(question=Question(KIND, (str(spoken_of[0].link_id),), (_capital(name),), soft=True))
    yes_or_no(walk)
    return True


def stays(walk: Walk, question: Question) -> bool:
    """NEJ to the question whom to leave: nobody."""
    if not says_no(walk):
        return False
    walk.set(question=None, not_understood=0)
    walk.say("link_follows_still")
    return True


def unfollow(walk: Walk, question: Question, option: str) -> None:
    """The one of several that is followed no longer."""
    walk.set(question=None)
    chosen = tuple(one for one in followed(walk) if str(one.link_id) == option)
    if chosen:
        leave(walk, chosen)
    else:
        walk.say("link_follows_nobody")


def leave(walk: Walk, following: Iterable[Elder | Wish]) -> None:
    """Ends what this person has with them, and says so."""
    left = list(following)
    walk.events.extend(LinkEnded(one.link_id, by_elder=False) for one in left)
    walk.set(not_understood=0)
    question = walk.conversation.question
    if question and question.kind == KIND:
        walk.set(question=None)
    names = dict.fromkeys(whom(one).called(walk.language) for one in left)
    walk.say("link_left", called=names_joined(names, walk.world.texts.get("and", walk.language)))


def followed(walk: Walk) -> tuple[Elder | Wish, ...]:
    """Whom this person follows, or waits to."""
    return (*walk.family.elders, *waiting(walk.family.wishes))


def waiting(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """Those that there may still be a yes to."""
    return tuple(one for one in wishes if not one.refused)


def _meant(walk: Walk) -> tuple[Elder | Wish, ...]:
    return (*meant(walk, walk.family.elders), *meant(walk, waiting(walk.family.wishes)))


def _ask_whom(walk: Walk, following: tuple[Elder | Wish, ...]) -> None:
    labels = tuple(_capital(whom(one).called(walk.language)) for one in following)
    walk.say("link_leave_which")
    walk.parts.append(numbered(labels))
    walk.say("choose_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    walk.set(question=Question(KIND, tuple(str(one.link_id) for one in following), labels, soft=True), not_understood=0)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
