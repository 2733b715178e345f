"""Which files of a run can be read, and what is in them: one that cannot is named, and holds up no other."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Callable

import pandas as pd

from ..core.errors import TimeError
from ..core.suppression import LEAST
from .folders import Folder
from .spark_tables import AT_ONCE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Read = Callable[[Sequence[str]], "DataFrame"]
CENSUS = ("file", "day", "officer_id", "source", "n", "us")


@dataclass(frozen=True)
class Contents:
    """What is in some files.

    Attributes
    ----------
    days : file -> day -> fixes
    not_read : names of files that are no Parquet or CSV, or broken
    without_time : rows whose moment cannot be known
    reached_us : until when the fixes of five officers go
    census : fixes by ``file, day, officer_id, source``: ``n`` of them, the last at ``us``; all that the layout of a run needs to know
    """

    days: dict[str, dict[int, int]] = field(default_factory=dict)
    not_read: list[str] = field(default_factory=list)
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
    ColumnError, TimeError
        for files that lack a column, and where no moment at all can be known: that is a fault of the plan and of no file.
    """
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    if not names:
        return Contents()
    try:
        return _counted(folder, names, read)
    except (Py4JJavaError, PySparkException):  # Java's, of whichever file it came to first; what is ours comes through
        with ThreadPoolExecutor(AT_ONCE) as pool:
            good = list(pool.map(lambda name: _can_be_read(name, read), names))
    broken = [name for name, is_good in zip(names, good) if not is_good]
    some = [name for name, is_good in zip(names, good) if is_good]
    found = _counted(folder, some, read) if some else Contents()
    return replace(found, not_read=broken)


def _counted(folder: Folder, names: Sequence[str], read: Read) -> Contents:
    by_path = {_tail(folder.path(name)): name for name in names}
    census = census_of(read(names))
    lost = int(census.loc[census["day"].isna(), "n"].sum())
    census = census[census["day"].notna()].astype({"day": "int64"})
    if lost and not len(census):
        raise TimeError(
            f"None of the {lost:,} fixes has a moment that can be known.",
            "Write the moments with their offset (2024-06-03T12:00:00Z), or as a Parquet timestamp in UTC.",
        )
    found: dict[str, dict[int, int]] = {name: {} for name in names}
    for (path, day), n in census.groupby(["file", "day"])["n"].sum().items():
        found[by_path[_tail(path)]][int(day)] = int(n)
    last = census.groupby("officer_id")["us"].max().nlargest(LEAST)
    return Contents(found, [], lost, int(last.min()) if len(last) == LEAST else 0, census)


def census_of(fixes: DataFrame) -> pd.DataFrame:
    """How many fixes each officer has in each file, on each day and of each source, and when the last was; reads every column of every row."""
    from pyspark.sql import functions as F

    source = F.coalesce(F.col("source"), F.lit("")) if "source" in fixes.columns else F.lit("")
    every = F.max(F.hash(*[c for c in fixes.columns if c not in ("file", "day")]))
    counted = fixes.withColumn("source", source).groupBy("file", "day", "officer_id", "source")
    return counted.agg(F.count("*").alias("n"), F.max("us").alias("us"), every).select(*CENSUS).toPandas()


def _can_be_read(name: str, read: Read) -> bool:
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        census_of(read([name]))
    except (Py4JJavaError, PySparkException):
        return False
    return True


def _tail(path: str) -> str:
    """A path without what each program writes before it (file:/, file:///), and as it is spelt."""
    from urllib.parse import unquote

    return unquote(path).partition(":")[2].lstrip("/")
