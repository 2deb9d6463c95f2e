"""What plain words are, whatever the interpreter takes them for."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.bare_words import need_of
from bot.domain.plain_facts import is_new_thing, is_what_they_have
from bot.domain.step_words import says_again
from bot.domain.stopping import regrets, says_stop
from nlu.labels import SAFETY
from nlu.understanding import RankedIntent, Understanding

_UNREAD = "out_of_scope"
_BARE_ALARM = "bare_alarm_number"
"""Who writes nothing but 112 may believe that they have reached it."""


def read(understanding: Understanding, text: str) -> Understanding:
    """The understanding, unless no rule of danger speaks and the message is surely something else: a bare number such as "1177", the question who
    answers, a mere fact such as "swedbank har jag", which is no need, no act and no danger, or a word such as "sms" that is taken for STOPP and holds no word of stopping."""
    if understanding.danger_rule is not None:
        return understanding
    again = "repeat" if understanding.intent in SAFETY and says_again(text) else None
    if intent := need_of(text) or again:
        rule = _BARE_ALARM if intent in SAFETY else None
        return replace(
            understanding,
            intent=intent,
            confidence=1.0,
            accepted=True,
            ranking=(RankedIntent(intent, 1.0),),
            needs=(),
            danger_rule=rule,
        )
    no_danger = understanding.intent in SAFETY and (is_new_thing(text) or regrets(text))
    no_stop = understanding.intent == "stop" and not says_stop(text)
    if not (no_danger or no_stop or is_what_they_have(text)):
        return understanding
    return replace(
        understanding, intent=_UNREAD, confidence=0.0, accepted=False, ranking=(RankedIntent(_UNREAD, 0.0),), needs=()
    )
