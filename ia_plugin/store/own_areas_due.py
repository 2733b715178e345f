"""Areas that analysts of a shared store drew, computed by its loader's refresh: they read no movement themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd

from ..core.disclosure.blocks import Blocks, side_of
from ..core.disclosure.own_area import own_blocks
from ..core.errors import ImpactAreaError, StoreError
from ..core.material.own_area import OWN
from ..core.sentence import sentence
from ..core.summaries.compute import ForceFacts, by_area_day, by_officers
from ..core.summaries.event_cells import event_cells
from ..core.summaries.publish import published
from ..core.times.instants import nanoseconds
from .condition import listed
from .own_area import LEG_COLUMNS, REACH_M, areas_about
from .postgis.home import PostgisStore
from .small_ground import least_ha_kept

if TYPE_CHECKING:
    from shapely import Geometry

    from .interface import StoreHome

KEPT = pd.Timedelta("60D")  # an area that nobody has asked for so long is computed no more
_NEAR = "SELECT l.fid FROM ia_restricted.legs l WHERE l.geom && public.st_makeenvelope(%s, %s, %s, %s, %s) ORDER BY 1"


def compute_own_areas(store: StoreHome, at: pd.Timestamp) -> int:
    """Compute the areas that were asked for lately, from what the store has now; how many. After each refresh, so that all is of one state.

    None in a folder's store: who may read its restricted file computes an area at once (:mod:`.own_area`).

    Parameters
    ----------
    store : open, with its loader's rights
    """
    if not isinstance(store, PostgisStore):
        return 0
    since = (at - KEPT).isoformat()
    sql = "SELECT side_m, blocks FROM ia_restricted.own_areas WHERE asked_at >= %s::timestamptz ORDER BY 1, 2"
    asked = store.db.execute(sql, (since,))
    for side, text in asked:
        refused, tables = "", ""
        try:
            tables = json.dumps({n: _columns(t) for n, t in _computed(store, float(side), str(text)).items()})
        except ImpactAreaError as error:
            refused = error.sentence
        except ValueError:
            refused = sentence("The blocks of the area cannot be read.")
        with store.together("own areas", declared=True):
            store.db.execute(
                "UPDATE ia_restricted.own_areas SET computed_at = %s::timestamptz, refused = %s, tables = %s::jsonb WHERE side_m = %s AND blocks = %s",
                (at.isoformat(), refused or None, tables or None, side, text),
            )
    with store.together("own areas", declared=True):
        store.db.execute("DELETE FROM ia_restricted.own_areas WHERE asked_at < %s::timestamptz", (since,))
    return len(asked)


def _computed(store: PostgisStore, side_m: float, text: str) -> dict[str, pd.DataFrame]:
    """The published tables of some blocks; an error of the plugin's own for such as nobody may have figures of."""
    least_ha = least_ha_kept(store)
    if side_m != side_of(least_ha):  # nor a side that is no length
        raise StoreError("The blocks are of another grid than the smallest ground of the store.", "")
    asked, areas = Blocks.read(side_m, text), store.read("areas")
    blocks = own_blocks(asked.shape, areas, least_ha).blocks
    if blocks.pairs != asked.pairs:
        raise StoreError("With an area of the store these blocks would tell of very little ground.", "")
    own, _ = areas_about(areas, blocks.shape, OWN)
    legs, events = _legs_near(store, blocks.shape), store.read("events")
    facts = ForceFacts(own, events, store.read("event_officers"), store.read("postings"), timezone=store.timezone)
    cells = by_area_day([by_officers(legs, facts)])
    tables = published(cells.time_use, cells.cover, cells.officers_seen, cells.visit_lengths)
    tables["event_cells"] = event_cells(events, own, store.timezone)
    return {name: t[t["area_id"] == OWN].reset_index(drop=True) for name, t in tables.items() if len(t)}


def _legs_near(store: PostgisStore, shape: Geometry) -> pd.DataFrame:
    found = store.db.execute(_NEAR, (*shape.buffer(REACH_M).bounds, store.epsg))
    wanted = listed(pd.DataFrame({"fid": [int(fid) for (fid,) in found]}))
    legs = store.read("legs", wanted, columns=[*LEG_COLUMNS, "x0", "y0", "x1", "y1"], order=("officer_id", "start"))
    return legs.drop(columns=[c for c in legs.columns if legs[c].isna().all()]) if len(legs) else legs


def _columns(table: pd.DataFrame) -> dict[str, list[object]]:
    """A table as plain lists: moments in nanoseconds, other numbers as they are, to the last digit."""
    ready: dict[str, list[object]] = {}
    for name in map(str, table.columns):
        column = table[name]
        if isinstance(column.dtype, pd.DatetimeTZDtype):
            ready[name] = [int(v) for v in nanoseconds(column)]
        else:
            ready[name] = [None if pd.isna(v) else v for v in column.astype(object).tolist()]
    return ready


__all__ = ["compute_own_areas"]
