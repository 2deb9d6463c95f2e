"""The elder's answer to the question whether a relative may follow.

1. The question is not in the conversation: it is the link, and stays open whatever else is talked of (Walk.family.questions).
2. JA and NEJ answer it, before a guide and before any soft question; what was asked with JA and NEJ after it, or binds, is answered first.
3. Only a message to the number that was asked counts, and never an edited one. Signs of pressure are no answer: a person looks first.
"""

from __future__ import annotations

from bot.domain import consenting, plain_yes
from bot.domain.asking import names_joined
from bot.domain.case import Reason, Status, Urgency
from bot.domain.conversation import Question
from bot.domain.events import LinkAnswered, LinkDoubted
from bot.domain.keywords import Keyword
from bot.domain.link import LASTS, Doubt
from bot.domain.link import Question as Asked
from bot.domain.message import Kind
from bot.engine import open_step
from bot.engine.answers import says_no, says_yes
from bot.engine.danger import DANGER
from bot.engine.offers import yes_or_no
from bot.engine.scope_of_leave import ask_scope, day
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from nlu.understanding import candidates

_BINDING = frozenset(
    {
        "book",
        "cancel_booking",
        "borrow",
        "cancel_loan",
        "loan_ready",
        "seat",
        "coming",
        "erase",
        "danger",
        "elder_cancel",
    }
)
"""Questions whose JA does something: they are answered first whenever they were asked."""
_OF_OURS = frozenset({"which_relative", "scope"})
_ALL = "all"


def answered(walk: Walk) -> bool:
    """Acts on the elder's answer; False when the message is none, or is another question's."""
    asked = _asked(walk)
    if not asked:
        return False
    if _pressed(walk, asked):
        _doubt(walk, asked)
        return True
    if _which(walk):
        return True
    if is_doubted(walk):
        _hold(walk, asked)
        return True
    if _another_first(walk, asked):
        return False
    near = None if len(asked) > 1 and _names_some(walk, asked) else _near_an_answer(walk, asked)
    yes, no = near is None and _yes(walk, asked), near is None and _no(walk, asked)
    if near:
        _say_again(walk, asked, near)
    elif no:
        _refuse(walk, _named_alone(walk, asked))
    elif len(asked) > 1 and (yes or _names_some(walk, asked)):
        _ask_which(walk, asked)
    elif yes:
        _agree(walk, asked)
    elif _asks_about_it(walk, asked):
        _explain(walk, asked)
    elif _is_no_other_matter(walk, asked):
        _say_again(walk, asked, "link_explained")
    else:
        return False
    return True


def is_no_danger(walk: Walk) -> bool:
    """Whether what only the interpreter takes for a fraud is the elder's answer: a doubt, a maybe, or what may be seen of their money."""
    if is_doubted(walk):
        return True
    asked = _asked(walk)
    if not asked or walk.word is not None or walk.understanding.danger_rule is not None:
        return False
    return _near_an_answer(walk, asked) is not None or (
        _is_fresh(walk, asked) and plain_yes.is_by_another(walk.incoming.text)
    )


def is_doubted(walk: Walk) -> bool:
    """Whether the elder doubts the question itself ("är detta bluff?"): a handledare looks first. It is no fraud that they are in."""
    text = walk.incoming.text
    if walk.word is not None or not (consenting.doubts(text) or plain_yes.is_by_another(text)):
        return False
    if walk.understanding.danger_rule is not None and walk.understanding.entity("fraud_stage") in ("loss", "now"):
        return False
    asked = _asked(walk)
    return bool(asked) and _is_about_this(walk, asked)


def pressed_too(walk: Walk) -> None:
    """A danger is told, and with it that the elder is pressed: nothing starts. The danger is answered by others."""
    asked = _asked(walk)
    if asked and _pressed(walk, asked):
        walk.events.extend(LinkDoubted(one.link_id, Doubt.PRESSED, walk.incoming.text) for one in asked)


def pressed_later(walk: Walk) -> bool:
    """The elder tells of pressure by somebody who follows them already: nothing goes through until a handledare has looked."""
    text = walk.incoming.text
    if walk.word is not None or walk.incoming.kind != Kind.TEXT or not consenting.is_pressed(text):
        return False
    named = consenting.named(text, (one.relative_name for one in walk.family.helpers))
    of_them = [one for one in walk.family.helpers if one.relative_name in named]
    if not of_them:
        return False
    say_pressed(walk)
    walk.events.extend(LinkDoubted(one.link_id, Doubt.PRESSED, text) for one in of_them)
    return True


def repeat_question(walk: Walk) -> None:
    """After an answer that was another question's: the one that is open still, when there is room for it."""
    asked = _asked(walk)
    question = walk.conversation.question
    if (
        not asked
        or not walk.parts
        or question is not None
        or not (says_yes(walk) or says_no(walk) or (walk.means("thanks", "greet") and _is_fresh(walk, asked)))
    ):
        return
    if any(isinstance(event, (LinkAnswered, LinkDoubted)) for event in walk.events):
        return
    walk.say("link_again", relative=_names(walk, asked))
    walk.may_give_way()
    yes_or_no(walk)


