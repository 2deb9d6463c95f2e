"""Files as they are kept: by what is in them, small enough, and without what they tell besides."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from bot.services import clean_file
from bot.services.clean_file import LONGEST_SIDE, Unfit, clean_picture, clean_voice

VOICE = b"OggS\x00\x02" + b"\0" * 20 + b"\x01\x13" + b"OpusHead\x01\x01" + b"\0" * 200


def picture(
    size: tuple[int, int] = (40, 20), kind: str = "JPEG", mode: str = "RGB", colour: Any = "red", **saved: Any
) -> bytes:
    made = BytesIO()
    Image.new(mode, size, colour).save(made, kind, **saved)
    return made.getvalue()


def opened(raw: bytes) -> Image.Image:
    return Image.open(BytesIO(clean_picture(raw).content))


def test_where_and_when_and_with_what_a_photo_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[0x0110], exif[0x0132] = "Telefon 12", "2026:11:23 10:00:00"
    exif.get_ifd(0x8825)[2] = (56.0, 39.0, 41.0)
    raw = picture(exif=exif, comment=b"hemma hos Gunvor", icc_profile=b"profil" * 40)
    assert b"Telefon 12" in raw and b"Gunvor" in raw
    made = opened(raw)
    assert not made.getexif() and set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    content = clean_picture(raw).content
    assert not any(told in content for told in (b"Exif", b"Telefon", b"Gunvor", b"profil", b"2026"))


def test_text_in_a_png_is_gone() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Gunvor Ek")
    assert b"Gunvor" not in clean_picture(picture(kind="PNG", pnginfo=text)).content


def test_what_was_hidden_behind_the_picture_is_gone() -> None:
    assert b"<script>" not in clean_picture(picture() + b"<script>alert(1)</script>PK\x03\x04").content


def test_a_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the telephone was held on its side
    assert opened(picture((40, 20), exif=exif)).size == (20, 40)


@pytest.mark.parametrize(
    ("size", "made"), [((4000, 1000), (2000, 500)), ((100, 50), (100, 50)), ((1, 9000), (1, 2000))]
)
def test_no_side_is_longer_than_needed(size: tuple[int, int], made: tuple[int, int]) -> None:
    assert opened(picture(size, "PNG")).size == made and max(made) <= LONGEST_SIDE


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGB"),
        ("PNG", "P"),
        ("PNG", "I;16"),
        ("PNG", "1"),
        ("WEBP", "RGB"),
        ("GIF", "P"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
    ],
)
def test_every_usual_kind_becomes_a_jpeg(kind: str, mode: str) -> None:
    clean = clean_picture(
        picture(
            kind=kind,
            mode=mode,
            colour=1 if mode in ("P", "I;16", "1", "L") else (0, 0, 0, 0) if mode == "CMYK" else "red",
        )
    )
    assert clean.media_type == "image/jpeg" and Image.open(BytesIO(clean.content)).mode == "RGB"


def test_what_is_see_through_becomes_white() -> None:
    made = opened(picture(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert all(value > 250 for value in made.getpixel((5, 5)))  # type: ignore[union-attr]


def test_letters_can_still_be_read() -> None:
    made, drawn = BytesIO(), Image.new("RGB", (3000, 1500), "white")
    ImageDraw.Draw(drawn).rectangle((1000, 500, 1010, 1000), fill="black")
    drawn.save(made, "PNG")
    small = opened(made.getvalue()).convert("L")
    assert min(small.getpixel((x, 500)) for x in range(600, 740)) < 90  # type: ignore[type-var]


def bomb(side: int) -> bytes:
    """A PNG of side times side pixels in a few hundred bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_000, 12_000, 60_000])
def test_a_picture_that_would_fill_the_memory_is_not_opened(side: int) -> None:
    with pytest.raises(Unfit, match="too many pixels"):
        clean_picture(bomb(side))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hej",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ" + b"\0" * 99,
        VOICE,
        picture()[:60],
        bomb(40),
        b"\xff\xd8\xff",
        picture(kind="BMP"),
        picture(kind="TIFF"),
    ],
)
def test_what_is_no_picture_is_not_kept(raw: bytes) -> None:
    with pytest.raises(Unfit, match="no picture"):
        clean_picture(raw)


def test_a_picture_that_is_too_large_is_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clean_file, "LARGEST_PICTURE", 10)
    with pytest.raises(Unfit, match="too large"):
        clean_picture(picture())


def test_a_voice_message_stays_as_it_is() -> None:
    assert clean_voice(VOICE).content == VOICE and clean_voice(VOICE).media_type == "audio/ogg"


@pytest.mark.parametrize(
    "raw", [b"", b"OggS", b"OggS" + b"\0" * 24 + b"\x01vorbis", b"ID3" + VOICE, picture(), b"<html>OpusHead"]
)
def test_what_is_no_voice_message_is_not_kept(raw: bytes) -> None:
    with pytest.raises(Unfit, match="no voice message"):
        clean_voice(raw)


def test_a_voice_message_that_is_too_long_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clean_file, "LARGEST_VOICE", 100)
    with pytest.raises(Unfit, match="too large"):
        clean_voice(VOICE)
