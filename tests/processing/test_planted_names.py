"""People and hostile words that stand in no cell: names of layers and tables, aliases, labels of a style, titles.

Whatever an analyst has called a layer, no output, log or record of a run tells it; only the words of the parameters do.
"""

import sqlite3
from contextlib import closing

import pytest

from tools.attack.planted_names import attack, figure

pytestmark = pytest.mark.qgis


def test_nobody_named_beside_the_rows_is_found_in_an_output(tmp_path, run):
    counts, found = attack(tmp_path, 12, 57, run)
    assert found == {}
    assert counts["done"] == 5 and counts["planted"] == 12
    assert figure(counts, found).endswith("0 found")


def test_the_search_can_find_something(tmp_path):
    from tools.attack.planted_names import found_in

    with closing(sqlite3.connect(tmp_path / "a.gpkg")) as file:
        file.execute("CREATE TABLE gpkg_contents (description TEXT)")
        file.execute("INSERT INTO gpkg_contents VALUES ('Sgt Perpetua Zzyxworth')")
        file.commit()
    assert found_in(tmp_path, ["zzyxworth"], []) == {"zzyxworth": {"a.gpkg"}}
    assert found_in(tmp_path, ["elsewhere"], ["Elsewhere, P."]) == {"elsewhere": {"what was said"}}
