"""The two stages as Spark runs them, and what it adds up beside them. The work of each task is in a file of its own, which knows no Spark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..core.summaries.compute import ForceFacts
from ..core.suppression import LEAST
from ..core.tracks import LONGEST_INTERVAL_S, gap_limit
from .area_day_stage import chunks_of_days
from .chunks import PARTS, Chunk, unpacked
from .day_rows import rows_by_day, schema_by_day
from .officer_stage import chunks_of_officers
from .spans import WIDTHS
from .spark_tables import rows_of
from .tasks import Tasks

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

CHUNKS = "kind string, slab long, payload binary"


def days_and_reach(fixes: DataFrame) -> tuple[dict[str, dict[int, int]], int, int]:
    """(file -> day -> fixes, rows without a moment, until when the fixes of five officers go, µs); reads every column of every row."""
    from pyspark.sql import functions as F

    every = F.hash(*[c for c in fixes.columns if c not in ("file", "day")])
    counted = fixes.groupBy("file", "day").agg(F.count("*").alias("n"), F.max(every)).select("file", "day", "n")
    found: dict[str, dict[int, int]] = {}
    lost = 0
    for row in rows_of(counted):
        if row["day"] is None:
            lost += int(row["n"])
        else:
            found.setdefault(str(row["file"]), {})[int(row["day"])] = int(row["n"])
    last = fixes.where(F.col("us").isNotNull()).groupBy("officer_id").agg(F.max("us").alias("us"))
    reached = [int(r["us"]) for r in rows_of(last.orderBy(F.desc("us")).limit(LEAST))]
    return found, lost, min(reached) if len(reached) == LEAST else 0


def longest_gaps(fixes: DataFrame) -> dict[str, float]:
    """Source -> longest gap, seconds, as :func:`~ia_plugin.core.tracks.gap_limits` measures it of all fixes."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    source = F.coalesce(F.col("source"), F.lit("")) if "source" in fixes.columns else F.lit("")
    ms = F.floor(F.col("us") / 1_000)
    next_ms = F.lead("ms").over(Window.partitionBy("officer_id").orderBy("ms"))
    steps = fixes.select("officer_id", ms.alias("ms"), source.alias("source")).where(F.col("ms").isNotNull())
    steps = steps.withColumn("s", (next_ms - F.col("ms")) / F.lit(1e3))
    regular = F.when((F.col("s") > 0) & (F.col("s") <= LONGEST_INTERVAL_S), F.col("s"))
    medians = steps.groupBy("source").agg(F.percentile(regular, 0.5).alias("s"))
    return {str(r["source"]): float(gap_limit(float(r["s"] or 0.0))) for r in rows_of(medians)}


def fixes_by_officer(fixes: DataFrame) -> dict[str, tuple[int, int]]:
    """Officer -> (fixes, days from the first to the last)."""
    from pyspark.sql import functions as F

    days = F.max("day") - F.min("day") + 1
    counted = (
        fixes.where(F.col("officer_id").isNotNull())
        .groupBy("officer_id")
        .agg(F.count("*").alias("n"), days.alias("days"))
    )
    return {str(r["officer_id"]): (int(r["n"]), max(1, int(r["days"] or 1))) for r in rows_of(counted)}


