"""What a page says of its rules of release: the sentences of ``resources/page/engine``, where translators and readers find them."""

from __future__ import annotations

from ..sentence import phrase, sentence
from ..words import count_of

ONE_WEEK_ALONE = phrase("Sexual and domestic offences are counted in whole closed weeks alone, not in this period.")
WEEKS_ALONE = phrase("sexual and domestic offences are counted in whole closed weeks alone")
NOT_BY_DAY = phrase(
    "Sexual and domestic offences are counted here, but in no change and no chart of days or hours: they are told by the week alone."
)
WHOLE_DAYS = phrase("activities are told of whole days: choose all hours")
ALL_MODES = phrase("activities are told of all modes together: choose no mode")


def in_closed_weeks(records: int) -> str:
    """That sensitive categories are not counted, and how many of them the closed weeks that a period touches have.

    >>> in_closed_weeks(3)[-42:]
    'period: 3 records in the weeks it touches.'
    """
    if not records:
        return ONE_WEEK_ALONE
    return sentence(
        "Sexual and domestic offences are counted in whole closed weeks alone, not in this period: {records} in the weeks it touches.",
        records=count_of(records, "records"),
    )


__all__ = ["ALL_MODES", "NOT_BY_DAY", "ONE_WEEK_ALONE", "WEEKS_ALONE", "WHOLE_DAYS", "in_closed_weeks"]
