"""What each audience is shown of officers' time, all officers together: one rule an audience, whichever door it comes through.

- **Dock, and who reads the store** (analysts, and inspectors beside them): what the summary holds, each hour from the night after. They
  sit where the store is, and its folder's permissions hold the line. What is copied from the dock is for a board: how fewer than five
  officers moved stands in neither (:func:`~ia_plugin.core.material.mode_ranges.whys_untold`), unless restricted cells are looked at.
- **board** (page, briefing sheets, answers, report): files, which are passed on. Nothing of the last seven days is told by the hour, for a
  leaked file must not show when an area that is patrolled today is not; of these days whole days are told, and a filter of hours
  ends before them. What sets one place and one period before a reader (sheets, answers, report) withholds how officers moved and
  in which hours where fewer than five were, for it would tell what one of them did; the place's total stays. The page answers any
  filter from what the summary holds of all officers together each night (METHODS §6), as the dock without how fewer than five moved.
  What names fewer than five officers, a split by unit, department, role or resource, is merged into "other"
  (:mod:`~ia_plugin.core.answers.board_groups`); sexual and domestic offences on the page are told by closed week.
- **public**: as a board by the hour; further, places of fewer than five officers are in no table, and numbers are rounded
  (:mod:`~ia_plugin.core.answers.public`).
- **restricted**: nothing is withheld, and the purpose is recorded.

METHODS §6. The rules of the page's data, which follow from the board's, are in :mod:`~ia_plugin.core.inspector_page.released`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Optional

import pandas as pd

from ..filter_state import FilterState, day_in_words
from ..material.records import last_whole_day
from ..material.summary_tables import Material
from ..sentence import sentence
from ..times.civil import pandas_zone

AS_TOTALS = 7  # days at the end that are told as totals of whole days
RESTRICTED = "restricted"


def last_day(material: Material) -> Optional[date]:
    """The last civil day that the data hold whole: of officers' time, or of events where there is none; None without one."""
    last = material.days[1]
    if last is None:
        return last_whole_day(material)
    end = pd.Timestamp(int(material.time_use.moments.max()), tz="UTC").tz_convert(pandas_zone(material.timezone))
    return last if last < end.date() or end.hour == 23 else None


def hours_until(last: date, wraps: bool = False) -> date:
    """The last civil day that a board and the public are told by the hour.

    Parameters
    ----------
    last : the last day of the data
    wraps : of a filter of nights, whose hours after midnight belong to the evening before

    Examples
    --------
    >>> hours_until(date(2024, 7, 4)), hours_until(date(2024, 7, 4), wraps=True)
    (datetime.date(2024, 6, 27), datetime.date(2024, 6, 26))
    """
    return last - timedelta(days=AS_TOTALS + wraps)


def by_the_hour(material: Material, state: FilterState, audience: str) -> tuple[Optional[FilterState], str]:
    """The filter of what an audience is told by the hour of the day, and a sentence where that is less than the filter asks.

    None where all its days are told as whole days alone.

    Examples
    --------
    Of data to 4 July a board's June ends, by the hour, with the 27th: "By the hour, figures end on 27 Jun 2024; of later days whole
    days are shown."
    """
    last = last_day(material)
    if audience == RESTRICTED or last is None:
        return state, ""
    end = hours_until(last, state.wraps)
    if state.last is not None and state.last <= end:
        return state, ""
    if state.first is not None and state.first > end:
        return None, hours_end(end)
    return replace(state, last=end), hours_end(end)


def asked_by(material: Material, state: FilterState, audience: str) -> tuple[FilterState, str]:
    """A filter as an audience may ask it, and a sentence where that is not what was asked: with hours of the day it ends with the
    last day told by the hour; where no such day is left it keeps all hours."""
    if state.any_hour:
        return state, ""
    found, note = by_the_hour(material, state, audience)
    return found or replace(state, hour_from=0, hour_to=24), note


def hours_end(day: date) -> str:
    """That a filter of hours ends before the last days, which are told as totals.

    >>> hours_end(date(2024, 6, 27))
    'By the hour, figures end on 27 Jun 2024; of later days whole days are shown.'
    """
    return sentence("By the hour, figures end on {day}; of later days whole days are shown.", day=day_in_words(day))


def in_full(material: Material) -> Material:
    """The material as a restricted audience may read it: how fewer than five officers moved stands in it.

    Examples
    --------
    ``in_full(material)`` of an area with two officers has the shares on foot and in a vehicle; `material` says "fewer than five officers".
    """
    return material.memo.once("in full", lambda: replace(material, in_full=True)) if not material.in_full else material


def as_read_by(audience: str, material: Material) -> Material:
    """The material that an audience's figures are drawn from: in full for a restricted one."""
    return in_full(material) if audience == RESTRICTED else material


__all__ = ["AS_TOTALS", "as_read_by", "asked_by", "by_the_hour", "hours_end", "hours_until", "in_full", "last_day"]
