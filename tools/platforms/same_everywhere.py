"""What the plugin says of one small force, as numbers and digests, to lay beside what another environment says.

    python tools/platforms/same_everywhere.py --write FILE      in each environment
    python tools/platforms/same_everywhere.py FILE FILE ...     compares them: exit status 1 where they differ

The force is written by whole-number arithmetic, so that no generator of random numbers stands between. It goes through
the doors a real one goes through: extracts are imported into a store, the store is brought up to date, and the
questions are answered. Ids, pseudonyms, words and times must be the same; numbers to 1e-9 of their size.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

TOLERANCE = 1e-9
DAYS, OFFICERS, FIXES = 3, 9, 70


def affiliations() -> str:
    """An extract of officers who go round and round, some faster than others, some with a silence in between."""
    rows = ["Collar,DateTime,Easting,Northing,Unit,Accuracy"]
    for day in range(DAYS):
        for who in range(OFFICERS):
            for i in range(FIXES):
                if i % 31 == 17 and who % 3 == 0:
                    continue
                second = 22 * 3600 + i * 120 + (i * who) % 7
                date, clock = 3 + day + second // 86400, second % 86400
                x = 399_000 + ((i * (7 + 31 * (who % 4)) + who * 211) % 2100)
                y = 279_200 + ((i * (11 + 17 * (who % 5)) + who * 97) % 1700)
                time = f"{clock // 3600:02d}:{clock // 60 % 60:02d}:{clock % 60:02d}"
                unit = ("South", "North", "")[who % 3]
                rows.append(f"{100 + who},{date:02d}/06/2024 {time},{x},{y},{unit},{who % 4 * 5}")
    return "\n".join(rows) + "\n"


EVENTS = """Crime No,Offence,From,To,Officer,Easting,Northing
1001,Burglary,03/06/2024 22:00,04/06/2024 04:00,101;102,399882,280113
,Robbery,04/06/2024,,,399900,280200
,Possession of drugs,2024-06,,,,
1004,Theft from a vehicle,05/06/2024 23:10,,103,400300,280500
,Violence with injury,04/06/2024 00:20,,,400200,279900
07700 900123,Burglary,03/06/2024 22:00,04/06/2024 04:00,,,
1007,,05/06/2024 23:30,,,400400,280600
"""
MIDNIGHTS = "Offence,From,To\nBurglary,03/06/2024,\nRobbery,04/06/2024,\n"
POSTINGS = (
    "Collar,Unit,Role,From,To\n"
    "100,A,Response officer,01/06/2024,03/06/2024\n100,B,Neighbourhood officer,04/06/2024,\n103,A,Response officer,,\n"
)


def collected() -> dict[str, Any]:
    """Every table, answer and id of the force, column by column."""
    import pandas as pd
    import shapely

    from ia_plugin.core.answers.questions import tables
    from ia_plugin.core.filter_state import FilterState
    from ia_plugin.core.movement import default_model
    from ia_plugin.core.params import PresenceParams, TrackParams
    from ia_plugin.core.privacy import Key
    from ia_plugin.store.imports import bring_file
    from ia_plugin.store.refresh import refresh, set_areas
    from ia_plugin.store.store import Store
    from ia_plugin.store.summary import read_summary

    areas = pd.DataFrame(
        {
            "area_id": ["a", "b", "s"],
            "name": ["North end", "South end", "Station"],
            "role": ["impact", "comparison", "site"],
            "valid_from": ["2024-06-01", "2024-06-03T00:00:00", None],
            "valid_to": ["2300-01-01", None, "9999-12-31"],
            "geometry": [
                shapely.box(399_000, 279_000, 400_100, 281_000),
                shapely.box(400_100, 279_000, 401_000, 281_000),
                shapely.box(399_500, 279_500, 399_600, 279_600),
            ],
        }
    )
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        extracts = {"fixes": affiliations(), "events": EVENTS, "midnights": MIDNIGHTS, "postings": POSTINGS}
        with Store(home / "store", Key(b"the key of no force at all")) as store:
            for name, text in extracts.items():
                path = home / f"{name}.csv"
                path.write_text(text, encoding="utf-8")
                bring_file(store, path, at=pd.Timestamp("2024-07-01T00:00Z"))
            set_areas(store, areas)
            refresh(store, TrackParams(), PresenceParams(method="bridge"), model=default_model())
            for package in (store.restricted, store.summary):
                for name in sorted(set(package.tables()) - {"settings", "runs"}):
                    found[f"store/{name}"] = described(package.read(name))
        material = read_summary(home / "store")
        state = FilterState(first=pd.Timestamp("2024-06-03").date(), last=pd.Timestamp("2024-06-05").date())
        for name, table in tables(material, state, "restricted").items():
            found[f"answers/{name}"] = described(table)
    return found


def described(table: Any) -> dict[str, Any]:
    """Each column in the order of the rows' words: a list of its numbers, or a digest of its words."""
    import numpy as np
    import pandas as pd
    import shapely

    table = table.drop(columns=[c for c in ("imported_at", "fid") if c in table.columns]).reset_index(drop=True)
    numbers, words = {}, {}
    for name in table.columns:
        column = table[name]
        if isinstance(column.dtype, pd.DatetimeTZDtype):
            words[str(name)] = ["" if pd.isna(v) else pd.Timestamp(v).tz_convert("UTC").isoformat() for v in column]
        elif column.dtype.kind in "iufb" or str(column.dtype) in ("Int64", "boolean"):
            numbers[str(name)] = column.astype("float64").to_numpy(dtype=np.float64, na_value=np.nan)
        else:
            words[str(name)] = [_word(v, shapely) for v in column]
    lines = ["|".join(row) for row in zip(*words.values())] if words else [""] * len(table)
    # Rows of one text are told apart by their numbers, to the places in which two machines may not differ.
    near = [tuple("" if v != v else f"{v:.6g}" for v in row) for row in zip(*numbers.values())] or [()] * len(lines)
    order = sorted(range(len(table)), key=lambda i: (lines[i], near[i]))
    return {
        "rows": len(table),
        "words": {
            n: hashlib.sha256("\n".join(v[i] for i in order).encode()).hexdigest()[:12] for n, v in words.items()
        },
        "numbers": {n: [None if v[i] != v[i] else float(v[i]) for i in order] for n, v in numbers.items()},
    }


