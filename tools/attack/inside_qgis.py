"""Real runs of the plugin's algorithms: in children of one QGIS that was started once, or by qgis_process.

A start of QGIS costs seconds; a child that is forked from one that runs costs milliseconds, and can be killed all the same.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from tools.attack.small_force import AREAS_FILE, KEY_BYTES, write_areas, write_extracts
from tools.qgis_env import CONFIG, environment, qgis_process

DONE, REFUSED, BROKEN = 0, 3, 1
Parameters = dict[str, Any]


@dataclass
class Said:
    """What a run said: its sentences with the seconds since it began, and how it ended."""

    sentences: list[tuple[float, str]] = field(default_factory=list)
    status: int = BROKEN
    results: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        return "\n".join(sentence for _, sentence in self.sentences)


class Qgis:
    """QGIS in this process, with the plugin's algorithms, in a profile and with temporary files of its own."""

    def __init__(self, home: Path) -> None:
        self.temporary = home / "temporary"
        self.temporary.mkdir(parents=True, exist_ok=True)
        key = home / "key" / "key"
        key.parent.mkdir(exist_ok=True)
        key.write_bytes(KEY_BYTES)
        key.chmod(0o600)
        config = home / "config"
        os.environ.update(
            IMPACTAREAS_KEY_FILE=str(key), TMPDIR=str(self.temporary), QGIS_CUSTOM_CONFIG_PATH=str(config),
            QT_QPA_PLATFORM="offscreen",
        )  # fmt: skip
        from qgis.core import QgsApplication

        from ia_plugin.compat import load_shapely
        from ia_plugin.processing.provider import ImpactAreaProvider

        self.application = QgsApplication.instance()
        if self.application is None:
            self.application = QgsApplication([], False)
            self.application.initQgis()
            atexit.register(self.application.exitQgis)
        load_shapely()
        # What the algorithms load when they run is loaded here, once for all children.
        from ia_plugin.core.movement import default_model
        from ia_plugin.layers import write_table as _layers  # noqa: F401
        from ia_plugin.store import refresh as _store  # noqa: F401

        default_model()
        self.registry = QgsApplication.processingRegistry()
        if self.registry.algorithmById("impactareas:purge") is None:
            self.registry.addProvider(ImpactAreaProvider())

    def run(self, algorithm: str, parameters: Parameters, cancel_after_s: float = float("inf")) -> Said:
        """One run in this process."""
        from qgis.core import QgsProcessingContext, QgsProcessingFeedback

        said, began = Said(), time.monotonic()

        class Feedback(QgsProcessingFeedback):
            def note(self, text: str, *_more: object) -> None:
                said.sentences.append((time.monotonic() - began, text))

            pushInfo = pushWarning = pushDebugInfo = reportError = note

            def isCanceled(self) -> bool:
                return time.monotonic() - began > cancel_after_s

        made = self.registry.createAlgorithmById(f"impactareas:{algorithm}")
        context, feedback = QgsProcessingContext(), Feedback()
        good, why = made.checkParameterValues(parameters, context)
        if not good:
            said.status = REFUSED
            said.sentences.append((0.0, why))
            return said
        said.results, done = made.run(parameters, context, feedback)
        said.status = DONE if done else REFUSED
        return said

    def start(
        self, algorithm: str, parameters: Parameters, before: Callable[[], None] = lambda: None, **more: float
    ) -> Child:
        """One run in a process of its own; `before` is called in it first."""
        reading, writing = os.pipe()
        process = os.fork()
        if process:
            os.close(writing)
            return Child(process, reading)
        said = Said()
        try:
            os.close(reading)
            before()
            said = self.run(algorithm, parameters, **more)
        except BaseException as error:
            said.sentences.append((0.0, f"{type(error).__name__}: {error}"))
        answer = {"status": said.status, "sentences": said.sentences, "results": said.results}
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            json.dump(answer, pipe, default=str)
        os._exit(0)

    def in_child(self, algorithm: str, parameters: Parameters, **more: Any) -> Said:
        return self.start(algorithm, parameters, **more).wait()

    def personal_files(self) -> list[str]:
        """Temporary files that hold something; what runs leave there is outside every folder that is protected."""
        found = [p for p in self.temporary.rglob("*") if p.is_file() and p.stat().st_size]
        return [f"left among temporary files: {p.name} of {p.stat().st_size} bytes" for p in found]


