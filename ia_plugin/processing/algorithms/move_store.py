"""Move a store: from its folder into a database, or back; counted and compared at the end."""

from __future__ import annotations

from qgis.core import QgsProcessingOutputNumber, QgsProcessingOutputString, QgsProcessingParameterString

from ...core.connection_text import refuse_password
from ...core.params import ClockParams
from .. import extract_inputs as importing
from ..base import ImpactAreaAlgorithm
from ..run import Results, Run


class MoveStore(ImpactAreaAlgorithm):
    """Every table of a store in a new one of the other kind."""

    ID = "movestore"
    NAME = "Move the store"
    GROUP = "store"
    SUMMARY = "Copies a store from its folder into a database that was prepared, or back into a new folder, and compares the two."
    NOTES = (
        "The old store is read and stays as it is: remove it, by the force's own rules, when the new one is in use.",
        "The new one must be empty. It is filled whole or not at all; then the rows of each table are counted and compared with those of the old one.",
        "The record of runs is not moved: it says who did what in the store that it is of. Files that a force keeps beside its store (words, flags) stay in the folder.",
    )
    TAGS = ("PostGIS", "PostgreSQL", "database", "copy", "migrate", "backup")
    FIRST = ("STORE", "TO")
    LONG = False

    def declare(self) -> None:
        tr = self.tr
        self.add(
            QgsProcessingParameterString("STORE", tr("Store")),
            tr("Its folder, or the connection to its database. It needs the key."),
        )
        self.add(
            QgsProcessingParameterString("TO", tr("New store")),
            tr(
                "A new folder, or the connection to a database in which Prepare a shared store was run; without a password."
            ),
        )
        self.addOutput(QgsProcessingOutputNumber("TABLES", tr("Tables moved")))
        self.addOutput(QgsProcessingOutputNumber("ROWS", tr("Rows moved")))
        self.addOutput(QgsProcessingOutputString("SUMMARY", tr("Summary")))

    def execute(self, run: Run) -> Results:
        from ...core.words import count_of
        from ...store.move import move
        from ...store.open_store import opened_store
        from ..keys import needed_key

        refuse_password(run.text("TO"))
        key = needed_key(run)
        with opened_store(run.text("STORE"), key) as old:
            zone = old.timezone or ClockParams().timezone
            with importing.store_at(run, run.text("TO"), key, zone, old.epsg) as new:
                found = move(old, new, run.step(0.0, 1.0, self.tr("Moving tables")))
        run.say(
            *(f"{name}: {part.rows:,} rows, {part.mark:016x} on both sides." for name, part in sorted(found.items()))
        )
        rows = sum(part.rows for part in found.values())
        run.account.update(audience="restricted", rows_read=rows, rows_used=rows)
        summary = (
            f"movestore: {count_of(rows, 'rows')} of {count_of(len(found), 'tables')} are the same in both stores."
        )
        run.say(summary)
        return {"TABLES": len(found), "ROWS": rows, "SUMMARY": summary}
