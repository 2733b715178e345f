"""Pictures of the dock in the real QGIS window, on the demo's store; and what a user would feel of it, measured.

.venv/bin/python tools/dock_pictures.py      (after make demo; Xvfb where there is no screen)
.venv/bin/python tools/dock_pictures.py --size 1366x768 --into build/pictures      (as on a small screen)

Writes docs/images/demo-window.png (as `make qgis` opens), dock-figures.png, dock-own-area.png, dock-unit.png, dock-purpose.png, dock-charts.png and
dock-behind.png. Prints how long the window stood still when the filter was changed, and what was left over when the plugin was unloaded and loaded
again three times. A bar with a warning over the map as the window opens is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.qgis_env import environment

DEMO = ROOT / "build" / "demo"
IMAGES = ROOT / "docs" / "images"
SIZE = (1600, 1160)
COLOURS, MOST_BYTES = (256, 128, 64), 200_000  # of a picture's palette, and of its file
LONGEST_S = 240

# Runs inside QGIS. A step is a function; the next one comes when the dock has no work left and the map is drawn.
INSIDE = """
import json, os, traceback
from datetime import date
from qgis.PyQt.QtCore import QElapsedTimer, QTimer
from qgis.core import Qgis, QgsApplication, QgsProject, QgsRectangle
from qgis.utils import iface, plugins, reloadPlugin

STORE, FOLDER, SIZE, QUICK, NAME = {store!r}, {folder!r}, {size!r}, {quick!r}, "ia_plugin"
told = {{"errors": []}}
log = QgsApplication.messageLog()
log.messageReceived.connect(
    lambda text, tab, level: told["errors"].append(f"{{tab}}: {{text}}")
    if level >= Qgis.MessageLevel.Warning and tab in ("Impact Area", "Python error", "Plugins") else None
)

class Heartbeat:
    # The longest time between two beats of 10 ms: how long the window stood still.
    def __init__(self):
        self.longest, self.clock, self.timer = 0, QElapsedTimer(), QTimer()
        self.timer.timeout.connect(self.beat)
        self.clock.start()
        self.timer.start(10)
    def beat(self):
        self.longest = max(self.longest, self.clock.restart())

def dock():
    return plugins[NAME].dock

def busy():
    found = dock()
    return iface.mapCanvas().isDrawing() or found is not None and (found.controller.worker.busy or found.bar._timer.isActive())

def leave():
    with open(os.path.join(FOLDER, "told.json"), "w") as file:
        json.dump(told, file)
    QgsProject.instance().setDirty(False)
    os._exit(0)

def take(name):
    iface.messageBar().clearWidgets()
    iface.mainWindow().grab().save(os.path.join(FOLDER, name + ".png"))

def opened():
    # The first picture has whatever bar QGIS shows.
    told["errors"] += [f"a bar over the map: {{bar.text()}}" for bar in iface.messageBar().items()
        if bar.level() in (Qgis.MessageLevel.Warning, Qgis.MessageLevel.Critical)]
    iface.mainWindow().grab().save(os.path.join(FOLDER, "demo-window.png"))

def own_filters():
    return {{y.id(): y.subsetString() for y in QgsProject.instance().mapLayers().values() if hasattr(y, "subsetString")}}

def enlarge():
    # Before the dock is there, and as it is just added, a layer has its own filter; the dock puts its own on a moment later.
    told["before"] = own_filters()
    QgsProject.instance().layersAdded.connect(lambda layers: told["before"].update(
        {{y.id(): y.subsetString() for y in layers if hasattr(y, "subsetString")}}))
    iface.mainWindow().resize(*SIZE)

def arrange():
    from qgis.PyQt.QtWidgets import QDockWidget
    for other in iface.mainWindow().findChildren(QDockWidget):
        if other.objectName() == "Browser":
            other.close()
    root = QgsProject.instance().layerTreeRoot()
    group = root.findGroup("Impact Area")
    ours = {{n.layerId() for n in group.findLayers()}} if group else set()
    for node in root.findLayers():
        node.setExpanded(False)
        node.setItemVisibilityChecked(node.layerId() in ours or node.name() == "Police force area")

def show():
    plugins[NAME].show_dock(True)
    iface.mainWindow().resizeDocks([dock()], [560], __import__("qgis").PyQt.QtCore.Qt.Orientation.Horizontal)

def open_store():
    dock().open_store(STORE)

def add():
    dock().add_layers()
    for node in QgsProject.instance().layerTreeRoot().findGroup("Impact Area").findLayers():
        node.setExpanded(node.name() != "Areas" and "ficer" in node.name())

def clear_map():
    if not iface.mapCanvas().temporalRange().isInfinite():
        told["errors"].append("the canvas shows a part of the time, though nobody navigates through it")

