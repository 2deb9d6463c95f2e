"""Which encoder this machine can use, and the line that says so."""

from nlu.e5.base import ADAPTER_FILE, FOLDER, HELD_OUT_ADAPTER_FILE
from nlu.e5.encoder import E5Encoder
from nlu.encoder import Encoder, EncoderMissing, Encoders


def choose_encoder(tier: str | None = None) -> tuple[Encoder | None, str]:
    """The encoder that texts are understood with here, and one line that says which tier serves and why.

    `tier` "lean" asks for none; None or "full" asks for the best there is.
    """
    if tier == "lean":
        return None, "understanding: lean tier, as asked for (no encoder)"
    try:
        encoder = E5Encoder.load(FOLDER / ADAPTER_FILE)
    except EncoderMissing as error:
        return None, f"understanding: lean tier, less exact: {error}"
    return encoder, f"understanding: full tier ({encoder.name})"


def training_encoders(encoder: Encoder | None) -> Encoders | None:
    """What to train with when texts are understood with `encoder`. Raises EncoderMissing when the second adapter is not
    there."""
    return None if encoder is None else Encoders(encoder, E5Encoder.load(FOLDER / HELD_OUT_ADAPTER_FILE))
