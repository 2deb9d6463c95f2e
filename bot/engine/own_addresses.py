"""Somebody on Telegram who writes by SMS too: they give their number, the number is asked, and only its JA joins the two.

What is answered to the one who gives a number is the same whatever is known of it; only its form, and what is theirs already, makes a difference.
"""

from __future__ import annotations

import re

from bot.domain.address import Address, AddressError
from bot.domain.case import Status
from bot.domain.conversation import Question
from bot.domain.events import SHARE_CONTACT, CaseNoted, JoinAnswered, JoinWanted
from bot.domain.found_words import folded
from bot.domain.joining import JoinQuestion
from bot.domain.message import Kind
from bot.domain.relations import HELPED
from bot.engine.answers import says_no, says_yes
from bot.engine.offers import yes_or_no
from bot.engine.walk import Walk
from nlu.labels import TOPICS

KIND = "own_number"
_PLAIN = re.compile(r"[\W_]+")
_WRITES_SMS = r"(?:skriv\w*|skrev|skrivit|skickat?|skickade|sa|berattade|frag\w*|borjade|holl pa|var|talade|chattade|hade|pratade|gjorde|wrote|sent|said|told|asked|began|started|text\w*|write|writing)"
_SMS = r"(?:sms|sms et|smset|smsen|sms en|text messages?|texts?|text)"
_ALSO_BY_SMS = re.compile(
    rf"\b{_WRITES_SMS}\b.{{0,40}}\b(?:pa|via|med|per|i|genom|by|over|in|on) (?:ett |mitt |mina |vanligt |vanliga |a |my )?{_SMS}\b"
    rf"|\b(?:pa|via|per) {_SMS} (?:ocksa|med|forut|tidigare|igar|innan)\b|\bsamma (?:person|som)\b.{{0,30}}\b{_SMS}\b"
    rf"|\b(?:mitt|mina) (?:{_SMS}|sms samtal|sms konversation)\b|\b(?:smsade|smsat|smsar|sms ade|sms ar|sms at|messade|textade|texted)\b.{{0,20}}\b(?:er|dig|med er|hit|you)\b"
)
_WANTS_ONE = re.compile(
    r"\b(?:koppla|slå|sla|satt|lagg) (?:ihop|samman)\b|\b(?:join|connect|link) (?:them|both|my)\b|\bsamma samtal\b|\bsame conversation\b"
)
_SCAM = re.compile(
    r"\b(?:fatt|fick|far|got|received|lank\w*|link|bluff\w*|bedrag\w*|kod\w*|code|fran banken|from the bank)\b"
)
"""An SMS that somebody got is another matter."""
_OWN_NUMBER = re.compile(
    r"\bmin (?:mobil|telefon)(?:nummer|nr)?(?: ar)?(?= \d)|\b(?:mitt|my)(?: eget| egna| own)?(?: mobil\w*| telefon\w*| tel| sms| phone| mobile)* ?(?:nummer|nr|number)?(?: ar| is)?\b|\bjag har (?:nummer|nr)\b|\bdet ar jag\b|\bmy number\b"
)
_OWN_PHONE = r"(?:min|mitt|mina|mi|my) (?:egen |eget |egna |vanliga |vanligt |gamla |nya |andra |riktiga |own |other |normal |old |new )*(?:mobil\w*|telefon\w*|tel|lur|nummer|nr|sms\w*|(?:smart|knapp)telefon\w*|iphone|samsung|nalle|phone\w*|mobile|number|texts?)"
_JOINS_OWN = re.compile(
    rf"\b(?:koppl\w+|sla|slar|lagg\w*|satt\w*|bind\w*|foren\w*|para|synk\w*|anslut\w*|flytta|connect|join|pair|sync|add|merge)\b.{{0,35}}\b{_OWN_PHONE}\b"
    rf"|\b{_OWN_PHONE}\b.{{0,30}}\b(?:koppla\w*|lagg (?:in|till)|sla ihop|synk\w*|samma samtal|connect|join)\b"
    rf"|\bsamma (?:samtal|chatt|konversation|trad)\b.{{0,25}}\b(?:{_OWN_PHONE}|(?:pa|i|via) (?:mobil\w*|sms\w*|telefon\w*))\b|\b(?:fortsatta|ta|ha) (?:det har |detta |samtalet )?(?:ocksa )?(?:pa|via|over) (?:sms|{_OWN_PHONE})\b"
)
"""Whoever wants what is written here and on a telephone of their own to be one."""
_PLAINLY_OWN = re.compile(r"\b(?:mitt|my)(?: \w+){0,2} ?(?:\w*nummer|\w*number|nr|mobil\w*|tel\w*) (?:ar|is)\b")
_STOLEN = re.compile(
    r"\b(?:kap\w*|hack\w*|stul\w*|stol\w*|tagit|tog|gav|gett|lamna\w*|lura\w*|missbruk\w*|gave|took|taken|lost|pengar|konto\w*|money)\b"
)
"""With these a number is no plain number."""
_LONGEST_PLAIN = 16
"""Words of a message that says little else than the number."""
_TO_BE_PHONED = re.compile(r"\b(?:ring\w*|nas|na mig|kontakta mig|call|phone me|reach me|aterkom\w*|svara mig)\b")
_OTHERS = re.compile(
    r"\b(?:mamma\w*|pappa\w*|mor\w*|far\w*|hennes|hans|her|his|deras|folj\w*|anhorig\w*|granne\w*|mother\w*|father\w*)\b"
)
_HARD = ("book", "cancel_booking", "borrow", "cancel_loan", "loan_ready", "seat", "coming", "erase", "danger")
"""Questions that are answered before this one: their JA does something at once."""
_YES_OR_NO = ("person", "resume", "next_need", "meanwhile", "follow_up", "same_person")
"""Questions whose JA is meant when they were asked later."""


