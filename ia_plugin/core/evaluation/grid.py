"""Rows of areas and periods laid out as a grid of cells, for the fits: what is missing is marked, what has no event left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Optional, Union

import numpy as np
import pandas as pd

from ..arrays import Array, Bools, Floats, Rows
from ..errors import DataRangeError, EstimateError
from ..words import number, so_many

Column = Union[Array, Sequence[float], None]
Labels = Union[Array, Sequence[object]]


@dataclass(frozen=True, eq=False)
class Grid:
    """A panel as arrays (units, levels): areas are the units, or periods where there are more of them.

    Attributes
    ----------
    y : counts times weights; 0 where there is no row
    x : (k, units, levels) regressors, 0 where there is no row
    base : log of exposure and weight; −inf where there is no row
    offset : log of exposure alone; −inf where there is no row
    expected : fitted counts times weights; zeros before a fit
    rows : (n,) the cell of each row among ``units * levels``, −1 for a row that takes no part
    areas, periods, areas_dropped, periods_dropped : their names
    """

    y: Floats
    x: Floats
    base: Floats
    offset: Floats
    expected: Floats
    rows: Rows
    areas: tuple[object, ...]
    periods: tuple[object, ...]
    areas_dropped: tuple[object, ...]
    periods_dropped: tuple[object, ...]
    areas_are_units: bool
    events: float

    @property
    def k(self) -> int:
        """How many regressors there are."""
        return len(self.x)

    @property
    def there(self) -> Bools:
        """Cells that have a row."""
        return np.asarray(np.isfinite(self.base))

    @property
    def weights(self) -> Floats:
        """Weights of the cells; 1 where there is no row."""
        base, offset = (np.where(self.there, v, 0.0) for v in (self.base, self.offset))
        out: Floats = np.exp(base - offset)
        return out

    def with_x(self, x: Floats) -> Grid:
        """The same panel with other regressors."""
        return replace(self, x=x)

    def with_expected(self, expected: Floats) -> Grid:
        """The same panel with its fitted counts."""
        return replace(self, expected=expected)

    def independent(self) -> Floats:
        """Counts as they would be had areas and periods nothing to do with each other: weights to begin with."""
        out: Floats = np.where(self.there, np.outer(self.y.sum(axis=1), self.y.sum(axis=0)) / self.y.sum(), 0.0)
        return out

    @staticmethod
    def start_of_levels(y: Floats, base: Floats) -> Floats:
        """Effects of levels to begin with, from their counts and exposure."""
        counts = y.sum(axis=0)
        highest = np.max(base, where=np.isfinite(base), initial=-np.inf)
        exposed = np.exp(base - (highest if np.isfinite(highest) else 0.0)).sum(axis=0)
        out: Floats = np.log(np.where((counts > 0) & (exposed > 0), counts / np.where(exposed > 0, exposed, 1.0), 1.0))
        return out

    def cells(self, columns: Floats) -> Floats:
        """Columns (k, n) laid out as cells (k, units, levels), 0 where there is no row."""
        out = np.zeros((len(columns), self.y.size))
        part = self.rows >= 0
        out[:, self.rows[part]] = columns[:, part]
        return out.reshape(len(columns), *self.y.shape)

    def fitted(self) -> Floats:
        """Expected counts (n,) of the rows, weights taken out; NaN for rows that take no part."""
        cells = (self.expected / self.weights).ravel()
        out: Floats = np.where(self.rows >= 0, cells[self.rows], np.nan)
        return out

    def dispersion(self) -> float:
        """Pearson's φ."""
        some = self.there & (self.expected > 0)
        cells = int(self.there.sum())
        free = cells - sum(self.y.shape) + 1 - self.k
        if free <= 0:
            return float("nan")
        weight = float(self.weights[self.there].mean())
        return float(((self.y - self.expected)[some] ** 2 / self.expected[some]).sum() / free / weight)

    def dealt(self, orders: Rows, reweigh: Optional[Callable[[Rows], Floats]] = None) -> tuple[Floats, Floats, Floats]:
        """x, y, base of panels (fits, …) whose areas have each other's histories of x."""
        axis = 1 if self.areas_are_units else 2
        x = np.moveaxis(np.take(self.x, orders, axis=axis), axis, 0)
        known = np.moveaxis(np.take(self.there, orders, axis=axis - 1), axis - 1, 0)
        if known.all() and reweigh is None:
            return x, self.y[None], self.base[None]
        y, base = self.y, self.base
        if reweigh is not None:
            weights = np.stack([np.asarray(reweigh(order), dtype=np.float64) for order in orders])
            y, base = self._weighted(weights[:, :, None] if axis == 1 else weights[:, None, :])
        return (x, *_without_empty_levels(np.where(known, y, 0.0), np.where(known, base, -np.inf)))

    def without(
        self, left_out: Rows, weights_without: Optional[Callable[[object], Floats]] = None
    ) -> tuple[Floats, Floats]:
        """y and base of panels (fits, units, levels), each without one of the areas."""
        y, base = (np.repeat(a[None], len(left_out), axis=0) for a in (self.y, self.base))
        if weights_without is not None:
            rows = np.stack([np.asarray(weights_without(self.areas[i]), dtype=np.float64) for i in left_out])
            y, base = self._weighted(self.cells(rows))
        fits = np.arange(len(left_out))
        at = (fits, left_out) if self.areas_are_units else (fits, slice(None), left_out)
        y[at], base[at] = 0.0, -np.inf
        return _without_empty_levels(y, base)

    def _weighted(self, weights: Floats) -> tuple[Floats, Floats]:
        """y and base under other weights (fits, units, levels), or shapes that fit them."""
        with np.errstate(divide="ignore"):
            return self.y / self.weights * weights, self.offset + np.log(weights)


