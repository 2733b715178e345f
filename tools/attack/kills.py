"""Runs of the import, daily refresh and purge algorithms are killed at any moment; one more run, and nothing is lost or doubled.

    python -m tools.attack.kills --n 300 --seed 1 --processes 4

Each round runs one algorithm on a copy of a small store and sends it SIGKILL: after some time, at some step of SQLite, or after some
call to write. Then the same run is done again, undisturbed: the store must hold the rows of the store that nothing happened to, its
folder no other file whatever its size, and the folder of temporary files nothing of anybody. Most rounds run in a child of a QGIS
that was started once; `--processes` of them are whole runs of qgis_process.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tools.attack.command import command
from tools.attack.inside_qgis import (
    DONE,
    Parameters,
    QgisProcess,
    Said,
    StoreAtWork,
    need_qgis,
    steps_until,
)
from tools.attack.small_force import (
    Content,
    differences,
    faults,
    whole_content,
)

TIME, STEP, WRITE = "after some time", "at a step of SQLite", "after a call to write"
HOW = (TIME, STEP, WRITE)
EVERY = 100  # instructions of SQLite to a step


@dataclass
class Stage:
    """One run of one algorithm: what it starts from, what it comes to, and how much there is of it to be killed in."""

    name: str
    algorithm: str
    parameters: Parameters
    start: Path
    content: Content
    seconds: float
    steps: int
    writes: int


class Campaign(StoreAtWork):
    """The stages of a store's life, each done undisturbed once."""

    def __init__(self, home: Path, seed: int) -> None:
        super().__init__(home, seed)
        self.stages: list[Stage] = []
        for name, runs in self.work.items():
            for algorithm, parameters in runs:
                self.stages.append(self._undisturbed(f"{name}, {algorithm}", algorithm, parameters))
        self.process = QgisProcess(home) if QgisProcess.is_here() else None

    def _undisturbed(self, name: str, algorithm: str, parameters: Parameters) -> Stage:
        start = self.home / f"before {len(self.stages)}"
        if self.store.exists():
            shutil.copytree(self.store, start)
        counted = self.home / "counted"
        # Counted in a first run, timed in a second one that counts nothing.
        child = self.qgis.start(algorithm, parameters, steps_until(0, lambda: None, EVERY, counted))
        writes = 0
        while not child.is_over():
            writes = max(writes, child.writes())
            time.sleep(0.001)
        ended(name, child.wait())
        self.put_back(start)
        began = time.monotonic()
        ended(name, self.qgis.in_child(algorithm, parameters))
        seconds = time.monotonic() - began
        content = whole_content(self.store)
        return Stage(name, algorithm, parameters, start, content, seconds, int(counted.read_bytes() or 1), writes)

    def round(self, stage: Stage, how: str, rng: random.Random) -> tuple[bool, list[str]]:
        """(whether the run was killed before it ended, what is wrong after one more run)."""
        self.put_back(stage.start)
        killed, where = self._killed(stage, how, rng)
        said = [f"{where}: {text}" for text in self.qgis.personal_files()]
        again = self.qgis.in_child(stage.algorithm, stage.parameters)
        if again.status != DONE:
            said.append(f"{where}: the next run ends with {again.status}: {again.text()[-300:]}")
        wrong = [
            *differences(stage.content, whole_content(self.store)),
            *faults(self.store),
            *self.qgis.personal_files(),
        ]
        return killed, said + [f"{where}, and once more: {text}" for text in wrong]

    def _killed(self, stage: Stage, how: str, rng: random.Random) -> tuple[bool, str]:
        if how == STEP:
            at = rng.randrange(1, stage.steps + 1)
            begin = steps_until(at, lambda: os.kill(os.getpid(), signal.SIGKILL), EVERY)
            said = self.qgis.start(stage.algorithm, stage.parameters, begin).wait()
            return said.status == -signal.SIGKILL, f"{stage.name}, killed at step {at} of {stage.steps}"
        child = self.qgis.start(stage.algorithm, stage.parameters)
        if how == TIME:
            after_s = rng.uniform(0, stage.seconds)
            time.sleep(after_s)
            where = f"killed after {after_s:.3f} of {stage.seconds:.3f} s"
        else:
            at = rng.randrange(1, stage.writes + 1)
            where = f"killed after {at} of {stage.writes} calls to write"
            while 0 <= child.writes() < at and not child.is_over():
                pass
        os.kill(child.process, signal.SIGKILL)
        return child.wait().status == -signal.SIGKILL, f"{stage.name}, {where}"

    def process_round(self, stage: Stage, rng: random.Random) -> tuple[bool, list[str]]:
        """:meth:`round` with two runs of qgis_process: from where the store's folder changes, for its start takes longest."""
        assert self.process is not None
        self.put_back(stage.start)
        run = self.process.start(stage.algorithm, stage.parameters)
        while run.poll() is None and not (self.store / "restricted.gpkg-journal").exists():
            time.sleep(0.001)
        after_s = rng.uniform(0, 1.5 * stage.seconds)
        time.sleep(after_s)
        run.kill()
        run.communicate()
        killed, where = (
            run.returncode == -signal.SIGKILL,
            f"qgis_process, {stage.name}, killed {after_s:.3f} s after it began to write",
        )
        again = self.process.start(stage.algorithm, stage.parameters)
        text, _ = again.communicate()
        wrong = [
            *differences(stage.content, whole_content(self.store)),
            *faults(self.store),
            *self.qgis.personal_files(),
        ]
        if again.returncode:
            wrong.append(f"the next run ends with {again.returncode}: {text[-300:]}")
        return killed, [f"{where}: {w}" for w in wrong]


def ended(name: str, said: Said) -> None:
    if said.status != DONE:
        raise SystemExit(f"{name} does not work undisturbed: {said.status} {said.text()}")


def attack(home: Path, n: int, seed: int, processes: int = 0) -> tuple[Counter[str], list[str]]:
    """(rounds by how they were killed, findings): `n` rounds in children, all stages and moments in turn, and some of qgis_process."""
    campaign = Campaign(home, seed)
    made: Counter[str] = Counter()
    found: list[str] = []
    plan = [(s, how) for s in campaign.stages for how in HOW]
    for k in range(n):
        # A round whose run was quicker than the kill is no kill: it is drawn anew, a few times.
        for attempt in range(5):
            stage, how = plan[k % len(plan)]
            killed, wrong = campaign.round(stage, how, random.Random(f"{seed} {k} {attempt}"))
            found += wrong
            if killed:
                made[how] += 1
                break
        else:
            made["ended before"] += 1
    for k in range(processes if campaign.process else 0):
        stage = campaign.stages[k % len(campaign.stages)]
        killed, wrong = campaign.process_round(stage, random.Random(f"process {seed} {k}"))
        made["of qgis_process" if killed else "ended before"] += 1
        found += wrong
    return made, found


def main() -> int:
    parser = command(__doc__, 300, "kills in children of one QGIS")
    parser.add_argument(
        "--processes", type=int, default=-1, help="kills of whole qgis_process runs; one in forty by default"
    )
    given = parser.parse_args()
    need_qgis()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        processes = given.processes if given.processes >= 0 else -(-given.n // 40)
        made, found = attack(Path(home), given.n, given.seed, processes)
    kills = sum(n for how, n in made.items() if how != "ended before")
    print(*found, sep="\n")
    print(
        f"kills: {kills} runs killed ({', '.join(f'{n} {how}' for how, n in sorted(made.items()))}), {len(found)} findings, "
        f"{time.monotonic() - began:.0f} s"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
