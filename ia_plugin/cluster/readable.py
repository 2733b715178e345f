"""Which files of a run can be read, and what is in them: one that cannot is named, and holds up no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Callable
from urllib.parse import unquote

import pandas as pd

from ..core.errors import ColumnError, FileError, ImpactAreaError, TimeError
from ..core.suppression import LEAST
from .faults import javas
from .folders import Folder
from .spark_tables import AT_ONCE, AWAY

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Read = Callable[[Sequence[str]], "DataFrame"]
CENSUS = ("file", "day", "officer_id", "source", "n", "placed", "us")
_BROKEN = FileError("It is broken, or neither Parquet nor CSV.", "Copy or export it again, or take it away.")
_COLUMNS = "Say in COLUMNS what each is called."
_NUMBERS = "Give it columns of eastings and northings in metres, with a decimal point."


@dataclass(frozen=True)
class Contents:
    """What is in some files.

    Attributes
    ----------
    days : file -> day -> fixes
    not_read : name of a file that cannot serve -> why: it is no Parquet or CSV, broken, or has rows of which none is a fix
    without_time : rows whose moment cannot be known
    reached_us : until when the fixes of five officers go
    census : fixes by ``file, day, officer_id, source``: ``n`` of them, ``placed`` those with a position, the last at ``us``; all that
        the layout of a run needs to know
    """

    days: dict[str, dict[int, int]] = field(default_factory=dict)
    not_read: dict[str, str] = field(default_factory=dict)
    without_time: int = 0
    reached_us: int = 0
    census: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(CENSUS)))


def contents_of(folder: Folder, names: Sequence[str], read: Read) -> Contents:
    """What is in some files of the input, every value of which is read once.

    Parameters
    ----------
    read : the fixes of some files, by their names in the folder

    Raises
    ------
    FileError
        where no file at all can serve, and what is wrong is not that each is broken: that is a fault of the plan and of no file.
    """
    if not names:
        return Contents()
    faults: dict[str, ImpactAreaError] = {}
    try:
        census = census_of(read(names))
    except Exception as error:  # of whichever file it came to first
        if not isinstance(error, (ImpactAreaError, *javas())):
            raise
        with ThreadPoolExecutor(AT_ONCE) as pool:
            tried = list(pool.map(lambda name: _tried(name, read), names))
        faults = {name: found for name, found in zip(names, tried) if isinstance(found, ImpactAreaError)}
        some = [found for found in tried if isinstance(found, pd.DataFrame)]
        census = pd.concat(some, ignore_index=True) if some else Contents().census
    by_path = {_tail(folder.path(name)): name for name in names}
    census = census.assign(file=[by_path[_tail(unquote(path))] for path in census["file"]])
    faults |= _without_fixes(census)
    plain = {name: error for name, error in faults.items() if error is not _BROKEN}
    if plain and len(faults) == len(names):
        name, fault = next(iter(plain.items()))
        raise FileError(f"No file of the input can serve; {name}: {fault.message}", fault.remedy)
    return _counted([name for name in names if name not in faults], census[~census["file"].isin(list(faults))], faults)


def _counted(names: Sequence[str], census: pd.DataFrame, faults: Mapping[str, ImpactAreaError]) -> Contents:
    not_read = {name: str(error) for name, error in faults.items()}
    if not len(census):
        return Contents({name: {} for name in names}, not_read)
    lost = int(census.loc[census["day"].isna(), "n"].sum())
    census = census[census["day"].notna()].astype({"day": "int64"})
    found: dict[str, dict[int, int]] = {name: {} for name in names}
    for (file, day), n in census.groupby(["file", "day"])["n"].sum().items():
        found[str(file)][int(day)] = int(n)
    last = census.groupby("officer_id")["us"].max().nlargest(LEAST)
    reached = int(last.min()) if len(last) == LEAST else 0
    return Contents(found, not_read, lost, reached, census)


def _without_fixes(census: pd.DataFrame) -> dict[str, ImpactAreaError]:
    """Files that have rows, of which none can be a fix -> what all of them lack.

    Such a file was written otherwise than the others: its moments say no offset, or its positions have decimal commas.
    """
    found: dict[str, ImpactAreaError] = {}
    for has, error in (
        (census["day"].notna(), TimeError("None of its rows has a moment that can be known.", AWAY)),
        (census["officer_id"].notna(), ColumnError("None of its rows has an officer's id.", _COLUMNS)),
        (census["placed"] > 0, ColumnError("None of its rows has a position that can be read.", _NUMBERS)),
    ):
        some = has.groupby(census["file"]).any().astype(bool)
        found |= {str(name): error for name in some.index[~some] if name not in found}
    return found


def census_of(fixes: DataFrame) -> pd.DataFrame:
    """How many fixes each officer has in each file, on each day and of each source, and when the last was; reads every column of every row."""
    from pyspark.sql import functions as F

    source = F.coalesce(F.col("source"), F.lit("")) if "source" in fixes.columns else F.lit("")
    every = F.max(F.hash(*[c for c in fixes.columns if c not in ("file", "day")]))
    counted = fixes.withColumn("source", source).groupBy("file", "day", "officer_id", "source")
    placed = F.count(F.when(F.abs("x") + F.abs("y") < float("inf"), True)).alias("placed")
    return counted.agg(F.count("*").alias("n"), placed, F.max("us").alias("us"), every).select(*CENSUS).toPandas()


def _tried(name: str, read: Read) -> pd.DataFrame | ImpactAreaError:
    """The census of a file; else why it cannot serve."""
    try:
        return census_of(read([name]))
    except ImpactAreaError as error:
        return error
    except javas():
        return _BROKEN


def _tail(path: str) -> str:
    """A path without what each program writes before it (file:/, file:///)."""
    return path.partition(":")[2].lstrip("/")
