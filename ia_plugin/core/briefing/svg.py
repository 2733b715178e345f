"""Small pictures as SVG text: the few shapes that Qt draws the same everywhere, sizes in points (standard library only)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..colours import INK

FONT = "Arial"
Width = Callable[[str, float, bool], float]
"""How wide a text is in points: of (text, size of letters in points, whether they are bold)."""


def rough_width(text: str, points: float, bold: bool = False) -> float:
    """A width for where no font can be asked, rather too wide.

    >>> rough_width("hours", 10.0) > 20
    True
    """
    return len(text) * points * (0.62 if bold else 0.58)


@dataclass(frozen=True)
class Text:
    """A line of text on a drawing; `y` is its base line, `anchor` start, middle or end of what stands at `x`."""

    x: float
    y: float
    text: str
    points: float
    colour: str
    bold: bool
    anchor: str


class Svg:
    """A drawing that grows by calls; the origin is its upper left corner, units are points.

    Its texts are kept apart from its shapes: Qt draws the text of an SVG as outlines, which nobody can search, select or hear.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.texts: list[Text] = []
        self._parts: list[str] = []

    def rect(self, x: float, y: float, w: float, h: float, fill: str, line: str = "none", thick: float = 0.5) -> None:
        self._parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{max(w, 0):.2f}" height="{max(h, 0):.2f}" fill="{fill}" stroke="{line}" stroke-width="{thick}"/>'
        )

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: str = INK, thick: float = 0.6, dash: str = "") -> None:  # fmt: skip
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{x0:.2f}" y1="{y0:.2f}" x2="{x1:.2f}" y2="{y1:.2f}" stroke="{colour}" stroke-width="{thick}"{dashed}/>'
        )

    def circle(self, x: float, y: float, r: float, fill: str, line: str = "none") -> None:
        self._parts.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}" fill="{fill}" stroke="{line}" stroke-width="0.5"/>')  # fmt: skip

    def polygon(self, points: list[tuple[float, float]], fill: str, line: str = "none") -> None:
        places = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        self._parts.append(f'<polygon points="{places}" fill="{fill}" stroke="{line}" stroke-width="0.5"/>')

    def text(self, x: float, y: float, text: str, points: float = 7.0, colour: str = INK, bold: bool = False, anchor: str = "start") -> None:  # fmt: skip
        """A line of text; `y` is its base line."""
        self.texts.append(Text(x, y, text, points, colour, bold, anchor))

    def hatch(self, x: float, y: float, w: float, h: float, colour: str, step: float = 3.0) -> None:
        """Slanted lines within a rectangle; drawn one by one, for Qt knows no patterns."""
        at = step / 2
        while at < w + h:
            x0, y0 = (x + at, y) if at <= w else (x + w, y + at - w)
            x1, y1 = (x, y + at) if at <= h else (x + at - h, y + h)
            self.line(x0, y0, x1, y1, colour, 0.4)
            at += step

    def written(self) -> str:
        """The shapes as SVG; the texts stand in :attr:`texts`."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:.2f}pt" height="{self.height:.2f}pt" '
            f'viewBox="0 0 {self.width:.2f} {self.height:.2f}">{"".join(self._parts)}</svg>\n'
        )


def wrapped(text: str, width: float, points: float, width_of: Width = rough_width, bold: bool = False) -> list[str]:
    """Lines of a text that are no wider than `width`; a word that is by itself too long is broken, one with a hard space is not.

    Examples
    --------
    >>> wrapped("officer hours per week", 60, 10)
    ['officer', 'hours per', 'week']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in filter(None, paragraph.split(" ")):
            longer = f"{line} {word}" if line else word
            if width_of(longer, points, bold) <= width:
                line = longer
                continue
            lines += [line] if line else []
            while width_of(word, points, bold) > width and len(word) > 1:
                fits = max(
                    1, next((k for k in range(len(word), 0, -1) if width_of(word[:k], points, bold) <= width), 1)
                )
                lines.append(word[:fits])
                word = word[fits:]
            line = word
        lines.append(line)
    return lines


__all__ = ["FONT", "Svg", "Text", "Width", "rough_width", "wrapped"]
