"""People planted in every column of words, in files and layers, and searched in everything that came to be.

    python -m tools.attack.planted_people --n 400 --seed 1

Every door is tried by qgis_process: imports, a store's refresh, and the algorithms on layers, with bad files and wrong
fields too. Then every file of outputs, store, profile and temporary folder, and every word of the logs, is searched; beside
it, real names of units and kinds are counted that a first import keeps. The last line is the figure; the exit status is 1
where anybody was found, or too few real names were kept.
"""

from __future__ import annotations

import collections
import csv
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from ia_plugin.core.events import read_records
from ia_plugin.core.imports.accounts import Account
from ia_plugin.core.imports.open_extract import prepared
from ia_plugin.core.imports.people import read_postings
from ia_plugin.core.privacy import Key
from tools.attack.command import command
from tools.attack.invented_people import Plant, invented
from tools.qgis_env import CONFIG, environment, qgis_process

ENOUGH_KEPT = 0.98
REAL_WORDS = Path(__file__).with_name("real_words.txt")
FIXES = (
    "Collar",
    "DateTime",
    "Easting",
    "Northing",
    "Unit",
    "Resource Type",
    "Reason",
    "Source system",
    "Radio type",
    "Record id",
)
POSTINGS = ("Collar", "Unit", "Department", "Role", "Resource Type", "Valid from", "Valid to")
EVENTS = ("Crime no", "Record type", "Offence", "Committed from", "Committed to", "Easting", "Northing", "Status", "Outcome", "Reported by", "Officers", "Deleted")  # fmt: skip
PUBLIC = ("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context")  # fmt: skip
_NOT_WORDS = frozenset("Collar DateTime Easting Northing Longitude Latitude Month".split()) | {"Valid from", "Valid to", "Committed from", "Committed to", "Officers"}  # fmt: skip
OFFICERS = [f"9{i:04d}" for i in range(9)]


def fixes(at: int) -> list[str]:
    who, minute = OFFICERS[at % len(OFFICERS)], at // len(OFFICERS)
    moment = f"2024-06-{3 + minute // 1380:02d}T{minute // 60 % 23:02d}:{minute % 60:02d}:00Z"
    place = [str(405_000 + (at * 37) % 900), str(285_000 + (at * 53) % 900)]
    return [who, moment, *place, "North", "response", "PTT", "Airwave", "personal", f"R{at}"]


def postings(at: int) -> list[str]:
    return [
        OFFICERS[at % len(OFFICERS)],
        "North",
        "Response",
        "Constable",
        "response",
        f"2024-{1 + at % 12:02d}-01",
        "",
    ]


def events(at: int) -> list[str]:
    start = f"2024-06-{1 + at % 9:02d}T{at % 23:02d}:10:00Z"
    words = [
        "incident",
        "Noise",
        start,
        "",
        str(405_000 + at % 900),
        str(285_000 + at % 900),
        "Open",
        "Advised",
        "public",
    ]
    return [f"CR/{at}/24", *words, OFFICERS[at % len(OFFICERS)], "no"]


def public(at: int) -> list[str]:
    told = [
        "West Midlands Police",
        "West Midlands Police",
        f"{-1.9 + at % 90 / 1000:.4f}",
        "52.48",
        "On or near a street",
    ]
    return [f"{at:064x}", "2024-06", *told, "E01008881", "Birmingham 067A", "Burglary", "Under investigation", ""]


def planted(header: Sequence[str], row: object, plants: Sequence[Plant]) -> list[list[str]]:
    """Rows in which every plant stands in every column of words once, four officers at most sharing one."""
    rows, at = [], 0
    for column in [i for i, name in enumerate(header) if name not in _NOT_WORDS]:
        for plant in plants:
            cells = row(at)  # type: ignore[operator]
            cells[column] = plant.text
            rows.append(cells)
            at += 1
    return rows


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([header, *rows])
    os.utime(path, (1.7e9, 1.7e9))
    return path