def which(walk: Walk, question: Question, option: str) -> None:
    """Which of several relatives the yes was for; the others stay asked but for NEJ."""
    asked = walk.family.questions
    walk.set(question=None, not_understood=0)
    if option == "none":
        _refuse(walk, asked)
        return
    chosen = asked if option == _ALL else tuple(one for one in asked if str(one.link_id) == option)
    if chosen:
        _agree(walk, chosen)
    else:
        walk.say("link_nothing_open")


def say_pressed(walk: Walk) -> None:
    """A person looks at it before anything starts, and soon."""
    walk.open_case(Reason.ASKED, Urgency.HIGH, None)
    walk.set(not_understood=0)
    walk.say("link_pressed")


def _asked(walk: Walk) -> tuple[Asked, ...]:
    """The open questions that this message may answer: not while a handledare who has written since has the conversation."""
    if walk.incoming.kind != Kind.TEXT or walk.incoming.channel != "sms":
        return ()
    case, wrote = walk.conversation.case, walk.family.person_wrote_at
    theirs = case is not None and case.status != Status.WAITING and wrote is not None
    return tuple(one for one in walk.family.questions if not (theirs and wrote is not None and wrote > one.asked_at))


def _pressed(walk: Walk, asked: tuple[Asked, ...]) -> bool:
    return walk.word is None and consenting.is_pressed(walk.incoming.text)


def _another_first(walk: Walk, asked: tuple[Asked, ...]) -> bool:
    """Whether a JA or NEJ of now is the answer to something else."""
    question = walk.conversation.question
    if question is None or question.kind in _OF_OURS:
        return False
    if question.kind in _BINDING:
        return True
    asks_yes_or_no = not question.labels and question.kind not in ("place", "time", "elder_number", "choose")
    return asks_yes_or_no and not question.soft and not _is_fresh(walk, asked)


def _is_fresh(walk: Walk, asked: tuple[Asked, ...]) -> bool:
    """Whether this is the first that the elder writes since the question."""
    heard = walk.conversation.heard_at
    return heard is None or max(one.asked_at for one in asked) >= heard


def _is_about_this(walk: Walk, asked: tuple[Asked, ...]) -> bool:
    """Whether a sentence may be meant for the question: not in the middle of a guide, unless it is the first since, or names who asks."""
    return _is_fresh(walk, asked) or walk.conversation.position is None or bool(_names_one(walk, asked))


def _yes(walk: Walk, asked: tuple[Asked, ...]) -> bool:
    """JA always; a sentence when it can be about nothing else, and nothing else stands in it."""
    if walk.word is not None:
        return walk.word == Keyword.YES
    text = walk.incoming.text
    return _is_about_this(walk, asked) and plain_yes.lets(
        text, [one.relative_name for one in asked], walk.means("affirm")
    )


def _no(walk: Walk, asked: tuple[Asked, ...]) -> bool:
    if walk.word is not None:
        return walk.word == Keyword.NO
    text = walk.incoming.text
    return _is_about_this(walk, asked) and (
        walk.means("deny") or consenting.begins_with_no(text) or consenting.refuses(text)
    )


def _near_an_answer(walk: Walk, asked: tuple[Asked, ...]) -> str | None:
    """The text for words that are neither yes nor no: a maybe, a yes with a condition, a question what may be seen."""
    text = walk.incoming.text
    alone = walk.conversation.position is None and walk.conversation.question is None
    if walk.word is not None or not (alone or _is_fresh(walk, asked) or _names_one(walk, asked)):
        return None
    if plain_yes.is_undecided(text):
        return "link_no_hurry"
    if plain_yes.asks_what_they_see(text) or (plain_yes.has_a_condition(text) and not consenting.refuses(text)):
        return "link_only_this"
    return None


def _is_no_other_matter(walk: Walk, asked: tuple[Asked, ...]) -> bool:
    """Whether the first words since the question are of nothing that we know, or of a yes that is not plain: it is put again."""
    understanding, text = walk.understanding, walk.incoming.text
    if (
        walk.word is not None
        or not _is_fresh(walk, asked)
        or understanding.intent in DANGER
        or consenting.is_about_own_matter(text)
    ):
        return False
    if (
        walk.conversation.question is not None
        or open_step.choice(walk) is not None
        or any(found.entity != "relation" for found in understanding.entities)
    ):
        return False
    return walk.means("affirm") or (
        not understanding.accepted and walk.conversation.position is None and not candidates(understanding)
    )


