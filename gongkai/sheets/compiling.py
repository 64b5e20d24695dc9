"""The typesetter's own process: sheets as JSON come in, PDFs go out. Not for import by others.

It stands alone so that the fonts' memory is not held by every web process: it ends by itself when
nobody asks for a while or when it has grown, and with the process that started it. Frames on both
pipes: four bytes of length, then the content; an answer begins with ``+`` (PDF) or ``-`` (why not).
"""

from __future__ import annotations

import resource
import select
import sys
from pathlib import Path
from typing import Any, BinaryIO, Final

import typst

FOLDER: Final = Path(__file__).resolve().parent
LOOK: Final = FOLDER / "sheet.typ"
LONGEST_IDLE_SECONDS: Final = 60
STANDARDS: Final = ["a-2a", "ua-1"]
MOST_KILOBYTES: Final = 400_000


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next content, None at the end of the stream."""
    length = stream.read(4)
    return stream.read(int.from_bytes(length, "big")) if len(length) == 4 else None


def frame(content: bytes) -> bytes:
    """The content with its length in front."""
    return len(content).to_bytes(4, "big") + content


def compiler() -> typst.Compiler:
    """Fonts of the system only; nothing but this folder can be read, no package be found."""
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    nowhere = FOLDER / "no-packages"
    return typst.Compiler(
        root=FOLDER,
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )


def compiled(setter: typst.Compiler, sheet: bytes) -> bytes:
    """The answer to one sheet. Its only date is that of the record: same words, same bytes.

    The file is fit for archives and for readers that speak (PDF/A, PDF/UA). What those forbid, such
    as a character that no font of this machine has, is still printed, as a file without the claim.
    """
    try:
        return b"+" + _pdf(setter, sheet, STANDARDS)
    except typst.TypstError:
        pass
    try:
        return b"+" + _pdf(setter, sheet, [])
    except typst.TypstError as error:
        return b"-" + f"{error.message} {error.diagnostic}".encode()


def _pdf(setter: typst.Compiler, sheet: bytes, standards: Any) -> bytes:
    pdf = setter.compile(
        LOOK,
        format="pdf",
        sys_inputs={"sheet": sheet.decode()},
        pdf_standards=standards,
        timestamp=0,
    )
    return pdf if isinstance(pdf, bytes) else b""


def main() -> None:
    """Answer until the asker is gone, nobody asks any more, or too much memory is held."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    setter = compiler()
    while select.select([asked], [], [], LONGEST_IDLE_SECONDS)[0]:
        sheet = read_frame(asked)
        if sheet is None:
            return
        answers.write(frame(compiled(setter, sheet)))
        answers.flush()
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MOST_KILOBYTES:
            return


if __name__ == "__main__":
    main()
