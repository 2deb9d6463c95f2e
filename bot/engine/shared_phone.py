"""Two people with one phone: when another one says that they write now, nothing that was left before is pushed on them in this sitting.

Nothing is hidden: whoever has the phone can read all of it there. It is about not being asked of somebody else's matters.
"""

from __future__ import annotations

import re

from bot.domain.found_words import folded
from bot.domain.message import Kind
from bot.engine import guide
from bot.engine.flow import SAFETY
from bot.engine.walk import Walk

_PLAIN = re.compile(r"[\W_]+")
_WRITES = r"(?:skriver|smsar|sms ar|messar|fragar|haller i telefonen)"
_NOT_A_NAME = r"(?!jag\b|du\b|ni\b|hon\b|han\b|de\b|ingen\b|nagon\b|vem\b|vad\b|en\b|ett\b|kommunen\b|banken\b)"
_ANOTHER = re.compile(
    rf"\bdet (?:ar|e) (?:jag )?{_NOT_A_NAME}\w+(?: har)? som {_WRITES}(?: har)? nu\b|\bdet (?:ar|e) {_NOT_A_NAME}\w+ som {_WRITES}\b.{{0,20}}\binte\b"
    rf"|\bnu (?:ar|e) det (?:jag )?{_NOT_A_NAME}\w+ som {_WRITES}\b|\b(?:it is|this is|its) \w+ (?:writing|texting)(?: here)? now\b|\b(?:vi|jag och \w+) delar (?:pa )?(?:samma )?(?:mobil|telefon)\w*\b"
    r"|\bwe share (?:a|the|this|one) phone\b"
)
_LONGEST = 30
_LONGEST_PLAIN = 12
_MORE = re.compile(
    r"\b(?:pengar\w*|konto\w*|kod\w*|bankid|lura\w*|ringde|ringer|hjalp|ont|ramla\w*|blod\w*|andas|hota\w*|radd|do|doden|dor|inte vakna|money|code|help|hurt|bleed\w*)\b"
)
"""Words of a message that tells of more than who writes."""


def is_plain(walk: Walk) -> bool:
    """Whether what only the interpreter takes for danger says but that two share the phone, or who writes now."""
    text = _PLAIN.sub(" ", folded(walk.incoming.text)).strip()
    return (
        walk.understanding.danger_rule is None
        and walk.incoming.kind == Kind.TEXT
        and len(text.split()) <= _LONGEST_PLAIN
        and bool(_ANOTHER.search(text))
        and not _MORE.search(text)
    )


def noticed(walk: Walk) -> bool:
    """Puts the open guide aside and greets whoever writes now; False when there is more to the message, or nothing of this."""
    text = _PLAIN.sub(" ", folded(walk.incoming.text)).strip()
    if (
        walk.incoming.kind != Kind.TEXT
        or walk.conversation.case is not None
        or len(text.split()) > _LONGEST
        or not _ANOTHER.search(text)
    ):
        return False
    guide.pause(walk)
    walk.set(question=None, needs=(), other_writer=True, not_understood=0)
    flow = walk.world.flow_of(walk.understanding.intent) if walk.understanding.accepted else None
    if flow is not None and flow.kind == "guide" and flow.name not in SAFETY:
        return False
    walk.say("shared_phone")
    return True
