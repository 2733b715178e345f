"""Charts drawn on a matplotlib figure: readable in a narrow dock and floated, in colours that colour-blind readers can distinguish.

Sizes are in inches of the figure, so that text stays as large whatever the window. Matplotlib is imported when first drawn.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..chart_text import on_chart
from ..colours import COLOURS, INK, PALE, RULE
from ..filter_state import DAYS
from ..material.measures import NO_DATA
from ..sentence import Translate, joined, phrase, sentence
from ..suppression import OTHER
from ..words import amount, capitalised, number
from .chart_words import UNITS, WHATS
from .choice import Chart
from .day_lines import draw_days
from .places_map import draw_places, scale_in_words
from .series import WeekGrid
from .shades import shades

NARROW = 5.6  # inches of a figure; wider ones have larger letters
THICKEST = 0.6  # inches of a bar with its gap
LINE = {"presence": "#0072b2", "searches": "#cc79a7", "crimes": "#d55e00", "incidents": "#009e73", "demand": "#333333"}
BAR = LINE["presence"]
NOTHING = capitalised(NO_DATA)


@dataclass(frozen=True)
class Page:
    """A figure's size in inches, its letters in points, the room that titles and notes leave, and the reader's language."""

    width: float
    height: float
    points: float
    bottom: float = 0.0
    top: float = 0.0
    say: Translate = str

    @property
    def line(self) -> float:
        """Height of a line of text, inches."""
        return self.points / 72 * 1.3

    def letters(self, inches: float, points: float) -> int:
        """How many letters fit into a width; a letter is about 0.56 of its size wide."""
        return max(12, int(inches * 72 / (0.56 * points)))

    def rect(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Fractions of the figure from edges in inches."""
        wide, high = max(right - left, 0.1), max(top - bottom, 0.1)
        return left / self.width, bottom / self.height, wide / self.width, high / self.height


def draw(figure: Any, chart: Chart, say: Translate = str) -> None:
    """Draw a chart on a figure, whatever was there before, each text as `say` has it. Axes that can be pointed at have the gid "data"."""
    figure.clear()
    figure.set_facecolor("white")
    page = _words(figure, chart, _page_of(figure, say))
    if chart.why:
        _nothing(figure, page, chart.why)
    elif chart.grids:
        _week(figure, page, chart)
    elif chart.series is not None:
        _series(figure, page, chart)
    elif chart.maps:
        _maps(figure, page, chart)
    else:
        _bars(figure, page, chart)


def least_height(chart: Chart, width: float, say: Translate = str) -> float:
    """Inches that a chart needs at a width so that its text stays apart."""
    page = Page(width, 4.0, _points(width), say=say)
    words = (
        sum(len(t) for t in (_title(chart, page), _subtitle(chart, page), _lead(chart, page), _notes(chart, page)))
        * page.line
    )
    room = 2.9 if chart.grids else 2.2 if chart.maps else 1.6
    if chart.bars:
        labels = _labels(chart, page)
        room = 0.6 + sum(1 + label.count("\n") for label in labels) * page.line * 1.15 + len(labels) * 0.06
    return words + room


def place(chart: Chart, x: float, y: float) -> tuple[int, int]:
    """Row and column at a point of data axes; of a line chart the nearest day."""
    if chart.grids:
        return math.floor(y), math.floor(x)
    if chart.series is not None and chart.series.days:
        from matplotlib.dates import date2num

        return 0, int(np.abs(date2num(chart.series.days) - x).argmin())
    return round(y), 0


