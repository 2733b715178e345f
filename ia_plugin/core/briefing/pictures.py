"""The small pictures of a sheet: a gauge, shares of time, hours of the week, before and after, the key of the map."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..charts.shades import shades
from ..colours import COLOURS, HATCH, INK, KIND_COLOURS, PALE, ROLE_LINES, SHADES
from ..dashboard.tiles import Gauge, Tile
from ..words import DASH, amount, number
from .sheet import Earlier, Hours
from .svg import Svg, Width, rough_width, wrapped

SMALL, TEXT = 6.5, 7.0  # points
TRACK, FILL, GREY = "#ececec", SHADES[3], "#b0b0b0"
SIDE_BY_SIDE = ((TEXT, SMALL), (TEXT, 6.0), (SMALL, 5.5), (6.0, 5.0))  # letters of a figure's name and its change
KIND_WORDS = {"crime": "Crimes", "incident": "Incidents", "stop_search": "Stops and searches"}
ROLE_KEY = {"impact": "Impact Areas", "comparison": "Comparison areas", "other": "Other areas", "buffer": "Buffers"}
MOST_MARKED = 100  # a mark grows no further: a hospital's would hide its neighbours
STEPS = (10.5, 9.6, 8.8, 8.2)  # between the lines of the key
STRIPED = ("vehicle",)
MARK_MM = 0.9  # across, of a mark for one event; others by the root of their number
MM = 72 / 25.4


def gauge(shown: Gauge, width: float, height: float) -> Svg:
    """A bar from nought with its range, and a tick for the comparison areas."""
    svg, top = Svg(width, height), shown.top
    y, h = height * 0.25, height * 0.5
    svg.rect(0, y, width, h, TRACK)
    if math.isfinite(shown.value):
        svg.rect(0, y, width * shown.value / top, h, FILL)
    if math.isfinite(shown.low) and math.isfinite(shown.high):
        a, b = (width * x / top for x in (shown.low, shown.high))
        svg.line(a, height / 2, b, height / 2, INK, 1.2)
        for x in (a, b):
            svg.line(x, y + h * 0.2, x, y + h * 0.8, INK, 0.8)
    if math.isfinite(shown.comparison):
        x = width * shown.comparison / top
        svg.line(x, 0, x, height, INK, 1.4)
    return svg


def shares(tile: Tile, width: float, height: float) -> Svg:
    """How officers moved: one bar of shares, and a line of words for each part, the first of which is what nobody can tell."""
    svg, at = Svg(width, height), 0.0
    whole = sum(p.percent for p in tile.parts if math.isfinite(p.percent)) or 1.0
    for part in tile.parts:
        wide = width * part.percent / whole
        _mode(svg, part.mode, at, 0, wide, 9, "#ffffff")
        at += wide
    words = [tile.value, *tile.lines[-1].split(" · ")]
    for i, (part, line) in enumerate(zip(tile.parts, words)):
        y = 18 + i * 9.2
        _mode(svg, part.mode, 0, y - 5.6, 6, 6, PALE)
        svg.text(9.5, y, line, TEXT)
    return svg


def _mode(svg: Svg, mode: str, x: float, y: float, w: float, h: float, line: str) -> None:
    """A mode's colour; that of vehicles is striped, for in grey it is that of walkers."""
    svg.rect(x, y, w, h, COLOURS[mode], line, 0.4)
    if mode in STRIPED:
        svg.hatch(x + 0.4, y + 0.4, max(w - 0.8, 0.0), h - 0.8, "#ffffff", 2.6)


def not_shown(why: str, width: float, height: float, width_of: Width = rough_width) -> Svg:
    """A sentence in place of a picture."""
    svg = Svg(width, height)
    _nothing(svg, why, width_of)
    return svg


