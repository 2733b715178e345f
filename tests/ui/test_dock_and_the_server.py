"""The dock while the server of a shared store stops and starts again, and on a copy that can only be read: sentences, and whole figures or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytestmark = pytest.mark.qgis

from tests.support.open_day import open_a_day
from tests.support.patience import wait
from tests.support.postgis import copied, in_step, started
from tests.support.shared_store import shared_store
from tests.support.stores import KEY

CUT, SILENT = "cannot be reached", "does not answer now"


@pytest.fixture(scope="module")
def shared(store):
    """The store in a server of its own, which these tests may stop."""
    from ia_plugin.store.move import move
    from ia_plugin.store.postgis.home import PostgisStore
    from ia_plugin.store.store import Store

    with started() as cluster, shared_store(cluster, filled=False) as made:
        with Store(store, KEY) as old, PostgisStore(made.target("lee"), KEY) as new:
            move(old, new)
        yield made


@pytest.fixture
def stopped(shared):
    """Stops the server when it is called; it runs again after the test."""
    yield shared.cluster.stop
    if shared.cluster.server.poll() is not None:
        shared.cluster.start()


def at_rest(dock):
    return lambda: dock.controller.answer is not None and not dock.controller.worker.busy


def tiles(dock):
    return {tile.title: tile.value for tile in dock.controller.overview.tiles}


def filters_of(project):
    """The filter of each layer of the store."""
    layers = [y for y in project.mapLayers().values() if y.providerType() == "postgres"]
    assert layers
    return {y.name(): y.subsetString() for y in layers}


def heard_by(dock):
    """The sentences that the bar gets from now on."""
    heard = []
    dock.controller.said.connect(lambda words, _warning: heard.append(words))
    return heard


def test_a_server_that_stops_is_said_and_one_button_reads_on_when_it_is_back(
    dock_of, qgis_new_project, qgis_canvas, shared, stopped
):
    dock = dock_of(qgis_new_project, qgis_canvas, store=shared.target("alice"))
    wait(at_rest(dock))
    expected, heard = tiles(dock), heard_by(dock)
    wait(lambda: not dock.controller.overlays.busy)
    filters = filters_of(qgis_new_project)
    stopped()
    # What was read whole stays whole: another filter is answered from it, page by page. Flags and layers alone need the server.
    dock.bar.set_state(replace(dock.bar.state, areas=("b",)))
    dock.bar.flush()
    wait(at_rest(dock))
    assert tiles(dock) != expected
    dock.bar.set_state(replace(dock.bar.state, areas=()))
    dock.bar.flush()
    for page in range(dock.pages.count()):
        dock.pages.setCurrentIndex(page)
    wait(lambda: at_rest(dock)() and tiles(dock) == expected)
    wait(lambda: not dock.controller.overlays.busy)
    assert [words for words in heard if CUT not in words and SILENT not in words] == []
    assert not dock.line.again_button.isHidden() and filters_of(qgis_new_project) == filters
    heard.clear()
    # What needs the server is said, and leaves all as it was.
    dock.open_store(shared.target("alice"))
    wait(lambda: any(CUT in words for words in heard) and at_rest(dock)())
    assert tiles(dock) == expected and not dock.line.again_button.isHidden()
    assert "cannot be read now" in dock.store_label.text()
    for ask in (dock.add_layers, dock.add_density, lambda: dock.show_trace("visits", "training")):
        dock.last_said = ""
        ask()
        assert CUT in dock.last_said
    dock.line.again_button.click()
    wait(lambda: len([words for words in heard if CUT in words]) > 1 and at_rest(dock)())
    shared.cluster.start()
    dock.line.again_button.click()
    wait(lambda: dock.line.again_button.isHidden() and shared.database in dock.store_label.text() and at_rest(dock)())
    assert "data as of" in dock.store_label.text() and tiles(dock) == expected
    for areas in (("b",), ()):
        dock.bar.set_state(replace(dock.bar.state, areas=areas))
        dock.bar.flush()
        wait(lambda: at_rest(dock)() and not dock.controller.overlays.busy)
    assert filters_of(qgis_new_project) == filters and dock.line.again_button.isHidden()
    assert dock.controller.overlays.notes == []
    dock.show_trace("visits", "training")
    assert "ia_inspector" in dock.last_said  # the server answers again


def test_a_server_that_stops_behind_an_open_officer_day_leaves_no_error(
    dock_of, qgis_new_project, qgis_canvas, shared, stopped
):
    dock = dock_of(qgis_new_project, qgis_canvas, store=shared.target("ivan"))
    wait(at_rest(dock))
    heard = heard_by(dock)
    open_a_day(dock, "training")
    stopped()
    for page in (dock.trace, dock.journeys.page, dock.figures):  # what is drawn on the map changes with the page
        dock.pages.setCurrentWidget(page)
    dock.pages.setCurrentWidget(dock.journeys.page)
    dock.journeys.page.events.click()
    assert CUT in dock.last_said
    dock.pages.setCurrentWidget(dock.trace)
    dock.trace.visits.setCurrentCell(1, 0)  # another visit: it cannot be recorded, so it is not shown
    wait(lambda: any(CUT in words for words in heard))
    dock.controller.look("training")
    wait(lambda: at_rest(dock)() and len(heard) > 1)
    assert dock.controller.answer.material.purpose == ""  # what anyone may read, and nothing that was not recorded
    shared.cluster.start()
    dock.controller.look("training")
    wait(lambda: at_rest(dock)() and dock.controller.answer.material.purpose == "training")


def test_another_store_that_cannot_be_read_leaves_no_figures_of_the_last_one(
    dock_of, qgis_new_project, store, shared, stopped
):
    dock = dock_of(qgis_new_project, store=store)
    wait(at_rest(dock))
    stopped()
    dock.open_store(shared.target("alice"))
    wait(lambda: CUT in dock.last_said)
    assert dock.controller.material is None and dock.bar.isHidden() and not dock.line.again_button.isHidden()
    dock.open_store(str(store))
    wait(at_rest(dock))
    assert dock.line.again_button.isHidden() and not dock.bar.isHidden()


def test_sessions_that_are_cut_while_it_reads_are_said_or_not_noticed(dock_of, qgis_new_project, shared):
    dock = dock_of(qgis_new_project, store=shared.target("alice"))
    wait(at_rest(dock))
    expected = tiles(dock)
    for _ in range(5):
        dock.open_store(shared.target("alice"))
        shared.cluster.psql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'alice'")
        wait(at_rest(dock))
        assert tiles(dock) == expected


def test_a_copy_that_can_only_be_read_is_a_store_to_read(dock_of, qgis_new_project, shared):
    from ia_plugin.store.figures_register import of_store

    with copied(shared.cluster) as copy:
        in_step(shared.cluster, copy)
        there = replace(shared, cluster=copy)
        dock = dock_of(qgis_new_project, store=shared.target("alice"))
        wait(at_rest(dock))
        expected = tiles(dock)
        dock.open_store(there.target("ivan"))
        wait(lambda: dock.controller.folder == there.target("ivan") and at_rest(dock)())
        assert tiles(dock) == expected
        assert "recorded first, and cannot be here" in dock.controller.why_no_look()
        dock.show_trace("visits", "training")
        assert "recorded first, and cannot be here" in dock.last_said and dock.trace.visits.rowCount() == 0
        dock.figures.copy_answer()
        wait(at_rest(dock))
        assert of_store(there.target("ivan"), dock.controller.figures.number) == []  # the user's own register has it
