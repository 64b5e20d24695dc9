"""Lines of text from the letters of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """One character with its box in page points, y growing upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """The height of the box, at least one point."""
        return max(self.top - self.bottom, 1.0)


def text_lines(letters: Sequence[Letter]) -> list[list[Letter]]:
    """The letters grouped into lines from top to bottom, each from left to right."""
    lines: list[list[Letter]] = []
    level = 0.0
    for letter in sorted(letters, key=lambda one: -one.middle[1]):
        if lines and abs(level - letter.middle[1]) <= letter.height * 0.45:
            lines[-1].append(letter)
        else:
            lines.append([letter])
            level = letter.middle[1]
    return [sorted(line, key=lambda one: one.left) for line in lines]


def line_text(line: Sequence[Letter]) -> str:
    """The text of a line with a space where a gap of more than half a character stands."""
    pieces: list[str] = []
    for before, letter in zip([None, *line[:-1]], line, strict=True):
        if before is not None and letter.left - before.right > 0.5 * letter.height:
            pieces.append(" ")
        pieces.append(letter.text)
    return "".join(pieces)


def spaced_line(line: Sequence[Letter], page: Sequence[Letter]) -> str:
    """The line in a fixed-width picture of the page: gaps become runs of spaces.

    The unit is half the usual letter height, so a Chinese character takes two columns.
    """
    heights = sorted(letter.height for letter in page)
    unit = heights[len(heights) // 2] / 2
    margin = min(letter.left for letter in page)
    text = ""
    width = 0
    for before, letter in zip([None, *line[:-1]], line, strict=True):
        column = round((letter.left - margin) / unit)
        gap = 0.0 if before is None else letter.left - before.right
        if before is None:
            text, width = " " * column, column
        elif gap > 1.5 * unit:
            spaces = max(2, min(column - width, 400))
            text, width = text + " " * spaces, width + spaces
        text += letter.text
        width += 2 if letter.text > "\u2e7f" else 1
    return text
