"""Covariates of areas: fields of numbers of the layer of areas, of the second layer, and the areas' own size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingParameterBoolean, QgsProcessingParameterField

from .base import ImpactAreaAlgorithm
from .inputs import read_all_areas
from .run import Run

if TYPE_CHECKING:
    import pandas as pd

SIZE = "km2"


def declare_covariates(algorithm: ImpactAreaAlgorithm) -> None:
    """COVARIATES and SIZE."""
    tr = algorithm.tr
    control = QgsProcessingParameterField(
        "COVARIATES", tr("To be alike in"), None, "AREAS", QgsProcessingParameterField.DataType.Numeric, True, True
    )
    algorithm.add(
        control,
        tr(
            "Fields of numbers, such as deprivation (IMD), share of young people, earlier crime, residents. A second layer of comparison "
            "areas needs the same fields. Few are better than many: with about twenty comparison areas, two to four."
        ),
    )
    algorithm.add(
        QgsProcessingParameterBoolean("SIZE", tr("Size of the area too"), False),
        tr("Make the areas alike in their km² as well."),
    )


def covariate_names(run: Run) -> list[str]:
    """The covariates asked for."""
    fields = run.algorithm.parameterAsFields(run.parameters, "COVARIATES", run.context)
    return [*map(str, fields), *([SIZE] if run.yes("SIZE") and SIZE not in fields else [])]


def areas_with_covariates(run: Run, crs: QgsCoordinateReferenceSystem, names: list[str]) -> pd.DataFrame:
    """AREAS and COMPARISON_AREAS as one areas table, with a column for each covariate.

    Raises
    ------
    AreaError
        where areas without a geometry make it unclear whose value is whose.
    """
    import numpy as np
    import pandas as pd
    import shapely

    from ..core.errors import AreaError
    from ..layers import read_table

    areas = read_all_areas(run, crs, most=0)
    fields = [n for n in names if n != SIZE or n in run.source("AREAS").fields().names()]
    tables = []
    for source in filter(None, (run.source("AREAS"), run.source("COMPARISON_AREAS"))):
        run.require_fields(source, **{f"covariate {n}": n for n in fields})
        tables.append(
            read_table(source, {n: n for n in fields}, feedback=run.feedback, written=True) if fields else None
        )
    if fields:
        values = pd.concat(tables, ignore_index=True)
        if len(values) != len(areas):
            raise AreaError("Some areas have no usable geometry.", "Repair the layer, or remove these areas.")
        for name in fields:
            areas[name] = values[name].to_numpy()
    if SIZE in names and SIZE not in fields:
        areas[SIZE] = np.asarray(shapely.area(areas["geometry"].to_numpy(dtype=object))) / 1e6
    return areas
