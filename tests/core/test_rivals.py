"""The same hours as other people's libraries, on random tracks and ragged areas."""

import numpy as np
import pytest

from ia_plugin.core.params import PresenceParams
from ia_plugin.core.presence import time_in_areas
from ia_plugin.core.tracks import build_legs
from tools.benches import rivals
from tools.benches.data import areas, fixes, hours_by_area

pytestmark = pytest.mark.rivals


def ours(table, where):
    legs = build_legs(table)
    # Shares under half a second have no row: give the rival no legs so short that this shows.
    return hours_by_area(time_in_areas(legs, where, PresenceParams(bounds="none")), where).to_numpy()


@pytest.mark.parametrize(("library", "n"), [("movingpandas", 20_000), ("pymeos", 20_000)])
def test_the_same_hours(library, n):
    pytest.importorskip(library, reason=f"{library} is not installed here")
    # Whole metres, so that text in the rival's form says the same.
    table = fixes(n).assign(x=lambda t: t["x"].round(), y=lambda t: t["y"].round())
    where = areas(39, 200)
    theirs = getattr(rivals, f"{library}_seconds")(table, where).to_numpy() / 3600
    assert theirs.sum() > 1
    np.testing.assert_allclose(ours(table, where), theirs, rtol=1e-3, atol=2e-3)
    assert ours(table, where).sum() == pytest.approx(theirs.sum(), rel=1e-4)