def outline(figure: Any, chart: Chart, row: int, column: int) -> None:
    """Show where the keyboard or the mouse is."""
    from matplotlib.dates import date2num

    for axes in figure.axes:
        if axes.get_gid() != "data":
            continue
        for old in [a for a in (*axes.patches, *axes.lines) if a.get_gid() == "cursor"]:
            old.remove()
        if not (0 <= row < chart.shape[0] and 0 <= column < chart.shape[1]):
            continue
        if chart.series is not None:
            axes.axvline(date2num(chart.series.days[column]), color=INK, linewidth=1.2, alpha=0.6, gid="cursor")
            continue
        import matplotlib.patches

        low, high = axes.get_xlim()
        at = (column, row, 1, 1) if chart.grids else (low, row - 0.48, high - low, 0.96)
        box = matplotlib.patches.Rectangle(at[:2], at[2], at[3], fill=False, edgecolor="#d55e00", linewidth=1.8)
        box.set_gid("cursor")
        box.set_clip_on(False)
        axes.add_patch(box)


# --- words ------------------------------------------------------------------------------------------------------------


def _wrapped(text: str, letters: int) -> list[str]:
    """Lines; a marking such as OFFICIAL-SENSITIVE stays in one piece."""
    return textwrap.wrap(text, letters, break_on_hyphens=False)


def _filled(text: str, letters: int) -> str:
    return "\n".join(_wrapped(text, letters))


def _points(width: float) -> float:
    return 8.0 if width < NARROW else 9.5


def _page_of(figure: Any, say: Translate) -> Page:
    width, height = (float(v) for v in figure.get_size_inches())
    return Page(width, height, _points(width), say=say)


def _title(chart: Chart, page: Page) -> list[str]:
    return _wrapped(page.say(chart.title), page.letters((page.width - 0.2) * 0.88, page.points + 1.5))


def _subtitle(chart: Chart, page: Page) -> list[str]:
    return _wrapped(page.say(chart.subtitle), page.letters(page.width - 0.2, page.points))


def _lead(chart: Chart, page: Page) -> list[str]:
    return _wrapped(page.say(chart.lead), page.letters(page.width - 0.2, page.points))


def _notes(chart: Chart, page: Page) -> list[str]:
    letters = page.letters(page.width - 0.2, page.points - 0.5)
    notes = [page.say(n) for n in chart.notes]
    wording = _wrapped(" ".join(n if n.endswith(".") else f"{n}." for n in notes), letters)
    return wording + _wrapped(page.say(chart.footer), letters)


def _words(figure: Any, chart: Chart, page: Page) -> Page:
    """Title, filter and notes; what is left between them."""
    notes = _notes(chart, page)
    y = page.height - 0.08
    for lines, size, weight, colour in (
        (_title(chart, page), page.points + 1.5, "bold", INK),
        (_subtitle(chart, page), page.points, "normal", PALE),
        (_lead(chart, page), page.points, "normal", INK),
    ):
        figure.text(0.1 / page.width, y / page.height, on_chart("\n".join(lines)), size=size, weight=weight, color=colour,
                    va="top", linespacing=1.15)  # fmt: skip
        y -= len(lines) * page.line * size / page.points + 0.02
    text = on_chart("\n".join(notes))
    figure.text(0.1 / page.width, 0.06 / page.height, text, size=page.points - 0.5, color=PALE, va="bottom",
                linespacing=1.15)  # fmt: skip
    return Page(page.width, page.height, page.points, 0.1 + len(notes) * page.line, y - 0.04, page.say)


def _nothing(figure: Any, page: Page, why: str) -> None:
    text = page.say(NOTHING if why == NO_DATA else sentence("Nothing to show: {why}", why=why))
    letters = page.letters(page.width * 0.8, page.points + 1)
    y = (page.bottom + page.top) / 2 / page.height
    figure.text(0.5, y, on_chart(_filled(text, letters)), size=page.points + 1, color=INK, ha="center", va="center")


def _bare(axes: Any, page: Page) -> None:
    axes.set_gid("data")
    axes.tick_params(labelsize=page.points - 0.5, colors=INK, length=2.5, width=0.6)
    for side in axes.spines.values():
        side.set_visible(False)


# --- charts -----------------------------------------------------------------------------------------------------------


