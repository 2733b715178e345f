"""What the algorithms that answer questions share: their inputs, from a store or from layers, as the material of figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..core.params import AudienceParams, PresenceParams
from .base import ImpactAreaAlgorithm
from .extract_inputs import now
from .inputs import (
    declare_areas,
    declare_fixes,
    declare_purpose,
    read_all_areas,
    read_events,
    read_legs_or_fixes,
    working_system,
)
from .layer_words import guarded, officers_read
from .movement_model import declare_model, model_of
from .run import Run
from .small_ground import areas_for, check_store, declare_least_area

if TYPE_CHECKING:
    import pandas as pd

    from ..core.filter_state import FilterState
    from ..core.material.summary_tables import Material

SOURCE = QgsProcessing.SourceType
POSTING_COLUMNS = ("officer_id", "unit", "department", "role", "resource_type", "valid_from", "valid_to")


def declare_material(algorithm: ImpactAreaAlgorithm, *, store: bool = True) -> None:
    """STORE, or INPUT, AREAS, EVENTS, POSTINGS and RULES."""
    tr = algorithm.tr
    if store:
        control = QgsProcessingParameterFile(
            "STORE",
            tr("Store, or layers under Advanced Parameters"),
            behavior=QgsProcessingParameterFile.Behavior.Folder,
            optional=True,
        )
        algorithm.add(
            control,
            tr("Folder of a store that Daily refresh keeps. Its summary alone is read; then no layer is needed."),
        )
    with algorithm.labelled(tr("Without a store: {}") if store else "{}"):
        _declare_layers(algorithm, optional=store)


def _declare_layers(algorithm: ImpactAreaAlgorithm, *, optional: bool) -> None:
    tr = algorithm.tr
    declare_fixes(algorithm, legs_too=True, optional=optional)
    declare_areas(algorithm, optional=optional)
    algorithm.add(
        QgsProcessingParameterFeatureSource("EVENTS", tr("Events"), [SOURCE.TypeVectorPoint], optional=True),
        tr("Crimes, incidents and searches as Import events writes them."),
    )
    algorithm.add(
        QgsProcessingParameterFeatureSource("POSTINGS", tr("Postings"), [SOURCE.TypeVector], optional=True),
        tr("Who belonged where, when, as Import postings writes it: department and role of officers."),
    )
    algorithm.add(
        QgsProcessingParameterFile("RULES", tr("Rules of activities"), optional=True, extension="csv"),
        tr("The force's own table of what time is linked to; left empty, the plugin's."),
        advanced=True,
    )
    declare_model(
        algorithm,
        tr(
            "A file that Calibrate movement wrote: it tells how officers of INPUT moved, and how far their shares may be off. Legs that have "
            "a mode keep it. Left empty, the model that comes with the plugin; a store has its own."
        ),
        advanced=True,
    )
    algorithm.add_declared("METHOD", PresenceParams.declaration("method"))


def declare_period(algorithm: ImpactAreaAlgorithm) -> None:
    """FIRST_DAY and LAST_DAY, and the audience."""
    tr = algorithm.tr
    for name, label, text in (
        (
            "FIRST_DAY",
            tr("First day"),
            tr(
                "As YYYY-MM-DD. Both days left empty, the last four whole weeks; this one alone, 28 days to the last. The public is told events by whole calendar months."
            ),
        ),
        ("LAST_DAY", tr("Last day"), tr("As YYYY-MM-DD; left empty, the last complete day of the data.")),
    ):
        algorithm.add(QgsProcessingParameterString(name, label, optional=True), text)
    declare_audience(algorithm)


def declare_audience(algorithm: ImpactAreaAlgorithm) -> None:
    """AUDIENCE, the least ground it may have figures of, and the purpose that one to whom nothing is suppressed must give."""
    algorithm.add_declared("AUDIENCE", AudienceParams.declaration("audience"))
    declare_least_area(algorithm, algorithm.tr("A store has its own."))
    declare_purpose(algorithm)


def declare_population(algorithm: ImpactAreaAlgorithm) -> None:
    """POPULATION and its field, for rates per resident."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterFeatureSource("POPULATION", tr("Population"), [SOURCE.TypeVectorPolygon], optional=True),
        tr("Small statistical areas with their residents, for rates per 1,000; shared by ground."),
    )
    algorithm.add(
        QgsProcessingParameterField("POPULATION_FIELD", tr("Residents"), None, "POPULATION", optional=True),
        tr("Number of residents of each small area."),
    )


