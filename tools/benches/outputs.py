"""The parts of a run that are not the method: start-up, reading a layer, writing one."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from .clock import clocked


def listed(runs: int = 7) -> dict[str, Any]:
    """Core-seconds of ``qgis_process list`` with the plugin and without, by turns; and what of pandas and scipy it loads."""
    from tools.qgis_env import environment, qgis_process

    with tempfile.TemporaryDirectory() as folder:
        bare = environment(plugins=Path(folder) / "plugins", config=Path(folder) / "config")
        ours = environment()
        took: dict[str, list[float]] = {"with": [], "without": []}
        for _ in range(runs + 1):
            for name, env in (("with", ours), ("without", bare)):
                run = clocked(
                    lambda env=env: subprocess.run([qgis_process(), "list"], env=env, capture_output=True, check=True)
                )  # type: ignore[misc]
                took[name].append(run["cores"])
        # Python says what it imports, the plugin's own modules among them.
        told = subprocess.run([qgis_process(), "list"], env={**ours, "PYTHONVERBOSE": "1"}, capture_output=True, text=True, encoding="utf-8", errors="replace")  # fmt: skip
    seen = told.stderr + told.stdout
    assert "import 'ia_plugin" in seen, "Python did not say what it imports"
    loads = [m for m in ("pandas", "scipy") if f"import '{m}'" in seen]
    # The first of each brings the files into the system's cache.
    return {**{n: sorted(t[1:])[runs // 2] for n, t in took.items()}, "loads": loads}


def parts_of_a_run(path: str) -> dict[str, Any]:
    """Core-seconds of starting the program for an algorithm that does nothing, and of reading a layer of fixes."""
    from tools.qgis_env import environment, qgis_process

    command = [qgis_process(), "help", "impactareas:buildtracks"]
    env = environment()
    start = clocked(lambda: subprocess.run(command, env=env, capture_output=True, check=True), 3)
    from ia_plugin.layers import read_points

    from .steps import _layer

    _, layer = _layer(path)
    columns = {"officer_id": "officer_id", "time": "time", "unit": "unit", "accuracy_m": "accuracy_m"}
    return {"start": start["cores"], "read": clocked(lambda: read_points(layer, columns), 3)["cores"]}


def legs_written(n: int) -> dict[str, Any]:
    """Legs of `n` fixes into a GeoPackage as whole columns, its index included; and how many a second go in as features."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsVectorFileWriter, QgsWkbTypes

    from ia_plugin.core.geometry.wkb import leg_lines
    from ia_plugin.core.tracks import build_legs
    from ia_plugin.layers import BulkOutput, fields_for, write_table

    from . import data

    legs = build_legs(data.fixes(n))
    legs["officer_id"] = legs["officer_id"].astype(object)
    fields = fields_for("legs", present=legs.columns)

    def laid_out(path: Path) -> Any:
        wanted = QgsVectorFileWriter.SaveVectorOptions()
        wanted.driverName, wanted.layerName = "GPKG", path.stem
        system = QgsCoordinateReferenceSystem("EPSG:27700")
        kind = QgsWkbTypes.Type.LineStringM
        return QgsVectorFileWriter.create(str(path), fields, kind, system, QgsCoordinateTransformContext(), wanted)

    with tempfile.TemporaryDirectory() as folder:
        fast, slow = Path(folder) / "fast.gpkg", Path(folder) / "slow.gpkg"
        laid_out(fast)  # and closed
        output = BulkOutput.of(fast, "fast", fields)
        assert output is not None
        columns = clocked(lambda: output.append(legs, leg_lines, None))
        some = legs.head(100_000)
        features = clocked(lambda: write_table(some, laid_out(slow), fields, geometry=leg_lines))
    rates = features_written(some, fields)
    return {"rows": len(legs), **columns, "features": len(some) / features["cores"], "other": rates}


def features_written(legs: Any, fields: Any) -> dict[str, float]:
    """Legs a core-second into what takes features alone: a temporary layer, and files of other formats."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsProcessingUtils, QgsWkbTypes

    from ia_plugin.core.geometry.wkb import leg_lines
    from ia_plugin.layers import write_table

    system = QgsCoordinateReferenceSystem("EPSG:27700")

    def written(destination: str) -> None:
        context = QgsProcessingContext()
        kind = QgsWkbTypes.Type.LineStringM
        sink, *_ = QgsProcessingUtils.createFeatureSink(destination, context, fields, kind, system)
        write_table(legs, sink, fields, geometry=leg_lines)
        del sink  # which closes the file before the context goes

    with tempfile.TemporaryDirectory() as folder:
        places = {"memory": "memory:", **{kind: f"{folder}/legs.{kind}" for kind in ("geojson", "fgb", "shp")}}
        return {name: len(legs) / clocked(lambda to=to: written(to))["cores"] for name, to in places.items()}  # type: ignore[misc]
