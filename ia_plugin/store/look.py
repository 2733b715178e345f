"""The restricted cells of a few days, for a stated purpose: the look is recorded before it is made, and what cannot be recorded is not shown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Union

import pandas as pd

from ..core.columns import COVER, OFFICERS_SEEN, TABLES, TIME_USE, VISIT_LENGTHS
from ..core.empty import empty_table
from ..core.errors import PrivacyError, StoreError
from ..core.filter_state import FilterState
from ..core.material.own_area import OWN
from ..core.material.summary_tables import Material
from ..core.params import LONGEST_PURPOSE, PURPOSES
from ..core.sentence import phrase, sentence
from ..gpkg.geopackage import GeoPackage
from .audit import add_run, run_row
from .intents import finish
from .open_summary import is_shared
from .pair import refuse_newer
from .summary import summary_path
from .tables import RESTRICTED

WHAT = "look at cells by unit"  # in the record of runs
# Table of the material -> restricted table of its cells, which tell units apart.
_CELLS = {
    TIME_USE.name: "time_use_by_group",
    COVER.name: "cover_by_group",
    VISIT_LENGTHS.name: "visit_lengths_by_group",
    OFFICERS_SEEN.name: "officers_seen",
}


@dataclass(frozen=True)
class RestrictedLook:
    """Looks into the restricted cells of a store; the ``look`` of :func:`~ia_plugin.core.material.ask.ask`.

    Examples
    --------
    ``ask(material, state, purpose="training", look=RestrictedLook(folder, at=now, version="0.1.0"))``
    """

    folder: Union[str, Path]
    at: pd.Timestamp
    version: str

    def __call__(self, material: Material, periods: Sequence[FilterState], purpose: str) -> Material:
        """The material with the cells of some periods in place of the published ones.

        Parameters
        ----------
        periods : the filter, and the earlier period it is compared with
        purpose : one of `PURPOSES`; with more in one's own words behind a colon, "training: new analysts"

        Raises
        ------
        PrivacyError
            for a purpose that is not on the list.
        StoreError
            where there are no such cells, or the look cannot be recorded.
        """
        chosen, words = checked_purpose(purpose)
        refuse_no_look(self.folder, phrase("choose a closed month"))
        if OWN in periods[0].areas:
            raise StoreError(
                "Cells by unit are kept of the areas of the store, not of an area of your own.",
                "Choose one of the areas of the store.",
            )
        if is_shared(self.folder):
            from .postgis.cells import cells_asked

            asked = cells_asked(str(self.folder), _CELLS, periods, chosen, words, self.version)
            return material.with_cells(purpose.strip(), asked)
        summary = summary_path(self.folder)
        finish(summary.parent)  # cells of one file, areas and events of the other
        with GeoPackage(summary.parent / RESTRICTED, create=False) as package:
            refuse_newer(RESTRICTED, package)
            if _CELLS[TIME_USE.name] not in package.tables():
                raise StoreError(
                    sentence("{file} has no cells by unit yet.", file=RESTRICTED),
                    "Run Daily refresh, then open it again.",
                )
            # The record comes first, in a transaction of its own: a look that cannot be recorded is not made.
            parameters = {"filters": [p.as_dict() for p in periods], "in words": words}
            add_run(
                package,
                run_row(WHAT, at=self.at, version=self.version, parameters=parameters, purpose=chosen, audience="restricted"),
            )  # fmt: skip
            cells = {name: _cells_of(package, name, periods) for name in _CELLS}
        return material.with_cells(purpose.strip(), cells)


def checked_purpose(purpose: str) -> tuple[str, str]:
    """(the purpose on the list, what is stated beyond it) of a purpose.

    >>> checked_purpose("training: new analysts")
    ('training', 'new analysts')

    Raises
    ------
    PrivacyError
        for another purpose, or one of too many words.
    """
    chosen, _, words = (part.strip() for part in " ".join(purpose.split()).partition(":"))
    refuse_purpose(chosen)
    if len(words) > LONGEST_PURPOSE:
        raise PrivacyError(
            sentence("The purpose is stated in {n} letters.", n=len(words)),
            sentence("Say it in {n}, and name nobody.", n=LONGEST_PURPOSE),
        )
    return chosen, words


def refuse_purpose(purpose: str) -> None:
    """Refuse a purpose that is not on the list, as a PrivacyError."""
    if purpose not in PURPOSES:
        raise PrivacyError(
            sentence("The purpose {purpose!r} is not on the list.", purpose=purpose),
            sentence("Choose one of: {choices}.", choices=", ".join(PURPOSES)),
        )


ASK = phrase("Ask for access to the restricted folder.")


def refuse_no_look(folder: Union[str, Path], without: str = "") -> None:
    """Refuse a look into a store's restricted file that this user cannot make.

    Parameters
    ----------
    without : what they can do instead, a clause: "choose one of the areas of the store"

    Raises
    ------
    StoreError
        with the reason, in one sentence.
    """
    why = why_no_look(folder)
    if why and is_shared(folder):
        raise StoreError(why, "")
    if why:
        raise StoreError(
            why, sentence("Ask for access to the restricted folder, or {without}.", without=without) if without else ASK
        )


def why_no_look(folder: Union[str, Path]) -> str:
    """Why no look at what a store restricts can be made by this user; "" where it can: read, and written to for the record."""
    if is_shared(folder):
        from .postgis.asked import why_no_inspector

        return why_no_inspector(str(folder))
    path = summary_path(folder).parent / RESTRICTED
    if not path.is_file():
        return sentence("There is no {file} beside the summary.", file=RESTRICTED)
    if not os.access(path, os.R_OK):
        return sentence("You may not read {file}.", file=RESTRICTED)
    if not os.access(path, os.W_OK):
        return sentence("You may not write to {file}, so a look cannot be recorded.", file=RESTRICTED)
    return ""


def _cells_of(package: GeoPackage, name: str, periods: Sequence[FilterState]) -> pd.DataFrame:
    """The cells of some periods; and those of the first hour of all, which tells since when there are data."""
    table = _CELLS[name]
    if table not in package.tables():
        return empty_table(TABLES[name])
    where, values = ["period = (SELECT min(period) FROM time_use_by_group)"], []
    for period in periods:
        edges = zip(("period >= ?", "period < ?"), period.edges())
        ends = [(sql, pd.Timestamp(moment)) for sql, moment in edges if moment is not None]
        where.append(f"({' AND '.join(sql for sql, _ in ends) or '1'})")
        values += [moment for _, moment in ends]
    return package.read(table, " OR ".join(where), values)
