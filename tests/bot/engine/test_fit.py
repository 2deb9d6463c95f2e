from bot.engine.fit import fitted

LONG = "x" * 150
NOTE = "n" * 100
FOOT = "f" * 60


def test_what_fits_is_left_whole() -> None:
    assert fitted(["a", " b ", ""], {"b": ""}, 2) == "a b"


def test_first_a_part_gets_shorter_then_another_is_left_out() -> None:
    parts, shorter = [NOTE, LONG, FOOT], {NOTE: "short", FOOT: ""}
    assert fitted(parts, shorter, 3) == " ".join(parts)
    assert fitted(parts, shorter, 2) == f"short {LONG} {FOOT}"
    assert fitted(parts, shorter, 1) == f"short {LONG}"


def test_parts_are_left_out_from_the_first() -> None:
    assert fitted(["p" * 20, LONG, "q" * 20], {"p" * 20: "", "q" * 20: ""}, 1) == LONG
    assert fitted(["p" * 20, "x" * 120, "q" * 20], {"p" * 20: "", "q" * 20: ""}, 1) == "x" * 120 + " " + "q" * 20


def test_what_may_not_give_way_stays() -> None:
    assert fitted([LONG, LONG], {}, 1) == f"{LONG} {LONG}"