def write_files(folder: Path, plants: Sequence[Plant]) -> None:
    """An inbox of extracts, and a folder of files that are refused, each with people in it."""
    inbox, bad = folder / "inbox", folder / "bad"
    for name, header, row in (("fixes", FIXES, fixes), ("postings", POSTINGS, postings), ("events", EVENTS, events), ("street", PUBLIC, public)):  # fmt: skip
        write(inbox / f"{name}.csv", header, planted(header, row, plants))
    one = [p.text for p in plants]
    write(
        bad / "headless.csv", [one[0], "North team", "Response", one[1]], [[p, "South", "CID", "x"] for p in one[2:20]]
    )
    write(bad / "header.csv", [one[3], *FIXES[1:]], [fixes(i) for i in range(20)])
    for k, (name, column) in enumerate((("time", 1), ("place", 2), ("place_too", 3))):
        rows = [fixes(i) for i in range(20)]
        rows[5][column] = one[(4 + k) % len(one)]
        write(bad / f"{name}.csv", FIXES, rows)
    write(
        bad / "all_times.csv", FIXES, [[c[0], one[i % len(one)], *c[2:]] for i, c in ((i, fixes(i)) for i in range(20))]
    )
    write(bad / "ragged.csv", FIXES, [*(fixes(i) for i in range(9)), [OFFICERS[1], one[7 % len(one)]]])
    (bad / "mapping.json").write_text(json.dumps({"kind": "events", "columns": {one[0]: "x"}, one[1]: 1}), "utf-8")
    (bad / "answer.json").write_text(f'[{{"category": "{one[2]}"', "utf-8")
    extra = ("Officer Name", "Mobile No", "Notes", "Victim", one[8 % len(one)])
    write(
        bad / "private.csv",
        [*FIXES, *extra],
        [[*fixes(i), *(one[(i + j) % len(one)] for j in range(5))] for i in range(60)],
    )


def write_areas(path: Path) -> Path:
    corners = [[404_000, 284_000], [405_500, 284_000], [405_500, 287_000], [404_000, 287_000], [404_000, 284_000]]
    shape = {"type": "Polygon", "coordinates": [corners]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    feature = {"type": "Feature", "properties": {"code": "A", "role": "impact"}, "geometry": shape}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}), encoding="utf-8")
    return path


def write_layers(folder: Path, plants: Sequence[Plant]) -> None:
    """The same people as an analyst has them: layers of plain collar numbers, and of events."""
    named = dict(Unit="unit", Reason="reason", Collar="officer_id", DateTime="time")
    header = [named.get(h, h.lower().replace(" ", "_")) for h in FIXES]
    header = [{"source_system": "source", "radio_type": "radio_kind"}.get(h, h) for h in header]
    rows = planted(FIXES, fixes, plants)
    _layer(folder / "fixes.gpkg", [*header, "who"], [[*r, plants[i % len(plants)].text] for i, r in enumerate(rows)])
    names = ["event_id", "kind", "category", "start", "end", "easting", "northing", "status", "outcome", "generated_by", "officer_ids", "key_type", "time_precision"]  # fmt: skip
    table = [[*r[:4], r[3], *r[5:11], r[2] if i % 2 else "burglary", "minute"] for i, r in enumerate(planted(EVENTS[:11], events, plants))]  # fmt: skip
    _layer(folder / "events.gpkg", names, [[*r[:10], "90001", *r[11:]] for r in table])
    held = ["officer_id", "unit", "department", "role", "resource_type", "valid_from", "valid_to"]
    write(folder / "postings_layer.csv", held, planted(POSTINGS, postings, plants))


