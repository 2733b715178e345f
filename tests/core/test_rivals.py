"""The same hours as other people's libraries, on random tracks and ragged areas."""

import json
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest

from ia_plugin.core.params import PresenceParams
from ia_plugin.core.presence import stays, time_in_areas
from ia_plugin.core.tracks import build_legs
from tests.support.long import long_after
from tools.benches.data import areas, fixes, hours_by_area, whole_metres

pytestmark = pytest.mark.rivals

FIXES = 20_000
# A rival brings its own PROJ, which would change how QGIS reprojects in this process: it runs in one of its own.
PROGRAM = """
import json
from tools.benches import data, rivals
print(json.dumps(rivals.{library}_seconds(rivals.{library}_tracks(data.whole_metres(data.fixes({n}))), data.areas()).tolist()))
"""


def theirs(library, root):
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed here")
    program = PROGRAM.format(library=library, n=FIXES)
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return np.array(json.loads(done.stdout.splitlines()[-1])) / 3600


@pytest.mark.parametrize("library", long_after(1, ["pymeos", "movingpandas"]))
def test_the_same_hours(library, root):
    where, legs = areas(), build_legs(whole_metres(fixes(FIXES)))
    shared = hours_by_area(time_in_areas(legs, where, PresenceParams(method="linear", bounds="none")), where).to_numpy()
    entered = stays(legs, where)
    entered = entered.assign(seconds=(entered["leave"] - entered["enter"]).dt.total_seconds())
    expected = theirs(library, root)
    assert expected.sum() > 10
    # Both rivals round to microseconds, so equality is not asked.
    np.testing.assert_allclose(hours_by_area(entered, where).to_numpy(), expected, rtol=1e-6, atol=1e-9)
    # A share under half a second has no row in leg_areas: here an area loses less than two seconds so.
    np.testing.assert_allclose(shared, expected, rtol=0, atol=2 / 3600)
    assert shared.sum() == pytest.approx(expected.sum(), rel=1e-5)