def given(run: Run, name: str) -> bool:
    """Whether an optional layer was given."""
    return run.parameters.get(name) not in (None, "")


def material_of(run: Run, *, events_alone: bool = False) -> Material:
    """The material of figures, from the store's summary or computed from the layers; where it may be, of EVENTS and AREAS alone."""
    from ..core.errors import ParameterError
    from ..store.summary import read_summary

    if run.text("STORE"):
        run.step(0.0, 0.5, run.algorithm.tr("Reading the summary"))
        material = read_summary(run.text("STORE"), timezone=run.text("TIMEZONE"))
        check_store(run, material)
        run.checked = material.checked
        return replace(material, read_at=now())
    events_alone = events_alone and given(run, "EVENTS") and not given(run, "INPUT")
    for name in ("AREAS",) if events_alone else ("INPUT", "AREAS"):
        if not given(run, name):
            also = "; EVENTS and AREAS alone tell of events, and not of officers' time" if events_alone else ""
            raise ParameterError(
                f"Neither STORE nor {name} was given.",
                f"Give the folder of a store, or INPUT and AREAS as layers{also}.",
            )
    if events_alone:
        return replace(_of_events(run), read_at=now())
    return replace(computed(run), read_at=now())


def computed(run: Run) -> Material:
    """The material of figures, computed from the layers."""
    from ..core.material.computed import computed_material
    from ..core.summaries.compute import ForceFacts
    from ..core.summaries.residents import with_residents

    crs = working_system(run, areas=True)
    run.step(0.0, 0.3, run.algorithm.tr("Reading"))
    areas = areas_for(run, read_all_areas(run, crs, most=1))
    legs = classified(run, crs)
    if "POPULATION" in [p.name() for p in run.algorithm.parameterDefinitions()] and given(run, "POPULATION"):
        areas = with_residents(areas, _population(run, crs))
    facts = ForceFacts(
        areas,
        events_of(run, crs),
        postings=postings_of(run),
        rules=rules_of(run),
        method=PresenceParams(method=run.choice("METHOD"), max_speed_ms=run.number("MAX_SPEED"), bounds="none"),
        model=model_of(run),
        timezone=run.text("TIMEZONE"),
    )
    progress = run.step(0.3, 0.8, run.algorithm.tr("Sharing officers' time among areas, hours and activities"))
    return computed_material(legs, facts, progress=progress)


def _of_events(run: Run) -> Material:
    """The material of events in areas, without officers' time."""
    from ..core.columns import TIME_USE
    from ..core.empty import empty_table
    from ..core.material.summary_tables import Material
    from ..core.summaries.residents import with_residents

    crs = working_system(run, areas=True, of="EVENTS")
    run.step(0.0, 0.5, run.algorithm.tr("Reading"))
    areas = areas_for(run, read_all_areas(run, crs, most=1))
    if given(run, "POPULATION"):
        areas = with_residents(areas, _population(run, crs))
    run.say("No INPUT and no STORE: events are told, officers' time is not.")
    return Material.of(areas, empty_table(TIME_USE), events=events_of(run, crs), timezone=run.text("TIMEZONE"))


def classified(run: Run, crs: QgsCoordinateReferenceSystem) -> pd.DataFrame:
    """INPUT as legs with their modes."""
    from ..core.movement import classify_movement

    legs = read_legs_or_fixes(run, crs)
    return legs if "mode" in legs.columns or not len(legs) else classify_movement(legs, model_of(run))


def events_of(run: Run, crs: QgsCoordinateReferenceSystem) -> Optional[pd.DataFrame]:
    """EVENTS, the officers they name under the pseudonyms of the movement."""
    if not given(run, "EVENTS"):
        return None
    events = read_events(run, crs, "EVENTS")
    if "officer_ids" in events.columns and events["officer_ids"].notna().any():
        events["officer_ids"] = _named(run, events["officer_ids"])
    return events


