"""Small layers and a runner for the tests of algorithms."""

from __future__ import annotations

import pytest


class Log:
    """What a run said."""

    def __init__(self):
        from qgis.core import QgsProcessingFeedback

        log = self

        class Feedback(QgsProcessingFeedback):
            def pushInfo(self, text):
                log.said.append(text)

            def pushWarning(self, text):
                log.warned.append(text)

            def reportError(self, text, fatal=False):
                log.warned.append(text)

        self.said, self.warned = [], []
        self.feedback = Feedback()


@pytest.fixture
def plugin(qgis_app, qgis_processing, qgis_new_project, monkeypatch):
    """The provider, registered for one test with an empty project, without a key in the environment."""
    from ia_plugin.processing.provider import ImpactAreaProvider

    monkeypatch.delenv("IMPACTAREAS_KEY_FILE", raising=False)
    provider = ImpactAreaProvider()
    qgis_app.processingRegistry().addProvider(provider)
    yield provider
    qgis_app.processingRegistry().removeProvider(provider)


@pytest.fixture
def run(plugin):
    """Run an algorithm; returns (results, log). Layers stay with the context, which the log keeps."""

    def runner(algorithm, parameters, prepare=None):
        import processing
        from qgis.core import QgsProcessingContext, QgsProject

        log = Log()
        log.context = QgsProcessingContext()
        log.context.setProject(QgsProject.instance())
        if prepare:
            prepare(log)
        results = processing.run(
            f"impactareas:{algorithm}", parameters, context=log.context, feedback=log.feedback, is_child_algorithm=False
        )
        return results, log

    return runner


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
