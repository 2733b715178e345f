"""Take a picture of the real QGIS window with a project open (Xvfb where there is no screen).

.venv/bin/python tools/picture.py PROJECT.qgz PICTURE.png [THEME]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.qgis_env import environment

SIZE = (1600, 1000)

# Runs inside QGIS: waits until the map is drawn, grabs the window, leaves.
INSIDE = """
from qgis.PyQt.QtCore import QTimer, QCoreApplication
from qgis.core import QgsProject
from qgis.utils import iface
import os

def quit_qgis():
    QgsProject.instance().setDirty(False)
    os._exit(0)

def grab():
    iface.mainWindow().grab().save({picture!r})
    quit_qgis()

def show():
    theme = {theme!r}
    if theme:
        root, model = QgsProject.instance().layerTreeRoot(), iface.layerTreeView().layerTreeModel()
        QgsProject.instance().mapThemeCollection().applyTheme(theme, root, model)
    canvas = iface.mapCanvas()
    canvas.mapCanvasRefreshed.connect(lambda: QTimer.singleShot(1500, grab))
    canvas.refreshAllLayers()

iface.mainWindow().resize(*{size!r})
QTimer.singleShot(60000, quit_qgis)
QTimer.singleShot(4000, show)
"""


def main(project: str, picture: str, theme: str = "") -> int:
    """Open `project` in QGIS and save a picture of its window."""
    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder) / "inside.py"
        code.write_text(INSIDE.format(picture=str(Path(picture).resolve()), theme=theme, size=SIZE), encoding="utf-8")
        command = ["qgis", "--nologo", "--noversioncheck", "--code", str(code), str(Path(project).resolve())]
        variables = environment(offscreen=False)
        variables.pop("QT_QPA_PLATFORM", None)
        if not os.environ.get("DISPLAY"):
            screen = f"-screen 0 {SIZE[0]}x{SIZE[1]}x24"
            command = ["xvfb-run", "-a", "-s", screen, *command]
            if shutil.which("xvfb-run") is None:
                print("There is no screen and no xvfb-run: install xvfb (make setup does).", file=sys.stderr)
                return 1
        subprocess.run(
            command, env=variables, timeout=120, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    if not Path(picture).is_file():
        print("QGIS took no picture.", file=sys.stderr)
        return 1
    print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