def _word(value: Any, shapely: Any) -> str:
    if isinstance(value, bytes):  # lines with a measure, which GEOS knows only since 3.12
        return value.hex()
    if hasattr(value, "geom_type"):
        return str(shapely.to_wkt(shapely.normalize(value), rounding_precision=3))
    return "" if value is None or value != value else str(value)


def environment() -> str:
    """The versions that matter, in one line."""
    from importlib.metadata import version

    said = [f"{n} {version(n)}" for n in ("numpy", "pandas", "shapely", "pyproj")]
    return ", ".join([f"Python {platform.python_version()}", *said])


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Where two environments do not say the same, in words."""
    found = [f"{name}: only in one of them" for name in sorted(one.keys() ^ other.keys())]
    for name in sorted(one.keys() & other.keys()):
        a, b = one[name], other[name]
        if a["rows"] != b["rows"]:
            found.append(f"{name}: {a['rows']} rows and {b['rows']}")
            continue
        for column in sorted({*a["words"], *b["words"]}):
            if a["words"].get(column) != b["words"].get(column):
                found.append(f"{name}.{column}: other words, times or ids")
        for column in sorted({*a["numbers"], *b["numbers"]}):
            worst = _worst(a["numbers"].get(column, []), b["numbers"].get(column, []))
            if worst > TOLERANCE:
                found.append(f"{name}.{column}: numbers differ by {worst:.2g} of their size")
    return found


def _worst(one: list[Any], other: list[Any]) -> float:
    if len(one) != len(other):
        return float("inf")
    worst = 0.0
    for a, b in zip(one, other):
        if (a is None) != (b is None):
            return float("inf")
        if a is not None and a != b:
            worst = max(worst, abs(a - b) / max(abs(a), abs(b), 1.0))
    return worst


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", type=Path, help="the file to write what this environment says to")
    parser.add_argument("files", nargs="*", type=Path, help="files to compare with the first of them")
    given = parser.parse_args(arguments)
    if given.write:
        text = json.dumps({"environment": environment(), "found": collected()})
        given.write.write_text(text, encoding="utf-8")
        print(f"{environment()}: sha256 {hashlib.sha256(text.encode()).hexdigest()[:12]} (the last digits included)")
        return 0
    said = [json.loads(path.read_text(encoding="utf-8")) for path in given.files]
    status = 0
    for other in said[1:]:
        found = differences(said[0]["found"], other["found"])
        print(f"{other['environment']}: {'the same to 1e-9' if not found else f'{len(found)} differences'}")
        for line in found:
            print("  " + line)
        status = status or bool(found)
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
