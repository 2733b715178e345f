"""Hostile layers, parameters, files and stores through every algorithm: an answer that adds up, or a refusal in a sentence.

    python -m tools.attack.fuzz_layers --n 2000 --seed 1

Each case is a good run of one algorithm with a few things spoilt: rows, fields, geometry or system of a layer, the bytes or
the tables of a GeoPackage or a store, parameters, CONFIG, where the outputs go. Cases run in processes of their own, a
hundred in each, so that a crash or a hang (more than a minute) is a finding and not the end. Other findings: an error that
is none of ours or that nobody foresaw, a refusal without a remedy or with a class name in it, anything said that quotes a
planted person, an input that was changed, a file left by a run that failed, an output that cannot be loaded or holds an
infinite number. The last line is the figure; the exit status is 1 where anything was found.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import pandas as pd
import shapely

from ia_plugin.core.movement import default_model
from ia_plugin.core.privacy import Key
from ia_plugin.store.imports import bring_file
from ia_plugin.store.refresh import refresh, set_areas
from ia_plugin.store.store import Store
from tools.attack.command import command
from tools.attack.fuzz_files import AT, fixes, postings
from tools.attack.fuzz_files import events as crimes
from tools.qgis_env import environment

SLOW_S, CASES_OF_A_PROCESS = 60, 100
SECRET = bytes(range(7, 250, 5)).hex().encode()  # the key of a fuzzer, known to all


@dataclass
class Found:
    """What a campaign met."""

    outcomes: Counter[str] = field(default_factory=Counter)
    algorithms: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)  # beginnings of refusals
    findings: list[tuple[int, str, str]] = field(default_factory=list)  # case, label, what

    def figure(self) -> str:
        tried, kinds = sum(self.outcomes.values()), len(self.algorithms)
        done, refused = self.outcomes["done"], self.outcomes["refused"]
        return (
            f"fuzz_layers: {tried:,} runs of {kinds} algorithms, {done:,} done, {refused:,} refused, "
            f"{self.outcomes['died']} died, {len(self.findings)} findings"
        )


def make_store(folder: Path) -> Path:
    """A good store, which cases get copies of."""
    boxes = [shapely.box(x, 284_000, x + 900, 287_000) for x in (404_800, 405_700)]
    areas = pd.DataFrame({"area_id": ["A0", "A1"], "role": ["impact", "comparison"], "geometry": boxes})
    with Store(folder / "store", Key(SECRET)) as store:
        for kind, table in (("affiliations", fixes()), ("postings", postings()), ("events", crimes())):
            path = folder / f"{kind}.csv"
            with path.open("w", newline="", encoding="utf-8") as stream:
                csv.writer(stream).writerows(table)
            bring_file(store, path, kind, at=AT)
        set_areas(store, areas)
        refresh(store, model=default_model())
    return folder / "store"


def campaign(folder: Path, n: int, seed: int) -> Found:
    """Try `n` cases; the folders of those that are findings stay."""
    found, first = Found(), 0
    make_store(folder)
    (folder / "key").write_bytes(SECRET)
    (folder / "key").chmod(0o600)
    while first < n:
        first = batch(folder, first, min(n, first + CASES_OF_A_PROCESS), seed, found)
    return found


def batch(folder: Path, first: int, last: int, seed: int, found: Found) -> int:
    """Cases in one process, into `found`; the number of the next case to be tried."""
    report, errors = folder / "report.jsonl", folder / "stderr.txt"
    report.unlink(missing_ok=True)
    variables = environment(plugins=folder / "plugins", config=folder / "config")
    variables.update({"IMPACTAREAS_KEY_FILE": str(folder / "key"), "TMPDIR": str(folder)})
    command = [sys.executable, "-m", "tools.attack.fuzz_layers_cases", str(folder), str(first), str(last), str(seed)]
    with errors.open("wb") as stream:
        limit_s = 2 * SLOW_S * (last - first)
        done = subprocess.run(
            command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, timeout=limit_s, check=False
        )  # fmt: skip
    at, label, ended = first, "", first
    for line in lines_of(report):
        at, label = int(str(line["case"])), str(line["label"])
        if line["step"] == "end":
            ended = at + 1
            found.outcomes[str(line["outcome"])] += 1
            found.algorithms[label.split(" ")[0]] += 1
            found.said[shape_of(str(line["why"]))] += 1
            found.findings += [(at, label, what) for what in line["findings"]]  # type: ignore[attr-defined]
    if ended == last and done.returncode == 0:
        return last
    if ended > at or not label:  # no case was under way: nothing could start
        raise SystemExit(f"The cases could not be run: {errors.read_text(encoding='utf-8', errors='replace')[-2000:]}")
    said = errors.read_text(encoding="utf-8", errors="replace")
    what = f"more than {SLOW_S} s" if "Timeout (" in said else f"the process died ({done.returncode})"
    found.outcomes["died"] += 1
    found.findings.append((at, label, f"{what}: {said[-1500:]}"))
    return at + 1


def shape_of(said: str) -> str:
    """The beginning of a refusal, names and numbers left out."""
    words = said.replace("Unable to execute algorithm\n", "QGIS: ")
    return re.sub(r"'[^']*'|\"[^\"]*\"|\d[\d,.]*|/\S+", "…", words)[:110]


def lines_of(report: Path) -> Iterator[dict[str, object]]:
    if report.is_file():
        yield from map(json.loads, report.read_text(encoding="utf-8").splitlines())


def main() -> int:
    parser = command(__doc__, 1_000)
    parser.add_argument("--say", action="store_true", help="count what refusals say")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="fuzz_layers_"))
    found = campaign(folder, asked.n, asked.seed)
    for words, times in found.said.most_common() if asked.say else ():
        print(f"{times:5d} {words!r}")
    for case, label, what in found.findings[:40]:
        print(f"case {case}: {what}\n    <= {label[:1500]}")
    if found.findings:
        print(f"The cases are in {folder}.")
    else:
        shutil.rmtree(folder)
    print(found.figure())
    return 1 if found.findings else 0


if __name__ == "__main__":
    sys.exit(main())
