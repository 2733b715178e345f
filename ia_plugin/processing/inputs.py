"""The inputs that several algorithms share: their parameters, and how they become tables of the method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingFeatureSource,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)

from ..core.errors import TimeError
from ..core.params import ClockParams, PurposeParams, TrackParams
from .area_fields import area_fields, say_roles
from .base import ImpactAreaAlgorithm
from .layer_words import declare_released, guarded, guarded_events, officers_read
from .run import Run

if TYPE_CHECKING:
    import pandas as pd

    from ..core.privacy import Key

POINT, LINE = QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorLine
POLYGON = QgsProcessing.SourceType.TypeVectorPolygon

CARRIED = ("accuracy_m", "speed_kmh", "heading_deg", "source", "reason", "radio_kind")
"""Columns of fixes that the method knows and no parameter names; `source` decides which interval the longest gap follows."""

NO_KEY = (
    "No key for pseudonyms was found, so this run made a one-off key: its officer ids cannot be joined with another run. "
    "Set IMPACTAREAS_KEY_FILE to the force's key file for lasting pseudonyms."
)


def declare_fixes(algorithm: ImpactAreaAlgorithm, *, legs_too: bool = False, optional: bool = False) -> None:
    """INPUT with the fields that say who, when and in what unit, and the choices that make legs of fixes."""
    tr = algorithm.tr
    label = tr("Fixes (points), or legs (lines)") if legs_too else tr("Fixes")
    algorithm.add(
        QgsProcessingParameterFeatureSource("INPUT", label, [POINT, LINE] if legs_too else [POINT], optional=optional),
        tr("Position reports of officers' radios, one point each, in any order and any reference system.")
        + (tr(" A legs layer made by Build tracks serves as well; it brings its own fields.") if legs_too else ""),
    )
    fields = (
        (
            "OFFICER_FIELD",
            tr("Officer"),
            "officer_id",
            True,
            tr("Who carried the radio. Collar numbers become pseudonyms before anything is written."),
        ),
        (
            "TIME_FIELD",
            tr("Time"),
            "time",
            True,
            tr("When the radio reported: a date and time, text in ISO or UK form, or seconds since 1970."),
        ),
        ("UNIT_FIELD", tr("Unit"), None, True, tr("Unit of the officer, if the layer has it.")),
        (
            "RESOURCE_FIELD",
            tr("Resource type"),
            None,
            True,
            tr("Kind of resource (response, neighbourhood, ...), if the layer has it."),
        ),
    )
    for name, text, default, optional, help_text in fields:
        control = QgsProcessingParameterField(name, text, default, "INPUT", optional=optional)
        algorithm.add(control, help_text)
    algorithm.add_declared("TIMEZONE", ClockParams.declaration("timezone"))
    algorithm.add_declared("MAX_GAP", TrackParams.declaration("max_gap_s"))
    algorithm.add_declared("MAX_SPEED", TrackParams.declaration("max_speed_ms"))
    declare_released(algorithm)
    algorithm.add(
        QgsProcessingParameterBoolean("IDS_ARE_PSEUDONYMS", tr("Officer ids are pseudonyms already"), False),
        tr("Keep the officer ids as they are. Only where they are pseudonyms; the choice is recorded."),
        advanced=True,
    )


def declare_purpose(algorithm: ImpactAreaAlgorithm) -> None:
    """PURPOSE, for outputs that show the movement of single officers."""
    algorithm.add_declared("PURPOSE", PurposeParams.declaration("purpose"))


def say_purpose(run: Run) -> None:
    """Record why movement of single officers was written."""
    run.say(f"Purpose of showing single officers' movement: {run.choice('PURPOSE')}.")


SHARED_GROUND = (
    "Ground that areas share counts in each area's own row. In totals by role each second counts once, for the first of site, "
    "impact, comparison, buffer, other; what no area has is the rest, and so is an area of role rest, less all others."
)


def declare_areas(algorithm: ImpactAreaAlgorithm, help_text: str = "", *, optional: bool = False) -> None:
    """AREAS with id, name and role, and a second layer of comparison areas."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterFeatureSource("AREAS", tr("Areas"), [POLYGON], optional=optional),
        help_text
        or tr(
            "Polygons in any reference system; they are reprojected. They may overlap and have holes. Fields valid_from and "
            "valid_to, where there are any, are the first and the last day that an area counts."
        ),
    )
    fields = (
        (
            "AREA_ID_FIELD",
            tr("Area id"),
            tr("A field whose values are unique; left empty, a field called area_id, else the feature's own number."),
        ),
        ("AREA_NAME_FIELD", tr("Area name"), tr("Name of the area in words; left empty, a field called name.")),
        (
            "ROLE_FIELD",
            tr("Area role"),
            tr(
                "impact, comparison, buffer, site, rest or other; left empty, a field called role. No such field: one area is an impact "
                "area, which is said; of several somebody must say which are. A blank in the field is other. "
                "In totals by role, ground that several roles claim counts once, for the first of site, impact, comparison, buffer, other; "
                "an area of role rest has only what no other area has."
            ),
        ),
    )
    for name, text, help_text in fields:
        algorithm.add(QgsProcessingParameterField(name, text, None, "AREAS", optional=True), help_text)
    algorithm.add(
        QgsProcessingParameterFeatureSource("COMPARISON_AREAS", tr("Comparison areas"), [POLYGON], optional=True),
        tr("A second layer with the same fields, whose areas all have the role comparison."),
    )
    algorithm.add(
        QgsProcessingParameterBoolean("ALL_IMPACT", tr("All areas are impact areas"), False),
        tr("Say so where no field tells the role of an area."),
        advanced=True,
    )


