"""Runs one after the other in a program that spark-submit is given once: Spark and its nodes' Pythons begin for the first, and the second is theirs too.

    spark-submit … tools/spark_nights.py FOLDER '[["plan.toml"], ["plan.toml", "METHOD=linear"]]'

Before each run but the first it waits for the file that :func:`begin_next` makes in FOLDER; after each it says how that ended.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

ENDED = "night ended with "


def begin_next(folder: Path, k: int) -> None:
    """Let run `k` begin; the first is 0 and waits for nobody."""
    (folder / f"begin{k}").touch()


def main() -> None:
    from ia_plugin.cluster import job

    folder, nights = Path(sys.argv[1]), json.loads(sys.argv[2])
    last, parent = job.SparkSession.stop, os.getppid()
    for k, arguments in enumerate(nights):
        while k and not (folder / f"begin{k}").exists():
            if os.getppid() != parent:  # whoever began this is gone
                return
            time.sleep(0.1)
        job.SparkSession.stop = last if k == len(nights) - 1 else lambda _session: None
        print(f"{ENDED}{job.main(arguments)}", flush=True)


if __name__ == "__main__":
    main()
