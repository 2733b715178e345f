"""An officer-day of a shared store is an ordinary layer of QGIS, and has rows only once it was asked for."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.qgis

from tests.support.postgis import Cluster
from tests.support.shared_store import shared_store


def test_qgis_shows_what_was_asked_for_and_nothing_before(qgis_app, postgis: Cluster) -> None:
    from qgis.core import QgsDataSourceUri, QgsVectorLayer

    with shared_store(postgis) as store:
        uri = QgsDataSourceUri()
        uri.setConnection("127.0.0.1", str(postgis.port), store.database, "ivan", "")
        uri.setDataSource("ia_journeys", "fixes", "geom", "", "fid")
        layer = QgsVectorLayer(uri.uri(False), "officer-day", "postgres")
        assert layer.isValid(), layer.dataProvider().error().message() + postgis.log[-3000:]
        assert [f.id() for f in layer.getFeatures()] == []
        store.ask("ivan", "d1")
        seen = list(layer.getFeatures())
        assert len(seen) == 10 and seen[0]["officer_day"] == "d1" and seen[0].geometry().asPoint().x() == 400_000
        assert layer.crs().authid() == "EPSG:27700"
        assert "officer_id" not in layer.fields().names()
        del layer
