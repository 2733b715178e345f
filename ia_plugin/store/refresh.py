"""The store brought up to date: legs, visits and time use of the days whose fixes changed, and of no other.

A day is computed from the fixes of the day before to the morning after, so that a night shift's tracks are whole, and
replaces what was there for it. The mark that says a day is due goes last: killed at any moment, the next run does it again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Callable

import pandas as pd
import shapely

from ..core.areas import prepare_areas
from ..core.params import PresenceParams, TrackParams
from ..core.summaries.compute import OF_OFFICERS, ForceFacts, OfficerParts, by_area_day, by_officers, publish
from ..core.texts import texts
from ..core.times.civil import moment_of
from ..core.times.instants import parsed
from ..core.tracks import gap_limits, source_of
from .small_ground import protected_areas
from .store import INDEXES, Store
from .summary import ABOUT

BEFORE, AFTER = pd.Timedelta("24h"), pd.Timedelta("12h")
MOST_DAYS, MOST_FIXES = 7, 2_000_000  # computed at once, so that memory is bounded
PUBLISHED = ("cover", "time_use", "officers_seen", "visit_lengths")
NOT_KEPT = ("presence", "coverage")  # written by versions before 0.2, and read by nobody
_FIX_COLUMNS = (
    "officer_id",
    "time",
    "x",
    "y",
    "accuracy_m",
    "speed_kmh",
    "source",
    "reason",
    "radio_kind",
    "unit",
    "resource_type",
)


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: days computed, legs and rows of time use written, fixes that could not be used."""

    days: int
    legs: int
    time_use: int
    dropped: dict[str, int]


def set_areas(store: Store, areas: pd.DataFrame) -> bool:
    """Put the areas into the summary; whether they differ from those there, so that every day is due again.

    Raises
    ------
    PrivacyError
        for areas that :func:`~.small_ground.protected_areas` refuses; those there before stay.
    """
    prepared, report = prepare_areas(areas)
    report.warn()
    ready = protected_areas(store, prepared)
    kept = store.read("areas")
    new, old = _areas_mark(ready), _areas_mark(kept) if len(kept) else ""
    if new == old:
        return False
    store.require_key()
    mark_all(store)
    store.summary.replace("areas", ready)
    return True


def _tell_about(store: Store) -> None:
    """What a reader of the summary alone must know of it."""
    if ABOUT not in store.summary.tables():
        with store.summary.transaction():
            store.summary.append(ABOUT, pd.DataFrame({"name": ["timezone"], "value": [store.timezone]}))


def mark_all(store: Store) -> None:
    """Every day with fixes is due again."""
    if store.count("fixes"):
        first, last = store.restricted.execute("SELECT min(time), max(time) FROM fixes")[0]
        days = pd.date_range(pd.Timestamp(first), pd.Timestamp(last) + pd.Timedelta("1D"), freq="D")
        store.mark_dirty(pd.Series(days))


def refresh(
    store: Store,
    track_params: TrackParams = TrackParams(),
    presence_params: PresenceParams = PresenceParams(),
    *,
    model: Any = None,
    tell: Callable[[float], None] = lambda _share: None,
) -> Refreshed:
    """Compute every day that is due.

    Parameters
    ----------
    store : with areas and fixes
    track_params : an empty ``max_gap_s`` means as in the runs before, see :func:`steady`
    model : of movement modes; the default where None
    tell : called with the share done; may raise to stop between days
    """
    store.require_key()
    areas = store.read("areas")
    if store.count("legs") and store.count("areas") and "time_use" not in store.summary.tables():
        mark_all(store)  # written by a version that did not have the table
    due = store.dirty_days()
    track_params = steady(store, track_params)
    done, legs, rows = 0, 0, 0
    dropped: Counter[str] = Counter()
    facts = ForceFacts(
        areas, None, store.read("event_officers"), store.read("postings"), None, presence_params, track_params, model,
        store.timezone,
    )  # fmt: skip
    for days in _batches(store, due):
        tell(done / max(1, len(due)))
        first, last = _edges(days, store.timezone)
        reach = (first - BEFORE, last + AFTER)
        found = by_officers(_fixes(store, *reach), facts.with_events(_events(store, *reach)), (first, last))
        out = publish(by_area_day([found])) if len(areas) else {}
        dropped.update(found.dropped)
        _write(store, found, out, first, last)
        store.clear_days(days)
        done, legs = done + len(days), legs + len(found.tables["legs"])
        rows += len(out["time_use"]) if out else 0
    for name in NOT_KEPT:
        store.summary.drop(name)
    _tell_about(store)
    tell(1.0)
    return Refreshed(done, legs, rows, dict(dropped))


