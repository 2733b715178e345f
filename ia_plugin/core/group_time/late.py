"""Whether what came late of a month may be told: the difference of two publications is what came late, so it is weighed as a month is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..arrays import Ints
from ..suppression import LEAST, OTHER
from .areas import shown_cells
from .month import DIMENSIONS, LEAST_CHANGE_S
from .there import There, fine_blocks

_KEYS = ["area_id", "period", *DIMENSIONS, "officer_id"]
_FIELDS = ["hour", "weekday", "of_day", "label", "officer"]


def late_may_be_shown(
    table: pd.DataFrame,
    before: pd.DataFrame,
    now: pd.DataFrame,
    role_of: dict[str, str],
    shared: Sequence[str] = (),
    *,
    timezone: str,
    least: int = LEAST,
) -> bool:
    """Whether a month may be told as it is now to those who know what was told of it before.

    They know the late time of each place and hour, and would know that of each label in each block and cell that is told: so in each
    block none or at least `least` officers of each label came late, no hour's late time of fewer follows, and nor does an area's.
    The labels and blocks are those of the first publication.

    Parameters
    ----------
    table : the group_time table of the month
    before, now : its officer_time table when it was told last, and as it is
    role_of, shared : as of :func:`~ia_plugin.core.group_time.month.group_month`

    Returns
    -------
    bool, of the whole month: what one dimension or role tells of it would narrow what another hides.
    """
    late = late_time(before, now)
    if not len(late) or not len(table):
        return bool(len(late))
    officer = pd.factorize(late["officer_id"])[0].astype(np.int64)
    for (dimension, role), rows in table[table["area_id"].str.startswith("(")].groupby(["dimension", "area_id"]):
        alone = sorted(a for a, r in role_of.items() if r == role and a not in set(shared))
        labels = [*sorted(set(rows["value"]) - {OTHER}), OTHER]
        label = pd.Index(labels).get_indexer(late[str(dimension)].astype(object))
        label = np.where(label < 0, len(labels) - 1, label).astype(np.int64)
        coded = There.of(late, np.zeros(len(late), np.int64), label, officer, timezone)
        whole = _in_spots(coded, late["area_id"].astype(str), str(role), alone)
        if not len(whole):
            continue
        blocks, block = _blocks_of(whole, rows)
        inside = block < blocks
        if not fine_blocks(whole.where(inside), block[inside], whole.label[inside], blocks, least).all():
            return False
        tellable = np.r_[np.ones(len(alone), dtype=bool), False]
        shown = shown_cells(whole, len(alone) + 1, tellable, whole.label, len(labels), block, least)
        own = table[(table["dimension"] == dimension) & table["area_id"].isin(alone) & (table["value"] != OTHER)]
        at = pd.Index(alone).get_indexer(own["area_id"]), pd.Index(labels).get_indexer(own["value"])
        changed = np.zeros(shown.shape, dtype=bool)
        changed[whole.spot, whole.label] = True
        if (changed[at] & ~shown[at]).any():
            return False
    return True


def late_time(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """What time came and went, by place, hour, labels and officer; signed."""
    both = pd.concat([now[[*_KEYS, "seconds"]], before[[*_KEYS, "seconds"]].assign(seconds=-before["seconds"])])
    found = both.groupby(_KEYS, as_index=False, sort=True, observed=True)["seconds"].sum()
    return found[found["seconds"].abs() > LEAST_CHANGE_S].reset_index(drop=True)


def _in_spots(late: There, place: pd.Series, role: str, alone: list[str]) -> There:
    """How much changed in the areas of a role that stand alone, and in what is left of it, as a place of its own."""
    facts = pd.DataFrame({n: getattr(late, n) for n in (*_FIELDS, "seconds")})
    spot = pd.Index(alone, dtype=object).get_indexer(place)
    of_areas = facts.assign(spot=spot)[spot >= 0]
    of_role = facts[(place == role).to_numpy()].assign(spot=len(alone))
    less = of_areas.assign(spot=len(alone), seconds=-of_areas["seconds"])
    both = pd.concat([of_areas, of_role, less]).groupby(["spot", *_FIELDS], as_index=False)["seconds"].sum()
    both["seconds"] = both["seconds"].abs()
    both = both[both["seconds"] > LEAST_CHANGE_S]
    return There(*(both[n].to_numpy() for n in There.__dataclass_fields__))


def _blocks_of(there: There, rows: pd.DataFrame) -> tuple[int, Ints]:
    """(how many blocks of hours a role is told in, the block of each row); one more stands for hours that are in none."""
    blocks = rows[["weekday", "first_hour", "hours"]].drop_duplicates().to_numpy(dtype=np.int64)
    found = np.full(len(there), len(blocks), dtype=np.int64)
    for k, (weekday, first, hours) in enumerate(blocks):
        inside = (there.of_day >= first) & (there.of_day < first + hours)
        found[inside & ((weekday < 0) | (there.weekday == weekday))] = k
    return len(blocks), found
