"""One small table of fixes as a file of any format, and the table that is read from it, both ways."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameters,
    QgsProject,
    QgsVectorLayer,
)

from ia_plugin.layers import read_points

gdal.UseExceptions()
COLUMNS = {"officer_id": "collar", "time": "when", "unit": "team", "accuracy_m": "acc", "fixes": "n", "reason": None}
WGS84, BRITISH = QgsCoordinateReferenceSystem("EPSG:4326"), QgsCoordinateReferenceSystem("EPSG:27700")
ROWS = [
    ("P001", "2024-06-01T12:00:00Z", "Team A", 5.5, 1, (-1.90, 52.50)),
    ("P002", "2024-06-01T13:00:00+01:00", "Zürich é", None, 2, (-1.80, 52.40)),
    (None, None, None, 2.0, None, (-1.85, 52.45)),
    ("😀", "2024-01-01T12:00:00.250Z", "", 0.0, -7, None),
    ("P001", "2024-06-01T07:00:00-05:00", "a unit with a long name " * 3, 1e300, 4, (-1.70, 52.60)),
]
UTC = [pd.Timestamp("2024-06-01T12:00Z")] * 2 + [
    pd.NaT,
    pd.Timestamp("2024-01-01T12:00:00.25Z"),
    pd.Timestamp("2024-06-01T12:00Z"),
]


def ogr_layer(path: Path, driver: str, rows=ROWS, when=ogr.OFTString, geometry=ogr.wkbPoint, epsg=4326, options=()):
    """A file with `rows`, written by OGR alone."""
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(epsg)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    gdal.SetConfigOption("SHAPE_ENCODING", None)  # QGIS sets it, so that OGR would not encode
    dataset = gdal.GetDriverByName(driver).Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer(path.stem, srs, geometry, options=list(options))
    for name, kind in (
        ("collar", ogr.OFTString),
        ("when", when),
        ("team", ogr.OFTString),
        ("acc", ogr.OFTReal),
        ("n", ogr.OFTInteger),
    ):
        layer.CreateField(ogr.FieldDefn(name, kind))
    for *values, xy in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        for i, value in enumerate(values):
            if value is not None:
                feature.SetField(i, value)
        if xy is not None:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(xy if isinstance(xy, str) else f"POINT ({xy[0]} {xy[1]})"))
        layer.CreateFeature(feature)
    del layer, dataset
    return open_layer(path)


def open_layer(path, provider="ogr"):
    layer = QgsVectorLayer(str(path), "layer", provider)
    assert layer.isValid(), path
    return layer


def source_of(layer, selected=False, check=None):
    """The feature source that an algorithm would get."""
    context = QgsProcessingContext()
    QgsProject.instance().addMapLayer(layer, False)
    context.setProject(QgsProject.instance())
    if check is not None:
        context.setInvalidGeometryCheck(check)
    value = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=selected)
    source = QgsProcessingParameters.parameterAsSource(
        QgsProcessingParameterFeatureSource("INPUT"), {"INPUT": value}, context
    )
    source.context = context  # kept alive
    return source


def both_ways(layer, columns=COLUMNS, *, read=read_points, how="arrow", **more):
    """The table by whole columns, of a file or a server, and by features; they must be one."""
    fast = read(layer, columns, **more)
    assert fast.attrs["reading"]["how"] == how
    slow = read(FeaturesOnly(layer), columns, layer=layer, **more)
    assert slow.attrs["reading"]["how"] == "features"
    pd.testing.assert_frame_equal(fast, slow)
    return fast


class FeaturesOnly:
    """A source that does not say how many features it has: only its features can be read."""

    def __init__(self, layer):
        self.layer = layer

    def featureCount(self):
        return -1

    def __getattr__(self, name):
        return getattr(self.layer, name)


def answers_layer(written):
    """A memory layer of points with the text field ``object_found``; None is NULL."""
    from qgis.core import QgsFeature, QgsGeometry

    layer = QgsVectorLayer("Point?crs=EPSG:27700&field=object_found:string", "answers", "memory")
    features = []
    for word in written:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([word])
        feature.setGeometry(QgsGeometry.fromWkt("Point (400000 280000)"))
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer
