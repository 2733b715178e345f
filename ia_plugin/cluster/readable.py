"""Which files of a run can be read, and what is in them: one that cannot is named, and holds up no other."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..core.errors import TimeError
from .folders import Folder
from .plan import Plan
from .spark_stages import days_and_reach
from .spark_tables import AT_ONCE, fixes_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True)
class Contents:
    """What is in some files.

    Attributes
    ----------
    days : file -> day -> fixes
    not_read : names of files that are no Parquet or CSV, or broken
    without_time : rows whose moment cannot be known
    reached_us : until when the fixes of five officers go
    """

    days: dict[str, dict[int, int]] = field(default_factory=dict)
    not_read: list[str] = field(default_factory=list)
    without_time: int = 0
    reached_us: int = 0


def contents_of(spark: SparkSession, folder: Folder, names: Sequence[str], plan: Plan) -> Contents:
    """What is in some files of the input, every value of which is read once.

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
        return _read(spark, folder, names, plan)
    except (Py4JJavaError, PySparkException):  # Java's, of whichever file it came to first; what is ours comes through
        with ThreadPoolExecutor(AT_ONCE) as pool:
            good = list(pool.map(lambda name: _can_be_read(spark, folder, name, plan), names))
    broken = [name for name, is_good in zip(names, good) if not is_good]
    some = [name for name, is_good in zip(names, good) if is_good]
    found = _read(spark, folder, some, plan) if some else Contents()
    return Contents(found.days, broken, found.without_time, found.reached_us)


def _read(spark: SparkSession, folder: Folder, names: Sequence[str], plan: Plan) -> Contents:
    by_path = {_tail(folder.path(name)): name for name in names}
    days, lost, reached = days_and_reach(fixes_of(spark, [folder.path(n) for n in names], plan.names))
    if lost and not days:
        raise TimeError(
            f"None of the {lost:,} fixes has a moment that can be known.",
            "Write the moments with their offset (2024-06-03T12:00:00Z), or as a Parquet timestamp in UTC.",
        )
    found: dict[str, dict[int, int]] = {name: {} for name in names} | {
        by_path[_tail(path)]: of_file for path, of_file in days.items()
    }
    return Contents(found, [], lost, reached)


def _can_be_read(spark: SparkSession, folder: Folder, name: str, plan: Plan) -> bool:
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        days_and_reach(fixes_of(spark, [folder.path(name)], plan.names))
    except (Py4JJavaError, PySparkException):
        return False
    return True


def _tail(path: str) -> str:
    """A path without what each program writes before it (file:/, file:///), and as it is spelt."""
    from urllib.parse import unquote

    return unquote(path).partition(":")[2].lstrip("/")
