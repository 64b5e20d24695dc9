"""A tiny PDF writer: Chinese text at places and ruling lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

SIZE = 10


@dataclass
class Page:
    """Texts at (x, y) and strokes from (x0, y0) to (x1, y1)."""

    texts: list[tuple[float, float, str]] = field(default_factory=list)
    strokes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def content(self) -> bytes:
        lines = [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in self.strokes]
        for x, y, text in self.texts:
            code = text.encode("utf-16-be").hex()
            lines.append(f"BT /F1 {SIZE} Tf {x} {y} Td <{code}> Tj ET")
        return "\n".join(lines).encode()


def ruled_page(
    rows: Sequence[Sequence[str]],
    *,
    left: float = 40,
    top: float = 780,
    width: float = 100,
    height: float = 40,
    above: Sequence[str] = (),
) -> Page:
    """A page with one ruled table; a text with line breaks takes several printed lines."""
    page = Page()
    for index, text in enumerate(above):
        page.texts.append((left, top + 12 + 14 * (len(above) - 1 - index), text))
    n_columns = len(rows[0])
    for number in range(len(rows) + 1):
        y = top - number * height
        page.strokes.append((left, y, left + n_columns * width, y))
    for number in range(n_columns + 1):
        x = left + number * width
        page.strokes.append((x, top, x, top - len(rows) * height))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            for n, line in enumerate(text.split("\n")):
                page.texts.append((left + c * width + 3, top - r * height - 12 - 12 * n, line))
    return page


def pdf_bytes(pages: Sequence[Page]) -> bytes:
    """The file: one font that pdf readers know by name, one content stream per page."""
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        "/DescendantFonts [4 0 R] >>"
    )
    descendant = (
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>"
    )
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.encode(),
        descendant.encode(),
    ]
    for index, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 842] /Contents {6 + 2 * index} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        content = page.content()
        objects.append(
            f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"
        )
    return _with_table(objects)


def _with_table(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places: list[int] = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    return out + trailer.encode()