def grid_of(
    y: Column, x: Column, *, area: Labels, period: Labels, offset: Column = None, weights: Column = None
) -> Grid:
    """Lay rows out as a grid; see :func:`~.poisson.fit_poisson` for what is refused."""
    counts, columns, logs, weight = _columns(y, x, offset, weights)
    names = [_labels(v, len(counts), what) for v, what in ((area, "area"), (period, "period"))]
    part = _telling(counts * weight, weight > 0, [codes for codes, _ in names])
    # What takes part is numbered anew; what lost its rows by weight 0 alone is not dropped for saying nothing.
    kept, dropped = [], []
    for codes, labels in names:
        given, left = (np.bincount(codes[rows], minlength=len(labels)) > 0 for rows in (weight > 0, part))
        kept.append(np.flatnonzero(left))
        dropped.append(tuple(labels[i] for i in np.flatnonzero(given & ~left)))
    if len(kept[0]) < 2 or len(kept[1]) < 2:
        # Of one area every period is seen once only and drops out: what was given tells more than what is left.
        whole = [so_many(len(labels), what) for (_, labels), what in zip(names, ("areas", "periods"))]
        rest = [so_many(len(k), what) for k, what in zip(kept, ("areas", "periods"))]
        raise EstimateError(
            f"Of {whole[0]} and {whole[1]}, {rest[0]} and {rest[1]} have events and can be compared; two of each are the least.",
            "Take more areas, a longer time, shorter periods, or a commoner type of event.",
        )
    area_code, period_code = (np.searchsorted(k, codes) for k, (codes, _) in zip(kept, names))
    units_are_areas = len(kept[0]) >= len(kept[1])
    shape = (len(kept[0]), len(kept[1])) if units_are_areas else (len(kept[1]), len(kept[0]))
    unit, level = (area_code, period_code) if units_are_areas else (period_code, area_code)
    cell = np.where(part, unit * shape[1] + level, -1)
    _refuse_twice(cell[part], names, np.flatnonzero(part))

    def cells(values: Floats, empty: float) -> Floats:
        out = np.full((*values.shape[:-1], shape[0] * shape[1]), empty)
        out[..., cell[part]] = values[..., part]
        return out.reshape(*values.shape[:-1], *shape)

    base = cells(logs + np.log(np.where(part, weight, 1.0)), -np.inf)
    return Grid(
        y=cells(counts * weight, 0.0),
        x=cells(columns, 0.0),
        base=base,
        offset=cells(logs, -np.inf),
        expected=np.zeros(shape),
        rows=cell,
        areas=tuple(names[0][1][i] for i in kept[0]),
        periods=tuple(names[1][1][i] for i in kept[1]),
        areas_dropped=dropped[0],
        periods_dropped=dropped[1],
        areas_are_units=units_are_areas,
        events=float(counts[part].sum()),
    )


