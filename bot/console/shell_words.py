"""Words of what stands around every page: the menu, the foot, and the keyboard shortcuts."""

from __future__ import annotations

SHELL_WORDS: dict[str, tuple[str, str]] = {
    "nav.waiting": ("väntar", "waiting"),
    "nav.menu": ("Meny", "Menu"),
    "nav.more": ("Mer", "More"),
    "nav.duty": ("Vilka är på plats", "Who is at work"),
    "nav.search": ("Sök", "Search"),
    "nav.account": ("Mitt konto", "My account"),
    "nav.accounts": ("Konton", "Accounts"),
    "nav.audit": ("Logg", "Log"),
    "foot.label": ("Om konsolen", "About the console"),
    "foot.statement": ("Tillgänglighet", "Accessibility"),
    "keys.title": ("Kortkommandon", "Keyboard shortcuts"),
    "keys.lead": (
        "Tangenterna gör inget medan du skriver i ett fält, förutom Esc och Ctrl + Enter.",
        "The keys do nothing while you write in a field, except Esc and Ctrl + Enter.",
    ),
    "keys.then": ("sedan", "then"),
    "keys.or": ("eller", "or"),
    "keys.anywhere": ("På alla sidor", "On every page"),
    "keys.in_list": ("I kön", "In the queue"),
    "keys.in_case": ("I ett ärende", "In a case"),
    "keys.help": ("Visa de här kortkommandona", "Show these shortcuts"),
    "keys.queue": ("Gå till kön", "Go to the queue"),
    "keys.mine": ("Gå till mina ärenden", "Go to my cases"),
    "keys.search": ("Sök", "Search"),
    "keys.next": ("Nästa ärende", "Next case"),
    "keys.previous": ("Föregående ärende", "Previous case"),
    "keys.open": ("Öppna ärendet", "Open the case"),
    "keys.reply": ("Skriv ett svar", "Write a reply"),
    "keys.note": ("Skriv en anteckning", "Write a note"),
    "keys.take": ("Ta ärendet, om ingen har det", "Take the case, if nobody has it"),
    "keys.canned": ("Välj ett färdigt svar", "Choose a canned reply"),
    "keys.leave": ("Lämna rutan. Det du skrev finns kvar.", "Leave the box. What you wrote is kept."),
    "keys.send": ("Skicka det du skrev", "Send what you wrote"),
    "keys.switch": ("Använd kommandon med en tangent", "Use commands of a single key"),
    "keys.switch_hint": (
        "Stäng av dem om de stör, till exempel om du styr datorn med rösten. Valet gäller den här webbläsaren. Esc och Ctrl + Enter fungerar ändå.",
        "Turn them off if they get in the way, for instance when you control the computer by voice. The choice holds for this browser. Esc and Ctrl + Enter work anyway.",
    ),
    "keys.need_scripts": (
        "Kortkommandon kräver JavaScript, som är avstängt i din webbläsare. Allt i konsolen går att nå med Tab och Enter ändå.",
        "Shortcuts need JavaScript, which is off in your browser. Everything in the console can be reached with Tab and Enter all the same.",
    ),
    "keys.close": ("Stäng", "Close"),
}  # fmt: skip
