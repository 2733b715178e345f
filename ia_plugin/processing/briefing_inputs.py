"""What the briefing maps are asked for: which areas, which filter, for whom, on what ground."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

from ..core.filter_state import DAYS
from .answer_inputs import declare_period, period_of
from .base import ImpactAreaAlgorithm
from .extract_inputs import now
from .marking import declare_marking
from .parameter_values import plain_value
from .run import Run
from .small_ground import check_store

if TYPE_CHECKING:
    from ..briefing.ground import Found
    from ..core.filter_state import FilterState
    from ..core.material.summary_tables import Material

ORIENTATIONS = ("portrait", "landscape")
EARLIER = ("before", "year", "none")
MAP_FIGURES = ("officer_hours", "cover_hours", "visits", "visit_minutes", "officers", "crimes", "incidents", "searches")
BY_ENDING, FORMATS = "ending", ("PDF", "PNG")


def declare_briefing(algorithm: ImpactAreaAlgorithm) -> None:
    """All parameters but the output."""
    tr, add = algorithm.tr, algorithm.add
    folder = QgsProcessingParameterFile.Behavior.Folder
    add(
        QgsProcessingParameterFile("STORE", tr("Store"), behavior=folder),
        tr("Folder of a store that Daily refresh keeps. Its summary alone is read, unless the audience is restricted."),
    )
    add(
        QgsProcessingParameterString("WHICH_AREAS", tr("Which areas"), optional=True),
        tr("Names or ids with semicolons between; impact, comparison or other for those of a role, all for each. Left empty, the Impact Areas. Each has a sheet."),
    )  # fmt: skip
    declare_period(algorithm)
    _declare_filter(algorithm)
    choices = (
        ("EARLIER", tr("Earlier period"), EARLIER, tr("before: as many days just before; year: the same weeks a year before; none.")),
        ("MAP_FIGURE", tr("Figure on the map"), MAP_FIGURES, tr("What the areas are shaded by, in classes that are the same on each map. For the public officer_hours, crimes and incidents.")),
        ("LAYOUT", tr("Layout"), ORIENTATIONS, tr("A4, one sheet an area.")),
    )  # fmt: skip
    for name, label, options, text in choices:
        add(QgsProcessingParameterEnum(name, label, options=list(options), defaultValue=options[0], usesStaticStrings=True), text)  # fmt: skip
    declare_marking(algorithm)
    layers = QgsProcessing.SourceType.TypeMapLayer
    add(
        QgsProcessingParameterMultipleLayers("BASEMAP", tr("Ground beneath"), layers, optional=True),
        tr("Layers of streets, boundaries, water or a raster, the first on top; those of the project keep their look. Nothing is fetched from a network unless a layer of yours does. Left empty, basemap.gpkg in the folder of the store; where there is none, boundaries of wards and districts beneath areas of the West Midlands, else the areas' outlines alone."),
    )  # fmt: skip
    add(
        QgsProcessingParameterString("ATTRIBUTION", tr("Attribution"), optional=True),
        tr("Whose data lie beneath, such as: Contains OS data © Crown copyright and database right 2024. What the layers say of themselves is added, and of basemap.gpkg what stands in basemap.txt beside it."),
    )  # fmt: skip
    add(
        QgsProcessingParameterFile("TEMPLATE", tr("Own template"), optional=True, extension="qpt"),
        tr("A layout of the force's own, made from the plugin's in resources/layouts, with the same ids of items."),
        advanced=True,
    )
    add(
        QgsProcessingParameterBoolean("FILE_PER_AREA", tr("One file for each area"), False),
        tr("The name of the area is added to the name of the file. Pictures are always one for each area."),
    )


def _declare_filter(algorithm: ImpactAreaAlgorithm) -> None:
    tr, whole = algorithm.tr, QgsProcessingParameterNumber.Type.Integer
    for name, label, default, least, most in (("HOUR_FROM", tr("From hour"), 0, 0, 23), ("HOUR_TO", tr("To hour"), 24, 1, 24)):  # fmt: skip
        algorithm.add(
            QgsProcessingParameterNumber(name, label, whole, default, minValue=least, maxValue=most),
            tr("Hours of the day that are kept, in civil time; 18 to 3 goes past midnight and belongs to the evening."),
        )
    algorithm.add(
        QgsProcessingParameterEnum("WEEKDAYS", tr("Weekdays"), options=list(map(str, DAYS)), allowMultiple=True, defaultValue=list(map(str, DAYS)), usesStaticStrings=True),
        tr("Days of the week that are kept."),
    )  # fmt: skip
    algorithm.add(
        QgsProcessingParameterString("RESOURCES", tr("Resource types"), optional=True),
        tr("Names with semicolons between; left empty, all. Officers' time by resource is told of whole closed months, unless the audience is restricted."),
    )  # fmt: skip
    algorithm.add(
        QgsProcessingParameterString("FIGURE", tr("Code of a figure"), optional=True),
        tr("A code copied from the dashboard: its whole filter is used in place of the days, hours, weekdays and resources above."),
        advanced=True,
    )  # fmt: skip


def declare_output(algorithm: ImpactAreaAlgorithm) -> None:
    """OUTPUT, whose ending says the format where FORMAT does not."""
    tr = algorithm.tr
    algorithm.add(
        QgsProcessingParameterEnum("FORMAT", tr("Format"), options=[BY_ENDING, *FORMATS], defaultValue=BY_ENDING, usesStaticStrings=True),
        tr("ending: by the ending of the file; PDF: sheets; PNG: pictures, 300 dots an inch, one for each area. A file without an ending gets it."),
    )  # fmt: skip
    algorithm.add(
        QgsProcessingParameterFileDestination("OUTPUT", tr("Briefing maps"), "PDF (*.pdf);;PNG (*.png)"),
        tr("A .pdf, or .png for pictures."),
    )


# --- what they mean ---------------------------------------------------------------------------------------------------


def briefing_material(run: Run) -> Material:
    """The material of figures, from the store's summary; refused where its areas are too small for the audience."""
    from ..store.summary import read_summary

    material = read_summary(run.text("STORE"))
    check_store(run, material)
    return replace(material, read_at=now())


