"""Lines with time: the bytes say what the legs say."""

import struct

import pandas as pd

from ia_plugin.core.geometry.wkb import leg_lines, track_lines
from ia_plugin.core.tracks import build_legs
from tests.support.tables import fixes


def unpack(line):
    order, kind, n = struct.unpack_from("<BII", line)
    values = struct.unpack_from(f"<{3 * n}d", line, 9)
    assert (order, kind, len(line)) == (1, 2002, 9 + 24 * n)
    return [values[i : i + 3] for i in range(0, 3 * n, 3)]


def test_a_track_runs_through_all_its_fixes_with_their_times():
    legs = build_legs(fixes([(0, 1, 2), (60, 3, 4), (120, 5, 6), (9000, 7, 8), (9060, 9, 10)]))
    lines = track_lines(legs)
    origin = pd.Timestamp("2024-06-03T00:00:00Z").timestamp()
    assert lines.index.tolist() == legs["track_id"].drop_duplicates().tolist()
    assert [unpack(x) for x in lines] == [
        [(1, 2, origin), (3, 4, origin + 60), (5, 6, origin + 120)],
        [(7, 8, origin + 9000), (9, 10, origin + 9060)],
    ]
    assert unpack(leg_lines(legs)[1]) == [(3, 4, origin + 60), (5, 6, origin + 120)]


def test_no_legs_no_lines():
    legs = build_legs(fixes([]).iloc[:0])
    assert leg_lines(legs) == [] and len(track_lines(legs)) == 0