def _week(figure: Any, page: Page, chart: Chart) -> None:
    below = 2.2 * page.line
    head = 1.5 * page.line
    high = (page.top - page.bottom - below) / len(chart.grids)
    for i, grid in enumerate(chart.grids):
        top = page.top - i * high - head
        bottom = page.top - (i + 1) * high + 0.04
        axes = figure.add_axes(page.rect(0.45, bottom, page.width - 0.72, top))
        _bare(axes, page)
        _heat(figure, axes, page, chart, grid, page.rect(page.width - 0.64, bottom, page.width - 0.54, top))
        unit = UNITS[grid.what]
        total = unit if grid.why else sentence("{unit}, {n} in all", unit=unit, n=number(grid.total))
        name = () if grid.what in ("crimes", "incidents", "demand") else (WHATS[grid.what],)
        text = page.say(joined(": ", (*name, total)))
        y = (top + 0.05) / page.height
        figure.text(0.45 / page.width, y, capitalised(text), size=page.points, color=INK, va="bottom")
        weekdays, hours = chart.frame
        axes.set_yticks(np.arange(len(weekdays)) + 0.5, [page.say(DAYS[d]) for d in weekdays])
        axes.set_ylim(len(weekdays), 0)
        axes.set_xlim(0, len(hours))
        last = i == len(chart.grids) - 1
        step = (3 if page.width < NARROW else 2) if len(hours) > 12 else 1
        ends = [*hours, (hours[-1] + 1) % 24 if chart.state.wraps else hours[-1] + 1]
        axes.set_xticks(list(range(0, len(ends), step)), [f"{h:02}" if last else "" for h in ends[::step]])
        if last:
            axes.set_xlabel(page.say(phrase("hour of the day")), size=page.points - 0.5, color=INK, labelpad=2)


def _maps(figure: Any, page: Page, chart: Chart) -> None:
    half = page.width / 2
    for i, shown in enumerate(chart.maps):
        axes = figure.add_axes(
            page.rect(0.1 + i * half, page.bottom + 0.05, half - 0.1 + i * half, page.top - 2.6 * page.line)
        )
        draw_places(axes, shown, shades(), INK)
        text = f"{_filled(page.say(shown.title), page.letters(half - 0.2, page.points))}\n{page.say(scale_in_words(shown))}"
        figure.text((0.1 + i * half) / page.width, page.top / page.height, text, size=page.points, color=INK, va="top")


def _heat(figure: Any, axes: Any, page: Page, chart: Chart, grid: WeekGrid, beside: Any) -> None:
    axes.set_facecolor("white")
    if grid.why:
        text = page.say(NOTHING if grid.why == NO_DATA else capitalised(grid.why))
        axes.text(
            len(chart.frame[1]) / 2,
            len(chart.frame[0]) / 2,
            on_chart(_filled(text, 34)),
            size=page.points,
            color=INK,
            ha="center",
            va="center",
        )
        return
    from matplotlib.patches import Rectangle
    from matplotlib.ticker import MaxNLocator

    axes.add_patch(
        Rectangle(
            (0, 0),
            len(chart.frame[1]),
            len(chart.frame[0]),
            facecolor="white",
            edgecolor="#bbbbbb",
            hatch="////",
            linewidth=0,
            zorder=0,
        )
    )
    values = chart.framed(grid)
    most = float(np.nanmax(values)) if np.isfinite(values).any() else 0.0
    mesh = axes.pcolormesh(np.arange(values.shape[1] + 1), np.arange(values.shape[0] + 1), values, cmap=shades(), vmin=0,
                           vmax=most if most > 0 else 1.0, edgecolors="white", linewidth=0.4)  # fmt: skip
    bar = figure.colorbar(mesh, cax=figure.add_axes(beside))
    bar.outline.set_visible(False)
    bar.locator = MaxNLocator(nbins=3, integer=most >= 3)
    bar.update_ticks()
    bar.ax.tick_params(labelsize=page.points - 0.5, length=2, width=0.6, colors=INK, pad=1.5)


