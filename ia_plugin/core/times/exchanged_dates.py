"""Whether a spreadsheet has read a part of a column's dates the wrong way round.

Opened on a computer that writes the month first, 03/06/2024 becomes the real date of 6 March, and 13/06/2024, which it
cannot read, stays text. Such a column has real dates (or 2024-03-06) of days up to 12 alone beside texts of days above 12
alone. That split is the sign; how close together the dates lie as they stand, and exchanged back, tells honest mixtures.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..arrays import Array
from ..errors import TimeError
from .date_order import DAY_FIRST, FOUND, MONTH_FIRST, DateEvidence, Settled, closer, exchanged_back, in_words, is_stray
from .months import day_of_month

_SELDOM = 0.001  # honest columns split so by chance more seldom than this are refused
_UP_TO_12, _ABOVE_12 = 12 / 30.4, 18.4 / 30.4  # shares of days


def exchanged(evidence: DateEvidence, name: str, asked: str = FOUND) -> Optional[Settled]:
    """What there is to say of a column whose dates split as those that a spreadsheet exchanged; None where they do not.

    Parameters
    ----------
    evidence : of the whole column as far as it is known
    asked : the order that the user gave, "found" where none

    Raises
    ------
    TimeError
        with both readings, where no order was given and chance can hardly have split them so.
    """
    order = next((o for o in (DAY_FIRST, MONTH_FIRST) if evidence.telling[o]), None)
    sure = evidence.sure
    if order is None or not len(sure.days) or evidence.contradicts(order) or not is_stray(sure.above, sure.count):
        return None
    n_texts = evidence.telling[order]
    if not is_stray(evidence.either, n_texts):
        return None
    back = exchanged_back(sure.days)
    spans = [_span(days, evidence.days[order]) for days in (sure.days, back)]
    if (back == sure.days).all() or closer(spans[0], spans[1]):
        return None
    together = closer(spans[1], spans[0])
    both = len(sure.days) > 1 and n_texts > 1
    # A day that was a month is one of the months that the texts are of.
    of_their_months = np.isin(day_of_month(sure.days), list(evidence.months[order])).mean() >= 0.5
    by_chance = _UP_TO_12 ** len(sure.days) * _ABOVE_12**n_texts
    if not together and not (both and of_their_months):
        return None
    words = _words(evidence, order, name)
    if asked == FOUND and both and (len(sure.days) + n_texts > 4 if together else by_chance < _SELDOM):
        raise TimeError(
            words + ".",
            f"Import the extract as it was before a spreadsheet opened it; or type DATE_ORDER={order} if the dates are right as "
            "they stand.",
        )
    return Settled(order, words + "; they were read as they stand", doubtful=True)


def refuse_year_day_month(evidence: DateEvidence, name: str) -> None:
    """Refuse a column of 2024-13-06: days above 12 could not be read, and those up to 12 would be read as months.

    A few among dates that can only have the month second are slips, and rows that cannot be read.
    """
    sure = evidence.sure
    if sure.day_second_example is None or not sure.count or sure.day_second <= sure.above:
        return
    text, row = sure.day_second_example
    raise TimeError(
        f"{sure.day_second:,} dates of column {name!r} have the day before the month behind the year ({text!r}, row {row}): "
        f"{sure.count - sure.above:,} others can be read with the month there, and would be of another day.",
        "Export the column with the month second (2024-06-30), or as 30/06/2024.",
    )


def _words(evidence: DateEvidence, order: str, name: str) -> str:
    sure = evidence.sure
    text, row, day = sure.example or ("", 0, 0)
    back = int(exchanged_back(np.array([day]))[0])
    return (
        f"dates of {name!r} may have day and month exchanged by a spreadsheet: the real dates, or those written as such "
        f"({sure.count:,}), are all of days up to 12, the texts such as {evidence.only_example!r} ({evidence.telling[order]:,}) all of "
        f"days above 12. {text!r} (row {row}) is {in_words(day)} as it stands and {in_words(back)} exchanged back"
    )


def _span(days: Array, texts: tuple[int, int]) -> int:
    return int(max(days.max(), texts[1]) - min(days.min(), texts[0]))
