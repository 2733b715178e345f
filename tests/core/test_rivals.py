"""The same hours as other people's libraries, on random tracks and ragged areas."""

import json
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest

from ia_plugin.core.params import PresenceParams
from ia_plugin.core.presence import time_in_areas
from ia_plugin.core.tracks import build_legs
from tools.benches.data import areas, fixes, hours_by_area, whole_metres

pytestmark = pytest.mark.rivals

FIXES = 20_000
# A rival brings its own PROJ, which would change how QGIS reprojects in this process: it runs in one of its own.
PROGRAM = """
import json
from tools.benches import data, rivals
print(json.dumps(rivals.{library}_seconds(data.whole_metres(data.fixes({n})), data.areas()).tolist()))
"""


def theirs(library, root):
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed here")
    program = PROGRAM.format(library=library, n=FIXES)
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return np.array(json.loads(done.stdout.splitlines()[-1])) / 3600


@pytest.mark.parametrize("library", ["movingpandas", "pymeos"])
def test_the_same_hours(library, root):
    where = areas()
    found = hours_by_area(
        time_in_areas(build_legs(whole_metres(fixes(FIXES))), where, PresenceParams(bounds="none")), where
    ).to_numpy()
    expected = theirs(library, root)
    assert expected.sum() > 10
    # Shares under half a second have no row of ours, and MovingPandas rounds times.
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=2e-3)
    assert found.sum() == pytest.approx(expected.sum(), rel=1e-4)