def hours_of_week(shown: Hours, width: float, height: float, width_of: Width = rough_width) -> Svg:
    """Amounts by hour of the week, light to dark; hatched where there are no data."""
    svg = Svg(width, height)
    left, top, foot = 20.0, 3.0, 30.0
    rows, columns = len(shown.days), max(len(shown.hours), 1)
    w, h = (width - left) / columns, min((height - top - foot) / max(rows, 1), 13.0)
    if shown.why:
        return not_shown(shown.why, width, height, width_of)
    most = float(np.nanmax(shown.values)) if np.isfinite(shown.values).any() else 0.0
    for i, day in enumerate(shown.days):
        svg.text(left - 3, top + (i + 0.5) * h + 2.3, day, SMALL, PALE, anchor="end")
        for k, value in enumerate(shown.values[i]):
            x, y = left + k * w, top + i * h
            if math.isfinite(value):
                svg.rect(x, y, w, h, _shade(value / most if most else 0.0), "#ffffff", 0.4)
            else:
                svg.hatch(x + 0.3, y + 0.3, w - 0.6, h - 0.6, HATCH)
    below = top + rows * h
    step = 6 if columns > 12 else 3
    for k, hour in enumerate(shown.hours):
        if hour % step == 0:
            svg.line(left + k * w, below, left + k * w, below + 2, PALE, 0.5)
            svg.text(left + k * w, below + 8.5, f"{hour:02}", SMALL, PALE)
    _scale(svg, left, below + 14, most, shown, bool(np.isnan(shown.values).any()))
    return svg


def _scale(svg: Svg, left: float, y: float, most: float, shown: Hours, gaps: bool) -> None:
    for k in range(10):
        svg.rect(left + k * 5, y, 5.1, 6, _shade((k + 0.5) / 10))
    svg.rect(left, y, 50, 6, "none", PALE, 0.3)
    svg.text(left, y + 13, "0", SMALL, PALE)
    svg.text(left + 50, y + 13, f"{number(most)} in an hour of the week", SMALL, PALE)
    if gaps:
        svg.hatch(left + 68, y, 8, 6, HATCH)
        svg.text(left + 80, y + 5.6, shown.gap, SMALL, PALE)


def _shade(share: float) -> str:
    red, green, blue, _ = shades()(min(max(share, 0.0), 1.0))
    return "#" + "".join(f"{round(255 * c):02x}" for c in (red, green, blue))


def _nothing(svg: Svg, why: str, width_of: Width) -> None:
    for i, line in enumerate(wrapped(f"Not shown: {why}.", svg.width - 4, TEXT, width_of)):
        svg.text(0, 10 + 9 * i, line, TEXT, PALE)


def before_and_after(rows: Sequence[Earlier], width: float, height: float, width_of: Width = rough_width) -> Svg:
    """Each figure as two bars, the earlier period's grey, with their words; below, why some are not compared."""
    svg, y, step = Svg(width, height), 0.0, 24.5
    if not rows:
        _nothing(svg, "no figure is known in this period", width_of)
    for row in rows:
        change = "not compared" if row.why else row.change
        own, beside = next((p for p in SIDE_BY_SIDE if width_of(row.label, p[0], True) + width_of(change, p[1], False) + 5 <= width), SIDE_BY_SIDE[-1])  # fmt: skip
        svg.text(0, y + 6.5, row.label, own, bold=True)
        if change:
            svg.text(width, y + 6.5, change, beside, PALE if row.why else INK, anchor="end")
        top = max([x for x in (*row.now, *row.before) if math.isfinite(x)], default=0.0) or 1.0
        words = max(width_of(w, SMALL, False) for w in (row.now_words, row.before_words)) + 5
        wide = max(width - words, 20.0)
        for k, (ends, text, colour) in enumerate(((row.now, row.now_words, FILL), (row.before, row.before_words, GREY))):  # fmt: skip
            _pair_bar(svg, y + 8.8 + 7 * k, wide / top, ends, text if text != DASH else "not known", colour)
        y += step
    whys = dict.fromkeys(r.why for r in rows if r.why)
    for why in whys:
        names = [r.label for r in rows if r.why == why]
        text = f"{'' if len(names) == len(rows) else ', '.join(names) + ': '}not compared: {why}."
        for line in wrapped(text[:1].upper() + text[1:], width, SMALL, width_of):
            y += 7.8
            svg.text(0, y, line, SMALL, PALE)
    return svg


def _pair_bar(svg: Svg, y: float, scale: float, ends: tuple[float, float, float], text: str, colour: str) -> None:
    value, low, high = ends
    end = 0.0
    if math.isfinite(value):
        svg.rect(0, y, scale * value, 5.6, colour)
        end = scale * value
        if math.isfinite(low) and high > low:
            svg.line(scale * low, y + 2.8, scale * high, y + 2.8, INK, 0.9)
            end = scale * high
    svg.text(end + 3, y + 5.1, text, SMALL, PALE)


