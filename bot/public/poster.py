"""The programme as a poster: A4, black on white with one colour, for a library's wall. Large letters first; what does not fit goes on a second page."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from fpdf import FPDF

from bot.public.contact import QUIET_ZONE, code
from bot.public.leaflet import CourseEntry, Leaflet, PlaceEntry

FONTS = Path(__file__).parent / "fonts"
_SCALES = (1.25, 1.1, 1.0, 0.9)
"""Tried from the largest; at the smallest the text has ten points, which is still read at arm's length."""
_TEXT_PT = 11.0
_TITLE_PT = (28.0, 20.0)
"""As large as one line allows, and no smaller than this."""
_MARGIN = 14.0
_WIDTH, _HEIGHT = 210.0, 297.0
_CODE_MM = 34.0
_GUTTER = 7.0
_DEEP = (11, 85, 96)
_SOFT = (225, 239, 240)
_BLACK = (0, 0, 0)
_MM_PER_PT = 25.4 / 72
_UNBROKEN = "\u00a0"
"""A space at which no line ends."""
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""Written into the file instead of the time, so that the same programme makes the same bytes and is kept by caches. The poster itself bears its day."""


_drawing = threading.Lock()


def poster(leaflet: Leaflet) -> bytes:
    """A PDF with the text as text: on one page when letters of a readable size allow it.

    Drawing takes up to seconds of a core, and anybody may ask: so one is drawn at a time, and those that were drawn are kept.
    """
    with _drawing:
        return _drawn(leaflet)


@lru_cache(maxsize=32)
def _drawn(leaflet: Leaflet) -> bytes:
    made = None
    for scale in _SCALES:
        made = _Sheet(leaflet, scale)
        made.draw()
        if made.pages_count == 1:
            break
    assert made is not None
    return bytes(made.output())


class _Sheet(FPDF):
    """One try at a certain size of letters. Lengths are in millimetres."""

    def __init__(self, leaflet: Leaflet, scale: float) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self._leaflet = leaflet
        self._scale = scale
        self._column = 0
        self._top = _MARGIN
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(False)
        self.add_font("DejaVu", "", FONTS / "DejaVuSans.ttf")
        self.add_font("DejaVu", "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_title(leaflet.w("title", name=leaflet.name))
        self.set_lang(leaflet.language)
        self.set_creator("Lotsen")
        self.set_creation_date(_MADE)

    def draw(self) -> None:
        """Everything, from the top."""
        self.add_page()
        self._head()
        self._top = self.get_y() + 5
        self._go_to(0)
        leaflet = self._leaflet
        self._heading(leaflet.w("courses"))
        if not leaflet.courses:
            self._lines(leaflet.w("no_courses"))
        for course in leaflet.courses:
            self._course(course)
        self._heading(leaflet.w("places"))
        if not leaflet.places:
            self._lines(leaflet.w("no_places"))
        for place in leaflet.places:
            self._place(place)

    def _head(self) -> None:
        """Title, how to reach us, and the codes."""
        leaflet, contact = self._leaflet, self._leaflet.contact
        links = [
            (link, leaflet.w(key))
            for link, key in ((contact.sms_link, "qr_sms_short"), (contact.telegram_link, "qr_telegram_short"))
            if link
        ]
        wide = _WIDTH - 2 * _MARGIN - len(links) * (_CODE_MM + 4)
        top = _MARGIN
        self.set_xy(_MARGIN, top)
        title = leaflet.w("title", name=leaflet.name)
        self.set_font("DejaVu", "B", _TITLE_PT[0])
        fits = _TITLE_PT[0] * (wide - 3) / self.get_string_width(title)
        self._write(title, max(_TITLE_PT[1], min(_TITLE_PT[0], fits)), bold=True, width=wide, colour=_DEEP)
        self._write(leaflet.w("lead"), 12, width=wide)
        self.ln(2)
        if contact.number:
            self._write(leaflet.w("text_us", number=contact.shown), 22, bold=True, width=wide)
        self._write(leaflet.w("write", name=leaflet.name), 12, width=wide)
        self._write(f"{leaflet.w('machine')} {leaflet.w('sms_price')}", 10, width=wide)
        below = self.get_y()
        for i, (link, label) in enumerate(links):
            left = _WIDTH - _MARGIN - (len(links) - i) * _CODE_MM - (len(links) - 1 - i) * 4
            self._code(link, left, top)
            self.set_xy(left, top + _CODE_MM + 1)
            self._write(label, 9, width=_CODE_MM, align="C")
            below = max(below, self.get_y())
        self.set_y(below)
        if leaflet.is_sample:
            self._write(leaflet.w("sample"), 10, bold=True, width=_WIDTH - 2 * _MARGIN)
        self.set_draw_color(*_DEEP)
        self.set_line_width(0.8)
        self.line(_MARGIN, self.get_y() + 2, _WIDTH - _MARGIN, self.get_y() + 2)

    def _code(self, link: str, left: float, top: float) -> None:
        """A QR code as squares, sharp at any size, with its quiet zone inside the given corner."""
        matrix = code(link)
        module = _CODE_MM / (len(matrix) + 2 * QUIET_ZONE)
        self.set_fill_color(*_BLACK)
        for y, row in enumerate(matrix):
            x = 0
            while x < len(row):
                run = 0
                while x + run < len(row) and row[x + run]:
                    run += 1
                if run:
                    self.rect(
                        left + (x + QUIET_ZONE) * module,
                        top + (y + QUIET_ZONE) * module,
                        run * module,
                        module,
                        style="F",
                    )
                x += run or 1
        self.link(left, top, _CODE_MM, _CODE_MM, link)

    def _course(self, course: CourseEntry) -> None:
        weekly = (
            [occasion.text.replace(" ", _UNBROKEN) for occasion in course.occasions]
            if len(course.occasions) > 1
            else []
        )
        several = any("," in text for text in weekly)
        dates = "\n".join(weekly) if several else ", ".join(weekly)
        rows = [course.rhythm, dates, course.place, " ".join(course.details)]
        if course.always:
            rows.insert(2, course.seats)
        self._block(course.title, rows)

    def _place(self, place: PlaceEntry) -> None:
        leaflet = self._leaflet
        rows = [", ".join(part for part in (place.kind, place.where) if part)]
        rows += [f"{days} {hours}" for days, hours in place.staffed]
        rows += [f"{leaflet.w('unstaffed')}: {days} {hours}" for days, hours in place.unstaffed]
        if place.different:
            rows.append(leaflet.w("stops" if place.is_mobile else "different") + ":")
            rows += [f"{day}: {hours}" for day, hours in place.different]
        elif not place.staffed:
            rows.append(leaflet.w("no_hours"))
        rows.append(place.directions)
        self._block(place.name, rows)

    def _block(self, title: str, rows: list[str]) -> None:
        """A title and lines that stay together in one column."""
        text = "\n".join(row for row in rows if row)
        needed = self._height(title, 12.5, bold=True) + self._height(text, _TEXT_PT)
        if self.get_y() + needed > self._bottom:
            self._next_column()
        self._lines(title, 12.5, bold=True)
        if text:
            self._lines(text)
        self.set_y(self.get_y() + 2.6 * self._scale)

    def _heading(self, text: str) -> None:
        """With room for what stands below it."""
        if self.get_y() + 30 * self._scale > self._bottom:
            self._next_column()
        size = 15 * self._scale
        high = size * _MM_PER_PT * 1.6
        self.set_font("DejaVu", "B", size)
        size *= min(1.0, (self._wide - 6) / self.get_string_width(text))
        self.set_fill_color(*_SOFT)
        self.rect(self._left, self.get_y(), self._wide, high, style="F")
        self.set_xy(self._left + 1.5, self.get_y())
        self.set_font("DejaVu", "B", size)
        self.set_text_color(*_DEEP)
        self.cell(self._wide - 3, high, text)
        self.set_xy(self._left, self.get_y() + high + 1.5)

    def _lines(self, text: str, size: float = _TEXT_PT, bold: bool = False) -> None:
        self.set_x(self._left)
        self._write(text, size * self._scale, bold, self._wide)

    def _write(
        self,
        text: str,
        size: float,
        bold: bool = False,
        width: float = 0,
        align: str = "L",
        colour: tuple[int, int, int] = _BLACK,
    ) -> None:
        left = self.get_x()
        self.set_font("DejaVu", "B" if bold else "", size)
        self.set_text_color(*colour)
        self.multi_cell(width, size * _MM_PER_PT * 1.3, text, align=align, padding=0)
        self.set_x(left)

    def _height(self, text: str, size: float, bold: bool = False) -> float:
        if not text:
            return 0.0
        self.set_font("DejaVu", "B" if bold else "", size * self._scale)
        found = self.multi_cell(
            self._wide, size * self._scale * _MM_PER_PT * 1.3, text, align="L", dry_run=True, output="HEIGHT"
        )
        return float(str(found))

    def footer(self) -> None:
        """On every page: since when it is true, and where the newest is. The library asks for it when a page ends."""
        self.set_xy(_MARGIN, _HEIGHT - _MARGIN - 3)
        self._write(
            self._leaflet.w("as_of", day=self._leaflet.day, url=self._leaflet.url), 9, width=_WIDTH - 2 * _MARGIN
        )

    @property
    def _wide(self) -> float:
        return (_WIDTH - 2 * _MARGIN - _GUTTER) / 2

    @property
    def _left(self) -> float:
        return _MARGIN + self._column * (self._wide + _GUTTER)

    @property
    def _bottom(self) -> float:
        return _HEIGHT - _MARGIN - 6

    def _go_to(self, column: int) -> None:
        self._column = column
        self.set_xy(self._left, self._top)

    def _next_column(self) -> None:
        """The second column, then a new page."""
        if self._column == 0:
            self._go_to(1)
            return
        self.add_page()
        self._top = _MARGIN
        self._go_to(0)
