"""A force's years on a standalone cluster of this machine: throughput and growth, beside the core alone.

    python -m tools.bench_cluster [--fixes 1000000 10000000] [--officers 200]      (make bench JOB=cluster)

Writes the force as Parquet below build/bench/cluster, 13 MB a million fixes, and takes it away again. Needs what `make spark` brings.
A million fixes are four core-minutes, ten million about a quarter of a core-hour.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from tools.benches.cluster import cluster
from tools.benches.cluster_rows import cluster_rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fixes", type=int, nargs="+", default=[1_000_000, 10_000_000], help="sizes (%(default)s)")
    parser.add_argument("--officers", type=int, default=200, help="of the force (%(default)s)")
    given = parser.parse_args()

    def measure(_step: str, **options: Any) -> dict[str, Any]:
        found = cluster(**options)
        print(json.dumps(found), flush=True)
        return {**found, "memory_mb": 0}

    rows, _ = cluster_rows(measure, given.fixes, given.officers)
    for row in rows:
        ratio = f"  {row['ratio']:.2f} ×" if row["ratio"] is not None else ""
        print(f"{row['what']}: {row['ours']}; {row['rival']}{ratio} (asked: {row['asked']})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
