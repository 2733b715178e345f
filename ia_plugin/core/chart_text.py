"""Words of the data on a chart, so that matplotlib draws them as they are (standard library only).

Matplotlib takes what stands between two dollar signs for a formula: an area called "$5 shop, $10 shop" came out in italics,
one called "$\\frac{$" ended the drawing; and it leaves out of a legend what begins with an underscore.
"""

from __future__ import annotations

LONGEST = 60  # letters of a line of a legend: a picture grows with it


def on_chart(text: str) -> str:
    r"""A text as matplotlib draws it letter by letter: dollars as such, no sign that cannot be printed.

    >>> on_chart("$5 to $10"), on_chart("North\x07\nteam")
    ('\\$5 to \\$10', 'North·\nteam')
    """
    printed = "".join(c if c.isprintable() or c == "\n" else "·" for c in text)
    return printed.replace("$", r"\$")


def in_legend(text: str) -> str:
    """A text as the legend of a chart shows it, one with an underscore first too.

    >>> in_legend("_North"), in_legend("North")
    (' _North', 'North')
    """
    line = " ".join(text.split())
    shown = on_chart(line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…")
    return f" {shown}" if shown.startswith("_") else shown


__all__ = ["in_legend", "on_chart"]
