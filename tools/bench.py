"""Time ours against a rival in the same run: one JSON line a job.

    python tools/bench.py [JOB …] [--table]      (make bench, make bench JOB=time_in_areas)

Each measured step runs in a fresh process on one thread; short ones several times, the median counts. Without a name all jobs run
that ask the clock, those of several cores first; the others, which count how often something holds, are asked by name and run side by
side. `--table` also writes docs/bench.md. A job that fails is told as such, and the others go on.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.benches.evaluation_rows import NOTHING, compared
from tools.benches.jobs import COUNTING, JOBS, SEVERAL_CORES, SHORTENED
from tools.benches.steps import STEPS
from tools.qgis_env import environment


def measure(step: str, **options: Any) -> dict[str, Any]:
    """Run one step in a fresh process; what it printed, its peak memory and its whole time."""
    command = [sys.executable, __file__, "--step", step, json.dumps(options)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, cwd=ROOT, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"{step}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'failed'}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def run_step(step: str, options: dict[str, Any]) -> None:
    import resource

    # Programs that a step starts find their modules compiled, as an installed plugin's are: where the environment forbids
    # Python to keep them, compiling them at each start would count.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / "build" / "compiled")
    result = STEPS[step](**options)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({**result, "memory_mb": round(peak / 1024)}), flush=True)
    # QGIS may crash on the way out of a Python that it did not start.
    os._exit(0)


def machine() -> str:
    """The machine in neutral words."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    versions = ", ".join(f"{p} {metadata.version(p)}" for p in ("numpy", "pandas", "shapely"))
    return f"{os.cpu_count()} cores, {pages / 2**30:.0f} GB; Python {platform.python_version()}, {versions}"


def write_table(lines: list[dict[str, Any]]) -> None:
    """Write docs/bench.md anew; what people wrote below it, from its first heading on, stays."""
    path = ROOT / "docs" / "bench.md"
    rows = ["| job | ours | rival | ratio | asked | memory of ours |", "|---|---|---|---|---|---|"]
    for c in (c for line in lines for c in line["comparisons"]):
        ratio = f"{c['ratio']:,.3g} ×" if c["ratio"] is not None else ""
        rows.append(f"| {c['what']} | {c['ours']} | {c['rival']} | {ratio} | {c['asked']} | {c['memory_mb']:,} MB |")
    text = (
        "# Bench\n\nMade by `make bench`: ours and the rival in the same run, each in a fresh process on one thread. "
        f"{date.today():%B %Y}; {machine()}.\n\n" + "\n".join(rows) + "\n"
    )
    _, heading, below = path.read_text(encoding="utf-8").partition("\n## ")
    path.write_text(text + heading + below, encoding="utf-8")


def done(name: str) -> dict[str, Any]:
    """What a job found, told as soon as it is known."""
    began = time.monotonic()
    try:
        found = JOBS[name](measure)
    except RuntimeError as error:
        found = {"comparisons": [compared(name, f"not run ({error})", "", NOTHING, "", 0)], "not_run": str(error)}
    line = {"job": name, "machine": machine(), "minutes": round((time.monotonic() - began) / 60, 1), **found}
    print(json.dumps(line), flush=True)
    return line


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("jobs", nargs="*", help=f"some of: {', '.join(JOBS)}")
    parser.add_argument("--table", action="store_true", help="write docs/bench.md")
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        run_step(options.step[0], json.loads(options.step[1]))
        return 0
    unknown = set(options.jobs) - set(JOBS)
    if unknown:
        parser.error(f"no job {sorted(unknown)[0]!r}; there are {', '.join(JOBS)}")
    names = options.jobs or [n for n in JOBS if n not in COUNTING + SHORTENED]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        counting = [n for n in names if n in COUNTING]
        lines = dict(zip(counting, pool.map(done, counting)))
    for name in sorted(set(names) - set(lines), key=lambda n: (n not in SEVERAL_CORES, names.index(n))):
        lines[name] = done(name)
    if options.table:
        write_table([lines[n] for n in names])
    return int(any("not_run" in line for line in lines.values()))


if __name__ == "__main__":
    sys.exit(main())
