"""Runs of the cluster: each in a folder of its own, and a manifest, put there last, that says which of them counts for which day.

A reader takes the manifest of the highest number. Whatever ends a run before its manifest has its name, the days are those of before.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from threading import Event, Thread

from ..core.errors import StoreError
from ..store.tables import SUMMARY
from .folders import Folder

FORMAT = 1
LOCK = "run.lock"
BEAT_S = 20.0
"""How often a run says that it lives."""


@dataclass(frozen=True)
class Label:
    """One day's input: its files (name, size, ms of change), and how many fixes of which days (since 1970, UTC) are in them."""

    files: list[list[object]] = field(default_factory=list)
    days: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """What counts.

    Attributes
    ----------
    number : of the manifest, one more each run
    run : whose it is
    rule : what the days were computed by (areas, model, method, …), in marks; another makes all days due
    gaps : source -> longest gap, seconds, kept from when the source was first met
    inputs : label of a day's input -> its files
    days : civil day -> the run that holds its rows
    months : closed month -> the run that told it, and for which areas
    events, postings : marks of what they said, by day
    reached_us : until when the fixes of five officers go (microseconds since 1970)
    not_read : files that could not be read; the run is not complete
    counts : fixes read, legs made and the like, of the last run
    """

    number: int = 0
    run: str = ""
    version: str = ""
    rule: dict[str, str] = field(default_factory=dict)
    gaps: dict[str, float] = field(default_factory=dict)
    inputs: dict[str, Label] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    months: dict[str, dict[str, str]] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    reached_us: int = 0
    not_read: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every file that was there was read."""
        return not self.not_read

    def text(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True, indent=1)


def manifest_of(text: str) -> Manifest:
    """The manifest of its text.

    Raises
    ------
    StoreError
        for one of a newer form, and one that is damaged.
    """
    try:
        facts = json.loads(text)
        newer = facts.pop("format") > FORMAT
        if not newer:
            inputs = {name: Label(**label) for name, label in facts.pop("inputs").items()}
            return Manifest(**facts, inputs=inputs)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise StoreError(
            "The newest manifest of OUTPUT is damaged.",
            "Take it out of the folder 'manifests': the run before it counts then, and what came since is computed again.",
        ) from None
    raise StoreError("The folder was written by a newer version.", "Use that version, or another folder.")


def newest(folder: Folder) -> Manifest:
    """The manifest that counts; one without anything where there is none yet."""
    names = [f.name for f in folder.files("manifests") if f.name.endswith(".json")]
    text = folder.read_text(max(names)) if names else None
    return manifest_of(text) if text is not None else Manifest()


def with_its_runs(folder: Folder, manifest: Manifest) -> Manifest:
    """The manifest; where the folder of a run that it names is gone, one of nothing but its number: all is to be computed anew."""
    if manifest.number == 0:
        return manifest
    there = set(folder.children("runs"))
    whole = SUMMARY in folder.children(f"runs/{manifest.run}")
    return manifest if whole and used_runs(manifest) <= there else Manifest(manifest.number)


def used_runs(manifest: Manifest) -> set[str]:
    """The runs whose folders a manifest names."""
    return {manifest.run, *manifest.days.values(), *(m["run"] for m in manifest.months.values())}


def put_in_place(folder: Folder, manifest: Manifest) -> None:
    """Make a manifest the one that counts: all of it, or nothing.

    Raises
    ------
    StoreError
        where another run was quicker.
    """
    name = f"manifests/{manifest.number:08d}.json"
    unfinished = f"runs/{manifest.run}/_manifest.json"
    folder.write_new(unfinished, manifest.text())
    try:
        folder.move(unfinished, name)
    except FileExistsError:
        raise StoreError(
            f"Another run ended while {manifest.run} was computing, so nothing of this one counts.",
            "Run it again; let one run at a time.",
        ) from None


def new_run(now: time.struct_time) -> str:
    """A name for a run, later ones after earlier ones."""
    return f"{time.strftime('%Y%m%dT%H%M%SZ', now)}-{uuid.uuid4().hex[:6]}"


@contextmanager
def alone(folder: Folder, run: str, *, stale_s: float = 600.0) -> Iterator[None]:
    """Hold a folder for one run; what a run that died left behind is taken over once it has not been seen to for `stale_s` seconds.

    Raises
    ------
    StoreError
        where another run is at it.
    """
    try:
        folder.write_new(LOCK, run)
    except FileExistsError:
        _take_over(folder, run, stale_s)
    over = Event()
    beat = Thread(target=_beats, args=(folder, over), daemon=True)
    beat.start()
    try:
        yield
    finally:
        over.set()
        beat.join(timeout=BEAT_S)
        if folder.read_text(LOCK) == run:
            folder.remove(LOCK)


def _take_over(folder: Folder, run: str, stale_s: float) -> None:
    holder = folder.read_text(LOCK) or ""
    seen = folder.changed_ms(LOCK)
    if seen is not None and time.time() * 1_000 - seen < stale_s * 1_000:
        raise StoreError(
            f"Another run is at it ({holder or 'it has just begun'}).",
            f"Wait for it. If it died, this folder is free {stale_s:.0f} s after its last sign.",
        )
    gone = f"runs/{run}/_lock_of_{holder or 'nobody'}"
    with suppress(FileNotFoundError, FileExistsError):
        folder.move(LOCK, gone)  # of two that see it, one moves it
    try:
        folder.write_new(LOCK, run)
    except FileExistsError:
        raise StoreError("Another run has just begun.", "Wait for it.") from None


def _beats(folder: Folder, over: Event) -> None:
    while not over.wait(BEAT_S):
        folder.touch(LOCK)


def place_of_work(run: str) -> str:
    """Where a run puts what its driver asks for; taken away once the run counts."""
    return f"runs/{run}/work/pieces/room=work"


def superseded(manifest: Manifest, runs: list[str]) -> list[str]:
    """Runs whose folder no day, month or manifest names any more.

    >>> superseded(Manifest(1, "c", days={"2024-06-03": "b"}), ["a", "b", "c"])
    ['a']
    """
    used = used_runs(manifest)
    return [run for run in runs if run not in used]
