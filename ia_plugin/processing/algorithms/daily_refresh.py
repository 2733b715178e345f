"""Daily refresh: new files of a watched folder to the store, and the presence of the days that changed."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ...core.params import ClockParams, ImportParams, PresenceParams, TrackParams
from ...core.words import amount
from ...store.watched_folder import PATTERN, events_by_folder, kind_by_folder, watched_files
from .. import extract_inputs as importing
from ..base import ImpactAreaAlgorithm
from ..inputs import declare_areas
from ..marking import declare_marking, marking_of
from ..movement_model import declare_model, model_of
from ..run import Results, Run
from ..small_ground import declare_least_area, put_areas

if TYPE_CHECKING:
    from ...core.imports.accounts import Account
    from ...core.imports.mapping import Mapping
    from ...store.store import Store

SETTLED_S = 2.0  # a file changed more lately than this may still be being written
LISTED = 10  # files that the error at the end names with their reasons


class DailyRefresh(ImpactAreaAlgorithm):
    """The store brought up to date; safe to run twice and to stop at any moment."""

    ID = "dailyrefresh"
    NAME = "Daily refresh"
    GROUP = "store"
    SUMMARY = (
        "Takes new files of a watched folder into the store, and computes tracks and presence of the days they changed."
    )
    NOTES = (
        "Each file is taken in whole or not at all, and the same content never twice. Its kind (affiliations, postings, duties, radios, events) is recognised from its columns, from a mapping, or from the name of its folder. Running it twice changes nothing; a "
        "run stopped at any moment is finished by the next.",
        "A file that cannot be taken in does not hold up the others: it is set aside with its reason, the rest is done and the days are "
        "computed, then the run ends with complaints: an error that names each such file, so that a scheduler sees it. It stays where "
        "it is and is tried again by the next run. One line at the end sums the run up.",
        "Flags on figures that readers left as files in the store's folder “flags” are taken in too; one that is cut off, of a newer version or "
        "that may name a person is set aside with its reason, and is no error.",
        "Areas under the smallest area, but for police sites, are not kept: the store goes on with those it had, and the run ends with an "
        "error that names them. Ground smaller than that where areas overlap, which subtracting them would tell, is given to one of them and named.",
    )
    TAGS = ("schedule", "batch", "night", "update")
    FIRST = ("INPUT", "STORE", "AREAS", "AREA_ID_FIELD", "AREA_NAME_FIELD", "ROLE_FIELD", "COMPARISON_AREAS")

    def declare(self) -> None:
        tr = self.tr
        folder = QgsProcessingParameterFile.Behavior.Folder
        self.add(
            QgsProcessingParameterFile("INPUT", tr("Watched folder"), behavior=folder, optional=True),
            tr(
                "Left empty only where SUMMARY is given. Its files, and those of folders in it; a folder named affiliations, postings, duties, radios or events sets the kind of its files, "
                "one named crimes, incidents or searches that of its events. Else the columns tell it, and what they told is said."
            ),
        )
        self.add(
            QgsProcessingParameterFile("STORE", tr("Store"), behavior=folder),
            tr("Folder of summary.gpkg and restricted.gpkg; made where it is missing. It needs the key."),
        )
        self.add(
            QgsProcessingParameterFile("SUMMARY", tr("Summary of the cluster"), extension="gpkg", optional=True),
            tr(
                "A summary.gpkg that a run on the force's cluster made, in place of a watched folder: it is checked (version, areas, that it "
                "tells of no single officer) and put into the folder of the store whole or not at all. No key is needed, and the folder may "
                "have no store of its own. Notes and flags stay."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("PATTERN", tr("Files"), PATTERN),
            tr("Patterns of names, separated by semicolons; small and capital letters are the same."),
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
        self.add_declared("CORES", PresenceParams.declaration("workers"), optional=True)
        declare_model(
            self,
            tr(
                "A file that Calibrate movement wrote, kept in the store; left empty, as in the runs before, and the model that comes with "
                "the plugin at first. Another makes every day due."
            ),
            advanced=True,
        )
        self.add_declared("INVALID_ROWS", _rejecting())
        self._declare_page()
        for name, text in (("FILES", "Files taken in"), ("DAYS", "Days computed"), ("ROWS_KEPT", "Rows kept")):
            self.addOutput(QgsProcessingOutputNumber(name, tr(text)))
        self.addOutput(QgsProcessingOutputString("SUMMARY", tr("Summary")))

    def _declare_page(self) -> None:
        tr = self.tr
        self.add(
            QgsProcessingParameterFileDestination(
                "PAGE", tr("Inspector's page"), "HTML (*.html)", optional=True, createByDefault=False
            ),
            tr("Where it is given, the page is written anew at the end of each run, whole or not at all, for a board."),
        )
        self.add(
            QgsProcessingParameterBoolean("INDEX", tr("Page of the folder too"), False),
            tr("index.html beside the inspector's page: what lies in the folder, and how old the data are."),
            advanced=True,
        )
        declare_marking(self)

    def execute(self, run: Run) -> Results:
        from ...core.errors import FileError
        from ...store.about_facts import refresh_noted
        from ...store.own_areas_due import compute_own_areas
        from ...store.refresh import refresh
        from ..keys import needed_key

        if run.text("SUMMARY"):
            return _take_summary(run)
        if not run.text("INPUT"):
            raise FileError("There is no watched folder.", "Give INPUT, or the SUMMARY that a cluster made.")
        began, at, model = time.monotonic(), importing.now(), model_of(run)
        marking = marking_of(run) if run.wants("PAGE") else ""
        with (
            importing.open_store(run, needed_key(run), run.text("TIMEZONE"), 27700) as store,
            refresh_noted(store, at, run.choice("METHOD"), run.number("MAX_GAP")) as complaints,
        ):
            areas = _areas(run, store.epsg)
            taken = _take_in(run, store)
            taken.refused += put_areas(run, store, areas)
            if not store.count("areas"):
                run.warn("The store has no areas yet: tracks were made, presence was not. Give AREAS.")
            speed = run.number("MAX_SPEED") or TrackParams().max_speed_ms
            done = refresh(
                store,
                TrackParams(max_gap_s=run.number("MAX_GAP"), max_speed_ms=speed),
                PresenceParams(method=run.choice("METHOD"), max_speed_ms=speed, workers=int(run.number("CORES") or 1)),
                model=model,
                tell=run.step(0.5, 1.0, self.tr("Computing days")),
            )
            run.say(*(f"{n:,} fixes could not be used: {why}." for why, n in done.dropped.items()))
            store.forget_expired(at)
            if asked := compute_own_areas(store, at):
                run.say(f"{asked} areas that readers drew were computed.")
            complaints += filter(None, [taken.complaints()])
        _take_in_flags(run)
        taken.no_page += _write_page(run, marking)
        total = taken.total()
        rows, kept = total.rows_read, total.rows_kept
        summary = (
            f"dailyrefresh: {taken.outcome()}, {len(taken.accounts)} new files, {taken.known} known, "
            f"{kept:,} of {rows:,} rows kept, {done.days} days computed, {amount(time.monotonic() - began, 's')}"
        )
        run.account.update(rows_read=rows, rows_used=kept, dropped=dict(total.dropped))
        run.account["inputs"] = {a.name: a.hash for a in taken.accounts}
        run.say(summary)
        if taken.set_aside or taken.refused or taken.no_page:
            what = (
                "these files"
                if taken.set_aside
                else "the areas"
                if taken.refused
                else "what kept the page from being written"
            )
            raise FileError(
                f"{summary}. {taken.complaints()}", f"Everything else was done; correct {what} and run it again."
            )
        page = {"PAGE": run.text("PAGE")} if run.wants("PAGE") else {}
        return {"FILES": len(taken.accounts), "DAYS": done.days, "ROWS_KEPT": kept, "SUMMARY": summary, **page}


def _take_summary(run: Run) -> Results:
    """The summary of the cluster in the place of the one before; nothing is computed here."""
    from ...core.errors import FileError, ParameterError
    from ...store.taken_summary import take_summary

    if run.text("INPUT"):
        raise ParameterError("INPUT and SUMMARY are both given.", "Give the one or the other.")
    marking = marking_of(run) if run.wants("PAGE") else ""
    taken = take_summary(run.text("STORE"), run.text("SUMMARY"))
    for words in taken.warnings:
        run.warn(words)
    why = _write_page(run, marking)
    summary = f"dailyrefresh: {'ok' if not why else 'with complaints: PAGE not written'}, " + (
        f"the summary of {taken.run} was taken, {taken.hours:,} hours"
        if taken.is_new
        else "the summary was there already"
    )
    run.say(summary)
    if why:
        raise FileError(
            f"{summary}. {' '.join(why)}", "Everything else was done; correct what kept the page from being written."
        )
    page = {"PAGE": run.text("PAGE")} if run.wants("PAGE") else {}
    return {"FILES": int(taken.is_new), "DAYS": 0, "ROWS_KEPT": 0, "SUMMARY": summary, **page}


def _take_in_flags(run: Run) -> None:
    """Flags that readers left in the store's drop folder; whatever is wrong with one stops no refresh."""
    from ...core.connection_text import names_a_database
    from ...core.errors import ImpactAreaError
    from ...core.resources import plugin_version
    from ...store.flags import take_in_flags

    if names_a_database(run.text("STORE")):
        return  # a reader of a shared store raises a flag in it
    try:
        found = take_in_flags(run.text("STORE"), at=importing.now(), version=plugin_version())
    except ImpactAreaError as error:
        run.warn(f"Flags on figures were not taken in: {error}")
        return
    run.say(*found.sentences())
    for why in found.set_aside:
        run.warn(f"A flag on a figure was set aside: {why}")