def areas_of_figure(run: Run) -> tuple[str, ...]:
    """The areas of the figure whose code was given: its sheets, where no other areas are named."""
    from ..core.figure_code import read_code

    return read_code(run.text("FIGURE")).state.areas if run.text("FIGURE") else ()


def briefing_state(run: Run, material: Material) -> FilterState:
    """The filter asked for, without its areas."""
    from ..core.figure_code import read_code

    if run.text("FIGURE"):
        return _by_audience(run, material, replace(read_code(run.text("FIGURE")).state, areas=()))
    days = run.algorithm.parameterAsEnumStrings(run.parameters, "WEEKDAYS", run.context)
    asked = replace(
        period_of(run, material),
        hour_from=int(run.number("HOUR_FROM") or 0),
        hour_to=int(run.number("HOUR_TO") or 24),
        weekdays=tuple(DAYS.index(d) for d in days) or tuple(range(7)),
        resources=_resources(run, material),
    )
    return _by_audience(run, material, asked)


def _by_audience(run: Run, material: Material, asked: FilterState) -> FilterState:
    """The filter as the audience may ask it; where that is another, the log says so."""
    from ..core.disclosure.audiences import asked_by

    state, note = asked_by(material, asked, run.choice("AUDIENCE"))
    if note:
        run.warn(note)
    return state


def _resources(run: Run, material: Material) -> tuple[str, ...]:
    from ..core.errors import ParameterError

    asked = [r.strip() for r in re.split("[;\n]", run.text("RESOURCES")) if r.strip()]
    known = {v.casefold(): v for v in material.values_of("resource_type")}
    unknown = [r for r in asked if r.casefold() not in known]
    if unknown:
        raise ParameterError(
            f"{len(unknown)} of the resource types named are none of the store's.",
            f"Choose among: {', '.join(known.values()) or 'it tells none apart'}.",
        )
    return tuple(known[r.casefold()] for r in asked)


