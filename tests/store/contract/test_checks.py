"""A sheet for the manual check is drawn from either home in the same words, and its results are counted the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from ia_plugin.core.about.agreement import EVENTS, SOURCE_ROWS, VISITS
from ia_plugin.core.errors import ParameterError, StoreError
from ia_plugin.store.checks import draw_sheet, keep_results
from tests.support.postgis import Cluster
from tests.support.stores import AT
from tests.support.two_homes import two_homes


def test_a_sheet_and_its_results_are_the_same(tmp_path: Path, postgis: Cluster) -> None:
    with two_homes(tmp_path, postgis) as homes:
        found = []
        for place in (homes.folder, homes.shared.target("lee")):
            sheet = draw_sheet(place, 1_200, 7, at=AT)
            kept, new = keep_results(place, sheet.assign(result="agree"), at=AT)
            assert new == len(sheet) and kept.checked == (new, new)
            with pytest.raises(ParameterError, match="no sheet of this store"):
                keep_results(place, sheet.head(1).assign(result="agree", check_id="9-1"), at=AT)
            # All visits and events are on it, in whatever order each home drew them.
            told = sheet[sheet["part"].isin([VISITS, EVENTS])].fillna(0)
            found.append(
                sorted(
                    told[["part", "source_file", "source_row", "source_row_to", "says"]].itertuples(
                        index=False, name=None
                    )
                )
            )
            assert len(found[-1]) > 100 and (sheet["part"] == SOURCE_ROWS).sum() > 100
        assert found[0] == found[1]
        with pytest.raises(StoreError, match="ia_loader"):
            draw_sheet(homes.shared.target("alice"), 10, 7, at=AT)
