from nlu.held_out import is_held_out


def test_about_a_quarter_is_held_out() -> None:
    held = sum(is_held_out(f"text nummer {number}") for number in range(4000))
    assert 900 < held < 1100


def test_spelling_of_case_and_accents_does_not_matter() -> None:
    for number in range(50):
        text = f"Hur får jag BankID, försök {number}?"
        assert is_held_out(text) == is_held_out(text.lower().replace("å", "a").replace("ö", "o").replace("?", ""))