class Child:
    """A run in a process of its own."""

    def __init__(self, process: int, reading: int) -> None:
        self.process, self._reading = process, reading

    def writes(self) -> int:
        """Calls to write that the process has made so far."""
        try:
            with open(f"/proc/{self.process}/io", encoding="ascii") as file:
                return next(int(line.split()[1]) for line in file if line.startswith("syscw"))
        except (OSError, StopIteration):
            return -1

    def is_over(self) -> bool:
        """Whether it has ended and only waits to be asked how."""
        try:
            with open(f"/proc/{self.process}/stat", encoding="ascii") as file:
                return file.read().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            return True

    def wait(self) -> Said:
        """What it said; its status is the negative number of the signal that ended it."""
        with os.fdopen(self._reading, encoding="utf-8") as pipe:
            text = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        if status or not text:
            return Said(status=status or BROKEN)
        answer = json.loads(text)
        return Said([(float(s), str(t)) for s, t in answer["sentences"]], answer["status"], answer["results"])


def steps_until(step: int, then: Callable[[], None], every: int, count_to: Optional[Path] = None) -> Callable[[], None]:
    """What to call in a child so that `then` is done when SQLite has taken so many steps of `every` instructions.

    The steps taken so far are kept in the file `count_to`, where one is given.
    """

    def begin() -> None:
        counted, plain = [0], sqlite3.connect

        def count() -> int:
            counted[0] += 1
            if counted[0] == step:
                then()
            if count_to is not None and counted[0] % 20 == 0:
                count_to.write_bytes(b"%d" % counted[0])
            return 0

        def connect(*given: Any, **more: Any) -> sqlite3.Connection:
            made = plain(*given, **more)
            made.set_progress_handler(count, every)
            return made

        sqlite3.connect = connect  # type: ignore[assignment]

    return begin


class QgisProcess:
    """Runs by qgis_process, in a profile of their own."""

    def __init__(self, home: Path) -> None:
        config = home / "process-config"
        shutil.copytree(CONFIG, config)
        self.environment = {**environment(config=config), "TMPDIR": os.environ["TMPDIR"]}
        self.environment["IMPACTAREAS_KEY_FILE"] = os.environ["IMPACTAREAS_KEY_FILE"]

    @staticmethod
    def is_here() -> bool:
        return CONFIG.is_dir() and bool(shutil.which("qgis_process.bin") or shutil.which("qgis_process"))

    def start(self, algorithm: str, parameters: Parameters) -> subprocess.Popen[str]:
        given = [f"{n}={str(v).lower() if isinstance(v, bool) else v}" for n, v in parameters.items()]
        return subprocess.Popen(
            [qgis_process(), "run", f"impactareas:{algorithm}", "--", *given], env=self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip


def work_of(extracts: Path, inbox: Path, store: Path) -> dict[str, list[tuple[str, Parameters]]]:
    """Stage -> the runs of a day's work: what a force's people and its scheduler do with a store.

    Each is safe to do again from its start; the stages follow on one another.
    """
    file = {p.stem: str(p) for p in sorted(extracts.iterdir())}
    where: Parameters = {"STORE": str(store)}
    refresh: Parameters = {
        **where, "INPUT": str(inbox), "AREAS": str(extracts.parent / AREAS_FILE), "AREA_ID_FIELD": "area_id", "ROLE_FIELD": "role",
        "MAX_GAP": 900.0,
    }  # fmt: skip
    return {
        "imports": [
            ("importpostings", {**where, "INPUT": file["postings"]}),
            ("importaffiliations", {**where, "INPUT": file["fixes_1"]}),
            ("importevents", {**where, "INPUT": file["events_1"]}),
        ],
        "a refresh": [("dailyrefresh", refresh)],
        "a purge": [("purge", {**where, "BEFORE": "2024-06-05", "DRY_RUN": False})],
    }


def write_inbox(extracts: Path, inbox: Path) -> None:
    """The files that a refresh finds, long complete: those of both rounds but for the first events."""
    inbox.mkdir(parents=True)
    before = time.time() - 3600
    for path in sorted(extracts.iterdir()):
        if path.stem != "events_1":
            shutil.copy(path, inbox)
            os.utime(inbox / path.name, (before, before))


class StoreAtWork:
    """A store, the extracts and areas of a small force, and QGIS to work on them with: where a campaign begins.

    Attributes
    ----------
    home, store : the folder of the campaign, and the store in it
    qgis : in this process
    extracts : their folder
    work : name of a stage -> its runs
    """

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.store = home, home / "store"
        self.qgis = Qgis(home)
        self.extracts = write_extracts(home / "extracts", seed)
        write_areas(home / AREAS_FILE, 700.0)
        write_inbox(self.extracts, home / "inbox")
        self.work = work_of(self.extracts, home / "inbox", self.store)

    def put_back(self, start: Path) -> None:
        """The store as it was kept at `start`; none where none was."""
        shutil.rmtree(self.store, ignore_errors=True)
        if start.exists():
            shutil.copytree(start, self.store)


def need_qgis() -> None:
    """End in words where there is no QGIS to run."""
    try:
        import qgis.core  # noqa: F401
    except ImportError:
        print("QGIS is not there: install it (on Debian or Ubuntu: make setup).", file=sys.stderr)
        sys.exit(2)
