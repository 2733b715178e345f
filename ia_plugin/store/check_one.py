"""One officer-day against the source system: a collar number is typed, hashed in memory, and the matching passes are shown.

The look is recorded before anything is read, without the number. Nothing leads the other way: from a pass to an officer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Union

import numpy as np
import pandas as pd

from ..core.cells import csv_line
from ..core.columns import TABLES
from ..core.disclosure.shown_texts import guarded_text
from ..core.empty import empty_table
from ..core.errors import ParameterError, PrivacyError
from ..core.journey import civil_day
from ..core.marking import MARKING, restricted_for
from ..core.params import CHECK_PURPOSES, LONGEST_PURPOSE, SUBJECT_ACCESS
from ..core.privacy import Key, is_pseudonym, pseudonymise
from ..core.references import officer_reference
from ..core.sentence import sentence
from ..core.times.civil import civil_text
from ..core.times.instants import nanoseconds
from ..core.write_file import write_file
from ..gpkg.geopackage import GeoPackage
from .audit import add_run, run_row
from .intents import finish
from .look import refuse_no_look
from .open_summary import is_shared
from .pair import FINGERPRINT, refuse_newer
from .recorded_export import recorded_export
from .source_places import names_of_sources, source_places
from .summary import summary_path
from .tables import RESTRICTED

WHAT, EXPORT = "check of one officer-day", "export of one officer-day"  # in the record of runs
COLUMNS = ("time", "area_id", "enter", "leave", "x", "y", "file", "line", "record", "source_ref")
LONGEST_NUMBER = 40
AROUND = pd.Timedelta("12h")  # a pass that began before midnight has its first fix there
_MARK = "officer mark"


def check_one(
    folder: Union[str, Path],
    collar_number: str,
    day: date,
    purpose: str,
    reason: str,
    key: Key,
    *,
    at: pd.Timestamp,
    version: str,
) -> pd.DataFrame:
    """The passes of one officer through areas on one civil day, fix by fix, with the file and the line each came from.

    Parameters
    ----------
    folder : of the store
    collar_number : as written in the source; it stays in memory, and is in no record
    day : of the store's time zone
    purpose : one of `CHECK_PURPOSES`. To check a figure the fixes of each pass are shown, from the last before it to the first after;
        to answer an officer's own request all fixes of the day
    reason : in the reader's own words, naming nobody; recorded
    key : the force's

    Returns
    -------
    DataFrame of `COLUMNS`, by time; ``area_id, enter, leave`` of the pass, missing outside all areas. Empty where there are none, and
    for a number that nobody has.

    Raises
    ------
    ParameterError
        for no number, or no reason.
    PrivacyError
        for another purpose, a reason that names somebody, a pseudonym in place of a number, or another key than the store's.
    StoreError
        where the store cannot be read, or the look not be recorded: then nothing is shown.
    """
    shared = is_shared(folder)
    refuse_no_look(folder := folder if shared else summary_path(folder).parent)
    officer, words = _officer(collar_number, key), checked_reason(purpose, reason, collar_number)
    # A keyed mark tells that two looks were at one officer, and not at whom: it is in no other table.
    mark = key.digest(f"look at {officer}", 12)
    if shared:
        from .postgis.check_one import day_of

        fixes, names, visits, timezone = day_of(str(folder), officer, day, purpose, words, mark, key, version)
        return _passes(fixes, names, visits, day, timezone, purpose == SUBJECT_ACCESS)
    folder = Path(folder)
    finish(folder)
    with GeoPackage(folder / RESTRICTED, create=False) as package:
        refuse_newer(RESTRICTED, package)
        settings = {str(n): str(v) for n, v in package.execute("SELECT name, value FROM settings")}
        if settings.get(FINGERPRINT) != key.fingerprint:
            raise PrivacyError("The store was written with another key.", "Use the force's key: with another one no officer is found.")  # fmt: skip
        parameters = {"day": day.isoformat(), "reason": words, _MARK: mark}
        add_run(package, run_row(WHAT, at=at, version=version, parameters=parameters, purpose=purpose, audience="restricted"))  # fmt: skip
        timezone = settings.get("timezone", "Europe/London")
        fixes, visits = _day_of(package, officer, day, timezone)
        return _passes(fixes, names_of_sources(package), visits, day, timezone, purpose == SUBJECT_ACCESS)


def checked_reason(purpose: str, reason: str, collar_number: str = "") -> str:
    """The reason of a look, on one line.

    Raises
    ------
    PrivacyError
        for a purpose that is not on the list, and a reason that names somebody: by the collar number too.
    ParameterError
        for no reason, or one of too many letters.
    """
    if purpose not in CHECK_PURPOSES:
        raise PrivacyError(sentence('The purpose {purpose!r} is not one of a check.', purpose=purpose), sentence('Choose one of: {choices}.', choices=', '.join(CHECK_PURPOSES)))  # fmt: skip
    line = guarded_text(reason, "reason")
    if len(line) > LONGEST_PURPOSE:
        raise ParameterError(
            sentence("The reason has {n} letters.", n=len(line)), sentence("Say it in {n}.", n=LONGEST_PURPOSE)
        )
    number = officer_reference(collar_number)
    # The number may stand in a longer word too, PC4512; one or two digits are as often a day or an hour.
    if number and len(number) > 2 and re.search(rf"(?<!\d){re.escape(number)}(?!\d)", line, re.IGNORECASE):
        raise PrivacyError("The reason has the collar number in it.", "Give the reason without it: the record names nobody.")  # fmt: skip
    return line


def as_csv(passes: pd.DataFrame, purpose: str, timezone: str) -> bytes:
    """Passes as a file for spreadsheets: the marking, a line of headings, civil times with their offset. It names no officer."""
    shown = passes.assign(**{n: [civil_text(t, timezone) for t in passes[n]] for n in ("time", "enter", "leave")})
    rows = [f"{MARKING}. {restricted_for(purpose)}.", ",".join(COLUMNS)]
    rows += [csv_line(row) for row in shown[[*COLUMNS]].itertuples(index=False, name=None)]
    return ("\r\n".join(rows) + "\r\n").encode("utf-8-sig")


def export_check(
    folder: Union[str, Path],
    passes: pd.DataFrame,
    day: date,
    path: Path,
    purpose: str,
    reason: str,
    *,
    at: pd.Timestamp,
    version: str,
) -> Path:
    """Write the passes of a civil day as :func:`as_csv` has them; the export is recorded with its day before it is made.

    Raises
    ------
    FileError
        where the file cannot be written.
    StoreError
        for a folder that is removable or synchronised to a cloud, and where the export cannot be recorded.
    PrivacyError, ParameterError
        as :func:`checked_reason`.
    """
    words = checked_reason(purpose, reason)
    run = run_row(
        EXPORT, at=at, version=version, parameters={"day": day.isoformat(), "reason": words}, rows_used=len(passes),
        purpose=purpose, audience="restricted",
    )  # fmt: skip
    _, timezone = recorded_export(folder, path, run)
    return write_file(path, as_csv(passes, purpose, timezone))


def _officer(collar_number: str, key: Key) -> str:
    number = officer_reference(collar_number) if len(collar_number) <= LONGEST_NUMBER else None
    if number is None:
        raise ParameterError("No collar number was given, or it is too long for one.", "Type it as the source system has it.")  # fmt: skip
    typed = pd.Series([number], dtype=object)
    if bool(is_pseudonym(typed).iloc[0]):
        raise PrivacyError("This is a pseudonym, not a collar number.", "A check begins with the number that the source system has.")  # fmt: skip
    return str(pseudonymise(typed, key).iloc[0])


def _day_of(package: GeoPackage, officer: str, day: date, timezone: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(fixes of a civil day and of half a day about it, visits that meet the day)."""
    have = package.tables()
    begin, end = civil_day(day.isoformat(), timezone)
    around = (officer, begin - AROUND, end + AROUND)
    fixes = empty_table(TABLES["fixes"])
    if "fixes" in have:
        fixes = package.read("fixes", "officer_id = ? AND time >= ? AND time < ?", around, order="time")
    visits = pd.DataFrame(columns=["area_id", "enter", "leave"])
    if "visits" in have:
        where = "officer_id = ? AND enter < ? AND leave > ?"
        visits = package.read("visits", where, (officer, end, begin), columns=["area_id", "enter", "leave"], order="enter")  # fmt: skip
    return fixes, visits