def map_key(
    title: str,
    labels: Sequence[str],
    kinds: Sequence[str],
    roles: Sequence[str],
    width: float,
    height: float,
    width_of: Width = rough_width,
    square_m: float = 200.0,
) -> Svg:
    """The key of the main map: classes of the areas, their outlines, and the marks of events where there are any.

    Its lines move together where there are many.
    """
    svg = Svg(width, height)
    for step in STEPS:
        svg = Svg(width, height)
        y = _key_of_areas(svg, title, labels, roles, width_of, step)
        if kinds:
            y = _key_of_events(svg, y + step / 2, kinds, square_m, width_of, step)
        if y <= height:
            break
    return svg


def _key_of_areas(
    svg: Svg, title: str, labels: Sequence[str], roles: Sequence[str], width_of: Width, step: float
) -> float:
    """Draw the part of areas; where the next part may begin."""
    y = _heading(svg, 0.0, title, width_of)
    for shade, label in zip(SHADES, labels):
        svg.rect(0, y, 14, 7.6, shade, PALE, 0.3)
        svg.text(19, y + 6.4, label, TEXT)
        y += step
    svg.hatch(0, y, 14, 7.6, HATCH)
    svg.rect(0, y, 14, 7.6, "none", HATCH, 0.4)
    svg.text(19, y + 6.4, "not observed or not shown", TEXT)
    y += 1.5 * step
    svg.rect(1, y, 12, 6.6, "none", "#000000", 2.2)
    svg.text(19, y + 6.4, "the area of this sheet", TEXT)
    y += step
    for role in [r for r in ROLE_KEY if r in roles]:
        colour, thick, style = ROLE_LINES[role]
        svg.line(0, y + 4, 14, y + 4, colour, thick * MM, {"dash": "4,2", "dot": "1,1.5"}.get(style, ""))
        svg.text(19, y + 6.4, ROLE_KEY[role], TEXT)
        y += step
    return y


def _key_of_events(svg: Svg, y: float, kinds: Sequence[str], square_m: float, width_of: Width, step: float) -> float:
    """Draw the part of events; where it ends."""
    y = _heading(svg, y, f"Events in squares of {amount(square_m, 'm')}", width_of)
    for kind in [k for k in KIND_WORDS if k in kinds]:
        mark(svg, kind, 7, y + 4, min(7.5, step - 1.5))
        svg.text(19, y + 6.4, KIND_WORDS[kind], TEXT)
        y += step
    x = 2.0
    for n in (1, 5, 20):
        across = MARK_MM * math.sqrt(n) * MM
        svg.circle(x + across / 2, y + 6.5, across / 2, "#ffffff", INK)
        svg.text(x + across + 2.5, y + 8.8, str(n), SMALL)
        x += across + 14
    svg.text(0, y + 20, f"the largest: {MOST_MARKED} and more", SMALL)
    return y + 21


def mark(svg: Svg, kind: str, x: float, y: float, across: float) -> None:
    """The mark of a kind of event: each has a shape of its own, so that they differ in grey."""
    fill, r = KIND_COLOURS[kind], across / 2
    if kind == "crime":
        svg.circle(x, y, r, fill, INK)
    elif kind == "incident":
        svg.rect(x - r, y - r, across, across, fill, INK, 0.5)
    else:
        svg.polygon([(x, y - r), (x + r, y + r), (x - r, y + r)], fill, INK)


def _heading(svg: Svg, y: float, text: str, width_of: Width) -> float:
    for line in wrapped(text, svg.width, TEXT, width_of, True):
        svg.text(0, y + 7, line, TEXT, bold=True)
        y += 9
    return y + 2.5


def north(width: float, height: float) -> Svg:
    """An arrow that points north."""
    svg = Svg(width, height)
    middle = width / 2
    svg.rect(0, 0, width, height, "#ffffff")
    svg.polygon([(middle, 1), (middle + width * 0.3, height * 0.6), (middle, height * 0.46), (middle - width * 0.3, height * 0.6)], INK)  # fmt: skip
    svg.text(middle, height - 0.5, "N", TEXT, INK, True, "middle")
    return svg


__all__ = [
    "MARK_MM",
    "MOST_MARKED",
    "before_and_after",
    "gauge",
    "hours_of_week",
    "map_key",
    "north",
    "not_shown",
    "shares",
]
