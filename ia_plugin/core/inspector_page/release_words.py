"""What a page says of its rules of release: the sentences of ``resources/page/engine``, where translators and readers find them."""

from __future__ import annotations

from datetime import date

from ..filter_state import day_in_words
from ..sentence import phrase, sentence
from ..words import count_of

ONE_WEEK_ALONE = phrase("Sexual and domestic offences are counted in whole closed weeks alone, not in this period.")
WEEKS_ALONE = phrase("sexual and domestic offences are counted in whole closed weeks alone")
NOT_BY_DAY = phrase(
    "Sexual and domestic offences are counted here, but in no change and no chart of days or hours: they are told by the week alone."
)
WHOLE_DAYS = phrase("activities are told of whole days: choose all hours")
NOT_BY_HOUR = phrase("the last seven days are shown as whole days alone")
ALL_MODES = phrase("activities are told of all modes together: choose no mode")


def whole_weeks_end(day: date, last: date) -> str:
    """That a filter of hours ends before the last days, and of a period of whole weeks with the last whole one before it.

    >>> whole_weeks_end(date(2024, 6, 27), date(2024, 6, 23)).split(", so that")[0]
    'By the hour, figures end on 27 Jun 2024; of this period its whole weeks are shown, to 23 Jun 2024'
    """
    return sentence(
        "By the hour, figures end on {day}; of this period its whole weeks are shown, to {last}, so that the period before has the same weekdays.",
        day=day_in_words(day),
        last=day_in_words(last),
    )


def ranges_no_narrower(day: date) -> str:
    """That ranges by mode of several areas may be wider on the page than elsewhere: of days told as totals nobody knows from it how
    many officers they had together in an hour, and fewer known officers make a wider range.

    >>> ranges_no_narrower(date(2024, 6, 27)).partition("days ")[2]
    'the ranges of how officers moved in several areas together may be wider than in QGIS.'
    """
    return sentence(
        "By the hour, figures end on {day}: with later days the ranges of how officers moved in several areas together may be wider than in QGIS.",
        day=day_in_words(day),
    )


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


__all__ = [
    "ALL_MODES",
    "NOT_BY_DAY",
    "NOT_BY_HOUR",
    "ONE_WEEK_ALONE",
    "WEEKS_ALONE",
    "WHOLE_DAYS",
    "in_closed_weeks",
    "ranges_no_narrower",
    "whole_weeks_end",
]
