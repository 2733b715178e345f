"""What stands before the questions: the verdict, the four tiles, a map, and the areas side by side, as the dashboard tells them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from ..answers.verdict import Verdict
from ..dashboard.area_rows import AreaRow, AreaRows, area_rows
from ..dashboard.map_classes import NOT_KNOWN, MapClasses, map_classes
from ..dashboard.overview import overview
from ..dashboard.tiles import Part, Tile
from ..filter_state import FilterState
from ..inspector_page.outlines import outlines
from ..material.ask import Answer, refusal_of
from ..material.figures import figures
from ..material.summary_tables import Material
from ..words import known
from .chapter import MOST_NAMES

KEY = "officer_hours"
HEIGHT = 20.0  # of a line of weeks, and
WIDTH = 70.0  # its width, in pixels


@dataclass(frozen=True, eq=False)
class FirstPage:
    """The front of a page of answers.

    Attributes
    ----------
    verdict : of the areas of the filter; None where nothing may be compared
    tiles : (tile, its scale, its bars): places on a scale in per cent of its width
    map : the outlines as paths, their shades, and the key; None where no shape is known
    areas, rows : the areas side by side, and each as places on the scale; none where there are too many to name
    """

    verdict: Optional[Verdict]
    tiles: tuple[dict[str, Any], ...]
    map: Optional[dict[str, Any]]
    areas: AreaRows
    rows: tuple[dict[str, Any], ...]


def first_page(material: Material, state: FilterState) -> FirstPage:
    """The front of the answers to a filter; not for the public, whose numbers are rounded.

    Examples
    --------
    ``first_page(material, state).verdict.sentence`` is what the dashboard says of the same filter.
    """
    answer = Answer(figures(material, state), material, refusal_of(material, state))
    shown = overview(answer, state)
    rows = area_rows(material, state, KEY, now=shown.areas)
    named = rows.rows if len(rows.rows) <= MOST_NAMES else ()
    return FirstPage(
        shown.verdict,
        tuple({"tile": t, "gauge": _gauge(t), "bars": _bars(t.parts)} for t in shown.tiles),
        _map(material, map_classes(material, state, KEY, shown.areas)),
        rows,
        tuple(_row(rows, r) for r in named),
    )


@dataclass(frozen=True)
class OnScale:
    """A figure on a scale from nought, in per cent of its width; None for what is not known.

    Attributes
    ----------
    dot, low, wide : the figure, where its range begins, and how wide it is
    mark : the same statistic of the comparison areas
    half : (begin, width, median) of the middle half of the comparison areas
    hollow : whether the dot is that of comparison areas
    """

    dot: Optional[float]
    low: Optional[float] = None
    wide: Optional[float] = None
    mark: Optional[float] = None
    half: Optional[tuple[Optional[float], ...]] = None
    hollow: bool = False

    @classmethod
    def of(cls, value: float, low: float, high: float, top: float, **more: Any) -> OnScale:
        """A figure with its range on a scale that ends at `top`.

        >>> OnScale.of(5.0, 4.0, 8.0, 10.0)
        OnScale(dot=50.0, low=40.0, wide=40.0, mark=None, half=None, hollow=False)
        """
        begin, end = percent(low, top), percent(high, top)
        if begin is None or end is None:
            return cls(percent(value, top), **more)
        return cls(percent(value, top), begin, round(end - begin, 2), **more)


def percent(value: float, top: float) -> Optional[float]:
    """A place on a scale from nought, in per cent; None for what is not known."""
    return round(100 * min(max(value / top, 0.0), 1.0), 2) if known(value) and top > 0 else None


def _gauge(tile: Tile) -> Optional[OnScale]:
    gauge = tile.gauge
    if gauge is None:
        return None
    return OnScale.of(gauge.value, gauge.low, gauge.high, gauge.top, mark=percent(gauge.comparison, gauge.top))


def _bars(parts: Sequence[Part]) -> tuple[tuple[tuple[str, float], ...], ...]:
    """How officers moved here, and below it in the comparison areas, as (mode, its part of the bar in per cent)."""
    bars = []
    for field in ("percent", "comparison"):
        values = [(p.mode, float(getattr(p, field))) for p in parts]
        whole = sum(v for _, v in values if math.isfinite(v))
        if whole > 0:
            bars.append(tuple((mode, round(100 * v / whole, 2)) for mode, v in values if math.isfinite(v)))
    return tuple(bars)


def _map(material: Material, classes: MapClasses) -> Optional[dict[str, Any]]:
    shapes = {a: g for a, g in material.outlines.items() if a in classes.area_ids}
    found = outlines(shapes)
    if not found["rings"]:
        return None
    roles, names = (dict(zip(material.areas["area_id"], material.areas[c].astype(str))) for c in ("role", "name"))
    areas = [
        {"path": _path(found["rings"][a], found["height"]), "class": int(c), "role": roles[a], "name": names[a]}
        for a, c in zip(classes.area_ids, classes.classes)
        if a in found["rings"]
    ]
    pad = 0.03 * max(found["width"], found["height"], 1)
    frame = [-pad, -pad, found["width"] + 2 * pad, found["height"] + 2 * pad]
    return {
        "frame": " ".join(str(round(x)) for x in frame),
        "areas": areas,
        "title": classes.title,
        "labels": classes.labels,
        "unknown": bool((classes.classes == NOT_KNOWN).any()),
        "hatch": round(frame[2] / 520, 2),
    }


def _path(rings: Sequence[Sequence[Sequence[int]]], height: int) -> str:
    return "".join("M" + "L".join(f"{x} {height - y}" for x, y in ring) + "Z" for ring in rings)


def _row(rows: AreaRows, row: AreaRow) -> dict[str, Any]:
    half, top = rows.comparison, rows.top
    band = None if half is None else tuple(percent(x, top) for x in (half[0], half[2] - half[0], half[1]))
    return {
        "row": row,
        "words": row.words(rows.measure),
        "bare": rows.bare(row.value),
        "scale": OnScale.of(row.value, row.low, row.high, top, half=band),
        "weeks": _line(row.weeks.tolist(), rows.top_of_weeks),
    }


def _line(values: Sequence[float], top: float) -> str:
    """The path of a line of weeks from nought, broken where a week is not known."""
    step, path, pen = (WIDTH - 4) / max(len(values) - 1, 1), [], "M"
    for i, value in enumerate(values):
        if not known(value):
            pen = "M"
            continue
        path.append(f"{pen}{round(2 + i * step, 1)} {round(HEIGHT - 2 - (HEIGHT - 4) * value / (top or 1.0), 1)}")
        pen = "L"
    return "".join(path)


__all__ = ["FirstPage", "OnScale", "first_page"]
