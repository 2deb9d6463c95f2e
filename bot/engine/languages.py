"""Swedish and English are written; who writes another language gets a person."""

from __future__ import annotations

from bot.domain.conversation import Question
from bot.domain.keywords import Keyword
from bot.domain.message import Kind
from bot.engine import courses, guide, new_need
from bot.engine.steps.choose import numbered, offer_numbers
from bot.engine.walk import Walk
from bot.engine.words import holds

_WRITTEN = ("sv", "en", "da", "no", "nb", "nn", "und")
"""Languages that are answered in themselves; Danish and Norwegian readers manage Swedish; "und" has no letters to tell by."""
_ENGLISH_WORDS = 3
"""So many words of English make the conversation English; fewer may be a name or a single loan word."""
_ENGLISH = ("english", "engelsk*", "inglish")
_SWEDISH = ("svensk*", "swedish")


def notice_english(walk: Walk) -> None:
    """A text in English makes the conversation English, until SVENSKA."""
    if walk.word or walk.language == "en" or walk.incoming.kind != Kind.TEXT:
        return
    if walk.understanding.language == "en" and len(walk.incoming.text.split()) >= _ENGLISH_WORDS:
        walk.set(language="en")


def not_written(walk: Walk) -> bool:
    """Whether the text is in a language that Lotsen does not write. While a person has the conversation it is theirs to read."""
    return (
        walk.incoming.kind == Kind.TEXT
        and walk.word is None
        and walk.understanding.language not in _WRITTEN
        and walk.conversation.case is None
        and not walk.incoming.removed
    )


def chosen(walk: Walk) -> bool:
    """Changes the language when that is what is asked for."""
    if walk.word in (Keyword.ENGLISH, Keyword.SWEDISH):
        _set(walk, english=walk.word == Keyword.ENGLISH)
        return True
    if not walk.means("change_language"):
        return False
    english, swedish = holds(walk.incoming.text, _ENGLISH), holds(walk.incoming.text, _SWEDISH)
    if english != swedish:
        _set(walk, english)
    elif walk.understanding.language == "en":
        return False  # the language of the text has already changed it
    else:
        guide.answer_page(walk, walk.world.flows["change_language"])
    return True


def _set(walk: Walk, english: bool) -> None:
    walk.set(language="en" if english else "sv", not_understood=0)
    walk.say("language_set")
    if walk.conversation.case and not walk.conversation.meanwhile:
        return
    question = walk.conversation.question
    if question and question.kind == "topics" and question.labels:
        labels = tuple(_label(walk, name, in_menu=question.soft) for name in question.options)
        walk.set(question=Question("topics", question.options, labels, question.about, question.soft))
        walk.parts.append(numbered(labels))
        offer_numbers(walk, labels)
    elif question and question.kind == "course":
        courses.find(walk)
    elif walk.conversation.position:
        walk.may_give_way()
        guide.repeat(walk)
    elif not new_need.asks_which(walk) and question is None:
        walk.say("what_can_i_do")


def _label(walk: Walk, name: str, in_menu: bool) -> str:
    """What a topic is called: in the menu, whose question is a soft one, by the menu's shorter words."""
    item = next((item for item in walk.world.texts.menu if in_menu and item.flow == name), None)
    return item.label.in_(walk.language) if item else walk.title(walk.world.flows[name])
