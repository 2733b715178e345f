"""People and hostile words beside the rows: names of layers, tables and fields, descriptions, styles and their labels, titles.

    python -m tools.attack.planted_names --n 57 --seed 1

A GeoPackage of fixes, areas and events whose table, identifier, description, field alias, style (a QML in the file and one
beside it, with the labels of its categories) and the title of the project name people; the algorithms read it as layers
of that name. Then everything that came of it, and all that was said, is searched. The last line is the figure; the exit
status is 1 where somebody was found.
"""

from __future__ import annotations

import collections
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.attack.command import command
from tools.attack.invented_people import invented

Run = Callable[[str, dict[str, Any]], tuple[dict[str, Any], Any]]
HOSTILE = ("<img src=x onerror=alert(1)>", "'; DROP TABLE fixes;--", '=HYPERLINK("http://a.example")')


def named_layer(table: Any, path: Path, texts: Sequence[str]) -> Any:
    """A table as a layer of a GeoPackage with people for every name that is none of a column."""
    from qgis.core import (
        QgsCategorizedSymbolRenderer,
        QgsCoordinateTransformContext,
        QgsRendererCategory,
        QgsSymbol,
        QgsVectorFileWriter,
        QgsVectorLayer,
    )

    from tools.attack.hostile_layers import layer_of

    name, identifier, alias, label, title, abstract = texts
    given = layer_of(table)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName = "GPKG", name
    options.layerOptions = [f"IDENTIFIER={identifier}", f"DESCRIPTION={abstract}"]
    context = QgsCoordinateTransformContext()
    done = QgsVectorFileWriter.writeAsVectorFormatV3(given, str(path), context, options)
    assert done[0] == 0, done[:2]
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    assert layer.isValid(), "the layer cannot be opened"
    field = layer.fields().names()[-1]
    layer.setFieldAlias(layer.fields().indexOf(field), alias)
    kinds = [QgsRendererCategory(word, QgsSymbol.defaultSymbol(layer.geometryType()), label) for word in ("a", alias)]
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, kinds))
    about = layer.metadata()
    about.setTitle(title)
    about.setAbstract(abstract)
    layer.setMetadata(about)
    layer.saveStyleToDatabase(label, abstract, True, "")
    layer.saveNamedStyle(str(path.with_suffix(".qml")))
    layer.loadDefaultStyle()
    return layer


