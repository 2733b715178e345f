"""Mutated files through the imports: each is taken in with every row accounted for, or refused in a sentence.

    python -m tools.attack.fuzz_files --n 5000 --seed 1

A finding: an error that is none of ours, one that nobody foresaw, a refusal without a remedy or with a class name in it, one
that quotes a planted name, number or phone, rows that do not add up, or more than a minute for a file of a few rows. The
last line is the figure; the exit status is 1 where anything was found.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
import shutil
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Optional
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import pandas as pd

from ia_plugin.core.errors import ImpactAreaError, UnforeseenError
from ia_plugin.core.params import ImportParams
from ia_plugin.core.privacy import Key
from ia_plugin.store.imports import bring_file
from ia_plugin.store.store import Store
from tools.attack.command import command

Table = list[list[str]]
KEY = Key(b"the key of a fuzzer, known to all")
AT = pd.Timestamp("2024-07-01T00:00Z")
COLLARS = [f"86{i}27" for i in range(10, 22)]
NAME, PHONE = "Perpetua Vanterpool", "07700 900837"
PLANTED = ("Vanterpool", PHONE)
SLOW_S, FILES_OF_A_STORE = 60.0, 100
CLASS_NAME = re.compile(r"\b[A-Z]\w*(?:Error|Exception|Invalid)\b|Traceback|0x[0-9a-f]{6,}")


# --- clean tables, the first row their header -------------------------------------------------------------------------


def fixes() -> Table:
    head = ["Collar", "Timestamp", "Easting", "Northing", "Unit", "Officer Name", "Mobile"]
    return [head] + [
        [
            COLLARS[i % 12],
            f"2024-06-03T06:{i:02d}:00Z",
            str(405_000 + 37 * i),
            str(285_000 + 11 * i),
            "North",
            NAME,
            PHONE,
        ]
        for i in range(30)
    ]


def postings() -> Table:
    head = ["Collar", "Unit", "Department", "Valid from", "Valid to"]
    return [head] + [[c, "North", "Response", f"{i + 1:02d}/01/2024", "31/12/2024"] for i, c in enumerate(COLLARS)]


def duties() -> Table:
    head = ["Collar", "Duty start", "Duty end"]
    return [head] + [[c, f"{i + 1:02d}/06/2024 06:00", f"{i + 1:02d}/06/2024 16:00"] for i, c in enumerate(COLLARS)]


def events() -> Table:
    head = [
        "Crime no",
        "Offence",
        "Committed from",
        "Committed to",
        "Easting",
        "Northing",
        "Attending officers",
        "Victim",
    ]
    return [head] + [
        [f"20/{i:05d}/24", "Burglary", f"{i + 1:02d}/06/2024 10:00", f"{i + 1:02d}/06/2024 11:00", str(405_000 + i), "285000", COLLARS[i % 12], NAME]
        for i in range(25)
    ]  # fmt: skip


def street() -> Table:
    head = [
        "Crime ID",
        "Month",
        "Reported by",
        "Longitude",
        "Latitude",
        "Location",
        "Crime type",
        "Last outcome category",
    ]
    return [head] + [
        [f"{i:064x}", "2024-05", "West Midlands Police", f"{-1.9 + i / 1000:.6f}", "52.480000", "On or near High Street", "Burglary", "Under investigation"]
        for i in range(25)
    ]  # fmt: skip


TABLES: dict[str, Callable[[], Table]] = {f.__name__: f for f in (fixes, postings, duties, events, street)}

HOSTILE = (
    "", " ", "NaN", "inf", "1e400", "9" * 40, "-0", "2024-13-45T99:99:99Z", "0001-01-01", "9999-12-31", "31/02/2024 10:00",
    "1677-09-21T00:12:43Z", "2262-04-12", "253402300800", "24:00:00", "=cmd|'/C calc'!A1", "<script>alert(1)</script>", "'; DROP TABLE fixes;--",
    "\u202eabc", "\u200b", "\ufeff", "🚓", "a\nb", 'a"b', "a;b", "a\tb", "x" * 5_000, NAME, PHONE, "NULL", "POINT EMPTY", "POINT (1 2",
    "SP 1", "1,5", "1.234,5", "−1.9", "٣", "1_000", "0x10", "²", "935¹7", "\x1b[31m", "\x07", "\x85", "\u2028", "\x00", "Ⅷ", "½",
)  # fmt: skip


def mutated(table: Table, rng: random.Random) -> Table:
    """A table with cells, columns or rows changed."""
    table = [list(row) for row in table]
    how = rng.choice(["none", "cells", "cells", "column", "header", "rows", "wide"])
    column = rng.randrange(len(table[0]))
    if how == "cells":
        for _ in range(rng.choice([1, 2, 10])):
            table[rng.randrange(1, len(table))][rng.randrange(len(table[0]))] = rng.choice(HOSTILE)
    elif how == "column":
        value = rng.choice(HOSTILE)
        for row in table[1:]:
            row[column] = value
    elif how == "header":
        table[0][column] = rng.choice([*HOSTILE, table[0][0], "time", "x", "row", "fid", "geom"])
    elif how == "rows":
        op = rng.choice(["header alone", "twice", "no header", "short", "preamble", "footer"])
        if op == "header alone":
            table = table[:1]
        elif op == "twice":
            table += table
        elif op == "no header":
            table = table[1:]
        elif op == "short":
            table[-1] = table[-1][: rng.randrange(len(table[-1]))]
        elif op == "preamble":
            table = [["Report of the force"], [], *table]
        else:
            table += [[], ["Total", str(len(table))]]
    elif how == "wide":
        table = [row + [str(k) for k in range(300)] for row in table]
    return table


# --- formats ----------------------------------------------------------------------------------------------------------


def as_csv(table: Table, rng: random.Random) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=rng.choice(",,,;\t|"), lineterminator=rng.choice(["\n", "\r\n", "\r"])).writerows(table)
    encoding = rng.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32", "cp500"])
    return text.getvalue().encode(encoding, "replace")


def as_gzip(table: Table, rng: random.Random) -> bytes:
    data = gzip.compress(as_csv(table, rng))
    return rng.choice([data, data, data + data, data + rng.randbytes(40), gzip.compress(data)])


def as_zip(table: Table, rng: random.Random) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(
        content, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
    ) as archive:
        for k in range(rng.choice([1, 1, 1, 0, 2, 9])):
            archive.writestr(rng.choice([f"{k}.csv", f"../{k}.csv", f"folder/{k}.csv"]), as_csv(table, rng))
    return content.getvalue()


def as_xlsx(table: Table, rng: random.Random) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rows = "".join(
        f'<row r="{n}">{"".join(_xlsx_cell(value, n, k, rng) for k, value in enumerate(row))}</row>'
        for n, row in enumerate(table, 1)
    )
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="46"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return _book(parts, rng)


def _xlsx_cell(value: str, line: int, column: int, rng: random.Random) -> str:
    at = f"{chr(65 + column % 26)}{line}" if rng.random() < 0.999 else rng.choice(["ZZZZZZ9", "", "A", "99", "a1"])
    if rng.random() < 0.005:
        odd = rng.choice(["1e300", "-1", "99999999", "nan", "45446.5", "x", ""])
        return f'<c r="{at}" s="{rng.choice([0, 1, 2, 3, 9])}" t="{rng.choice(["n", "s", "b", "e", "d", "q"])}"><v>{odd}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t>{escape(_xml_text(value))}</t></is></c>'


def as_ods(table: Table, rng: random.Random) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    rows = "".join(_ods_row(row, rng) for row in table)
    head = f'<o:document-content xmlns:o="{space}:office:1.0" xmlns:t="{space}:table:1.0" xmlns:x="{space}:text:1.0">'
    body = f'{head}<o:body><o:spreadsheet><t:table t:name="a">{rows}</t:table></o:spreadsheet></o:body></o:document-content>'
    return _book({"content.xml": body}, rng)


def _book(parts: dict[str, str], rng: random.Random) -> bytes:
    """A spreadsheet of its parts; now and then one is missing, cut, or holds what it should not."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            fault = rng.choice(["none"] * 20 + ["missing", "cut", "entities", "swapped"])
            if fault == "cut":
                text = text[: rng.randrange(len(text))]
            elif fault == "entities":
                text = '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "dddd">]>' + text.replace("North", "&b;")
            elif fault == "swapped":
                text = text.replace("<", rng.choice(["<x:", "< ", "&"]), 1)
            if fault != "missing":
                book.writestr(name, text)
    return content.getvalue()


