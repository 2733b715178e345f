"""Daily refresh: new files of a watched folder to the store, and the presence of the days that changed."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ...core.params import ClockParams, ImportParams, PresenceParams, TrackParams
from ...core.words import amount
from .. import extract_inputs as importing
from ..base import ImpactAreaAlgorithm
from ..inputs import declare_areas
from ..run import Results, Run
from ..small_ground import declare_least_area, put_areas

if TYPE_CHECKING:
    from ...core.imports.mapping import Mapping

SETTLED_S = 2.0  # a file changed more lately than this may still be being written


class DailyRefresh(ImpactAreaAlgorithm):
    """The store brought up to date; safe to run twice and to stop at any moment."""

    ID = "dailyrefresh"
    NAME = "Daily refresh"
    GROUP = "briefing"
    SUMMARY = (
        "Takes new files of a watched folder into the store, and computes tracks and presence of the days they changed."
    )
    NOTES = (
        "Each file is taken in whole or not at all, and the same content never twice. Its kind (affiliations, postings, duties, radios, events) is recognised from its columns, from a mapping, or from the name of its folder. Running it twice changes nothing; a "
        "run stopped at any moment is finished by the next.",
        "A file that cannot be read does not hold up the others: the rest is done, then the run ends with an error that names it, so "
        "that a scheduler sees it. One line at the end sums the run up.",
        "Areas under the smallest area, but for police sites, are not kept: the store goes on with those it had, and the run ends with an "
        "error that names them. Ground smaller than that where areas overlap, which subtracting them would tell, is given to one of them and named.",
    )
    TAGS = ("schedule", "batch", "night", "update")

    def declare(self) -> None:
        tr = self.tr
        folder = QgsProcessingParameterFile.Behavior.Folder
        self.add(
            QgsProcessingParameterFile("INPUT", tr("Watched folder"), behavior=folder),
            tr(
                "Its files, and those of folders in it; a folder named affiliations, postings, duties, radios or events sets the kind of its files."
            ),
        )
        self.add(
            QgsProcessingParameterFile("STORE", tr("Store"), behavior=folder),
            tr("Folder of summary.gpkg and restricted.gpkg; made where it is missing. It needs the key."),
        )
        self.add(
            QgsProcessingParameterString("PATTERN", tr("Files"), "*.csv;*.csv.gz;*.txt;*.parquet;*.json"),
            tr("Patterns of names, separated by semicolons."),
        )
        self.add(
            QgsProcessingParameterFile("MAPPINGS", tr("Mappings"), behavior=folder, optional=True),
            tr(
                "Folder with affiliations.json, postings.json, duties.json, radios.json or events.json, used for files of that kind."
            ),
        )
        declare_areas(
            self,
            tr("Polygons; kept in the store, so that they need not be named again. Others make every day due."),
            optional=True,
        )
        declare_least_area(self, tr("Left empty, as in the runs before, and 4 ha at first."), default=None)
        self.add_declared("TIMEZONE", ClockParams.declaration("timezone"))
        self.add_declared("DATE_ORDER", ClockParams.declaration("date_order"))
        self.add_declared("MAX_GAP", TrackParams.declaration("max_gap_s"))
        self.add_declared("MAX_SPEED", TrackParams.declaration("max_speed_ms"))
        self.add_declared("METHOD", PresenceParams.declaration("method"))
        self.add_declared("INVALID_ROWS", _rejecting())
        for name, text in (("FILES", "Files taken in"), ("DAYS", "Days computed"), ("ROWS_KEPT", "Rows kept")):
            self.addOutput(QgsProcessingOutputNumber(name, tr(text)))
        self.addOutput(QgsProcessingOutputString("SUMMARY", tr("Summary")))

    def execute(self, run: Run) -> Results:
        from ...core.errors import FileError
        from ...core.imports.accounts import Account
        from ...core.movement import default_model
        from ...store.refresh import refresh
        from ..keys import needed_key

        began = time.monotonic()
        with importing.open_store(run, needed_key(), run.text("TIMEZONE"), 27700) as store:
            areas = _areas(run, store.epsg)
            accounts, failed, known = _take_in(run, store)
            refused = put_areas(run, store, areas)
            if not store.count("areas"):
                run.warn("The store has no areas yet: tracks were made, presence was not. Give AREAS.")
            speed = run.number("MAX_SPEED") or TrackParams().max_speed_ms
            done = refresh(
                store,
                TrackParams(max_gap_s=run.number("MAX_GAP"), max_speed_ms=speed),
                PresenceParams(method=run.choice("METHOD"), max_speed_ms=speed),
                model=default_model(),
                tell=run.step(0.5, 1.0, self.tr("Computing days")),
            )
            run.say(*(f"{n:,} fixes could not be used: {why}." for why, n in done.dropped.items()))
        total = Account("all files", "")
        for account in accounts:
            total.add(account)
        rows, kept = total.rows_read, total.rows_kept
        wrong = [f"FAILED for {len(failed)} of them"] * bool(failed) + ["AREAS refused"] * bool(refused)
        summary = (
            f"dailyrefresh: {', '.join(wrong) or 'ok'}, {len(accounts)} new files, {known} known, "
            f"{kept:,} of {rows:,} rows kept, {done.days} days computed, {amount(time.monotonic() - began, 's')}"
        )
        run.account.update(rows_read=rows, rows_used=kept, dropped=dict(total.dropped))
        run.account["inputs"] = {a.name: a.hash for a in accounts}
        run.say(summary)
        if wrong:
            what = "these files" if failed else "the areas"
            raise FileError(
                f"{summary}. {(failed + refused)[0]}", f"Everything else was done; correct {what} and run it again."
            )
        return {"FILES": len(accounts), "DAYS": done.days, "ROWS_KEPT": kept, "SUMMARY": summary}


def _rejecting() -> Any:
    """The choice of what to do with bad rows; a run at night keeps the valid ones."""
    from dataclasses import replace

    return replace(ImportParams.declaration("invalid_rows"), default="reject")


def _take_in(run: Run, store: Any) -> tuple[list[Any], list[str], int]:
    """Accounts of the files taken in, sentences on those that could not be, and how many were known."""
    from ...core.errors import Cancelled, ImpactAreaError, PrivacyError, StoreError
    from ...store.imports import bring_file

    params, accounts, failed, known = importing.import_params(run), [], [], 0
    files = _files(run)
    tell = run.step(0.0, 0.5, run.algorithm.tr("Taking in files"))
    for i, path in enumerate(files):
        tell(i / len(files))
        try:
            if time.time() - path.stat().st_mtime < SETTLED_S:
                time.sleep(SETTLED_S)  # a file that still grows says so when it is read
            kind = _kind(path, Path(run.text("INPUT")))
            account = bring_file(
                store,
                path,
                kind,
                partial(_mapping, run),
                params,
                at=importing.now(),
                tell=importing.tell_rows(run),
                timezone=run.text("TIMEZONE"),
                date_order=run.choice("DATE_ORDER"),
            )
        except (Cancelled, PrivacyError, StoreError):
            raise
        except ImpactAreaError as error:
            failed.append(str(error))
            run.feedback.reportError(str(error), False)
            continue
        if account is None:
            known += 1
            continue
        importing.say_account(run, account)
        accounts.append(account)
    return accounts, failed, known


KINDS = ("affiliations", "postings", "duties", "radios", "events")
_ORDER = {"radios": 0, "postings": 1, "duties": 2, "affiliations": 3, "events": 4}


def _files(run: Run) -> list[Path]:
    """Files of the folder, people before positions, then by name."""
    from ...core.errors import FileError

    folder = Path(run.text("INPUT"))
    if not folder.is_dir():
        raise FileError(f"There is no folder {str(folder)!r}.", "Check the path.")
    found = {p for pattern in run.text("PATTERN").split(";") if pattern.strip() for p in folder.rglob(pattern.strip())}
    plain = [p for p in found if p.is_file() and not p.name.startswith((".", "~"))]
    return sorted(plain, key=lambda p: (_ORDER.get(_kind(p, folder) or "", 5), str(p)))


def _kind(path: Path, folder: Path) -> Optional[str]:
    """What the name of a file's folder says of it."""
    parts = [p.lower() for p in path.relative_to(folder).parts[:-1]]
    return next((k for k in KINDS if k in parts), None)


def _mapping(run: Run, kind: str) -> Optional[Mapping]:
    """The force's saved mapping of a kind of extract, or None."""
    from ...core.imports.mapping import read_mapping

    if not run.text("MAPPINGS"):
        return None
    found = Path(run.text("MAPPINGS")) / f"{kind}.json"
    return read_mapping(found) if found.is_file() else None


def _areas(run: Run, epsg: int) -> Optional[Any]:
    from qgis.core import QgsCoordinateReferenceSystem

    from ..inputs import read_all_areas

    if run.parameters.get("AREAS") in (None, ""):
        return None
    # What is kept in the store decides every figure from now on: somebody must have said which areas are impact areas.
    return read_all_areas(run, QgsCoordinateReferenceSystem(f"EPSG:{epsg}"), stop=True)
