"""Makes a file that somebody sent fit to be kept: looked at by what is in it, never by its name, and without what it tells besides the picture.

A photo from a phone tells where and when it was taken, and with which phone; drawn anew, it tells what can be seen in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

LARGEST_PICTURE = 10 * 1024 * 1024
"""Bytes of a picture as it comes."""
LARGEST_VOICE = 5 * 1024 * 1024
"""Bytes: at the rate of voice messages more than half an hour."""
MOST_PIXELS = 40_000_000
"""A small file can hold a picture that fills the memory; the largest from usual phones are below this."""
LONGEST_SIDE = 2000
"""Pixels: a screen or a letter can be read at this, and a face need not be any clearer."""
_QUALITY = 82
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_PAGE, _OPUS = b"OggS", b"OpusHead"
_HEAD_WITHIN = 64
"""The first page of an Ogg Opus stream holds the identification header alone, after 28 bytes (RFC 7845, 3)."""


class Unfit(Exception):
    """A file that is not kept. The text says why, in a few words, and nothing of what was in it."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A file that may be kept and shown."""

    media_type: str
    content: bytes


def clean_picture(raw: bytes) -> Clean:
    """The picture as a JPEG: upright, at most LONGEST_SIDE pixels a side, no metadata. Raises Unfit."""
    if len(raw) > LARGEST_PICTURE:
        raise Unfit("too large")
    try:
        with Image.open(BytesIO(raw), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Unfit("too many pixels")
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            made = BytesIO()
            _on_white(picture).save(made, "JPEG", quality=_QUALITY, optimize=True)
    except Unfit:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit("too many pixels") from error
    except Exception as error:  # whatever a broken or hostile file brings the library to
        raise Unfit("no picture that can be read") from error
    return Clean("image/jpeg", made.getvalue())


def clean_voice(raw: bytes) -> Clean:
    """The voice message as it is, when it is one (Opus in Ogg). Raises Unfit."""
    if len(raw) > LARGEST_VOICE:
        raise Unfit("too large")
    if not raw.startswith(_PAGE) or _OPUS not in raw[:_HEAD_WITHIN]:
        raise Unfit("no voice message")
    return Clean("audio/ogg", raw)


def _on_white(picture: Image.Image) -> Image.Image:
    """Pixels alone: a new picture, so that nothing which came with the old one is written. What is see-through becomes white."""
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        return white
    pixels = picture.convert("RGB")
    plain = Image.new("RGB", pixels.size)
    plain.paste(pixels)
    return plain
