from nlu.language import LanguageModel
from nlu.reading import readable, readable_example
from nlu.restore import Restorer

RESTORER = Restorer({"låst": 5.0, "är": 9.0})


def test_only_swedish_is_restored() -> None:
    assert readable("AR LAST!", "sv", RESTORER) == "är låst"
    assert readable(" At last! ", "en", RESTORER) == "At last!"


def test_an_example_may_be_of_another_language_than_its_file_says() -> None:
    languages = LanguageModel.build(())
    assert readable_example("Entschuldigung, ich habe mich verwählt", "sv", languages, RESTORER).startswith("Entsch")