def looked_at(run: Run, material: Material, state: FilterState) -> Material:
    """For a restricted audience, the restricted cells where published tables do not tell what the filter asks; the look is recorded."""
    from ..core.material.ask import refusal_of
    from ..core.material.figures import earlier_of
    from ..core.resources import plugin_version
    from ..store.look import RestrictedLook
    from ..store.open_summary import place_of

    if run.choice("AUDIENCE") != "restricted" or refusal_of(material, state) is None:
        return material
    import pandas as pd

    look = RestrictedLook(
        place_of(run.text("STORE")), at=pd.Timestamp.now(tz="UTC").floor("ms"), version=plugin_version()
    )
    earlier = earlier_of(state, run.choice("EARLIER"))
    return look(material, [state, *([earlier] if earlier is not None else [])], run.choice("PURPOSE"))


def ground_layers(run: Run) -> list[QgsMapLayer]:
    """BASEMAP, copies of its layers, so that nobody's project is touched; those without a look of their own are drawn plainly."""
    from ..briefing.map_layers import quiet

    project = run.context.project()
    own = set(project.mapLayers()) if project is not None else set()
    copies = []
    for layer in run.algorithm.parameterAsLayerList(run.parameters, "BASEMAP", run.context) or []:
        copy = layer.clone()
        if isinstance(copy, QgsVectorLayer) and layer.id() not in own and not layer.loadDefaultStyle()[1]:
            quiet(copy)
        copies.append(copy)
    return copies


def attribution(run: Run, ground: Found) -> str:
    """What is said of the ground beneath: as given, as is known of it, and as its layers say themselves."""
    from ..briefing.ground import BASEMAP, RIGHTS
    from ..compat import rights_of

    texts = [run.text("ATTRIBUTION"), ground.rights, *(rights_of(y) for y in ground.layers)]
    found = " ".join(dict.fromkeys(t.strip().rstrip(".") + "." for t in texts if t.strip()))
    if not ground.own and not found:
        run.warn(
            f"Nothing says whose data the ground beneath is: give ATTRIBUTION, or {RIGHTS} beside the store's {BASEMAP}, for most licences ask for it."
        )
    return found


def output_file(run: Run) -> Path:
    """OUTPUT with the ending of the format that was asked for.

    Raises
    ------
    ParameterError
        for an ending that is neither .pdf nor .png, or another one than FORMAT's.
    """
    from ..core.errors import ParameterError

    path = Path(run.algorithm.parameterAsFileOutput(run.parameters, "OUTPUT", run.context))
    asked = run.choice("FORMAT")
    ending = path.suffix.lower()
    if asked == BY_ENDING:
        if ending[1:].upper() not in FORMATS:
            raise ParameterError(
                f"OUTPUT ends in {path.suffix or 'nothing'!r}.",
                "Give a file that ends in .pdf or .png, or choose FORMAT.",
            )
        return path
    wanted = f".{asked.lower()}"
    # QGIS names a temporary file by the first ending there is: nobody chose that one.
    temporary = plain_value(run.parameters.get("OUTPUT"), run.context) == QgsProcessing.TEMPORARY_OUTPUT
    if ending in ("", wanted) or temporary:
        return path if ending == wanted else path.with_suffix(wanted)
    raise ParameterError(
        f"FORMAT is {asked}, and OUTPUT ends in {path.suffix!r}.",
        f"Give a file that ends in {wanted}, or leave FORMAT to the ending.",
    )


def output_paths(run: Run, path: Path, names: Sequence[str]) -> list[Path]:
    """The files to be written: one, or one for each name of an area."""
    from ..core.briefing.file_names import file_names

    each = run.yes("FILE_PER_AREA") or (path.suffix.lower() == ".png" and len(names) > 1)
    return [path.with_name(f"{path.stem} {n}{path.suffix}") for n in file_names(names)] if each else [path]


def template_file(run: Run) -> Optional[Path]:
    """The force's own template, where one was given."""
    return Path(run.text("TEMPLATE")) if run.text("TEMPLATE") else None
