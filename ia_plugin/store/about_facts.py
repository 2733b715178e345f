"""What a store says of itself beside its figures: written into the summary at each refresh, read for the page about the data."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.about.facts import KIND_WORDS, About, ObservedUnits, Refresh, Source, safe_outcome
from ..core.about.method import Way
from ..core.columns import ABOUT, UNIT_NOT_KNOWN
from ..core.coverage import coverage
from ..core.errors import Cancelled, ImpactAreaError, StoreError
from ..core.events.kinds import NAMES_OF_KINDS
from ..core.events.record_delays import delays_in_words, delays_of_text
from ..core.filter_state import day_in_words, month_in_words, words_of_date
from ..core.params import SummaryParams
from ..core.sentence import joined, phrase, sentence
from ..core.suppression import LEAST, OTHER
from ..core.times.civil import moment_of, pandas_zone
from ..gpkg.geopackage import GeoPackage
from .checks import agreement_in
from .condition import compared, equals
from .findings import findings_to_decide
from .governance import kept_card
from .interface import StoreHome, SummaryHome
from .movement_model import officers_behind_model
from .open_summary import facts_of, is_shared, opened_summary
from .record_delays import DELAYS
from .repeated_looks import looks_in_words, repeated_looks
from .summary import OFFICERS, summary_path
from .tables import RESTRICTED

REFRESHED, SOURCES, OBSERVED, WAY = (
    "refreshed",
    "sources",
    "observed_by_unit",
    "way",
)  # facts of the summary's ``about``
NEWEST_REFRESH = "SELECT at, parameters, outcome FROM runs WHERE what = 'dailyrefresh' ORDER BY fid DESC"
OWN_PARAMETERS = ("INPUT", "STORE")
LAYERS = ("AREAS", "COMPARISON_AREAS")  # kept in the store: they need not be named again
_BY_LOADER = phrase("A shared store is brought up to date by who keeps it, each night.")
STOPPED, DONE = "It was stopped: ", "All of it was done."


# --- written --------------------------------------------------------------------------------------------------------------


@contextmanager
def refresh_noted(store: StoreHome, at: pd.Timestamp, method: str, max_gap_s: Optional[float]) -> Iterator[list[str]]:
    """Tell the summary what became of a refresh, however it ends; the block adds complaints, sentences, to the list it is given."""
    complaints: list[str] = []
    try:
        yield complaints
    except ImpactAreaError as error:
        why = "by the user." if isinstance(error, Cancelled) else str(error)
        with suppress(ImpactAreaError):  # what stopped the run may forbid this too; the record of runs has it
            tell_refresh(store, Refresh(at.isoformat(), False, f"{STOPPED}{why}"))
        raise
    tell_refresh(store, Refresh(at.isoformat(), not complaints, " ".join(complaints) or DONE), Way(method, max_gap_s))


def tell_refresh(store: StoreHome, refreshed: Refresh, way: Optional[Way] = None) -> None:
    """Put what is known after a refresh into the summary's ``about``; `way` where it came to its end."""
    facts = {REFRESHED: refreshed.as_text()}
    if way is not None:
        officers = int(float(officers_behind_model(store) or 0))
        facts[WAY] = Way(way.method, way.max_gap_s, officers).as_text()
        facts[SOURCES] = json.dumps(_sources(store.read("sources"), store.timezone))
        facts[OBSERVED] = observed_units(store).as_text()
    with store.together("facts of the refresh"):
        for name, value in facts.items():
            store.put(ABOUT.name, pd.DataFrame({"name": [name], "value": [value]}), equals(name=name))


def _sources(rows: pd.DataFrame, timezone: str) -> list[dict[str, object]]:
    """Files, rows and reasons by kind of extract; no name of a file, which may be a person's."""
    found = []
    for kind, files in sorted(rows.groupby("kind"), key=lambda pair: [*KIND_WORDS, pair[0]].index(pair[0])):
        dropped: Counter[str] = Counter()
        for text in files["dropped"]:
            dropped.update({str(k): int(v) for k, v in json.loads(text or "{}").items() if v})
        last = files["imported_at"].max().tz_convert(pandas_zone(timezone))
        found.append({"kind": kind, "files": len(files), "read": int(files["rows_read"].sum()), "kept": int(files["rows_kept"].sum()),
                      "dropped": dropped.most_common(), "last": day_in_words(last.date())})  # fmt: skip
    return found


