"""What a message means in the state the conversation is in. Read from above: what stands first wins.

1. After STOPP nothing is sent; danger opens a case silently.   2. Danger.   3. STOPP and START.   4. Privacy.   5. Language.
6. Whatever is no text.   7. A person who has the case.   8. The open question.   9. The open guide.   10. A need.   11. Everything else.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.case import URGENCY_OF, Reason, Urgency
from bot.domain.conversation import Question
from bot.domain.events import CaseReopened, Remarked
from bot.domain.keywords import Keyword, keyword, wish
from bot.domain.message import Kind
from bot.engine import guide, handover, limits, places, questions
from bot.engine.flow import Flow
from bot.engine.walk import Walk
from bot.engine.words import holds
from nlu.understanding import candidates

_DANGER: dict[str, Reason] = {"emergency": Reason.EMERGENCY, "fraud_suspected": Reason.FRAUD}
_ACTS = ("affirm", "deny", "next", "back", "repeat", "stuck", "cancel")
_WRITTEN_LANGUAGES = ("sv", "en", "da", "no", "nb", "nn", "und")
"""Languages that are answered in themselves; Danish and Norwegian readers manage Swedish; "und" has no letters to tell by."""
_ENGLISH_WORDS = 3
"""So many words of English make the conversation English; fewer may be a name or a single loan word."""


def triage(walk: Walk) -> None:
    """Decides, and lets the walk say and do it."""
    word = keyword(walk.incoming.text) if walk.incoming.kind == Kind.TEXT else None
    if walk.conversation.opted_out:
        _after_stop(walk, word)
        return
    danger = _DANGER.get(walk.understanding.intent) if walk.understanding.accepted and word is None else None
    if walk.incoming.kind == Kind.EDIT and danger is None:
        walk.say("edited")
        return
    if danger:
        _warn_of_secrets(walk)
        _danger(walk, danger)
        return
    if walk.incoming.carrier_opt == "stop" or word == Keyword.STOP or _means(walk, word, "stop"):
        _run_flow(walk, "stop")
        return
    if walk.conversation.halted:
        return
    _choose_language(walk, word)
    if _language_not_written(walk):
        walk.say("other_language")
        walk.open_case(Reason.NOT_UNDERSTOOD, Urgency.NORMAL, None)
        return
    _warn_of_secrets(walk)
    if _privacy(walk, word) or _set_language(walk, word) or _not_text(walk):
        return
    if handover.listens(walk):
        return
    if word in _BY_KEYWORD:
        _BY_KEYWORD[word](walk)
        return
    if questions.answered(walk):
        return
    if walk.conversation.position and _in_guide(walk, word):
        return
    if word in _NOTHING_OPEN:
        _nothing_open(walk)
        return
    _need(walk)


def _after_stop(walk: Walk, word: Keyword | None) -> None:
    if word == Keyword.START or walk.incoming.carrier_opt == "start" or walk.incoming.kind == Kind.START:
        _run_flow(walk, "start")
    elif walk.understanding.accepted and (danger := _DANGER.get(walk.understanding.intent)):
        stage = walk.understanding.entity("fraud_stage")
        if danger == Reason.EMERGENCY or stage != "attempt":
            walk.open_case(danger, URGENCY_OF[danger], walk.understanding.intent, silent=True)


def _danger(walk: Walk, reason: Reason) -> None:
    if not walk.conversation.case:
        guide.pause(walk)
    walk.introduction_last = reason == Reason.EMERGENCY
    walk.set(not_understood=0)
    _run_flow(walk, walk.understanding.intent)


def _warn_of_secrets(walk: Walk) -> None:
    if walk.incoming.removed:
        names = [walk.world.texts.get(f"secret_{kind}", walk.language) for kind in walk.incoming.removed]
        both = f" {walk.world.texts.get('and', walk.language)} "
        walk.say("secret_removed", kinds=", ".join(names[:-1]) + both + names[-1] if names[1:] else names[0])


def _choose_language(walk: Walk, word: Keyword | None) -> None:
    """A text in English makes the conversation English, until SVENSKA."""
    if word or walk.language == "en" or walk.incoming.kind != Kind.TEXT:
        return
    if walk.understanding.language == "en" and len(walk.incoming.text.split()) >= _ENGLISH_WORDS:
        walk.set(language="en")


def _language_not_written(walk: Walk) -> bool:
    return (
        walk.incoming.kind == Kind.TEXT
        and walk.understanding.language not in _WRITTEN_LANGUAGES
        and walk.conversation.case is None
        and not walk.incoming.removed
    )


def _privacy(walk: Walk, word: Keyword | None) -> bool:
    if word == Keyword.ERASE:
        walk.open_case(Reason.PRIVACY, Urgency.NORMAL, None)
        walk.say("erasure_requested")
    elif word == Keyword.PRIVACY or _means(walk, word, "privacy"):
        _run_flow(walk, "privacy")
    else:
        return False
    walk.set(not_understood=0)
    return True


def _set_language(walk: Walk, word: Keyword | None) -> bool:
    if word in (Keyword.ENGLISH, Keyword.SWEDISH):
        walk.set(language="en" if word == Keyword.ENGLISH else "sv", not_understood=0)
        walk.say("language_set")
        _repeat_what_is_open(walk)
        return True
    if not _means(walk, word, "change_language"):
        return False
    named = holds(walk.incoming.text, ("english", "engelsk*", "svensk*", "swedish"))
    if not named and walk.understanding.language == "en":
        return False
    if named:
        walk.set(language="en" if holds(walk.incoming.text, ("english", "engelsk*")) else "sv", not_understood=0)
        walk.say("language_set")
        _repeat_what_is_open(walk)
    else:
        _run_flow(walk, "change_language")
    return True


def _repeat_what_is_open(walk: Walk) -> None:
    if walk.conversation.case and not walk.conversation.meanwhile:
        return
    if walk.conversation.position:
        guide.repeat(walk)


def _not_text(walk: Walk) -> bool:
    """Pictures, voice messages and the like; a text sent with a picture is read as text."""
    kind = walk.incoming.kind
    if kind == Kind.START:
        _greet(walk)
    elif kind == Kind.LOCATION:
        places.find(walk)
    elif kind in (Kind.VOICE, Kind.STICKER, Kind.CONTACT, Kind.OTHER):
        walk.say(f"got_{kind}")
    elif kind == Kind.PHOTO:
        walk.say("got_photo")
        if walk.incoming.text:
            return False
    else:
        return False
    return True


def _person(walk: Walk) -> None:
    walk.set(not_understood=0)
    _run_flow(walk, "human", keep_guide=True)


def _menu(walk: Walk) -> None:
    walk.set(not_understood=0)
    guide.pause(walk)
    _run_flow(walk, "menu")


def _wish(walk: Walk) -> None:
    walk.set(not_understood=0)
    if wanted := wish(walk.incoming.text):
        walk.events.append(Remarked("wish", wanted))
        walk.say("wish_thanks")
    else:
        _run_flow(walk, "wish")


def _resume(walk: Walk) -> None:
    walk.set(not_understood=0)
    if walk.conversation.position:
        guide.repeat(walk)
    elif walk.conversation.paused:
        guide.resume(walk, walk.conversation.paused[-1])
    else:
        walk.say("what_i_do")


def _start_again(walk: Walk) -> None:
    walk.set(not_understood=0)
    _greet(walk)


def _relative_stop(walk: Walk) -> None:
    walk.set(not_understood=0)
    walk.say("no_relative")


_BY_KEYWORD: dict[Keyword | None, Callable[[Walk], None]] = {
    Keyword.PERSON: _person,
    Keyword.MENU: _menu,
    Keyword.WISH: _wish,
    Keyword.RESUME: _resume,
    Keyword.START: _start_again,
    Keyword.RELATIVE_STOP: _relative_stop,
}

_NOTHING_OPEN = (
    Keyword.YES,
    Keyword.NO,
    Keyword.NEXT,
    Keyword.BACK,
    Keyword.CANCEL,
)


def _in_guide(walk: Walk, word: Keyword | None) -> bool:
    """Dialogue acts and usual errors while a guide is open; False when the message is about something else."""
    question = walk.conversation.question
    act = str(word) if word else ""
    if not act and walk.understanding.intent in _ACTS and walk.understanding.accepted:
        act = walk.understanding.intent
    if question and question.kind == "choose" and act in ("next", "yes", "affirm", "stuck", "no", "deny"):
        if act == "stuck":
            guide.stuck(walk)
        else:
            questions.ask_again(walk)
        return True
    error = guide.open_error(walk) if not word and act not in ("next", "affirm", "back", "repeat", "cancel") else None
    own = walk.world.flow_of(walk.understanding.intent) if walk.understanding.accepted and not act else None
    position = walk.conversation.position
    assert position is not None
    if error and (own is None or own.name == position.flow or act == "stuck"):
        walk.set(not_understood=0)
        guide.explain(walk, error)
        return True
    if act in ("next", "yes", "affirm"):
        walk.set(not_understood=0)
        guide.forward(walk)
    elif act == "back":
        walk.set(not_understood=0)
        guide.back(walk)
    elif act == "repeat":
        walk.set(not_understood=0)
        guide.repeat(walk)
    elif act in ("stuck", "no", "deny"):
        guide.stuck(walk)
    elif act == "cancel":
        walk.set(not_understood=0)
        guide.leave(walk)
    elif own and own.name == position.flow:
        if holds(walk.incoming.text, ("inte", "ej", "går ej", "fel", "not", "cant", "doesnt", "dont", "wrong", "error")):
            guide.stuck(walk)
        else:
            walk.set(not_understood=0)
            guide.repeat(walk)
    else:
        return False
    return True


def _need(walk: Walk) -> None:
    """No keyword, question or guide took the message: is it a need, or something we do not know?"""
    understanding = walk.understanding
    if understanding.accepted and understanding.intent in _ACTS:
        if understanding.intent == "stuck":
            _stuck_with_nothing_open(walk)
        elif understanding.intent == "repeat" and walk.conversation.last_answer:
            walk.set(not_understood=0)
            walk.parts.append(walk.conversation.last_answer)
        else:
            _nothing_open(walk)
        return
    if keyword(walk.incoming.text) == Keyword.REPEAT and walk.conversation.last_answer:
        walk.parts.append(walk.conversation.last_answer)
        return
    if keyword(walk.incoming.text) == Keyword.STUCK:
        _stuck_with_nothing_open(walk)
        return
    if understanding.accepted and understanding.intent != "out_of_scope":
        _understood(walk)
        return
    if not understanding.accepted and (fitting := _fitting(walk)):
        _ask_which_need(walk, fitting)
        return
    if walk.incoming.removed and not understanding.accepted:
        return  # the warning is answer enough
    _not_understood(walk, "not_ours" if understanding.accepted else "not_understood")


def _understood(walk: Walk) -> None:
    intent = walk.understanding.intent
    walk.set(not_understood=0)
    if intent == "greet":
        _greet(walk)
        return
    if intent in ("thanks", "goodbye"):
        walk.set(question=None)
        walk.say(intent)
        guide.offer_what_waits(walk) if not walk.conversation.position else None
        return
    flow = walk.world.flow_of(intent)
    if intent in ("wish", "feedback"):
        walk.events.append(Remarked(intent, walk.incoming.text))
    if flow is None:
        _no_guide_yet(walk, intent)
    elif flow.name == "find_place":
        guide.pause(walk)
        places.find(walk)
    else:
        keep = flow.kind == "page" and flow.name not in ("menu",)
        _run_flow(walk, flow.name, keep_guide=keep)


def _run_flow(walk: Walk, name: str, keep_guide: bool = False) -> None:
    """Runs a flow; a page leaves the open guide where it is when `keep_guide` says so."""
    flow: Flow = walk.world.flows[name]
    position = walk.conversation.position
    guide.start(walk, flow)
    if keep_guide and position and walk.conversation.position is None and not walk.conversation.opted_out:
        paused = tuple(p for p in walk.conversation.paused if p.flow != position.flow)
        walk.set(position=position, paused=paused)


def _greet(walk: Walk) -> None:
    walk.set(not_understood=0)
    if walk.conversation.position and not walk.conversation.case:
        walk.say("hello_again")
        guide.repeat(walk)
        return
    walk.say("what_can_i_do")
    guide.offer_what_waits(walk)


def _nothing_open(walk: Walk) -> None:
    walk.set(question=None)
    walk.say("what_i_do")
    guide.offer_what_waits(walk)


def _stuck_with_nothing_open(walk: Walk) -> None:
    if walk.conversation.case_closed:
        walk.events.append(CaseReopened())
        walk.say("case_reopened")
        return
    _not_understood(walk, "what_does_not_work")


def _not_understood(walk: Walk, key: str) -> None:
    times = walk.conversation.not_understood + 1
    position = walk.conversation.position
    walk.set(not_understood=times)
    if times + (position.stuck if position else 0) >= limits.STUCK_BEFORE_PERSON:
        if key == "not_ours":
            walk.say("not_ours")
        guide.offer_person(walk, Reason.NOT_UNDERSTOOD)
    elif walk.conversation.question and not walk.conversation.question.soft and key == "not_understood":
        questions.ask_again(walk)
    elif position and key == "not_understood":
        walk.say("not_understood_in_guide")
    else:
        walk.say(key)


def _fitting(walk: Walk) -> tuple[str, ...]:
    """Flows of the needs that fit, best first, each once."""
    found = [walk.world.flow_of(intent) for intent in candidates(walk.understanding)]
    return tuple(dict.fromkeys(flow.name for flow in found if flow))


def _ask_which_need(walk: Walk, names: tuple[str, ...]) -> None:
    labels = tuple(walk.title(walk.world.flows[name]) for name in names)
    walk.say("which_need")
    walk.parts.append(". ".join(f"{i} {label}" for i, label in enumerate(labels, 1)) + ".")
    walk.say("which_need_footer")
    for i, label in enumerate(labels, 1):
        walk.offer(label, str(i))
    walk.set(question=Question("topics", names, labels))


def _no_guide_yet(walk: Walk, intent: str) -> None:
    walk.say("no_guide_yet")
    places.find(walk, intent)


def _means(walk: Walk, word: Keyword | None, intent: str) -> bool:
    return word is None and walk.understanding.accepted and walk.understanding.intent == intent


