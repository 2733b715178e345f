"""Areas redrawn by little ground: figures kept from before, less those of now, would be figures of that ground."""

from __future__ import annotations

import pandas as pd
import shapely

from .slivers import WORTH_HA
from .small_areas import LEAST_HA, MOST_NAMED, amount_ha, ground_in_words


def redrawn_in_words(before: pd.DataFrame, now: pd.DataFrame, least_ha: float = LEAST_HA) -> str:
    """Which areas gained or lost less ground than the minimum; nothing where none did.

    Parameters
    ----------
    before, now : areas tables with usable polygons; areas are the same by ``area_id``, police sites are left out

    Examples
    --------
    >>> def areas(*shapes):
    ...     return pd.DataFrame({"area_id": ["a", "b"], "geometry": pd.Series(shapes, dtype=object)})
    >>> square = shapely.box(0, 0, 400, 400)
    >>> redrawn_in_words(areas(square, square), areas(square, shapely.box(0, 0, 400, 412)))
    "Redrawn by less than 4 ha: 'b' (0.48 ha). With figures kept from before, those of now tell of that ground."
    >>> redrawn_in_words(areas(square, square), areas(square, shapely.box(0, 0, 800, 400)))
    ''
    """
    both = _of_people(before).merge(_of_people(now), on="area_id", suffixes=("_before", "_now"))
    old, new = (both[f"geometry_{when}"].to_numpy(dtype=object) for when in ("before", "now"))
    found = []
    for one, other in ((old, new), (new, old)):
        hectares = shapely.area(shapely.difference(one, other)) / 1e4
        found += [
            (ha, a) for ha, a in zip(hectares.tolist(), both["area_id"]) if WORTH_HA <= ha < least_ha * (1 - 1e-9)
        ]
    if not found:
        return ""
    named = [f"{a!r} ({ground_in_words(ha)})" for ha, a in sorted(found)[:MOST_NAMED]]
    more = f" and {len(found) - MOST_NAMED:,} more" if len(found) > MOST_NAMED else ""
    return f"Redrawn by less than {amount_ha(least_ha)}: {', '.join(named)}{more}. With figures kept from before, those of now tell of that ground."


def _of_people(areas: pd.DataFrame) -> pd.DataFrame:
    rows = areas[(areas["role"] != "site").to_numpy()] if "role" in areas.columns else areas
    return pd.DataFrame({"area_id": rows["area_id"].astype(str), "geometry": rows["geometry"]})