def observed_units(store: StoreHome) -> ObservedUnits:
    """How much of officers' time was observed in the newest closed month, by unit; units of few officers together, or withheld."""
    months = [m for m, facts in json.loads(store.setting("months") or "{}").items() if facts.get("areas")]
    if not months or not store.has("legs"):
        return ObservedUnits()
    first = pd.Timestamp(f"{max(months)}-01")
    span = tuple(moment_of(d, store.timezone) for d in (first, first + pd.offsets.MonthBegin(1)))
    tables = []
    for name, more in (("legs", ()), ("gaps", ("reason",))):
        there = store.columns(name)
        wanted = ["officer_id", "start", "end", *(c for c in ("unit", *more) if c in there)]
        table = store.read(name, compared("start", "<", span[1]) & compared("end", ">", span[0]), columns=wanted)
        for column, edge in (("start", span[0]), ("end", span[1])):
            table[column] = table[column].clip(lower=edge) if column == "start" else table[column].clip(upper=edge)
        tables.append(table)
    legs, gaps = tables
    return _by_unit(legs, gaps, month_in_words(first.date()), store.timezone)


def _by_unit(legs: pd.DataFrame, gaps: pd.DataFrame, month: str, timezone: str) -> ObservedUnits:
    if "unit" not in gaps.columns and len(gaps) and "unit" in legs.columns:
        # A silence belongs to the unit its officer is mostly seen with.
        usual = (
            legs.assign(unit=legs["unit"].fillna(UNIT_NOT_KNOWN))
            .groupby("officer_id")["unit"]
            .agg(lambda u: u.mode().iloc[0])
        )
        gaps = gaps.assign(unit=gaps["officer_id"].map(usual))
    if not len(legs):
        return ObservedUnits(month)
    officers = legs.assign(unit=legs["unit"].fillna(UNIT_NOT_KNOWN) if "unit" in legs.columns else UNIT_NOT_KNOWN)
    many = officers.groupby("unit")["officer_id"].nunique()
    few = set(many[many < LEAST].index)
    enough = officers.loc[officers["unit"].isin(few), "officer_id"].nunique() >= LEAST
    time = coverage(legs, gaps, SummaryParams(period="month", timezone=timezone))
    time["unit"] = time["unit"].where(~time["unit"].isin(few), OTHER)
    sums = time.groupby("unit")[["observed_s", "unobserved_s"]].sum()
    shown = [u for u in sorted(sums.index) if u != OTHER and many.get(u, 0) >= LEAST] + [OTHER] * (
        OTHER in sums.index and enough
    )
    # What is withheld could be told from the whole and the rest of it.
    withheld = bool(few) and not enough
    whole = None if withheld or officers["officer_id"].nunique() < LEAST else _percent(sums.sum())
    units = [(u, _percent(sums.loc[u])) for u in shown]
    return ObservedUnits(month, whole, tuple((u, p) for u, p in units if p is not None), withheld)


def _percent(seconds: pd.Series) -> Optional[int]:
    """The observed share of some time, in whole per cent."""
    return round(100 * float(seconds["observed_s"]) / float(seconds.sum())) if seconds.sum() > 0 else None


# --- read -----------------------------------------------------------------------------------------------------------------


def about_of(folder: Union[str, Path]) -> About:
    """All that the page tells of a store, from its summary; from the restricted half the last refresh alone, where it may be read.

    Raises
    ------
    StoreError
        where there is no summary, or it is of a newer version.
    """
    path = None if is_shared(folder) else summary_path(folder)
    with opened_summary(folder, checked=True) as summary:
        facts, zone = facts_of(summary), summary.timezone
        findings, found_at = findings_to_decide(summary, zone)
        noted = Refresh.of_text(facts.get(REFRESHED))
        refreshed, no_refresh = _refresh_of(path, noted) if path else (noted, _BY_LOADER)
        way = Way.of_text(facts.get(WAY))
        return About(
            *_names_of(folder), zone, _data_to(summary, zone), refreshed, _read_sources(facts.get(SOURCES) or (_sources_beside(path, zone) if path else "")),
            ObservedUnits.of_text(facts.get(OBSERVED)), findings, found_at, agreement_in(summary), kept_card(summary, zone),
            Way(way.method, way.max_gap_s, int(float(facts.get(OFFICERS) or way.officers))),
            in_restricted=path is None or path.with_name(RESTRICTED).is_file(), why_no_writing=why_no_writing(folder), why_no_refresh=no_refresh,
            looks=looks_in_words(repeated_looks(path, at=pd.Timestamp.now(tz="UTC"))) if path else (),
            delays=delays_in_words(delays_of_text(facts.get(DELAYS)), _kinds_in(summary)),
        )  # fmt: skip


def _names_of(folder: Union[str, Path]) -> tuple[str, str]:
    """(name, place) of a store: of its folder, or of its connection."""
    if is_shared(folder):
        return str(folder), str(folder)
    place = summary_path(folder).parent
    return place.name or str(place), str(place)


def why_no_writing(folder: Union[str, Path]) -> str:
    """Why this user may not change a store; "" where they may."""
    if is_shared(folder):
        return ""  # what a login may do its role says
    path = summary_path(folder)
    if not path.with_name(RESTRICTED).is_file():
        return sentence("Here is only the summary of the store: it is changed where {file} lies.", file=RESTRICTED)
    places = (path, path.with_name(RESTRICTED), path.parent)
    if not all(os.access(p, os.W_OK) for p in places):
        return phrase("You may read this store, and not write to it.")
    return ""


