"""The cases of `fuzz_layers`, inside one QGIS process: made, run, judged and reported, one line of JSON a step."""

from __future__ import annotations

import faulthandler
import json
import os
import random
import shutil
import sys
import warnings
from pathlib import Path
from typing import TextIO

from qgis.core import (
    QgsApplication,
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProject,
)

from tools.attack import hostile_layers as hostile
from tools.attack.fuzz_files import damaged, write_case
from tools.attack.fuzz_layers import SLOW_S
from tools.attack.hostile_layers import OPEN
from tools.attack.layer_verdicts import Judge, Parameters

USUAL = {
    "OFFICER_FIELD": "officer_id", "TIME_FIELD": "time", "UNIT_FIELD": "unit", "RESOURCE_FIELD": "resource_type", "AREA_ID_FIELD": "code",
    "AREA_NAME_FIELD": "name", "ROLE_FIELD": "role", "AUDIENCE": "restricted", "DRAWS": 3, "OFFICERS": 4, "DAYS": 1, "BEFORE": "2024-06-02", "CORES": 1,
    "BEFORE_FROM": "2024-06-01", "BEFORE_TO": "2024-06-10", "AFTER_FROM": "2024-06-11", "AFTER_TO": "2024-06-20",
}  # fmt: skip
LAYERS = {"INPUT": "fixes", "LAYER": "fixes", "AREAS": "areas", "COMPARISON_AREAS": "areas", "BOUNDARY": "areas", "POPULATION": "areas", "EVENTS": "events", "LABELS": "labels", "POSTINGS": "postings", "DUTIES": "duties", "NOTES": "notes"}  # fmt: skip
OTHERWISE = {("eventsinareas", "INPUT"): "events", ("displacement", "INPUT"): "events", ("simulateshifts", "INPUT"): "streets", ("importevents", "LAYER"): "events", ("importpostings", "LAYER"): "postings"}  # fmt: skip
RARE = frozenset(("COMPARISON_AREAS", "BOUNDARY", "POPULATION", "POSTINGS", "DUTIES", "NOTES", "LAYER"))
COSTLY = frozenset(("DRAWS", "OFFICERS", "DAYS", "CORES", "CRIMES_PER_DAY"))
WORDS = (
    *OPEN, "{{7*7}}", "%s%n", "../../x", "/etc/passwd", "\\\\host\\share", "1 OR 1=1", "a' || 'b", '"time" > 0', "<img src=x onerror=window.hit=1>", "[% 1 %]", "Mars/Olympus", "UTC",
    "2024-06-03", "2024-02-30", "officer_id=Collar; time=nope", "time=", ";", "=", "(all)", "(impact)", "other", "*", "**/*", "[", "public", "board", "nope", "A" * 70_000,
)  # fmt: skip
NUMBERS = (
    -1,
    0,
    1,
    1e-300,
    -1e308,
    1e308,
    float("nan"),
    float("inf"),
    "abc",
    "",
    None,
    2**31,
    2**63,
    "1;2",
    True,
    "1,5",
    "٣",
)
TEXT_FILES = (
    b"", b"{", b"[]", b"{}", b"null", b"\xff\xfe", b"a,b\n1,2\n", b"words\nNorth\n", b"kind,category,near_m\nincident,x,abc\n", b"kind,category,near_m\nincident,x,nan\n", b"category,key_type\nBurglary,\n",
    b'{"kind": "affiliations", "columns": {"officer_id": 1}}', b'{"format": 99}', b'{"columns": []}', b"word,status\nopen,nope\n", b"\x00" * 200, b"x" * 70_000, b'"', b"a;b\n" * 2_000,
)  # fmt: skip