def _telling(events: Floats, part: Bools, codes: Sequence[Rows]) -> Bools:
    """Rows of areas and periods that say something: with an event, and seen more than once; one that goes may take others along."""
    part = part.copy()
    while True:
        before = int(part.sum())
        for of in codes:
            size = int(of.max()) + 1
            some = (np.bincount(of[part], events[part], size) > 0) & (np.bincount(of[part], minlength=size) > 1)
            part &= some[of]
        if int(part.sum()) == before:
            return part


def _columns(y: Column, x: Column, offset: Column, weights: Column) -> tuple[Floats, Floats, Floats, Floats]:
    counts, columns = _numbers(y, "y"), _numbers(x, "x", most=2)
    columns = columns[None] if columns.ndim == 1 else columns.T
    if not len(columns):
        raise DataRangeError("x has no column.", "Give one regressor at the least.")
    n = len(counts)
    if not n:
        raise EstimateError("There are no rows to fit.", "Give one for each area and period that was observed.")
    logs = np.zeros(n) if offset is None else _numbers(offset, "offset")
    weight = np.ones(n) if weights is None else _numbers(weights, "weights")
    for values, what in ((counts, "y"), (columns.T, "x"), (logs, "offset"), (weight, "weights")):
        if len(values) != n:
            raise DataRangeError(f"{what} has {len(values)} rows, y has {n}.", "Give one value for each row.")
        bad = ~np.isfinite(values) if values.ndim == 1 else ~np.isfinite(values).all(axis=1)
        if bad.any():
            raise DataRangeError(
                f"{what} has {int(bad.sum())} values that are no numbers (first in row {int(np.flatnonzero(bad)[0]) + 1}).",
                "Leave out the rows of periods that were not observed; an exposure of 0 has no logarithm.",
            )
    for values, what in ((counts, "y"), (weight, "weights")):
        if (values < 0).any():
            row = int(np.flatnonzero(values < 0)[0])
            raise DataRangeError(f"{what} has {number(values[row])} in row {row + 1}.", "Give numbers of 0 or more.")
    return counts, columns, logs, weight


def _numbers(values: Column, what: str, most: int = 1) -> Floats:
    """Values as numbers, (n,) or up to `most` dimensions; what is missing in any way of pandas' is NaN."""
    try:
        if isinstance(values, (pd.Series, pd.DataFrame)):
            found = np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan))
        else:
            found = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise DataRangeError(f"{what} has values that are no numbers.", "Give numbers, one for each row.") from None
    if not 1 <= found.ndim <= most:
        raise DataRangeError(
            f"{what} has the shape {found.shape}, which is not one value for each row.",
            "Give (n,) numbers" + (", or (n, k) of several regressors." if most > 1 else ", one for each row."),
        )
    return found


def _labels(values: Labels, n: int, what: str) -> tuple[Rows, list[object]]:
    if not pd.api.types.is_list_like(values) or getattr(values, "ndim", 1) != 1:
        raise DataRangeError(f"{what} is no column of labels.", f"Give one label for each of the {n:,} rows.")
    column = pd.Series(values, dtype=None if len(values) else object)
    if column.dtype == object and column.map(type).nunique() > 1:
        column = column.where(column.isna(), column.astype(str))  # numbers and texts have no order
    codes, labels = pd.factorize(column, sort=True)
    if len(codes) != n or (codes < 0).any():
        raise DataRangeError(f"{what} does not name every one of the {n} rows.", "Give one label for each row.")
    return np.asarray(codes, dtype=np.intp), list(labels)


def _refuse_twice(cell: Rows, names: list[tuple[Rows, list[object]]], at: Rows) -> None:
    order = np.argsort(cell, kind="stable")
    twice = np.flatnonzero(cell[order][1:] == cell[order][:-1])
    if len(twice):
        row = at[order[twice[0] + 1]]
        area, period = (labels[codes[row]] for codes, labels in names)
        raise DataRangeError(
            f"Area {area} has more than one row in period {period}.", "Add up the counts of an area and period first."
        )


def _without_empty_levels(y: Floats, base: Floats) -> tuple[Floats, Floats]:
    """Levels that have no count left take no part."""
    empty = y.sum(axis=1, keepdims=True) <= 0
    return y, np.where(empty, -np.inf, base)