def _write_page(run: Run, marking: str) -> list[str]:
    """Write the inspector's page of the store where it is asked for, each file whole or not at all; why that could not be done.

    It is written before the run's complaints are told: a file that was set aside keeps no page from its readers.
    """
    from ...core.errors import ImpactAreaError
    from ...core.write_file import write_file
    from ...store.inspector_page import pages_of

    if not run.wants("PAGE"):
        return []
    path = Path(run.algorithm.parameterAsFileOutput(run.parameters, "PAGE", run.context))
    try:
        for file, text in pages_of(run.text("STORE"), path, marking=marking, with_folder=run.yes("INDEX")).items():
            write_file(file, text)
    except ImpactAreaError as error:
        run.feedback.reportError(f"The inspector's page was not written: {error}", False)
        return [f"The inspector's page was not written: {error}"]
    run.say(f"The inspector's page was written: {path.name}.")
    return []


def _rejecting() -> Any:
    """The choice of what to do with bad rows; a run at night keeps the valid ones."""
    return replace(ImportParams.declaration("invalid_rows"), default="reject")


@dataclass
class _Taken:
    """What became of the files of the folder: accounts of those taken in, why others were set aside, how many were known.

    `refused` says why areas were, `no_page` why the inspector's page was not written.
    """

    accounts: list[Account] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    no_page: list[str] = field(default_factory=list)
    known: int = 0

    def total(self) -> Account:
        from ...core.imports.accounts import Account

        total = Account("all files", "")
        for account in self.accounts:
            total.add(account)
        return total

    def outcome(self) -> str:
        wrong = [f"FAILED for {len(self.set_aside)} of them, set aside"] * bool(self.set_aside)
        wrong += ["AREAS refused"] * bool(self.refused)
        wrong += ["PAGE not written"] * bool(self.no_page)
        return f"with complaints: {', '.join(wrong)}" if wrong else "ok"

    def complaints(self) -> str:
        """Why each file was set aside, as far as one message holds them; the log has all."""
        more = len(self.set_aside) - LISTED
        return " ".join([*self.set_aside[:LISTED], *self.refused, *self.no_page]) + (
            f" And {more} more, named above." if more > 0 else ""
        )


