"""Days of a spreadsheet that may be counted from 1904: the same number is four years and a day later there.

Old Macintosh workbooks count from 1904 and say so inside; a table saved from one does not. Dates that come out four years
before those beside them are doubted, and read as they stand.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..arrays import Array

LATER = 1462
"""Days by which a number means a later date where it is counted from 1904."""
_YEARS = 3 * 365  # apart at least
_NEAR = 183  # days within which dates of one file lie together
_SAME = 31


def doubt_1904(serials: Array, others: Array, name: str) -> Optional[tuple[str, int]]:
    """What there is to say of the numbers of column `name`, and of how many of them; None where nothing is.

    Parameters
    ----------
    serials : int64 (n,), days since 1970 of the numbers, counted from 1900
    others : int64 (m,), days since 1970 of dates of the file that were written otherwise

    >>> doubt_1904(np.array([18415, 18416]), np.array([19877, 19878]), "start")[1]
    2
    """
    early = 0
    if len(serials) and len(others):
        gap = np.median(others) - np.median(serials)
        early = len(serials) if gap > _YEARS and abs(gap - LATER) <= _NEAR else 0
    if not early and len(serials) > 1:
        early = _early_part(np.sort(serials))
    if not early:
        return None
    return (
        f"times of {name!r} are days of a spreadsheet that come out about four years before the others: they may be counted from "
        f"1904. If they are, add {LATER:,} to each, or save the workbook itself as .xlsx and import that",
        early,
    )


def _early_part(days: Array) -> int:
    """How many days, in their order, stand before a gap beyond which the others are four years later."""
    at = int(np.argmax(np.diff(days))) + 1
    low, high = days[:at], days[at:]
    shifted = np.median(low) + LATER
    apart = high[0] - low[-1] > _YEARS
    return len(low) if apart and high[0] - _SAME <= shifted <= high[-1] + _SAME else 0
