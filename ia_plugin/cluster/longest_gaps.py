"""The longest gap of each source, of intervals that are counted where the fixes lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from ..core.tracks import LONGEST_INTERVAL_S, gap_limit
from .packed_fixes import DAY_US
from .spans import SpanOfDays


def intervals_of(rows: pd.DataFrame, span: SpanOfDays) -> pd.DataFrame:
    """How many intervals of each length begin on the days of a span: ``source, ms, n``.

    Parameters
    ----------
    rows : ``officer_id, us`` and perhaps ``source``, all fixes of some officers on the days that the span reads
    """
    ms = rows["us"].to_numpy(dtype=np.int64) // 1_000
    officer, _ = pd.factorize(rows["officer_id"])
    order = np.lexsort((ms, officer))
    ms, officer = ms[order], officer[order]
    source = rows["source"].fillna("").to_numpy(dtype=object)[order] if "source" in rows.columns else ""
    step, day = np.diff(ms), ms[:-1] * 1_000 // DAY_US
    taken = (np.diff(officer) == 0) & (officer[:-1] >= 0) & (step > 0) & (step <= LONGEST_INTERVAL_S * 1_000)
    taken &= (day >= span.first) & (day < span.after)
    of = source if isinstance(source, str) else source[:-1][taken]
    steps = pd.DataFrame({"source": of, "ms": step[taken]})
    return steps.groupby(["source", "ms"], as_index=False).size().rename(columns={"size": "n"})


def limits_of(counted: pd.DataFrame, sources: Iterable[str]) -> dict[str, float]:
    """Source -> longest gap, seconds, as :func:`~ia_plugin.core.tracks.gap_limits` measures it of all fixes.

    Parameters
    ----------
    counted : rows of :func:`intervals_of`, of all fixes
    sources : all there are; one without an interval has the shortest limit

    Examples
    --------
    >>> limits_of(pd.DataFrame({"source": ["a", "a"], "ms": [60_000, 900_000], "n": [2, 2]}), ["a", "b"])
    {'a': 1200.0, 'b': 900.0}
    """
    medians: Mapping[str, float] = {str(s): _median_s(rows) for s, rows in counted.groupby("source")}
    return {s: float(gap_limit(medians.get(s, 0.0))) for s in sorted(sources)}


def _median_s(rows: pd.DataFrame) -> float:
    rows = rows.sort_values("ms")
    until, ms = rows["n"].cumsum().to_numpy(), rows["ms"].to_numpy()
    middle = [(until[-1] - 1) // 2, until[-1] // 2]
    return float((ms[np.searchsorted(until, middle, side="right")] / 1e3).mean())
