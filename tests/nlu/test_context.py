import numpy as np

from nlu.context import weigh
from nlu.understanding import Context

LABELS = ("affirm", "emergency", "stuck", "swish")
ROW = np.array([0.2, 0.3, 0.2, 0.3])


def test_nothing_open_changes_nothing() -> None:
    assert (weigh(ROW, LABELS, Context()) == ROW).all()


def test_a_guide_makes_stuck_likelier_and_leaves_danger_alone() -> None:
    weighed = weigh(ROW, LABELS, Context(in_guide=True))
    assert weighed[2] > weighed[3]
    assert weighed[1] == ROW[1]
    assert abs(weighed.sum() - 1.0) < 1e-9


def test_a_yes_no_question_makes_yes_likelier() -> None:
    weighed = weigh(ROW, LABELS, Context(question="yes_no"))
    assert weighed.argmax() == 0
