"""The dock with a real store: figures, filters, layers, what is behind a figure, and nothing left behind."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.support.patience import wait
from tests.support.sqlite_files import sqlite_file

pytestmark = pytest.mark.qgis


@pytest.fixture
def project(qgis_new_project):
    return qgis_new_project


def shown(dock, **changes):
    """The dock with another filter, its figures computed."""
    from dataclasses import replace

    state = replace(dock.bar.state, **changes)
    dock.bar.set_state(state)
    dock.bar.flush()
    wait(lambda: not dock.controller.worker.busy and dock.controller.figures.state == state)
    wait(lambda: not dock.controller.overlays.busy)
    return dock.controller.figures


def counted(layer):
    """Features there are; QGIS 3.22 loses the count of a second layer of one file, not its features."""
    return sum(1 for _ in layer.getFeatures())


def cells(table):
    return [[table.item(i, k).text() for k in range(table.columnCount())] for i in range(table.rowCount())]


def test_a_store_opened_shows_its_figures_with_number_and_date(dock):
    assert "of all observed officer time" in dock.figures.headline.text()
    assert dock.figures.table.rowCount() >= 14
    assert dock.controller.figures.number in dock.figures.notes.text() and "Jun 2024" in dock.figures.notes.text()
    assert dock.bar.state.last == date(2024, 6, 5)


def test_figures_follow_the_filter_and_equal_the_core(dock):
    from ia_plugin.core.material.figures import figures

    found = shown(dock, hour_from=22, hour_to=2, areas=("b",))
    again = figures(dock.controller.material, dock.bar.state, dock.bar.comparison)
    pd.testing.assert_frame_equal(found.table, again.table)
    assert "22:00–02:00" in dock.figures.notes.text()


def test_a_period_without_data_says_so_and_shows_no_nought(dock):
    shown(dock, first=date(2023, 1, 1), last=date(2023, 1, 28))
    assert "no data" in dock.figures.headline.text()
    assert {row[1] for row in cells(dock.figures.table)} == {"–"}


def test_copies_are_a_table_and_an_answer(dock):
    from qgis.PyQt.QtWidgets import QApplication

    dock.figures.copy_table()
    text = QApplication.clipboard().text()
    assert "Officer-hours\t" in text and dock.controller.figures.number in text
    dock.figures.copy_answer()
    answer = QApplication.clipboard().text()
    [hours] = [
        row[1].split("\n")[0].split(" (")[0] for row in cells(dock.figures.table) if row[0].startswith("Officer-hours")
    ]
    assert hours.endswith(" h") and answer.startswith("Officer-hours, ") and f": {hours}" in answer
    assert dock.controller.figures.number in answer and "not chosen at random" in answer


def test_layers_of_the_store_are_added_once_and_filtered_with_their_own(dock, project):
    dock.add_layers()
    dock.add_layers()
    names = sorted(layer.name() for layer in project.mapLayers().values())
    assert names == ["Areas", "Crimes", "Officers per km², on average"]
    crimes = project.mapLayersByName("Crimes")[0]
    own = "\"kind\" = 'crime' AND \"status\" = 'current'"
    whole = counted(crimes)
    shown(dock, first=date(2024, 6, 4), last=date(2024, 6, 4))
    wait(lambda: crimes.subsetString() != own)
    assert 0 < counted(crimes) < whole and own in crimes.subsetString()
    dock.close()
    assert crimes.subsetString() == own and counted(crimes) == whole


def test_what_is_behind_a_figure_is_recorded_and_names_no_officer(dock, store):
    from ia_plugin.store.store import RESTRICTED, Store

    dock.show_trace("visits", "training")
    wait(lambda: dock.trace.visits.rowCount() > 0)
    dock.trace.visits.setCurrentCell(0, 0)
    wait(lambda: dock.trace.fixes.rowCount() > 0)
    said = " ".join(t for row in cells(dock.trace.visits) for t in row)
    with Store(store) as opened:
        officers = opened.read("visits")["officer_id"].unique()
        runs = opened.read("runs")
    assert not any(o in said for o in officers)
    assert all(".csv, line " in row[3] for row in cells(dock.trace.fixes))
    assert {"trace", "trace of a visit"} <= set(runs["what"]) and set(runs["purpose"].dropna()) == {"training"}
    assert not dock.trace.shape().isEmpty() and (store / RESTRICTED).is_file()


def test_records_of_events_are_not_told_as_visits(dock):
    dock.show_trace("crimes", "training")
    assert "records of events" in dock.last_said and dock.trace.visits.rowCount() == 0


def test_legs_and_fixes_behind_it_are_selected_on_the_map(dock, project):
    dock.show_movement("training")
    added = dock.controller.overlays.layers("legs", "tracks", "fixes")
    assert added and all(layer.temporalProperties().isActive() for layer in added)
    legs = project.mapLayersByName("Legs by mode")[0]
    dock.show_trace("visits", "training")
    wait(lambda: dock.trace.visits.rowCount() > 0)
    dock.trace.visits.setCurrentCell(0, 0)
    wait(lambda: dock.trace.fixes.rowCount() > 0)
    dock.trace.map_button.click()
    assert legs.selectedFeatureCount() > 0


def test_without_the_restricted_file_figures_work_and_the_trace_is_refused(project, store, tmp_path):
    import shutil

    from ia_plugin.ui.dock import ImpactAreaDock

    shutil.copy(store / "summary.gpkg", tmp_path / "summary.gpkg")
    dock = ImpactAreaDock(project)
    try:
        dock.open_store(tmp_path)
        wait(lambda: dock.controller.figures is not None)
        dock.show_trace("visits", "training")
        assert "restricted.gpkg" in dock.last_said and dock.trace.visits.rowCount() == 0
    finally:
        dock.shut()


def test_a_name_with_markup_in_it_shows_as_it_is(project, tmp_path):
    """Qt takes <b> in a label, a tip or a message for markup where nobody says otherwise."""
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtGui import QTextDocument
    from qgis.PyQt.QtWidgets import QLabel

    from ia_plugin.ui.dock import ImpactAreaDock

    folder, said = tmp_path / "a <b>bold<img src=x> & one", []
    folder.mkdir()

    class Bar:
        def pushMessage(self, title, text, level):
            said.append(text)

    dock = ImpactAreaDock(project, messages=Bar())
    try:
        dock.open_store(folder)
        assert "<b>" in dock.store_label.text()
        labels = [w for w in dock.findChildren(QLabel) if "<b>" in w.text()]
        assert [w.textFormat() for w in labels] == [Qt.TextFormat.PlainText] * len(labels)
        wait(lambda: dock.last_said != "")
        shown = QTextDocument()
        shown.setHtml(f"<b>Impact Area: </b>{said[-1]}")
        assert folder.name in shown.toPlainText() and folder.name in dock.last_said
    finally:
        dock.shut()
        dock.deleteLater()


@pytest.mark.parametrize("what", ["nothing", "not a store"])
def test_a_folder_that_is_no_store_is_named(project, tmp_path, what):
    from ia_plugin.ui.dock import ImpactAreaDock

    if what == "not a store":
        (tmp_path / "summary.gpkg").write_text("no database", encoding="utf-8")
    dock = ImpactAreaDock(project)
    try:
        dock.open_store(tmp_path)
        wait(lambda: dock.last_said != "")
        assert "summary.gpkg" in dock.last_said
        assert dock.figures.table.rowCount() == 0
    finally:
        dock.shut()


def test_the_project_closed_while_figures_are_computed(dock, project):
    dock.add_layers()
    dock.bar.set_state(type(dock.bar.state)(hour_from=20, hour_to=23))
    dock.bar.flush()
    project.clear()
    shown(dock, hour_from=21, hour_to=23)
    assert dock.controller.figures is not None and not project.mapLayers()


def test_a_layer_deleted_while_filtered(dock, project):
    dock.add_layers()
    shown(dock, first=date(2024, 6, 4), last=date(2024, 6, 4))
    project.removeMapLayer(project.mapLayersByName("Crimes")[0].id())
    shown(dock, first=date(2024, 6, 3), last=date(2024, 6, 4))
    assert dock.controller.figures.state.days == 2 and not project.mapLayersByName("Crimes")


def test_the_bars_own_controls_drive_the_figures(dock):
    before = dock.controller.figures.number
    dock.bar.dayButtons.buttons[0].click()
    wait(lambda: dock.controller.figures.number != before)
    assert dock.controller.figures.state.weekdays == (0,)


def test_an_area_of_ones_own_is_previewed_computed_by_blocks_and_recorded(dock, store):
    """A drawing a little off the grid comes to the same blocks, and these are known before any figure."""
    import json

    from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

    from ia_plugin.core.disclosure.blocks import Blocks
    from ia_plugin.store.store import Store

    crs = QgsCoordinateReferenceSystem("EPSG:27700")
    before = dock.controller.figures.number
    drawn = "POLYGON((399190 279010,400420 278990,400410 281030,399205 280990,399190 279010))"
    dock.controller.preview_own_area(QgsGeometry.fromWkt(drawn), crs)
    wait(lambda: not dock.preview.isHidden())
    assert "60 blocks of 200 m × 200 m, 240 ha" in dock.preview.label.text()
    assert dock.controller.figures.number == before and dock.controller.state.areas == (), "no figure before a yes"
    dock.preview.show_button.click()
    wait(lambda: dock.controller.state.areas == ("own area",) and not dock.controller.worker.busy)
    assert dock.preview.label.text().startswith("The figures are of 60 blocks")
    hours = dock.controller.figures.value("officer_hours")
    # Straight to the figures, the blocks themselves drawn: the same.
    blocks = "POLYGON((399200 279000,400400 279000,400400 281000,399200 281000,399200 279000))"
    dock.controller.add_own_area(QgsGeometry.fromWkt(blocks), crs)
    wait(lambda: not dock.controller.worker.busy)
    assert dock.controller.figures.value("officer_hours") == hours > 0
    with Store(store) as opened:
        runs = opened.read("runs")
    kept = [json.loads(p) for p in runs.loc[runs["what"] == "own area", "parameters"]]
    assert kept[0] == kept[1] and kept[0]["hectares"] == 240
    assert Blocks.read(kept[0]["block_m"], kept[0]["blocks"]).pairs == [
        (c, r) for r in range(1395, 1405) for c in range(1996, 2002)
    ]
    shown(dock, areas=("a",))
    assert dock.preview.isHidden(), "blocks stay on the map no longer than the figures are of them"


def test_an_area_of_ones_own_that_tells_small_ground_is_refused(dock):
    from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

    crs = QgsCoordinateReferenceSystem("EPSG:27700")
    for ask in (dock.controller.preview_own_area, dock.controller.add_own_area):
        for wkt, sentence in (
            ("POLYGON((0 0,100 0,100 100,0 0))", "no home is watched"),
            ("POLYGON((0 0,3000 0,3000 22,0 22,0 0))", "single street"),
        ):
            dock.last_said = ""
            ask(QgsGeometry.fromWkt(wkt), crs)
            wait(lambda: dock.last_said != "")
            assert sentence in dock.last_said and "4 ha" in dock.last_said
    assert dock.controller.state.areas == () and dock.preview.isHidden()


def test_a_preview_that_is_discarded_leaves_nothing(dock):
    from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

    crs = QgsCoordinateReferenceSystem("EPSG:27700")
    square = QgsGeometry.fromWkt("POLYGON((399190 279010,400420 278990,400410 281030,399190 279010))")
    dock.controller.preview_own_area(square, crs)
    wait(lambda: not dock.preview.isHidden())
    dock.preview.discard_button.click()
    assert dock.preview.isHidden() and dock.controller.state.areas == ()
    dock.controller.add_own_area(square, crs)
    wait(lambda: dock.controller.state.areas == ("own area",) and not dock.controller.worker.busy)
    dock.preview.discard_button.click()
    wait(lambda: dock.controller.state.areas == ())


def test_areas_that_a_store_does_not_have_are_dropped_and_said(dock, store):
    from dataclasses import replace

    dock.bar.set_state(replace(dock.bar.state, areas=("nowhere",)), quiet=True)
    dock.last_said = ""
    dock.controller.figures = None
    dock.open_store(store)
    wait(lambda: dock.controller.figures is not None)
    assert dock.bar.state.areas == () and "not in these data" in dock.last_said


def test_an_answer_tells_only_the_part_of_the_filter_that_holds_for_it(dock):
    from ia_plugin.core.answers.figure_words import as_answer

    found = shown(dock, modes=("foot",))
    assert "2024, foot" in as_answer(found, "officer_hours") and "foot" not in as_answer(found, "crimes").split(":")[0]
    assert as_answer(found).count(". ") == 1, "an answer is two sentences"
    assert "OFFICIAL-SENSITIVE" in as_answer(found) and "not filtered by it" in as_answer(found, "crimes")


def test_a_unit_before_its_month_is_closed_has_no_figure_and_says_why(dock):
    from ia_plugin.core.answers.figure_words import as_answer

    answer = as_answer(shown(dock, units=("North",)), "officer_hours")
    assert "is not known for" in answer and "whole closed months: none can be shown yet" in answer


def test_a_chart_is_drawn_and_a_click_sets_the_filter(dock):
    from dataclasses import replace

    dock.show()
    dock.pages.setCurrentWidget(dock.pages.hours)
    wait(lambda: dock.pages.hours.chart is not None)
    dock.pages.hours.filterWanted.emit(replace(dock.bar.state, weekdays=(1,)))
    dock.bar.flush()
    wait(lambda: not dock.controller.worker.busy and dock.controller.state.weekdays == (1,))
    assert dock.bar.dayButtons.buttons[1].isChecked()


@pytest.mark.long
def test_ten_reloads_leave_no_layer_filter_or_widget(project, qgis_iface, monkeypatch, store, request):
    import gc

    from qgis.core import QgsSettings
    from qgis.PyQt.QtCore import QEvent
    from qgis.PyQt.QtWidgets import QApplication, QDockWidget

    from ia_plugin.plugin import ImpactAreaPlugin
    from ia_plugin.ui.dock import NAME, STORE_SETTING
    from tests.support.interface import registrations

    given = registrations(qgis_iface, monkeypatch)

    def docks():
        return [d for d in qgis_iface.mainWindow().findChildren(QDockWidget) if d.objectName() == NAME]

    QgsSettings().setValue(STORE_SETTING, str(store))
    for _ in range(10):
        plugin = ImpactAreaPlugin(qgis_iface)
        request.addfinalizer(plugin.unload)  # a dock left by a failure would fail the tests that follow
        plugin.initGui()
        plugin.show_dock(True)
        wait(lambda: plugin.dock.controller.figures is not None)  # noqa: B023
        plugin.dock.add_layers()
        assert len(given["menu"]) == 2 and len(given["icons"]) == len(docks()) == 1 and project.mapLayers()
        plugin.unload()
        plugin.unload()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        project.removeAllMapLayers()
    gc.collect()
    QgsSettings().remove(STORE_SETTING)
    assert not any(given.values()) and docks() == []


PURPOSE = "training: night shifts"
LOOKED_AT = "look at cells by unit"


def looks_of(store):
    from ia_plugin.store.store import Store

    with Store(store) as opened:
        runs = opened.read("runs")
    return runs[runs["what"] == LOOKED_AT]


def looked(dock, **changes):
    """The dock with the restricted cells of a filter on the screen."""
    shown(dock, **{"units": ("North",), **changes})
    assert not dock.published.isHidden() and dock.published.look_button.isEnabled()
    dock.purpose.state = lambda _parent: PURPOSE
    dock.published.look_button.click()
    wait(lambda: not dock.controller.worker.busy and dock.figures.restricted)


def test_days_of_a_unit_are_shown_for_a_purpose_that_is_on_the_record(dock, store):
    before = len(looks_of(store))
    looked(dock)
    assert dock.published.label.text() == "Restricted: for training: night shifts, not to be passed on"
    assert cells(dock.figures.table)[1][1] != "–" and dock.controller.figures.value("officer_hours") > 0
    assert len(looks_of(store)) == before + 1 and set(looks_of(store)["purpose"]) == {"training"}
    assert not dock.figures.copy_table_button.isEnabled() and not dock.figures.copy_answer_button.isEnabled()


@pytest.mark.parametrize("how", ["the button", "another filter", "the store opened again", "the dock closed"])
def test_leaving_a_purpose_goes_back_to_what_anyone_may_read(dock, store, how):
    looked(dock)
    before = len(looks_of(store))
    dock.controller.figures = None
    if how == "the button":
        dock.published.back_button.click()
    elif how == "another filter":
        shown(dock, hour_from=20, hour_to=23)
    elif how == "the store opened again":
        dock.open_store(store)
    else:
        dock.close()
        assert not dock.figures.restricted and dock.published.isHidden()
        dock._visible(True)
    wait(lambda: not dock.controller.worker.busy and dock.controller.figures is not None)
    assert not dock.figures.restricted and dock.controller.figures.purpose == ""
    assert cells(dock.figures.table)[1][1] == "–" and not dock.published.isHidden()
    assert dock.published.back_button.isHidden() and len(looks_of(store)) == before


def test_a_look_that_cannot_be_recorded_shows_nothing(dock, store, monkeypatch):
    from ia_plugin.core.errors import StoreError
    from ia_plugin.store import look

    def refuse(*_args):
        raise StoreError("The record of runs cannot be written.", "Make room.")

    monkeypatch.setattr(look, "add_run", refuse)
    shown(dock, units=("North",))
    dock.purpose.state = lambda _parent: PURPOSE
    dock.last_said = ""
    dock.published.look_button.click()
    wait(lambda: dock.last_said != "" and not dock.controller.worker.busy)
    assert "cannot be written" in dock.last_said
    assert not dock.figures.restricted and cells(dock.figures.table)[1][1] == "–" and not dock.published.isHidden()


def test_no_purpose_no_look(dock, store):
    before = len(looks_of(store))
    shown(dock, units=("North",))
    dock.purpose.state = lambda _parent: None
    dock.published.look_button.click()
    assert not dock.figures.restricted and len(looks_of(store)) == before


def test_a_chart_of_restricted_cells_is_marked_and_not_taken_away(dock, tmp_path):
    dock.show()
    who = dock.pages.who
    dock.pages.setCurrentWidget(who)
    wait(lambda: who.chart is not None and who.chart.choice.kind == "unit")
    wait(lambda: not dock.published.isHidden())
    assert "whole closed months" in dock.published.label.text() and not dock.published.month_button.isVisible()
    dock.purpose.state = lambda _parent: PURPOSE
    dock.published.look_button.click()
    wait(lambda: who.chart.restricted and not dock.controller.worker.busy)
    assert {b.key for b in who.chart.bars} == {"North", "South"}
    assert "not to be passed on" in who.chart.footer and not who.copyButton.isEnabled()
    assert not who.copy_picture() and not who.save_picture(str(tmp_path / "a.png"))
    dock.published.back_button.click()
    wait(lambda: not dock.controller.worker.busy and who.chart is not None and not who.chart.restricted)


def test_without_the_restricted_file_the_look_is_disabled_with_its_reason(project, store, tmp_path):
    import shutil

    from ia_plugin.ui.dock import ImpactAreaDock

    shutil.copy(store / "summary.gpkg", tmp_path / "summary.gpkg")
    dock = ImpactAreaDock(project)
    try:
        dock.open_store(tmp_path)
        wait(lambda: dock.controller.figures is not None)
        shown(dock, units=("North",))
        assert not dock.published.look_button.isEnabled()
        assert "no restricted.gpkg" in dock.published.look_button.toolTip()
    finally:
        dock.shut()


def test_the_closed_month_that_is_offered_sets_the_period(dock):
    from ia_plugin.core.material.ask import Refusal

    month = type(dock.bar.state)(first=date(2024, 6, 1), last=date(2024, 6, 30), units=("North",))
    dock.published.show_refusal(Refusal("Of months.", month, "June 2024"))
    assert dock.published.month_button.text() == "Show June 2024"
    dock.published.month_button.click()
    wait(lambda: not dock.controller.worker.busy and dock.controller.state.last == date(2024, 6, 30))
    assert dock.bar.state == month


def test_a_purpose_is_stated_with_the_list_and_a_few_words(dock):
    from ia_plugin.core.params import PURPOSES
    from ia_plugin.store.look import checked_purpose
    from ia_plugin.ui.purpose import PurposeDialog

    dialog = PurposeDialog(PURPOSES[2], "  question of  3 July ", dock)
    assert (dialog.chosen, dialog.words) == (PURPOSES[2], "question of 3 July")
    assert checked_purpose(f"{dialog.chosen}: {dialog.words}") == (dialog.chosen, dialog.words)
    dialog.deleteLater()


# --- the dashboard ----------------------------------------------------------------------------------------------------


def areas_shown(dock):
    """The page of areas with its rows."""
    dock.pages.setCurrentWidget(dock.pages.areas)
    wait(lambda: not dock.controller.worker.busy and dock.pages.areas.table.rowCount() > 0)
    return dock.pages.areas


def test_the_head_is_the_verdict_and_the_tiles_of_the_figures(dock):
    from ia_plugin.core.answers.verdict import verdict_of

    found = shown(dock)
    verdict = verdict_of(dock.controller.material, found.state)
    assert dock.head.verdict.text() == verdict.sentence
    titles = [tile.title.text() for tile in dock.head.tiles]
    assert titles == ["Officer hours", "How they moved", "Crimes · incidents", "Stop and search"]
    [hours] = [
        row[1].split("\n")[0].split(" (")[0] for row in cells(dock.figures.table) if row[0].startswith("Officer-hours")
    ]
    assert dock.head.tiles[0].tile.value == hours
    assert all(tile.accessibleName().startswith(tile.title.text()) for tile in dock.head.tiles)


def test_a_tile_without_figures_is_grey_and_says_why(dock):
    shown(dock, first=date(2023, 1, 1), last=date(2023, 1, 28))
    hours = dock.head.tiles[0]
    assert hours.lines.text() == "Not known: no data in this period." and hours.value.text() == "–"


def test_clicking_an_area_filters_and_clicking_it_again_shows_all(dock):
    page = areas_shown(dock)
    assert page.names == sorted(page.names)
    page.areaWanted.emit("b")
    wait(lambda: dock.controller.figures.state.areas == ("b",))
    dock.pages.areas.areaWanted.emit("b")
    wait(lambda: dock.controller.figures.state.areas == ())


def test_a_copy_of_the_areas_is_by_name_whatever_the_order_on_the_screen(dock):
    from qgis.PyQt.QtWidgets import QApplication

    page = areas_shown(dock)
    page.order_box.setCurrentIndex(page.order_box.findData("figure"))
    page.copy_table()
    lines = QApplication.clipboard().text().split("\n")
    names = [line.split("\t")[0] for line in lines[1 : 1 + len(page.names)]]
    assert names == sorted(names) and dock.controller.figures.number in lines[-1] and "OFFICIAL" in lines[-1]
    assert lines[-1].endswith("Beta: not yet checked against source systems")


def test_search_counts_are_never_in_order(dock):
    page = areas_shown(dock)
    page.set_measure("searches")
    assert page.order_box.currentData() == "name" and not page.order_box.isEnabled()


def test_the_map_answers_the_filter_in_classes(dock, project):
    """The areas stand in the classes of the figure that the page of areas shows; what is not known is no nought."""
    from ia_plugin.core.dashboard.map_classes import NOT_KNOWN

    shown(dock)
    layer = dock.map.layer
    expected = dock.controller.map_classes("officer_hours")
    found = {f["area_id"]: f["map_class"] for f in layer.getFeatures()}
    assert found == {a: int(c) for a, c in zip(expected.area_ids, expected.classes) if a in found} and found
    assert layer.name() == "Officers per km², on average"
    shown(dock, first=date(2023, 1, 1), last=date(2023, 1, 28))
    assert {f["map_class"] for f in layer.getFeatures()} == {NOT_KNOWN}
    areas_shown(dock).set_measure("crimes")
    assert layer.name() == "Crimes per km² in 100 hours"


def test_another_store_replaces_the_group_and_what_the_user_added_stays(dock, project, store, tmp_path):
    import shutil

    from qgis.core import QgsVectorLayer

    own = QgsVectorLayer("Point?crs=EPSG:27700", "my own", "memory")
    project.addMapLayer(own, False)
    project.layerTreeRoot().findGroup("Impact Area").addLayer(own)
    shutil.copy(store / "summary.gpkg", tmp_path / "summary.gpkg")
    before = dock.map.layer.id()
    shown(dock, first=date(2024, 6, 3), last=date(2024, 6, 4))
    dock.open_store(tmp_path)
    wait(lambda: dock.map.layer is not None and dock.map.layer.id() != before)
    names = sorted(layer.name() for layer in project.mapLayers().values())
    assert names.count("Areas") == 1 and "my own" in names
    assert (dock.bar.state.first, dock.bar.state.last) == (date(2024, 6, 3), date(2024, 6, 5)), "and its own dates"
    assert all(str(tmp_path) in y.source() for y in project.mapLayers().values() if y.name() in ("Areas", "Crimes"))


def test_the_dock_unloaded_leaves_no_layer_of_classes(project, store, qgis_iface):
    from ia_plugin.ui.dock import ImpactAreaDock

    dock = ImpactAreaDock(project)
    dock.open_store(store)
    wait(lambda: dock.controller.figures is not None)
    assert dock.map.layer is not None
    dock.shut()
    assert not [y for y in project.mapLayers().values() if y.providerType() == "memory"]
    dock.deleteLater()


def test_without_a_store_the_dock_says_what_to_do_first(project):
    from ia_plugin.ui.dock import ImpactAreaDock

    dock = ImpactAreaDock(project)
    try:
        dock.show()
        assert dock.empty.isVisible() and dock.empty.store_button.isVisible() and not dock.bar.isVisible()
    finally:
        dock.shut()
        dock.deleteLater()


def test_every_output_says_that_the_store_was_not_checked(dock):
    assert dock.line.beta.text() == "Beta: not yet checked against source systems"


def test_no_purpose_is_chosen_for_the_user(dock):
    from qgis.PyQt.QtWidgets import QDialogButtonBox

    from ia_plugin.core.params import PURPOSES
    from ia_plugin.ui.purpose import PurposeDialog

    dialog = PurposeDialog(None, "", dock, "why", in_words=False)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert dialog.chosen == "" and not ok.isEnabled() and dialog.list.count() == len(PURPOSES) + 1
    dialog.accept()
    assert not dialog.result()
    dialog.list.setCurrentIndex(2)
    assert dialog.chosen == PURPOSES[1] and ok.isEnabled() and dialog.line.isHidden()
    dialog.accept()
    assert dialog.result()
    dialog.deleteLater()


def journey_shown(dock):
    """The officer-day of the first visit behind a figure, on its page."""
    dock.show_trace("visits", "training")
    wait(lambda: dock.trace.visits.rowCount() > 0)
    assert not dock.trace.journey_button.isEnabled()
    dock.trace.visits.setCurrentCell(0, 0)
    wait(lambda: dock.trace.fixes.rowCount() > 0)
    assert dock.journeys.map.shown  # the visit, alone
    dock.show_trace("visits", "training")
    wait(lambda: not dock.controller.worker.busy and not dock.journeys.map.shown)  # another list: none is chosen
    dock.trace.visits.setCurrentCell(1, 0)
    dock.trace.visits.setCurrentCell(0, 0)
    wait(lambda: dock.trace.fixes.rowCount() > 0 and dock.journeys.map.shown)
    dock.trace.journey_button.click()
    wait(lambda: dock.journeys.page.fixes.rowCount() > 0)
    return dock.journeys.page


def test_an_officer_day_is_opened_behind_a_visit_stepped_and_gone_with_its_page(dock, store):
    from ia_plugin.store.store import Store

    page = journey_shown(dock)
    assert dock.pages.currentWidget() is page and dock.journeys.map.shown
    item = dock.journeys.map._item
    page.next.click()
    assert item.focus == 1 and len(item.points) == page.fixes.rowCount() == len(item.clocks)
    with Store(store) as opened:
        officers, runs = opened.read("visits")["officer_id"].unique(), opened.read("runs")
    assert "journey" in set(runs["what"])
    text = " ".join(t for row in cells(page.fixes) for t in row) + page.title.text()
    assert not any(o in text for o in officers)
    dock.pages.setCurrentWidget(dock.pages.areas)
    assert not dock.journeys.map.shown
    dock.pages.setCurrentWidget(page)
    assert dock.journeys.map.shown
    page.close_button.click()
    assert dock.pages.indexOf(page) < 0 and page.fixes.rowCount() == 0 and dock.pages.currentWidget() is dock.trace


def test_an_officer_day_goes_when_a_store_is_opened_or_the_dock_closed(dock, store):
    page = journey_shown(dock)
    dock.open_store(store)
    assert dock.pages.indexOf(page) < 0 and not dock.journeys.map.shown and page.journey is None
    wait(lambda: not dock.controller.worker.busy)
    journey_shown(dock)
    dock.close()
    assert dock.pages.indexOf(page) < 0 and not dock.journeys.map.shown


def test_an_officer_day_is_exported_alone_for_a_purpose_of_its_own(dock, store, tmp_path):
    from ia_plugin.store.store import Store

    page = journey_shown(dock)
    page.events.setChecked(True)
    dock.journeys.export(tmp_path / "day.csv", "training")
    text = (tmp_path / "day.csv").read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == page.fixes.rowCount() + 2 and "Burglary" not in text and "crime" not in text
    assert "recorded" in dock.last_said
    with Store(store) as opened:
        assert opened.read("runs")["what"].iloc[-1] == "export of a journey"
    dock.journeys.export(tmp_path / "none" / "day.csv", "training")
    assert "no folder" in dock.last_said
    page.close_button.click()


def test_an_opening_that_cannot_be_recorded_shows_nothing(dock, store):

    from ia_plugin.store.tables import RESTRICTED

    dock.show_trace("visits", "training")
    wait(lambda: dock.trace.visits.rowCount() > 0)
    dock.trace.visits.setCurrentCell(0, 0)
    wait(lambda: dock.trace.fixes.rowCount() > 0)
    with sqlite_file(store / RESTRICTED) as file:
        file.execute("CREATE TRIGGER no BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'no room'); END")
    try:
        dock.trace.journey_button.click()
        wait(lambda: not dock.controller.worker.busy)
        assert dock.pages.indexOf(dock.journeys.page) < 0 and "no room" in dock.last_said
    finally:
        with sqlite_file(store / RESTRICTED) as file:
            file.execute("DROP TRIGGER no")


def test_layers_of_movement_come_off(dock, project):
    dock.show_movement("training")
    root = project.layerTreeRoot()
    added = dock.controller.overlays.layers("legs", "tracks", "fixes")
    assert added and not any(root.findLayer(y.id()).itemVisibilityChecked() for y in added)
