"""A few examples of ten intents and a few places: enough to train on in a second."""

from pathlib import Path

PLACES = (
    ("Mjölby", ("mjolby",)), ("Kungsbacka", ("kungsbacka",)), ("Kalmar", ("kalmar",)), ("Vara", ("vara",)),
    ("Åsa", ("asa",)), ("Skänninge", ("skanninge",)), ("Stora Levene", ("stora levene",)), ("Kil", ("kil",)),
)  # fmt: skip

EXAMPLES = {
    "bankid_get": "hur skaffar jag bankid\nvill ha bankid\njag behöver skaffa bank id till telefonen\nkan ni hjälpa mig att få"
    " bankid\nhar aldrig haft bankid hur får man det\nbeställa bankid första gången\nskaffa mobilt bankid\nny på bankid",
    "swish": "swish funkar inte\nhur swishar man\nvill börja med swish\nkan inte betala med swish\nswish på ny mobil\nhur får"
    " jag swish\nskaffa swish\nsätta igång swish",
    "find_place": "var finns hjälp\nvar ligger närmaste bibliotek\nvart kan jag gå för att få hjälp\nnär har biblioteket"
    " öppet\nnärmaste ställe med hjälp\nvar kan man gå\nhjälp nära mig\nadressen till er",
    "next": "klart\nok klart\nhar gjort det\nsen då\nnästa\nfärdig\ngjort\njag är klar nu",
    "stuck": "det går inte\nhittar inte knappen\ndet funkar inte\nförstår inte\nfastnat\nfattar inte steget\nkommer inte"
    " vidare\nhittar ingen sådan knapp",
    "affirm": "ja\nja tack\njadå\nabsolut\ngärna\nja gör det\njajamän\nok ja",
    "deny": "nej\nnej tack\nnä\nabsolut inte\ninte nu\nnej det vill jag inte\nnix\nnej nej",
    "emergency": "hjälp hon andas inte\ndet brinner i köket\nhan är medvetslös\njag vill inte leva\nring ambulans\nhan slår"
    " mig\nmamma har ramlat och blöder\nbarnet är försvunnet",
    "fraud_suspected": "jag har blivit lurad\nnågon ringde från banken och ville ha min kod\nkonstigt sms med länk\njag gav"
    " ut min kod\nmina pengar är borta från kontot\när det en bluff\nfalsk faktura\nnågon har tagit lån i mitt namn",
    "out_of_scope": "vad blir det för väder\nvem vann matchen\nberätta en skämt\nsäljer ved\nfel nummer\nhur lagar man"
    " pannkakor\nvilken tid går solen ner\nvad kostar en taxi",
}  # fmt: skip


def write_examples(folder: Path) -> Path:
    """One file an intent, in the format of the real ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for intent, texts in EXAMPLES.items():
        rows = "".join(f"    - {text}\n" for text in texts.split("\n"))
        text = f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n{rows}'
        (folder / f"{intent}.yml").write_text(text, encoding="utf-8")
    return folder
