"""The disk is full at the first write, the second, the third … of every run that writes: stores, layers, tables and pages.

    python -m tools.attack.full_disk --n 200 --seed 1

Each trial leaves so many free blocks on a small disk of its own and runs one algorithm that writes to it. A run that says it is
done must have written what the undisturbed one wrote; one that failed must say so in words and leave no file under the name that was
asked for, nor any beside it; a store must keep what it held, and hold all of it after one more run with room.

The small disk is one in memory, mounted in a namespace of this program's own. Where that is not allowed no file can grow beyond so many
blocks instead.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from tools.attack.command import command
from tools.attack.inside_qgis import BROKEN, DONE, Parameters, Qgis, Said, need_qgis, work_of, write_inbox
from tools.attack.small_force import (
    AREAS_FILE,
    FILES,
    content_of,
    differences,
    faults,
    whole_content,
    write_areas,
    write_extracts,
)

BLOCK = 4096
OWN_NAMESPACE = ("unshare", "--map-root-user", "--mount")
MARK = "IMPACT_AREA_SMALL_DISK"
ENDINGS = (".gpkg", ".csv", ".xlsx", ".ods", ".geojson", ".shp")


class SmallDisk:
    """A folder on which there is room for so many blocks."""

    def __init__(self, folder: Path) -> None:
        self._mount, self.folder = folder, folder / "work"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
        self.is_own = subprocess.run(command, capture_output=True, check=False).returncode == 0
        self.folder.mkdir()
        (folder / "ballast").write_bytes(bytes(BLOCK))  # to tmpfs a size of nothing means without an end

    def clear(self) -> None:
        self.leave(None)
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def leave(self, blocks: Optional[int]) -> Callable[[], None]:
        """Leave so many free blocks, or plenty; what to call in the process that writes."""
        if self.is_own:
            room = os.statvfs(self._mount)
            used = (room.f_blocks - room.f_bfree) * room.f_frsize
            size = "64m" if blocks is None else str(used + blocks * BLOCK)
            subprocess.run(["mount", "-o", f"remount,size={size}", str(self._mount)], check=True, capture_output=True)
            return lambda: None

        def limit() -> None:
            if blocks is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (blocks * BLOCK, resource.RLIM_INFINITY))

        return limit

    def close(self) -> None:
        if self.is_own:
            subprocess.run(["umount", "--lazy", str(self._mount)], check=False, capture_output=True)


@dataclass
class Writing:
    """One run that writes: to a store (its folder), or to files of its own (their names)."""

    name: str
    algorithm: str
    parameters: Parameters
    start: Optional[Path] = None
    outputs: tuple[str, ...] = ()
    blocks: int = 0
    content: object = None


def read_output(path: Path) -> object:
    """What a file says: its rows as a multiset, or for a page how long it is."""
    from osgeo import ogr

    if path.suffix == ".html":
        return len(path.read_text(encoding="utf-8")) // 100
    source = ogr.Open(str(path))
    if source is None:
        return None
    layer = source.GetLayer(0)
    found = Counter(
        (*(str(feature.GetField(i)) for i in range(feature.GetFieldCount())), str(feature.GetGeometryRef()))
        for feature in layer
    )
    return sorted(found.items())


class Campaign:
    """All runs that write, each done once with room."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.qgis = home, Qgis(home)
        self.disk = SmallDisk(home / "disk")
        extracts = write_extracts(home / "extracts", seed)
        write_areas(home / AREAS_FILE, 700.0)
        write_inbox(extracts, home / "inbox")
        self.store, self.writings = self.disk.folder / "store", []
        for name, runs in work_of(extracts, home / "inbox", self.store).items():
            for algorithm, parameters in runs:
                start = home / f"before {len(self.writings)}"
                if self.store.exists():
                    shutil.copytree(self.store, start)
                self._measured(Writing(f"{name}, {algorithm}", algorithm, parameters, start))
        self.kept = home / "kept"
        shutil.copytree(home / "before 4", self.kept)  # up to date, before the purge
        for writing in self._outputs(extracts):
            self._measured(writing)

    def _outputs(self, extracts: Path) -> list[Writing]:
        out, kept = self.disk.folder, self.kept
        fixes = f"{kept / 'restricted.gpkg'}|layername=fixes"
        found = []
        for end in ENDINGS:
            plain: Parameters = {"INPUT": fixes, "OUTPUT": str(out / f"o{end}"), "IDS_ARE_PSEUDONYMS": True}
            found.append(Writing(f"tracks {end}", "buildtracks", plain, None, (f"o{end}",)))
            given: Parameters = {"INPUT": str(extracts / "fixes_1.csv"), "OUTPUT": str(out / f"o{end}")}
            found.append(Writing(f"fixes {end}", "importaffiliations", given, None, (f"o{end}",)))
        page: Parameters = {
            "STORE": str(kept), "OUTPUT": str(out / "o.csv"), "OUTPUT_HTML": str(out / "o.html"), "AUDIENCE": "restricted",
            "FIRST_DAY": "2024-06-03", "LAST_DAY": "2024-06-05",
        }  # fmt: skip
        found.append(Writing("answers .csv .html", "answers", page, None, ("o.csv", "o.html")))
        mapping: Parameters = {
            "INPUT": str(extracts / "fixes_1.csv"),
            "SAVE_MAPPING": str(out / "m.json"),
            "CHECK_ONLY": True,
        }
        found.append(Writing("mapping .json", "importaffiliations", mapping, None, ("m.json",)))
        return found

    def _measured(self, writing: Writing) -> None:
        """Do a run with room, and keep what it wrote and how many blocks that took."""
        self.begin(writing)
        before = self._used()
        said, most = self.qgis.start(writing.algorithm, writing.parameters), 0
        while not said.is_over():
            most = max(most, self._used() - before)
            time.sleep(0.002)
        ended = said.wait()
        if ended.status != DONE:
            raise SystemExit(f"{writing.name} does not work undisturbed: {ended.text()}")
        writing.blocks = max(most, self._used() - before, 1)
        writing.content = self.written(writing)
        self.writings.append(writing)

    def _used(self) -> int:
        """Blocks in the files of the disk, as far as they are there just now."""
        total = 0
        for folder, _, names in os.walk(self.disk.folder):
            for name in names:
                try:
                    total += -(-os.path.getsize(os.path.join(folder, name)) // BLOCK)
                except OSError:
                    continue
        return total

    def begin(self, writing: Writing) -> None:
        self.disk.clear()
        if writing.start is not None and writing.start.exists():
            shutil.copytree(writing.start, self.store)

    def written(self, writing: Writing) -> object:
        if writing.start is not None:
            return whole_content(self.store)
        if writing.outputs == ("m.json",):
            return (self.disk.folder / "m.json").read_text(encoding="utf-8")
        return [read_output(self.disk.folder / name) for name in writing.outputs]

    def trial(self, writing: Writing, blocks: int) -> tuple[bool, list[str]]:
        """(whether the disk was full, what is wrong) with so many free blocks."""
        self.begin(writing)
        limit = self.disk.leave(blocks)
        said = self.qgis.in_child(writing.algorithm, writing.parameters, before=limit)
        self.disk.leave(None)
        where = f"{writing.name}, {blocks} of {writing.blocks} blocks free"
        wrong = [f"ends with {said.status}: {said.text()[-300:]}"] * (said.status < 0 or said.status == BROKEN)
        if "Traceback" in said.text():
            wrong.append(f"tells of it by {said.text()[-300:]}")
        wrong += self._of_store(writing, said) if writing.start is not None else self._of_files(writing, said)
        wrong += self.qgis.personal_files()
        return said.status != DONE, [f"{where}: {text}" for text in wrong]

    def _of_store(self, writing: Writing, said: Said) -> list[str]:
        if said.status == DONE and whole_content(self.store) != writing.content:
            return ["says that it is done, and the store is not as it should be"]
        again = self.qgis.in_child(writing.algorithm, writing.parameters)
        wrong = [f"the next run, with room, ends with {again.status}: {again.text()[-300:]}"] * (again.status != DONE)
        assert isinstance(writing.content, dict)
        return wrong + differences(writing.content, whole_content(self.store)) + faults(self.store)

    def _of_files(self, writing: Writing, said: Said) -> list[str]:
        there = sorted(p.name for p in self.disk.folder.iterdir())
        if said.status == DONE:
            missing = [f"says that it is done, and there is no {n}" for n in writing.outputs if n not in there]
            whole = not missing and self.written(writing) == writing.content
            return missing or ["says that it is done, and what it wrote is not whole"] * (not whole)
        return [f"failed ({said.text()[-120:]}), and left {', '.join(there)}"] * bool(there)


def attack(home: Path, n: int, seed: int) -> tuple[Counter[str], list[str]]:
    """(trials by how the disk was, findings): at most `n`, drawn among all free blocks of all runs, the smallest first of each."""
    campaign, rng = Campaign(home, seed), random.Random(seed)
    try:
        every = [(w, b) for w in campaign.writings for b in range(w.blocks + 2)]
        rng.shuffle(every)
        if n < len(every):  # every run is tried, and not only the one that writes most
            shares: dict[str, list[tuple[Writing, int]]] = {w.name: [] for w in campaign.writings}
            for w, b in every:
                shares[w.name].append((w, b))
            deepest = max(map(len, shares.values()))
            every = [s[k] for k in range(deepest) for s in shares.values() if k < len(s)][:n]
        made: Counter[str] = Counter()
        found: list[str] = []
        for writing, blocks in every:
            full, wrong = campaign.trial(writing, blocks)
            made["full" if full else "with room enough"] += 1
            found += wrong
        kept = {t: r for name in FILES for t, r in content_of(campaign.kept / name).items()}
        start = {t: r for name in FILES for t, r in content_of(campaign.home / "before 4" / name).items()}
        return made, found + differences(start, kept)
    finally:
        campaign.disk.close()


def main() -> int:
    given = command(__doc__, 200, "full disks at most").parse_args()
    need_qgis()
    if MARK not in os.environ and shutil.which("unshare"):
        inside = [
            *OWN_NAMESPACE,
            sys.executable,
            "-m",
            "tools.attack.full_disk",
            "--n",
            str(given.n),
            "--seed",
            str(given.seed),
        ]
        if subprocess.run([*OWN_NAMESPACE, "true"], capture_output=True, check=False).returncode == 0:
            return subprocess.run(inside, env={**os.environ, MARK: "1"}, check=False).returncode
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        made, found = attack(Path(home), given.n, given.seed)
    print(*found, sep="\n")
    print(
        f"full_disk: {made['full']} full disks, {made['with room enough']} with room enough, {len(found)} findings, "
        f"{time.monotonic() - began:.0f} s"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
