"""What a run has to do: which files are new or others than before, and the days that are due because of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .folders import FoundFile
from .runs import Label, Manifest
from .spans import MARGIN_DAYS, about, day_number, day_text

_DAY = re.compile(r"(20\d\d-\d\d-\d\d)")


def labels_of(files: Iterable[FoundFile]) -> dict[str, list[FoundFile]]:
    """The files of each day's input, by the day in their name; what has none is called by its folder, or by itself.

    >>> files = [FoundFile(n, 1, 1) for n in ("day=2024-06-03/a.parquet", "2024-06-04.csv", "old/x.parquet")]
    >>> sorted(labels_of(files))
    ['2024-06-03', '2024-06-04', 'old']
    """
    found: dict[str, list[FoundFile]] = {}
    for file in files:
        day = _DAY.search(file.name)
        label = day.group(1) if day else file.name.rpartition("/")[0] or file.name
        found.setdefault(label, []).append(file)
    return found


def facts_of(files: Sequence[FoundFile]) -> list[list[object]]:
    """What tells the files of a label from others of the same names."""
    return [[f.name, f.size, f.changed_ms] for f in sorted(files, key=lambda f: f.name)]


@dataclass(frozen=True)
class Changed:
    """Labels whose files are new or others than before, and those that are gone."""

    fresh: dict[str, list[FoundFile]]
    gone: list[str]

    def __bool__(self) -> bool:
        return bool(self.fresh or self.gone)


def changed(before: Manifest, now: dict[str, list[FoundFile]]) -> Changed:
    """What of the input is not as it was; files that could not be read are tried again."""
    fresh = {
        label: files
        for label, files in now.items()
        if label not in before.inputs
        or before.inputs[label].files != facts_of(files)
        or any(f.name in before.not_read for f in files)
    }
    return Changed(fresh, [label for label in before.inputs if label not in now])


def due_days(
    before: Manifest, found: Changed, inputs: dict[str, Label], rule: dict[str, str], events: dict[str, str]
) -> set[int]:
    """The civil days (since 1970) to compute.

    Parameters
    ----------
    inputs : every label as it is now, with the days of its fixes
    rule, events : marks of today, see :mod:`.force`

    Returns
    -------
    All days with fixes where the rule is another; else the days of changed files, as they were and as they are, and those about
    them that a stretch of an officer's time may reach; and days whose events are others.
    """
    with_fixes = {day for label in inputs.values() for day in map(int, label.days)}
    possible = about(with_fixes, 1) | {day_number(day) for day in before.days}
    if rule != before.rule:
        return possible
    moved = {d for label in found.fresh for d in map(int, inputs[label].days)}
    moved |= {
        d
        for label in (*found.fresh, *found.gone)
        if label in before.inputs
        for d in map(int, before.inputs[label].days)
    }
    of_events = {int(d) for d in {*events, *before.events} if events.get(d) != before.events.get(d)}
    return (about(moved) | of_events) & possible


def files_to_read(inputs: dict[str, Label], due: set[int]) -> list[str]:
    """The files whose fixes some days hang on."""
    wanted = about(due, MARGIN_DAYS)
    return sorted(
        str(f[0]) for label in inputs.values() if not wanted.isdisjoint(map(int, label.days)) for f in label.files
    )


def in_words(days: Iterable[int]) -> str:
    """How many days, and from when to when.

    >>> in_words([day_number("2024-06-03"), day_number("2024-06-04")])
    '2 days, 2024-06-03 to 2024-06-04'
    """
    some = sorted(days)
    return f"{len(some)} days, {day_text(some[0])} to {day_text(some[-1])}" if some else "no day"