def by_officer(
    spark: SparkSession, fixes: DataFrame, tasks: Tasks, facts: ForceFacts, keep: tuple[str, ...]
) -> DataFrame:
    """The chunks of the stage by officer, one task of :class:`Tasks` a partition."""
    from pyspark.sql import functions as F

    days = spark.createDataFrame(tasks.days, "width int, day int, first int, n int")
    keys = spark.createDataFrame(list(enumerate(_keys(spark, tasks.count))), "task int, key long")
    table = spark.createDataFrame(tasks.officers, "officer_id string, turn int, width int")
    placed = fixes.join(F.broadcast(table), "officer_id", "left")
    placed = placed.fillna({"turn": 0, "width": WIDTHS[0]}).join(F.broadcast(days), ["width", "day"])
    task = F.col("first") + F.pmod(F.col("turn"), F.col("n"))
    placed = placed.withColumn("task", task).join(F.broadcast(keys), "task")
    placed = placed.drop("width", "day", "first", "n", "file", "turn")
    given = spark.sparkContext.broadcast((facts, tasks.spans, keep))

    def work(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        rows = [batch for batch in batches if len(batch)]
        if rows:
            facts, spans, keep = given.value
            whole = pd.concat(rows, ignore_index=True)
            rows.clear()
            yield from _framed(chunks_of_officers(whole, spans[int(whole["task"].iloc[0])], facts, keep))

    spread = placed.repartition(tasks.count, "key").sortWithinPartitions("officer_id", "us")
    return spread.mapInPandas(work, CHUNKS)


def by_days(chunks: DataFrame, slabs: int) -> DataFrame:
    """The chunks of the stage by area and day, of those of the stage by officer."""

    def work(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        rows = (row for batch in batches for row in zip(batch["slab"], batch["payload"]))
        for slab, some in groupby(rows, key=lambda row: int(row[0])):
            yield from _framed(chunks_of_days(slab, (payload for _, payload in some)))

    parts = chunks.where(chunks["kind"] == PARTS).select("slab", "payload")
    return parts.repartition(max(1, slabs), "slab").sortWithinPartitions("slab").mapInPandas(work, CHUNKS)


@contextmanager
def chunk_by_chunk(spark: SparkSession) -> Iterator[None]:
    """Have Spark read and hand on a few chunks at a time: each is as large as thousands of rows, which it would gather into one."""
    before = {name: spark.conf.get(name) for name in _CHUNK_BY_CHUNK}
    for name, value in _CHUNK_BY_CHUNK.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            spark.conf.set(name, value)


_CHUNK_BY_CHUNK = {
    "spark.sql.parquet.enableVectorizedReader": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "4",
}


def write_chunks(chunks: DataFrame, path: str) -> None:
    """Write chunks, each kind in a folder of its own, so that who asks for one reads no other."""
    writer = chunks.write.option("maxConcurrentOutputFileWriters", "32").option("parquet.enable.dictionary", "false")
    writer.partitionBy("kind").parquet(path)


def table_by_day(chunks: DataFrame, name: str, slabs: int, timezone: str) -> DataFrame:
    """The rows of a table in Spark's columns, with the civil day that each belongs to, all rows of a day in one place."""

    def work(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            for payload in batch.column("payload"):
                yield from rows_by_day(payload.as_buffer(), name, timezone).to_batches()

    some = chunks.where(chunks["kind"] == name).select("slab", "payload")
    return some.repartition(max(1, slabs), "slab").mapInArrow(
        work, schema_by_day(name)
    )  # packed, they cost little to move


def _framed(chunks: Iterator[Chunk]) -> Iterator[pd.DataFrame]:
    for chunk in chunks:
        yield pd.DataFrame({"kind": [chunk.kind], "slab": [chunk.slab], "payload": [chunk.payload]})


def _keys(spark: SparkSession, n: int) -> list[int]:
    """A number for each partition that Spark's own hash puts into it, so that no two tasks share one."""
    from pyspark.sql import functions as F

    found: dict[int, int] = {}
    tried = 0
    while len(found) < n:
        some = spark.range(tried, tried + 16 * n + 64, numPartitions=1)
        at = F.pmod(F.hash("id"), F.lit(n)).alias("at")
        for row in rows_of(some.groupBy(at).agg(F.min("id").alias("id"))):
            found.setdefault(int(row["at"]), int(row["id"]))
        tried += 16 * n + 64
    return [found[k] for k in range(n)]


def published_chunks(chunks: DataFrame, names: Sequence[str]) -> dict[str, list[pd.DataFrame]]:
    """Tables by name, on the driver: what the summary is made of."""
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in names}
    for row in rows_of(chunks.where(chunks["kind"].isin(list(names))).select("kind", "payload")):
        found[row["kind"]].append(unpacked(bytes(row["payload"])))
    return found