def refresh_parameters(folder: Union[str, Path]) -> dict[str, object]:
    """What Daily refresh was last run with on this store, to run it so again: the watched folder and all else but layers.

    Raises
    ------
    StoreError
        with the reason why this user cannot: :attr:`~ia_plugin.core.about.facts.About.why_no_refresh`.
    """
    if is_shared(folder):
        raise StoreError(_BY_LOADER)
    path = summary_path(folder)
    _, why, parameters = _asked(path)
    if why:
        raise StoreError(why)
    return parameters


def _refresh_of(path: Path, noted: Optional[Refresh]) -> tuple[Optional[Refresh], str]:
    """(the last refresh, why it cannot be run from here): of the record of runs where it may be read, for it has those that failed at once."""
    last, why, _ = _asked(path)
    return (last if last is not None and (noted is None or _is_later(last.at, noted.at)) else noted), why


def _is_later(one: str, other: str) -> bool:
    """Whether a run began after another: what a run says of itself stands for it, within the second that its start is rounded to."""
    return bool(pd.Timestamp(one) > pd.Timestamp(other) + pd.Timedelta("1s"))


def _asked(path: Path) -> tuple[Optional[Refresh], str, dict[str, object]]:
    """(the last refresh on record, why it cannot be run again from here, with what it would be)."""
    why = why_no_writing(path)
    restricted = path.with_name(RESTRICTED)
    if not restricted.is_file() or not os.access(restricted, os.R_OK):
        return None, why, {}
    try:
        with GeoPackage(restricted, create=False) as package:
            rows = package.execute(NEWEST_REFRESH) if "runs" in package.tables() else []
    except StoreError as error:
        return None, why or str(error), {}
    if not rows:
        return (
            None,
            why or phrase("No folder of extracts is known: run Daily refresh once, with its watched folder."),
            {},
        )
    at, _, outcome = rows[0]
    last = Refresh(str(at), outcome == "done", DONE if outcome == "done" else safe_outcome(str(outcome)))
    # One that was stopped at once may have had a folder that is none.
    known = [json.loads(text or "{}") for _, text, outcome in rows if outcome == "done"] or [
        json.loads(rows[0][1] or "{}")
    ]
    parameters = {k: v for k, v in known[0].items() if k not in LAYERS and v is not None}
    watched = str(parameters.get("INPUT", ""))
    parameters["STORE"] = str(path.parent)
    if not why and not (watched and Path(watched).is_dir()):
        why = phrase("The watched folder of the last refresh cannot be reached from here.")
    return last, why, parameters


def _read_sources(text: Optional[str]) -> tuple[Source, ...]:
    try:
        return tuple(
            Source(
                str(r["kind"]),
                int(r["files"]),
                int(r["read"]),
                int(r["kept"]),
                tuple((str(w), int(n)) for w, n in r["dropped"]),
                words_of_date(str(r["last"])),
            )
            for r in json.loads(text or "[]")
        )
    except (ValueError, TypeError, KeyError):
        return ()


def _sources_beside(path: Path, zone: str) -> str:
    """What a refresh would have told of the extracts, of a store that none has told yet; "" where the restricted half cannot be read."""
    restricted = path.with_name(RESTRICTED)
    if not restricted.is_file() or not os.access(restricted, os.R_OK):
        return ""
    try:
        with GeoPackage(restricted, create=False) as package:
            return json.dumps(_sources(package.read("sources"), zone)) if "sources" in package.tables() else ""
    except StoreError:
        return ""


def _kinds_in(summary: SummaryHome) -> list[str]:
    """The kinds of events that a summary has."""
    return sorted(str(kind) for (kind,) in summary.distinct("event_cells", ["kind"]))


def _data_to(summary: SummaryHome, zone: str) -> tuple[tuple[str, str], ...]:
    """The last moment of officers' time, as beside every figure ("data as of"), and the last day of each kind of event."""
    found = []
    if edges := summary.edges("time_use", "period"):
        # The hour that began then may be told in part: that it was told to its end is not known.
        at = edges[1].tz_convert(pandas_zone(zone))
        found.append((phrase("officers' time"), joined(", ", (day_in_words(at.date()), f"{at:%H:%M}"))))
    for kind in _kinds_in(summary):
        if edges := summary.edges("event_cells", "period", equals(kind=kind)):
            day = edges[1].tz_convert(pandas_zone(zone)).date()
            found.append((NAMES_OF_KINDS.get(kind, kind.lower()), day_in_words(day)))
    return tuple(found)


__all__ = ["about_of", "observed_units", "refresh_noted", "refresh_parameters", "tell_refresh", "why_no_writing"]
