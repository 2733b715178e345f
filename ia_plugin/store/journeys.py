"""One officer-day out of the restricted store, and its export; each is recorded before anything of it is shown or written."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Union

import pandas as pd
import shapely

from ..core.cells import csv_line
from ..core.columns.declaration import table
from ..core.errors import ParameterError, StoreError
from ..core.events.mappable import place_is_sensitive
from ..core.journey import CAVEAT, Journey, civil_day, journey_of
from ..core.marking import MARKING, restricted_for
from ..core.privacy import Key, officer_day
from ..core.sentence import sentence
from ..core.times.civil import civil_text, pandas_zone
from ..core.write_file import write_file
from ..gpkg.geopackage import GeoPackage
from .audit import run_row
from .condition import among, compared
from .local_time import zone_of
from .look import refuse_purpose
from .open_summary import opened_summary
from .pair import refuse_newer
from .recorded_export import recorded_export
from .repeated_looks import OPENED, record_look
from .source_places import names_of_sources, places_in_words, source_places
from .tables import RESTRICTED, SUMMARY

EXPORT = "export of a journey"  # in the record of runs
AROUND = pd.Timedelta("36h")  # a rest at home is told by its length, and by the turn it stands in
_EXPORTED = table(
    "journey",
    "one report of one officer-day",
    "officer_day:str the officer-day; no link to another day",
    "time:time moment of the report, UTC",
    "accuracy_m:float? radius of the position error, metres",
    "link:str what joins it to the next report",
    "seconds:float? seconds to the next report",
    "source:str? where the report stands in the source",
    "marking:str who may have it, and for what",
    geometry="Point",
)
_COLUMNS = ("officer_day", "time", "x", "y", "accuracy_m", "link", "seconds", "source")


def open_journey(
    package: GeoPackage, visit_id: int, key: Key, *, purpose: str, at: pd.Timestamp, version: str, again: set[str]
) -> Journey:
    """The officer-day that a visit belongs to; without sensitive or other events, and without rests that may be at home.

    Parameters
    ----------
    package : the restricted file
    key : of the session's officer-day labels
    again : labels opened before in this session, which are no new look at their officer; grown by this one

    Raises
    ------
    StoreError
        where the visit is gone, or the opening cannot be recorded: then nothing is shown.
    """
    refuse_newer(RESTRICTED, package)
    timezone = zone_of(package)
    visit = package.read("visits", "visit_id = ?", (int(visit_id),), columns=["officer_id", "enter"])
    if not len(visit):
        raise StoreError("The visit is not in the store any more.", "Refresh the list.")
    officer, enter = str(visit["officer_id"].iloc[0]), visit["enter"].iloc[0]
    label = str(officer_day(visit["officer_id"], visit["enter"], timezone, key).iloc[0])
    day = f"{enter.tz_convert(pandas_zone(timezone)):%Y-%m-%d}"
    run = run_row(OPENED, at=at, version=version, parameters={"day": day}, purpose=purpose, audience="restricted")
    record_look(package, officer, run, label, again)
    fixes, starts, sites = reports_about(package, officer, *civil_day(day, timezone))
    return journey_of(fixes, starts, sites, Journey(label, day, timezone, pd.DataFrame()))


def reports_about(
    package: GeoPackage, officer: str, begin: pd.Timestamp, end: pd.Timestamp
) -> tuple[pd.DataFrame, pd.Series, list[shapely.Geometry]]:
    """(reports, starts of legs, police sites) from which rests that may be at home are told between two moments: far enough about them.

    Parameters
    ----------
    package : the restricted file
    officer : the pseudonym
    """
    around = (officer, begin - AROUND, end + AROUND)
    # And the reports before and after those: a radio that was off for days at one place was at rest there.
    where = (
        "officer_id = ? AND (time >= ? AND time < ? OR time = (SELECT max(time) FROM fixes WHERE officer_id = ? AND time < ?) "
        "OR time = (SELECT min(time) FROM fixes WHERE officer_id = ? AND time >= ?))"
    )
    fixes = package.read("fixes", where, (*around, officer, around[1], officer, around[2]), order="time, fid")
    starts = package.read("legs", "officer_id = ? AND start >= ? AND start < ?", around, columns=["start"])["start"]
    with GeoPackage(package.path.parent / SUMMARY, create=False) as summary:
        sites = summary.read("areas", "role = 'site'", columns=["geometry"])["geometry"] if "areas" in summary.tables() else []  # fmt: skip
    return with_sources(fixes, names_of_sources(package)), starts, [*sites]


def with_sources(fixes: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Reports, one a moment, with the words of where each stands in its source."""
    fixes = fixes.assign(source=places_in_words(source_places(names, fixes)))
    return fixes.drop_duplicates("time").reset_index(drop=True)


