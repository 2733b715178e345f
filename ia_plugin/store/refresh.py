"""The store brought up to date: legs, visits and time use of the days whose fixes changed, and of no other.

A day is computed by itself, from the whole stretches that touch it (:mod:`.day_fixes`), and replaces what was there for
it: it says the same with whichever other days, and in whichever order, it is computed. Where tracks that touch it have
changed, the other days of their stretches become due too. The mark that says a day is due goes with its rows, in both
files at once: killed at any moment, the day is as it was and still due, or as it is now.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Callable

import pandas as pd

from ..core.areas import prepare_areas
from ..core.params import PresenceParams, TrackParams
from ..core.summaries.compute import OF_OFFICERS, ForceFacts
from ..core.tracks import gap_limits, source_of
from .areas_mark import areas_mark
from .changed_rows import put_changed
from .condition import ALL, NONE, between, equals
from .day_passes import BY_GROUP, LEG, PUBLISHED, WHO, Days, computed, edges_of
from .days_due import LONGEST, due_with, forget_gaps, touching
from .interface import StoreHome
from .months import months_changed, publish_months
from .movement_model import model_mark, officers_behind_model, steady_model
from .open_summary import facts_of
from .published_events import events_changed, publish_events
from .small_ground import protected_areas
from .summary import ABOUT, AREAS_CHANGED, OFFICERS
from .weeks import publish_weeks, weeks_changed

DAYS_BY = "whole stretches as all fixes tell them, stands with their ends"  # how a day is computed; another word makes all days due again
MOST_DAYS, MOST_FIXES = 7, 2_000_000  # computed at once, so that memory is bounded
NOT_KEPT = ("presence", "coverage")  # written by versions before 0.2, and read by nobody


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: days computed, legs and rows of time use written, fixes that could not be used."""

    days: int
    legs: int
    time_use: int
    dropped: dict[str, int]


def set_areas(store: StoreHome, areas: pd.DataFrame) -> bool:
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
    new, old = areas_mark(ready), areas_mark(kept) if len(kept) else ""
    if new == old:
        return False
    with store.together("change of areas"):
        mark_all(store)
        store.put("areas", ready, ALL)
        events_changed(store)
        if store.count("time_use"):
            fact = pd.DataFrame({"name": [AREAS_CHANGED], "value": ["yes"]})
            store.put(ABOUT, fact, equals(name=AREAS_CHANGED))
    return True


def _tell_about(store: StoreHome) -> None:
    """What a reader of the summary alone must know of it, now that every day is computed."""
    officers = officers_behind_model(store)
    now = {"timezone": store.timezone, OFFICERS: officers}
    facts = facts_of(store)
    if AREAS_CHANGED not in facts and all(facts.get(name, "") == value for name, value in now.items()):
        return
    with store.together("facts of the summary"):
        for name, value in now.items():
            if facts.get(name, "") != value:
                store.put(ABOUT, pd.DataFrame({"name": [name], "value": [value]}), equals(name=name))
        if AREAS_CHANGED in facts and not store.dirty_days():  # another program may have made days due since
            store.put(ABOUT, pd.DataFrame(columns=["name", "value"]), equals(name=AREAS_CHANGED))


def mark_all(store: StoreHome) -> None:
    """Every day with fixes is due again."""
    edges = store.edges("fixes", "time")
    if edges:
        store.mark_dirty(pd.Series(pd.date_range(edges[0], edges[1] + pd.Timedelta("1D"), freq="D")))


