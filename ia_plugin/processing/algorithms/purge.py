"""Purge: what is older than the force may keep leaves the store for good; a dry run first."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from .. import extract_inputs as importing
from ..base import ImpactAreaAlgorithm
from ..run import Results, Run


class Purge(ImpactAreaAlgorithm):
    """Old fixes, tracks, visits, duties, rejects and attendances removed from the restricted store."""

    ID = "purge"
    NAME = "Purge old data"
    GROUP = "store"
    SUMMARY = "Removes data on single officers before a date; shows first how much that is."
    NOTES = (
        "Fixes, legs, tracks, gaps, visits, duties, ended postings, rejects, who attended which event and the marks of looks at officers are removed from "
        "restricted.gpkg and its free room is overwritten; so are files of flags that were taken in or set aside. The summary, which identifies no officer, and the record of runs stay. "
        "Copies, backups and exports are not reached. In a shared store whole months are dropped, and the room of other removed rows is used again by the server in its own time.",
    )
    TAGS = ("retention", "delete", "data protection")
    FIRST = ("STORE", "BEFORE", "DRY_RUN")
    LONG = False

    def declare(self) -> None:
        tr = self.tr
        self.add(
            QgsProcessingParameterFile("STORE", tr("Store"), behavior=QgsProcessingParameterFile.Behavior.Folder),
            tr("Folder of the force's store, or the connection to a shared one, as its loader."),
        )
        self.add(
            QgsProcessingParameterString("BEFORE", tr("Remove what is older than")),
            tr("A civil date such as 2024-01-31: what happened before that day goes."),
        )
        self.add(
            QgsProcessingParameterBoolean("DRY_RUN", tr("Only show what would be removed"), True),
            tr("Removes nothing. Look at the numbers, then run it again without."),
        )
        self.addOutput(QgsProcessingOutputNumber("ROWS", tr("Rows removed, or that would be")))

    def execute(self, run: Run) -> Results:
        from pathlib import Path

        import pandas as pd

        from ...core.errors import StoreError, TimeError
        from ...core.times.civil import moment_of
        from ...store.open_summary import is_shared
        from ...store.purge import purge, to_purge
        from ...store.tables import RESTRICTED
        from ..keys import needed_key

        if not is_shared(run.text("STORE")) and not (Path(run.text("STORE")) / RESTRICTED).is_file():
            raise StoreError(f"There is no store in {run.text('STORE')!r}.", "Choose the folder of restricted.gpkg.")
        with importing.open_store(run, needed_key(run), "Europe/London", 27700) as store:
            day = pd.to_datetime(run.text("BEFORE"), format="%Y-%m-%d", errors="coerce")
            if pd.isna(day):
                raise TimeError(f"BEFORE = {run.text('BEFORE')!r} is no date.", "Write it as 2024-01-31.")
            before = moment_of(day, store.timezone)
            if before > importing.now():
                raise TimeError(f"BEFORE = {run.text('BEFORE')!r} lies in the future.", "Give a day in the past.")
            dry = run.yes("DRY_RUN")
            found = to_purge(store, before) if dry else purge(store, before)
        verb = "would be" if dry else "were"
        run.say(*(f"{n:,} {'files' if '/' in name else 'rows'} of {name} {verb} removed." for name, n in found.items()))
        if not found:
            run.say(f"Nothing is older than {run.text('BEFORE')}.")
        run.account["dropped"] = {} if dry else found
        return {"ROWS": sum(found.values())}