def _events(store: Store, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Events that officers' time of a span can be linked to."""
    if not store.count("events"):
        return store.read("events")
    where = "\"end\" >= ? AND start < ? AND time_precision IN ('minute', 'hour') AND status = 'current'"
    return store.read("events", where, (first - BEFORE, last), order="kind, event_id, version")


def _batches(store: Store, days: list[str]) -> Iterator[list[str]]:
    """Days that follow each other, a few at a time."""
    batch: list[str] = []
    fixes = 0
    for day in days:
        first, last = _edges([day], store.timezone)
        n = 0
        if store.count("fixes"):
            n = store.restricted.execute("SELECT count(*) FROM fixes WHERE time >= ? AND time < ?", (first, last))[0][0]
        apart = batch and (pd.Timestamp(day) - pd.Timestamp(batch[-1])).days != 1
        if batch and (apart or len(batch) >= MOST_DAYS or fixes + n > MOST_FIXES):
            yield batch
            batch, fixes = [], 0
        batch.append(day)
        fixes += n
    if batch:
        yield batch


def _edges(days: list[str], timezone: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First moment of the first civil day, and of the day after the last."""
    first, after = pd.Timestamp(days[0]), pd.Timestamp(days[-1]) + pd.Timedelta(1, "D")
    return moment_of(first, timezone), moment_of(after, timezone)


def _fixes(store: Store, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    have = store.restricted.kinds("fixes") if "fixes" in store.restricted.tables() else {}
    wanted = [c for c in _FIX_COLUMNS if c in have or c in ("x", "y")]
    if not have:
        return pd.DataFrame(columns=[*_FIX_COLUMNS])
    # In the order of what they say, not of their import: the same fixes give the same day.
    return store.read("fixes", "time >= ? AND time < ?", (first, last), columns=wanted, order="officer_id, time, fid")


def _write(
    store: Store, found: OfficerParts, out: dict[str, pd.DataFrame], first: pd.Timestamp, last: pd.Timestamp
) -> None:
    """The rows of some days in the place of what was there for them."""
    with store.summary.transaction():
        for name in PUBLISHED:
            _put(store, name, out.get(name, pd.DataFrame()), "period", (first, last))
    with store.restricted.transaction():
        for name, column in OF_OFFICERS.items():
            _put(store, name, found.tables.get(name, pd.DataFrame()), column, (first, last))


def _put(store: Store, name: str, rows: pd.DataFrame, column: str, span: tuple[Any, Any]) -> None:
    package = store.package_of(name)
    package.delete(name, f'"{column}" >= ? AND "{column}" < ?', span)
    if len(rows):
        package.append(name, store.local(rows.reset_index(drop=True), column), INDEXES.get(name, ()))


_AREA_FACTS = ("area_id", "role", "valid_from", "valid_to")


def _areas_mark(areas: pd.DataFrame) -> str:
    """A hash of what the areas say, whichever order and form they come in."""
    shapes = shapely.to_wkb(shapely.normalize([_many(g) for g in areas["geometry"]]), hex=True)
    facts = areas.assign(role=areas["role"] if "role" in areas.columns else "impact")
    words = ["|".join(row) for row in zip(*(_fact(facts, c) for c in _AREA_FACTS), shapes)]
    return hashlib.sha256("\n".join(sorted(words)).encode()).hexdigest()


def _fact(areas: pd.DataFrame, name: str) -> pd.Series:
    """A column as words; days in one form, whatever kept them."""
    if name not in areas.columns:
        return pd.Series("", index=areas.index)
    if not name.startswith("valid"):
        return texts(areas[name])
    return parsed(areas[name], utc=False).dt.strftime("%Y-%m-%d").fillna("")


def _many(shape: Any) -> Any:
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])


def steady(store: Store, params: TrackParams) -> TrackParams:
    """The same parameters with the longest gap of each source fixed, so that a day does not hang on when it is computed.

    A gap that is given is kept for later runs. Else each source's is measured from the store's fixes (see
    :func:`~ia_plugin.core.tracks.gap_limits`) when it is first met, and kept.
    """
    if params.max_gap_s is not None:
        store.set("max_gap_s", repr(float(params.max_gap_s)))
        return params
    setting = store.setting("max_gap_s")
    kept = json.loads(setting) if setting is not None else {}
    if not isinstance(kept, dict):
        return replace(params, max_gap_s=float(kept))
    if _sources(store) - set(kept):
        kept = {**_measured_limits(store), **kept}
        store.set("max_gap_s", json.dumps(kept, sort_keys=True))
    return replace(params, max_gap_by_source=tuple(sorted(kept.items())))


def _sources(store: Store) -> set[str]:
    """The sources of the stored fixes, by name; "" stands for one that is not known."""
    if not store.count("fixes"):
        return set()
    if "source" not in store.restricted.kinds("fixes"):
        return {""}
    return {str(name) for (name,) in store.restricted.execute("SELECT DISTINCT ifnull(source, '') FROM fixes")}


def _measured_limits(store: Store) -> dict[str, float]:
    """Source -> longest gap, from all fixes."""
    wanted = ["officer_id", "time", *(c for c in ("source",) if c in store.restricted.kinds("fixes"))]
    fixes = store.read("fixes", columns=wanted, order="officer_id, time")
    source, names = source_of(fixes)
    seconds = -fixes.groupby("officer_id", sort=False)["time"].diff(-1).dt.total_seconds().to_numpy()
    limits = gap_limits(seconds, source)
    return {name: limits[k] for k, name in enumerate(names) if k in limits}
