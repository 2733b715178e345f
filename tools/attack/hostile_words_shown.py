"""The rounds of `hostile_words` inside QGIS: a store of hostile texts, the outputs made of it, and the dock that shows it."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import shapely
from qgis.core import QgsProcessingException, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QTextDocument
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QLabel, QListWidget, QTableWidget, QWidget

from ia_plugin.core.errors import ImpactAreaError
from ia_plugin.core.movement import default_model
from ia_plugin.core.privacy import Key
from ia_plugin.store.imports import bring_file
from ia_plugin.store.published_events import publish_events
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import Store
from tools.attack import hostile_words as words
from tools.attack.fuzz_layers import SECRET
from tools.attack.hostile_layers import Table, areas, fixes, layer_of, plain

AT = pd.Timestamp("2024-07-01T00:00Z")
SOMETIMES = ("recurring_words", "event_points")
COLLARS = [f"86{i}27" for i in range(10, 22)]


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return path


def make_store(folder: Path, texts: Sequence[str]) -> Path:
    """A store of two areas, two units, two categories and a file, all named by the texts; an id or a name refused is told in its sentence."""
    ids, names, units, kinds, file = texts[:2], texts[2:4], texts[4:6], texts[6:8], texts[8]
    fixed = [
        [c, f"2024-06-0{3 + day}T{6 + i // 60:02d}:{i % 60:02d}:00Z", str(405_000 + 40 * i), str(285_000 + 9 * i), units[k % 2]]
        for day in range(2) for i in range(0, 90, 3) for k, c in enumerate(COLLARS)
    ]  # fmt: skip
    told = [
        [f"20/{i:05d}/24", kinds[i % 2], f"2024-06-{3 + i % 9:02d}T07:10:00Z", str(405_000 + 90 * i), "285300"]
        for i in range(24)
    ]
    inbox = folder / "inbox"
    inbox.mkdir()
    extracts = (
        ("affiliations", ["Collar", "Timestamp", "Easting", "Northing", "Unit"], fixed),
        ("postings", ["Collar", "Unit", "Valid from"], [[c, units[k % 2], "2024-01-01"] for k, c in enumerate(COLLARS)]),
        ("events", ["Crime no", "Offence", "Committed from", "Easting", "Northing"], told),
    )  # fmt: skip
    home = folder / f"store {words.as_name(texts[8])}"
    boxes = [shapely.box(x, 284_000, x + 1_600, 287_000) for x in (404_000, 405_600)]
    shapes = {"area_id": list(ids), "name": list(names), "role": ["impact", "comparison"], "geometry": boxes}
    with Store(home, Key(SECRET)) as store:
        for kind, header, rows in extracts:
            bring_file(store, write(inbox / f"{kind} {words.as_name(file)}.csv", header, rows), kind, at=AT)
        set_areas(store, pd.DataFrame(shapes))
        publish_events(store)
        refresh(store, model=default_model())
    return home


class Round:
    """Stores and outputs of some texts, and of plain words in their places."""

    def __init__(self, folder: Path, run: Callable[..., dict[str, object]]) -> None:
        self.folder, self.run_algorithm = folder, run
        self.counts, self.findings = Counter[str](), list[str]()
        self.pages: dict[str, str] = {}  # of plain words
        self.tables: set[tuple[str, str]] = set()

    def run(self, algorithm: str, **parameters: object) -> bool:
        try:
            self.run_algorithm(f"impactareas:{algorithm}", parameters)
            return True
        except QgsProcessingException as error:
            self.counts["refused"] += 1
            if "nobody foresaw" in str(error):
                self.findings.append(f"{algorithm}: {error}")
            return False

    def outputs(self, home: Path, texts: Sequence[str]) -> Path:
        """Pages and tables of a store, and of layers named by the texts."""
        out = home.parent / "out"
        out.mkdir()
        for audience in ("restricted", "board"):
            to = {t: str(out / f"{audience} {t}.{e}") for t, e in (("TIME", "csv"), ("RESOURCES", "xlsx"), ("CRIMES", "ods"), ("ACTIVITIES", "csv"))}  # fmt: skip
            self.run("answers", STORE=str(home), AUDIENCE=audience, OUTPUT=str(out / f"{audience}.csv"), OUTPUT_HTML=str(out / f"{audience}.html"), **to)  # fmt: skip
        given = {"INPUT": layer_of(_with(fixes(), "unit", texts[4:6])), "OFFICER_FIELD": "officer_id", "TIME_FIELD": "time", "UNIT_FIELD": "unit"}  # fmt: skip
        ground = _with(_with(areas(), "code", [*texts[:2], "third"]), "name", [*texts[2:4], "third"])
        within = {"AREAS": layer_of(ground), "AREA_ID_FIELD": "code", "AREA_NAME_FIELD": "name", "ROLE_FIELD": "role"}
        note = layer_of(plain("notes", {"from": "2024-06-03", "to": "2024-06-04", "text": texts[8], "author": texts[7], "area_id": texts[0]}))  # fmt: skip
        self.run("dataquality", **given, **within, NOTES=note, OUTPUT=str(out / "quality.csv"), OUTPUT_HTML=str(out / "quality.html"))  # fmt: skip
        self.run("timeinareas", **given, **within, METHOD="linear", OUTPUT=str(out / "time.gpkg"), PRESENCE=str(out / "presence.xlsx"), LEGS=str(out / "in.csv"))  # fmt: skip
        self.run("visits", **given, **within, OUTPUT=str(out / "visits.ods"), BANDS=str(out / "bands.csv"))
        self.run("activities", **given, **within, AUDIENCE="restricted", OUTPUT=str(out / "activities.csv"))
        return out

    def judge_outputs(self, home: Path, out: Path, plain_round: bool) -> None:
        for path in sorted(out.iterdir()):
            self.counts["outputs"] += 1
            if path.suffix == ".html":
                page = path.read_text(encoding="utf-8")
                self.counts["shown"] += page.count(words.MARK)
                found = [] if plain_round else words.faults_of_page(page, self.pages[path.name])
                found += ["a planted script ran"] if words.browser() and words.ran(path) else []
                self.pages.setdefault(path.name, page)
            elif path.suffix == ".csv":
                table = path.read_bytes().decode("utf-8")
                self.counts["shown"] += table.count(words.MARK)
                found = words.faults_of_text_table(table)
            else:
                found = words.faults_of_workbook(path) if path.suffix in (".xlsx", ".ods") else []
            self.findings += [f"{path.name}: {what}" for what in found]
        tables = words.tables_of(home)
        self.tables = self.tables or tables
        changed = tables ^ self.tables  # some are made only where words wait, or where events may be mapped
        self.findings += [f"store: {what}" for what in sorted(changed) if not any(t in what[1] for t in SOMETIMES)]


def _with(table: Table, name: str, texts: Sequence[str]) -> Table:
    at = [n for n, _ in table.fields].index(name)
    for i, (_, values) in enumerate(table.rows):
        values[at] = texts[i % len(texts)]
    return table


# --- the dock ---------------------------------------------------------------------------------------------------------


def misread(text: str, texts: Sequence[str], *, rich: bool = False) -> bool:
    """Whether Qt takes a text that is shown for markup, so that a planted text in it does not stand there as it is."""
    if words.MARK not in text or not (rich or Qt.mightBeRichText(text)):
        return False
    document = QTextDocument()
    document.setHtml(text)
    shown = "".join(document.toPlainText().split())
    forms = [form for t in (*texts, words.as_name(texts[8])) for form in (t, repr(t)[1:-1])]
    planted = ["".join(form.split())[:40] for form in forms]
    return not any(p in shown for p in planted)


class Messages:
    """A message bar, which takes every text for markup."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def pushMessage(self, title: str, text: str, level: object) -> None:
        self.texts.append(text)