def track_params(run: Run) -> TrackParams:
    return TrackParams(
        max_gap_s=run.number("MAX_GAP"), max_speed_ms=run.number("MAX_SPEED") or TrackParams().max_speed_ms
    )


def working_system(run: Run, *, areas: bool = False, of: str = "INPUT") -> QgsCoordinateReferenceSystem:
    """The system in metres that the run measures the positions `of` a layer in; reported when it is not that layer's own."""
    from ..layers import metric_system_of

    source = run.source(of)
    other = run.source("AREAS").sourceCrs() if areas else None
    found = metric_system_of(source, other, context=run.context.transformContext(), layer=run.origin(of))
    if found.crs != source.sourceCrs():
        run.say(f"Positions are measured in metres in {found.crs.authid()}.")
    if found.strays:
        run.warn(
            f"{found.strays:,} of {found.positions:,} positions lie far from the others (or at 0, 0): they had no say in that."
        )
    return found.crs


def read_fixes(run: Run, crs: QgsCoordinateReferenceSystem) -> pd.DataFrame:
    """INPUT as clean fixes, officers under pseudonyms; what was dropped or looks wrong is reported."""
    from ..core.doubtful_positions import counted_doubts
    from ..core.fixes import clean_fixes
    from ..core.imports.shown_names import shown_names
    from ..core.words import counted
    from ..layers import epsg_code, read_points

    source = run.source("INPUT")
    officer, time = (
        _known_field(run, source, "OFFICER_FIELD", "officer_id"),
        _known_field(run, source, "TIME_FIELD", "time"),
    )
    unit, resource = (run.field(n) for n in ("UNIT_FIELD", "RESOURCE_FIELD"))
    run.require_fields(source, officer=officer, time=time, unit=unit, resource_type=resource)
    if not officer or not time:
        missing = [n for n, field in (("OFFICER_FIELD", officer), ("TIME_FIELD", time)) if not field]
        raise TimeError(
            f"{' and '.join(missing)} {'are' if len(missing) > 1 else 'is'} empty.",
            f"Choose one of: {shown_names(source.fields().names())}.",
        )
    names = set(source.fields().names())
    carried = {c: c for c in CARRIED if c in names}
    columns = {"officer_id": officer, "time": time, "unit": unit, "resource_type": resource, **carried}
    fixes = read_points(
        source,
        columns,
        timezone=run.text("TIMEZONE"),
        crs=crs,
        transform_context=run.context.transformContext(),
        feedback=run.feedback,
        layer=run.origin("INPUT"),
    )
    run.warn(*(counted(n, what) for what, n in counted_doubts(fixes["x"], fixes["y"], epsg_code(crs)).items()))
    fixes["officer_id"] = officers_read(run, fixes["officer_id"], "INPUT")
    clean, report = clean_fixes(guarded(run, fixes, "INPUT"))
    run.say(f"{report.rows_read:,} fixes read, {report.rows_kept:,} used.", *report.sentences())
    # A category: a few hundred names for millions of rows.
    clean["officer_id"] = under_pseudonyms(run, clean["officer_id"]).astype("category")
    return clean


