"""Tables as Spark reads them: the force's fixes by file, and the small tables that every task is given.

Moments come as microseconds since 1970, whatever the session's clock: a column of moments that Spark hands to Python folds 00:30Z and
01:30Z of an October night into one where that clock is Europe/London.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Optional

import pandas as pd

from ..core.columns import TABLES
from ..core.errors import ColumnError, TimeError
from ..core.privacy import FORM
from ..core.times.instants import instants
from .folders import Folder
from .plan import FIX_COLUMNS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

NEEDED = ("officer_id", "time", "x", "y")
NUMBERS = ("x", "y", "accuracy_m", "speed_kmh")
_OFFSET = r"(Z|z|[+-]\d{2}:?\d{2})\s*$"
_AWAY = "Write the moments with their offset (2024-06-03T12:00:00Z), or as a Parquet timestamp in UTC."


def read_files(spark: SparkSession, paths: Sequence[str]) -> DataFrame:
    """The rows of some files of one kind, Parquet or CSV with a header, as they are."""
    if paths[0].lower().endswith((".csv", ".csv.gz", ".txt")):
        return spark.read.csv(list(paths), header=True, inferSchema=False)
    return spark.read.option("mergeSchema", "true").parquet(*paths)


def fixes_of(spark: SparkSession, paths: Sequence[str], names: dict[str, str]) -> DataFrame:
    """The fixes of some files: ``officer_id, us, x, y`` and what else of the fixes table they have, with ``day`` (UTC, since 1970) and ``file``.

    Raises
    ------
    ColumnError, TimeError
        for a missing column, and moments without an offset.
    """
    from pyspark.sql import functions as F

    rows = read_files(spark, paths)
    lacking = [names[c] for c in NEEDED if names[c] not in rows.columns]
    if lacking:
        raise ColumnError(f"The fixes have no column {lacking[0]!r}.", "Say in COLUMNS what each is called.")
    us = microseconds(rows, names["time"])
    columns = [F.col(_quoted(names["officer_id"])).cast("string").alias("officer_id"), us.alias("us")]
    for name in FIX_COLUMNS[2:]:
        if names[name] in rows.columns:
            kind = "double" if name in NUMBERS else "string"
            columns.append(F.col(_quoted(names[name])).cast(kind).alias(name))
    day = F.floor(us / F.lit(86_400_000_000)).cast("int").alias("day")
    return rows.select(*columns, day, F.input_file_name().alias("file"))


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
    rows = read_files(spark, paths)
    have = [c for c in declared.names if c in rows.columns]
    kinds = {c.name: c.kind for c in declared.columns}
    wanted = [microseconds(rows, c).alias(c) if kinds[c] == "time" else F.col(_quoted(c)) for c in have]
    found = rows.select(*wanted).toPandas()
    for name in have:
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


def without_pseudonym(fixes: DataFrame) -> DataFrame:
    """The officers whose id is not in the form of a pseudonym, each once."""
    from pyspark.sql import functions as F

    return fixes.select("officer_id").where(~F.col("officer_id").rlike(FORM)).distinct()


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