def wait(done: Callable[[], bool], limit_s: float = 60.0) -> bool:
    end = time.monotonic() + limit_s
    while not done() and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)
    return done()


def judge_dock(round_: Round, home: Path, texts: Sequence[str]) -> None:
    """Open a store in the dock, walk through its charts, and read every label, tip and message."""
    from dataclasses import replace

    from ia_plugin.ui.dock import ImpactAreaDock

    messages, raised = Messages(), list[str]()
    before = sys.excepthook
    sys.excepthook = lambda kind, error, trace: raised.append(f"{kind.__name__}: {str(error)[:200]}")
    dock = ImpactAreaDock(QgsProject.instance(), None, messages, None)
    try:
        dock.show()
        dock.open_store(home)
        if not wait(lambda: dock.controller.figures is not None):
            round_.findings.append(f"dock: no figures; {messages.texts}")
            return
        chosen = {"areas": tuple(str(t) for t in texts[:2])}
        for changes in ({}, chosen, {"units": tuple(texts[4:5])}):
            state = replace(dock.bar.state, **changes)
            dock.bar.set_state(state)
            dock.bar.flush()
            wait(lambda: not dock.controller.worker.busy, 20)
            _read(round_, dock, texts)
            dock.figures.copy_table()
            pasted = QApplication.clipboard().text()
            round_.findings += [f"clipboard: {w}" for w in words.faults_of_text_table(pasted, "\t")]
        for k in range(dock.pages.count()):
            dock.pages.setCurrentIndex(k)
            wait(lambda: not dock.controller.worker.busy, 20)
            _read(round_, dock, texts)
            page = dock.pages.chart_page
            for i in range(page.chartBox.count() if page is not None else 0):
                page.chartBox.setCurrentIndex(i)
                wait(lambda: not dock.controller.worker.busy, 20)
                picture = home.parent / f"chart {k} {i}.svg"
                page.save_picture(str(picture))
                _judge_picture(round_, picture)
                _read(round_, dock, texts)
        bad = home.parent / f"no store {words.as_name(texts[0])}"
        bad.mkdir()
        dock.open_store(bad)
        wait(lambda: not dock.controller.worker.busy, 20)
        _read(round_, dock, [*texts, bad.name])
        round_.findings += [
            f"message: {t[:200]!r}" for t in messages.texts if misread(t, [*texts, bad.name], rich=True)
        ]
    except ImpactAreaError as error:
        round_.findings.append(f"dock: {error}")
    except Exception as error:
        round_.findings.append(f"dock: {type(error).__name__}: {str(error)[:300]}")
    finally:
        sys.excepthook = before
        round_.findings += [f"dock: {what}" for what in raised]
        dock.shut()
        dock.deleteLater()