def refresh(
    store: StoreHome,
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
    model : of movement modes; where None the one of the runs before, at first the plugin's
    tell : called with the share done; may raise to stop between days
    """
    store.require_key()
    if store.count("legs") and store.count("areas") and not store.is_written("time_use"):
        mark_all(store)  # written by a version that did not have the table
    done: set[str] = set()
    legs, rows = 0, 0
    dropped: Counter[str] = Counter()

    def facts_now() -> ForceFacts:
        return _facts(store, track_params, presence_params, model)

    seen, facts = store.seen(), facts_now()
    # Days become due while others are computed; one that is done in this run has seen all there is.
    while True:
        if seen != (now := store.seen()):
            seen, facts = now, facts_now()
        days, waiting = _next_days(store, done)
        if not days:
            break
        tell(len(done) / (len(done) + waiting))
        found = computed(store, facts, days)
        with store.together("refresh of days"):
            if seen != (now := store.seen()):  # another program wrote meanwhile: once more, where it cannot
                seen, facts = now, facts_now()
                days, _ = _next_days(store, done)
                if not days:
                    break
                found = computed(store, facts, days)
            officers = _write(store, found, days, done | set(days))
            store.clear_days(days)
            months_changed(store, days)
            weeks_changed(store, days, officers)
        done.update(days)
        dropped.update(found.dropped)
        legs, rows = legs + found.leg_count, rows + len(found.summary.get("time_use", ()))
    publish_months(store, store.read("areas"))
    publish_weeks(store, lambda: tell(0.99), presence_params.workers)
    publish_events(store)
    store.drop_tables(NOT_KEPT)
    _tell_about(store)
    tell(1.0)
    return Refreshed(len(done), legs, rows, dict(dropped))


def _facts(store: StoreHome, tracks: TrackParams, presence: PresenceParams, model: Any) -> ForceFacts:
    """What days are computed by, as the store has it now."""
    tracks, model = steady(store, tracks), steady_model(store, model)
    _by_one_rule(store, tracks, model_mark(model))
    return ForceFacts(
        store.read("areas"), None, store.read("event_officers"), store.read("postings"), None, presence, tracks, model,
        store.timezone,
    )  # fmt: skip


def _next_days(store: StoreHome, done: set[str]) -> tuple[list[str], int]:
    """(the days to compute next, how many are due in all), those that were done in this run apart.

    A day that there is nothing of any more is due no longer.
    """
    with store.writing():
        due = [d for d in store.dirty_days() if d not in done]
        left = [d for d in due if _has_anything(store, d)]
        if len(left) < len(due):
            store.clear_days(set(due) - set(left))
    return next(_batches(store, left), []), len(left)


def _by_one_rule(store: StoreHome, params: TrackParams, model: str) -> None:
    """All days are due again where those in the store were made in another way: half of each would be neither."""
    rule = f"{DAYS_BY}, longest gap {params.max_gap_s or 'of the source'}{model and ', model ' + model}"
    if store.setting("days_by") != rule:
        if store.count("legs"):
            mark_all(store)
        store.set("days_by", rule)


def _has_anything(store: StoreHome, day: str) -> bool:
    """Whether there is anything to compute a day from, or to take back. A day whose fixes were purged stays as it was."""
    edges = edges_of([day], store.timezone)
    places = (("fixes", "time"), ("legs", "start"), ("gaps", "start"), ("gaps", "end"))
    return any(store.has(table, between(column, edges)) for table, column in places)


def _batches(store: StoreHome, days: list[str]) -> Iterator[list[str]]:
    """Days that follow each other, a few at a time."""
    batch: list[str] = []
    fixes = 0
    for day in days:
        n = store.count("fixes", between("time", edges_of([day], store.timezone)))
        apart = batch and (pd.Timestamp(day) - pd.Timestamp(batch[-1])).days != 1
        if batch and (apart or len(batch) >= MOST_DAYS or fixes + n > MOST_FIXES):
            yield batch
            batch, fixes = [], 0
        batch.append(day)
        fixes += n
    if batch:
        yield batch


def _write(store: StoreHome, found: Days, days: list[str], done: set[str]) -> pd.Index:
    """The rows of some days in the place of what was there for them, and the days that are due because of it; whose legs differ."""
    first, last = span = edges_of(days, store.timezone)
    for name in PUBLISHED:
        rows = _local(store, found.summary.get(name, pd.DataFrame()), "period")
        store.put(name, rows, between("period", span))
    store.mark_days(due_with(store, found.tracks, span) - done)
    forget_gaps(store, found.restricted["gaps"], span)
    officers = pd.Index([], dtype=object)
    gone = {"gaps": NONE, "tracks": touching((first - LONGEST, last), first)}
    for name in (*BY_GROUP, WHO):
        rows = found.restricted.get(name, pd.DataFrame())
        store.put(name, rows.reset_index(drop=True), between("period", span))
    for name, (moment, _) in OF_OFFICERS.items():
        rows, where = _local(store, found.restricted[name], moment), gone.get(name, between(moment, span))
        if name == "legs":  # the most by far, and of a day beside the one that changed nearly all are as they were
            officers = put_changed(store, name, rows, where, LEG, moment, found.legs)
        else:
            store.put(name, rows, where)
    return officers


def _local(store: StoreHome, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    return store.local(rows.reset_index(drop=True), column) if len(rows) else rows


def steady(store: StoreHome, params: TrackParams) -> TrackParams:
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
        with store.writing():
            kept = {**_measured_limits(store), **json.loads(store.setting("max_gap_s") or "{}")}
            store.set("max_gap_s", json.dumps(kept, sort_keys=True))
    return replace(params, max_gap_by_source=tuple(sorted(kept.items())))


def _sources(store: StoreHome) -> set[str]:
    """The sources of the stored fixes, by name; "" stands for one that is not known."""
    if not store.has("fixes"):
        return set()
    if "source" not in store.columns("fixes"):
        return {""}
    return {str(name or "") for (name,) in store.distinct("fixes", ["source"])}


def _measured_limits(store: StoreHome) -> dict[str, float]:
    """Source -> longest gap, from all fixes."""
    wanted = ["officer_id", "time", *(c for c in ("source",) if c in store.columns("fixes"))]
    fixes = store.read("fixes", columns=wanted, order=("officer_id", "time"))
    source, names = source_of(fixes)
    seconds = -fixes.groupby("officer_id", sort=False)["time"].diff(-1).dt.total_seconds().to_numpy()
    limits = gap_limits(seconds, source)
    return {name: limits[k] for k, name in enumerate(names) if k in limits}
