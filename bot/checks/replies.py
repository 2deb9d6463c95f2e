"""Canned replies: placeholders that nobody fills in, letters outside the SMS alphabet, texts that ask for a secret or cost more than two SMS.

bot/reply_files.py names faults of form (a missing language among them) with their line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.checks import secrets_asked
from bot.checks.longest import PLACEHOLDER
from bot.checks.sent import LANGUAGES
from bot.domain.canned_reply import PLACEHOLDERS, CannedReply
from bot.domain.conversation import Language
from bot.domain.duty import Organisation
from bot.domain.finding import Finding
from bot.domain.introduction import introduction
from bot.domain.sms_text import segments, septets, unusual
from bot.engine.texts import Texts

MOST_SEGMENTS = 2
LONGEST_NAME = "N" * 20
"""How residents see a handledare, at its longest: a first name."""


def check(
    replies: Sequence[CannedReply],
    lines: Mapping[str, int],
    organisation: Organisation,
    texts: Texts,
    file: str = "config/replies.yml",
) -> list[Finding]:
    """Every fault of the replies. `lines` are theirs in `file`; `texts` hold the general words for local facts."""
    found: list[Finding] = []
    for reply in replies:
        for language in LANGUAGES:
            for fault_id, message, hint in _faults(reply, language, organisation, texts):
                found.append(Finding(file, lines.get(reply.id, 1), fault_id, message, hint))
    return found


def _faults(
    reply: CannedReply, language: Language, organisation: Organisation, texts: Texts
) -> Iterator[tuple[str, str, str]]:
    where, text = f"the reply {reply.id!r} in {language}", reply.text[language]
    for name in sorted(set(PLACEHOLDER.findall(text)) - set(PLACEHOLDERS)):
        hint = "use one of " + ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
        yield "reply-placeholder", f"{where} has {{{name}}}, which nothing fills in", hint
    for character in unusual(text):
        message = f"{where} holds {character!r} (U+{ord(character):04X})"
        yield "reply-not-gsm7", message, "it is not in the SMS alphabet: use a plain character"
    for sentence, reason in secrets_asked.asking(text):
        message = f'{where} asks for a secret: "{sentence}" ({reason})'
        yield "reply-asks-secret", message, secrets_asked.HINT
    cost = segments(_begins(organisation) + _filled(text, language, organisation, texts))
    if not unusual(text) and cost > MOST_SEGMENTS:
        message = f"{where} costs {cost} SMS when its placeholders and who writes are at their longest"
        yield "reply-too-long", message, f"shorten it: at most {MOST_SEGMENTS}"


def _begins(organisation: Organisation) -> str:
    units = [unit.name for municipality in organisation.municipalities for unit in municipality.units]
    return introduction(LONGEST_NAME, max(units, key=septets, default=None))


def _filled(text: str, language: Language, organisation: Organisation, texts: Texts) -> str:
    for fact in ("kontaktcenter", "bibliotek"):
        local = [home.facts.get(language, {}).get(fact, "") for home in organisation.municipalities]
        general = texts.by_key[fact].in_(language) if fact in texts.by_key else ""
        text = text.replace("{" + fact + "}", max((general, *local), key=septets))
    return text.replace("{namn}", LONGEST_NAME)
