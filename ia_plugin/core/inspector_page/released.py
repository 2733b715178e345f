"""What of a material may leave in a page that a board reads: rules of release, the one place where they are made. For others there is
no page.

- The page ends with the last civil day that the data hold whole: of a day half told, two pages of one day would tell an hour.
- The last seven of its days are told as totals of whole days, officers' time and events alike: the rule of all that a board reads
  (:mod:`~ia_plugin.core.disclosure.audiences`).
- By unit, department, role or resource type closed months are told, as in the summary, once they end before those seven days:
  the blocks of hours of a later month, less its days told by the hour, would tell hours of the last seven.
- Sexual and domestic offences are told by area and closed calendar week alone: one that has ended before the last seven days
  and whose records have come in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Optional

import pandas as pd

from ..disclosure.audiences import RESTRICTED, hours_until, last_day
from ..disclosure.shown_texts import notes_for_board
from ..errors import EstimateError, ParameterError
from ..events.sensitive import is_sensitive, named_sensitive
from ..filter_state import last_sunday
from ..material.ask import refuse_restricted
from ..material.summary_tables import Material
from ..suppression import check_audience
from ..times.civil import pandas_zone

AUDIENCE = "board"


@dataclass(frozen=True, eq=False)
class Released:
    """A material as it may be in a page.

    Attributes
    ----------
    material : its figures are those of the page, but for sensitive categories; by group of closed months before the last days
    last : the last civil day of the page
    hours_until : the last civil day told by the hour; later days are totals
    sensitive : the categories that are told by closed week alone
    weeks_until : the Sunday that the last week with sensitive categories ends on; None where no week is closed
    """

    material: Material
    last: date
    hours_until: date
    sensitive: frozenset[str]
    weeks_until: Optional[date]


def released(material: Material, audience: str = AUDIENCE) -> Released:
    """What of a material may be in a page.

    Raises
    ------
    ParameterError
        for another audience than a board.
    PrivacyError
        for restricted cells.
    EstimateError
        where the data hold no whole day yet.

    Examples
    --------
    Of data to Friday 5 July 2024, 07:00, the page ends on Thursday 4 July; hours are told to 27 June, the month of June is not
    told by unit yet (it ends on the 30th), nor are sexual offences of the week from 24 June.
    """
    refuse_other(audience)
    refuse_restricted(material, audience)
    last = last_day(material)
    if last is None:
        raise EstimateError(
            "The data hold no whole day yet.", "Run Daily refresh with extracts of one day at the least."
        )
    until = hours_until(last)
    kept = replace(material, groups=_months_until(material, until), bands=None, notes=notes_for_board(material.notes))
    return Released(kept, last, until, sensitive_categories(material), _weeks_until(material, until))


def refuse_other(audience: str) -> None:
    """Refuse a page for others than a board.

    The page answers any filter. For the public each answer would be rounded for itself, and of many filters that differ by a day or
    an area the sums tell what each was rounded from; rounding days and hours beforehand would leave nothing of them. For a restricted
    audience the file would carry small groups to whoever has it, without the purpose that is asked and recorded.

    Raises
    ------
    ParameterError
        for the public and for a restricted audience, with what there is for them.
    """
    if check_audience(audience) == "public":
        raise ParameterError(
            "The inspector's page is not made for the public: the sums of its many filters would tell what was rounded.",
            "Choose board; for the public run Answers with AUDIENCE=public, which tells whole calendar months, rounded.",
        )
    if audience == RESTRICTED:
        raise ParameterError(
            "The inspector's page is not made for a restricted audience: it is a file that is passed on, and nobody is asked for a purpose.",
            "Choose board; the dashboard in QGIS tells small groups for a purpose, which is recorded.",
        )


def sensitive_categories(material: Material) -> frozenset[str]:
    """The categories of the events that tell of sexual or domestic offences, by the force's table or by their words."""
    table = material.events.table
    if not len(table):
        return frozenset()
    return frozenset(c for c in map(str, table["category"].cat.categories) if is_sensitive(c)) | named_sensitive(table)


def _months_until(material: Material, hours_until: date) -> Optional[pd.DataFrame]:
    """Rows of the closed months that end before the days told as totals; none of a summary that never made them."""
    table = material.groups
    if table is None or not len(table):
        return table
    begun = pd.DatetimeIndex(table["month"]).tz_convert(pandas_zone(material.timezone)).tz_localize(None)
    ends = begun + pd.offsets.MonthEnd(1)
    return table[ends <= pd.Timestamp(hours_until)].reset_index(drop=True)


def _weeks_until(material: Material, hours_until: date) -> Optional[date]:
    filled = [d.filled_to for d in material.delays.values() if d.known and d.filled_to is not None]
    return last_sunday(min([hours_until, *filled]))


__all__ = [
    "AUDIENCE",
    "Released",
    "refuse_other",
    "released",
    "sensitive_categories",
]