def _judge_picture(round_: Round, picture: Path) -> None:
    if picture.is_file():
        round_.counts["outputs"] += 1
        # The bar of colours is a picture in the picture, by its own bytes: one that is fetched from elsewhere is a fault.
        text = re.sub(
            r'<image xlink:href="data:image/png;base64,[^"]*"[^>]*/>', "", picture.read_text(encoding="utf-8")
        )
        found = words.Parts(text).found
        odd = [f"<{t} {a}>" for t, a in found if t in ("script", "image", "foreignobject", "b", "h1", "iframe") or a.startswith("on")]  # fmt: skip
        round_.findings += [f"{picture.name}: {what}" for what in odd]


def _read(round_: Round, dock: QWidget, texts: Sequence[str]) -> None:
    """Every text that the dock shows now."""
    shown: list[tuple[str, str, bool]] = []
    for widget in [dock, *dock.findChildren(QWidget)]:
        shown.append((f"tip of {type(widget).__name__} {widget.objectName()}", widget.toolTip(), False))
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            shown.append((f"label {widget.objectName()}", widget.text(), False))
        if isinstance(widget, QTableWidget):
            items = [widget.item(r, c) for r in range(widget.rowCount()) for c in range(widget.columnCount())]
            shown += [("tip of a cell", i.toolTip(), False) for i in items if i is not None]
        if isinstance(widget, QListWidget):
            shown += [("tip of a choice", widget.item(i).toolTip(), False) for i in range(widget.count())]
        if isinstance(widget, QComboBox):
            tips = [widget.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(widget.count())]
            shown += [("tip of a choice", str(t), False) for t in tips if t]
    round_.counts["widgets"] += sum(words.MARK in text for _, text, _ in shown)
    round_.findings += [f"{where}: {text[:160]!r}" for where, text, rich in shown if misread(text, texts, rich=rich)]


def main(folder: Path, n: int, seed: int) -> None:
    from tools.attack.fuzz_layers_cases import started

    warnings.simplefilter("ignore")
    (folder / "key").write_bytes(SECRET)
    (folder / "key").chmod(0o600)
    os.environ["IMPACTAREAS_KEY_FILE"] = str(folder / "key")
    application = started(gui=True)
    import processing

    round_ = Round(folder, processing.run)
    used: set[str] = set()
    for k, texts in enumerate([[words.tame("", i) for i in range(9)], *words.draw(n, seed)]):
        place = folder / str(k)
        place.mkdir()
        used |= set(texts)
        first = len(round_.findings)
        try:
            home = make_store(place, texts)
        except ImpactAreaError as error:
            round_.counts["refused"] += 1
            if not error.remedy:
                round_.findings.append(f"round {k}: no remedy: {error}")
            continue
        round_.judge_outputs(home, round_.outputs(home, texts), k == 0)
        judge_dock(round_, home, texts)
        QgsProject.instance().clear()
        round_.findings[first:] = [f"round {k}: {what}" for what in dict.fromkeys(round_.findings[first:])]
        round_.counts["rounds"] += 1
    counts = {name: round_.counts[name] for name in ("rounds", "shown", "outputs", "widgets", "refused")}
    counts["texts"] = len(used) - 9
    (folder / "report.json").write_text(json.dumps([counts, round_.findings]), encoding="utf-8")
    del application
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
