"""Tables as Spark reads them: the force's fixes by file, and the small tables that every task is given.

Moments come as microseconds since 1970, whatever the session's clock: a column of moments that Spark hands to Python folds 00:30Z and
01:30Z of an October night into one where that clock is Europe/London.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from typing import TYPE_CHECKING, Any, Optional

import pandas as pd

from ..core.columns import TABLES
from ..core.errors import ColumnError, TimeError
from ..core.params import CleanParams
from ..core.times.instants import instants
from .faults import javas
from .folders import Folder
from .plan import FIX_COLUMNS
from .text_form import HEAD, TextForm, form_of, is_text

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

AT_ONCE = 8
"""Files that are looked at one by one at the same time."""
NEEDED = ("officer_id", "time", "x", "y")
NUMBERS = ("x", "y", "accuracy_m", "speed_kmh")
_FARTHEST_US = 9_000_000_000_000_000  # the year 2255: moments of nanoseconds end in 2262
_OFFSET = r"(Z|z|[+-]\d{2}:?\d{2})\s*$"
AWAY = "Write the moments with their offset (2024-06-03T12:00:00Z), or as a Parquet timestamp in UTC."


def read_files(spark: SparkSession, folder: Folder, names: Sequence[str], known: Sequence[str]) -> list[DataFrame]:
    """The rows of some files, Parquet or text with a header, as they are: together where they are written alike.

    What writes a day's file knows that day alone: a column that holds nothing there, or whole numbers, is of another kind than on other
    days, and the columns of a text file stand in the order that its own first line says.

    Parameters
    ----------
    known : names of columns that a file may have

    Raises
    ------
    FileError
        for a text file whose form cannot be told.
    """
    texts = [name for name in names if is_text(folder.path(name))]
    others = [folder.path(name) for name in names if not is_text(folder.path(name))]
    return [*_of_text(spark, folder, texts, known), *(_of_parquet(spark, others) if others else ())]


def _of_text(spark: SparkSession, folder: Folder, names: Sequence[str], known: Sequence[str]) -> Iterator[DataFrame]:
    from pyspark.sql.types import StringType, StructField, StructType

    def looked_at(name: str) -> TextForm:
        return form_of(folder.head(name, HEAD), known, name)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        forms = list(pool.map(looked_at, names))
    for form in dict.fromkeys(forms):
        schema = StructType([StructField(column, StringType()) for column in form.columns])
        some = [literal(folder.path(name)) for name, its in zip(names, forms) if its == form]
        yield spark.read.schema(schema).csv(
            some, header=True, sep=form.delimiter, encoding=form.encoding, quote='"', escape='"'
        )


def _of_parquet(spark: SparkSession, paths: Sequence[str]) -> list[DataFrame]:
    paths = [literal(path) for path in paths]
    try:
        return [spark.read.option("mergeSchema", "true").parquet(*paths)]
    except javas():
        with ThreadPoolExecutor(AT_ONCE) as pool:
            kinds = list(pool.map(lambda path: tuple(spark.read.parquet(path).dtypes), paths))
    agreed = [[p for p, its in zip(paths, kinds) if its == kind] for kind in dict.fromkeys(kinds)]
    return [spark.read.parquet(*some) for some in agreed]


def fixes_of(spark: SparkSession, folder: Folder, files: Sequence[str], names: dict[str, str]) -> DataFrame:
    """The fixes of some files: ``officer_id, us, x, y`` and what else of the fixes table they have, with ``day`` (UTC, since 1970) and ``file``.

    Raises
    ------
    ColumnError, TimeError
        for a missing column, and moments without an offset.
    """
    from pyspark.sql import functions as F

    pieces = read_files(spark, folder, files, tuple(names.values()))
    have = {c for c in FIX_COLUMNS if any(names[c] in rows.columns for rows in pieces)}
    lacking = [names[c] for c in NEEDED if c not in have]
    if lacking:
        raise ColumnError(f"The fixes have no column {lacking[0]!r}.", "Say in COLUMNS what each is called.")

    first, after = (pd.Timestamp(t, tz="UTC").value // 1_000 for t in (CleanParams().earliest, CleanParams().latest))

    def selected(rows: DataFrame) -> DataFrame:
        columns = []
        for name in (c for c in FIX_COLUMNS if c in have):
            if names[name] not in rows.columns:
                column = F.lit(None).cast("bigint" if name == "time" else "double" if name in NUMBERS else "string")
            elif name == "time":
                us = microseconds(rows, names[name])
                column = F.when((us >= F.lit(first)) & (us < F.lit(after)), us)  # what systems write that know no time
            elif name in NUMBERS:
                column = F.col(_quoted(names[name])).cast("double")
            else:
                column = _words(rows, names[name])
            columns.append(column.alias("us" if name == "time" else name))
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
        return F.expr(
            f"{_quoted(name)} div 1000"
        )  # in whole numbers: as fractions a millisecond may become the one before
    if kind == "int" and rows.where(column.isNotNull()).isEmpty():  # a file without a moment, of an empty day say
        return column.cast("bigint")
    if kind != "string":
        raise TimeError(f"The column {name!r} holds {kind}, not moments.", AWAY)
    # A reading without an offset is none; it is counted as a row without a time, and refused where all are.
    return F.when(column.rlike(_OFFSET), F.unix_micros(F.to_timestamp(column)))


def _words(rows: DataFrame, name: str) -> Column:
    """A column of words; a whole number is one word, whether a day's file holds it as 104 or, beside an empty cell, as 104.0."""
    from pyspark.sql import functions as F

    column, kind = F.col(_quoted(name)), dict(rows.dtypes)[name]
    words = column.cast("string")
    if kind in ("double", "float") or kind.startswith("decimal"):
        whole = column.cast("bigint")
        words = F.when(whole.cast("double") == column.cast("double"), whole.cast("string")).otherwise(words)
    return F.when(F.trim(words) != "", words)