def _named(run: Run, officers: pd.Series) -> pd.Series:
    """Officers of events, blank between, as pseudonyms."""
    from ..core.imports.accounts import OFFICERS, Account
    from ..core.imports.unfit_ids import OF_SEVERAL
    from ..core.privacy import officer_references
    from ..core.words import counted
    from .inputs import key_of

    if run.yes("IDS_ARE_PSEUDONYMS"):
        return officers
    account = Account("EVENTS", "layer")
    officers = account.fit(officers, OFFICERS, OF_SEVERAL, flags=False)
    found = officer_references(officers, lambda: key_of(run), blank_parts=True, tell=account.note)
    run.say(*(f"EVENTS: {counted(n, what)}" for what, n in sorted(account.found.items())))
    return found


def postings_of(run: Run) -> Optional[pd.DataFrame]:
    """POSTINGS as the postings table."""
    from ..core.times.instants import parsed
    from ..layers import read_table
    from .inputs import under_pseudonyms

    if not given(run, "POSTINGS"):
        return None
    source = run.source("POSTINGS")
    run.require_fields(source, officer="officer_id", valid_from="valid_from", valid_to="valid_to")
    wanted = {c: c for c in POSTING_COLUMNS if c in source.fields().names()}
    table = read_table(
        source, wanted, timezone=run.text("TIMEZONE"), feedback=run.feedback, layer=run.origin("POSTINGS")
    )
    for name in ("valid_from", "valid_to"):
        table[name] = parsed(table[name], errors="raise")
    table["officer_id"] = officers_read(run, table["officer_id"], "POSTINGS")
    table = guarded(run, table, "POSTINGS")
    return table.assign(officer_id=under_pseudonyms(run, table["officer_id"]))


def rules_of(run: Run) -> Optional[pd.DataFrame]:
    """The force's own rules, or None."""
    from ..core.activity import read_rules

    return read_rules(run.text("RULES")) if run.text("RULES") else None


def _population(run: Run, crs: QgsCoordinateReferenceSystem) -> pd.DataFrame:
    from ..core.errors import ParameterError
    from ..layers import read_areas, read_table

    source, field = run.source("POPULATION"), run.field("POPULATION_FIELD")
    if not field:
        raise ParameterError("POPULATION_FIELD is empty.", "Choose the field with the number of residents.")
    run.require_fields(source, residents=field)
    options = dict(crs=crs, transform_context=run.context.transformContext(), feedback=run.feedback)
    small = read_areas(source, None, None, None, context=run.context, role="other", **options)
    people = read_table(source, {"residents": field}, feedback=run.feedback)["residents"]
    if len(small) != len(people):
        raise ParameterError("Some areas of POPULATION have no geometry.", "Repair the layer.")
    return small.assign(residents=people.to_numpy())


def period_of(run: Run, material: Material) -> FilterState:
    """The filter of the days asked, or of the period that every door opens with; for the public, of the last whole calendar month."""
    from ..core.errors import ParameterError
    from ..core.filter_state import FilterState, last_days
    from ..core.material.filled_days import default_period, last_complete_day

    first, last = (day_of(run.text(n), n) for n in ("FIRST_DAY", "LAST_DAY"))
    earliest, latest = material.days[0], last_complete_day(material)
    if latest is None:
        raise ParameterError(
            "There is no time of officers in the data.", "Check the period and the place of the fixes."
        )
    if first is None and last is None:
        first, last = default_period(material, run.choice("AUDIENCE")) or (None, None)
    last = last or latest
    if first is None:
        first, _ = last_days(last, 28, earliest)
    return FilterState(first=first, last=last, timezone=material.timezone)


def day_of(text: str, name: str) -> Optional[date]:
    """A day as it is typed; None where nothing is."""
    from ..core.errors import ParameterError

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ParameterError(f"{name} = {text!r} is no day.", "Write it as YYYY-MM-DD, such as 2024-05-03.") from None


def write_plain(run: Run, name: str, table: pd.DataFrame) -> None:
    """A table without geometry, its fields typed by what its columns hold."""
    from ..layers import fields_for

    kinds = {"f": "float", "i": "int", "u": "int", "b": "bool", "M": "time"}
    extra = {c: kinds.get(table[c].dtype.kind, "str") for c in table.columns}
    fields = fields_for([], extra)
    run.write(name, table, fields, QgsWkbTypes.Type.NoGeometry, QgsCoordinateReferenceSystem())
