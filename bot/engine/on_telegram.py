"""What is told on Telegram alone: that a municipality does not answer there, and that it is no place for secrets.

Telegram makes no agreement with a municipality about residents' data. So a municipality answers there only when it has chosen to, and who writes there is told once.
"""

from __future__ import annotations

from bot.domain.address import as_dialled
from bot.domain.sms_text import prepare
from bot.engine.fit import fitted
from bot.engine.walk import Walk


def is_off(walk: Walk) -> bool:
    """Whether this came on Telegram to a municipality that does not answer there."""
    return walk.incoming.channel == "telegram" and not walk.world.organisation.answers_on_telegram(
        walk.conversation.municipality
    )


def declined(walk: Walk) -> bool:
    """Says where help is instead; False where Telegram is answered, or a person has the case. Danger is answered before this."""
    if not is_off(walk) or walk.conversation.case is not None:
        return False
    number = walk.world.organisation.own_number(walk.conversation.municipality)
    if number:
        walk.say("telegram_off", number=as_dialled(number))
    else:
        walk.say("telegram_off_no_number")
    walk.set(question=None, not_understood=0)
    return True


def told_on_telegram(walk: Walk, answer: str, parts: list[str], shorter: dict[str, str], most: int) -> str:
    """The first answer on Telegram with the notice: the long one where there is room for it, else the short one, to which what may gives way."""
    if walk.incoming.channel != "telegram" or is_off(walk):
        return answer
    whole = f"{answer}\n\n{walk.world.texts.get('telegram_notice', walk.language)}"
    if prepare(whole).segments <= most:
        return whole
    return fitted([*parts, "\n\n" + walk.world.texts.get("telegram_notice_short", walk.language)], shorter, most)
