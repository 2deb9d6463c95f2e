"""Numbers that the engine holds to, each with its reason."""

from __future__ import annotations

from datetime import timedelta

FIRST_SEGMENTS = 3
"""SMS that an answer with the introduction may cost: three can be read at once on an old phone."""

LATER_SEGMENTS = 2
"""SMS that any later answer may cost."""

SURE_OF_DANGER = 0.9
"""The interpreter's confidence in a danger from which it counts although the open guide knows the words as a usual trouble."""

LIKELY_STUCK = 0.5
"""The interpreter's confidence, not sure, from which a remark in a guide is taken for being stuck: explaining the step once more does no harm."""

LIKELY = 0.5
"""The interpreter's confidence, not sure, from which a page or a courtesy that does no harm is answered with instead of "I did not understand"."""

DOUBTFUL_DANGER = 0.2
"""The interpreter's confidence in a danger, stood first, from which the resident is asked whether there is one. Texts on danger
that the interpreter would have missed had .26 and more."""

SHORT_REMARK = 8
"""Words of a remark that is about the open step when the guide knows it, whatever else it might be about."""

WORDS_OF_A_PHRASE = 3
"""So many words of an editor's in a row are hardly said by chance."""

LONG_REMARK = 14
"""The same when the remark holds a whole phrase of the guide's; a longer one tells of something else besides."""

STUCK_BEFORE_PERSON = 2
"""Stuck on the same step, or not understood, this many times in a row: a person is offered."""

PAUSED_KEPT = 3
"""Guides that were left and are still offered; more would make the offer a menu."""

INTRODUCTION_AGAIN = timedelta(days=30)
"""After this silence the machine says again that it is one (AI Act art. 50; a phone may have a new owner)."""

WAITING_SAID_AGAIN = timedelta(hours=1)
"""How often somebody who waits for a person and writes again is told so."""

DANGER_SAID_AGAIN = timedelta(minutes=10)
"""The same in danger: silence must not be taken for help on its way."""

REMEMBERED = ("device", "bank", "relation")
"""What is remembered of what was told: enough to ask nothing twice, and no more than that (dataminimering)."""

SAFETY_KEPT = timedelta(days=1)
"""After this a greeting no longer leads back into what to do about a fraud."""

SAID_KEPT = 300
"""Characters of a message that are kept while a question about it is open; enough to hold every word that decides a branch."""

ANSWERS_AN_HOUR = 60
"""More answers than this to one address in an hour: two machines may be talking to each other."""

CASE_REOPENS_WITHIN = timedelta(days=14)
"""How long after a case was closed "det funkade inte" reopens it."""

STEPS_A_TURN = 50
"""Steps that one turn may pass through; more means a loop, which lotsen check finds before anything starts."""

WORDS_OF_A_NEED = 4
"""Fewer words beside a secret that was taken out are no need of their own."""
SAME_SITTING = timedelta(hours=1)
"""A message within this time of the last one is about the same thing, though the guide was left for a moment."""
TELLING_WORDS = 3
"""Fewer words seldom tell a handledare what it is about."""
SILENT = timedelta(days=365)
"""A number that was silent for so long may have a new owner: nothing old is shown before they have said that they are the same person."""
