"""Names of areas as parts of names of files, on every system (standard library only)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 60  # letters: Windows has 260 for a whole path
MOST_BYTES = 120  # Linux has 255 bytes for a name, and letters of four bytes are letters too
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def file_names(names: Sequence[str]) -> list[str]:
    """A name of a file for each name, none twice, whatever a system takes for the same.

    Marks that nobody sees are left out: those that turn the direction of writing would show another ending than the file has.

    Examples
    --------
    >>> file_names(["Aston / Nechells", "aston - nechells", "CON", "Lozells. ", ""])
    ['Aston - Nechells', 'aston - nechells 2', 'CON_', 'Lozells', 'area']
    >>> file_names(["Aston\\u202egnp"])
    ['Astongnp']
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        text = " ".join(_NOT_IN_FILES.sub("-", _seen(name)).split())[:LONGEST]
        text = text.encode("utf-8")[:MOST_BYTES].decode("utf-8", "ignore").strip(" .") or "area"
        text = f"{text}_" if _DEVICES.fullmatch(text) else text
        number, free = 1, text
        while free.casefold() in taken:
            number += 1
            free = f"{text} {number}"
        taken.add(free.casefold())
        found.append(free)
    return found


def _seen(text: str) -> str:
    """A text without what is no letter to be seen: marks of direction and of joining, halves of letters."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs"))


__all__ = ["file_names"]
