import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nlu.encoder import LONGEST
from nlu.windows import MOST_WINDOWS, WINDOW, cut, pool


def test_a_short_text_is_read_whole() -> None:
    assert cut("Hej. Jag vill ha hjälp. Tack.") == ["Hej. Jag vill ha hjälp. Tack."]


def test_the_end_of_a_long_text_is_read() -> None:
    windows = cut("Det var en gång en telefon. " * 60 + "Nu behöver jag bankid.")
    assert len(windows) <= MOST_WINDOWS
    assert windows[-1].endswith("Nu behöver jag bankid.")


@given(st.text(max_size=3000))
def test_windows_are_short_and_few(text: str) -> None:
    windows = cut(text)
    assert len(windows) <= MOST_WINDOWS
    assert all(len(window) <= max(LONGEST, WINDOW) for window in windows)


def test_danger_in_one_window_is_not_diluted() -> None:
    rows = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9]])
    assert pool(rows, [1])[1] == 0.9
    assert abs(pool(rows, [1]).sum() - 1.0) < 1e-9
