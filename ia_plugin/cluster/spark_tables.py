"""Tables as Spark reads them: the force's fixes by file, and the small tables that every task is given.

Moments come as microseconds since 1970, whatever the session's clock: a column of moments that Spark hands to Python folds 00:30Z and
01:30Z of an October night into one where that clock is Europe/London.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from typing import TYPE_CHECKING, Any, Optional

import pandas as pd

from ..core.columns import TABLES
from ..core.errors import ColumnError, TimeError
from ..core.times.instants import instants
from .folders import Folder
from .plan import FIX_COLUMNS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

AT_ONCE = 8
"""Files that are looked at one by one at the same time."""
NEEDED = ("officer_id", "time", "x", "y")
NUMBERS = ("x", "y", "accuracy_m", "speed_kmh")
_OFFSET = r"(Z|z|[+-]\d{2}:?\d{2})\s*$"
_AWAY = "Write the moments with their offset (2024-06-03T12:00:00Z), or as a Parquet timestamp in UTC."


def read_files(spark: SparkSession, paths: Sequence[str]) -> list[DataFrame]:
    """The rows of some files of one kind, Parquet or CSV with a header, as they are: together where their columns are of the same kinds.

    Else by files that agree. What writes a day's file knows that day alone: a column that holds nothing there, or whole numbers, is of
    another kind than on other days.
    """
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    if paths[0].lower().endswith((".csv", ".csv.gz", ".txt")):
        return [spark.read.csv(list(paths), header=True, inferSchema=False)]
    try:
        return [spark.read.option("mergeSchema", "true").parquet(*paths)]
    except (Py4JJavaError, PySparkException):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            kinds = list(pool.map(lambda path: tuple(spark.read.parquet(path).dtypes), paths))
    agreed = [[p for p, its in zip(paths, kinds) if its == kind] for kind in dict.fromkeys(kinds)]
    return [spark.read.parquet(*some) for some in agreed]


def fixes_of(spark: SparkSession, paths: Sequence[str], names: dict[str, str]) -> DataFrame:
    """The fixes of some files: ``officer_id, us, x, y`` and what else of the fixes table they have, with ``day`` (UTC, since 1970) and ``file``.

    Raises
    ------
    ColumnError, TimeError
        for a missing column, and moments without an offset.
    """
    from pyspark.sql import functions as F

    pieces = read_files(spark, paths)
    have = {c for c in FIX_COLUMNS if any(names[c] in rows.columns for rows in pieces)}
    lacking = [names[c] for c in NEEDED if c not in have]
    if lacking:
        raise ColumnError(f"The fixes have no column {lacking[0]!r}.", "Say in COLUMNS what each is called.")

    def selected(rows: DataFrame) -> DataFrame:
        columns = []
        for name in (c for c in FIX_COLUMNS if c in have):
            there, kind = names[name] in rows.columns, "double" if name in NUMBERS else "string"
            if name == "time":
                us = microseconds(rows, names[name]) if there else F.lit(None).cast("bigint")
                columns.append(us.alias("us"))
            else:
                columns.append((F.col(_quoted(names[name])) if there else F.lit(None)).cast(kind).alias(name))
        return rows.select(*columns, F.input_file_name().alias("file"))

    fixes = reduce(lambda a, b: a.unionByName(b), map(selected, pieces))
    return fixes.withColumn("day", F.floor(F.col("us") / F.lit(86_400_000_000)).cast("int"))


def microseconds(rows: DataFrame, name: str) -> Column:
    """A column of moments as microseconds since 1970.

    Raises
    ------
    TimeError
        for clock readings that do not say of which clock.
    """
    from pyspark.sql import functions as F

    column, kind = F.col(_quoted(name)), dict(rows.dtypes)[name]
    if kind == "timestamp":
        return F.unix_micros(column)
    if kind == "bigint":  # a Parquet file's nanoseconds, which Spark has no type for
        return F.floor(column / F.lit(1_000)).cast("bigint")
    if kind == "int" and rows.where(column.isNotNull()).isEmpty():  # a file without a moment, of an empty day say
        return column.cast("bigint")
    if kind != "string":
        raise TimeError(f"The column {name!r} holds {kind}, not moments.", _AWAY)
    # A reading without an offset is none; it is counted as a row without a time, and refused where all are.
    return F.when(column.rlike(_OFFSET), F.unix_micros(F.to_timestamp(column)))


def small_table(spark: SparkSession, folder: Folder, table: str) -> pd.DataFrame:
    """A table of the data dictionary that fits one machine, in the columns that it has.

    Raises
    ------
    ColumnError
        where it lacks one that it must have.
    """
    from pyspark.sql import functions as F

    declared = TABLES[table]
    paths = [folder.path(f.name) for f in folder.files()] or [folder.path()]
    kinds = {c.name: c.kind for c in declared.columns}
    read = []
    for rows in read_files(spark, paths):
        have = [c for c in declared.names if c in rows.columns]
        wanted = [microseconds(rows, c).alias(c) if kinds[c] == "time" else F.col(_quoted(c)) for c in have]
        read.append(rows.select(*wanted).toPandas())
    found = pd.concat([t for t in read if len(t)] or read[:1], ignore_index=True)
    for name in found.columns:
        kind = kinds[name]
        if kind == "time":
            found[name] = moments(found[name])
        elif kind in ("int", "float"):
            found[name] = pd.to_numeric(found[name])
        elif kind == "bool":
            found[name] = found[name].map({"true": True, "false": False, True: True, False: False})
        else:
            found[name] = found[name].astype(object).where(found[name].notna(), None)
    return found


def moments(us: pd.Series) -> pd.Series:
    """Moments of microseconds since 1970; what is missing stays so."""
    known = us.notna()
    found = pd.Series(instants(us.fillna(0).to_numpy(dtype="int64") * 1_000), index=us.index)
    return found.where(known)


def renamed_officers(spark: SparkSession, fixes: DataFrame, pseudonym_of: dict[str, Optional[str]]) -> DataFrame:
    """The fixes with pseudonyms in the place of the ids that are named."""
    from pyspark.sql import functions as F

    table = spark.createDataFrame(list(pseudonym_of.items()), "officer_id string, pseudonym string")
    joined = fixes.join(F.broadcast(table.withColumn("named", F.lit(True))), "officer_id", "left")
    officer = F.when(F.col("named"), F.col("pseudonym")).otherwise(F.col("officer_id"))  # what names nobody is nobody's
    return joined.withColumn("officer_id", officer).drop("pseudonym", "named")


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def rows_of(frame: DataFrame) -> list[Any]:
    """The rows of a small answer."""
    return list(frame.collect())