def export_journey(
    folder: Union[str, Path], journey: Journey, path: Path, purpose: str, *, at: pd.Timestamp, version: str
) -> Path:
    """Write an officer-day, and nothing beside it, as .csv or .gpkg; the export is recorded before it is made.

    Parameters
    ----------
    folder : of the store
    purpose : asked anew for what leaves the store

    Raises
    ------
    PrivacyError
        for a purpose that is not on the list.
    ParameterError
        for another kind of file.
    FileError
        where the file cannot be written.
    StoreError
        for a folder that is removable or synchronised to a cloud, and where the export cannot be recorded.
    """
    refuse_purpose(purpose)
    if path.suffix.lower() not in (".csv", ".gpkg"):
        raise ParameterError(
            sentence("{name!r} is neither .csv nor .gpkg.", name=path.name), "Give the file one of these endings."
        )
    run = run_row(
        EXPORT, at=at, version=version, parameters={"day": journey.day}, rows_used=len(journey.fixes),
        purpose=purpose, audience="restricted",
    )  # fmt: skip
    epsg, _ = recorded_export(folder, path, run)
    marking = f"{MARKING}. {restricted_for(purpose)}. {CAVEAT}"
    rows = journey.fixes.assign(officer_day=journey.officer_day)[[*_COLUMNS]]
    if path.suffix.lower() == ".csv":
        return write_file(path, _as_csv(rows, marking, journey.timezone))
    return write_file(path, _as_geopackage(rows, marking, epsg, path.parent))


def events_of_hours(folder: Union[str, Path], journey: Journey) -> pd.DataFrame:
    """Where events were in the hours of an officer-day, for the map alone: those that anyone may see as points.

    Sensitive kinds are not among them, nor what is known by the day or the month; nothing tells which officer was sent.

    Parameters
    ----------
    folder : of the store

    Returns
    -------
    DataFrame ``kind, x, y`` of events whose window meets the time from the first report shown to the last.
    """
    nothing = pd.DataFrame(columns=["kind", "x", "y"])
    if not len(journey.fixes):
        return nothing
    first, last = journey.fixes["time"].iloc[0], journey.fixes["time"].iloc[-1]
    with opened_summary(folder) as summary:
        if "event_points" not in summary.tables():
            return nothing
        where = (
            among("time_precision", ("minute", "hour")) & compared("start", "<=", last) & compared("end", ">=", first)
        )
        found = summary.read("event_points", where, columns=["kind", "category", "x", "y"])
    shown = [not place_is_sensitive(c) for c in found["category"]]
    return found.loc[shown, ["kind", "x", "y"]].dropna().reset_index(drop=True)


def _as_csv(rows: pd.DataFrame, marking: str, timezone: str) -> bytes:
    shown = rows.assign(time=[civil_text(t, timezone) for t in rows["time"]])
    lines = [csv_line([marking]), csv_line(_COLUMNS)]
    lines += [csv_line(row) for row in shown.itertuples(index=False, name=None)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _as_geopackage(rows: pd.DataFrame, marking: str, epsg: int, beside: Path) -> bytes:
    """A whole file, so that one half written takes the place of nothing; made where it may lie, not in the machine's own room."""
    with tempfile.TemporaryDirectory(dir=beside) as room:
        path = Path(room) / "journey.gpkg"
        with GeoPackage(path, epsg=epsg) as package:
            kinds = {c.name: c.kind for c in _EXPORTED.columns}
            package.create_table(_EXPORTED, kinds, marking)
            package.append(_EXPORTED, rows.assign(marking=marking))
        return path.read_bytes()


__all__ = ["EXPORT", "events_of_hours", "export_journey", "open_journey", "reports_about", "with_sources"]
