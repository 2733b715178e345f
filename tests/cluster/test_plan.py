"""The plan of a run: one file, each name known, each value within its bounds, none repeated in an error."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ia_plugin.cluster.plan import read_plan
from ia_plugin.core.errors import ParameterError

WHOLE = 'INPUT = "hdfs:///fixes"\nOUTPUT = "hdfs:///runs"\nAREAS = "areas.gpkg"\n'


def plan(tmp_path, more="", name="plan.toml", text=WHOLE):
    path = tmp_path / name
    path.write_bytes((text + more).encode("utf-8", "surrogateescape"))
    return read_plan(path)


def test_names_are_those_of_config_and_defaults_those_of_the_algorithms(tmp_path):
    found = plan(tmp_path, 'MAX_GAP = 600\nCOLUMNS = ["officer_id=issi"]\n')
    assert (found.input, found.tracks.max_gap_s, found.presence.method) == ("hdfs:///fixes", 600.0, "bridge")
    assert found.names["officer_id"] == "issi" and found.names["time"] == "time"


def test_json_serves_as_well_where_python_reads_no_toml(tmp_path):
    text = '{"INPUT": "a", "OUTPUT": "b", "AREAS": "c", "METHOD": "linear"}'
    assert plan(tmp_path, name="plan.json", text=text).method == "linear"


@pytest.mark.parametrize(
    "more, words",
    [
        ('METHD = "x"', "Did you mean METHOD"),
        ("MAX_GAP = 0", "out of range"),
        ('MAX_GAP = "PC Thornwick"', "the value of MAX_GAP is of another kind"),
        ('METHOD = "magic"', "Choose one of"),
        ('TIMEZONE = "Europe/Nowhere"', "is not known"),
        ('RESTRICTED = ["fixes"]', "RESTRICTED names a table there is not"),
        ('COLUMNS = ["collar"]', "COLUMNS is not a list of column=name"),
        ("=", "is no TOML"),
        ("\udcff", "is no text in UTF-8. Give a file with lines like INPUT"),
    ],
)
def test_what_cannot_serve_is_refused_in_words(tmp_path, more, words):
    with pytest.raises(ParameterError) as refused:
        plan(tmp_path, more)
    assert words in str(refused.value) and "Thornwick" not in str(refused.value)


def test_what_is_given_beside_the_plan_stands_in_its_place_and_is_checked_as_it_is(tmp_path):
    plan(tmp_path)
    given = {
        "TASK_FIXES": "5000",
        "STALE_S": "1.5",
        "KEEP_RUNS": "true",
        "RESTRICTED": "legs,visits",
        "METHOD": "linear",
    }
    found = read_plan(tmp_path / "plan.toml", given)
    assert (found.task_fixes, found.stale_s, found.keep_runs, found.method) == (5000, 1.5, True, "linear")
    assert found.restricted == ("legs", "visits")
    for wrong in ({"TASK_FIXES": "many"}, {"KEEP_RUNS": "perhaps"}, {"TSAK_FIXES": "5000"}):
        with pytest.raises(ParameterError):
            read_plan(tmp_path / "plan.toml", wrong)


def test_a_plan_without_a_folder_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="lacks AREAS"):
        plan(tmp_path, text='INPUT = "a"\nOUTPUT = "b"\n')


def test_all_but_the_job_is_imported_without_pyspark_and_without_qgis():
    code = (
        "import sys, pkgutil, importlib, ia_plugin.cluster as c\n"
        "sys.modules['pyspark'] = sys.modules['py4j'] = sys.modules['qgis'] = None\n"
        "names = {m.name for m in pkgutil.iter_modules(c.__path__)} - {'job', 'submit'}\n"
        "[importlib.import_module(f'ia_plugin.cluster.{n}') for n in sorted(names)]; print(len(names))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert done.stderr == "" and int(done.stdout) > 10
