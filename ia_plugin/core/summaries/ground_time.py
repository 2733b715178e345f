"""Time of legs in shapes, each shape worked through once however many tables ask for it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Callable, Optional

import numpy as np
import pandas as pd
import shapely

from ..arrays import Bools, Ints, Objects
from ..params import PresenceParams
from ..presence.leg_areas import time_in_prepared
from ..presence.leg_arrays import LEAST_S
from ..presence.straight_stays import stays_in_prepared
from ..progress import Progress, silent

StaysOf = Callable[[Bools], pd.DataFrame]
"""The stays of some of the legs, by a mask of those."""


class GroundTime:
    """leg_areas and stays of one table of legs.

    Parameters
    ----------
    legs : the legs table
    method : how time is shared; hard bounds are kept for `known` only
    known : areas, prepared (:func:`~ia_plugin.core.areas.prepare_areas`), that are worked through at once, for all legs:
        :attr:`leg_areas` and :attr:`stays` are theirs, and pieces of the same shape take their rows from them
    """

    def __init__(
        self,
        legs: pd.DataFrame,
        method: PresenceParams,
        known: Optional[pd.DataFrame] = None,
        progress: Progress = silent,
    ) -> None:
        self._legs, self._method = legs, replace(method, bounds="none")
        self._of: dict[bytes, str] = {}
        if known is None:
            return
        self.leg_areas = time_in_prepared(legs, known, method, progress=progress)
        self.stays = stays_in_prepared(legs, known)
        self._of = dict(zip(_marks(known["geometry"]), known["area_id"].astype(str)))
        index = pd.Index(legs["leg_id"])
        self._known = {"leg_areas": self.counted, "stays": self.stays}
        self._leg_of = {n: index.get_indexer(t["leg_id"]) for n, t in self._known.items()}
        self._rows = {n: t.groupby("area_id").indices for n, t in self._known.items()}

    @cached_property
    def counted(self) -> pd.DataFrame:
        """:attr:`leg_areas` without the rows that only the hard bounds tell: the same whether bounds were asked for or not."""
        keep = (self.leg_areas["seconds"] >= LEAST_S).to_numpy()
        return self.leg_areas if keep.all() else self.leg_areas[keep].reset_index(drop=True)

    def in_pieces(self, pieces: pd.DataFrame, some: Bools, progress: Progress = silent) -> tuple[pd.DataFrame, StaysOf]:
        """leg_areas of pieces of prepared areas (``area_id``, ``geometry``) for a mask of the legs, and what gives stays of some of those."""
        same = [self._of.get(m) for m in _marks(pieces["geometry"])]
        new = pieces.loc[[s is None for s in same], ["area_id", "geometry"]]
        fresh = time_in_prepared(self._picked(some), new, self._method, progress=progress)
        names = pieces["area_id"].to_numpy(dtype=object)

        def stays_of(wanted: Bools) -> pd.DataFrame:
            needed = np.zeros(len(some), dtype=bool)
            needed[np.flatnonzero(some)[wanted]] = True
            found = stays_in_prepared(self._picked(needed), new) if len(new) and needed.any() else None
            return self._taken("stays", names, same, needed, found)

        return self._taken("leg_areas", names, same, some, fresh), stays_of

    def _picked(self, some: Bools) -> pd.DataFrame:
        return self._legs if some.all() else self._legs[some].reset_index(drop=True)

    def _taken(
        self, what: str, names: Objects, same: list[Optional[str]], some: Bools, fresh: Optional[pd.DataFrame]
    ) -> pd.DataFrame:
        """Rows of known shapes under the names of the pieces that have them, and those of new shapes."""
        if not self._of or not any(same):
            return fresh if fresh is not None else pd.DataFrame(columns=["leg_id", "area_id", "enter", "leave"])
        table, rows, leg = self._known[what], self._rows[what], self._leg_of[what]
        none = np.empty(0, dtype=np.intp)
        found = [rows.get(s, none) if s is not None else none for s in same]
        at = np.concatenate(found)
        keep = some[leg[at]]
        taken = table.iloc[at[keep]].assign(area_id=np.repeat(names, [len(f) for f in found])[keep])
        whole = taken if fresh is None or not len(fresh) else pd.concat([taken, fresh], ignore_index=True)
        whole.attrs.update(table.attrs)
        return whole.reset_index(drop=True) if whole is taken else whole


def legs_about(start: Ints, end: Ints, first: int, last: int) -> Bools:
    """Legs of a span of time (ns) and those before and after it: a leg's ways hang on the legs it meets."""
    reach = 2 * int((end - start).max(initial=0))
    return np.asarray((start < last + reach) & (end > first - reach))


def _marks(shapes: pd.Series) -> list[bytes]:
    """What two shapes have in common that cover the same ground."""
    single = [shapely.get_geometry(s, 0) if shapely.get_num_geometries(s) == 1 else s for s in shapes]
    return list(shapely.to_wkb(shapely.normalize(np.array(single, dtype=object)))) if len(single) else []
