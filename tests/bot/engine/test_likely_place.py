"""A postcode alone, and a course with a town."""

from __future__ import annotations

from tests.bot.engine.talk import Talk


def test_a_mere_postcode_asks_where_help_is() -> None:
    assert "Närmaste hjälp" in Talk().says("39231", entities={"postcode": "39231"})


def test_a_course_and_a_town_are_enough() -> None:
    talk = Talk()
    talk.says("kurs kalmar", "course_list", accepted=False, entities={"place": "Kalmar"})
    assert "Vad gäller det" not in talk.answer


def test_five_figures_at_a_step_leave_it() -> None:
    talk = Talk()
    talk.says("swish", "swish")
    step = talk.step
    talk.says("39231", entities={"postcode": "39231"})
    assert talk.step == step