def _layer(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    source = write(path.with_suffix(".csv"), header, rows)
    options = [
        "-oo",
        "X_POSSIBLE_NAMES=easting",
        "-oo",
        "Y_POSSIBLE_NAMES=northing",
        "-a_srs",
        "EPSG:27700",
        "-nln",
        path.stem,
    ]
    subprocess.run(["ogr2ogr", "-q", str(path), str(source), *options], check=True)
    source.unlink()


class Runs:
    """Runs of qgis_process in a profile of their own; what they say goes into the log."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.counts = folder, collections.Counter[str]()
        for name in ("out", "tmp", "home", "cwd"):
            (folder / name).mkdir()
        (folder / "key").write_bytes(os.urandom(24).hex().encode())
        shutil.copytree(CONFIG, folder / "profile")
        self.environment = environment(config=folder / "profile")
        of_its_own = {"IMPACTAREAS_KEY_FILE": "key", "TMPDIR": "tmp", "HOME": "home", "XDG_RUNTIME_DIR": "tmp"}
        self.environment.update({name: str(folder / where) for name, where in of_its_own.items()})

    def run(self, algorithm: str, *arguments: str) -> bool:
        command = [qgis_process(), "run", f"impactareas:{algorithm}", "--", *arguments]
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=self.folder / "cwd",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
        with (self.folder / "out" / "log.txt").open("a", encoding="utf-8") as log:
            log.write(f"$ {algorithm}\n{done.stdout}\n{done.stderr}\n")
        self.counts["done" if done.returncode == 0 else "refused"] += 1
        return done.returncode == 0


def import_files(runs: Runs) -> None:
    """Every import, by file and into stores, good files and bad."""
    folder, out = runs.folder, runs.folder / "out"
    areas = (f"AREAS={folder / 'areas.geojson'}", "AREA_ID_FIELD=code", "ROLE_FIELD=role")
    inbox, bad = folder / "inbox", folder / "bad"
    runs.run("dailyrefresh", f"INPUT={inbox}", f"STORE={out / 'store'}", *areas)
    runs.run("dailyrefresh", f"INPUT={bad}", f"STORE={out / 'store2'}", *areas)
    rejects = ("INVALID_ROWS=reject", f"REJECTS={out / 'rejects.csv'}")
    runs.run("importaffiliations", f"INPUT={inbox / 'fixes.csv'}", f"OUTPUT={out / 'fixes.gpkg'}", f"SAVE_MAPPING={out / 'map.json'}", *rejects)  # fmt: skip
    runs.run("importpostings", f"INPUT={inbox / 'postings.csv'}", f"OUTPUT={out / 'postings.gpkg'}", *rejects)
    for name in ("events", "street"):
        runs.run(
            "importevents",
            f"INPUT={inbox / name}.csv",
            f"OUTPUT={out / name}.gpkg",
            f"NO_PLACE={out / name}.csv",
            *rejects,
        )
    for k, path in enumerate(sorted(bad.iterdir())):
        what = f"MAPPING={path}" if path.name == "mapping.json" else f"INPUT={path}"
        more = [f"INPUT={inbox / 'events.csv'}"] if path.name == "mapping.json" else []
        for name in ("importaffiliations", "importpostings", "importevents"):
            runs.run(
                name,
                what,
                *more,
                f"OUTPUT={out / f'{path.stem}_{name}.gpkg'}",
                f"INVALID_ROWS={('stop', 'reject')[k % 2]}",
            )


def run_layers(runs: Runs, *, all_of_them: bool = True) -> None:
    """Every algorithm on layers, with right fields and wrong."""
    folder, out = runs.folder, runs.folder / "out"
    areas = (f"AREAS={folder / 'areas.geojson'}", "AREA_ID_FIELD=code", "ROLE_FIELD=role")
    layer = f"INPUT={folder / 'fixes.gpkg'}|layername=fixes"
    given = (layer, "OFFICER_FIELD=officer_id", "TIME_FIELD=time", "UNIT_FIELD=unit", "RESOURCE_FIELD=resource_type")
    told = f"EVENTS={folder / 'events.gpkg'}|layername=events"
    held = f"POSTINGS={folder / 'postings_layer.csv'}"
    runs.run("buildtracks", *given, f"OUTPUT={out / 'tracks.gpkg'}", f"LEGS={out / 'legs.gpkg'}")
    runs.run("buildtracks", layer, "OFFICER_FIELD=officer_id", "TIME_FIELD=who", f"OUTPUT={out / 'wrong.gpkg'}")
    runs.run(
        "eventsinareas", f"INPUT={folder / 'events.gpkg'}|layername=events", *areas, f"OUTPUT={out / 'counts.csv'}"
    )
    runs.run("activities", *given, *areas, told, held, "AUDIENCE=restricted", f"OUTPUT={out / 'activities.csv'}")
    if not all_of_them:
        return
    runs.run("buildtracks", layer, "OFFICER_FIELD=who", "TIME_FIELD=time", f"OUTPUT={out / 'wrong2.gpkg'}")
    runs.run("classifymovement", *given, f"OUTPUT={out / 'modes.gpkg'}", f"HOURS={out / 'hours.csv'}")
    runs.run(
        "timeinareas",
        *given,
        *areas,
        f"OUTPUT={out / 'time.gpkg'}",
        f"PRESENCE={out / 'presence.csv'}",
        f"LEGS={out / 'in.gpkg'}",
    )
    runs.run("visits", *given, *areas, f"OUTPUT={out / 'visits.gpkg'}", f"BANDS={out / 'bands.csv'}")
    runs.run(
        "dataquality", *given[:4], *areas, told, f"OUTPUT={out / 'quality.csv'}", f"OUTPUT_HTML={out / 'quality.html'}"
    )
    tables = ("TIME", "RESOURCES", "ACTIVITIES", "MODES", "CRIMES", "SEARCHES", "WEEK")
    for audience in ("restricted", "board", "public"):
        runs.run(
            "presenceatevents", *given, told, f"AUDIENCE={audience}", "DRAWS=2", f"OUTPUT={out / f'at_{audience}.csv'}"
        )
        for name, source in (("layers", (*given, *areas, told, held)), ("store", (f"STORE={out / 'store'}",))):
            to = [f"{t}={out / f'{name}_{audience}_{t}.csv'}" for t in tables]
            page = f"OUTPUT_HTML={out / f'{name}_{audience}.html'}"
            runs.run("answers", *source, f"AUDIENCE={audience}", f"OUTPUT={out / f'{name}_{audience}.csv'}", page, *to)
            report = [f"OUTPUT_{form}={out / f'report_{name}_{audience}.{form.lower()}'}" for form in ("HTML", "PDF")]
            report.append(f"OUTPUT={out / f'report_{name}_{audience}.csv'}")
            runs.run("technicalreport", *source, f"AUDIENCE={audience}", *report)
        maps = f"OUTPUT={out / f'maps_{audience}.pdf'}"
        runs.run("briefingmaps", f"STORE={out / 'store'}", f"AUDIENCE={audience}", "WHICH_AREAS=all", maps)
    runs.run("ethics", f"STORE={out / 'store'}", f"OUTPUT_HTML={out / 'ethics.html'}")
    labels = (
        "LABEL_OFFICER_FIELD=officer_id",
        "LABEL_START_FIELD=time",
        "LABEL_END_FIELD=time",
        "LABEL_MODE_FIELD=who",
    )
    runs.run(
        "calibratemovement",
        *given,
        f"LABELS={folder / 'fixes.gpkg'}|layername=fixes",
        *labels,
        f"OUTPUT={out / 'model.json'}",
    )
    runs.run("purge", f"STORE={out / 'store'}", "BEFORE=2024-06-04", "DRY_RUN=true")


def found_again(folder: Path, plants: Sequence[Plant]) -> dict[tuple[str, str], set[str]]:
    """(form, telling part) -> the files in which it stands, whatever their encoding."""
    needles = {p: _writings(p.telling) for p in plants}
    found: dict[tuple[str, str], set[str]] = collections.defaultdict(set)
    for path in (
        p for name in ("out", "profile", "tmp", "home", "cwd") for p in (folder / name).rglob("*") if p.is_file()
    ):
        data = _text_of(path).lower()
        for plant, writings in needles.items():
            if any(w in data for w in writings):
                found[plant.form, plant.telling].add(str(path.relative_to(folder)))
    return found


def _text_of(path: Path) -> bytes:
    """The bytes of a file, of one that is packed those inside; of a PDF its words, where `pdftotext` is there to read them."""
    data = path.read_bytes()
    if data[:4] == b"%PDF" and shutil.which("pdftotext"):
        return data + subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def _writings(text: str) -> list[bytes]:
    low = text.lower()
    return [low.encode("utf-8"), low.encode("utf-16-le"), json.dumps(low)[1:-1].lower().encode()]


def real_words_kept(folder: Path) -> tuple[int, int, list[str]]:
    """Real names of units, reasons, kinds and outcomes: how many a first import of two officers keeps, of how many."""
    words = [w for w in REAL_WORDS.read_text(encoding="utf-8").splitlines() if w and not w.startswith("#")]
    key, kept = Key(b"a key of sixteen bytes or more"), set[str]()
    people = write(
        folder / "real.csv",
        ("Collar", "Unit", "Valid from"),
        [(OFFICERS[i % 2], w, "2024-01-01") for i, w in enumerate(words)],
    )
    source, mapping = prepared(people, "postings")
    kept |= set(read_postings(source, mapping, key, Account("real", "postings"))[0]["unit"].dropna())
    told = write(
        folder / "kinds.csv",
        ("Log no", "Offence", "Start"),
        [(f"L{i}", w, "2024-06-03 10:00") for i, w in enumerate(words)],
    )
    source, mapping = prepared(told, "events")
    kept |= set(read_records(source, mapping, key, Account("real", "events"))[0]["category"])
    lost = [w for w in words if w not in kept and not _means_nothing(w)]
    return len(words) - len(lost), len(words), lost


def _means_nothing(word: str) -> bool:
    from ia_plugin.core.references import NOBODY, stands_for_nothing

    return stands_for_nothing(word, NOBODY)


def attack(n: int, seed: int, *, quick: bool = False) -> tuple[dict[tuple[str, str], set[str]], Runs, Path]:
    """Plant `n` people and search for them; what was found, the runs, and the folder, which the caller removes."""
    folder = Path(tempfile.mkdtemp(prefix="planted_people_"))
    plants = invented(n, seed)
    write_files(folder, plants)
    write_layers(folder, plants)
    write_areas(folder / "areas.geojson")
    runs = Runs(folder)
    import_files(runs) if not quick else runs.run(
        "dailyrefresh", f"INPUT={folder / 'inbox'}", f"STORE={folder / 'out' / 'store'}", f"AREAS={folder / 'areas.geojson'}", "AREA_ID_FIELD=code", "ROLE_FIELD=role"
    )  # fmt: skip
    run_layers(runs, all_of_them=not quick)
    return found_again(folder, plants), runs, folder


def main() -> int:
    parser = command(__doc__, 200, "people planted")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the attack, and name it")
    asked = parser.parse_args()
    found, runs, folder = attack(asked.n, asked.seed)
    for (form, telling), files in sorted(found.items()):
        print(f"  {form}: {telling!r} in {', '.join(sorted(files)[:4])}")
    kept, of, lost = real_words_kept(folder)
    print(f"  real names of units and kinds kept at first import: {kept} of {of} ({kept / of:.1%}); not: {lost[:12]}")
    if asked.keep:
        print(f"  in {folder}")
    else:
        shutil.rmtree(folder)
    print(
        f"planted_people: {asked.n} people in {runs.counts.total()} runs ({runs.counts['refused']} refused), seed {asked.seed}: "
        f"{len(found)} found; {kept / of:.1%} of {of} real names kept"
    )
    return 1 if found or kept / of < ENOUGH_KEPT else 0


if __name__ == "__main__":
    sys.exit(main())