def _named_alone(walk: Walk, asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Of several who asked those whom the words name; all of them when none is named."""
    named = _names_one(walk, asked)
    return tuple(one for one in asked if one.relative_name in named) or asked


def _names_some(walk: Walk, asked: tuple[Asked, ...]) -> bool:
    return walk.word is None and bool(_names_one(walk, asked)) and not consenting.asks_about_it(walk.incoming.text)


def _asks_about_it(walk: Walk, asked: tuple[Asked, ...]) -> bool:
    if walk.word is not None or not consenting.asks_about_it(walk.incoming.text):
        return False
    return (
        bool(_names_one(walk, asked))
        or _is_fresh(walk, asked)
        or (walk.conversation.position is None and consenting.is_short(walk.incoming.text))
    )


def _names_one(walk: Walk, asked: tuple[Asked, ...]) -> list[str]:
    return consenting.named(walk.incoming.text, (one.relative_name for one in asked))


def _agree(walk: Walk, chosen: tuple[Asked, ...]) -> None:
    walk.events.extend(LinkAnswered(one.link_id, yes=True) for one in chosen)
    walk.set(not_understood=0)
    walk.say("link_yes", relative=_names(walk, chosen), until=day(walk.now + LASTS, walk.language))
    if len(chosen) == 1 and not chosen[0].again and _may_ask_more(walk):
        ask_scope(walk, chosen[0].link_id, chosen[0].relative_name)


def _may_ask_more(walk: Walk) -> bool:
    """A numbered question beside a guide's own, or one that waits for its answer, would be answered by mistake."""
    question = walk.conversation.question
    if question is not None and (not question.soft or question.kind in _BINDING) and question.kind not in _OF_OURS:
        return False
    return open_step.choice(walk) is None


def _refuse(walk: Walk, asked: tuple[Asked, ...]) -> None:
    walk.events.extend(LinkAnswered(one.link_id, yes=False) for one in asked)
    question = walk.conversation.question
    if question and question.kind in _OF_OURS:
        walk.set(question=None)
    walk.set(not_understood=0)
    walk.say("link_no", relative=_names(walk, asked))


def _which(walk: Walk) -> bool:
    """The open question which of several: names, "båda" and NEJ are answers to it too; numbers are read as every number is."""
    question = walk.conversation.question
    if question is None or question.kind != "which_relative":
        return False
    named = _names_one(walk, walk.family.questions)
    if walk.word is None and named and consenting.excludes(walk.incoming.text):
        if len(named) == 1 and consenting.begins_with_no(walk.incoming.text):
            walk.set(question=None)
            _refuse(walk, _named_alone(walk, walk.family.questions))
        else:
            _ask_which(walk, walk.family.questions)
        return True
    if consenting.says_both(walk.incoming.text) and not consenting.excludes(walk.incoming.text):
        which(walk, question, _ALL)
        return True
    if (
        len(named) == 1
        and walk.word is None
        and not consenting.asks_about_it(walk.incoming.text)
        and not consenting.ends_it(walk.incoming.text)
    ):
        one = next(one for one in walk.family.questions if one.relative_name == named[0])
        which(walk, question, str(one.link_id))
        return True
    return False


def _ask_which(walk: Walk, asked: tuple[Asked, ...]) -> None:
    texts, language = walk.world.texts, walk.language
    labels = (
        *(one.relative_name for one in asked),
        texts.get("link_all_of_them", language),
        texts.get("link_none_of_them", language),
    )
    walk.say("link_which")
    walk.parts.append(numbered(labels))
    walk.say("choose_footer")
    walk.may_give_way()
    offer_numbers(walk, labels)
    options = (*(str(one.link_id) for one in asked), _ALL, "none")
    walk.set(question=Question("which_relative", options, labels, soft=True), not_understood=0)


def _explain(walk: Walk, asked: tuple[Asked, ...]) -> None:
    walk.set(not_understood=0)
    walk.say("link_explained", relative=_names(walk, asked))
    yes_or_no(walk)


def _say_again(walk: Walk, asked: tuple[Asked, ...], key: str) -> None:
    walk.set(not_understood=0)
    if key == "link_no_hurry":
        walk.say("link_no_hurry", relative=_names(walk, asked))
    elif key == "link_only_this":
        walk.say("link_only_this", relative=_names(walk, asked))
    else:
        walk.say("link_explained", relative=_names(walk, asked))
    yes_or_no(walk)


def _doubt(walk: Walk, asked: tuple[Asked, ...]) -> None:
    say_pressed(walk)
    walk.events.extend(LinkDoubted(one.link_id, Doubt.PRESSED, walk.incoming.text) for one in asked)


def _hold(walk: Walk, asked: tuple[Asked, ...]) -> None:
    doubt = Doubt.BY_ANOTHER if plain_yes.is_by_another(walk.incoming.text) else Doubt.UNSURE
    walk.open_case(Reason.ASKED, Urgency.NORMAL, None)  # before what is noted in it
    walk.events.extend(LinkDoubted(one.link_id, doubt, walk.incoming.text) for one in asked)
    walk.set(not_understood=0)
    walk.say("link_by_another" if doubt == Doubt.BY_ANOTHER else "link_doubted")


def _names(walk: Walk, asked: tuple[Asked, ...]) -> str:
    return names_joined((one.relative_name for one in asked), walk.world.texts.get("and", walk.language))
