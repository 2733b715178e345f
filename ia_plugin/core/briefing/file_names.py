"""Names of areas as parts of names of files, on every system (standard library only)."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 60  # letters: Windows has 260 for a whole path
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def file_names(names: Sequence[str]) -> list[str]:
    """A name of a file for each name, none twice, whatever a system takes for the same.

    Examples
    --------
    >>> file_names(["Aston / Nechells", "aston - nechells", "CON", "Lozells. ", ""])
    ['Aston - Nechells', 'aston - nechells 2', 'CON_', 'Lozells', 'area']
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        text = " ".join(_NOT_IN_FILES.sub("-", name).split())[:LONGEST].strip(" .") or "area"
        text = f"{text}_" if _DEVICES.fullmatch(text) else text
        number, free = 1, text
        while free.casefold() in taken:
            number += 1
            free = f"{text} {number}"
        taken.add(free.casefold())
        found.append(free)
    return found


__all__ = ["file_names"]