def answers_join(walk: Walk) -> bool:
    """JA or NEJ of the number to whether it is them on Telegram; False when the message is no answer to that."""
    question = _open(walk)
    if question is None or not _is_for_this(walk, question):
        return False
    yes = says_yes(walk)
    if not yes and not says_no(walk):
        return False
    walk.set(not_understood=0)
    walk.events.append(JoinAnswered(question.request_id, yes))
    walk.say("own_joined" if yes else "own_declined")
    return True


def remind(walk: Walk) -> None:
    """Says once more what is still asked, when a JA or NEJ went to another question."""
    if _open(walk) is None or any(isinstance(event, JoinAnswered) for event in walk.events):
        return
    if (
        walk.parts
        and walk.conversation.question is None
        and not walk.family.questions
        and (says_yes(walk) or says_no(walk))
    ):
        walk.say("own_question_again")
        walk.may_give_way()
        yes_or_no(walk)


def asks_to_join(walk: Walk) -> bool:
    """Deals with somebody on Telegram who gives their own number or speaks of what they wrote by SMS; False when it is not about that."""
    question = walk.conversation.question
    if walk.incoming.kind == Kind.OWN_CONTACT:
        return _own_contact(walk, question)
    if walk.incoming.kind != Kind.TEXT or walk.word is not None or walk.conversation.case is not None:
        return False
    text = _plain(walk)
    asked = question is not None and question.kind == KIND
    number = walk.understanding.entity("phone_number")
    also = bool(_ALSO_BY_SMS.search(text)) and not _SCAM.search(text)
    if walk.incoming.channel == "sms":
        return _told_from_where(walk, text)
    if _OTHERS.search(text) or _TO_BE_PHONED.search(text) or walk.understanding.entity("relation") in HELPED:
        return False
    joins = bool(_JOINS_OWN.search(text)) and not (_SCAM.search(text) or _STOLEN.search(text))
    also = also or (joins and not _is_a_need(walk))
    if number and (asked or also or (_OWN_NUMBER.search(text) and not _is_a_need(walk))):
        _given(walk, number)
    elif also and not number and len(text.split()) <= 25:
        _ask_for_number(walk)
    elif asked and says_no(walk):
        walk.set(question=None, not_understood=0)
        walk.say("own_not_now")
    else:
        return False
    return True