def small_table(spark: SparkSession, folder: Folder, table: str) -> pd.DataFrame:
    """A table of the data dictionary that fits one machine, in the columns that it has.

    Raises
    ------
    TimeError
        for a column of moments that holds none.
    """
    from pyspark.sql import functions as F

    declared = TABLES[table]
    names = [f.name for f in folder.files()] or [""]
    kinds = {c.name: c.kind for c in declared.columns}
    read = []
    for rows in read_files(spark, folder, names, declared.names):
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
    known = us.notna() & (us.abs() < _FARTHEST_US)  # 9999-12-31 stands for no end
    us = us.where(known)
    found = pd.Series(instants(us.fillna(0).to_numpy(dtype="int64") * 1_000), index=us.index)
    return found.where(known)


def renamed_officers(spark: SparkSession, fixes: DataFrame, pseudonym_of: dict[str, Optional[str]]) -> DataFrame:
    """The fixes with pseudonyms in the place of the ids that are named."""
    from pyspark.sql import functions as F

    table = spark.createDataFrame(list(pseudonym_of.items()), "officer_id string, pseudonym string")
    joined = fixes.join(F.broadcast(table.withColumn("named", F.lit(True))), "officer_id", "left")
    officer = F.when(F.col("named"), F.col("pseudonym")).otherwise(F.col("officer_id"))  # what names nobody is nobody's
    return joined.withColumn("officer_id", officer).drop("pseudonym", "named")


def literal(path: str) -> str:
    r"""A path as Spark is given it to read, where some signs stand for others.

    >>> print(literal("fixes/2024-06-03 [late]"))
    fixes/2024-06-03 \[late\]
    """
    return re.sub(r"([\\*?{}\[\]])", r"\\\1", path)


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def rows_of(frame: DataFrame) -> list[Any]:
    """The rows of a small answer."""
    return list(frame.collect())