def as_parquet(table: Table, rng: random.Random) -> bytes:
    import pyarrow
    from pyarrow import parquet

    width = len(table[0])
    rows = [row[:width] + [None] * (width - len(row)) for row in table[1:]]
    columns = [pyarrow.array([row[k] for row in rows], pyarrow.string()) for k in range(width)]
    if rng.random() < 0.6:
        columns[rng.randrange(width)] = _odd_column(len(rows), rng)
    content = io.BytesIO()
    named = pyarrow.table(columns, names=[_utf8(name) for name in table[0]])
    parquet.write_table(
        named, content, row_group_size=rng.choice([7, 1_000]), compression=rng.choice(["none", "snappy"])
    )
    return content.getvalue()


def _odd_column(rows: int, rng: random.Random) -> object:
    import pyarrow

    moments = [rng.choice([0, 10**9, 2**62, -(2**62), None]) for _ in range(rows)]
    return rng.choice(
        [
            lambda: pyarrow.array([[1, 2]] * rows, pyarrow.list_(pyarrow.int64())),
            lambda: pyarrow.array([{"a": 1}] * rows, pyarrow.struct([("a", pyarrow.int64())])),
            lambda: pyarrow.array(moments, pyarrow.timestamp(rng.choice(["s", "ms", "us"]), rng.choice([None, "UTC"]))),
            lambda: pyarrow.array([m and m % 90_000 for m in moments], pyarrow.int64()).cast(
                pyarrow.date64(), safe=False
            ),
            lambda: pyarrow.array([rng.randbytes(4) for _ in range(rows)], pyarrow.binary()),
            lambda: pyarrow.array(["a"] * rows).dictionary_encode(),
            lambda: pyarrow.nulls(rows),
            lambda: pyarrow.array([rng.choice([True, None]) for _ in range(rows)], pyarrow.bool_()),
            lambda: pyarrow.array([rng.choice([2**63, 2**64 - 1, None]) for _ in range(rows)], pyarrow.uint64()),
            lambda: pyarrow.array([rng.choice([float("nan"), float("inf"), 1e308, None]) for _ in range(rows)]),
            lambda: pyarrow.array([3] * rows, pyarrow.duration("ns")),
        ]
    )()