def _known_field(run: Run, source: QgsProcessingFeatureSource, parameter: str, role: str) -> Optional[str]:
    """The field of a parameter; where none was named and the usual one is missing, one that an import would know."""
    field, names = run.field(parameter), source.fields().names()
    if field in names or parameter in run.parameters:
        return field
    import pandas as pd

    from ..core.imports.mapping import suggest

    found = suggest("affiliations", names, pd.DataFrame()).column(role)
    if found:
        run.say(f"{parameter}: the field {found!r} is used, for none was named.")
    return found or field


def pseudonyms(run: Run, officers: pd.Series, what: str) -> pd.Series:
    """Officer ids of the layer `what`, read as an import reads them, as pseudonyms."""
    return under_pseudonyms(run, officers_read(run, officers, what))


def under_pseudonyms(run: Run, officers: pd.Series) -> pd.Series:
    """Officer ids that were read as pseudonyms: kept as they are where the user says so."""
    from ..core.privacy import as_pseudonyms

    if run.yes("IDS_ARE_PSEUDONYMS"):
        run.warn("Officer ids were kept as they are, as requested (IDS_ARE_PSEUDONYMS).")
        return officers
    return as_pseudonyms(officers, lambda: key_of(run))


def key_of(run: Run) -> Key:
    """The force's key, or one for this run only, with a warning; the same for all outputs of the run."""
    from ..core.privacy import one_off_key
    from .keys import force_key

    if run.key is None:
        run.key = force_key(run)
        if run.key is None:
            run.key = one_off_key()
            run.warn(NO_KEY)
    return run.key


def with_officer_days(run: Run, table: pd.DataFrame, place: int = 1) -> pd.DataFrame:
    """The table as an output shows it: ``officer_day``, an id that lasts one civil day, in place of ``officer_id``, its ids
    under the key, and its rows, which keep their index, in an order that joins no two days."""
    from ..core.keyed_ids import as_shown
    from ..core.privacy import is_officer_day, officer_day

    officers = table["officer_id"]
    shown = table.drop(columns="officer_id")
    # A legs layer of ours brings officer-days and keyed ids already, which go on joining with that layer.
    kept = len(officers) > 0 and bool(is_officer_day(officers).all())
    days = officers if kept else officer_day(officers, table["start"], run.text("TIMEZONE"), key_of(run))
    shown.insert(place, "officer_day", days.to_numpy())
    return as_shown(shown, None if kept else key_of(run))


def read_legs_or_fixes(run: Run, crs: QgsCoordinateReferenceSystem) -> pd.DataFrame:
    """INPUT as legs, whether it holds fixes or legs."""
    from qgis.core import QgsWkbTypes

    from ..core.tracks import build_legs

    if QgsWkbTypes.geometryType(run.source("INPUT").wkbType()) != QgsWkbTypes.GeometryType.LineGeometry:
        return build_legs(read_fixes(run, crs), track_params(run))
    return legs_layer(run, crs)


def legs_layer(run: Run, crs: QgsCoordinateReferenceSystem) -> pd.DataFrame:
    """INPUT, a legs layer of ours, as the legs table in `crs`."""
    import numpy as np

    from ..core.columns import LEGS
    from ..core.times.instants import nanoseconds
    from ..core.tracks import stable_id
    from ..layers import read_legs

    source = run.source("INPUT")
    names = set(source.fields().names())
    columns: dict[str, Optional[str]] = {n: n for n in (*LEGS.names, "unit", "resource_type") if n in names}
    if "officer_id" not in columns and "officer_day" in names:
        columns["officer_id"] = "officer_day"
    legs = read_legs(
        source,
        columns=columns,
        timezone=run.text("TIMEZONE"),
        crs=crs,
        transform_context=run.context.transformContext(),
        feedback=run.feedback,
        layer=run.origin("INPUT"),
    )
    legs["officer_id"] = officers_read(run, legs["officer_id"], "INPUT")
    legs = _usable_legs(run, legs)
    legs["duration_s"] = (legs["end"] - legs["start"]).dt.total_seconds()
    legs["distance_m"] = np.hypot(legs["x1"] - legs["x0"], legs["y1"] - legs["y0"])
    legs["speed_kmh"] = 3.6 * legs["distance_m"] / legs["duration_s"]
    if "leg_id" not in legs.columns:
        legs["leg_id"] = stable_id(legs["officer_id"], nanoseconds(legs["start"]))
    return guarded(run, legs, "INPUT")


