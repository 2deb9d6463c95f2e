"""The accessibility statement (tillgänglighetsredogörelse) of the console, by the structure that Digg's regulations ask for.

Sources: lag (2018:1937) om tillgänglighet till digital offentlig service, 9, 12, 13 §§; Digg, "Skapa en tillgänglighetsredogörelse" (digg.se), which lists what
a statement must hold. When the console is tested anew, change the dates in `statement.when` and what is known of faults.
"""

from __future__ import annotations

STATEMENT_WORDS: dict[str, tuple[str, str]] = {
    "statement.title": ("Tillgänglighet för Lotsens konsol", "Accessibility of the Lotsen console"),
    "statement.lead": (
        "{name} står bakom konsolen, där handledare svarar invånare. Alla som arbetar här ska kunna använda den, oavsett funktionsnedsättning. "
        "Här står hur konsolen uppfyller lagen (2018:1937) om tillgänglighet till digital offentlig service, vilka brister vi känner till och hur du berättar om fler.",
        "{name} runs the console, where handledare answer residents. All who work here shall be able to use it, whatever their disabilities. "
        "This page says how the console meets the Swedish act (2018:1937) on accessibility of digital public service, which faults we know of, and how to tell us of more.",
    ),
    "statement.how_title": ("Hur tillgänglig är konsolen?", "How accessible is the console?"),
    "statement.how": (
        "Konsolen är delvis förenlig med lagen, på grund av det som står under ”Det här är inte tillgängligt”. Vi siktar på WCAG 2.2, nivå AA, som är mer än lagen kräver i dag "
        "(EN 301 549, som bygger på WCAG 2.1, nivå AA).",
        "The console is partially compliant with the act, because of what is listed under “What is not accessible”. We aim for WCAG 2.2, level AA, which is more than the act asks for today "
        "(EN 301 549, which builds on WCAG 2.1, level AA).",
    ),
    "statement.works": ("Det här ska alltid fungera:", "This shall always work:"),
    "statement.works_keyboard": ("att göra allt med bara tangentbordet", "doing everything with the keyboard alone"),
    "statement.works_zoom": (
        "att förstora till 400 %, använda större text eller glesare rader, utan att rulla i sidled",
        "magnifying to 400 %, larger text or wider spacing, without scrolling sideways",
    ),
    "statement.works_looks": (
        "mörkt läge, hög kontrast och mindre rörelse, så som du har ställt in din dator eller telefon",
        "dark mode, high contrast and less motion, as you have set your computer or phone",
    ),
    "statement.works_colour": ("att förstå utan färg och utan ljud", "understanding without colour and without sound"),
    "statement.works_scripts": ("att arbeta utan JavaScript", "working without JavaScript"),
    "statement.not_title": ("Det här är inte tillgängligt", "What is not accessible"),
    "statement.not_language": (
        "Det som invånare skriver är inte märkt med vilket språk det är på. En skärmläsare kan läsa det med fel röst (WCAG 3.1.2). Skälet är att språket i korta texter inte kan avgöras säkert.",
        "What residents write is not marked with its language. A screen reader may read it with the wrong voice (WCAG 3.1.2). The reason is that the language of short texts cannot be told for sure.",
    ),
    "statement.not_swedish": (
        "På den engelska konsolen är anteckningar, platser och händelser i ett ärende kvar på svenska, och inte överallt märkta som svenska (WCAG 3.1.2). Det ska rättas.",
        "In the English console, notes, places and events of a case stay in Swedish, and are not marked as Swedish everywhere (WCAG 3.1.2). It is to be mended.",
    ),
    "statement.not_tested": (
        "Konsolen är inte prövad av personer som använder skärmläsare, förstoring eller röststyrning till vardags. Där kan det finnas brister som vi inte känner till.",
        "The console has not been tried by people who use screen readers, magnifiers or voice control every day. There may be faults there that we do not know of.",
    ),
    "statement.time": (
        "Av säkerhetsskäl loggas du ut efter en arbetsdag. Logga in igen, så kommer du tillbaka till sidan.",
        "For safety you are signed out after a working day. Sign in again, and you come back to the page.",
    ),
    "statement.exempt": (
        "Vi åberopar inga undantag för oskäligt betungande anpassning (12 §). Vad invånarna själva skriver råder vi inte över; det visas alltid som text.",
        "We claim no exemption for disproportionate burden (section 12). What residents themselves write is beyond our control; it is always shown as text.",
    ),
    "statement.report_title": ("Berätta för oss om brister", "Tell us of faults"),
    "statement.report": (
        "Hittar du något som inte fungerar, eller behöver du något ur konsolen på ett annat sätt? Säg till din samordnare, eller hör av dig till kommunen:",
        "Have you found something that does not work, or do you need something from the console in another form? Tell your samordnare, or the municipality:",
    ),
    "statement.contact": ("{name}: {centre}", "{name}: {centre}"),
    "statement.report_help": (
        "Kan du inte svara en invånare på grund av en brist? Be en kollega ta ärendet medan det rättas.",
        "Does a fault keep you from answering a resident? Ask a colleague to take the case while it is mended.",
    ),
    "statement.watch_title": ("Tillsyn", "Supervision"),
    "statement.watch": (
        "Myndigheten för digital förvaltning (Digg), eller den myndighet som har tagit över uppgiften, har tillsyn över lagen. Dit kan du anmäla brister, eller om du är missnöjd med vårt svar.",
        "The Agency for Digital Government (Digg), or the authority that has taken over its task, supervises the act. You may report faults to it, or an answer of ours that you are not content with.",
    ),
    "statement.watch_link": ("Anmäl bristande tillgänglighet på digg.se", "Report poor accessibility at digg.se"),
    "statement.tested_title": ("Så har vi prövat", "How we tested"),
    "statement.tested": (
        "Självskattning. Varje sida prövas automatiskt med axe-core i webbläsaren Chromium: i datorbredd och 320 bildpunkter (som 400 % förstoring), i ljust och mörkt läge. "
        "Automatiska prov kontrollerar också tangentbordet, synligt fokus, knapparnas storlek, glesare text, hög kontrast och rubrikernas ordning. De körs vid varje ändring. Sidorna har också gåtts igenom för ögat.",
        "Self-assessment. Every page is tested automatically with axe-core in the browser Chromium: at desktop width and 320 pixels (as at 400 % zoom), light and dark. "
        "Automatic tests also check the keyboard, visible focus, the size of buttons, wider text spacing, high contrast and the order of headings. They run at every change. The pages have also been looked through by eye.",
    ),
    "statement.when": (
        "Senaste bedömningen gjordes den 23 november 2026. Redogörelsen uppdaterades senast den 23 november 2026.",
        "The latest assessment was made on 23 November 2026. The statement was last updated on 23 November 2026.",
    ),
    "statement.whose": (
        "Redogörelsen gäller sidorna under /console. Kommunen svarar för den, och går igenom den innan konsolen tas i bruk.",
        "The statement covers the pages under /console. The municipality answers for it, and goes through it before the console is taken into use.",
    ),
}  # fmt: skip
