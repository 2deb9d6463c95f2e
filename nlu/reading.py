"""How a text is put before the classifiers: Swedish is restored, other languages are left as they are."""

from nlu.language import LanguageModel
from nlu.normalise import clean
from nlu.restore import Restorer


def readable(text: str, language: str, restorer: Restorer) -> str:
    """The form of `text`, written in `language`, that is trained on and understood."""
    return restorer.restore(text) if language == "sv" else clean(text).strip()


def readable_example(text: str, declared: str, languages: LanguageModel, restorer: Restorer) -> str:
    """As `readable`, for an example whose language is `declared` but may hold a text of another."""
    return readable(text, languages.detect(text, declared), restorer)