def choose(hours=(18, 3), weekdays=(4, 5)):
    from dataclasses import replace
    bar = dock().bar
    earliest, latest = dock().controller.material.days
    from_, to = hours
    # The last four whole weeks: the four before have data too.
    bar.set_view(replace(bar.view, period="weeks4", comparison="before", state=replace(
        bar.state, hour_from=from_, hour_to=to, weekdays=weekdays)).at(latest))
    told["days"] = [str(earliest), str(latest)]

def measured(**filter):
    # The controller's answer to a new filter is what our slot does; the rest is QGIS drawing and the figures' thread.
    def start():
        controller, found = dock().controller, []
        def timed(*values):
            clock = QElapsedTimer()
            clock.start()
            type(controller).show(controller, *values)
            found.append(clock.elapsed())
        controller.show = timed
        heart[:] = [Heartbeat(), found]
        choose(**filter)
    def end():
        del dock().controller.show
        heart[0].timer.stop()
        page = dock().pages.tabText(dock().pages.currentIndex())
        told.setdefault("stood_still_ms", []).append([page, heart[0].longest, max(heart[1], default=0)])
    return [start, end]

heart = []

def own_area():
    # An area as somebody draws it: five corners about an Impact Area, nowhere on the grid.
    from qgis.core import QgsGeometry, QgsPointXY
    box = dock().picker.box_of((dock().controller.material.of_role("impact")[0],))
    x, y, w, h = box.center().x(), box.center().y(), box.width(), box.height()
    corners = [(-0.7, -0.5), (0.1, -0.8), (0.9, -0.2), (0.5, 0.8), (-0.6, 0.6)]
    shape = QgsGeometry.fromPolygonXY([[QgsPointXY(x + i * w, y + j * h) for i, j in corners]])
    iface.mapCanvas().setExtent(box.buffered(0.6 * max(w, h)))
    iface.mapCanvas().refresh()
    dock().controller.preview_own_area(shape, QgsProject.instance().crs())

def own_area_away():
    dock().preview.discard_button.click()
    iface.mapCanvas().zoomToFullExtent()
    iface.mapCanvas().refresh()

def unit():
    # Days of a running month by unit: refused, with what is told instead.
    from dataclasses import replace
    bar = dock().bar
    name = dock().controller.choices()["units"][0]
    last = dock().controller.material.days[1]
    bar.set_view(replace(bar.view, period="last7", state=replace(
        bar.state, units=(name,), first=last.replace(day=1), last=last, hour_from=0, hour_to=24, weekdays=tuple(range(7)))))

def month():
    dock().published.month_button.click()

def look():
    unit()
    dock().bar.flush()

def look_now():
    dock().controller.look("training: pictures of the guide")

def everyone():
    from dataclasses import replace
    dock().bar.set_state(replace(dock().bar.state, units=()))

def month_again():
    if dock().published.month_button.isVisible():
        month()

def by_unit():
    dock().pages.setCurrentWidget(dock().pages.who)

def trend():
    dock().pages.setCurrentWidget(dock().pages.trend)

def what():
    dock().pages.setCurrentWidget(dock().pages.what)

def searches():
    dock().pages.setCurrentWidget(dock().pages.searches)

def areas():
    dock().pages.setCurrentWidget(dock().pages.areas)

def default_period():
    from dataclasses import replace
    bar = dock().bar
    bar.reset()
    bar.flush()

def one_area():
    dock()._area(dock().controller.material.of_role("impact")[4])

def by_week():
    dock().pages.setCurrentWidget(dock().pages.hours)

def drawn():
    dock().pages.setCurrentWidget(dock().pages.who)

def behind():
    dock().show_trace("visits", "training")

def visit():
    dock().show_movement("training")
    for layer in QgsProject.instance().mapLayers().values():
        node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
        if layer.name() in ("Tracks", "Fixes", "Crimes", "Incidents", "Stops and searches"):
            node.setItemVisibilityChecked(layer.name() == "Fixes")
    dock().trace.visits.selectRow(4)

def on_map():
    dock().trace.map_button.click()

def journey():
    dock().trace.journey_button.click()

