"""A summary that was made elsewhere, on a force's cluster, put in the place of the one before: checked first, and whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Union

import pandas as pd

from ..core.columns import refuse_personal
from ..core.disclosure.small_areas import refuse_small
from ..core.errors import StoreError
from ..core.sql import composed
from ..core.write_file import unwritable
from ..gpkg.connection import is_missing
from ..gpkg.geopackage import GeoPackage
from .folder import check_folder
from .open_summary import SummaryFile
from .pair import refuse_lost_columns, refuse_newer, stands_alone
from .small_ground import least_ha_kept
from .summary import ABOUT
from .tables import INDEXES, RESTRICTED, SUMMARY, SUMMARY_TABLES

MADE_BY = "cluster_run"
"""Name of the fact in ``about`` that says which run made a summary; later runs have later names."""
_THE_CLUSTERS = "Give the summary.gpkg that the cluster made."
DECLARED = ("notes", "figures", "flags", "governance", "trial_days")
"""What people declared stays when the figures are others."""


@dataclass(frozen=True)
class TakenSummary:
    """Which run made the summary that stands now, whether it is another than before, the hours it tells of, and what must be known."""

    run: str
    is_new: bool
    hours: int
    warnings: tuple[str, ...] = ()


def take_summary(folder: Union[str, Path], source: Union[str, Path]) -> TakenSummary:
    """Make a summary that stands alone the one of a folder; until it is there whole, the one before stays.

    Parameters
    ----------
    folder : where the dock looks for it; made where it is missing
    source : the summary.gpkg that a run on the cluster left

    Raises
    ------
    StoreError, PrivacyError, FileError
        for a folder with a store of its own, or one that may hold none; and for a file that is no such summary, is of a newer
        version, tells of single officers or of areas that are too small, or is older than the one that stands.
    """
    folder, source = Path(folder), Path(source)
    warnings = check_folder(folder)
    if not is_missing(folder / RESTRICTED):
        raise StoreError(
            f"{str(folder)!r} has a store that is computed here: its summary is not replaced by another.",
            "Give another folder for the summary of the cluster.",
        )
    closed_first = sys.platform == "win32"  # a file that is open cannot be replaced there
    fresh = folder / f".{uuid.uuid4().hex[:12]}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, fresh)
        try:
            found = _checked(fresh, source.name)
        except StoreError as error:
            if fresh.name not in str(error):
                raise
            # Of the copy, whose name nobody knows.
            raise StoreError(f"{source.name} is damaged, or no GeoPackage.", _THE_CLUSTERS) from None
        there = folder / SUMMARY
        if not there.is_file():
            os.replace(fresh, there)
            return TakenSummary(*found, tuple(warnings))
        with GeoPackage(there) as before, before.transaction():
            if not stands_alone(before):
                raise StoreError(f"{SUMMARY} in {str(folder)!r} is of a store.", "Give another folder.")
            stands = run_of(before)
            if found[0] < stands:
                raise StoreError(f"{source.name} is older ({found[0]}) than the one that stands ({stands}).", "Take the newest.")  # fmt: skip
            if found[0] == stands:
                return TakenSummary(found[0], False, found[2], tuple(warnings))
            _carry(before, fresh)
            if not closed_first:
                os.replace(fresh, there)
        if closed_first:
            os.replace(fresh, there)
    except OSError as error:
        raise unwritable(folder / SUMMARY, error) from error
    finally:
        with suppress(OSError):
            fresh.unlink()
    return TakenSummary(*found, tuple(warnings))


def _checked(path: Path, name: str) -> tuple[str, bool, int]:
    """(the run that made it, True, hours) of a summary that may be taken."""
    with GeoPackage(path, create=False) as package:
        refuse_newer(name, package)
        refuse_lost_columns(name, package)
        have = package.tables()
        if not {"areas", "time_use", ABOUT} <= set(have) or not stands_alone(package):
            raise StoreError(f"{name} is no summary that stands alone.", _THE_CLUSTERS)
        strange = [t for t in have if t not in SUMMARY_TABLES]
        if strange:
            raise StoreError(f"{name} has a table that no summary has ({strange[0]}).", _THE_CLUSTERS)  # fmt: skip
        for table in have:
            refuse_personal(package.kinds(table), table)
        refuse_small(
            package.read("areas"),
            least_ha_kept(SummaryFile(package)),
            reader="anybody who reads the summary",
            remedy="The summary of before stays.",
        )
        (hours,) = package.execute("SELECT count(DISTINCT period) FROM time_use")[0]
        return run_of(package), True, int(hours)


def run_of(package: GeoPackage) -> str:
    """The cluster's run that made a summary; "" for one that was made otherwise."""
    found = package.execute(composed("SELECT value FROM {table} WHERE name = ?", table=ABOUT), (MADE_BY,))
    return str(found[0][0]) if found else ""


def _carry(before: GeoPackage, fresh: Path) -> None:
    """What people declared, into the file that comes."""
    kept = {n: before.read(n) for n in DECLARED if n in before.tables()}
    with GeoPackage(fresh, check=refuse_personal) as package:
        for name, rows in kept.items():
            if len(rows):
                package.append(name, pd.DataFrame(rows), INDEXES.get(name, ()))


__all__ = ["MADE_BY", "TakenSummary", "run_of", "take_summary"]