def _take_in(run: Run, store: Store) -> _Taken:
    """Take in each file of the folder; one that cannot be read holds up no other."""
    from ...core.errors import Cancelled, ImpactAreaError, StoreError, UnforeseenError

    folder, taken = Path(run.text("INPUT")), _Taken()
    files, complaints = watched_files(folder, run.text("PATTERN"))
    tell = run.step(0.0, 0.5, run.algorithm.tr("Taking in files"))

    def set_aside(why: ImpactAreaError) -> None:
        taken.set_aside.append(str(why))
        run.feedback.reportError(f"Set aside: {why}", False)
        if isinstance(why, UnforeseenError):
            run.feedback.pushDebugInfo(f"Detail: {why.place}")

    for why in complaints:
        set_aside(why)
    for i, path in enumerate(files):
        tell(i / len(files))
        try:
            account = _bring(run, store, path, folder)
        except (Cancelled, StoreError):
            raise
        except ImpactAreaError as error:
            set_aside(error)
            continue
        if account is None:
            taken.known += 1
            continue
        importing.say_account(run, account)
        if not account.rows_read:
            run.warn(f"{account.name} has a header and no rows.")
        taken.accounts.append(account)
    return taken


def _bring(run: Run, store: Store, path: Path, folder: Path) -> Optional[Account]:
    from ...core.imports.file_state import file_facts
    from ...store.imports import bring_file

    _, changed_ns = file_facts(path)
    if 0 <= time.time() - changed_ns / 1e9 < SETTLED_S:
        time.sleep(SETTLED_S)  # a file that still grows says so when it is read
    events = events_by_folder(path, folder)
    return bring_file(
        store, path, kind_by_folder(path, folder), partial(_mapping, run, events), importing.import_params(run),
        at=importing.now(), tell=importing.tell_rows(run), timezone=run.text("TIMEZONE"),
        date_order=run.choice("DATE_ORDER"), **({"event_kind": events} if events else {}),
    )  # fmt: skip


def _mapping(run: Run, events: Optional[str], kind: str) -> Optional[Mapping]:
    """The force's saved mapping of a kind of extract, or None; of `events` where it does not say which."""
    from ...core.imports.mapping import read_mapping

    if not run.text("MAPPINGS"):
        return None
    found = Path(run.text("MAPPINGS")) / f"{kind}.json"
    mapping = read_mapping(found) if found.is_file() else None
    return replace(mapping, event_kind=events) if mapping and events and not mapping.event_kind else mapping


def _areas(run: Run, epsg: int) -> Optional[Any]:
    from qgis.core import QgsCoordinateReferenceSystem

    from ..inputs import read_all_areas

    if run.parameters.get("AREAS") in (None, ""):
        return None
    # What is kept in the store decides every figure from now on: somebody must have said which areas are impact areas.
    return read_all_areas(run, QgsCoordinateReferenceSystem(f"EPSG:{epsg}"), most=0)
