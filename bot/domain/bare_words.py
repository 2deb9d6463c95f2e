"""What a mere number or a short question is, whatever the interpreter takes it for: "1177", "112", "är du en riktig människa"."""

from __future__ import annotations

import re

from bot.domain.place_names import fold

_NEEDS = {"1177": "health_1177", "112": "emergency", "sos": "emergency"}
_POLITE = re.compile(r"\b(?:tack|hej|snalla|please|hello|om|ang|angaende)\b")
_OPENS = r"(?:(?:hej|hejsan|hallo|men|och|ja|jo|jaha|nej|forlat|ursakta|jag undrar|undrar|sag mig|alltsa|du|hello|hi|but|and|so) )*"
_BEING = r"(?:dator\w*|robot\w*|maskin\w*|ai|automat\w*|bot|program|datorprogram|chatbot|svarare|telefonsvarare|computer|machine)"
_SOMEBODY = r"(?:manniska|person|levande\w*|riktig\w*|mansklig\w*|nagon levande|human(?: being)?|real person|man|kvinna|tjej|kille|handlaggare|tjansteman)"
_WHO = rf"(?:(?:en|ett|nan|nagon|sant|sadan|sadant|dar|har|riktig|riktigt|levande|vanlig|mansklig|a|an|real|some|kind of|just|bara|som) )*(?:{_BEING}|{_SOMEBODY})"
_ASKS_WHO = re.compile(
    rf"{_OPENS}(?:(?:ar|e) (?:det |du |ni )(?:har )?(?:som (?:svarar|skriver) (?:ar )?)?{_WHO}"
    rf"|(?:pratar|skriver|chattar|talar|snackar|sms\w*) (?:jag|man) (?:nu )?(?:med|till|har med) {_WHO}"
    rf"|(?:are you|is (?:this|it|that)|am i (?:talking|writing|chatting|texting) (?:to|with)) {_WHO})"
    rf"(?: (?:som (?:svarar|skriver|sitter dar|jag (?:pratar|skriver) (?:med|till))|du|dar|nu|eller|inte|(?:eller|or) {_WHO}|jag (?:pratar|skriver) (?:med|till)|pa riktigt|egentligen|verkligen|da|or not|answering|here))*"
)
_NOTHING = r"(?:inte|inget|ingenting|inge|inte (?:nat|nagot|na)|knappt nagot|not anything|nothing)"
_PHONE = r"(?:(?:min |mitt |den har )?(?:luren|telefon\w*|mobil\w*|hogtalaren|apparaten|phone))"
_NO_SOUND = re.compile(
    rf"{_OPENS}(?:(?:det |de |d )?gar (?:inte|ej) (?:att |a |o )?hora (?:nat |nagot |na |nagonting )?(?:i |fran |pa ){_PHONE}"
    rf"|(?:jag |ja |man |vi )?hor(?: (?:jag|ja|man))? {_NOTHING}(?: (?:nat|nagot|na|nagonting))? (?:i |fran |pa ){_PHONE}(?: nar \w+ ringer)?"
    rf"|(?:det |de )?(?:ar|e|kommer|finns) (?:inget|ingen|inge|inte nat|inte nagot) (?:ljud|ton|signal) (?:i |fran |pa ){_PHONE}|(?:ljudet|rosten) (?:ar |e |har )?(?:borta|forsvunn\w*|tyst) (?:i |fran |pa ){_PHONE}"
    rf"|{_PHONE} (?:ar|e) (?:alldeles |helt )?tyst|(?:i )?can t hear anything (?:on|in) (?:the |my )?phone|no sound (?:on|in|from) (?:the |my )?phone)"
    rf"(?: (?:nu|langre|alls|tyvarr|anymore|sen \w+|sedan \w+))*"
)
_LEFT_ALONE = re.compile(
    r"(?:(?:hej|snalla|kan (?:ni|du)|nu|sa|nej|men|please|just) )*(?:lat (?:mig|mej|oss) (?:vara|va)(?: (?:i ?fred|nu|snalla))*|lamna (?:mig|mej|oss) i ?fred|leave (?:me|us) (?:alone|in peace))(?: (?:nu|tack|snalla|now|please))*"
)
_LONGEST = 14


def need_of(text: str) -> str | None:
    """The intent that the message surely has by itself; None when it must be understood."""
    plain = fold(text)
    bare = " ".join(_POLITE.sub(" ", plain).split())
    if bare in _NEEDS:
        return _NEEDS[bare]
    if _LEFT_ALONE.fullmatch(plain):
        return "stop"
    if len(plain.split()) <= _LONGEST and _NO_SOUND.fullmatch(plain):
        return "phone_settings"
    return "about_bot" if len(plain.split()) <= _LONGEST and _ASKS_WHO.fullmatch(plain) else None
