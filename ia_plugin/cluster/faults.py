"""What stops a run, in words: where, and what to do about it. What Java, or a task's Python, says of itself may hold an officer's position."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Callable

from ..core.errors import FileError, ImpactAreaError, UnforeseenError
from ..core.unforeseen import place_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Work = Callable[[Iterator[Any]], Iterator[Any]]
"""What a task does with its batches."""
_OF_DATA, _ELSE = "impact area: the fixes cannot serve", "impact area: stopped by"
_FROM_TASK = re.compile(rf"({_OF_DATA}|{_ELSE}) \[([^\]\n]*)\]")
_JAVA = re.compile(r"\b(?:[a-z]\w*\.){2,}\w*(?:Exception|Error)\b")
_KNOWN = {
    "No space left on device|Disk quota exceeded|File too large": (
        "There is no room left on a disk: of the output, or of the nodes (spark.local.dir).",
        "Make room, or choose other disks.",
    ),
    "Permission denied|AccessControlException": (
        "A folder of the input or the output may not be read or written.",
        "Give the run's user the rights, on the nodes too.",
    ),
    "OutOfMemoryError|MemoryError|Container killed by YARN|exit code: 137|OOMKilled": (
        "A task needs more memory than it has.",
        "Give executors more, beside Java too (spark.executor.memoryOverhead), or lower TASK_FIXES.",
    ),
    "FileNotFoundException|PATH_NOT_FOUND|does not exist": (
        "A file or a folder is not there, or went away while it was read.",
        "Look at the plan's paths, and whether all nodes see them; run it again.",
    ),
    "ConnectException|UnknownHostException|NoRouteToHostException": (
        "A machine of the plan's paths does not answer.",
        "Look at the paths, and whether their machines are up.",
    ),
    "No FileSystem for scheme|UnsupportedFileSystemException|ClassNotFoundException: Class org.apache.hadoop.fs": (
        "Spark does not know the kind of folder of one of the plan's paths.",
        "Give Spark the library of such folders (--packages), or correct the path.",
    ),
    "stopped SparkContext|SparkContext was shut down|Master removed our application": (
        "The cluster put an end to the run: no worker could start, or keep, what it needs.",
        "Look at the workers' logs; they need the memory and cores that the run asks for.",
    ),
    "No module named|ModuleNotFoundError": (
        "The nodes' Python lacks the method's libraries.",
        "Give it those of make clusterenv, and the plugin's zip by --py-files.",
    ),
}  # fmt: skip
"""Words of Java or Python -> what they mean, and the remedy."""


def javas() -> tuple[type[BaseException], ...]:
    """The errors in which Java's come."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return Py4JError, PySparkException


def hush(spark: SparkSession) -> None:
    """Have the driver's Java keep to itself how a task or a job failed, in hundreds of lines: a run says in one what it comes to.

    Files are tried that may be broken; and what a task that failed says in full stands in its node's own log.
    """
    log = spark._jvm.org.apache.logging.log4j
    for name in _LOUD:
        log.core.config.Configurator.setLevel(name, log.Level.OFF)
    warnings.filterwarnings("ignore", "toPandas attempted Arrow", UserWarning)


_LOUD = (
    "org.apache.spark.executor.Executor",
    "org.apache.spark.scheduler.TaskSetManager",
    "org.apache.spark.sql.execution.datasources.FileFormatWriter",
    "org.apache.spark.util.Utils",
)


def nameless(work: Work) -> Work:
    """A task's work whose errors say their kind and their place, and no value: Spark's pages show them to whoever may look."""

    def worked(batches: Iterator[Any]) -> Iterator[Any]:
        try:
            yield from work(batches)
        except ImpactAreaError as error:
            raise RuntimeError(f"{_OF_DATA} [{type(error).__name__}. {error.remedy}]") from None
        except Exception as error:
            raise RuntimeError(f"{_ELSE} [{place_of(error)}]") from None

    return worked


def in_words(error: BaseException) -> ImpactAreaError:
    """What stopped a run, whatever it was.

    >>> str(in_words(OSError(28, "No space left on device"))).partition(":")[0]
    'There is no room left on a disk'
    >>> in_words(ValueError("Featherstonehaugh")).message
    'The run was stopped by what nobody foresaw (ValueError).'
    """
    if isinstance(error, ImpactAreaError):
        return error
    text = f"{type(error).__name__}: {error}"
    of_task = _FROM_TASK.search(text)
    if of_task is not None and of_task[1] == _OF_DATA:
        return FileError("The fixes cannot serve, by what a task found.", of_task[2])
    if of_task is None:
        for words, (message, remedy) in _KNOWN.items():
            if re.search(words, text):
                return FileError(message, remedy)
    kinds = [kind for kind in dict.fromkeys(_JAVA.findall(text)) if not kind.startswith("org.apache.spark.")]
    place = of_task[2] if of_task else ", ".join([place_of(error), *kinds[-2:]])
    message = f"The run was stopped by what nobody foresaw ({place})."
    return UnforeseenError(message, "Run it again; if it comes again, have this line looked at.", place)
