"""A store of three days, two areas and a few crimes, as the dock opens it."""

from __future__ import annotations

from pathlib import Path

CRIMES = "Crime No,Offence,From,To,Easting,Northing,OIC,Status\n"


def small_store(root: Path) -> Path:
    """Make it under `root`; its folder."""
    from .stores import made_once

    made_once(_make, root)
    return root / "store"


def _make(root: Path) -> None:
    from ia_plugin.store.imports import bring_file
    from ia_plugin.store.published_events import publish_events
    from ia_plugin.store.store import Store

    from .stores import AT, KEY, bring_up_to_date, extract

    watched = root / "watched"
    watched.mkdir()
    for i in range(3):
        extract(watched / f"{i}.csv", day=f"2024-06-0{3 + i}", seed=i, fixes=200)
    bring_up_to_date(root / "store", watched)
    rows = [f"{i},Burglary,0{3 + i % 3}/06/2024 2{i % 3}:30,,{399_500 + 100 * i},280000,101,open" for i in range(12)]
    (root / "crimes.csv").write_text(CRIMES + "\n".join(rows) + "\n", encoding="utf-8")
    with Store(root / "store", KEY) as opened:
        bring_file(opened, root / "crimes.csv", at=AT)
        publish_events(opened)