def is_plain_number(walk: Walk) -> bool:
    """Whether a danger that only the interpreter suspects is but somebody's own number, told on Telegram."""
    if (
        walk.incoming.channel != "telegram"
        or walk.understanding.danger_rule is not None
        or walk.conversation.case is not None
    ):
        return False
    text = _plain(walk)
    if (
        not walk.understanding.entity("phone_number")
        or len(text.split()) > _LONGEST_PLAIN
        or walk.incoming.kind != Kind.TEXT
    ):
        return False
    if any(words.search(text) for words in (_OTHERS, _TO_BE_PHONED, _SCAM, _STOLEN)):
        return False
    question = walk.conversation.question
    asked = question is not None and question.kind == KIND
    return asked or bool(_PLAINLY_OWN.search(text) or _ALSO_BY_SMS.search(text))


def _is_a_need(walk: Walk) -> bool:
    """ "Koppla min mobil till wifi" is about something else."""
    return walk.understanding.accepted and walk.understanding.intent in TOPICS


def number_given(walk: Walk, question: Question) -> bool:
    """A number that answers the question is read before this, by asks_to_join; anything else is about something else."""
    return False


def _plain(walk: Walk) -> str:
    return _PLAIN.sub(" ", folded(walk.incoming.text)).strip()


def _open(walk: Walk) -> JoinQuestion | None:
    """The question to the number that writes now; it is answered by SMS only, and by no edited message."""
    if walk.incoming.channel != "sms" or walk.incoming.kind != Kind.TEXT or not walk.family.joins:
        return None
    return walk.family.joins[0]


def _is_for_this(walk: Walk, question: JoinQuestion) -> bool:
    """Whether a JA would be for this question, and for no other that is open."""
    conversation, wrote = walk.conversation, walk.family.person_wrote_at
    if walk.family.questions:
        return False
    if conversation.case and conversation.case.status != Status.WAITING and wrote and wrote > question.asked_at:
        return False
    asked = conversation.question
    if asked is None:
        return True
    if asked.kind in _HARD:
        return False
    heard = conversation.heard_at
    return asked.kind not in _YES_OR_NO or heard is None or question.asked_at > heard


def _own_contact(walk: Walk, question: Question | None) -> bool:
    """Shared while a person is waited for it is the number to phone; while a person has the case, it is theirs to read."""
    case = walk.conversation.case
    if question and question.kind == "elder_number":
        return False
    if case is not None:
        if case.status != Status.WAITING or question is None or question.kind != "time":
            return False
        walk.set(question=None, told_waiting_at=walk.now)
        walk.events.append(CaseNoted(walk.incoming.text))
        walk.say("noted")
        return True
    _given(walk, walk.incoming.text.split(" ")[0] if walk.incoming.text.strip() else "")
    return True


def _given(walk: Walk, written: str) -> None:
    """Only the form of the number, and what is this person's own already, is told of."""
    walk.set(not_understood=0)
    try:
        number = Address.parse(written)
    except AddressError:
        number = None
    if number is None or not number.takes_sms or not number.text.startswith("+46"):
        walk.say("own_not_mobile")
        walk.set(question=Question(KIND, soft=True))
        return
    walk.set(question=None)
    if number.text in walk.family.own_numbers:
        walk.say("own_already")
    elif walk.family.own_numbers:
        walk.say("own_has_number")
    else:
        walk.events.append(JoinWanted(number.text))
        walk.say("own_asked")


def _ask_for_number(walk: Walk) -> None:
    walk.set(not_understood=0)
    if walk.family.own_numbers:
        walk.say("own_already")
        return
    walk.say("own_give_number")
    walk.offer(walk.world.texts.get("button_share_number", walk.language), SHARE_CONTACT)
    walk.set(question=Question(KIND, soft=True))


def _told_from_where(walk: Walk, text: str) -> bool:
    """By SMS nobody knows which Telegram account is meant: it is begun from there."""
    if "telegram" not in text or not _WANTS_ONE.search(text):
        return False
    walk.set(not_understood=0)
    walk.say("own_from_telegram")
    return True
