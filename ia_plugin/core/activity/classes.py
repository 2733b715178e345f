"""What each observed second of an officer was spent on, as far as the records tell: each second in one class."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd

from ..areas import prepare_areas, sites_of
from ..arrays import Array, Floats, Rows
from ..columns import require
from ..leg_shares import leg_shares
from ..params import ActivityParams, PresenceParams
from ..presence.leg_areas import time_in_areas
from ..presence.straight_stays import stays
from ..progress import Progress, part, silent
from ..times.instants import nanoseconds
from .links import Links, linked_time
from .rules import ACTIVITIES, N_LINKED, OF_MODE, check_rules, default_rules

SITE = ACTIVITIES.index("police_site")
NOT_KNOWN = ACTIVITIES.index("not_known")
_MODES = tuple(OF_MODE)


def activities(
    legs: pd.DataFrame,
    events: Optional[pd.DataFrame] = None,
    areas: Optional[pd.DataFrame] = None,
    params: ActivityParams = ActivityParams(),
    *,
    rules: Optional[pd.DataFrame] = None,
    event_officers: Optional[pd.DataFrame] = None,
    method: PresenceParams = PresenceParams(bounds="none"),
    progress: Progress = silent,
) -> pd.DataFrame:
    """Seconds of each leg by activity; the seconds of a leg add up to its duration.

    First what events claim (by reference, then by place and time, as the rules say), then time at police sites, then the
    mode's probabilities: on foot, in a vehicle, stopped; a leg whose mode is unknown is not known. Nothing is called patrol,
    for radios do not tell why an officer is somewhere, and nothing is called idle.

    Parameters
    ----------
    legs : the legs table; without modes what is not linked and not at a site is not known
    events : the events table, metres; events that tell the day or the month only take no part
    areas : the areas table; rows of role ``site`` are police sites
    params, rules : ActivityParams, and the table of :func:`~ia_plugin.core.activity.rules.default_rules`
    event_officers : table ``kind, event_id, officer_id`` where ``events`` has no ``officer_ids``
    method : how the time of a leg is shared with police sites

    Returns
    -------
    DataFrame ``leg_id, activity, seconds``, rows above 0, in the order of the legs. ``attrs["events"]`` counts the events
    that took part and that did not, by reason.
    """
    require(legs, ("leg_id", "officer_id", "start", "end", "x0", "y0", "x1", "y1", "duration_s"), "legs")
    ready = check_rules(default_rules() if rules is None else rules)
    links = linked_time(legs, events, ready, params, event_officers)
    progress(0.5)
    sites = site_ground(areas)
    at_site = _site_seconds(legs, sites, links, method, part(progress, 0.5, 0.9))
    table = _listed(legs, seconds_by_activity(legs, links, at_site))
    table.attrs["events"] = links.counts
    progress(1.0)
    return table


def site_ground(areas: Optional[pd.DataFrame]) -> Optional[pd.DataFrame]:
    """Police sites as one area, or None."""
    import shapely

    if areas is None or not len(areas):
        return None
    sites = sites_of(prepare_areas(areas)[0])
    if not len(sites):
        return None
    shape = shapely.union_all(sites["geometry"].to_numpy(dtype=object))
    return pd.DataFrame({"area_id": ["site"], "geometry": pd.Series([shape], dtype=object)})


def mode_shares(legs: pd.DataFrame) -> Floats:
    """Share of each leg's time by class where nothing else claims it, float64 (n, activities); rows add up to 1.

    The time of a leg whose mode is known is shared by its probabilities, else it is not known.
    """
    shares = np.zeros((len(legs), len(ACTIVITIES)))
    names = [m for m in _MODES if f"p_{m}" in legs.columns]
    if len(names) < 3 or "mode" not in legs.columns:
        shares[:, NOT_KNOWN] = 1.0
        return shares
    by_mode, known = leg_shares(legs, names)
    shares[:, [ACTIVITIES.index(OF_MODE[mode]) for mode in names]] = by_mode
    shares[:, NOT_KNOWN] = ~known
    return shares


def seconds_by_activity(legs: pd.DataFrame, links: Links, at_site: Floats) -> Floats:
    """Seconds of each leg by activity, float64 (n, activities).

    Parameters
    ----------
    at_site : seconds of each leg at police sites that no event claims
    """
    lasts = (nanoseconds(legs["end"]) - nanoseconds(legs["start"])) / 1e9
    table = np.zeros((len(legs), len(ACTIVITIES)))
    np.add.at(table, (links.leg, links.activity), (links.end - links.start) / 1e9)
    left = np.maximum(0.0, lasts - table[:, :N_LINKED].sum(axis=1))
    table[:, SITE] = np.minimum(at_site, left)
    table += mode_shares(legs) * (left - table[:, SITE])[:, None]
    return table


def _site_seconds(
    legs: pd.DataFrame, sites: Optional[pd.DataFrame], links: Links, method: PresenceParams, progress: Progress
) -> Floats:
    """Seconds at police sites that no event claims."""
    seconds = np.zeros(len(legs))
    if sites is None or not len(legs):
        return seconds
    index = pd.Index(legs["leg_id"])
    shared = time_in_areas(legs, sites, method, progress=progress)
    seconds[index.get_indexer(shared["leg_id"])] = shared["seconds"].to_numpy()
    if len(links.leg):
        spent = stays(legs[np.isin(np.arange(len(legs)), links.leg)], sites)
        seconds *= 1.0 - claimed_share(index.get_indexer(spent["leg_id"]), spent, links, len(legs))
    return seconds


def claimed_share(leg: Rows, spent: pd.DataFrame, links: Links, n: int) -> Floats:
    """Share of the straight-line stays of each leg that events claim, (n,)."""
    first, last = nanoseconds(spent["enter"]), nanoseconds(spent["leave"])
    stay, link = joined(leg, links.leg)
    both = np.minimum(last[stay], links.end[link]) - np.maximum(first[stay], links.start[link])
    claimed = np.bincount(leg[stay], weights=np.maximum(both, 0), minlength=n)
    whole = np.bincount(leg, weights=last - first, minlength=n)
    return np.asarray(np.clip(claimed / np.where(whole > 0, whole, 1.0), 0.0, 1.0))


def joined(left: Array, right: Array) -> tuple[Rows, Rows]:
    """Rows of two arrays of codes that have the same code, each pair once.

    Examples
    --------
    >>> [rows.tolist() for rows in joined(np.array([7, 8]), np.array([8, 7, 7]))]
    [[0, 0, 1], [1, 2, 0]]
    """
    order = np.argsort(right, kind="stable")
    a, b = (np.searchsorted(right[order], left, side=s) for s in ("left", "right"))
    rows = np.repeat(np.arange(len(left)), b - a)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(b - a) - (b - a), b - a)
    return rows, order[a[rows] + nth]


def _listed(legs: pd.DataFrame, table: Floats) -> pd.DataFrame:
    leg, activity = np.nonzero(table > 0)
    return pd.DataFrame(
        {
            "leg_id": legs["leg_id"].to_numpy()[leg],
            "activity": np.array(ACTIVITIES, dtype=object)[activity],
            "seconds": table[leg, activity],
        }
    )
