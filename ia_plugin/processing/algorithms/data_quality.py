"""Data quality: what must be known of the data before a figure is made of it, as a page and a table."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsWkbTypes,
)

from ...core.marking import restricted_for
from ...core.params import AudienceParams, ClockParams
from ...core.words import counted
from ..base import ImpactAreaAlgorithm
from ..extract_inputs import now
from ..inputs import POINT, declare_areas, declare_purpose, pseudonyms, read_all_areas, say_purpose, working_system
from ..layer_words import declare_released, guarded, guarded_events, officers_read
from ..marking import declare_marking, marking_of
from ..run import Results, Run

if TYPE_CHECKING:
    import pandas as pd

    from ...core.params.declaration import Declaration
    from ...core.privacy import Key

SOURCE = QgsProcessing.SourceType


class DataQuality(ImpactAreaAlgorithm):
    """Fixes, and events if given, to a report on their quality."""

    ID = "dataquality"
    NAME = "Data quality report"
    GROUP = "data"
    SUMMARY = "A page and a table of what to know about the data before using it: each finding with its number and its consequence."
    NOTES = (
        "Looks at rows by day and unit, missing days, duplicates, the time between reports and its changes, how much of each turn was "
        "observed, positions far away, exchanged, rounded or snapped, impossible moves, radios left in lockers, repeated last "
        "positions, clocks that are off, and events without a place. With areas, the measures are shown for Impact Areas beside comparison areas.",
        "A finding marked 'to decide' asks for a decision before the figures are used. No officer is named; for a board, units of fewer "
        "than five officers are told together as 'other units'. The store keeps no more than a board may see.",
    )
    FIGURES = True
    TAGS = ("eda", "exploratory", "report", "faults")
    FIRST = ("INPUT", "AREAS", "EVENTS", "OFFICER_FIELD", "TIME_FIELD", "STORE")

    def declare(self) -> None:
        tr = self.tr
        self.add(
            QgsProcessingParameterFeatureSource("INPUT", tr("Fixes"), [POINT]),
            tr("Position reports as they were imported, before anything is dropped."),
        )
        self._declare_fields()
        self.add_declared("TIMEZONE", ClockParams.declaration("timezone"))
        declare_areas(
            self,
            tr(
                "Polygons with their role; those of role site are stations, those of role rest show what lies outside the force."
            ),
            optional=True,
        )
        self.add(
            QgsProcessingParameterFeatureSource("EVENTS", tr("Events"), [SOURCE.TypeVector], optional=True),
            tr("Crimes, incidents or searches as Import events writes them; those without a place too."),
        )
        self.add(
            QgsProcessingParameterFeatureSource("DUTIES", tr("Turns of duty"), [SOURCE.TypeVector], optional=True),
            tr("A table of officer_id, start and end as Import postings writes it; shows clocks that are off."),
        )
        self.add(
            QgsProcessingParameterFeatureSource("NOTES", tr("Notes"), [SOURCE.TypeVector], optional=True),
            tr("What people know: a table with from, to and text; shown on the charts."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFile(
                "STORE", tr("Store"), behavior=QgsProcessingParameterFile.Behavior.Folder, optional=True
            ),
            tr(
                "Folder of the store that these data went into: it keeps the findings, so that the page about its data tells them."
            ),
            advanced=True,
        )
        declare_marking(self)
        self.add_declared("AUDIENCE", _audience())
        declare_purpose(self)
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Findings"), SOURCE.TypeVector, optional=True),
            tr("One row a finding."),
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT_HTML", tr("Report"), "HTML (*.html)", optional=True),
            tr("One file, to be read without QGIS or a network."),
        )
        declare_released(self)
        for name, text in (("FINDINGS", "Findings"), ("TO_DECIDE", "Findings that ask for a decision")):
            self.addOutput(QgsProcessingOutputNumber(name, tr(text)))

    def _declare_fields(self) -> None:
        tr = self.tr
        for name, label, default, help_text in (
            ("OFFICER_FIELD", tr("Officer"), "officer_id", tr("Who carried the radio.")),
            ("TIME_FIELD", tr("Time"), "time", tr("When the radio reported.")),
            (
                "UNIT_FIELD",
                tr("Unit"),
                None,
                tr("Unit of the officer; left empty, a field named unit is used where there is one."),
            ),
        ):
            self.add(QgsProcessingParameterField(name, label, default, "INPUT", optional=True), help_text)

    def execute(self, run: Run) -> Results:
        from ...core.params import QualityParams
        from ...core.quality import assess, quality_page
        from ...core.suppression import LEAST
        from ...layers import epsg_code, fields_for
        from ...store.findings import keep_findings

        marking, audience = marking_of(run), run.choice("AUDIENCE")
        restricted = audience == "restricted"
        if restricted:
            say_purpose(run)
            marking = f"{marking}. {restricted_for(run.choice('PURPOSE'))}"
        crs = working_system(run, areas=run.parameters.get("AREAS") not in (None, ""))
        run.step(0.0, 0.4, self.tr("Reading"))
        fixes = _fixes(run, crs)
        areas = read_all_areas(run, crs) if run.parameters.get("AREAS") not in (None, "") else None
        events, duties, notes = (
            _events(run),
            _table(run, "DUTIES", ("officer_id", "start", "end")),
            _table(run, "NOTES", ("from", "text")),
        )
        if duties is not None:
            duties["officer_id"] = pseudonyms(run, duties["officer_id"], "DUTIES")
        run.step(0.4, 0.8, self.tr("Looking"))
        report = assess(
            fixes,
            areas=areas,
            events=events,
            duties=duties,
            notes=notes,
            params=QualityParams(timezone=run.text("TIMEZONE")),
            epsg=epsg_code(crs),
            least=1 if restricted else LEAST,
        )
        run.say(*report.summary())
        run.step(0.8, 1.0, self.tr("Writing"))
        kinds = {c: "float" if c == "value" else "str" for c in report.findings.columns}
        if run.wants("OUTPUT"):
            fields = fields_for(list(kinds), kinds)
            run.write("OUTPUT", report.findings, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem())
        few = keep_findings(run.text("STORE"), report.findings, fixes, at=now()) if run.text("STORE") else 0
        if few:
            run.say(
                counted(
                    few, "findings are of fewer than five officers: they stand in the outputs, and not in the store"
                )
            )
        results: Results = {"FINDINGS": len(report.findings), "TO_DECIDE": len(report.attention)}
        if run.wants("OUTPUT_HTML"):
            results["OUTPUT_HTML"] = run.leave("OUTPUT_HTML", quality_page(report, marking=marking))
        run.account.update(rows_read=len(fixes), rows_used=len(fixes), audience=audience)
        return results


def _audience() -> Declaration:
    """Who the findings are for; numbers of rows are not rounded, so that there is no public one."""
    return replace(
        AudienceParams.declaration("audience"),
        choices=("restricted", "board"),
        help="Who will see the findings. restricted: each unit by itself, however small, for the purpose chosen. board: units of fewer "
        "than five officers together. The record of runs keeps the choice.",
        advanced=True,
    )


def _fixes(run: Run, crs: QgsCoordinateReferenceSystem) -> pd.DataFrame:
    """INPUT as it is: nothing is dropped before it was looked at."""
    from ...core.errors import TimeError
    from ...core.imports.shown_names import shown_names
    from ...layers import read_points

    source = run.source("INPUT")
    names = source.fields().names()
    officer, time, unit = (run.field(n) for n in ("OFFICER_FIELD", "TIME_FIELD", "UNIT_FIELD"))
    unit = unit or ("unit" if "unit" in names else None)
    run.require_fields(source, officer=officer, time=time, unit=unit)
    if not officer or not time:
        raise TimeError("OFFICER_FIELD or TIME_FIELD is empty.", f"Choose one of: {shown_names(names)}.")
    carried = {c: c for c in ("accuracy_m", "speed_kmh", "reason", "radio_kind") if c in names}
    fixes = read_points(
        source, {"officer_id": officer, "time": time, "unit": unit, **carried}, timezone=run.text("TIMEZONE"), crs=crs,
        transform_context=run.context.transformContext(), feedback=run.feedback, layer=run.origin("INPUT"),
    )  # fmt: skip
    fixes["officer_id"] = officers_read(run, fixes["officer_id"], "INPUT")
    fixes = guarded(run, fixes, "INPUT")
    fixes["officer_id"] = _quietly_named(run, fixes["officer_id"])
    return fixes


def _quietly_named(run: Run, officers: pd.Series) -> pd.Series:
    """Officers under pseudonyms that join with the duty table's; the page names none of them."""
    from ...core.privacy import as_pseudonyms

    return as_pseudonyms(officers, _quiet_key(run))