def _series(figure: Any, page: Page, chart: Chart) -> None:
    shown = chart.series
    assert shown is not None
    head = (1.4 + bool(shown.marks) + bool(shown.open.any())) * page.line
    axes = figure.add_axes(page.rect(0.55, page.bottom + 2.4 * page.line, page.width - 0.2, page.top - head))
    _bare(axes, page)
    draw_days(
        axes,
        shown,
        chart.earlier,
        colour=LINE[shown.what],
        ink=INK,
        points=page.points,
        inches=page.width - 0.75,
        say=page.say,
    )
    y = (page.top - 0.02) / page.height
    figure.text(0.1 / page.width, y, page.say(chart.unit), size=page.points, color=INK, va="top")


def _labels(chart: Chart, page: Page) -> list[str]:
    letters = page.letters(min(0.42 * page.width, 2.6), page.points)
    return [_filled(_cut(page.say(b.label), 3 * letters), letters) for b in chart.bars]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _bars(figure: Any, page: Page, chart: Chart) -> None:
    from matplotlib.ticker import MaxNLocator

    labels = _labels(chart, page)
    longest = max(len(line) for label in labels for line in label.split("\n"))
    left = 0.2 + longest * 0.56 * page.points / 72
    # A few bars are not blown up to fill the page.
    top, bottom = page.top - 0.02, page.bottom + 2.4 * page.line
    bottom = max(bottom, top - len(labels) * THICKEST)
    axes = figure.add_axes(page.rect(left, bottom, page.width - 0.15, top))
    _bare(axes, page)
    at = np.arange(len(chart.bars))
    values = np.array([b.value for b in chart.bars])
    colours = [_colour(chart, b.key) for b in chart.bars]
    axes.barh(at, values, height=0.66, color=colours, edgecolor=PALE, linewidth=0.5)
    amounts = [amount(b.value, "" if chart.unit == "visits" else "h") for b in chart.bars]
    texts = [f"{page.say(a)}, {page.say(b.share)}" for a, b in zip(amounts, chart.bars)]
    ticks = _ticks(chart, values)
    ends = [max(v, t) for v, t in zip(values, ticks)]
    for y, value, text in zip(at, ends, texts):
        axes.annotate(text, (value, y), xytext=(3, 0), textcoords="offset points", va="center", size=page.points - 0.5,
                      color=INK)  # fmt: skip
    for y, tick in zip(at, ticks):
        if tick:
            axes.plot([tick] * 2, [y - 0.4, y + 0.4], color=INK, linewidth=1.8, solid_capstyle="butt")
    # Room for the words at the end of the longest bar.
    wide = page.width - 0.15 - left
    words = min(0.7, (max(map(len, texts)) * 0.58 * page.points / 72 + 0.08) / wide)
    axes.set_xlim(0, max(ends) / (1 - words))
    axes.set_yticks(at, [on_chart(label) for label in labels])
    axes.tick_params(axis="y", length=0, labelsize=page.points)
    axes.set_ylim(len(at) - 0.45, -0.55)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=3 if page.width < NARROW else 6, integer=float(values.max()) >= 3))
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_formatter("{x:,.0f}" if float(values.max()) >= 3 else "{x:g}")
    axes.set_xlabel(page.say(chart.unit), size=page.points - 0.5, color=INK, labelpad=2)


def _ticks(chart: Chart, values: Any) -> list[float]:
    """Where the share of the comparison areas stands on each bar; 0 for none."""
    whole = float(values.sum())
    return [b.comparison / 100 * whole if np.isfinite(b.comparison) else 0.0 for b in chart.bars]


def _colour(chart: Chart, key: str) -> str:
    if chart.choice.kind == "activity":
        return COLOURS.get(key, "#bbbbbb")
    return "#bbbbbb" if key == OTHER else BAR