class Case:
    """One case: the same for the same seed and number."""

    def __init__(self, number: int, seed: int, home: Path, algorithms: list[QgsProcessingAlgorithm]) -> None:
        self.rng = rng = random.Random(f"{seed}-{number}")
        self.home, self.folder, self.number, self.seed = home, home / f"case {number}", number, seed
        self.algorithm = rng.choice(algorithms)
        self.told: list[str] = []
        kinds = ["layers"] * 5 + ["parameters"] * 4 + ["outputs", "config", "files", "files", "store", "store"]
        self.wild = {rng.choice(kinds) for _ in range(rng.choice([1, 1, 2, 3]))}
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.parameters: Parameters = {}
        for definition in self.algorithm.parameterDefinitions():
            self._add(definition)
        if self.algorithm.name().startswith("import") and "INPUT" in self.parameters:
            self.parameters.pop("LAYER", None)
        if "config" in self.wild and self.algorithm.parameterDefinition("CONFIG") is not None:
            self.parameters["CONFIG"] = self._config()
        if "outputs" in self.wild:
            self._odd_outputs()

    @property
    def label(self) -> str:
        given = {n: str(v.name() if isinstance(v, QgsMapLayer) else v)[:80] for n, v in self.parameters.items()}
        return f"{self.algorithm.name()} {sorted(self.wild)} {self.told} {given}"

    def _add(self, definition: QgsProcessingParameterDefinition) -> None:
        """A good value of a parameter, or one spoilt where its kind is."""
        name, kind, rng = definition.name(), definition.type(), self.rng
        optional = bool(definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
        if kind == "source":
            if not optional or rng.random() < (0.25 if name in RARE else 0.75):
                self.parameters[name] = self._source(name)
        elif kind in ("sink", "fileDestination"):
            if not optional or rng.random() < 0.5:
                ending = ("json" if name in ("SAVE_MAPPING",) or (self.algorithm.name() == "calibratemovement" and name == "OUTPUT") else "html") if kind == "fileDestination" else "gpkg"  # fmt: skip
                self.parameters[name] = rng.choice(["memory:", ""][: 1 - (kind != "sink")] + [str(self.folder / f"out {name}.{ending}")])  # fmt: skip
        elif kind == "file":
            self._add_file(name)
        elif "parameters" in self.wild and rng.random() < 0.08 and name not in COSTLY:
            self.parameters[name] = self._odd(kind, name)
            self.told.append(name)
        elif (
            name in USUAL
            and (name, kind) != ("DAYS", "string")
            and not (kind == "field" and optional and rng.random() < 0.2)
        ):
            self.parameters[name] = USUAL[name]

    def _source(self, name: str) -> object:
        rng, wild = self.rng, "layers" in self.wild and self.rng.random() < 0.6
        if wild and rng.random() < 0.04:
            return rng.choice(["/nonexistent.gpkg", "", None, str(self.folder), str(self._text_file())])
        if name == "INPUT" and rng.random() < 0.15 and (self.home / "legs.gpkg").is_file():
            path = self.folder / "legs.gpkg"
            shutil.copy(self.home / "legs.gpkg", path)
            if wild:
                self.told.append(hostile.spoilt_database(path, rng))
            return str(path)
        table = hostile.TABLES[OTHERWISE.get((self.algorithm.name(), name), LAYERS.get(name, "fixes"))]()
        if wild:
            hostile.spoil(table, rng)
        place = self.folder / name
        place.mkdir()
        source = hostile.source_of(table, place, rng, wild=wild)
        if table.told:
            self.told.append(f"{name} {table.geometry} {table.crs}: {', '.join(table.told)}")
        return source

    def _add_file(self, name: str) -> None:
        rng, algorithm = self.rng, self.algorithm.name()
        wild = "files" in self.wild and (name == "INPUT" or rng.random() < 0.3)
        if name == "INPUT" and algorithm == "dailyrefresh":
            (self.folder / "inbox").mkdir()
            for i in range(rng.choice([1, 3])):
                path = write_case(self.folder / "inbox", self.seed, 100 * self.number + i) if wild else self._extract("inbox/a.csv")  # fmt: skip
                os.utime(path, (1e9, 1e9))
            self.parameters[name] = str(self.folder / "inbox")
        elif name == "INPUT":
            path = write_case(self.folder, self.seed, self.number) if wild else self._extract("a.csv")
            self.parameters[name] = str(path)
        elif name == "STORE":
            self._add_store(algorithm)
        elif wild and name != "CONFIG":
            odd = [str(self._text_file()), str(self._text_file()), str(self.folder), "/nonexistent", "/proc/self/mem", "a\0b", ""]  # fmt: skip
            self.parameters[name] = rng.choice(odd)

    def _extract(self, name: str) -> Path:
        kind = {"importevents": "events", "importpostings": "postings"}.get(self.algorithm.name(), "affiliations")
        return Path(shutil.copy(self.home / f"{kind}.csv", self.folder / name))

    def _add_store(self, algorithm: str) -> None:
        rng, needed = self.rng, algorithm in ("dailyrefresh", "purge")
        if "store" in self.wild and rng.random() < 0.8:
            path, how = hostile.spoilt_store(self.home / "store", self.folder / "store", rng)
            self.told.append(f"STORE {how}")
        elif needed or rng.random() < 0.4:
            path = Path(shutil.copytree(self.home / "store", self.folder / "store"))
        else:
            return
        odd = [path] * 8 + [self.folder / "new", Path("/proc/store"), self._text_file(), Path("a\0b")]
        self.parameters["STORE"] = str(rng.choice(odd) if "parameters" in self.wild else path)

    def _odd(self, kind: str, name: str) -> object:
        rng = self.rng
        choices: dict[str, tuple[object, ...]] = {
            "number": NUMBERS, "enum": (0, 1, 99, -1, "nope", "public", "restricted", "all", [0, 1], "", None), "boolean": (True, False, "junk", None),
            "crs": ("EPSG:4326", "EPSG:999999", "junk", "", "EPSG:27700", "EPSG:4978", "PROJ:+proj=lonlat", "a\0b"), "field": (*hostile.NAMES, *WORDS),
        }  # fmt: skip
        return rng.choice(choices.get(kind, WORDS))

    def _text_file(self) -> Path:
        path = self.folder / f"text {self.rng.randrange(10**6)}.{self.rng.choice(['csv', 'json'])}"
        content = self.rng.choice(TEXT_FILES)
        path.write_bytes(damaged(content, self.rng) if content and self.rng.random() < 0.2 else content)
        return path

    def _config(self) -> str:
        """Good parameters in JSON, with values, depth, names or bytes spoilt."""
        rng, path = self.rng, self.folder / "config.json"
        names = [d.name() for d in self.algorithm.parameterDefinitions()]
        odd = (
            1,
            "x",
            None,
            [1],
            {"a": 1},
            "../../etc/passwd",
            -5,
            True,
            [],
            float("nan"),
            10**400,
            "\x00",
            "\ud800",
            [["a"]],
        )
        text = json.dumps(
            {rng.choice([*names, "JUNK", "", "output"]): rng.choice(odd) for _ in range(rng.choice([0, 1, 3]))}
        )
        how = rng.choice(["as it is", "as it is", "deep", "huge", "twice", "wide", "bytes", "number"])
        if how in ("deep", "huge", "wide", "number", "twice"):
            name = rng.choice(names)
            text = {
                "deep": f'{{"{name}": {"[" * 5_000}1{"]" * 5_000}}}',
                "huge": f'{{"{name}": "{"x" * 2_000_000}"}}',
                "wide": "{" + ",".join(f'"{i}": {i}' for i in range(5_000)) + "}",
                "number": f'{{"{name}": {rng.choice(["1e999", "-0", "9" * 5_000, "NaN", "-Infinity", "0x10"])}}}',
                "twice": f'{{"{name}": 1, "{name}": 2}}',
            }[how]
        data = text.encode(rng.choice(["utf-8", "utf-8", "utf-16", "utf-8-sig", "utf-32", "latin-1"]), "surrogatepass" if rng.random() < 0.5 else "replace")  # fmt: skip
        path.write_bytes(damaged(data, rng) if how == "bytes" and data else data)
        self.told.append(f"CONFIG {how}")
        return str(path)

    def _odd_outputs(self) -> None:
        rng, folder = self.rng, self.folder
        names = [d.name() for d in self.algorithm.destinationParameterDefinitions()]
        for name in rng.sample(names, min(len(names), rng.choice([1, 2]))):
            odd = ["memory:", "TEMPORARY_OUTPUT", *(str(folder / f"out.{e}") for e in ("csv", "shp", "geojson", "xlsx", "ods", "xyz", "fgb")), "/proc/nope/out.gpkg", "/nonexistent/out.gpkg", str(folder),
                   str(folder / "a'b\"c.gpkg"), str(folder / ("n" * 300 + ".gpkg")), f"ogr:dbname='{folder}/db.gpkg' table=\"t;x'\" (geom)", "ogr:dbname=", "postgis:x", " ", "\0", "a\0b.gpkg", "/dev/full", "/dev/null"]  # fmt: skip
            odd += [v for v in self.parameters.values() if isinstance(v, str) and v.startswith(str(folder))] * 3
            if "STORE" in self.parameters:
                odd.append(str(Path(str(self.parameters["STORE"]).replace("\0", "")) / "summary.gpkg"))
            self.parameters[name] = rng.choice(odd)
            self.told.append(f"{name} odd")


def started(gui: bool = False) -> QgsApplication:
    """QGIS, with Processing and the provider."""
    application = QgsApplication([], gui)
    application.initQgis()
    sys.path.append(f"{QgsApplication.pkgDataPath()}/python/plugins")
    from processing.core.Processing import Processing

    from ia_plugin.processing.provider import ImpactAreaProvider

    Processing.initialize()
    application.provider = ImpactAreaProvider()
    application.processingRegistry().addProvider(application.provider)
    return application


def tell(report: TextIO, line: dict[str, object]) -> None:
    """A step, on disk before anything can end the process."""
    report.write(json.dumps(line) + "\n")
    report.flush()


def main(home: Path, first: int, last: int, seed: int) -> None:
    faulthandler.enable()
    warnings.simplefilter("ignore")
    application, judge = started(), Judge()
    algorithms = sorted(application.provider.algorithms(), key=lambda a: a.name())
    if not (home / "legs.gpkg").is_file():
        given = {"INPUT": hostile.layer_of(hostile.fixes()), "OUTPUT": "memory:", "LEGS": str(home / "legs.gpkg")}
        judge.run_algorithm("impactareas:buildtracks", {**USUAL, **given}, feedback=QgsProcessingFeedback(False))
    with (home / "report.jsonl").open("a", encoding="utf-8") as report:
        for number in range(first, last):
            case = Case(number, seed, home, algorithms)
            label = f"{case.label}".encode("utf-8", "replace").decode("utf-8")
            line: dict[str, object] = {"case": number, "label": label}
            os.chdir(case.folder)  # where a name without a folder is meant
            tell(report, {"step": "start", **line})
            faulthandler.dump_traceback_later(SLOW_S, exit=True)
            outcome, findings = judge.of(case.algorithm.name(), case.parameters, case.folder)
            faulthandler.cancel_dump_traceback_later()
            tell(report, {"step": "end", **line, "outcome": outcome, "findings": findings, "why": judge.why})
            QgsProject.instance().clear()
            os.chdir(home)
            if not findings:
                shutil.rmtree(case.folder, ignore_errors=True)
    report.close()
    sys.stdout.flush()
    os._exit(0)  # QGIS closing down is no part of the attack


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
