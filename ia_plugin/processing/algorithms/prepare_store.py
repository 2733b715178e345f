"""Prepare a shared store: the SQL that makes one in PostGIS, shown first; and run where that is asked for."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ...core.connection_text import names_a_database, refuse_password
from ...core.params import ClockParams
from ..base import ImpactAreaAlgorithm
from ..run import Results, Run


class PrepareStore(ImpactAreaAlgorithm):
    """A database with PostGIS becomes the force's shared store, or an older one is brought to today's form."""

    ID = "preparestore"
    NAME = "Prepare a shared store"
    GROUP = "store"
    SUMMARY = "Makes the roles, tables and rules of a store that inspectors, analysts and auditors share in PostGIS; shows the SQL first."
    NOTES = (
        "For the administrator of a PostgreSQL database, version 15 or newer, that has PostGIS: run it as a superuser. The file of SQL is complete: it may be read, kept, and run in psql in place of this.",
        "Nothing is ever taken away: steps that have run are not run again, and each is done whole or not at all.",
        "Afterwards make people members of the roles: GRANT ia_analyst TO ann. docs/shared-store-dba.md has the rest.",
    )
    TAGS = ("PostGIS", "PostgreSQL", "database", "roles", "SQL", "migration")
    FIRST = ("STORE", "CRS", "DRY_RUN")
    LONG = False

    def declare(self) -> None:
        tr = self.tr
        self.add(
            QgsProcessingParameterString("STORE", tr("Database")),
            tr("Connection to the database, without a password: service=NAME, or host=… dbname=… user=…"),
        )
        self.add(
            QgsProcessingParameterCrs("CRS", tr("Reference system of positions"), "EPSG:27700", optional=True),
            tr("A projected one in metres. It cannot be changed later."),
        )
        self.add_declared("TIMEZONE", ClockParams.declaration("timezone"))
        self.add(
            QgsProcessingParameterBoolean("DRY_RUN", tr("Only show what would be done"), True),
            tr("Changes nothing in the database. Read the SQL, then run it again without."),
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT_SQL", tr("SQL"), "SQL (*.sql)"),
            tr("All that is to be done, for psql or a database administrator."),
        )
        self.addOutput(QgsProcessingOutputNumber("STEPS", tr("Steps done, or that would be")))

    def execute(self, run: Run) -> Results:
        from ...core.errors import CrsError, ParameterError
        from ...layers.positions import epsg_code, is_metric
        from ...store.postgis.migrations import prepare_shared

        target, dry = run.text("STORE").strip(), run.yes("DRY_RUN")
        refuse_password(target)
        if not names_a_database(target):
            raise ParameterError(
                "STORE names no database.", "Write service=NAME, or host=… dbname=… user=…, without a password."
            )
        crs = self.parameterAsCrs(run.parameters, "CRS", run.context)
        srid = epsg_code(crs)
        if srid is None or not is_metric(crs):
            raise CrsError(
                f"{crs.authid() or 'The reference system'} is not a projected one in metres with an EPSG code.",
                "Choose such a one: in Great Britain EPSG:27700.",
            )
        done = prepare_shared(target, srid=srid, timezone=run.text("TIMEZONE"), dry=dry)
        verb = "would be" if dry else "was"
        run.say(*(f"Step {s.number} ({s.name}) {verb} done: {s.about}." for s in done.steps))
        if done.logs:
            run.say(
                f"pgaudit {verb} set up: each statement that reads movement, or a look at it, goes into the server's log."
            )
        if not done.steps and not done.logs:
            run.say("The shared store has today's form: there is nothing to do.")
        run.say(*done.words)
        page = run.leave("OUTPUT_SQL", done.sql)
        run.account.update(audience="restricted")
        return {"OUTPUT_SQL": page, "STEPS": len(done.steps) + done.logs}
