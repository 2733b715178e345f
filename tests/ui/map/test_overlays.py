"""The filter on the layers of a project: together with the user's own, and given back without a trace."""

from __future__ import annotations

import gc
import zipfile
from datetime import date

import pytest

from ia_plugin.core.filter_state import FilterState
from tests.support.overlay_data import ids, memory_layer, moments, qgis_layer, store_layer, text_layer

pytestmark = pytest.mark.qgis

OWN = '"id" < 300'
STATE = FilterState(first=date(2024, 5, 29), last=date(2024, 6, 2), kinds=("crime",))


@pytest.fixture(scope="module")
def frame():
    return moments()


@pytest.fixture
def project(qgis_new_project):
    return qgis_new_project


@pytest.fixture
def layers(project, tmp_path, frame):
    """Events in four kinds of layer, with the user's own filter."""
    made = {
        "store": store_layer(tmp_path / "s.gpkg", frame),
        "qgis": qgis_layer(tmp_path / "q.gpkg", frame),
        "memory": memory_layer(frame),
        "text": text_layer(tmp_path / "t.csv", frame),
    }
    for name, layer in made.items():
        layer.setName(name)
        layer.setCustomProperty("impactareas/role", "events")
        layer.setSubsetString(OWN)
        project.addMapLayer(layer)
    project.setDirty(False)
    return made


@pytest.fixture
def overlays(project, layers):
    from ia_plugin.ui.map.overlays import Overlays

    made = Overlays(project)
    made.heard = []
    made.said.connect(made.heard.append)
    yield made
    made.close()


def settle():
    from qgis.PyQt.QtCore import QCoreApplication, QEvent

    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def kept(frame):
    return [i for i in frame["id"] if i < 300]


def shown(frame):
    from tests.support.overlay_data import expected

    return [i for i in expected(frame, STATE) if i < 300]


def test_each_filtered_layer_is_drawn_again_when_all_have_their_filter(layers, overlays, project):
    """What a stopped drawing leaves behind of the filter before must not stay on the map."""
    from qgis.PyQt.QtTest import QSignalSpy

    overlays.apply(STATE, spread=True)
    while overlays.busy:
        settle()
    spies = {name: QSignalSpy(layer.repaintRequested) for name, layer in layers.items()}
    assert spies["store"].wait(2000)
    settle()
    assert {name: len(spy) for name, spy in spies.items()} == dict.fromkeys(layers, 1)
    overlays.apply(STATE)  # nothing changes
    assert not QSignalSpy(layers["store"].repaintRequested).wait(300)


def test_both_filters_hold_and_the_users_comes_back(project, layers, overlays, frame):
    overlays.apply(STATE)
    assert len(shown(frame)) > 10
    for layer in layers.values():
        assert ids(layer) == shown(frame), layer.name()
        assert overlays.own_filter(layer) == OWN
    assert overlays.notes == overlays.heard == []
    assert not project.isDirty(), "a filter of the dock is no reason to ask the user to save"
    overlays.reset()
    for layer in layers.values():
        assert layer.subsetString() == OWN and ids(layer) == kept(frame)
    assert not project.isDirty()


def heard_by(project, layers):
    """How many listeners each signal has; QGIS itself listens to some."""
    signals = [(project, n) for n in ("layersAdded", "layersWillBeRemoved", "writeProject", "projectSaved")]
    for layer in layers.values():
        signals += [
            (layer, n) for n in ("subsetStringChanged", "beforeEditingStarted", "editingStopped", "updatedFields")
        ]
    return [sender.receivers(getattr(sender, name)) for sender, name in signals]


def test_closing_gives_back_and_hears_nothing(project, layers):
    from ia_plugin.ui.map.overlays import Overlays

    before = heard_by(project, layers)
    overlays = Overlays(project)
    overlays.apply(STATE)
    assert all(now > then for now, then in zip(heard_by(project, layers), before))
    overlays.close()
    overlays.close()
    assert heard_by(project, layers) == before
    assert {layer.subsetString() for layer in layers.values()} == {OWN}


