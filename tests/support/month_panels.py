"""Tables that panels are made of: squares of 1 km², officers who are there in every hour, crimes by place and time."""

import pandas as pd
import shapely

LONDON = "Europe/London"


def squares(**named):
    """Areas of 1 km² side by side; a value is a dict of more columns, such as role."""
    return pd.DataFrame(
        [
            {"area_id": name, "name": name, "geometry": shapely.box(2000 * i, 0, 2000 * i + 1000, 1000), **more}
            for i, (name, more) in enumerate(named.items())
        ]
    )


def every_hour(first, last, area="A", seconds=1800.0, **columns):
    """Time use of an area in every hour of civil days, first to last."""
    edges = [pd.Timestamp(d, tz=LONDON).tz_convert("UTC") for d in (first, pd.Timestamp(last) + pd.Timedelta(days=1))]
    hours = pd.date_range(*edges, freq="h", inclusive="left")
    base = {
        "unit": "(all)",
        "department": "(all)",
        "officer_role": "(all)",
        "resource_type": "car",
        "activity": "in_vehicle",
    }
    spent = {
        "officer_seconds": seconds,
        "variance": 100.0,
        "systematic": 6.0,
        "vehicle_seconds": seconds,
        "foot_seconds": 0.0,
    }
    rest = {f"{m}_seconds": 0.0 for m in ("stationary", "unknown", "bicycle")}
    return pd.DataFrame({"area_id": area, "period": hours, **base, **spent, **rest, **columns})


def crimes(*rows, kind="crime", precision="minute"):
    """Events from (x, start, end[, key type[, by whom]])."""
    found = [(*r, *("burglary", "public")[len(r) - 3 :]) for r in rows]
    x, start, end, key, by = zip(*found)
    return pd.DataFrame(
        {
            "event_id": [f"{kind}{i}" for i in range(len(found))], "kind": kind, "category": key, "key_type": key, "generated_by": by,
            "start": pd.to_datetime(list(start), utc=True), "end": pd.to_datetime(list(end), utc=True), "time_precision": precision,
            "version": 1, "status": "current", "x": x, "y": 500.0, "location_precision": "point",
        }
    )  # fmt: skip
