"""Says that a secret was taken out of what the resident wrote, and that none is ever needed."""

from __future__ import annotations

from bot.domain.secrets import without_masks
from bot.engine import limits
from bot.engine.walk import Walk


def warn_of_secrets(walk: Walk) -> None:
    """Names the kinds of secret that were removed; briefly when much else must be said."""
    if not walk.incoming.removed:
        return
    texts = walk.world.texts
    names = [texts.get(f"secret_{kind}", walk.language) for kind in walk.incoming.removed]
    kinds = ", ".join(names[:-1]) + f" {texts.get('and', walk.language)} " + names[-1] if names[1:] else names[0]
    walk.say("secret_removed", kinds=kinds)
    walk.may_give_way(
        texts.get("secret_removed_short", walk.language, kinds=kinds),
        texts.get("secret_removed_shortest", walk.language),
    )


def holds_only_secrets(walk: Walk) -> bool:
    """Whether little else was written than what was taken out: the warning is answer enough, and it is no danger told."""
    return bool(walk.incoming.removed) and len(without_masks(walk.incoming.text).split()) < limits.WORDS_OF_A_NEED
