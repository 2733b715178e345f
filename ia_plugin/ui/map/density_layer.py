"""Officer density of one week and shift as a layer: cells of the fixed grid in the one scale."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Union

import shapely
from qgis.core import (
    QgsFeature,
    QgsField,
    QgsFields,
    QgsFillSymbol,
    QgsGeometry,
    QgsGraduatedSymbolRenderer,
    QgsRendererRange,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...compat import FieldType
from ...core.checked import with_beta
from ...core.density.scale import NOT_SHOWN, SCALE, minutes_a_day
from ...core.density.shift_weeks import STORED_SHIFTS
from ...core.disclosure.blocks import Blocks
from ...core.errors import ParameterError
from ...layers.description import describe
from ...store.density import read_density
from ...store.summary import checked_of, epsg_of
from ..translated import translated

FIELD = "minutes_a_day"
MOST = 1e9  # the last class is open; QGIS wants a number
OPACITY = 0.7  # the streets beneath stay readable


def density_layer(folder: Union[str, Path], week: date, shift: str) -> QgsVectorLayer:
    """A layer in memory of the cells that are told of a week and shift; empty where none is.

    Parameters
    ----------
    folder : the store's folder, or its summary file
    week : its Monday, one of :func:`~ia_plugin.store.density.density_weeks`
    shift : early, late or night

    Returns
    -------
    QgsVectorLayer of polygons with ``cell`` and ``minutes_a_day`` (the officer minutes of the week by seven, up to where the scale
    ends), in the store's system, in the colours of :data:`~ia_plugin.core.density.scale.SCALE`; not added to any project.

    Raises
    ------
    ParameterError
        for a shift that is none of those stored.
    StoreError
        see :func:`~ia_plugin.store.density.read_density`.
    """
    known = {s.name: s for s in STORED_SHIFTS}
    if shift not in known:
        raise ParameterError(f"shift = {shift!r} is not stored.", f"Choose one of: {', '.join(known)}.")
    table = read_density(folder, week, shift)
    title = _tr("Officer density, week from {monday}, {shift}").format(
        monday=f"{week:%d/%m/%Y}", shift=_tr(known[shift].words)
    )
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:{epsg_of(folder)}", title, "memory")
    fields = QgsFields()
    for name, kind in (("cell", FieldType.TEXT), (FIELD, FieldType.REAL)):
        fields.append(QgsField(name, kind))
    layer.dataProvider().addAttributes(fields.toList())
    layer.updateFields()
    features = []
    for cell, side, seconds in zip(table["cell"], table["side_m"], table["officer_seconds"]):
        feature = QgsFeature(layer.fields())
        # What a cell has beyond the scale's end is told by no colour, and by no look-up of the layer either.
        feature.setAttributes([cell, min(minutes_a_day(seconds), SCALE[-1].low)])
        square = QgsGeometry()
        square.fromWkb(shapely.to_wkb(Blocks.read(float(side), cell).boxes()[0]))
        feature.setGeometry(square)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    layer.setRenderer(_scale())
    layer.setOpacity(OPACITY)
    layer.setMapTipTemplate(_tr("{minutes} officer minutes a day").format(minutes=f'[% round("{FIELD}") %]'))
    describe(layer, translated(with_beta(_tr(NOT_SHOWN), checked_of(folder))))
    return layer


def _scale() -> QgsGraduatedSymbolRenderer:
    ranges = [
        QgsRendererRange(
            c.low,
            math.nextafter(min(c.high, MOST), 0.0),  # QGIS takes both ends in, and the first range that has a value
            QgsFillSymbol.createSimple({"color": c.colour, "outline_style": "no"}),
            _tr(c.words),
        )
        for c in SCALE
    ]
    return QgsGraduatedSymbolRenderer(FIELD, ranges)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImpactArea", text)


__all__ = ["FIELD", "density_layer"]
