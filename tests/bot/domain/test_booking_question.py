"""What somebody says of a seat that they have."""

from __future__ import annotations

import pytest

from bot.domain.booking_question import asks_what_is_booked, asks_when_in_short, cannot_come, names_course


@pytest.mark.parametrize("text", ["vad har jag bokat?", "vilken dag är kursen", "är jag anmäld?", "har ni fått min anmälan", "jag kommer inte ihåg vad jag bokade", "when is my course", "vad va de ja boka", "har jag nån plats bokad", "när är min kurs", "what have I booked", "am I booked", "visa mina bokningar", "mina bokningar", "vilka kurser har jag anmält mig till", "kom min anmälan fram", "jag har glömt när kursen är", "hur dags var kursen", "står jag med på kursen"])  # fmt: skip
def test_asks_what_is_booked(text: str) -> None:
    assert asks_what_is_booked(text)


@pytest.mark.parametrize("text", ["är jag anmäld på arbetsförmedlingen", "jag vill boka en kurs", "hur bokar jag tid", "när är nästa kurs", "vilka kurser finns", "har jag bokat tid hos läkaren", "avboka min kurs", "när öppnar biblioteket", "vad kostar kursen", "chefen har inte anmält mig", "har du bokat om min kurs?", "jag har bokat tid på vårdcentralen när är det"])  # fmt: skip
def test_is_no_question_of_a_booking(text: str) -> None:
    assert not asks_what_is_booked(text)
    assert not asks_when_in_short(text)


def test_when_in_short() -> None:
    assert asks_when_in_short("när var det nu igen?") and asks_when_in_short("vilken tid var det")
    assert not asks_when_in_short("när var det som du skickade det där meddelandet till mig om bankid")


@pytest.mark.parametrize("text", ["jag kan inte komma på torsdag", "avboka kursen", "jag är sjuk och kommer inte", "vi får ställa in", "jag hinner inte", "jag kan tyvärr inte komma imorgon", "jag har fått förhinder", "ja kommer inte på kursen", "I can't come", "jag måste lämna återbud"])  # fmt: skip
def test_cannot_come(text: str) -> None:
    assert cannot_come(text)


@pytest.mark.parametrize("text", ["jag kommer inte in på bankid", "jag kan inte logga in", "jag kommer inte åt appen", "jag är sjuk och kan inte jobba", "jag kommer inte ihåg koden", "jag kan inte komma in", "det går inte", "jag kan inte", "hur avbokar jag en läkartid", "jag kommer inte vidare"])  # fmt: skip
def test_another_trouble(text: str) -> None:
    assert not cannot_come(text)


def test_names_course() -> None:
    assert names_course("vilken dag är kursen") and not names_course("vilken dag är det")
