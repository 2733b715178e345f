"""The stages as Spark runs them. The work of each task is in a file of its own, which knows no Spark; between the tasks go packed bytes, few and large."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..core.summaries.compute import ForceFacts
from .area_day_stage import WORK, Piece, pieces_of_days
from .chunks import Chunk, unpacked
from .faults import nameless
from .longest_gaps import intervals_of
from .officer_stage import chunks_of_officers
from .packed_fixes import packed_by_task, unpacked_fixes
from .spark_tables import literal, rows_of
from .spread import partition_keys
from .tasks import Tasks

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PACKED = "key long, payload binary"
CHUNKS = "key long, kind string, slab long, day long, payload binary"
PIECES = "room string, table string, day string, payload binary"
INTERVALS = "source string, ms long, n long"
MAGIC = b"PAR1"
"""The last bytes of a Parquet file."""
BATCH_BYTES = 4_000_000
"""Bytes of chunks that are handed on together."""


def by_task(fixes: DataFrame, tasks: Tasks) -> DataFrame:
    """The fixes, packed, one task of :class:`Tasks` a partition; kept on the nodes' disks, since they are read more than once."""
    from pyspark import StorageLevel

    keys = partition_keys(tasks.count)

    def work(batches: Iterator[Any]) -> Iterator[Any]:
        for task, payload in packed_by_task((b for b in batches if b.num_rows), tasks):
            yield _batch(PACKED, [(keys[task], payload)])

    packed = fixes.drop("day", "file").mapInArrow(nameless(work), PACKED).repartition(tasks.count, "key")
    return packed.persist(StorageLevel.DISK_ONLY)


def intervals(packed: DataFrame, tasks: Tasks) -> pd.DataFrame:
    """The lengths of intervals between fixes, counted (:func:`intervals_of`)."""
    task_of = {key: k for k, key in enumerate(partition_keys(tasks.count))}
    spans = tasks.spans

    def work(batches: Iterator[Any]) -> Iterator[Any]:
        for key, payloads in _by_key(batches):
            found = intervals_of(unpacked_fixes(payloads), spans[task_of[key]])
            yield _batch(INTERVALS, list(zip(found["source"], found["ms"].tolist(), found["n"].tolist())))

    return (
        packed.mapInArrow(nameless(work), INTERVALS)
        .groupBy("source", "ms")
        .sum("n")
        .toDF("source", "ms", "n")
        .toPandas()
    )


def by_officer(
    spark: SparkSession, packed: DataFrame, tasks: Tasks, slabs: Sequence[int], facts: ForceFacts, keep: tuple[str, ...]
) -> DataFrame:
    """The chunks of the stage by officer; their ``key`` brings those of a slab together."""
    task_of = {key: k for k, key in enumerate(partition_keys(tasks.count))}
    key_of = dict(zip(slabs, partition_keys(len(slabs))))
    given = spark.sparkContext.broadcast((facts, tasks.spans, keep))

    def work(batches: Iterator[Any]) -> Iterator[Any]:
        facts, spans, keep = given.value
        for key, payloads in _by_key(batches):
            yield from _framed(chunks_of_officers(unpacked_fixes(payloads), spans[task_of[key]], facts, keep), key_of)

    return packed.mapInArrow(nameless(work), CHUNKS)


def by_days(chunks: DataFrame, slabs: Sequence[int], keep: tuple[str, ...], timezone: str) -> DataFrame:
    """The files of the stage by area and day, of the chunks of the stage by officer."""

    def work(batches: Iterator[Any]) -> Iterator[Any]:
        for piece in pieces_of_days(_chunks(batches), keep, timezone):
            yield _batch(PIECES, [(piece.room, piece.table, piece.day, _without_end(piece))])

    return chunks.repartition(len(slabs), "key").mapInArrow(nameless(work), PIECES)


