"""Every word of the public pages, the poster and the calendars, in Swedish and English. {placeholders} are filled in by whoever shows the word."""

from __future__ import annotations

from bot.domain.conversation import Language

LANGUAGES: tuple[Language, ...] = ("sv", "en")

WORDS: dict[str, tuple[str, str]] = {
    "skip": ("Hoppa till innehållet", "Skip to content"),
    "other_language": ("In English", "På svenska"),
    "languages": ("Språk", "Language"),
    "title": ("Digital hjälp i {name}", "Digital help in {name}"),
    "all_title": ("Digital hjälp nära dig", "Digital help near you"),
    "all_lead": (
        "Här är kurserna och platserna där en människa hjälper dig. Välj din kommun för att se allt.",
        "Here are the courses and places where a person helps you. Choose your municipality to see everything.",
    ),
    "lead": (
        "Kurser och platser där en människa hjälper dig, i lugn takt. Du behöver inte kunna något innan.",
        "Courses and places where a person helps you, at a calm pace. You need not know anything beforehand.",
    ),
    "choose": ("Välj kommun", "Choose municipality"),
    "all_places": ("Alla kommuner", "All municipalities"),
    "whole": ("Allt i {name}", "Everything in {name}"),
    "sample": (
        "Det här är exempel för att prova Lotsen. Kurser, platser och nummer är påhittade.",
        "These are examples for trying Lotsen. Courses, places and numbers are made up.",
    ),
    # How to reach us
    "reach": ("Så bokar du eller får hjälp", "How to book or get help"),
    "text_us": ("Sms:a {number}", "Text {number}"),
    "write": ("Skriv till exempel: kurser i {name}", "Write for example: courses in {name}"),
    "write_alone": ("Skriv vad du behöver hjälp med.", "Write what you need help with."),
    "machine": (
        "En dator svarar direkt. Skriv MÄNNISKA om du vill ha en människa.",
        "A computer answers at once. Write PERSON if you want a person.",
    ),
    "sms_price": ("Ett sms kostar som vanligt.", "A text costs as usual."),
    "qr_sms": (
        "Kod att rikta mobilens kamera mot: öppnar ett sms till {number}",
        "Code for the phone's camera: opens a text to {number}",
    ),
    "qr_sms_short": ("Rikta mobilens kamera hit", "Point your phone's camera here"),
    "telegram": ("Skriv till oss på Telegram", "Write to us on Telegram"),
    "qr_telegram": (
        "Kod att rikta mobilens kamera mot: öppnar Telegram",
        "Code for the phone's camera: opens Telegram",
    ),
    "qr_telegram_short": ("Eller Telegram", "Or Telegram"),
    # Courses
    "courses": ("Kurser och träffar", "Courses and meetings"),
    "no_courses": (
        "Inga kurser är inlagda just nu. Sms:a oss så berättar vi när det kommer fler.",
        "There are no courses right now. Text us and we tell you when there are more.",
    ),
    "kind.course": ("Kurs", "Course"),
    "kind.workshop": ("Verkstad", "Workshop"),
    "kind.drop_in": ("Öppen träff", "Drop-in"),
    "kind.coaching": ("Egen tid med en handledare", "Your own time with a handledare"),
    "level.beginner": ("För nybörjare.", "For beginners."),
    "level.some": ("För dig som kan lite.", "For those who know a little."),
    "level.used": ("För dig som är van.", "For those who are used to it."),
    "in_language": ("På {language}.", "In {language}."),
    "drop_in": ("Kom när du vill. Du behöver inte boka.", "Come when you like. You need not book."),
    "seats.one": ("1 plats kvar", "1 seat left"),
    "seats.many": ("{n} platser kvar", "{n} seats left"),
    "full": ("Fullt, men du kan stå i kö", "Full, but you can join the queue"),
    "meetings": ("{n} träffar", "{n} meetings"),
    "meetings_left": ("{left} av {n} träffar kvar", "{left} of {n} meetings left"),
    "where": ("Plats:", "Place:"),
    "no_place": ("Plats meddelas senare", "The place will be told later"),
    # Places
    "places": ("Platser där du får hjälp", "Places where you get help"),
    "no_places": (
        "Inga platser är inlagda just nu. Sms:a oss så hjälper vi dig.",
        "There are no places right now. Text us and we help you.",
    ),
    "place.library": ("Bibliotek", "Library"),
    "place.branch_library": ("Bibliotek", "Library"),
    "place.citizen_service": ("Kommunens kontaktcenter", "The municipality's contact centre"),
    "place.state_service": ("Statligt servicekontor", "State service office"),
    "place.digital_centre": ("Digitalt center", "Digital centre"),
    "place.learning_centre": ("Lärcentrum", "Learning centre"),
    "place.association": ("Förening", "Association"),
    "place.meeting_point": ("Träffpunkt", "Meeting point"),
    "place.mobile": ("Mobil enhet", "Mobile unit"),
    "staffed": ("Här får du hjälp av personal", "Staff are here to help"),
    "unstaffed": ("Öppet utan personal", "Open without staff"),
    "different": ("Andra tider snart", "Other hours soon"),
    "stops": ("Kommande stopp", "Coming stops"),
    "closed": ("stängt", "closed"),
    "no_hours": ("Ingen personal de närmaste två veckorna.", "No staff in the coming two weeks."),
    "speaks": ("Språk: {languages}", "Languages: {languages}"),
    "access.level_entrance": ("Entré utan trappsteg", "Step-free entrance"),
    "access.door_opener": ("Dörröppnare", "Door opener"),
    "access.lift": ("Hiss", "Lift"),
    "access.accessible_toilet": ("Tillgänglig toalett", "Accessible toilet"),
    "access.hearing_loop": ("Hörslinga", "Hearing loop"),
    "access.parking": ("Parkering för rörelsehindrade", "Accessible parking"),
    "access": ("Tillgänglighet: {access}", "Access: {access}"),
    # To take along
    "take_along": ("Ta med dig programmet", "Take the programme along"),
    "poster": ("Affisch att skriva ut (PDF)", "Poster to print (PDF)"),
    "calendar": ("Kalender att prenumerera på", "Calendar to subscribe to"),
    "place_calendar": ("Kalender för {name}", "Calendar for {name}"),
    "as_of": ("Gäller från {day}. Aktuellt program: {url}", "As of {day}. Current programme: {url}"),
    # Calendars
    "feed.program": ("Kurser i {name}", "Courses in {name}"),
    "feed.place": ("Kurser på {name}", "Courses at {name}"),
    "feed.own": ("Mina grupper i Lotsen", "My groups in Lotsen"),
    "feed.called_off": ("Inställt: {title}", "Cancelled: {title}"),
    "feed.numbers": (
        "{booked} anmälda, {seats} platser, {waiting} i kö",
        "{booked} booked, {seats} seats, {waiting} in the queue",
    ),
    "feed.helps": ("Du hjälper till i gruppen.", "You help in the group."),
    "feed.book": ("Boka: sms:a {number}", "Book: text {number}"),
    # What goes wrong
    "error.404": ("Här finns inget program", "There is no programme here"),
    "error.404_lead": (
        "Adressen kan vara felskriven, eller så är kommunen inte med. Välj en kommun här:",
        "The address may be misspelt, or the municipality is not one of ours. Choose one here:",
    ),
    "error.calendar": ("Kalendern finns inte", "There is no such calendar"),
    "error.calendar_lead": (
        "Adressen gäller inte längre. Du som är handledare gör en ny under Min kalender i Lotsens konsol.",
        "The address does not count any more. Handledare make a new one under My calendar in Lotsen's console.",
    ),
    "error.503": ("Programmet går inte att visa just nu", "The programme cannot be shown right now"),
    "error.503_lead": (
        "Försök igen om en stund. Du kan alltid sms:a {number}.",
        "Try again in a while. You can always text {number}.",
    ),
    "error.500": ("Något gick fel hos oss", "Something went wrong on our side"),
    "error.500_lead": (
        "Det är inte ditt fel. Försök igen om en stund, eller sms:a {number}.",
        "It is not your fault. Try again in a while, or text {number}.",
    ),
    "error.400": ("Vi förstod inte frågan", "We did not understand the request"),
    "error.400_lead": (
        "Försök igen från början, eller sms:a {number}.",
        "Try again from the beginning, or text {number}.",
    ),
    # Languages by their code
    "language.sv": ("svenska", "Swedish"),
    "language.en": ("engelska", "English"),
    "language.fi": ("finska", "Finnish"),
    "language.ar": ("arabiska", "Arabic"),
    "language.so": ("somaliska", "Somali"),
    "language.fa": ("persiska och dari", "Persian and Dari"),
    "language.ku": ("kurdiska", "Kurdish"),
    "language.ti": ("tigrinska", "Tigrinya"),
    "language.uk": ("ukrainska", "Ukrainian"),
    "language.ru": ("ryska", "Russian"),
    "language.pl": ("polska", "Polish"),
    "language.es": ("spanska", "Spanish"),
    "language.de": ("tyska", "German"),
    "language.bs": ("bosniska, kroatiska och serbiska", "Bosnian, Croatian and Serbian"),
    "language.sgn": ("svenskt teckenspråk", "Swedish Sign Language"),
}


def word(key: str, language: Language, /, **values: object) -> str:
    """The word in that language. Raises KeyError for one that does not exist."""
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def word_or(key: str, language: Language, instead: str) -> str:
    """The word, or what a samordnare wrote when there is none."""
    return word(key, language) if key in WORDS else instead
