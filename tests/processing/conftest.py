"""Small layers and a runner for the tests of algorithms."""

from __future__ import annotations

import pytest

from tests.support.algorithms import plugin, registered, run  # noqa: F401 (fixtures)
from tests.support.walks import E, N

EVENT_FIELDS = ("event_id", "kind", "category", "start", "end", "time_precision", "location_precision", "officer_ids")


@pytest.fixture(autouse=True)
def no_file_grows(monkeypatch):
    """Files of tests are whole once they are there: a refresh need not wait to see whether they still grow."""
    monkeypatch.setattr("ia_plugin.processing.algorithms.daily_refresh.SETTLED_S", 0.0)


@pytest.fixture
def points(qgis_app):
    """A memory layer of fixes from rows of (officer, text time, x, y)."""

    def make(rows, crs="EPSG:27700", officer="string", time="string"):
        from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

        uri = f"Point?field=officer_id:{officer}&field=time:{time}" + (f"&crs={crs}" if crs else "")
        layer = QgsVectorLayer(uri, "fixes", "memory")
        assert layer.isValid()
        features = []
        for who, when, x, y in rows:
            feature = QgsFeature(layer.fields())
            feature.setAttributes([who, when])
            if x is not None:
                feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
            features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        return layer

    return make


@pytest.fixture
def polygons(qgis_app):
    """A memory layer of areas from {id: WKT} with optional roles."""

    def make(shapes, crs="EPSG:27700", roles=None):
        from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

        layer = QgsVectorLayer(f"Polygon?crs={crs}&field=code:string&field=role:string", "areas", "memory")
        features = []
        for code, wkt in shapes.items():
            feature = QgsFeature(layer.fields())
            feature.setAttributes([code, (roles or {}).get(code, "impact")])
            if wkt:
                feature.setGeometry(QgsGeometry.fromWkt(wkt))
            features.append(feature)
        layer.dataProvider().addFeatures(features)
        return layer

    return make


@pytest.fixture
def events(qgis_app):
    """A memory layer of events from rows of (kind, start, end, x, y, officers)."""

    def make(rows, precision="minute"):
        from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

        uri = "Point?crs=EPSG:27700" + "".join(f"&field={name}:string" for name in EVENT_FIELDS)
        layer = QgsVectorLayer(uri, "events", "memory")
        features = []
        for i, (kind, start, end, x, y, officers) in enumerate(rows):
            feature = QgsFeature(layer.fields())
            feature.setAttributes([f"e{i}", kind, "any", start, end, precision, "point", officers])
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(E + x, N + y)))
            features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        return layer

    return make
