"""Import postings: who belonged where, who was on duty, which radio is of what kind."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)

from .. import extract_inputs as importing
from ..base import ImpactAreaAlgorithm
from ..inputs import key_of
from ..run import Results, Run

KINDS = ("postings", "duties", "radios")


class ImportPostings(ImpactAreaAlgorithm):
    """Postings, turns of duty or radios to tables, and to the fixes of the store."""

    ID = "importpostings"
    NAME = "Import postings, duties or radios"
    GROUP = "data"
    SUMMARY = "Units, departments, roles and resource types by date; turns of duty; kinds of radios."
    NOTES = (
        "In a store, postings give its fixes their unit and resource type by date (those without one are counted as unit not "
        "known), duties remove fixes off duty, and radios distinguish personal from vehicle sets. A last day that is a date alone counts whole.",
        "Without a column for the kind of resource it stays not known. Where another column says it, name that one: "
        "resource_type=Department.",
    )
    TAGS = ("duty", "roster", "unit", "department", "role")
    FIRST = ("INPUT", "LAYER", "KIND", "STORE", "CHECK_ONLY", "MAPPING", "COLUMNS")

    def declare(self) -> None:
        tr = self.tr
        importing.declare_import(self, "Postings, duties or radios.", positions=False)
        self.add(
            QgsProcessingParameterEnum(
                "KIND", tr("Kind of table"), list(KINDS), defaultValue="postings", usesStaticStrings=True
            ),
            tr("postings: who belonged where, from when to when. duties: turns of duty. radios: personal or vehicle."),
        )
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Table"), importing.SOURCE.TypeVector, optional=True),
            tr("The rows, officers and radios under pseudonyms."),
        )
        importing.declare_rejects(self)

    def execute(self, run: Run) -> Results:
        from ...core.columns import TABLES
        from ...core.imports.accounts import Account
        from ...core.imports.people import read_duties, read_postings, read_radios
        from ...core.imports.word_recurrence import OFFICERS
        from ...layers import fields_for
        from ..keys import needed_key

        kind = run.choice("KIND")
        read = {"postings": read_postings, "duties": read_duties, "radios": read_radios}[kind]
        key = needed_key(run) if importing.wants_store(run) else key_of(run)
        found = importing.sources_of(run, kind, importing.given_columns(run), 27700, positions=False)
        if importing.check_only(run):
            return {"ROWS_READ": 0, "ROWS_KEPT": 0, "ROWS_REJECTED": 0}
        total, rejects, params = Account("all files", kind), importing.Rejects(run), importing.import_params(run)
        fields = fields_for(TABLES[kind], {"source_ref": "str"})
        if run.wants("OUTPUT"):
            run.open("OUTPUT", fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem())
        beside = importing.words_beside(run, OFFICERS) if kind == "postings" else None
        for source, mapping, _ in found:
            account = Account(source.name, kind)
            words = beside() if beside else None
            more = dict(words=words) if words is not None else {}
            table, refused = read(source, mapping, key, account, params, **more)
            if beside:
                beside.learn(words)
            rejects.add(refused)
            importing.say_account(run, account)
            if run.wants("OUTPUT"):
                run.append("OUTPUT", table, fields)
            total.add(account)
        if importing.wants_store(run):
            with importing.open_store(run, key, run.text("TIMEZONE"), 27700) as store:
                for _ in importing.brought(run, store, found):
                    pass
        run.account.update(rows_read=total.rows_read, rows_used=total.rows_kept, dropped=dict(total.dropped))
        run.account["inputs"] = {source.name: mark for source, _, mark in found}
        return {"ROWS_READ": total.rows_read, "ROWS_KEPT": total.rows_kept, "ROWS_REJECTED": rejects.rows}