@pytest.mark.parametrize("name", ["saved.qgs", "saved.qgz"])
def test_a_saved_project_has_the_users_filters(project, layers, overlays, tmp_path, frame, name):
    from qgis.core import QgsLayoutItemLegend, QgsPrintLayout, QgsProject

    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("a")
    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    layout.addLayoutItem(legend)
    layout.atlas().setCoverageLayer(layers["store"])
    layout.atlas().setEnabled(True)
    project.layoutManager().addLayout(layout)
    overlays.apply(STATE)
    path = tmp_path / name
    assert project.write(str(path))
    assert ids(layers["store"]) == shown(frame), "the filter is on again"
    assert not project.isDirty()
    text = path.read_text(encoding="utf-8") if name.endswith("qgs") else _inside(path)
    assert "crime" not in text and "2024-06-0" not in text
    overlays.close()
    plain = QgsProject()
    assert plain.read(str(path))
    for title in ("store", "qgis", "text"):
        layer = plain.mapLayersByName(title)[0]
        assert layer.subsetString() == OWN and ids(layer) == kept(frame)
    plain.clear()


def _inside(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read(next(n for n in archive.namelist() if n.endswith(".qgs"))).decode()


def test_the_saved_layer_tree_is_as_without_the_plugin(project, layers, overlays, tmp_path):
    overlays.apply(STATE)
    project.write(str(tmp_path / "with.qgs"))
    overlays.close()
    project.write(str(tmp_path / "without.qgs"))
    tree = [
        [line for line in (tmp_path / f).read_text(encoding="utf-8").splitlines() if "<layer-tree-layer" in line]
        for f in ("with.qgs", "without.qgs")
    ]
    assert tree[0] and [sorted(set(t.split())) for t in tree[0]] == [sorted(set(t.split())) for t in tree[1]]


def test_a_save_that_fails_leaves_the_filter_on(project, layers, overlays, tmp_path, frame):
    overlays.apply(STATE)
    assert not project.write(str(tmp_path / "no such folder" / "p.qgs"))
    settle()
    assert ids(layers["store"]) == shown(frame)


def test_a_filter_the_user_sets_meanwhile_is_his_own(layers, overlays, frame):
    overlays.apply(STATE)
    for layer in layers.values():
        layer.setSubsetString('"id" < 200')
    settle()
    for layer in layers.values():
        assert ids(layer) == [i for i in shown(frame) if i < 200]
        layer.setSubsetString(layer.subsetString().replace('"id" < 200', '"id" < 100'))  # as the filter dialog does
    settle()
    for layer in layers.values():
        assert overlays.own_filter(layer) == '"id" < 100' and ids(layer) == [i for i in shown(frame) if i < 100]
        layer.setSubsetString("")
    settle()
    overlays.reset()
    assert {layer.subsetString() for layer in layers.values()} == {""}


@pytest.mark.parametrize("name", ["store", "qgis", "memory"])
def test_layers_in_edit_mode_are_left_alone(layers, overlays, frame, name):
    layer = layers[name]
    assert layer.startEditing()
    overlays.apply(STATE)
    assert layer.subsetString() == OWN
    assert len(overlays.heard) == len(overlays.notes) == 1 and name in overlays.heard[0]
    assert layer.rollBack()
    settle()
    assert ids(layer) == shown(frame) and overlays.notes == []


@pytest.mark.parametrize("name", ["store", "qgis", "memory"])
def test_starting_to_edit_takes_the_filter_off(project, layers, overlays, frame, tmp_path, name):
    layer = layers[name]
    overlays.apply(STATE)
    assert layer.startEditing() and layer.isEditable()
    assert layer.subsetString() == OWN and len(overlays.heard) == 1
    victim = next(f for f in layer.getFeatures() if f["id"] == 5)
    assert layer.changeAttributeValue(victim.id(), layer.fields().indexOf("unit"), "changed")
    overlays.apply(STATE)
    assert layer.subsetString() == OWN and len(overlays.heard) == 1
    assert project.write(str(tmp_path / "p.qgs")) and layer.subsetString() == OWN
    assert layer.commitChanges()
    settle()
    assert ids(layer) == shown(frame)


def test_a_layer_removed_is_forgotten_and_one_taken_gets_its_own_back(project, layers, overlays):
    overlays.apply(STATE)
    taken = project.takeMapLayer(layers["store"])
    assert taken.subsetString() == OWN
    project.removeMapLayer(layers.pop("memory").id())
    gc.collect()
    overlays.apply(STATE)
    overlays.reset()
    assert overlays.notes == []


def test_closing_the_project_while_filtered(project, layers, overlays):
    overlays.apply(STATE)
    layers.clear()
    project.clear()
    gc.collect()
    settle()
    overlays.apply(FilterState())
    assert overlays.layers() == []


def test_layers_added_later_are_filtered_and_a_copy_keeps_the_users_filter(project, layers, overlays, frame, tmp_path):
    overlays.apply(STATE)
    late = store_layer(tmp_path / "late.gpkg", frame)
    late.setCustomProperty("impactareas/role", "events")
    project.addMapLayer(late)
    copy = layers["store"].clone()
    project.addMapLayer(copy)
    settle()
    assert ids(copy) == shown(frame) and overlays.own_filter(copy) == OWN
    overlays.reset()
    assert (late.subsetString(), copy.subsetString()) == ("", OWN)


def test_a_renamed_field_is_said(layers, overlays):
    layer = layers["memory"]
    overlays.apply(STATE)
    assert layer.startEditing() and layer.renameAttribute(layer.fields().indexOf("start"), "begun")
    assert layer.commitChanges()
    settle()
    assert [n for n in overlays.notes if "field of times" in n] == [overlays.heard[-1]]
    assert "start" not in layer.subsetString() and '"kind"' in layer.subsetString()


def test_a_filter_that_does_not_go_with_ours_stays_the_users(layers, overlays):
    layers["store"].setSubsetString('"id" > 1 ORDER BY 1')
    layers["qgis"].setSubsetString("SELECT * FROM q WHERE id < 9")
    overlays.apply(STATE)
    assert layers["store"].subsetString() == '"id" > 1 ORDER BY 1'
    assert layers["qgis"].subsetString() == "SELECT * FROM q WHERE id < 9"
    assert len(overlays.notes) == 2 and overlays.heard == overlays.notes


def test_formats_that_cannot_be_filtered_are_said_and_strangers_are_not(project, overlays, tmp_path, frame):
    from qgis.core import QgsVectorLayer

    path = tmp_path / "a.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,'
        '"properties":{"event_id":"1","kind":"crime","start":"2024-06-01T12:00:00Z"}}]}',
        encoding="utf-8",
    )
    json_layer, stranger = QgsVectorLayer(str(path), "json", "ogr"), QgsVectorLayer("Point?field=a:int", "b", "memory")
    project.addMapLayers([json_layer, stranger])
    overlays.apply(STATE)
    assert json_layer.subsetString() == stranger.subsetString() == ""
    assert len(overlays.notes) == 1 and "json" in overlays.notes[0]
    assert stranger not in overlays.layers() and json_layer in overlays.layers("events")


