"""How a figure stands to the earlier period: more, fewer, or no clear change, and why that cannot be told.

METHODS, *Verdict*, *Earlier*: where the periods may be compared (:func:`~ia_plugin.core.material.earlier.why_not_compared`), a 90 %
interval from the estimate's own variance and the day-to-day variance within weekdays (of counts: Poisson, never less); a change
is stated only where the interval leaves out none. Fewer than ten, of records or of hours, in either period have no percentage: of
one search after eight it would be "−99 to +13,163 %". The earlier figure itself may stand beside, none among them: it was observed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ..arrays import Floats
from ..evaluation.baseline import LEAST_HOURS
from ..evaluation.student_t import t_quantile
from ..filter_state import FilterState
from ..material.days import weekdays_of
from ..material.earlier import why_not_compared
from ..material.figures import earlier_of
from ..material.flows import by_day
from ..material.measures import Value
from ..material.summary_tables import Material
from ..presence.likely import Z90
from ..sentence import phrase, sentence
from ..suppression import LEAST_OF_PERCENT
from ..words import LIKELY, amount, number

LEVEL = LIKELY
NOT_CLEAR = phrase("no clear change")
FILTERED = phrase("Asked of whole months: not compared")


@dataclass(frozen=True)
class Change:
    """A figure beside the earlier period's.

    Attributes
    ----------
    word : "more", "fewer", "no clear change"; blank where it is not told
    low, high : ends of the interval of the change, per cent; NaN where it is not told
    why : why it is not told
    small : whether that is since there are too few for a percentage, so that the earlier figure may be read beside it
    """

    word: str = ""
    low: float = math.nan
    high: float = math.nan
    why: str = ""
    small: bool = False

    @property
    def sentence(self) -> str:
        """ "no clear change (−9 to +4 %)", "fewer (−21 to −4 %)", "no percentage of under 10", "not compared: a note cuts the period"."""
        if self.small:
            return self.why
        if not self.word:
            return sentence("not compared: {why}", why=self.why) if self.why else ""
        return sentence("{word} ({low} to {high} %)", word=self.word, low=_signed(self.low), high=_signed(self.high))

    @property
    def arrow(self) -> str:
        """↑ or ↓ where the change is clear; blank otherwise."""
        return {"more": "↑", "fewer": "↓"}.get(self.word, "")


@dataclass(frozen=True, eq=False)
class Daily:
    """Amounts of the days of a period, NaN where there are no data, and the relative standard error of their sum as an estimate."""

    days: NDArray[np.datetime64]
    values: Floats
    error: float = 0.0

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.isfinite(self.values)

    @property
    def sum(self) -> float:
        return float(np.nansum(self.values))

    @property
    def weekdays(self) -> NDArray[np.int64]:
        """Monday is 0."""
        return weekdays_of(self.days)


def change(now: Daily, before: Daily, *, counts: bool) -> Change:
    """The change of a sum between two periods of the same weekdays.

    Parameters
    ----------
    counts : whether amounts are counts, whose days vary by chance at the least as Poisson's law has it

    Examples
    --------
    >>> days = np.arange("2024-06-03", "2024-07-01", dtype="datetime64[D]")
    >>> level = 10.0 + np.tile([0.0, 1, 0, 1], 7)
    >>> found = change(Daily(days, 2 * level), Daily(days - np.timedelta64(28, "D"), level), counts=False)
    >>> found.word, found.sentence
    ('more', 'more (+95 to +105 %)')
    """
    least = float(LEAST_OF_PERCENT) if counts else LEAST_HOURS
    if min(now.sum, before.sum) < least:
        words = amount(least, "" if counts else "h")
        return Change(why=sentence("no percentage of under {least}", least=words), small=True)
    factor = now.sum / now.known.sum() / (before.sum / before.known.sum())
    spread, degrees = _spread(now, before)
    if degrees < 1:
        return Change(why=phrase("too few days to tell by how much days differ"))
    if counts:
        expected = np.mean([p.sum / p.known.sum() for p in (now, before)])
        # The variance of a day ÷ its mean; less than Poisson's is chance.
        dispersion = max(1.0, spread * float(expected))
        variance = dispersion * (1 / now.sum + 1 / before.sum)
    else:
        variance = spread * (1 / now.known.sum() + 1 / before.known.sum()) + now.error**2 + before.error**2
    half = t_quantile(0.5 + LEVEL / 2, degrees) * math.sqrt(variance)
    low, high = (100 * (factor * math.exp(side * half) - 1) for side in (-1, 1))
    word = phrase("more") if low > 0 else phrase("fewer") if high < 0 else NOT_CLEAR
    return Change(word, low, high)


def _spread(now: Daily, before: Daily) -> tuple[float, int]:
    """Variance of a day ÷ the square of its period's mean, within weekdays, and its degrees of freedom."""
    parts = [p.values[p.known] / (p.sum / p.known.sum()) for p in (now, before)]
    values, weekday = np.concatenate(parts), np.concatenate([p.weekdays[p.known] for p in (now, before)])
    n = np.bincount(weekday, minlength=7)
    mean = np.bincount(weekday, weights=values, minlength=7) / np.maximum(n, 1)
    degrees = int(len(values) - (n > 0).sum() - 1)  # one for the periods' two means beside those of the weekdays
    return float(((values - mean[weekday]) ** 2).sum()) / max(degrees, 1), degrees


def change_of(
    material: Material,
    state: FilterState,
    what: str,
    comparison: str = "before",
    values: Optional[tuple[Value, Value]] = None,
) -> Change:
    """The change of officers' time or of a count in the places of a filter since the earlier period, or why it is not told.

    Parameters
    ----------
    what : presence, crimes, incidents or searches
    comparison : as of :func:`~ia_plugin.core.material.figures.figures`
    values : officer hours of the period and the earlier one, whose ranges are the estimate's own error
    """
    earlier = earlier_of(state, comparison)
    if earlier is None:
        return Change()
    why = why_not_compared(material, state, earlier, what)
    if why:
        return Change(why=why)
    found = []
    for span, value in zip((state, earlier), values or (None, None)):
        flow, days, amounts = by_day(material, span, what)
        if flow.why:
            return Change(why=flow.why)
        found.append(Daily(days, amounts, _error(value)))
    return change(found[0], found[1], counts=what != "presence")


def _error(value: Optional[Value]) -> float:
    """Relative standard error of an estimate by its likely range; the upper end is never cut off at nought."""
    if value is None or not (value.value > 0 and math.isfinite(value.high)):
        return 0.0
    return (value.high - value.value) / (Z90 * value.value)


def _signed(percent: float) -> str:
    """Whole per cent with its sign."""
    text = number(float(round(percent)))
    return text if percent < 0 or text == "0" else f"+{text}"


__all__ = ["Change", "Daily", "change", "change_of"]
