"""Flags on figures in the store: raised, answered, and taken in from the files that readers without write access leave.

Files rest in ``flags/`` beside the summary; its administrator lets readers write there and nowhere else. The daily refresh takes
them in. One that cannot be taken in is set aside with its reason, and holds up nothing.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.columns import FLAGS
from ..core.errors import FileError, ImpactAreaError, StoreError
from ..core.flag_file import LARGEST, REMEDY, Flag, answered, flags_shown, new_flag, read_flag_file
from ..core.sentence import phrase, sentence
from ..core.write_file import write_file
from .audit import run_row
from .folder import DROPS, check_folder
from .ledger import add_row, refuse_superseded, rows_of
from .summary import summary_path

RAISED, ANSWERED = "flag on a figure", "answer to a flag"  # in the record of runs
TAKEN, ASIDE = "taken", "set aside"  # folders in that of flags
_REASON = ".reason.txt"  # beside a file that was set aside
MOST = 500  # files that one run takes in
SETTLED_S = 60.0  # a file that cannot be read and changed more lately than this may still be being copied


@dataclass(frozen=True)
class TakenFlags:
    """What became of the files of a drop folder: flags taken in, those known already, and why others were set aside."""

    taken: int = 0
    known: int = 0
    set_aside: tuple[str, ...] = ()
    left: int = 0

    def sentences(self) -> list[str]:
        """What a run says of it; nothing where there was nothing."""
        found = [f"{self.taken} flags on figures were taken in."] if self.taken > 1 else []
        found = ["1 flag on a figure was taken in."] if self.taken == 1 else found
        if self.left:
            found.append(f"Files of flags left for the next run: {self.left}.")
        return found


def raise_flag(folder: Union[str, Path], reference: str, text: str, *, at: pd.Timestamp, version: str) -> str:
    """Raise a flag at a figure, in the store; its id.

    Raises
    ------
    ParameterError, PrivacyError
        as :func:`~ia_plugin.core.flag_file.new_flag`.
    StoreError
        where the store may not be written: then :func:`drop_flag` does it.
    """
    flag = new_flag(reference, text, at)
    _add(folder, flag, at, version)
    return flag.flag_id


def drop_flag(folder: Union[str, Path], reference: str, text: str, *, at: pd.Timestamp, where: Optional[Path] = None) -> Path:  # fmt: skip
    """Leave a flag as a file, for the next refresh; its path.

    Parameters
    ----------
    where : another folder than the store's own for such files; somebody has to bring it there

    Raises
    ------
    ParameterError, PrivacyError
        as :func:`~ia_plugin.core.flag_file.new_flag`.
    FileError
        where there is no such folder, or the file cannot be written there.
    StoreError
        for a folder that is removable or synchronised to a cloud.
    """
    flag = new_flag(reference, text, at)
    drops = where if where is not None else summary_path(folder).parent / DROPS
    check_folder(drops)
    if not drops.is_dir():
        raise FileError(
            sentence("There is no folder {folder!r} for flags.", folder=str(drops)),
            "Ask who keeps the store to make it, or choose another.",
        )
    return write_file(drops / f"flag_{flag.flag_id}.json", flag.as_file())


def answer_flag(
    folder: Union[str, Path], flag_id: str, *, status: str, owner: str = "", reply: str = "", at: pd.Timestamp, version: str
) -> str:  # fmt: skip
    """Answer a flag as it stands: its status, the role that owns it, what was found; the id of the new row.

    Raises
    ------
    ParameterError, PrivacyError
        as :func:`~ia_plugin.core.flag_file.answered`.
    StoreError
        where there is no such flag, somebody else answered it meanwhile, or the store may not be written.
    """
    rows = rows_of(folder, FLAGS.name)
    check = refuse_superseded("flag_id", flag_id, "flag")
    check(rows)
    row = answered(rows[rows["flag_id"].eq(flag_id)].iloc[0].to_dict(), status, owner, reply, at)
    new_id = str(row.iloc[0]["flag_id"])
    parameters = {"flag": flag_id, "figure": row.iloc[0]["figure"], "status": status}
    run = run_row(ANSWERED, at=at, version=version, parameters=parameters)
    add_row(folder, FLAGS.name, row, run=run, check=check)
    return new_id


def read_flags(folder: Union[str, Path]) -> pd.DataFrame:
    """The flags of a store as they stand, the latest first."""
    return flags_shown(rows_of(folder, FLAGS.name))


def take_in_flags(folder: Union[str, Path], *, at: pd.Timestamp, version: str) -> TakenFlags:
    """Take the files of the drop folder into the store. It raises nothing for a file, whatever is in it.

    Raises
    ------
    StoreError
        where the store itself cannot be written.
    """
    drops = summary_path(folder).parent / DROPS
    names = _names(drops)
    if not names:
        return TakenFlags()
    known_ids = set(rows_of(folder, FLAGS.name)["flag_id"])
    taken = known = left = 0
    set_aside: list[str] = []
    for name in names[:MOST]:
        path = drops / name
        try:
            flag = _read(path, at)
            if flag is None:
                left += 1
                continue
            if flag.flag_id in known_ids:
                known += 1
            else:
                _add(folder, flag, at, version)
                known_ids.add(flag.flag_id)
                taken += 1
        except StoreError:
            raise
        except ImpactAreaError as error:
            set_aside.append(f"{_shown(name)}: {error}")
            _move(path, drops / ASIDE, str(error))
            continue
        _move(path, drops / TAKEN)
    return TakenFlags(taken, known, tuple(set_aside), left + max(0, len(names) - MOST))


def old_files(folder: Union[str, Path], before: pd.Timestamp) -> dict[str, list[Path]]:
    """Files of flags that were taken in or set aside and are older than `before`, by the folder they lie in.

    One that was set aside may name a person: it is the text as its writer left it. Its reason beside it goes with it.
    """
    drops = summary_path(folder).parent / DROPS
    found = {}
    for name in (TAKEN, ASIDE):
        paths = [p for p in sorted((drops / name).glob("*")) if _is_older(p, before)]
        found[f"{DROPS}/{name}"] = [*paths, *(r for p in paths if (r := Path(f"{p}{_REASON}")) not in paths and r.is_file())]  # fmt: skip
    return {name: paths for name, paths in found.items() if paths}


def _is_older(path: Path, before: pd.Timestamp) -> bool:
    try:
        facts = os.lstat(path)
    except OSError:
        return False
    return not stat.S_ISDIR(facts.st_mode) and facts.st_mtime < before.timestamp()


def _add(folder: Union[str, Path], flag: Flag, at: pd.Timestamp, version: str) -> None:
    run = run_row(RAISED, at=at, version=version, parameters={"flag": flag.flag_id, "figure": flag.figure})
    add_row(folder, FLAGS.name, flag.as_row(at), run=run)


def _names(drops: Path) -> list[str]:
    """Files of the drop folder, by name; none where there is no such folder, or it cannot be read."""
    try:
        return sorted(n for n in os.listdir(drops) if n.lower().endswith(".json") and not n.startswith((".", "~")))
    except OSError:
        return []


def _read(path: Path, now: pd.Timestamp) -> Optional[Flag]:
    """The flag of a file; None for one that may still be being copied."""
    try:
        facts = os.lstat(path)
        if not stat.S_ISREG(facts.st_mode):
            raise FileError("It is no plain file.", REMEDY)
        with open(path, "rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise FileError(sentence('It cannot be read ({why}).', why=error.strerror or phrase('by this user')), "Its writer, or who keeps the store, can let it be read.") from None  # fmt: skip
    try:
        return read_flag_file(content, now)
    except FileError:
        if 0 <= time.time() - facts.st_mtime < SETTLED_S:
            return None
        raise


def _move(path: Path, to: Path, reason: str = "") -> None:
    """Put a file away, with its reason beside it; where that may not be it stays, and is known by its id or told again."""
    with suppress(OSError, ImpactAreaError):
        to.mkdir(exist_ok=True)
        name = path.name
        while (to / name).exists():
            name = f"again {name}"[:200]
        os.replace(path, to / name)
        if reason:
            write_file(to / f"{name}{_REASON}", reason + "\n")


def _shown(name: str) -> str:
    """The name of a drop file as a log may show it: one of ours, or no more than that there is one."""
    return name if name.startswith("flag_") and len(name) <= 45 and name[5:-5].isalnum() else "a file that is not named as a flag"  # fmt: skip


__all__ = ["DROPS", "TakenFlags", "answer_flag", "drop_flag", "old_files", "raise_flag", "read_flags", "take_in_flags"]
