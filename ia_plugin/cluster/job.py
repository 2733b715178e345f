"""The program of a run: it begins Spark, says what goes on, and ends with a status that a scheduler sees.

    spark-submit --py-files ia_plugin.zip ia_plugin/cluster/submit.py plan.toml [NAME=value ...]

What it prints names counts, days and files, and never an officer; so do the descriptions that Spark's pages show.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pyspark.sql import SparkSession

from ..core.errors import UnforeseenError
from .faults import hush, in_words
from .plan import read_plan
from .run import run_once

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",  # another folds the two hours of an October night into one
    "spark.sql.adaptive.enabled": "false",  # a task is laid out here, and Spark must not join two
    "spark.sql.ansi.enabled": "false",  # a cell that is no number is none, and stops nothing
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "50000",
    "spark.sql.sources.parallelPartitionDiscovery.parallelism": "16",  # files are looked up by so many tasks, not by one each
    "spark.sql.legacy.parquet.nanosAsLong": "true",  # Spark has no nanoseconds; as whole numbers they can be read
    "spark.sql.files.ignoreCorruptFiles": "false",  # a broken file is named, not overlooked
}
"""What the method needs of a session, whatever the cluster's own settings."""
UNFORESEEN, FAULT, INCOMPLETE = 1, 2, 3
"""Exit status: what nobody foresaw; a fault of the plan, the data or the folders; and a run that left files out."""


def session_of(name: str = "Impact Area") -> SparkSession:
    """The session of a run, with :data:`SETTINGS`."""
    builder = SparkSession.builder.appName(name)
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    hush(session)
    return session


def main(arguments: Sequence[str]) -> int:
    """Run the plan named first, with NAME=value after it in the place of the plan's; the exit status."""
    if not arguments or not all("=" in a for a in arguments[1:]):
        print(__doc__)
        return FAULT
    began = time.monotonic()
    try:
        plan = read_plan(Path(arguments[0]), dict(a.split("=", 1) for a in arguments[1:]))
        spark = session_of()
        try:
            manifest = run_once(spark, plan, say)
        finally:
            spark.stop()
    except Exception as error:  # what Java or a task says of itself is long, and may hold an officer's position
        fault = in_words(error)
        say(f"FAILED: {fault}")
        return UNFORESEEN if isinstance(fault, UnforeseenError) else FAULT
    say(f"{'ok' if manifest.complete else 'INCOMPLETE'}, {time.monotonic() - began:.0f} s")
    return 0 if manifest.complete else INCOMPLETE


def say(words: str) -> None:
    """A line for the operator, with the moment."""
    print(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} impact area: {words}", file=sys.stderr, flush=True)