def _passes(
    fixes: pd.DataFrame, names: Mapping[str, str], visits: pd.DataFrame, day: date, timezone: str, whole_day: bool
) -> pd.DataFrame:
    """The passes of a day, fix by fix; with `whole_day` also the day's fixes outside them. `names` of the sources."""
    if not len(fixes):
        return _nothing()
    begin, end = civil_day(day.isoformat(), timezone)
    places = source_places(names, fixes)
    ready = pd.concat([fixes.reindex(columns=["time", "x", "y", "source_ref"]), places], axis=1)
    parts, times = [], nanoseconds(ready["time"])
    passed = np.zeros(len(ready), dtype=bool)
    for area, enter, leave in visits.itertuples(index=False, name=None):  # a handful a day
        low = max(int(np.searchsorted(times, enter.value, side="right")) - 1, 0)
        high = int(np.searchsorted(times, leave.value, side="left")) + 1
        passed[low:high] = True
        parts.append(ready.iloc[low:high].assign(area_id=area, enter=enter, leave=leave))
    if whole_day:
        of_day = ((ready["time"] >= begin) & (ready["time"] < end)).to_numpy()
        parts.append(ready[of_day & ~passed].assign(area_id=None, enter=pd.NaT, leave=pd.NaT))
    some = [part for part in parts if len(part)]
    if not some:
        return _nothing()
    rows = pd.concat([part.astype({"area_id": object}).assign(enter=_utc(part["enter"]), leave=_utc(part["leave"])) for part in some])  # fmt: skip
    return rows.sort_values(["time", "enter"], kind="stable")[[*COLUMNS]].reset_index(drop=True)


def _utc(values: pd.Series) -> pd.Series:
    return pd.to_datetime(values, utc=True)


def _nothing() -> pd.DataFrame:
    table = pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    return table.assign(**{name: pd.to_datetime(table[name], utc=True) for name in ("time", "enter", "leave")})


__all__ = ["COLUMNS", "EXPORT", "WHAT", "as_csv", "check_one", "checked_reason", "export_check"]