def _usable_legs(run: Run, legs: pd.DataFrame) -> pd.DataFrame:
    """The legs with an officer, a length of time and two places; the others are counted, each by the first it lacks."""
    import numpy as np

    from ..core.words import counted

    seconds = (legs["end"] - legs["start"]).dt.total_seconds()
    faults = {
        "legs of INPUT have no officer and are left out": legs["officer_id"].isna(),
        "legs of INPUT have no start or no end and are left out": seconds.isna(),
        "legs of INPUT have an end not after their start and are left out": seconds <= 0,
        "legs of INPUT have no place at an end and are left out": ~np.isfinite(legs[["x0", "y0", "x1", "y1"]]).all(
            axis=1
        ),
    }
    kept = np.ones(len(legs), dtype=bool)
    for what, bad in faults.items():
        rows = int((kept & bad.to_numpy()).sum())
        kept &= ~bad.to_numpy()
        if rows:
            run.warn(counted(rows, what))
    return legs[kept].reset_index(drop=True)


def read_events(run: Run, crs: QgsCoordinateReferenceSystem, name: str = "INPUT") -> pd.DataFrame:
    """A layer of events as the events table in `crs`."""
    from ..core.columns import EVENTS
    from ..layers import read_points

    source = run.source(name)
    have = set(source.fields().names())
    required = [n for n in ("event_id", "kind", "category", "start", "end", "time_precision") if n not in have]
    run.require_fields(source, **{n: n for n in required})
    names = [n for n in EVENTS.names if n in have and n not in ("x", "y")]
    events = read_points(
        source,
        {n: n for n in names},
        timezone=run.text("TIMEZONE"),
        crs=crs,
        transform_context=run.context.transformContext(),
        feedback=run.feedback,
        layer=run.origin(name),
    )
    return guarded_events(run, events, name, lambda: key_of(run))


def read_all_areas(run: Run, crs: QgsCoordinateReferenceSystem, *, most: Optional[int] = None) -> pd.DataFrame:
    """AREAS and COMPARISON_AREAS as one areas table in `crs`; of more than `most` somebody must have said which are impact areas."""
    import pandas as pd

    from ..layers import read_areas

    found, numbered, stated = [], False, run.yes("ALL_IMPACT")
    for name, role in (("AREAS", "impact"), ("COMPARISON_AREAS", "comparison")):
        source = run.source(name)
        if source is None:
            continue
        fields = area_fields(run, source)
        if name == "COMPARISON_AREAS":
            fields["ROLE_FIELD"] = None
        numbered = numbered or fields["AREA_ID_FIELD"] is None
        stated = stated or name == "COMPARISON_AREAS" or fields["ROLE_FIELD"] is not None
        run.require_fields(
            source, area_id=fields["AREA_ID_FIELD"], area_name=fields["AREA_NAME_FIELD"], role=fields["ROLE_FIELD"]
        )
        found.append(
            read_areas(
                source,
                fields["AREA_ID_FIELD"],
                fields["AREA_NAME_FIELD"],
                fields["ROLE_FIELD"],
                crs=crs,
                transform_context=run.context.transformContext(),
                feedback=run.feedback,
                date_fields={n: n for n in ("adopted_on", "valid_from", "valid_to") if n in source.fields().names()},
                context=run.context,
                role=role,
            )
        )
    areas = pd.concat(found, ignore_index=True)
    say_roles(run, areas, stated, most=most)
    if numbered and len(found) == 2:
        # Both layers count their features from the same number.
        areas["area_id"] = [f"{'a' if i < len(found[0]) else 'c'}{a}" for i, a in enumerate(areas["area_id"])]
    return areas
