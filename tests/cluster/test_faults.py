"""What stops a run is said in one line, without what Java or a task says of itself: that may hold an officer and a place."""

from __future__ import annotations

import pytest

from ia_plugin.cluster.faults import in_words, nameless
from ia_plugin.core.errors import CrsError, FileError, ImpactAreaError, StoreError, UnforeseenError


class Java(Exception):
    """As py4j's, whose text is all that Java says."""


def of_task(error):
    """What a driver is given of a task's error: its text, within Java's."""

    def work(_batches):
        raise error
        yield

    with pytest.raises(RuntimeError) as raised:
        list(nameless(work)(iter(())))
    assert raised.value.__suppress_context__  # Python prints no other error beside it
    return Java(
        f"org.apache.spark.api.python.PythonException: Traceback …\nRuntimeError: {raised.value}\n\tat org.apache.spark.A.b(A.scala)"
    )


def test_a_fault_of_the_data_that_a_task_found_keeps_its_remedy_and_no_place():
    said = in_words(of_task(CrsError("Positions look like degrees (x -1.59832).", "Reproject them to metres [EPSG]")))
    assert isinstance(said, FileError) and "Reproject them to metres" in str(said) and "-1.59" not in str(said)


def test_what_nobody_foresaw_says_where_and_no_value():
    said = in_words(of_task(KeyError("PC Thornwick")))
    assert isinstance(said, UnforeseenError) and "KeyError at " in str(said) and "Thornwick" not in str(said)
    there = in_words(
        Java("o12.collect: org.apache.spark.SparkException: Job aborted\nCaused by: java.io.EOFException: PC Thornwick")
    )
    assert "java.io.EOFException" in str(there) and "Thornwick" not in str(there)


@pytest.mark.parametrize(
    "said, words",
    [
        ("java.io.IOException: No space left on device", "no room left on a disk"),
        ("org.apache.hadoop.security.AccessControlException: Permission denied: user=x", "may not be read or written"),
        ("Container killed by YARN for exceeding memory limits", "more memory"),
        ("java.io.FileNotFoundException: File file:/a.parquet does not exist", "is not there"),
        ("java.net.ConnectException: Connection refused", "does not answer"),
        ('No FileSystem for scheme "s3a"', "the kind of folder"),
        ("ModuleNotFoundError: No module named 'shapely'", "lacks the method's libraries"),
        ("java.lang.IllegalStateException: Cannot call methods on a stopped SparkContext.", "put an end to the run"),
    ],
)
def test_what_is_known_is_said_with_its_remedy(said, words):
    found = in_words(Java(said))
    assert type(found) is FileError and words in found.message and found.remedy and "\n" not in str(found)


def test_our_own_faults_stay_what_they_are():
    fault: ImpactAreaError = StoreError("Another run is at it.", "Wait for it.")
    assert in_words(fault) is fault
