"""All attacks on the project, two at a time, and the table of what they found (`make attack`).

    python -m tools.attack.campaign --minutes 40

Each attack is a module of its own with ``--n`` and ``--seed``, and ends with its figure. The table goes to docs/attack.md beside
what each one tries; an attack that finds something, or does not come to its end in its time, makes the campaign fail.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "attack.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"

AT_ONCE = 2  # attacks side by side
MINUTES = 40.0
"""How long all attacks together are given, with the rounds that stand here."""


@dataclass(frozen=True)
class Attack:
    """One attack: its module, what it tries in a few words, and how many rounds fill its share of the time."""

    module: str
    tries: str
    rounds: int


CAMPAIGN = (
    Attack("fuzz_files", "mutated extracts of every format through the readers", 4000),
    Attack("fuzz_layers", "hostile layers, parameters, files and stores through every algorithm", 900),
    Attack("hostile_words", "markup, formulas, SQL and line ends as names, in pages, tables, the dock and charts", 40),
    Attack("store_faults", "newer, older, damaged and halved stores, readers and locks", 120),
    Attack("death_after_commit", "the process ends after each commit, or the commit fails", 120),
    Attack("kills", "imports, refreshes and purges killed at any moment, in children of one QGIS and by qgis_process", 200),
    Attack("cluster_kills", "the Pythons, executors, workers and the driver of a Spark cluster, killed in mid-run", 4),
    Attack("shared_kills", "a loader of a shared store and the server's process that serves it, killed in mid-run", 60),
    Attack("full_disk", "a disk full at the first write, the second, … of stores, layers, tables and pages", 250),
    Attack("two_writers", "two imports, refreshes, purges, readers at once; waiting that is told and can be cancelled", 60),
    Attack("batch_days", "days computed alone, together, in other orders, with late data", 6),
    Attack("differencing", "pairs and sums of areas that differ by a home", 300),
    Attack("linked_ids", "ids and the order of rows in outputs, to join an officer's days or to check a guess", 120),
    Attack("planted_people", "people planted in every column of files and layers, and searched everywhere", 190),
    Attack("planted_names", "people in names of layers and tables, aliases, descriptions, labels of styles and titles", 57),
    Attack("published", "few officers' time by unit, by linear programming over all that is published", 400),
    Attack("inspector_page", "hours of the last week and units of a few officers, by pages of three nights side by side", 60),
    Attack("density", "one officer in cells of officer density, in successive nights, at home and at a domestic incident", 200),
    Attack("public_tables", "counts of a few events in the public's tables, by integer programming over all of them", 40),
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    attack: Attack
    figure: str
    clean: bool
    seconds: float


def run(attack: Attack, seed: int, ends: float, share: float) -> Outcome:
    """One attack in a process of its own, until the campaign's end by the monotonic clock."""
    limit_s = max(1.0, ends - time.monotonic())
    rounds = max(1, round(attack.rounds * share))
    command = [sys.executable, "-m", f"tools.attack.{attack.module}", "--n", str(rounds), "--seed", str(seed)]
    began = time.monotonic()
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=limit_s, check=False)
    except subprocess.TimeoutExpired:
        return Outcome(attack, f"did not end in {limit_s:.0f} s", False, limit_s)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    figure = lines[-1] if lines else (done.stderr.strip().splitlines() or ["nothing was printed"])[-1]
    return Outcome(attack, figure, done.returncode == 0, time.monotonic() - began)


def table(outcomes: list[Outcome], seed: int) -> str:
    """The figures as a table of Markdown."""
    rows = [
        f"Seed {seed}, {date.today():%d %B %Y}.",
        "",
        "| attack | what it tries | figure | seconds |",
        "|---|---|---|---|",
    ]
    rows += [
        f"| `{o.attack.module}` | {o.attack.tries} | {'' if o.clean else '**FOUND** '}{o.figure} | {o.seconds:.0f} |"
        for o in outcomes
    ]
    return "\n".join(rows) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="for all of them; the rounds shrink with it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of attacks, blank between")
    asked = parser.parse_args()
    wanted = asked.only.split()
    chosen = [a for a in CAMPAIGN if not wanted or a.module in wanted]
    ends = time.monotonic() + 60.0 * asked.minutes
    outcomes = []
    with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as workers:
        for outcome in workers.map(lambda a: run(a, asked.seed, ends, asked.minutes / MINUTES), chosen):
            outcomes.append(outcome)
            print(f"{'ok   ' if outcome.clean else 'FOUND'} {outcome.attack.module}: {outcome.figure}", flush=True)
    if not wanted:
        text = REPORT.read_text(encoding="utf-8")
        head, _, rest = text.partition(BEGIN)
        REPORT.write_text(head + BEGIN + table(outcomes, asked.seed) + END + rest.partition(END)[2], encoding="utf-8")
    return 0 if all(o.clean for o in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