def _quiet_key(run: Run) -> Key:
    """The force's key, or one for this run, of which nothing is said."""
    from ...core.privacy import one_off_key
    from ..keys import force_key

    run.key = run.key or force_key(run) or one_off_key()
    return run.key


def _events(run: Run) -> Optional[pd.DataFrame]:
    from ...layers import read_points, read_table

    if run.parameters.get("EVENTS") in (None, ""):
        return None
    source = run.source("EVENTS")
    columns = {c: c for c in ("event_id", "kind", "category", "start", "end", "time_precision")}
    run.require_fields(source, **columns)
    options: dict[str, Any] = dict(timezone=run.text("TIMEZONE"), feedback=run.feedback, layer=run.origin("EVENTS"))
    if QgsWkbTypes.geometryType(source.wkbType()) == QgsWkbTypes.GeometryType.PointGeometry:
        return guarded_events(
            run, read_points(source, columns, crs=source.sourceCrs(), **options), "EVENTS", partial(_quiet_key, run)
        )
    events = read_table(source, columns, **options).assign(x=float("nan"), y=float("nan"))
    return guarded_events(run, events, "EVENTS", partial(_quiet_key, run))


def _table(run: Run, name: str, columns: tuple[str, ...]) -> Optional[pd.DataFrame]:
    from ...core.times.instants import parsed
    from ...layers import read_table

    if run.parameters.get(name) in (None, ""):
        return None
    source = run.source(name)
    run.require_fields(source, **{c: c for c in columns})
    wanted = {c: c for c in (*columns, "to", "unit") if c in source.fields().names()}
    table = read_table(source, wanted, timezone=run.text("TIMEZONE"), feedback=run.feedback, layer=run.origin(name))
    if "from" in table.columns:
        table["from"] = parsed(table["from"], errors="raise")
    return table