def as_json(table: Table, rng: random.Random) -> bytes:
    records: list[object] = [dict(zip(table[0], row)) for row in table[1:]]
    if records and rng.random() < 0.4:
        odd = [[], {}, None, 7, "x", {"month": {"a": [1]}}, {"month": None, "category": 5, "location": []}]
        records[rng.randrange(len(records))] = rng.choice(odd)
    text = json.dumps(rng.choice([records, records, records, {"records": records}, records[:1]]))
    return (rng.choice([text, text, "[" * 100_000]) if rng.random() < 0.1 else text).encode()


FORMATS: dict[str, Callable[[Table, random.Random], bytes]] = {
    ".csv": as_csv, ".csv.gz": as_gzip, ".zip": as_zip, ".parquet": as_parquet, ".xlsx": as_xlsx, ".ods": as_ods, ".json": as_json,
}  # fmt: skip


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Bytes as a bad copy leaves them."""
    changed = bytearray(data)
    how = rng.choice(["flip", "cut", "insert", "delete", "zeros", "nothing", "random"])
    at = rng.randrange(len(changed)) if changed else 0
    if how == "flip":
        for _ in range(rng.choice([1, 1, 5])):
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    elif how == "cut":
        del changed[at:]
    elif how == "insert":
        changed[at:at] = rng.randbytes(rng.choice([1, 100]))
    elif how == "delete":
        del changed[at : at + rng.choice([1, 100])]
    elif how == "zeros":
        changed[at : at + 64] = bytes(64)
    else:
        changed = bytearray() if how == "nothing" else bytearray(rng.randbytes(500))
    return bytes(changed)


def write_case(folder: Path, seed: int, case: int) -> Path:
    """The file of a case; the same for the same seed and number."""
    rng = random.Random(f"{seed}-{case}")
    table, ending = TABLES[rng.choice(list(TABLES))](), rng.choice(list(FORMATS))
    data = FORMATS[ending](mutated(table, rng) if rng.random() < 0.7 else table, rng)
    if data and rng.random() < 0.4:
        data = damaged(data, rng)
    if rng.random() < 0.05:
        ending = rng.choice(list(FORMATS))
    path = folder / f"case {case}{ending}"
    path.write_bytes(data)
    return path


# --- what comes of them -----------------------------------------------------------------------------------------------


@dataclass
class Found:
    """What a campaign met."""

    outcomes: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)

    def figure(self) -> str:
        tried = sum(self.outcomes.values())
        taken, refused = self.outcomes["taken in"], self.outcomes["refused"]
        return (
            f"fuzz_files: {tried:,} files, {taken:,} taken in, {refused:,} refused, {self.outcomes['traceback']} tracebacks, "
            f"{len(self.findings)} findings"
        )


def judge(store: Store, path: Path) -> tuple[str, Optional[str]]:
    """(outcome, finding) of one file."""
    try:
        account = bring_file(store, path, params=ImportParams(invalid_rows="reject"), at=AT)
    except ImpactAreaError as error:
        return "refused", fault_of(error)
    except Exception as error:
        return "traceback", f"{type(error).__name__}: {str(error)[:120]}"
    if account is not None and account.rows_read != account.rows_kept + sum(account.dropped.values()):
        return "taken in", f"{account.rows_read} read, {account.rows_kept} kept, {dict(account.dropped)}"
    return "taken in", None


def fault_of(error: ImpactAreaError) -> Optional[str]:
    """What is wrong with a refusal; None where it says what is the matter and what to do."""
    said = str(error)
    if isinstance(error, UnforeseenError):
        return f"not foreseen: {error.place}"
    if not error.remedy:
        return f"no remedy: {said[:160]}"
    if CLASS_NAME.search(said):
        return f"no sentence: {said[:160]}"
    return f"a planted value is quoted: {said[:160]}" if any(p in said for p in PLANTED) else None


def campaign(folder: Path, n: int, seed: int) -> Found:
    """Try `n` files; those that are findings stay in the folder."""
    found = Found()
    for first in range(0, n, FILES_OF_A_STORE):
        home = folder / "store"
        with Store(home, KEY) as store:
            for case in range(first, min(n, first + FILES_OF_A_STORE)):
                path, began = write_case(folder, seed, case), time.monotonic()
                outcome, finding = judge(store, path)
                if finding is None and time.monotonic() - began > SLOW_S:
                    finding = f"{time.monotonic() - began:.0f} s"
                found.outcomes[outcome] += 1
                if finding is None:
                    path.unlink()
                else:
                    found.findings.append(f"{path.name}: {finding}")
        shutil.rmtree(home)
    return found


def _ods_row(row: list[str], rng: random.Random) -> str:
    times = rng.choice(["2", "1048576", "-1", "x"]) if rng.random() < 0.002 else ""
    repeated = f' t:number-rows-repeated="{times}"' if times else ""
    cells = "".join(
        f'<t:table-cell o:value-type="string"><x:p>{escape(_xml_text(value))}</x:p></t:table-cell>'
        if rng.random() < 0.995
        else f'<t:table-cell o:value-type="{rng.choice(["float", "date", "time", "boolean"])}" o:value="x" t:number-columns-repeated="{rng.choice([1, 99999, "y"])}"/>'
        for value in row
    )
    return f"<t:table-row{repeated}>{cells}</t:table-row>"


def _xml_text(value: str) -> str:
    """What XML can hold of a text."""
    return "".join(c for c in value if c in "\t\n" or (c >= " " and c != "\ufffe"))


def _utf8(value: str) -> str:
    return value.encode("utf-8", "replace").decode("utf-8")


def main() -> int:
    asked = command(__doc__, 2_000).parse_args()
    warnings.simplefilter("ignore")
    folder = Path(tempfile.mkdtemp(prefix="fuzz_files_"))
    found = campaign(folder, asked.n, asked.seed)
    for finding in found.findings[:40]:
        print(finding)
    if found.findings:
        print(f"The files are in {folder}.")
    else:
        shutil.rmtree(folder)
    print(found.figure())
    return 1 if found.findings else 0


if __name__ == "__main__":
    sys.exit(main())
