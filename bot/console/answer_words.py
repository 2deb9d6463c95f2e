"""Words for answering: taking a reply back, drafts, who else is there, ready words."""

from __future__ import annotations

ANSWER_WORDS: dict[str, tuple[str, str]] = {
    # Taking a reply back
    "undo.sending": ("Svaret är på väg. Det skickas om ett ögonblick.", "The reply is on its way. It is sent in a moment."),
    "undo.seconds": ("{n} s", "{n} s"),
    "undo.send": ("Ångra", "Undo"),
    "undo.never_sent": ("Ångrat, skickades aldrig", "Taken back, never sent"),
    "flash.undo": (
        "Svaret är ångrat och skickades aldrig. Texten finns kvar i rutan.",
        "The reply is taken back and was never sent. Its text is still in the box.",
    ),
    "flash.too_late": (
        "Det gick inte att ångra: svaret hann gå i väg, eller så är ärendet avslutat. Skriv gärna ett nytt svar om något blev fel.",
        "It could not be taken back: the reply had gone, or the case is closed. Write a new reply if something was wrong.",
    ),
    # Drafts
    "draft.save": ("Spara utkastet", "Save the draft"),
    "flash.draft": ("Utkastet är sparat.", "The draft is saved."),
    # Who else is there
    "presence.reads": ("{name} läser just nu.", "{name} is reading right now."),
    "presence.types": ("{name} skriver just nu.", "{name} is writing right now."),
    "presence.begun": ("{name} har börjat på ett svar ({time}).", "{name} has begun a reply ({time})."),
    # How a reply begins
    "reply.begins": (
        "Börjar med \"{text}\", så att invånaren ser att det är en människa som skriver.",
        "Begins with \"{text}\", so that the resident sees that a human writes.",
    ),
    # Ready words
    "ready.label": ("Färdigt svar", "Ready reply"),
    "ready.choose": ("Välj ...", "Choose ..."),
    "ready.insert": ("Sätt in", "Insert"),
    "ready.guide_step": ("Skicka ett steg ur en guide", "Send a step of a guide"),
    "push.title": ("Ett steg ur en guide", "A step of a guide"),
    "push.lead": (
        "Välj ett steg. Texten läggs i ditt svar på {language}, och du kan ändra den innan du skickar.",
        "Choose a step. Its text is put into your reply in {language}, and you can change it before you send.",
    ),
    "push.no_guide": ("Välj en guide", "Choose a guide"),
    "push.step": ("Vilket steg?", "Which step?"),
    "push.send": ("Lägg i svaret", "Put into the reply"),
}  # fmt: skip
