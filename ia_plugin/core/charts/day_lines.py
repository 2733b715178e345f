"""Amounts by day or week drawn as a line on axes: the earlier period in grey, notes as letters, days without data hatched, days that
are still filling dotted, with the word beside them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Optional

import numpy as np

from ..arrays import Bools, Floats
from ..colours import RULE
from ..filter_state import MONTHS
from ..material.filled_days import STILL_FILLING
from ..sentence import Translate
from .series import Series

EARLIER, SHADED, NO_DATA, FILLING = "#999999", "#bbbbbb", "#cccccc", "#c0c0c0"
LETTER = 0.14  # inches that the letter of a note needs


def draw_days(
    axes: Any,
    shown: Series,
    earlier: Optional[Series],
    *,
    colour: str,
    ink: str,
    points: float,
    inches: float,
    say: Translate,
) -> None:
    """Draw a series.

    Parameters
    ----------
    colour, ink : of its line, and of letters
    points, inches : size of letters, and width of the axes
    say : a text in the reader's language
    """
    from matplotlib.dates import date2num
    from matplotlib.ticker import MaxNLocator

    at: Floats = np.asarray(date2num(shown.days), dtype=np.float64)
    half = 0.5 if shown.step == "day" else 3.5
    low, high = float(at[0]) - half, float(at[-1]) + half
    most = max(
        (float(np.nanmax(s.values)) for s in (shown, earlier) if s is not None and np.isfinite(s.values).any()),
        default=1.0,
    )
    if earlier is not None:
        axes.plot(at, earlier.values, color=EARLIER, linewidth=1.3, zorder=1)
    _line(axes, at, shown, colour)
    _bands(axes, at, half, ~np.isfinite(shown.values), "////", NO_DATA)
    _bands(axes, at, half, shown.open, "..", FILLING)
    axes.set_xlim(low, high)
    axes.set_ylim(0, 1.08 * most if most > 0 else 1.0)
    _name_filling(axes, at, half, shown, say(STILL_FILLING), points, (high - low) / max(inches, 0.1), ink)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=most >= 5))
    axes.yaxis.set_major_formatter("{x:,.0f}" if most >= 5 else "{x:g}")
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    _date_ticks(axes, inches, shown.days[0], shown.days[-1], say)
    _marks(axes, shown, low, high, LETTER * (high - low) / max(inches, 0.1), points, ink)


def _line(axes: Any, at: Floats, shown: Series, colour: str) -> None:
    """What is complete as a line with full dots; what is still filling goes on dashed, its dots hollow."""
    size = 3 if len(at) > 40 else 4
    axes.plot(at, np.where(shown.open, np.nan, shown.values), color=colour, linewidth=1.6, marker="o", markersize=size)
    if not shown.open.any():
        return
    reach = shown.open | np.append(shown.open[1:], False)  # from the last complete one on
    line = {"color": colour, "linewidth": 1.2, "linestyle": (0, (2, 2))}
    axes.plot(at, np.where(reach, shown.values, np.nan), **line)
    axes.plot(at[shown.open], shown.values[shown.open], "o", markersize=size, color=colour, markerfacecolor="white")


def _bands(axes: Any, at: Floats, half: float, which: Bools, hatch: str, colour: str) -> None:
    """Hatch the steps of each unbroken run."""
    for first, last in _runs(which):
        axes.axvspan(
            at[first] - half, at[last] + half, facecolor="none", edgecolor=colour, hatch=hatch, linewidth=0, zorder=0
        )


def _runs(which: Bools) -> list[tuple[int, int]]:
    """First and last of each unbroken run.

    >>> _runs(np.array([True, True, False, True]))
    [(0, 1), (3, 3)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], which.astype(np.int8), [0]])))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2])]


def _name_filling(
    axes: Any, at: Floats, half: float, shown: Series, words: str, points: float, per_inch: float, ink: str
) -> None:
    """The word above the days that it is of, over the letters of notes; it reaches to their left where they are too narrow for it."""
    lift = 1.0 + 1.3 * points * bool(shown.marks)
    for first, last in _runs(shown.open):
        begin, end = at[first] - half, at[last] + half
        narrow = end - begin < len(words) * 0.56 * points / 72 * per_inch
        axes.annotate(words, (end if narrow else begin, 1.0), xycoords=("data", "axes fraction"), xytext=(0, lift),
                      textcoords="offset points", ha="right" if narrow else "left", va="bottom", size=points - 0.5, color=ink)  # fmt: skip


def _marks(axes: Any, shown: Series, low: float, high: float, letter: float, points: float, ink: str) -> None:
    """Notes of people: a letter above the line of each, moved on where the one before has no room."""
    from matplotlib.dates import date2num

    free = low
    for i, mark in enumerate(shown.marks):
        begin, end = float(date2num(mark.first)), float(date2num(mark.last))
        if end > begin:
            axes.axvspan(max(begin, low), min(end + 1, high), color=SHADED, alpha=0.25, linewidth=0)
        x = max(begin, low)
        axes.axvline(x, color=ink, linewidth=1.0, linestyle=(0, (4, 3)))
        name = chr(ord("A") + i % 26) + ("" if i < 26 else str(i // 26))
        axes.annotate(name, (max(x, free), 1.0), xycoords=("data", "axes fraction"), xytext=(0, 1), textcoords="offset points",
                      ha="center", va="bottom", size=points, weight="bold", color=ink)  # fmt: skip
        free = max(x, free) + letter


def _date_ticks(axes: Any, inches: float, first: date, last: date, say: Translate) -> None:
    """A few days, with the month where it is new; years where there are several."""
    from matplotlib.dates import date2num

    most = max(2, int(inches / 0.62))
    span = (last - first).days
    step = next((s for s in (1, 2, 7, 14, 28, 56, 91, 182, 364, 728) if span // s < most), 3640)
    days = [first + timedelta(days=d) for d in range(0, span + 1, step)]
    labels, before = [], None
    for day in days:
        fresh = before is None or day.year != before.year
        labels.append(f"{day.day} {say(MONTHS[day.month - 1])}" + (f"\n{day.year}" if fresh else ""))
        before = day
    axes.set_xticks(date2num(days), labels)


__all__ = ["draw_days"]