def found_in(folder: Path, needles: Sequence[str], said: Sequence[str]) -> dict[str, set[str]]:
    """Needle (in lower case) -> the files of a folder in which it stands, and "what was said"."""
    found: dict[str, set[str]] = collections.defaultdict(set)
    for path in (p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes().lower()
        for needle in needles:
            if needle.encode("utf-8") in data or needle.encode("utf-16-le") in data:
                found[needle].add(path.name)
    spoken = "\n".join(said).lower()
    for needle in needles:
        if needle in spoken:
            found[needle].add("what was said")
    return dict(found)


def attack(folder: Path, n: int, seed: int, run: Run) -> tuple[dict[str, int], dict[str, set[str]]]:
    """Plant `n` people in the names of three layers and a project, run the algorithms and search; counts, and what was found."""
    from qgis.core import QgsProcessingException, QgsProject

    from tools.attack.hostile_layers import areas, events, fixes

    plants = invented(n, seed)
    texts = [p.text for p in plants]
    made, out = folder / "made", folder / "out"
    made.mkdir()
    out.mkdir()
    several = [[texts[(6 * k + i) % n] + (HOSTILE[k] if i == 3 else "") for i in range(6)] for k in range(3)]
    happened = events()  # without its last column, of numbers
    happened = replace(happened, fields=happened.fields[:-1], rows=[(w, v[:-1]) for w, v in happened.rows])
    tables = (fixes(), areas(), happened)
    layers = [named_layer(t, made / f"{k}.gpkg", names) for k, (t, names) in enumerate(zip(tables, several))]
    project = QgsProject.instance()
    project.setTitle(texts[-1])
    project.addMapLayers(layers)
    told = {"INPUT": layers[0], "OFFICER_FIELD": "officer_id", "TIME_FIELD": "time", "UNIT_FIELD": "unit"}
    ground = {"AREAS": layers[1], "AREA_ID_FIELD": "code", "ROLE_FIELD": "role"}
    jobs: tuple[tuple[str, dict[str, Any]], ...] = (
        ("buildtracks", {**told, "OUTPUT": str(out / "tracks.gpkg"), "LEGS": str(out / "legs.gpkg")}),
        ("timeinareas", {**told, **ground, "OUTPUT": str(out / "time.gpkg"), "PRESENCE": str(out / "time.xlsx")}),
        ("eventsinareas", {"INPUT": layers[2], **ground, "OUTPUT": str(out / "counts.csv")}),
        ("dataquality", {**told, **ground, "OUTPUT": str(out / "q.csv"), "OUTPUT_HTML": str(out / "q.html")}),
        ("activities", {**told, **ground, "EVENTS": layers[2], "AUDIENCE": "public", "OUTPUT": str(out / "a.ods")}),
    )
    counts, said = collections.Counter[str](planted=n), list[str]()
    for algorithm, parameters in jobs:
        try:
            _, log = run(algorithm, parameters)
            said += [*log.said, *log.warned]
            counts["done"] += 1
        except QgsProcessingException as error:
            said.append(str(error))
            counts["refused"] += 1
    project.removeAllMapLayers()
    project.setTitle("")
    _unpack(out)
    return counts, found_in(out, [p.telling.casefold() for p in plants], said)


def _unpack(folder: Path) -> None:
    """What packed tables hold, beside them, so that it can be searched."""
    for path in [*folder.glob("*.ods"), *folder.glob("*.xlsx")]:
        shutil.unpack_archive(path, folder / f"{path.name} unpacked", "zip")


def figure(counts: dict[str, int], found: dict[str, set[str]]) -> str:
    return (
        f"planted_names: {counts['planted']} people in names, aliases, labels and titles, {counts['done']} runs "
        f"({counts['refused']} refused), {len(found)} found"
    )


class _Log:
    """What a run said."""

    def __init__(self) -> None:
        from qgis.core import QgsProcessingFeedback

        log = self

        class Feedback(QgsProcessingFeedback):
            def pushInfo(self, text: str) -> None:
                log.said.append(text)

            def pushWarning(self, text: str) -> None:
                log.warned.append(text)

            def reportError(self, text: str, fatal: bool = False) -> None:
                log.warned.append(text)

        self.said: list[str] = []
        self.warned: list[str] = []
        self.feedback = Feedback()


def _run(algorithm: str, parameters: dict[str, Any]) -> tuple[dict[str, Any], _Log]:
    import processing

    log = _Log()
    return processing.run(f"impactareas:{algorithm}", parameters, feedback=log.feedback), log


def main() -> int:
    asked = command(__doc__, 57, "people planted").parse_args()
    warnings.simplefilter("ignore")
    from tools.attack.fuzz_layers import SECRET
    from tools.attack.fuzz_layers_cases import started

    folder = Path(tempfile.mkdtemp(prefix="planted_names_"))
    (folder / "key").write_bytes(SECRET)
    (folder / "key").chmod(0o600)
    os.environ["IMPACTAREAS_KEY_FILE"] = str(folder / "key")
    application = started(gui=False)
    counts, found = attack(folder, asked.n, asked.seed, _run)
    for needle, files in sorted(found.items()):
        print(f"  {needle!r} in {', '.join(sorted(files))}")
    shutil.rmtree(folder)
    print(figure(counts, found), flush=True)
    del application
    os._exit(1 if found else 0)


if __name__ == "__main__":
    sys.exit(main())