def write_pieces(pieces: DataFrame, path: str) -> None:
    """Write each piece as a file, below folders of its room, table and day, through Spark's own committer: each once, whatever is lost.

    Spark writes no bytes of ours but as lines of text. A line's end may be any text, and that of a Parquet file is always the same: so a
    file of one line, whose end is that, is a Parquet file, on whatever the cluster's Hadoop writes to.
    """
    from pyspark.sql import functions as F

    lines = pieces.select(F.col("payload").cast("string").alias("value"), "room", "table", "day")
    writer = lines.write.partitionBy("room", "table", "day").option("lineSep", MAGIC.decode())
    writer.option("maxRecordsPerFile", "1").option("compression", "none").text(path)


def read_pieces(spark: SparkSession, path: str, tables: Sequence[str]) -> dict[str, list[bytes]]:
    """Of pieces for the driver, the contents by table; `path` is that of their room."""
    from pyspark.sql import functions as F

    found: dict[str, list[bytes]] = {name: [] for name in tables}
    read = spark.read.format("binaryFile").load(literal(path)).where(F.col("table").isin(list(tables)))
    for row in rows_of(read.orderBy("path").select("table", "content")):
        found[row["table"]].append(bytes(row["content"])[: -len(MAGIC)])
    return found


def published_tables(spark: SparkSession, path: str, names: Sequence[str]) -> dict[str, list[pd.DataFrame]]:
    """Tables by name, on the driver: what the summary is made of."""
    return {name: [unpacked(p) for p in payloads] for name, payloads in read_pieces(spark, path, names).items()}


@contextmanager
def chunk_by_chunk(spark: SparkSession) -> Iterator[None]:
    """Have Spark hand on a few chunks at a time: each is as large as thousands of rows, which it would gather into one."""
    name = "spark.sql.execution.arrow.maxRecordsPerBatch"
    before = spark.conf.get(name)
    spark.conf.set(name, "16")
    try:
        yield
    finally:
        spark.conf.set(name, before)


def _without_end(piece: Piece) -> bytes:
    return piece.content if piece.room == WORK else piece.content[: -len(MAGIC)]


def _by_key(batches: Iterable[Any]) -> Iterator[tuple[int, list[Any]]]:
    """The payloads of a partition by task: they are of one, but where two keys met in a partition."""
    found: dict[int, list[Any]] = {}
    for batch in batches:
        for key, payload in zip(batch.column("key").to_pylist(), batch.column("payload")):
            found.setdefault(key, []).append(payload.as_buffer())
    while found:
        yield found.popitem()


def _chunks(batches: Iterable[Any]) -> Iterator[Chunk]:
    for batch in batches:
        words = (batch.column(name).to_pylist() for name in ("kind", "slab", "day"))
        for kind, slab, day, payload in zip(*words, batch.column("payload")):
            yield Chunk(kind, slab, payload.as_buffer(), day)


def _framed(chunks: Iterator[Chunk], key_of: dict[int, int]) -> Iterator[Any]:
    waiting: list[tuple[Any, ...]] = []
    size = 0
    any_key = next(iter(key_of.values()))
    for chunk in chunks:
        waiting.append((key_of.get(chunk.slab, any_key), chunk.kind, chunk.slab, chunk.day, chunk.payload))
        size += len(chunk.payload)
        if size >= BATCH_BYTES:
            yield _batch(CHUNKS, waiting)
            waiting, size = [], 0
    if waiting:
        yield _batch(CHUNKS, waiting)


def _batch(schema: str, rows: Sequence[tuple[Any, ...]]) -> Any:
    """Rows in the columns of a schema in Spark's words."""
    import pyarrow as pa

    kinds = {"long": pa.int64(), "string": pa.string(), "binary": pa.binary()}
    columns = [field.split() for field in schema.split(", ")]
    arrays = [pa.array([row[k] for row in rows], type=kinds[kind]) for k, (_, kind) in enumerate(columns)]
    return pa.RecordBatch.from_arrays(arrays, names=[name for name, _ in columns])
