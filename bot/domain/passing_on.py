"""What somebody wants brought to another: a greeting or a word to the elder, or to the handledare who helps them."""

from __future__ import annotations

import re

from bot.domain.found_words import folded

_POLITE = r"^\W*(?:(?:kan|kunde|vill|skulle|vore|du|ni|snalla|please|can|could|would|you|hej|hejsan|lotsen|och|gar det att|jag vill|vara|sa snall|bara)\W+)*"
_ELDER = r"(?:(?:min|mitt|mina|var|my|lilla|gamla)\s+)*(?:mamma|mamman|morsan|mor|pappa|farsan|far|mormor|farmor|morfar|farfar|svarmor|svarfar|man|fru|make|maka|sambo|syster|bror|moster|faster|farbror|morbror|granne|grannen|van|vaninna|foraldrar|mum|mom|mother|dad|father|grandma|grandmother|grandpa|grandfather|husband|wife|neighbour|aunt|uncle|henne|honom|dem|dom|her|him|them)"
_TO_ELDER = re.compile(
    rf"{_POLITE}(?:halsa(?: till)?|framfor (?:en )?halsning(?:ar)? till|sag(?:a)? (?:till|at)|tala om for|beratta for|meddela|lamna (?:ett )?(?:meddelande|bud) till|skicka (?:en |ett )?(?:halsning(?:ar)?|meddelande|sms) till"
    rf"|tell|say (?:hi |hello )?to|give my (?:love|regards) to|let)\s+{_ELDER}\b|{_POLITE}(?:ge|give|lamna)\s+{_ELDER}\s+(?:(?:ett|en|a|the)\s+)?(?:meddelande|halsning\w*|bud|message|greeting)"
)
_HELPER = r"(?:handledar\w*|den som hjalper|personen som|personalen|manniskan|helper|handler|the person who helps|case worker)"
_TO_HELPER = re.compile(
    rf"\b{_HELPER}\b.{{0,20}}\b(?:behover|bor|maste|ska|far|borde|needs?|should|must)\b.{{0,10}}\b(?:veta|kanna till|know)\b|{_POLITE}(?:skriv(?: in)?|anteckna|notera|lagg till|lagg in|add|note|write)\b.{{0,30}}\b(?:arende\w*|case|akt\w*)\b"
    rf"|{_POLITE}(?:halsa|saga?|meddela|beratta|tala om|framfor|tell|let)\b.{{0,20}}\b{_HELPER}\b"
)


def is_for_helper(text: str) -> bool:
    """Whether it is for the handledare who has the elder's case."""
    return _TO_HELPER.search(folded(text)) is not None


def is_for_elder(text: str) -> bool:
    """Whether it is a greeting or a message to the elder."""
    return not is_for_helper(text) and _TO_ELDER.search(folded(text)) is not None
