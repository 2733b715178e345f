"""Refresh now and the card, as the dock begins them: in the background, refused with a sentence, on the record."""

from __future__ import annotations

import time

import pytest

from tests.support.algorithms import plugin, registered, run  # noqa: F401 (fixtures)
from tests.support.patience import wait
from tests.support.stores import AREAS, extract

pytestmark = pytest.mark.qgis

CARD = {"owner": "Head of Intelligence", "contact": "Analysis office"}


@pytest.fixture
def world(run, tmp_path, monkeypatch):  # noqa: F811
    """A watched folder and the store that Daily refresh made of it."""
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    (tmp_path / "force.key").write_bytes(b"a key for tests, of no force at all")
    (tmp_path / "force.key").chmod(0o600)
    monkeypatch.setenv("IMPACTAREAS_KEY_FILE", str(tmp_path / "force.key"))
    (tmp_path / "watched").mkdir()
    extract(tmp_path / "watched" / "june.csv", officers=6)
    layer = QgsVectorLayer("Polygon?crs=EPSG:27700&field=code:string&field=role:string", "areas", "memory")
    for row in AREAS.itertuples():
        feature = QgsFeature(layer.fields())
        feature.setAttributes([row.area_id, row.role])
        feature.setGeometry(QgsGeometry.fromWkt(row.geometry.wkt))
        layer.dataProvider().addFeature(feature)
    asked = {"INPUT": str(tmp_path / "watched"), "STORE": str(tmp_path / "store"), "METHOD": "linear", "AREAS": layer, "AREA_ID_FIELD": "code"}  # fmt: skip
    run("dailyrefresh", asked)
    return tmp_path


@pytest.fixture
def worker(qgis_app):
    """A worker, what it gave, and how it is waited for."""
    from ia_plugin.ui.work import Worker

    class Waited(Worker):
        def __init__(self):
            self.refusals, self.found = [], []
            super().__init__(lambda sentence, more: self.refusals.append(sentence + more))

        def wait(self):
            wait(lambda: not self.busy)

    return Waited()


def test_refresh_now_takes_in_what_is_new(world, worker):
    from ia_plugin.ui.about import about_of, begin_refresh

    before = about_of(world / "store")
    assert before.why_no_refresh == "" and before.refreshed.good and before.way.method == "linear"
    extract(world / "watched" / "more.csv", officers=6, day="2024-06-05", seed=2)
    begin_refresh(worker, world / "store", worker.found.append)
    worker.wait()
    assert worker.refusals == []
    (after,) = worker.found
    assert after.sources[0].files == before.sources[0].files + 1
    assert dict(after.data_to)["officers' time"].startswith("5 Jun 2024") and after.refreshed.good


def test_complaints_come_as_a_sentence_and_stand_on_the_page(world, worker):
    from ia_plugin.ui.about import about_of, begin_refresh

    (world / "watched" / "odd.csv").write_text("nothing,known\n1,2\n", encoding="utf-8")
    begin_refresh(worker, world / "store", worker.found.append)
    worker.wait()
    assert worker.found == [] and "odd.csv" in worker.refusals[0]
    last = about_of(world / "store").refreshed
    assert not last.good and "odd.csv" in last.outcome


def test_without_a_key_it_says_so(world, worker, monkeypatch):
    from ia_plugin.ui.about import about_of, begin_refresh

    monkeypatch.delenv("IMPACTAREAS_KEY_FILE")
    time.sleep(1.1)  # a second later is another run
    begin_refresh(worker, world / "store", worker.found.append)
    worker.wait()
    assert "No key of pseudonyms was found" in worker.refusals[0]
    last = about_of(world / "store").refreshed
    assert not last.good and "No key of pseudonyms" in last.outcome, "the record of runs knows it"


def test_it_can_be_cancelled(world):
    from ia_plugin.core.errors import Cancelled
    from ia_plugin.ui.about import refresh_now

    def enough(_share):
        raise Cancelled

    extract(world / "watched" / "more.csv", officers=6, day="2024-06-05", seed=2)
    with pytest.raises(Cancelled):
        refresh_now(world / "store", enough)


def test_a_store_without_a_watched_folder_is_not_refreshed(world, worker):
    from ia_plugin.ui.about import begin_refresh

    (world / "watched").rename(world / "gone")
    begin_refresh(worker, world / "store", worker.found.append)
    worker.wait()
    assert worker.refusals == ["The watched folder of the last refresh cannot be reached from here."]


def test_the_card_is_kept_and_comes_back(world, worker):
    from ia_plugin.ui.about import begin_about, begin_card

    begin_card(worker, world / "store", CARD, worker.found.append)
    worker.wait()
    begin_about(worker, world / "store", worker.found.append)
    worker.wait()
    assert worker.refusals == [] and [a.card.contact for a in worker.found] == ["Analysis office"] * 2
    begin_card(worker, world / "store", {**CARD, "owner": "Jane Smith"}, worker.found.append)
    worker.wait()
    assert "may name or reach a person" in worker.refusals[0] and len(worker.found) == 2


def test_the_page_comes_first_once(world):
    from qgis.core import QgsSettings

    from ia_plugin.ui.about import SETTING, about_of, is_due, note_seen

    QgsSettings().remove(SETTING)
    about = about_of(world / "store")
    assert is_due(world / "store", about)
    note_seen(world / "store", about)
    assert not is_due(world / "store", about)
    QgsSettings().remove(SETTING)