@pytest.mark.parametrize(
    "fields, role",
    [
        ("field=leg_id:long&field=track_id:long&field=start:datetime&field=end:datetime", "legs"),
        ("field=track_id:long&field=start:datetime&field=end:datetime", "tracks"),
        ("field=officer_id:string&field=time:datetime", "fixes"),
        ("field=visit_id:long&field=enter:datetime&field=leave:datetime", "visits"),
        ("field=event_id:string&field=kind:string&field=start:datetime", "events"),
        ("field=area_id:string&field=role:string", "areas"),
        ("field=area_id:string&field=period:datetime", ""),
    ],
)
def test_roles_are_known_by_the_fields(qgis_app, fields, role):
    from qgis.core import QgsVectorLayer

    from ia_plugin.ui.map.roles import role_of

    layer = QgsVectorLayer(f"Polygon?crs=EPSG:4326&{fields}", "a", "memory")
    assert role_of(layer) == role
    layer.setCustomProperty("impactareas/role", "searches")
    assert role_of(layer) == "searches"
    layer.setCustomProperty("impactareas/role", "none")
    assert role_of(layer) == ""


def test_ten_reloads_leak_nothing(project, layers):
    from qgis.PyQt.QtCore import QObject

    from ia_plugin.ui.map.overlays import Overlays

    parent, before, listeners = QObject(), len(project.mapLayers()), heard_by(project, layers)
    for _ in range(10):
        made = Overlays(project, parent)
        made.apply(STATE)
        made.close()
        made.setParent(None)
        made.deleteLater()
        del made
    gc.collect()
    settle()
    assert parent.children() == [] and len(project.mapLayers()) == before
    assert not [o for o in gc.get_objects() if type(o) is Overlays]
    assert heard_by(project, layers) == listeners
    assert {layer.subsetString() for layer in layers.values()} == {OWN}


def test_a_brace_in_a_name_is_only_a_brace(layers, overlays):
    layers["memory"].setName("{field} 100% {layer}")
    layers["memory"].startEditing()
    overlays.apply(STATE)
    assert "“{field} 100% {layer}” is being edited" in overlays.heard[0]
    layers["memory"].rollBack()