def step_on():
    page = dock().journeys.page
    page.events.setChecked(True)
    for _ in range(page.fixes.rowCount() // 2):
        page.step(1)

def filtered():
    told["filtered"] = sum(v != told["before"].get(k, "") for k, v in own_filters().items())

def reload():
    old = dock()
    reloadPlugin(NAME)
    told.setdefault("left_over", []).append({{k: v for k, v in own_filters().items() if v != told["before"].get(k, "")}})
    show()

def picture(name):
    def taken():
        take(name)
    taken.takes = name
    return taken

steps = [enlarge, show, open_store, lambda: None, opened, arrange, add, arrange, areas, default_period, lambda: None, clear_map, lambda: None, picture("dock"),
         trend, lambda: None, picture("dock-trend"), what, lambda: None, picture("dock-what"), searches, lambda: None, picture("dock-searches"),
         areas, one_area, lambda: None, lambda: None, picture("dock-one-area"), default_period, choose, lambda: None, picture("dock-figures"),
         own_area, lambda: None, lambda: iface.mapCanvas().refresh(), lambda: None, picture("dock-own-area"), own_area_away, lambda: None,
         unit, lambda: None, picture("dock-unit"), month, lambda: None, picture("dock-month"), look, look_now, lambda: None, picture("dock-purpose"),
         drawn, lambda: None, by_unit, lambda: None, picture("dock-chart-days"), everyone, month_again, lambda: None, picture("dock-chart-unit"),
         by_week, choose, lambda: None, picture("dock-charts"),
         filtered, behind, visit, on_map, lambda: None, picture("dock-behind"),
         journey, step_on, lambda: None, picture("dock-journey")]
steps += measured(hours=(0, 24), weekdays=tuple(range(7))) + measured(hours=(22, 7), weekdays=(5,)) + measured(hours=(7, 15), weekdays=(0, 1))
steps += [lambda: dock().pages.setCurrentIndex(0)]
steps += measured(hours=(0, 24), weekdays=tuple(range(7))) + measured(hours=(22, 7), weekdays=(5,))
steps += [reload, choose, reload, choose, reload, lambda: None]
pictures_end = [i for i, s in enumerate(steps) if getattr(s, "takes", "")][-1] + 1
steps = steps[:pictures_end] if QUICK else steps
quiet = [0]

def onward():
    quiet[0] = 0 if busy() else quiet[0] + 1
    if quiet[0] < 5:
        return
    quiet[0] = 0
    if not steps:
        told["done"] = True
        leave()
    try:
        steps.pop(0)()
    except Exception:
        told["errors"].append(traceback.format_exc())
        leave()

beat = QTimer()
beat.setInterval(200)
beat.timeout.connect(onward)
QTimer.singleShot({longest_ms}, leave)
QTimer.singleShot(3000, beat.start)
"""


def smaller(taken: Path, picture: Path) -> None:
    """The picture with a palette of its own: a third of the size; with fewer colours where it is still too large for the guide."""
    from PIL import Image  # matplotlib brings it

    with Image.open(taken) as image:
        for colours in COLOURS:
            image.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(picture, optimize=True)
            if picture.stat().st_size <= MOST_BYTES:
                break


def tell(told: dict[str, Any]) -> int:
    """Print what was measured; 1 where something went wrong."""
    days = " to ".join(told.get("days", ["?"]))
    print(f"Demo store, {days}; the filter was on {told.get('filtered', 0)} layers of the project.")
    for page, stood, slot in told.get("stood_still_ms", []):
        print(f"filter changed, page {page}: the window stood still {stood} ms at most, {slot} ms of it in our slot")
    for i, left in enumerate(told.get("left_over", []), 1):
        print(
            f"unloaded and loaded, {i}: "
            + (f"filters left on {', '.join(left)}" if left else "each layer has its own filter again")
        )
    for error in told["errors"]:
        print(f"error: {error}")
    wrong = bool(told["errors"]) or any(told.get("left_over", [])) or not told.get("done")
    print("Something went wrong." if wrong else "No error.")
    return int(wrong)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="{}x{}".format(*SIZE), help="of the window, in pixels")
    parser.add_argument("--into", type=Path, default=IMAGES, help="folder of the pictures")
    parser.add_argument("--longest", type=int, default=LONGEST_S, help="seconds that it may take")
    parser.add_argument("--quick", action="store_true", help="pictures alone, nothing measured")
    options = parser.parse_args()
    size = tuple(int(n) for n in options.size.split("x"))
    options.into.mkdir(parents=True, exist_ok=True)
    if not (DEMO / "store").is_dir():
        print("There is no demo store: make demo makes it.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder) / "inside.py"
        words = {
            "store": str(DEMO / "store"),
            "folder": folder,
            "size": size,
            "quick": options.quick,
            "longest_ms": options.longest * 900,
        }
        code.write_text(INSIDE.format(**words), encoding="utf-8")
        command = ["qgis", "--nologo", "--noversioncheck", "--code", str(code), str(DEMO / "demo.qgz")]
        variables = environment(offscreen=False)
        variables.pop("QT_QPA_PLATFORM", None)
        if not os.environ.get("DISPLAY"):
            command = ["xvfb-run", "-a", "-s", f"-screen 0 {size[0]}x{size[1]}x24", *command]
        done = subprocess.run(
            command,
            env=variables,
            timeout=options.longest,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        answer = Path(folder) / "told.json"
        if not answer.is_file():
            print(f"QGIS told nothing.\n{done.stderr[-2000:]}", file=sys.stderr)
            return 1
        told = json.loads(answer.read_text(encoding="utf-8"))
        for taken in sorted(Path(folder).glob("*.png")):
            smaller(taken, options.into / taken.name)
            print(f"{taken.name}: {(options.into / taken.name).stat().st_size / 1000:.0f} kB")
    return tell(told)


if __name__ == "__main__":
    sys.exit(main())
