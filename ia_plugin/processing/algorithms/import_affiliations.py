"""Import affiliations: any extract of radio positions to clean fixes, officers under pseudonyms."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterCrs,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from .. import extract_inputs as importing
from ..base import ImpactAreaAlgorithm
from ..inputs import declare_purpose, key_of, say_purpose
from ..layer_words import released_words
from ..run import Results, Run


class ImportAffiliations(ImpactAreaAlgorithm):
    """Extracts of radio positions to fixes."""

    ID = "importaffiliations"
    NAME = "Import affiliations"
    GROUP = "data"
    SUMMARY = "Radio positions of any extract as clean fixes: columns found, officers under pseudonyms, every row accounted for."
    NOTES = (
        "Columns are recognised by their names and content; the log shows how each was read, corrections are given as "
        "role=column, and a mapping can be saved for the next extract. Positions may be latitude and longitude, easting and "
        "northing, OS grid references, WKT, points of a layer or raw TETRA codes; times ISO, day or month first, with or without an offset, "
        "numbers since 1970, or date and time in two columns. A report whose date has no time of day is left out and counted.",
        "Collar numbers and radio numbers become keyed pseudonyms on the way in. Names, phone numbers, addresses and free text are "
        "never kept; a unit or a reason that looks like one is withheld and counted.",
    )
    TAGS = ("airwave", "tetra", "radio", "csv", "gps")
    FIRST = ("INPUT", "LAYER", "STORE", "CHECK_ONLY", "MAPPING", "COLUMNS")

    def declare(self) -> None:
        tr = self.tr
        importing.declare_import(self, "Radio positions.")
        for name, label in (
            ("OFFICER_FIELD", tr("Officer column")),
            ("TIME_FIELD", tr("Time column")),
            ("UNIT_FIELD", tr("Unit column")),
            ("RESOURCE_FIELD", tr("Resource type column")),
        ):
            self.add(
                QgsProcessingParameterString(name, label, "", optional=True),
                tr("Name of the column, where it was not found."),
                advanced=True,
            )
        self.add(
            QgsProcessingParameterEnum(
                "SPEED_UNIT",
                tr("Unit of speed"),
                list(importing.SPEED_UNITS),
                defaultValue="km/h",
                usesStaticStrings=True,
            ),
            tr("Of the column with the radio's speed."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterCrs("TARGET_CRS", tr("Reference system of the fixes"), "EPSG:27700", optional=True),
            tr("In metres. A store keeps the one it began with."),
            advanced=True,
        )
        declare_purpose(self)
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Fixes"), importing.SOURCE.TypeVectorPoint, optional=True),
            tr("One point for each usable row. For millions of rows write to a store and leave this empty."),
        )
        importing.declare_rejects(self)

    def execute(self, run: Run) -> Results:
        from ...core.imports.accounts import Account

        crs = run.algorithm.parameterAsCrs(run.parameters, "TARGET_CRS", run.context)
        epsg = importing.epsg_of(crs) if crs.isValid() else 27700
        key = _key(run)
        store = importing.open_store(run, key, run.text("TIMEZONE"), epsg) if importing.wants_store(run) else None
        try:
            epsg = store.epsg if store else epsg
            given = importing.given_columns(
                run, officer_id="OFFICER_FIELD", time="TIME_FIELD", unit="UNIT_FIELD", resource_type="RESOURCE_FIELD"
            )
            found = importing.sources_of(run, "affiliations", given, epsg)
            if importing.check_only(run):
                return {"ROWS_READ": 0, "ROWS_KEPT": 0, "ROWS_REJECTED": 0}
            total = Account("all files", "affiliations")
            rejects = importing.Rejects(run)
            if store is not None:
                _into_store(run, store, found, total, rejects)
            if run.wants("OUTPUT"):
                say_purpose(run)
                counted = total if store is None else Account("all files", "affiliations")
                _into_layer(run, found, key, epsg, counted, rejects, store)
            elif store is None:
                run.warn("Neither OUTPUT nor STORE was chosen: the rows were checked and not kept.")
                for source, mapping, _ in found:
                    for _fixes, table in _read(run, source, mapping, key, epsg, total):
                        rejects.add(table)
        finally:
            if store is not None:
                store.close()
        run.account.update(rows_read=total.rows_read, rows_used=total.rows_kept, dropped=dict(total.dropped))
        run.account["inputs"] = {source.name: mark for source, _, mark in found}
        return {
            "ROWS_READ": total.rows_read,
            "ROWS_KEPT": total.rows_kept,
            "ROWS_REJECTED": total.rows_read - total.rows_kept,
        }


def _key(run: Run) -> Any:
    from ..keys import needed_key

    return needed_key(run) if importing.wants_store(run) else key_of(run)


def _into_store(run: Run, store: Any, found: list[Any], total: Any, rejects: Any) -> None:
    from ...store.imports import unseen

    # Reading for OUTPUT shows the rejects as well: once is enough.
    show = unseen if run.wants("OUTPUT") else rejects.add
    for account in importing.brought(run, store, found, tell=importing.tell_rows(run), show=show):
        total.add(account)


def _into_layer(run: Run, found: list[Any], key: Any, epsg: int, total: Any, rejects: Any, store: Any) -> None:
    from ...core.columns import FIXES
    from ...core.imports.affiliations import with_source
    from ...core.imports.word_recurrence import OFFICERS
    from ...layers import fields_for
    from ...store.words_before import words_for

    kept = list(dict.fromkeys(k for _, mapping, _ in found for k in mapping.keep))
    have = {"officer_id", "time", "source_ref", *(_column(role) for _, m, _ in found for role in m.columns)}
    names = [c for c in FIXES.names if c in have and c not in ("x", "y")]
    fields = fields_for([*names, *kept], {k: "str" for k in kept})
    run.open("OUTPUT", fields, QgsWkbTypes.Type.Point, QgsCoordinateReferenceSystem(f"EPSG:{epsg}"))
    for source, mapping, mark in found:
        # The store has taken the files in by now, and knows their words.
        words = None if store is None else words_for(store, OFFICERS, released_words(run))
        for fixes, table in _read(run, source, mapping, key, epsg, total, words):
            rejects.add(table)
            run.append("OUTPUT", with_source(fixes, mark[:16]), fields, ("x", "y"))


def _column(role: str) -> str:
    """The column of ours that a role fills."""
    if role.startswith("speed"):
        return "speed_kmh"
    if role.startswith("accuracy"):
        return "accuracy_m"
    return "heading_deg" if role.startswith("heading") else role


def _read(run: Run, source: Any, mapping: Any, key: Any, epsg: int, total: Any, words: Any = None) -> Any:
    """Chunks of one source; its counts are reported at the end."""
    from ...core.imports.accounts import Account
    from ...core.imports.affiliations import read_affiliations

    account, tell = Account(source.name, "affiliations"), importing.tell_rows(run)
    params, more = importing.import_params(run), dict(epsg=epsg, words=words)
    for fixes, rejects in read_affiliations(source, mapping, key, account, params, **more):
        tell(account.rows_read)
        yield fixes, rejects
    importing.say_account(run, account)
    total.add(account)
